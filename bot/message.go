package bot

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"spsbot"
	"spsbot/bot/gateway"
	"spsbot/bot/outbox"
)

// Times of messages.
const (
	// messageTime bounds the handling of a message, without the work on its answer.
	messageTime = 25 * time.Second
	// editSpan is how long after a question a change of it is answered again.
	editSpan = time.Minute
	// newThread is the age up to which a thread has just been begun.
	newThread = time.Minute
	// goneMemory is how long it is known that a question was deleted: events may
	// come out of order, and an answer may be on its way.
	goneMemory = 15 * time.Minute
)

// Types of messages that people write.
const (
	messageOrdinary = 0
	messageReply    = 19
)

// Handle takes an event of the gateway. It returns at once.
func (b *Bot) Handle(event gateway.Event) {
	switch event.Type {
	case "INTERACTION_CREATE":
		b.Interaction(event.Data, nil)
	case "MESSAGE_CREATE":
		b.onMessage(event.Data, false)
	case "MESSAGE_UPDATE":
		b.onMessage(event.Data, true)
	case "MESSAGE_DELETE":
		b.onDelete(event.Data)
	case "MESSAGE_DELETE_BULK":
		b.onBulkDelete(event.Data)
	case "THREAD_CREATE":
		b.onThread(event.Data)
	case "GUILD_CREATE":
		b.onServer(event.Data, true)
	case "GUILD_DELETE":
		b.onServer(event.Data, false)
	}
}

// decode reads the data of an event; what cannot be read is noted and left.
func (b *Bot) decode(what string, data json.RawMessage, target any) bool {
	if err := json.Unmarshal(data, target); err != nil {
		b.Logger.Warn("an event could not be read", "event", what, "bytes", len(data))
		return false
	}
	return true
}

func (b *Bot) onMessage(data json.RawMessage, edited bool) {
	var m message
	if !b.decode("message", data, &m) || m.ID == "" || m.Author == nil || m.Author.Bot || m.Webhook != "" {
		return
	}
	if m.Type != messageOrdinary && m.Type != messageReply {
		return
	}
	key := m.ID
	if edited {
		if m.Edited == "" { // Discord added a preview; nobody changed anything
			return
		}
		key += m.Edited
	}
	if !b.seen.first(key) {
		return
	}
	b.begin("a message", messageTime, func(ctx context.Context) {
		if edited {
			b.edited(ctx, &m)
			return
		}
		b.heard(ctx, &m)
	})
}

// addressed returns by which way a message speaks to the bot; false when it
// does not.
func (b *Bot) addressed(m *message, settings *Settings) (spsbot.Surface, bool) {
	switch {
	case m.Server == "":
		return spsbot.SurfaceDirect, true
	case m.Referenced != nil && m.Referenced.Author != nil && m.Referenced.Author.ID == b.Application:
		return spsbot.SurfaceReply, true
	case slices.ContainsFunc(m.Mentions, func(u user) bool { return u.ID == b.Application }):
		return spsbot.SurfaceMention, true
	}
	parent := b.threads.parentOf(m.Channel)
	opens := b.threads.opens(m.Channel, m.Author.ID)
	if opens && slices.Contains(settings.Threads, parent) && m.Content != "" {
		return spsbot.SurfaceThread, true
	}
	return "", false
}

// heard answers a message that speaks to the bot.
func (b *Bot) heard(ctx context.Context, m *message) {
	settings := b.settings.of(ctx, m.Server)
	surface, ok := b.addressed(m, &settings)
	if !ok || b.gone(ctx, m.ID) {
		return
	}
	a := b.askingOf(m, surface, settings)
	if m.Referenced != nil && surface == spsbot.SurfaceReply {
		a.question.Turns = b.turnsOf(ctx, m.Referenced.record(), a.question.Asker)
	}
	if b.switchedOff(m, surface, &settings) && a.answers.Decide(a.question).Route != spsbot.RouteEmergency {
		return
	}
	b.ask(ctx, a)
}

// switchedOff reports whether moderators do not want an answer here.
func (b *Bot) switchedOff(m *message, surface spsbot.Surface, settings *Settings) bool {
	if m.Server == "" || surface == spsbot.SurfaceThread {
		return false
	}
	return settings.NoMentions || !settings.open(m.Channel, b.threads.parentOf(m.Channel))
}

// askingOf makes a question of a message.
func (b *Bot) askingOf(m *message, surface spsbot.Surface, settings Settings) asking {
	return asking{
		answers: b.Answers(), settings: settings,
		question: spsbot.Question{
			ID: m.ID, Place: spsbot.Place{Server: m.Server, Channel: m.Channel, Message: m.ID, Surface: surface},
			Asker: b.Keys.Pseudonym(m.Author.ID), Asked: timeOf(m.ID), Text: b.Scrub(withoutMention(m.Content, b.Application)),
			Locale: settings.Language, Country: settings.Country, Note: settings.note(time.Now()),
		},
		to: address{Channel: m.Channel, ReplyTo: m.ID, Plain: settings.PlainCards},
	}
}

// edited answers a question again that was changed within a minute, in place of
// the answer before.
func (b *Bot) edited(ctx context.Context, m *message) {
	at, err := time.Parse(time.RFC3339, m.Edited)
	if err != nil || at.Sub(timeOf(m.ID)) > editSpan || b.gone(ctx, m.ID) {
		return
	}
	if !b.awaitShown(ctx, m.ID) {
		return // it was no question, or none that was answered
	}
	b.event(ctx, m.ID, spsbot.EventEdited)
	settings := b.settings.of(ctx, m.Server)
	a := b.askingOf(m, spsbot.SurfaceMention, settings)
	a.question.Turns = b.conversations.before(speaker{a.question.Asker, m.Channel}, m.ID, a.question.Asked)
	if a.question.Turns == nil {
		a.question.Turns = []string{}
	}
	a.question.ID = editedID(m.ID, at)
	a.to.Instead = m.ID
	b.ask(ctx, a)
}

// editedID names the question that a message became at a time.
func editedID(id string, at time.Time) string { return id + "e" + at.UTC().Format("0405000") }

// shownWait is how long an edit waits for the answer to what it changes, and
// how often it looks.
const (
	shownWait = 10 * time.Second
	shownLook = 200 * time.Millisecond
)

// awaitShown returns whether a message was answered, and waits for an answer
// that is on its way.
func (b *Bot) awaitShown(ctx context.Context, id string) bool {
	ctx, cancel := context.WithTimeout(ctx, shownWait)
	defer cancel()
	for {
		exchange, err := b.Journal.Get(ctx, b.Journal.Reference(id))
		if err == nil && exchange.Status == spsbot.StatusShown {
			return true
		}
		_, pending, failed := b.Queue.Peek(ctx, id)
		if err != nil && (!errors.Is(err, spsbot.ErrUnknown) || failed != nil || !pending) {
			return false
		}
		select {
		case <-ctx.Done():
			return false
		case <-time.After(shownLook):
		}
	}
}

func (b *Bot) onDelete(data json.RawMessage) {
	var m message
	if b.decode("deletion", data, &m) && m.ID != "" {
		b.deleted(m.ID)
	}
}

func (b *Bot) onBulkDelete(data json.RawMessage) {
	var m struct {
		IDs []string `json:"ids"`
	}
	if !b.decode("deletions", data, &m) {
		return
	}
	for _, id := range m.IDs {
		b.deleted(id)
	}
}

// deleted removes the reply to a question that its author deleted.
func (b *Bot) deleted(id string) {
	b.begin("a deletion", messageTime, func(ctx context.Context) {
		exchange, err := b.Journal.Get(ctx, b.Journal.Reference(id))
		_, pending, failed := b.Queue.Peek(ctx, id)
		known := err == nil || failed == nil && pending
		if !known && time.Since(timeOf(id)) > goneMemory {
			return // no question of ours
		}
		if err := b.Values.Put(ctx, goneKey(id), []byte{1}, goneMemory); err != nil {
			b.Logger.Warn("a deletion could not be noted", "error", err)
		}
		if err != nil {
			return
		}
		b.conversations.drop(exchange.Record.Question.Asker, id)
		b.event(ctx, id, spsbot.EventDeleted)
		b.remove(ctx, id, standing(exchange.Shown))
	})
}

func goneKey(id string) string { return "gone:" + id }

// gone reports whether a question was deleted.
func (b *Bot) gone(ctx context.Context, id string) bool {
	_, gone, err := b.Values.Get(ctx, goneKey(id))
	return err == nil && gone
}

// remove takes the parts of a reply away, and logs that.
func (b *Bot) remove(ctx context.Context, id string, shown []spsbot.Shown) {
	for _, part := range shown {
		if part.Message == "" || part.Ephemeral {
			continue
		}
		if err := b.Outbox.Delete(ctx, outbox.Sent{ID: part.Message, Channel: part.Channel}); err != nil {
			b.Logger.Warn("a reply could not be removed", "reference", b.Journal.Reference(id), "error", err)
			return
		}
	}
	if len(shown) > 0 {
		b.event(ctx, id, spsbot.EventRemoved)
	}
}

func (b *Bot) onThread(data json.RawMessage) {
	var thread struct {
		ID     string `json:"id"`
		Parent string `json:"parent_id"`
		Owner  string `json:"owner_id"`
		New    bool   `json:"newly_created"`
	}
	if !b.decode("thread", data, &thread) {
		return
	}
	if !thread.New && time.Since(timeOf(thread.ID)) > newThread {
		thread.Owner = "" // we were let into an old one
	}
	b.threads.add(thread.ID, thread.Parent, thread.Owner)
}

// onServer notes that the bot came to a server, or was removed from it.
func (b *Bot) onServer(data json.RawMessage, here bool) {
	var server struct {
		ID          string `json:"id"`
		Unavailable bool   `json:"unavailable"`
		Threads     []struct {
			ID     string `json:"id"`
			Parent string `json:"parent_id"`
		} `json:"threads"`
	}
	if !b.decode("server", data, &server) || server.ID == "" || server.Unavailable {
		return // an outage is no removal
	}
	for _, thread := range server.Threads {
		b.threads.add(thread.ID, thread.Parent, "")
	}
	b.begin("a server", messageTime, func(ctx context.Context) {
		note := b.Journal.RemoveServer
		if here {
			note = b.Journal.KeepServer
		}
		if err := note(ctx, server.ID, time.Now()); err != nil {
			b.Logger.Warn("a change of servers could not be logged", "error", err)
		}
	})
}
