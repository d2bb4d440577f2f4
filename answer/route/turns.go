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
	if r.doseInPieces(p, seen) {
		return verdict{route: spsbot.RouteDosing, why: []string{"dosing: asks an amount or a schedule of the medicine that an earlier message names"}}
	}
	if len(seen.tokens) > shortFollowUp {
		return v
	}
	if r.closes(seen) {
		return verdict{route: spsbot.RouteSmalltalk, why: []string{"smalltalk: thanks, agrees or says goodbye"}}
	}
	switch p.route {
	case spsbot.RouteDosing:
		if !r.ownQuestion(seen) {
			return verdict{route: spsbot.RouteDosing, why: []string{"dosing: goes on about a dose that was refused before"}}
		}
	case spsbot.RouteEmergency:
		if !r.ownQuestion(seen) {
			return verdict{route: spsbot.RouteEmergency, crisis: r.likelyCrisis(seen), why: []string{"emergency: goes on about the danger told of before"}}
		}
	case spsbot.RoutePersonal:
		if seen.classes.meets(r.sets.person) && !r.ownQuestion(seen) {
			return verdict{route: spsbot.RoutePersonal, why: []string{"personal: goes on about the person asked about before"}}
		}
	case spsbot.RouteAnswer:
		if v.route != spsbot.RouteAnswer && !seen.classes.meets(r.sets.signs[v.route]) ||
			v.route == spsbot.RouteSmalltalk && !seen.classes.meets(r.sets.aboutBot) {
			return verdict{route: spsbot.RouteAnswer, why: []string{"answer: goes on about the question before"}}
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

// ownQuestion reports whether a message is a general question that stands for itself.
func (r *Router) ownQuestion(seen *view) bool {
	return seen.classes.meets(r.sets.general) && (seen.classes.meets(r.sets.field) || len(seen.tokens) > 3)
}
