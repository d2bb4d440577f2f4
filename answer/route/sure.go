package route

import "spsbot"

// sure reports whether the probability of a route reaches what is needed. The
// model has seen few messages and takes chance words for signs, so it has to be
// surer where no phrase of the message speaks for the route, and where the
// message is put as a general question.
func (r *Router) sure(seen *view, p *opinion, route spsbot.Route) bool {
	least := r.thresholds[route]
	switch route {
	case spsbot.RouteEmergency:
		if !seen.classes.meets(r.sets.signs[route]) || seen.classes.meets(r.sets.generic) && !seen.classes.meets(r.sets.now) {
			least = surer(least)
		}
	case spsbot.RouteDosing:
		least = r.sureOfDose(seen, least)
	case spsbot.RouteMisuse:
		if !seen.classes.meets(r.sets.signs[route]) {
			least = surer(least)
		}
	case spsbot.RoutePersonal, spsbot.RouteSupport:
		if !seen.classes.meets(r.sets.signs[route]) {
			least += gateSoft
		}
		if seen.questions() && !r.asksAbout(seen, route) {
			least = surer(least)
		}
	case spsbot.RouteOutOfScope:
		least = r.farEnough(seen)
	default:
		if !seen.classes.meets(r.sets.signs[route]) {
			least += gateSoft
		}
	}
	return p.of(route) >= least
}

// surer is half way from a probability to certainty.
func surer(p float64) float64 { return (1 + p) / 2 }

// sureOfDose returns the probability that is needed to take a message for a
// question about a dose: there should be something that can be taken, and
// something that asks how.
func (r *Router) sureOfDose(seen *view, least float64) float64 {
	taken := seen.classes.meets(r.sets.substance) || seen.classes.meets(r.sets.measure)
	asked := seen.classes.meets(r.sets.doseAsked) || seen.classes.meets(r.sets.mayTake)
	switch {
	case !taken && seen.classes.meets(r.sets.elsewhere):
		least = surer(surer(least))
	case !taken && (!asked || seen.strangers() > 0):
		least = surer(least)
	case !asked:
		least = surer(least)
	}
	if seen.classes.meets(r.sets.generic) && !seen.classes.meets(r.sets.doseAsked) || seen.classes.meets(r.sets.noDose) {
		least = surer(least)
	}
	return least
}

// asksAbout reports whether the asking part of a message has a sign of a route.
func (r *Router) asksAbout(seen *view, route spsbot.Route) bool {
	signs := r.sets.signs[route]
	if route == spsbot.RoutePersonal {
		signs.join(r.sets.self)
	}
	return seen.asked(r.sets.request).meets(signs)
}

// farEnough returns the probability from which a message is out of scope: never
// when it names something of the field, soon when it names something else, at
// once when it is a question about nothing that could be meant.
func (r *Router) farEnough(seen *view) float64 {
	switch {
	case seen.classes.meets(r.sets.field):
		return never
	case r.strange(seen):
		return strangeEnough
	case seen.classes.meets(r.sets.elsewhere):
		return 0.25
	case !seen.classes.meets(r.sets.topic):
		return 0.3
	}
	return r.thresholds[spsbot.RouteOutOfScope]
}

// strangeEnough is the probability from which a question about things that have
// nothing to do with the field is out of scope.
const strangeEnough = 0.1

// never is a probability that nothing reaches.
const never = 2

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
