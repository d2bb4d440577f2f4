package bot

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"spsbot"
	"spsbot/answer/reply"
	"spsbot/bot/outbox"
)

// lateAfter is the age of a message from which the reply lets its author notice.
const lateAfter = time.Minute

// show sends all parts of a reply and returns those that stand. Record is the
// id of the question, for the buttons. With a file, the first part hands it over.
func (b *Bot) show(ctx context.Context, to address, sealed reply.Sealed, record string, file *outbox.File) ([]spsbot.Shown, error) {
	switch {
	case to.Instead != "":
		return b.showInstead(ctx, to, sealed, record)
	case to.Interaction != "":
		return b.showInteraction(ctx, to, sealed, record, file)
	}
	return b.showMessage(ctx, to, sealed.Parts(), record, nil)
}

// showInteraction answers an interaction: the first part is its reply, the
// others follow.
func (b *Bot) showInteraction(ctx context.Context, to address, sealed reply.Sealed, record string, file *outbox.File) ([]spsbot.Shown, error) {
	var shown []spsbot.Shown
	for n, part := range sealed.Parts() {
		var sent outbox.Sent
		var err error
		switch {
		case n > 0:
			sent, err = b.followUp(ctx, to, part, record, n)
		case to.deferred:
			sent, err = b.fillIn(ctx, to, part, record)
		default:
			sent, err = b.Outbox.Reply(ctx, to.outgoing(), part, record, to.style(), file)
		}
		if err != nil {
			return shown, fmt.Errorf("show part %d of a reply: %w", n+1, err)
		}
		shown = append(shown, spsbot.Shown{Channel: sent.Channel, Message: sent.ID, Part: n, Ephemeral: to.Private, At: time.Now()})
	}
	return shown, nil
}

// Waits for a deferral that our reply has overtaken on the way to Discord.
const (
	deferralGrace = 5 * time.Second
	deferralLook  = 150 * time.Millisecond
)

// fillIn fills in a deferred reply. Discord may not know yet that one was
// deferred; then it is tried again for a while.
func (b *Bot) fillIn(ctx context.Context, to address, part reply.Part, record string) (outbox.Sent, error) {
	for {
		sent, err := b.Outbox.EditReply(ctx, to.outgoing(), part, record, to.style())
		if !outbox.Gone(err) || time.Since(timeOf(to.Interaction)) > deferralGrace {
			return sent, err
		}
		select {
		case <-ctx.Done():
			return sent, err
		case <-time.After(deferralLook):
		}
	}
}

// followUpMemory is how long it is known which further parts were sent: as long
// as an interaction lives.
const followUpMemory = 15 * time.Minute

// followUp sends a further part once: Discord has no nonce for these, so what
// was sent is remembered for the case that the work is done again.
func (b *Bot) followUp(ctx context.Context, to address, part reply.Part, record string, n int) (outbox.Sent, error) {
	key := "part:" + record + ":" + strconv.Itoa(n)
	if id, known, err := b.Values.Get(ctx, key); err == nil && known {
		return outbox.Sent{ID: string(id)}, nil
	}
	sent, err := b.Outbox.FollowUp(ctx, to.outgoing(), part, record, to.style())
	if err != nil {
		return sent, err
	}
	if err := b.Values.Put(ctx, key, []byte(sent.ID), followUpMemory); err != nil {
		b.Logger.Warn("a part that was sent could not be noted", "error", err)
	}
	return sent, nil
}

// showMessage posts parts as messages that reply to the question, each under a
// nonce of its own. Those of before are there already and are changed.
func (b *Bot) showMessage(ctx context.Context, to address, parts []reply.Part, record string, before []spsbot.Shown) ([]spsbot.Shown, error) {
	var shown []spsbot.Shown
	for n, part := range parts {
		var sent outbox.Sent
		var err error
		if n < len(before) {
			sent = outbox.Sent{ID: before[n].Message, Channel: before[n].Channel}
			err = b.Outbox.Edit(ctx, sent, part, record, to.style())
		} else {
			target := outbox.Target{Channel: to.Channel, ReplyTo: to.ReplyTo, Nonce: nonce(record, n)}
			target.Notify = n == 0 && to.ReplyTo != "" && time.Since(timeOf(to.ReplyTo)) > lateAfter
			sent, err = b.Outbox.Post(ctx, target, part, record, to.style())
			sent.Channel = to.Channel
		}
		if err != nil {
			return shown, fmt.Errorf("post part %d of a reply: %w", n+1, err)
		}
		shown = append(shown, spsbot.Shown{Channel: sent.Channel, Message: sent.ID, Part: n, At: time.Now()})
	}
	for _, surplus := range before[min(len(parts), len(before)):] {
		if err := b.Outbox.Delete(ctx, outbox.Sent{ID: surplus.Message, Channel: surplus.Channel}); err != nil {
			return shown, fmt.Errorf("remove a part that is no longer there: %w", err)
		}
	}
	return shown, nil
}

// nonce names a part of the reply to a message, in at most 25 characters.
func nonce(record string, part int) string {
	return record[max(0, len(record)-22):] + "-" + strconv.Itoa(part)
}

// errNotShown says that the reply that is to be changed is not shown yet.
var errNotShown = errors.New("the reply before is not shown yet")

// showInstead changes the reply to a question that was edited.
func (b *Bot) showInstead(ctx context.Context, to address, sealed reply.Sealed, record string) ([]spsbot.Shown, error) {
	before, err := b.Journal.Get(ctx, b.Journal.Reference(to.Instead))
	if err != nil {
		return nil, fmt.Errorf("find the reply before: %w", err)
	}
	if before.Status != spsbot.StatusShown {
		return nil, errNotShown
	}
	return b.showMessage(ctx, to, sealed.Parts(), record, standing(before.Shown))
}

// standing returns where each part stands, as noted last.
func standing(shown []spsbot.Shown) []spsbot.Shown {
	var parts []spsbot.Shown
	for _, s := range shown {
		for len(parts) <= s.Part {
			parts = append(parts, spsbot.Shown{})
		}
		parts[s.Part] = s
	}
	return parts
}

// finish notes what became of a reply.
func (b *Bot) finish(ctx context.Context, id string, shown []spsbot.Shown, err error) {
	if err != nil {
		b.Logger.Warn("a reply could not be shown", "reference", b.Journal.Reference(id), "error", err)
		b.event(ctx, id, spsbot.EventUnsent)
		return
	}
	if err := b.Journal.Shown(ctx, id, shown...); err != nil && !errors.Is(err, spsbot.ErrUnknown) {
		b.Logger.Warn("where a reply stands could not be logged", "reference", b.Journal.Reference(id), "error", err)
	}
}

// event logs what happened to a question or its reply.
func (b *Bot) event(ctx context.Context, id string, kind spsbot.EventKind) {
	err := b.Journal.Event(ctx, spsbot.Event{ID: id, Kind: kind, At: time.Now()})
	if err != nil && !errors.Is(err, spsbot.ErrUnknown) {
		b.Logger.Warn("an event could not be logged", "kind", string(kind), "error", err)
	}
}
