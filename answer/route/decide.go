package route

import (
	"strings"

	"spsbot"
)

// verdict is what is thought of one message, before earlier turns are looked at.
type verdict struct {
	route  spsbot.Route
	why    []string
	crisis spsbot.Crisis
}

// Decide returns the route of a question. One whose author says that it is a
// general question is no emergency, but may still be anything else.
func (r *Router) Decide(q spsbot.Question) spsbot.Decision {
	m := r.read(q.Text)
	m.general = q.General
	v := r.judge(m)
	if len(q.Turns) > 0 {
		p := r.remember(q.Turns)
		v = r.consider(p, m, v)
		if m.tongue.tag == undetermined {
			m.tongue.tag = p.tag
		}
	}
	if !m.tongue.replies && !r.grave(m, v.route) {
		v = verdict{route: spsbot.RouteLanguage, why: r.reasons.of(reasonLanguage, placeLanguage, m.tongue.tag)}
	}
	if q.General {
		v.why = append(v.why, r.reasons.texts[reasonGeneral])
	}
	return spsbot.Decision{Route: v.route, Why: v.why, Crisis: v.crisis, Language: m.tongue.tag}
}

// grave reports whether a message in a language that the router did not learn
// is an emergency or asks a dose all the same: a phrase or name says so.
func (r *Router) grave(m *message, route spsbot.Route) bool {
	if route != spsbot.RouteEmergency && route != spsbot.RouteDosing {
		return false
	}
	for _, seen := range m.readings {
		if seen.classes.meets(r.sets.signs[route]) {
			return true
		}
	}
	return false
}

// message is a message that was read.
type message struct {
	tongue tongue
	// readings are the ways to read it: as written, then what is hidden in it.
	// A very long one is cut into pieces, each a reading of its own.
	readings []*view
	open     int // readings[:open] are as written
	// general says that its author called it a general question.
	general bool
}

const (
	// longestMessage is how much of a message is read, in bytes: half of it from
	// its beginning, half from its end. It bounds the time that a message takes.
	longestMessage = 100_000
	// mostTokens is how long a reading may be, in tokens. It keeps the places of
	// phrases within 16 bits, also where one character unfolds to many.
	mostTokens = 2000
)

// shorten leaves out the middle of a message that is too long to be read.
func shorten(text string) string {
	if len(text) <= longestMessage {
		return text
	}
	const half = longestMessage / 2
	return strings.ToValidUTF8(text[:half], "") + " " + strings.ToValidUTF8(text[len(text)-half:], "")
}

// read folds and tags a message.
func (r *Router) read(text string) *message {
	text = shorten(text)
	m := &message{}
	known := map[string]*word{}
	for i, reading := range strings.Split(r.folder.fold(text), readingMark) {
		s := scanText(reading)
		r.lookup(s.tokens, known)
		found := r.tongues.detect(text, reading, s.tokens)
		if i == 1 && opaque(m.readings) {
			m.readings, m.open, m.tongue = nil, 0, found // nothing but a code: what it hides is the message
		}
		for _, piece := range s.pieces(mostTokens) {
			m.readings = append(m.readings, r.view(piece, found.active))
		}
		if i == 0 {
			m.tongue, m.open = found, len(m.readings)
		}
	}
	return m
}

// opaque reports whether readings say nothing: no phrase, and hardly a word
// that is known.
func opaque(readings []*view) bool {
	tokens, strange := 0, 0
	for _, seen := range readings {
		for _, s := range seen.spans {
			if !isNumber(seen.tokens[s.start].text) {
				return false
			}
		}
		for _, t := range seen.tokens {
			if tokens++; t.word.strange || isNumber(t.text) {
				strange++
			}
		}
	}
	return tokens > 0 && strange*3 >= tokens*2
}

// judge returns the verdict on a message: on its most cautious reading.
func (r *Router) judge(m *message) verdict {
	var v verdict
	for i, reading := range m.readings {
		other := r.judgeReading(reading, m.general)
		disguised := i >= m.open
		if disguised {
			other.why = append(other.why, r.reasons.texts[reasonDisguised])
		}
		switch {
		case i == 0,
			guarded(other.route) && rank(other.route) < rank(v.route),
			!disguised && other.route == spsbot.RouteAnswer && !guarded(v.route):
			v = other
		}
	}
	return v
}

// guarded reports whether a route keeps a message from being answered for a
// reason other than that it is small talk or of another field.
func guarded(route spsbot.Route) bool {
	return route != spsbot.RouteAnswer && route != spsbot.RouteSmalltalk && route != spsbot.RouteOutOfScope
}

// rank is the place of a route in the order of precedence.
func rank(route spsbot.Route) int {
	for i, known := range spsbot.Routes() {
		if known == route {
			return i
		}
	}
	return len(spsbot.Routes())
}

// judgeReading returns the verdict on one reading. general says that the author
// called it a general question.
func (r *Router) judgeReading(seen *view, general bool) verdict {
	if len(seen.tokens) == 0 {
		return verdict{route: spsbot.RouteSmalltalk, why: r.reasons.of(reasonNoWords, "", "")}
	}
	p := r.weigh(seen)
	if general {
		p.calm()
	} else if v, ok := r.byRule(seen, spsbot.RouteEmergency); ok {
		return v
	}
	route := p.best()
	if r.onlyPolite(seen) && !guarded(route) {
		return verdict{route: spsbot.RouteSmalltalk, why: r.reasons.of(reasonPolite, "", "")}
	}
	support, told := r.byRule(seen, spsbot.RouteSupport)
	if route == spsbot.RouteEmergency && !told {
		return r.byModel(seen, route)
	}
	if v, ok := r.byRule(seen, spsbot.RouteDosing); ok && !doubted(p, route) {
		return v
	}
	if told && (!overrules(route) || p.of(route) < overTold) {
		return support
	}
	for _, cautious := range [...]spsbot.Route{spsbot.RoutePersonal, spsbot.RouteMisuse} {
		if guarded(route) || p.of(cautious) < leastTold {
			continue
		}
		if v, ok := r.byRule(seen, cautious); ok {
			return v
		}
	}
	return r.byModel(seen, route)
}

// leastTold is the probability of a personal question or of misuse from which a
// rule for it wins over the model's opinion that the message may be answered.
const leastTold = 0.15

// leastDose is the probability of a dose below which a rule for one is not
// believed where the model takes the message for an answerable question: it is
// right one time in five then, and the guard of doses stands behind it.
const leastDose = 0.06

// doubted reports whether the model contradicts a rule for a dose.
func doubted(p *opinion, route spsbot.Route) bool {
	return route == spsbot.RouteAnswer && p.of(spsbot.RouteDosing) < leastDose
}

// overTold is the probability from which the model wins over a rule for support.
const overTold = 0.8

// overrules reports whether the model's opinion for a route can win over a rule
// for support.
func overrules(route spsbot.Route) bool {
	return route == spsbot.RouteDosing || route == spsbot.RoutePersonal || route == spsbot.RouteMisuse
}

// byRule returns the verdict of the rules for a route.
func (r *Router) byRule(seen *view, route spsbot.Route) (verdict, bool) {
	v := verdict{route: route}
	for _, h := range seen.hits {
		u := &r.rules[h.rule]
		if u.Route != route || u.Lean {
			continue
		}
		v.why = append(v.why, h.why)
		if v.crisis == "" {
			v.crisis = u.Crisis
		}
	}
	return v, len(v.why) > 0
}
