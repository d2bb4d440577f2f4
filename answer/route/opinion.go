package route

import (
	"sort"
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

// longReading is the number of tokens from which the sentences of a message
// are weighed each on its own.
const longReading = 12

// wholeShare is how much the whole of a longer message counts beside the
// questions in it.
const wholeShare = 0.25

// weigh returns what the model thinks of a message. In a longer one the
// questions decide, since people tell long stories and ask a plain question in
// the end; what is told counts less.
func (r *Router) weigh(seen *view) *opinion {
	whole := r.probabilities(seen, 0, len(seen.tokens))
	o := &opinion{routes: r.model.routes, p: whole}
	if len(seen.sentences) < 2 {
		return o
	}
	asked := make([]float32, len(whole))
	questions := 0
	for _, s := range seen.sentences {
		if s.end-s.start < 2 || !s.asks && !seen.classesWithin(s.start, s.end).meets(r.sets.request) {
			continue
		}
		questions++
		for i, p := range r.probabilities(seen, s.start, s.end) {
			asked[i] += p
		}
	}
	if questions == 0 || questions == len(seen.sentences) {
		r.raise(seen, o)
		return o
	}
	share := float32(wholeShare)
	if len(seen.tokens) < longReading {
		share = 0.5
	}
	for i := range whole {
		whole[i] = share*whole[i] + (1-share)*asked[i]/float32(questions)
	}
	r.raise(seen, o)
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
// message with several, if the clause taken alone leaves hardly a doubt.
func (r *Router) raise(seen *view, o *opinion) {
	start := 0
	for end := 1; end <= len(seen.tokens); end++ {
		if end < len(seen.tokens) && seen.tokens[end].clause == seen.tokens[start].clause {
			continue
		}
		if end-start >= leastClause {
			for i, p := range r.probabilities(seen, start, end) {
				if p >= clauseSure && grave(o.routes[i]) {
					o.p[i] = max(o.p[i], p*clauseShare)
				}
			}
		}
		start = end
	}
}

// grave reports whether a single clause of a message is enough for a route.
func grave(route spsbot.Route) bool {
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
	why := string(route) + ": reads like it"
	if words := r.grounds(seen, route); len(words) > 0 {
		why += " (" + strings.Join(words, ", ") + ")"
	}
	v := verdict{route: route, why: []string{why}}
	if route == spsbot.RouteEmergency {
		v.crisis = r.likelyCrisis(seen)
	}
	return v
}

// mostGrounds is how many phrases a reason quotes.
const mostGrounds = 3

// grounds quotes the phrases whose classes speak most for a route.
func (r *Router) grounds(seen *view, route spsbot.Route) []string {
	index := 0
	for i, known := range r.model.routes {
		if known == route {
			index = i
		}
	}
	type ground struct {
		text   string
		weight float32
	}
	var list []ground
	for _, s := range seen.spans {
		list = append(list, ground{seen.quote(int(s.start), int(s.end)), r.model.weightOf(mix(uint32(s.class), traitClass), index)})
	}
	for i, t := range seen.tokens {
		list = append(list, ground{seen.quote(i, i+1), r.model.weightOf(mix(t.word.self, traitWord), index)})
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].weight > list[j].weight })
	var words []string
	for _, g := range list {
		if g.weight <= 0 || len(words) == mostGrounds {
			break
		}
		covered := false
		for _, w := range words {
			covered = covered || strings.Contains(w, strings.Trim(g.text, "'"))
		}
		if !covered {
			words = append(words, g.text)
		}
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
