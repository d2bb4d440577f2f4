package route

import "spsbot"

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
