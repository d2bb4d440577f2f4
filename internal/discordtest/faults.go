package discordtest

import (
	"time"
)

// FaultKind is one of the things that go wrong at Discord.
type FaultKind string

// Faults of REST requests.
const (
	// RouteLimited answers 429 with the headers of a bucket and Retry-After.
	RouteLimited FaultKind = "route_limited"
	// GlobalLimited answers 429 for all routes, with Retry-After and nothing else.
	GlobalLimited FaultKind = "global_limited"
	// BadGatewayApplied carries the request out and answers 502.
	BadGatewayApplied FaultKind = "bad_gateway_applied"
	// BadGateway answers 502, in HTML, and does nothing.
	BadGateway FaultKind = "bad_gateway"
	// ServerError answers 500 and does nothing.
	ServerError FaultKind = "server_error"
	// SlowBefore waits before it carries the request out, SlowAfter afterwards.
	SlowBefore FaultKind = "slow_before"
	SlowAfter  FaultKind = "slow_after"
	// DroppedBefore cuts the connection without doing anything, DroppedAfter
	// after the request was carried out.
	DroppedBefore FaultKind = "dropped_before"
	DroppedAfter  FaultKind = "dropped_after"
	// MalformedAnswer carries the request out and answers with broken JSON.
	MalformedAnswer FaultKind = "malformed_answer"
)

// Faults of the gateway.
const (
	// ReconnectFirst sends op 7 as the first packet after an identification or resumption.
	ReconnectFirst FaultKind = "reconnect_first"
	// InvalidSession answers an identification or resumption with op 9;
	// Resumable says what it carries.
	InvalidSession FaultKind = "invalid_session"
	// CloseOnIdentify closes with Code instead of READY.
	CloseOnIdentify FaultKind = "close_on_identify"
	// Unacknowledged leaves heartbeats without their acknowledgement.
	Unacknowledged FaultKind = "unacknowledged"
	// SilentHello accepts the connection and says nothing.
	SilentHello FaultKind = "silent_hello"
	// DuplicatedEvent dispatches an event twice.
	DuplicatedEvent FaultKind = "duplicated_event"
	// LateEvent holds an event back for Wait, so that later ones overtake it.
	LateEvent FaultKind = "late_event"
	// LostEvent does not dispatch an event at all.
	LostEvent FaultKind = "lost_event"
	// UnknownComponent puts a component of an unheard-of type into the message
	// or form that an interaction carries.
	UnknownComponent FaultKind = "unknown_component"
	// MalformedEvent sends an event as broken JSON, and the right one after it.
	MalformedEvent FaultKind = "malformed_event"
)

// Fault is something that is to go wrong.
type Fault struct {
	Kind FaultKind
	// Where picks what it befalls; nil for everything of its kind.
	Where func(FaultPlace) bool
	// Chance is the share that it befalls, 0 for all.
	Chance float64
	// Times is how often it happens, 0 for as long as it is injected.
	Times int
	// Wait is how long something takes, or what Retry-After says.
	Wait time.Duration
	// Code is that of a close frame.
	Code int
	// Resumable goes with InvalidSession.
	Resumable bool
}

// FaultPlace is where a fault may strike.
type FaultPlace struct {
	// Method and Path are those of a request, without /api/v10.
	Method, Path string
	// Event is the name of an event, or IDENTIFY or RESUME.
	Event string
}

// Injected is a fault at work.
type Injected struct {
	Fault
	fake *Fake
	hits int
}

// Inject begins a fault. Several of a kind are tried in the order of injection.
func (f *Fake) Inject(fault Fault) *Injected {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	injected := &Injected{Fault: fault, fake: f}
	f.faults = append(f.faults, injected)
	return injected
}

// Hits counts how often the fault happened.
func (i *Injected) Hits() int {
	i.fake.mutex.Lock()
	defer i.fake.mutex.Unlock()
	return i.hits
}

// Remove ends the fault.
func (i *Injected) Remove() {
	i.fake.mutex.Lock()
	defer i.fake.mutex.Unlock()
	for at, one := range i.fake.faults {
		if one == i {
			i.fake.faults = append(i.fake.faults[:at:at], i.fake.faults[at+1:]...)
			return
		}
	}
}

// ClearFaults ends all faults.
func (f *Fake) ClearFaults() {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	f.faults = nil
}

// strike reports whether a fault of one of the kinds befalls a place, and which.
func (f *Fake) strike(place FaultPlace, kinds ...FaultKind) (Fault, bool) {
	for _, i := range f.faults {
		if !i.strikes(place, kinds) {
			continue
		}
		if i.Chance > 0 && f.chance.Float64() >= i.Chance {
			continue
		}
		i.hits++
		return i.Fault, true
	}
	return Fault{}, false
}

func (i *Injected) strikes(place FaultPlace, kinds []FaultKind) bool {
	if i.Times > 0 && i.hits >= i.Times {
		return false
	}
	for _, kind := range kinds {
		if i.Kind == kind {
			return i.Where == nil || i.Where(place)
		}
	}
	return false
}

// On returns a Where for requests whose method is the given one, or any when it
// is empty, and whose path matches the pattern of path.Match without crossing
// slashes: On("PATCH", "/webhooks/*/*/messages/@original").
func On(method, pattern string) func(FaultPlace) bool {
	return func(place FaultPlace) bool {
		return place.Path != "" && (method == "" || method == place.Method) && matches(pattern, place.Path)
	}
}

// OnEvent returns a Where for events with the given name.
func OnEvent(name string) func(FaultPlace) bool {
	return func(place FaultPlace) bool { return place.Event == name }
}
