package route

import "spsbot"

// By how much a route counts: little, nearly in full, or more than the model says.
const (
	factorGeneral   = 0.3 // of all others, where a rule speaks for answer
	factorLow       = 0.5
	factorUnsigned  = 0.8
	factorElsewhere = 1.5
	factorStrange   = 3
)

// adjust weighs the probabilities of the model by what the phrases of the
// message say. The model has seen few messages and takes chance words for
// signs: a route without a sign in the message counts less, and so do danger
// and doses in a general question and a person in a question about nobody.
func (r *Router) adjust(seen *view, p *opinion) *opinion {
	out := &opinion{routes: p.routes, p: make([]float32, len(p.p))}
	_, general := r.byRule(seen, spsbot.RouteAnswer)
	for i, route := range p.routes {
		out.p[i] = p.p[i] * r.factor(seen, route)
		if general && route != spsbot.RouteAnswer {
			out.p[i] *= factorGeneral
		}
	}
	return out
}

// factor returns by how much the probability of a route counts in a message.
func (r *Router) factor(seen *view, route spsbot.Route) float32 {
	signed := seen.classes.meets(r.sets.signs[route])
	generic := seen.classes.meets(r.sets.generic)
	switch route {
	case spsbot.RouteEmergency:
		if !signed || generic && !seen.classes.meets(r.sets.now) {
			return factorLow
		}
	case spsbot.RouteDosing:
		return r.doseFactor(seen, generic)
	case spsbot.RoutePersonal, spsbot.RouteSupport:
		if seen.questions() && !r.asksAbout(seen, route) {
			return factorLow
		}
		if !signed {
			return factorUnsigned
		}
	case spsbot.RouteMisuse, spsbot.RouteSmalltalk:
		if !signed && generic {
			return factorLow
		}
		if !signed {
			return factorUnsigned
		}
	case spsbot.RouteOutOfScope:
		return r.farFactor(seen)
	case spsbot.RouteAnswer:
		if r.tells(seen) {
			return factorLow
		}
	case spsbot.RouteLanguage, spsbot.RouteNoSource: // not learned
	}
	return 1
}

// doseFactor is the factor of dosing: there should be something that can be
// taken, and something that asks how.
func (r *Router) doseFactor(seen *view, generic bool) float32 {
	taken := seen.classes.meets(r.sets.substance) || seen.classes.meets(r.sets.measure)
	asked := seen.classes.meets(r.sets.doseAsked) || seen.classes.meets(r.sets.mayTake)
	switch {
	case !taken && seen.classes.meets(r.sets.elsewhere):
		return factorLow * factorLow
	case generic && !seen.classes.meets(r.sets.doseAsked), seen.classes.meets(r.sets.noDose):
		return factorLow * factorLow
	case !taken && seen.strangers() > 0:
		return factorLow
	case !taken, !asked:
		return factorUnsigned
	}
	return 1
}

// farFactor is the factor of out of scope: nothing when the message names
// something of the field, much when it is a question about nothing that could
// be meant.
func (r *Router) farFactor(seen *view) float32 {
	switch {
	case seen.classes.meets(r.sets.field):
		return 0
	case r.strange(seen):
		return factorStrange
	case seen.classes.meets(r.sets.elsewhere):
		return factorElsewhere
	case seen.foreign() == 0:
		return factorLow
	}
	return 1
}

// asksAbout reports whether the asking part of a message has a sign of a route.
func (r *Router) asksAbout(seen *view, route spsbot.Route) bool {
	signs := r.sets.signs[route]
	if route == spsbot.RoutePersonal {
		signs.join(r.sets.self)
	}
	return seen.asked(r.sets.request).meets(signs)
}

// strange reports whether a message asks about things that have nothing to do
// with the field, with health or with the bot.
func (r *Router) strange(seen *view) bool {
	if !seen.questions() && !seen.classes.meets(r.sets.request) {
		return false
	}
	for _, set := range []classSet{r.sets.field, r.sets.topic, r.sets.health, r.sets.about} {
		if seen.classes.meets(set) {
			return false
		}
	}
	least := 1
	if seen.classes.meets(r.sets.pointer) {
		least = 2
	}
	return seen.foreign() >= least
}

// tells reports whether a message tells of somebody and asks nothing.
func (r *Router) tells(seen *view) bool {
	return seen.classes.meets(r.sets.self) && !seen.classes.meets(r.sets.request) && !seen.questions()
}

// onlyPolite reports whether a message thanks, greets, agrees or says goodbye,
// asks nothing and has no sign of anything else.
func (r *Router) onlyPolite(seen *view) bool {
	if !seen.classes.meets(r.sets.polite) || seen.questions() || seen.classes.meets(r.sets.request) {
		return false
	}
	for route, signs := range r.sets.signs {
		if route != spsbot.RouteSmalltalk && route != spsbot.RouteOutOfScope && seen.classes.meets(signs) {
			return false
		}
	}
	return !seen.classes.meets(r.sets.field) && !seen.classes.meets(r.sets.topic) && seen.foreign() <= 2
}
