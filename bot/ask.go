package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"spsbot"
	"spsbot/answer/reply"
	"spsbot/bot/outbox"
)

// asking is one question on its way.
type asking struct {
	answers  Answers
	question spsbot.Question
	settings Settings
	to       address
	// another says that the words are another person's: they are not stored.
	another bool
}

// address is where the reply to a question goes. It is part of what is stored
// of an accepted question: a field may be added, but not renamed.
type address struct {
	// Interaction, Token and Application are set for what came as an interaction.
	Interaction string `json:"interaction,omitempty"`
	Token       string `json:"token,omitempty"`
	Application string `json:"application,omitempty"`
	// Channel and ReplyTo are set for what came as a message.
	Channel string `json:"channel,omitempty"`
	ReplyTo string `json:"reply_to,omitempty"`
	// Private and Plain say how the reply is shown.
	Private bool `json:"private,omitempty"`
	Plain   bool `json:"plain,omitempty"`
	// Instead is the id of the question whose reply is changed to this one.
	Instead string `json:"instead,omitempty"`

	deferred bool // the interaction was acknowledged; the reply is filled in
	respond  responder
}

// responder takes the first answer to an interaction that came by HTTP.
type responder = func(ctx context.Context, body []byte) error

func (a address) outgoing() outbox.Interaction {
	return outbox.Interaction{ID: a.Interaction, Token: a.Token, Application: a.Application, Respond: a.respond}
}

func (a address) style() outbox.Style { return outbox.Style{Private: a.Private, Plain: a.Plain} }

// ask takes a question to its reply. Emergencies go first and wait for nothing;
// the other fixed routes are answered at once; what has to be looked for is
// accepted and answered by a worker.
func (b *Bot) ask(ctx context.Context, a asking) {
	q := &a.question
	who := speaker{q.Asker, q.Place.Channel}
	if q.Turns == nil {
		q.Turns = b.conversations.before(who, q.ID, q.Asked)
	}
	decision := a.answers.Decide(*q)
	q.Language = decision.Language
	a.to.Private = a.to.Private || a.settings.private(decision.Route)
	a.to.Plain = a.settings.PlainCards
	if until, over := b.limited(ctx, *q, decision.Route, time.Now()); over {
		a.to.Private = true
		b.say(ctx, a.to, b.notice(a.answers, reply.Limited, reply.Params{At: until}, *q), q.ID)
		return
	}
	if !a.another {
		b.conversations.add(who, turn{q.ID, q.Text, q.Asked})
	}
	switch {
	case decision.Route == spsbot.RouteEmergency:
		b.urgent(ctx, a)
	case a.another || a.to.Interaction != "" && decision.Route != spsbot.RouteAnswer:
		b.direct(ctx, a)
	default:
		b.accept(ctx, a)
	}
	if decision.Route == spsbot.RouteSupport {
		b.alert(a, outbox.AlertSupport)
	}
}

// record makes the record and the reply of a question.
func (b *Bot) record(ctx context.Context, a asking) (spsbot.Record, reply.Sealed, error) {
	record, sealed, err := a.answers.Answer(ctx, a.question)
	if err != nil {
		return record, sealed, fmt.Errorf("answer a question: %w", err)
	}
	record.Program = b.Program
	record.Settings = map[string]string{"country": a.settings.Country, "language": a.settings.Language}
	if a.another {
		record.Question.Text, record.Question.Turns, record.Why = "", nil, nil
	}
	return record, sealed, nil
}

// direct answers an interaction at once; the record is logged before.
func (b *Bot) direct(ctx context.Context, a asking) {
	record, sealed, err := b.record(ctx, a)
	if err == nil {
		err = b.Journal.Append(ctx, record, time.Now())
	}
	if err != nil {
		b.fail(ctx, a, "a question could not be logged", err)
		return
	}
	shown, err := b.show(ctx, a.to, sealed, a.question.ID, nil)
	b.finish(ctx, a.question.ID, shown, err)
}

// urgent answers an emergency: it is sent first, whatever the log does. What
// came as a message is kept meanwhile, so that a killed program sends it when
// it is back; the nonce keeps it single.
func (b *Bot) urgent(ctx context.Context, a asking) {
	record, sealed, err := b.record(ctx, a)
	if err != nil {
		b.fail(ctx, a, "an emergency could not be answered", err)
		return
	}
	kept := make(chan error, 1)
	go func() {
		defer func() {
			if fault := recover(); fault != nil {
				kept <- fmt.Errorf("keep an emergency: %v", fault)
			}
		}()
		kept <- b.keep(ctx, a, record)
	}()
	shown, err := b.show(ctx, a.to, sealed, a.question.ID, nil)
	if failed := <-kept; failed != nil {
		b.Logger.Error("an emergency was answered and not logged", "reference", b.Journal.Reference(a.question.ID), "error", failed)
	}
	b.finish(ctx, a.question.ID, shown, err)
	if err == nil && a.to.Channel != "" {
		b.acknowledge(ctx, a.question.ID)
	}
	b.alert(a, outbox.AlertEmergency)
}

// keep logs the record of an emergency, with a job where it can be sent again.
func (b *Bot) keep(ctx context.Context, a asking, record spsbot.Record) error {
	if a.to.Channel == "" {
		return b.Journal.Append(ctx, record, time.Now())
	}
	if _, err := b.enqueue(ctx, a, laneUrgent); err != nil {
		return err
	}
	entry, err := b.Journal.Entry(record, time.Now())
	if err != nil {
		return err
	}
	_, err = b.Queue.Settle(ctx, a.question.ID, digest(record), entry)
	return err
}

// accept stores a question and then says that the answer comes. A question
// that is known already is left to who has it.
func (b *Bot) accept(ctx context.Context, a asking) {
	done := b.deferrals.begin(a.question.ID)
	defer done()
	fresh, err := b.enqueue(ctx, a, laneAsk)
	switch {
	case err != nil:
		b.fail(ctx, a, "a question could not be stored", err)
		return
	case !fresh || a.to.Interaction == "":
		return
	}
	if err := b.Outbox.Defer(ctx, a.to.outgoing(), a.to.style()); err != nil {
		b.Logger.Warn("a question was not deferred", "reference", b.Journal.Reference(a.question.ID), "error", err)
	}
}

// payload is a stored question.
type payload struct {
	Question spsbot.Question `json:"question"`
	To       address         `json:"to"`
}

// enqueue stores a question, encrypted for its asker.
func (b *Bot) enqueue(ctx context.Context, a asking, lane string) (fresh bool, err error) {
	data, err := json.Marshal(payload{a.question, a.to})
	if err != nil {
		return false, fmt.Errorf("write a question: %w", err)
	}
	sealed, err := b.Keys.Seal(a.question.Asker, data, []byte(a.question.ID))
	if err != nil {
		return false, fmt.Errorf("encrypt a question: %w", err)
	}
	fresh, err = b.Queue.Enqueue(ctx, spsbot.Job{ID: a.question.ID, Lane: lane, Payload: sealed})
	if err != nil {
		return false, fmt.Errorf("store a question: %w", err)
	}
	return fresh, nil
}

// fail says that something went wrong, with a reference, and writes to the
// program's log what.
func (b *Bot) fail(ctx context.Context, a asking, what string, err error) {
	level := b.Logger.Error
	if errors.Is(err, spsbot.ErrFull) {
		level = b.Logger.Warn
	}
	level(what, "reference", b.Journal.Reference(a.question.ID), "error", err)
	b.say(ctx, a.to, b.apology(a.answers, a.question), a.question.ID)
}

// say shows a reply that is not logged: one that answers no question.
func (b *Bot) say(ctx context.Context, to address, sealed reply.Sealed, id string) {
	if _, err := b.show(ctx, to, sealed, id, nil); err != nil {
		b.Logger.Warn("a notice could not be shown", "error", err)
	}
}
