package spsbot

import "time"

// Exchange is one question with its reply and all that followed, as the answer
// log gives it back.
type Exchange struct {
	// Reference names it in the log and to people: a keyed hash of the
	// question's id, which leads to no message and no person.
	Reference string `json:"reference"`
	// At is when it was logged.
	At time.Time `json:"at"`
	// Status is what became of the reply.
	Status Status `json:"status"`
	// Forgotten says that the person was forgotten: the question's id, text,
	// turns, channel, message and asker are empty, and so are the reasons.
	Forgotten bool       `json:"forgotten,omitempty"`
	Record    Record     `json:"record"`
	Shown     []Shown    `json:"shown,omitempty"`
	Feedback  []Feedback `json:"feedback,omitempty"`
	Events    []Event    `json:"events,omitempty"`
}

// Status says what became of a reply.
type Status string

// The statuses, in their usual order; the last thing that happened decides.
const (
	StatusLogged    Status = "logged"    // not known to have been shown
	StatusShown     Status = "shown"     // Discord confirmed it
	StatusUnsent    Status = "unsent"    // it could not be shown
	StatusRemoved   Status = "removed"   // taken away, since its question was
	StatusWithdrawn Status = "withdrawn" // withdrawn by a moderator or with its source
)

// Statuses returns all statuses.
func Statuses() []Status {
	return []Status{StatusLogged, StatusShown, StatusUnsent, StatusRemoved, StatusWithdrawn}
}
