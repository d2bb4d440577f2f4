package spsbot

import "time"

// Shown is one part of a reply as it was sent.
type Shown struct {
	// Channel and Message are Discord's ids of where the part stands.
	Channel string `json:"channel,omitempty"`
	Message string `json:"message,omitempty"`
	// Part is the index in Record.Messages.
	Part int `json:"part"`
	// Ephemeral parts are seen by the asker alone and are out of reach after 15 minutes.
	Ephemeral bool `json:"ephemeral,omitempty"`
	// At is when Discord confirmed it.
	At time.Time `json:"at"`
}

// Verdict is what a reader says of a reply.
type Verdict string

// The verdicts.
const (
	VerdictHelpful  Verdict = "helpful"
	VerdictNotRight Verdict = "not_right"
)

// Valid reports whether v is one of the verdicts.
func (v Verdict) Valid() bool { return v == VerdictHelpful || v == VerdictNotRight }

// Feedback is what a reader said of one reply.
type Feedback struct {
	// ID is that of the question, as Question.ID.
	ID string `json:"id"`
	// Asker is the pseudonym of the reader, who need not be the one who asked.
	Asker   string  `json:"asker,omitempty"`
	Verdict Verdict `json:"verdict"`
	// Text is what the reader wrote, personal data removed; may be empty.
	Text string    `json:"text,omitempty"`
	At   time.Time `json:"at"`
}

// EventKind says what happened to a question or its reply after it was logged.
type EventKind string

// The kinds of events.
const (
	// EventEdited: the asker edited the message; the answer to the new text is
	// a record of its own.
	EventEdited EventKind = "question_edited"
	// EventDeleted: the asker deleted the message.
	EventDeleted EventKind = "question_deleted"
	// EventRemoved: the reply was taken away.
	EventRemoved EventKind = "reply_removed"
	// EventWithdrawn: a moderator or a recalled source withdrew the reply.
	EventWithdrawn EventKind = "reply_withdrawn"
	// EventUnsent: the reply could not be shown; the asker may have seen an apology.
	EventUnsent EventKind = "reply_unsent"
	// EventAlerted: moderators were alerted.
	EventAlerted EventKind = "moderators_alerted"
)

// Valid reports whether k is one of the kinds.
func (k EventKind) Valid() bool {
	switch k {
	case EventEdited, EventDeleted, EventRemoved, EventWithdrawn, EventUnsent, EventAlerted:
		return true
	}
	return false
}

// Event is something that happened to a question or its reply.
type Event struct {
	// ID is that of the question, as Question.ID.
	ID   string    `json:"id"`
	Kind EventKind `json:"kind"`
	// Note says more in the program's own words ("HTTP 403: missing access").
	// It must hold no words of a person and no id of one: it is kept in the clear.
	Note string    `json:"note,omitempty"`
	At   time.Time `json:"at"`
}
