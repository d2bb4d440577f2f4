package discordtest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Kind says what a person did.
type Kind string

// What people do.
const (
	KindMessage        Kind = "message"
	KindEdit           Kind = "edit"
	KindDelete         Kind = "delete"
	KindSlash          Kind = "slash"
	KindMessageCommand Kind = "message_command"
	KindButton         Kind = "button"
	KindSelect         Kind = "select"
	KindModal          Kind = "modal"
	KindAutocomplete   Kind = "autocomplete"
)

// Trigger is what made the bot write something: what a person did.
type Trigger struct {
	Kind Kind
	// Name is the name of the command, or the custom id.
	Name string
	User User
	// Channel is where it was done.
	Channel Channel
}

// Action is something that a person did, and what came of it.
type Action struct {
	Trigger
	// ID is that of the interaction, or of the person's message; Token is the
	// interaction's, empty for messages.
	ID, Token string

	fake    *Fake
	err     error
	started time.Time // on the machine's clock, for durations
	created time.Time // on the fake's clock, for deadlines
	owners  map[string]string
	pressed *message // the message with the component, if any
	source  *message // the person's message, if any
	public  bool     // the answer may be seen by others

	// Guarded by the fake's mutex.
	changed  chan struct{}
	callback int // the type of the first response, 0 for none
	refused  bool
	acked    time.Time
	answered time.Time
	original *message
	replies  []*message
	removed  []*message
	modal    *Modal
	choices  []Choice
	forgot   bool
}

// actions are those whose tokens are known.
type actions struct {
	byID, byToken map[string]*Action
	changed       chan struct{} // closed by every change of anything
}

func (a *actions) start() {
	a.byID, a.byToken, a.changed = map[string]*Action{}, map[string]*Action{}, make(chan struct{})
}

// ErrFailed says that the bot left an interaction without acknowledgement until
// its time was over: the person reads "The application did not respond".
var ErrFailed = errors.New("the application did not respond")

// Err says why the action could not be done, for example because no such command
// is registered. Everything that waits returns it, too.
func (a *Action) Err() error { return a.err }

// Message is the person's own message, for those that are messages.
func (a *Action) Message() Message {
	a.fake.mutex.Lock()
	defer a.fake.mutex.Unlock()
	if a.source == nil {
		return Message{}
	}
	return a.source.Message
}

// WaitAck waits until an interaction is acknowledged and returns the type of the
// first response (4 message, 5 deferred message, 6 deferred update, 7 update,
// 8 choices, 9 modal).
func (a *Action) WaitAck(ctx context.Context) (int, error) {
	err := a.wait(ctx, "an acknowledgement", func() bool { return a.callback != 0 })
	return a.callbackType(), err
}

func (a *Action) callbackType() int {
	a.fake.mutex.Lock()
	defer a.fake.mutex.Unlock()
	return a.callback
}

// WaitReply waits for the first message that says something, and returns it as
// it is then. An update of the message whose button was pressed is a reply, too,
// and so is a changed reply after an edit of the question.
func (a *Action) WaitReply(ctx context.Context) (Message, error) {
	replies, err := a.WaitReplies(ctx, 1)
	if err != nil {
		return Message{}, err
	}
	return replies[0], nil
}

// WaitReplies waits until there are that many messages.
func (a *Action) WaitReplies(ctx context.Context, many int) ([]Message, error) {
	var found []Message
	err := a.wait(ctx, fmt.Sprintf("%d replies", many), func() bool {
		found = a.shown()
		return len(found) >= many
	})
	return found, err
}

// WaitUntil waits until the replies are as they should be.
func (a *Action) WaitUntil(ctx context.Context, ready func(replies []Message) bool) ([]Message, error) {
	var found []Message
	err := a.wait(ctx, "replies as expected", func() bool {
		found = a.shown()
		return ready(found)
	})
	return found, err
}

// WaitModal waits for the form that the bot opens.
func (a *Action) WaitModal(ctx context.Context) (Modal, error) {
	var modal Modal
	err := a.wait(ctx, "a modal", func() bool {
		if a.modal != nil {
			modal = *a.modal
		}
		return a.modal != nil
	})
	return modal, err
}

// WaitChoices waits for the suggestions of autocomplete.
func (a *Action) WaitChoices(ctx context.Context) ([]Choice, error) {
	var choices []Choice
	err := a.wait(ctx, "choices", func() bool {
		choices = slices.Clone(a.choices)
		return a.callback == callbackChoices
	})
	return choices, err
}

// WaitRemoved waits until the bot deletes a reply, and returns what it deleted.
func (a *Action) WaitRemoved(ctx context.Context) (Message, error) {
	var removed Message
	err := a.wait(ctx, "a removed reply", func() bool {
		if len(a.removed) > 0 {
			removed = a.removed[0].Message
		}
		return len(a.removed) > 0
	})
	return removed, err
}

// Replies are the messages that say something and that are there now.
func (a *Action) Replies() []Message {
	a.fake.mutex.Lock()
	defer a.fake.mutex.Unlock()
	return a.shown()
}

func (a *Action) shown() []Message {
	var shown []Message
	for _, m := range a.replies {
		if m.shown() {
			shown = append(shown, m.Message)
		}
	}
	return shown
}

// AckedAfter is the time from the action to its acknowledgement on the machine's
// clock; false as long as there is none.
func (a *Action) AckedAfter() (time.Duration, bool) {
	a.fake.mutex.Lock()
	defer a.fake.mutex.Unlock()
	return a.acked.Sub(a.started), !a.acked.IsZero()
}

// AnsweredAfter is the time from the action to the first reply that says something.
func (a *Action) AnsweredAfter() (time.Duration, bool) {
	a.fake.mutex.Lock()
	defer a.fake.mutex.Unlock()
	return a.answered.Sub(a.started), !a.answered.IsZero()
}

// Failed reports whether the person was told that the application did not respond.
func (a *Action) Failed() bool {
	a.fake.mutex.Lock()
	defer a.fake.mutex.Unlock()
	return a.failed()
}

func (a *Action) failed() bool {
	return a.Token != "" && a.callback == 0 && (a.refused || a.fake.now().Sub(a.created) > a.fake.options.AckWithin)
}

// Forget drops the action, its interaction and its replies from the fake, so that
// a long load test does not fill the memory. Nothing can be done with it after.
func (a *Action) Forget() {
	a.fake.mutex.Lock()
	defer a.fake.mutex.Unlock()
	a.forgot = true
	delete(a.fake.actions.byID, a.ID)
	delete(a.fake.actions.byToken, a.Token)
	for _, m := range append(slices.Clone(a.replies), a.original, a.source) {
		if m != nil {
			a.fake.forget(m)
		}
	}
	a.replies, a.original, a.removed, a.source = nil, nil, nil, nil
}
