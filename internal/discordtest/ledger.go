package discordtest

import (
	"fmt"
	"slices"
	"time"
)

// Violation is something that the bot did and must not do.
type Violation struct {
	At time.Time
	// Rule is the short name of what was broken: "disclaimer", "mentions",
	// "limits", "openapi", "components_v2", "rate", "invalid_requests", "user_agent", "token".
	Rule string
	// Where is the request, Detail what is wrong with it.
	Where, Detail string
}

func (v Violation) String() string { return fmt.Sprintf("%s: %s: %s", v.Rule, v.Where, v.Detail) }

// WriteKind says what a write did.
type WriteKind string

// What the bot writes.
const (
	WriteCallback WriteKind = "callback" // the first response to an interaction
	WriteCreate   WriteKind = "create"
	WriteEdit     WriteKind = "edit"
	WriteDelete   WriteKind = "delete"
	WriteTyping   WriteKind = "typing"
	WriteThread   WriteKind = "thread"
	WriteCommands WriteKind = "commands"
	WriteOther    WriteKind = "other"
)

// Write is a request that was carried out, whatever its answer was.
type Write struct {
	// At is the machine's time.
	At     time.Time
	Kind   WriteKind
	Method string
	// Path is that of the request, with the tokens of interactions.
	Path string
	// Body is the JSON that was sent.
	Body []byte
	// Callback is the type of the first response, for callbacks.
	Callback int
	// Message is the message as it was afterwards, if there is one.
	Message Message
	// Trigger is what it answers, if anything; Action its id.
	Trigger Trigger
	Action  string
}

// ledger is what was done, and what was done wrongly.
type ledger struct {
	writes     []Write
	violations []Violation
	count      int // of violations, those that were dropped included
	requests   map[string]int
	invalid    int
	invalidAt  time.Time
	window     time.Time // begin of the second that is counted
	inWindow   int
	buckets    map[string]*bucket
	held       time.Time // until when everything is limited
}

// Violations are what the bot did wrong, in order.
func (f *Fake) Violations() []Violation {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	return slices.Clone(f.ledger.violations)
}

// ViolationCount counts them, those that Options.History dropped included.
func (f *Fake) ViolationCount() int {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	return f.ledger.count
}

// TakeViolations returns what the bot did wrong and forgets it: for tests that
// do wrong on purpose.
func (f *Fake) TakeViolations() []Violation {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	taken := f.ledger.violations
	f.ledger.violations, f.ledger.count = nil, 0
	return taken
}

// History is every write that was carried out, in order.
func (f *Fake) History() []Write {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	return slices.Clone(f.ledger.writes)
}

// Requests counts the requests of each route, carried out or not, by its method
// and path with ids left out: "POST /channels/{id}/messages".
func (f *Fake) Requests() map[string]int {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	counts := map[string]int{}
	for route, count := range f.ledger.requests {
		counts[route] = count
	}
	return counts
}

// InvalidRequests counts the answers 401, 403 and 429 of the last ten minutes on
// the fake's clock: at 10,000, Discord bans a bot.
func (f *Fake) InvalidRequests() int {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	return f.ledger.invalid
}

// violate records what is wrong with a request.
func (f *Fake) violate(rule, where, detail string) {
	f.ledger.count++
	f.ledger.violations = bounded(append(f.ledger.violations, Violation{At: time.Now(), Rule: rule, Where: where, Detail: detail}), f.options.History)
}

// write records a write.
func (f *Fake) write(w Write) {
	w.At = time.Now()
	f.ledger.writes = bounded(append(f.ledger.writes, w), f.options.History)
	f.touch()
}

// bounded drops the oldest once there are twice as many as are kept, so that
// dropping costs little.
func bounded[E any](all []E, most int) []E {
	if most == 0 || len(all) < 2*most {
		return all
	}
	return append([]E(nil), all[len(all)-most:]...)
}
