package route

import (
	"spsbot"
)

// mostTurns is how many earlier messages are looked at.
const mostTurns = 6

// shortFollowUp is the number of tokens up to which a message may lean on the
// one before it.
const shortFollowUp = 9

// past is what earlier messages of a conversation leave behind.
type past struct {
	route   spsbot.Route // of the last message, in its own context
	classes classSet     // of all messages
	last    classSet     // of the last message
	tokens  int          // length of the last message
	refused bool         // a dose was refused
	tag     string       // language of the last message that has a clear one
}

// remember reads the earlier messages, oldest first.
func (r *Router) remember(turns []string) past {
	if len(turns) > mostTurns {
		turns = turns[len(turns)-mostTurns:]
	}
	p := past{tag: undetermined}
	for i, text := range turns {
		m := r.read(text)
		v := r.judge(m)
		if i > 0 {
			v = r.consider(p, m, v)
		}
		p.route, p.last, p.tokens = v.route, m.readings[0].classes, len(m.readings[0].tokens)
		p.classes.join(p.last)
		p.refused = p.refused || v.route == spsbot.RouteDosing
		if m.tongue.tag != undetermined {
			p.tag = m.tongue.tag
		}
	}
	return p
}

// consider returns the verdict on a message in the light of earlier ones.
func (r *Router) consider(p past, m *message, v verdict) verdict {
	seen := m.readings[0]
	if v.route == spsbot.RouteEmergency || v.route == spsbot.RouteDosing || len(seen.tokens) == 0 {
		return v
	}
	words := seen.quote(0, min(len(seen.tokens), shortFollowUp))
	again := func(route spsbot.Route, reason string) verdict {
		return verdict{route: route, why: r.reasons.of(reason, placeWords, words)}
	}
	if r.doseInPieces(p, seen) {
		return again(spsbot.RouteDosing, reasonDoseInPieces)
	}
	if len(seen.tokens) > shortFollowUp {
		return v
	}
	if r.closes(seen) {
		return again(spsbot.RouteSmalltalk, reasonPolite)
	}
	told := guarded(v.route) && seen.classes.meets(r.sets.signs[v.route])
	if p.refused && p.route != spsbot.RouteEmergency && seen.begins(r.sets.goesOn) && !told {
		return again(spsbot.RouteDosing, reasonDoseAgain)
	}
	switch p.route {
	case spsbot.RouteDosing:
		if !r.ownQuestion(seen) && !r.otherMatter(seen, v) {
			return again(spsbot.RouteDosing, reasonDoseAgain)
		}
	case spsbot.RouteEmergency:
		if !r.ownQuestion(seen) && !m.general {
			danger := again(spsbot.RouteEmergency, reasonDangerAgain)
			danger.crisis = r.likelyCrisis(seen)
			return danger
		}
	case spsbot.RoutePersonal:
		if seen.classes.meets(r.sets.person) && !r.ownQuestion(seen) {
			return again(spsbot.RoutePersonal, reasonPersonAgain)
		}
	case spsbot.RouteAnswer:
		if v.route != spsbot.RouteAnswer && !seen.classes.meets(r.sets.signs[v.route]) ||
			v.route == spsbot.RouteSmalltalk && !seen.classes.meets(r.sets.aboutBot) {
			return again(spsbot.RouteAnswer, reasonAnswerAgain)
		}
	case spsbot.RouteMisuse, spsbot.RouteSupport, spsbot.RouteSmalltalk, spsbot.RouteOutOfScope,
		spsbot.RouteLanguage, spsbot.RouteNoSource: // the message is judged on its own
	}
	return v
}

// doseInPieces reports whether a message asks for an amount of what an earlier
// message names, or names what an earlier one asked an amount of.
func (r *Router) doseInPieces(p past, seen *view) bool {
	if seen.classes.meets(r.sets.noDose) || r.ownQuestion(seen) && !seen.classes.meets(r.sets.taking) {
		return false
	}
	if seen.classes.meets(r.sets.doseAsked) && p.classes.meets(r.sets.substance) && len(seen.tokens) <= 2*shortFollowUp {
		return true
	}
	return p.tokens <= shortFollowUp && p.last.meets(r.sets.doseAsked) && !p.last.meets(r.sets.noDose) &&
		len(seen.tokens) <= shortFollowUp && seen.classes.meets(r.sets.substance)
}

// closes reports whether a short message only thanks, agrees, greets, says
// goodbye or that there is no danger.
func (r *Router) closes(seen *view) bool {
	return seen.classes.meets(r.sets.safe) || r.onlyPolite(seen)
}

// leastOwn is the number of tokens up to which a question leans on another.
const leastOwn = 3

// ownQuestion reports whether a message is a general question that stands for itself.
func (r *Router) ownQuestion(seen *view) bool {
	return !seen.begins(r.sets.goesOn) && seen.classes.meets(r.sets.general) && (seen.classes.meets(r.sets.field) || len(seen.tokens) > leastOwn)
}

// otherMatter reports whether a message after a refused dose is an answerable
// question in words of its own, without a number, an amount or a medicine.
func (r *Router) otherMatter(seen *view, v verdict) bool {
	if v.route != spsbot.RouteAnswer || len(seen.tokens) <= leastOwn {
		return false
	}
	for _, t := range seen.tokens {
		if isNumber(t.text) {
			return false
		}
	}
	return !seen.classes.meets(r.sets.doseAsked) && !seen.classes.meets(r.sets.substance) && !seen.classes.meets(r.sets.taking)
}
