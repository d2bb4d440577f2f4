package route

import (
	"cmp"
	"slices"
	"strings"

	"spsbot"
)

// opinion holds the probabilities of the learned routes for a message.
type opinion struct {
	routes []spsbot.Route
	p      []float32
}

// of returns the probability of a route.
func (o *opinion) of(route spsbot.Route) float64 {
	for i, known := range o.routes {
		if known == route {
			return float64(o.p[i])
		}
	}
	return 0
}

// best returns the most probable route.
func (o *opinion) best() spsbot.Route {
	best := 0
	for i := range o.p {
		if o.p[i] > o.p[best] {
			best = i
		}
	}
	return o.routes[best]
}

// calm takes away what speaks for an emergency, of a message whose author says
// that it is a general question. Where nothing else speaks for as much as that
// word, the message is what they say.
func (o *opinion) calm() {
	rest := float32(tiny)
	for i, route := range o.routes {
		if route == spsbot.RouteEmergency {
			o.p[i] = 0
		}
		rest += o.p[i]
	}
	for i, route := range o.routes {
		if route == spsbot.RouteAnswer {
			o.p[i] = max(o.p[i], rest/2)
		}
	}
}

// weigh returns what the model thinks of a message, each route weighed by how
// grave it is to miss it.
func (r *Router) weigh(seen *view) *opinion {
	o := &opinion{routes: r.model.routes, p: r.probabilities(seen, 0, len(seen.tokens))}
	r.raise(seen, o)
	for i, route := range o.routes {
		o.p[i] *= r.weights[route]
	}
	return o
}

const (
	// leastClause is the number of tokens from which a clause is weighed alone.
	leastClause = 4
	// clauseSure is the probability at which a clause leaves hardly a doubt,
	// clauseShare how much of it the message takes over.
	clauseSure  = 0.95
	clauseShare = 0.8
)

// raise lets danger, doses and misuse count that stand in one clause of a
// message with several, if the clause taken alone leaves hardly a doubt. A danger
// is told of whole where the message says that it is past.
func (r *Router) raise(seen *view, o *opinion) {
	if len(seen.sentences) < 2 {
		return
	}
	start, over := 0, seen.classes.meets(r.sets.past)
	for end := 1; end <= len(seen.tokens); end++ {
		if end < len(seen.tokens) && seen.tokens[end].clause == seen.tokens[start].clause {
			continue
		}
		if end-start >= leastClause {
			for i, p := range r.probabilities(seen, start, end) {
				if p >= clauseSure && graveClause(o.routes[i]) && (!over || o.routes[i] != spsbot.RouteEmergency) {
					o.p[i] = max(o.p[i], p*clauseShare)
				}
			}
		}
		start = end
	}
}

// graveClause reports whether a single clause of a message is enough for a route.
func graveClause(route spsbot.Route) bool {
	return route == spsbot.RouteEmergency || route == spsbot.RouteDosing || route == spsbot.RoutePersonal || route == spsbot.RouteMisuse
}

// probabilities runs the model on tokens[start:end] of a message.
func (r *Router) probabilities(seen *view, start, end int) []float32 {
	features, _ := r.features(seen, start, end)
	p := make([]float32, len(r.model.routes))
	r.model.scores(r.model.learned(features), p)
	softmax(p)
	return p
}

// byModel returns the verdict of the model, with the phrases and words that
// speak most for it.
func (r *Router) byModel(seen *view, route spsbot.Route) verdict {
	v := verdict{route: route, why: r.reasons.of(string(route), placeWords, strings.Join(r.grounds(seen, route), ", "))}
	if route == spsbot.RouteEmergency {
		v.crisis = r.likelyCrisis(seen)
	}
	return v
}

// mostGrounds is how many phrases a reason quotes.
const mostGrounds = 3

// ground is a phrase or word that speaks for a route.
type ground struct {
	quote, label string
	weight       float32
}

// grounds quotes the phrases and words that speak most for a route, the phrases
// with what they are about; the first words of the message where nothing does.
func (r *Router) grounds(seen *view, route spsbot.Route) []string {
	index := slices.Index(r.model.routes, route)
	var list []ground
	for _, s := range seen.spans {
		weight := r.model.weightOf(mix(uint32(s.class), traitClass), index)
		list = append(list, ground{seen.quote(int(s.start), int(s.end)), r.reasons.labels[s.class], weight})
	}
	for i, t := range seen.tokens {
		list = append(list, ground{quote: seen.quote(i, i+1), weight: r.model.weightOf(mix(t.word.self, traitWord), index)})
	}
	slices.SortStableFunc(list, func(a, b ground) int { return cmp.Compare(b.weight, a.weight) })
	var words, quoted []string
	for _, g := range list {
		if g.weight <= 0 || len(words) == mostGrounds {
			break
		}
		if slices.ContainsFunc(quoted, func(q string) bool { return strings.Contains(q, strings.Trim(g.quote, "'")) }) {
			continue
		}
		quoted = append(quoted, g.quote)
		if g.label != "" {
			g.quote = g.label + " (" + g.quote + ")"
		}
		words = append(words, g.quote)
	}
	if len(words) == 0 {
		words = append(words, seen.quote(0, min(len(seen.tokens), shortFollowUp)))
	}
	return words
}

// likelyCrisis returns the crisis that most classes of a message speak for.
func (r *Router) likelyCrisis(seen *view) spsbot.Crisis {
	for _, kind := range []spsbot.Crisis{spsbot.CrisisSelfHarm, spsbot.CrisisPoison, spsbot.CrisisViolence} {
		if seen.classes.meets(r.crises[kind]) {
			return kind
		}
	}
	return spsbot.CrisisMedical
}
