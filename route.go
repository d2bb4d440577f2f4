package spsbot

// Route is the one way that a message takes. The names are a contract: the
// command line prints them, the answer log stores them, the metrics count them.
type Route string

// The routes, in the order of precedence when several fit.
const (
	RouteEmergency  Route = "emergency"
	RouteDosing     Route = "dosing"
	RoutePersonal   Route = "personal"
	RouteMisuse     Route = "misuse"
	RouteSupport    Route = "support"
	RouteSmalltalk  Route = "smalltalk"
	RouteOutOfScope Route = "out_of_scope"
	RouteLanguage   Route = "language"
	RouteNoSource   Route = "no_source"
	RouteAnswer     Route = "answer"
)

// Routes returns all routes in the order of precedence.
func Routes() []Route {
	return []Route{
		RouteEmergency, RouteDosing, RoutePersonal, RouteMisuse, RouteSupport,
		RouteSmalltalk, RouteOutOfScope, RouteLanguage, RouteNoSource, RouteAnswer,
	}
}

// Valid reports whether r is one of the ten routes.
func (r Route) Valid() bool {
	for _, known := range Routes() {
		if r == known {
			return true
		}
	}
	return false
}

// Crisis says which kind of help an emergency needs; it selects the numbers to call.
type Crisis string

// The kinds of emergency that have a reply of their own.
const (
	CrisisMedical  Crisis = "medical"
	CrisisSelfHarm Crisis = "self_harm"
	CrisisPoison   Crisis = "poison"
	CrisisViolence Crisis = "violence"
)

// Smalltalk says what a message that asks for nothing wants; it selects the reply.
type Smalltalk string

// The kinds of small talk that have a reply of their own.
const (
	SmalltalkAbout   Smalltalk = "about"
	SmalltalkHello   Smalltalk = "hello"
	SmalltalkThanks  Smalltalk = "thanks"
	SmalltalkPrivacy Smalltalk = "privacy"
	SmalltalkEmpty   Smalltalk = "empty"
)

// Decision is what the router says of one message.
type Decision struct {
	// Route is a fixed route, or RouteAnswer when retrieval has to decide
	// between RouteAnswer and RouteNoSource.
	Route Route
	// Why are the reasons, each one plain line that a moderator can read.
	Why []string
	// Crisis is set when Route is RouteEmergency.
	Crisis Crisis
	// Language is the tag of the message's own language ("en", "pt"), "und" when unclear.
	Language string
}
