package bot

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"spsbot"
	"spsbot/answer/reply"
	"spsbot/bot/outbox"
)

// mostOpened is how many passages of a source are opened at once.
const mostOpened = 4

// longestFollowUp and longestReport bound what is written into forms, in characters.
const (
	longestFollowUp = 1000
	longestReport   = 1000
)

// pressed carries out a button, a menu or a form. Text is what was written into
// the form, empty for a button.
func (b *Bot) pressed(ctx context.Context, i *interaction, id string, values []string, text string) {
	if strings.HasPrefix(id, panelPrefix) {
		b.panelPressed(ctx, i, id, values, text)
		return
	}
	button, ok := outbox.ParseButton(id)
	if !ok {
		b.inform(ctx, i, reply.Expired, reply.Params{}, true)
		return
	}
	form := i.Type == interactionModal
	switch button.Action {
	case reply.ActionPassages:
		b.openPassages(ctx, i, button.Record)
	case reply.ActionHelpful:
		b.feedback(ctx, i, button.Record, spsbot.VerdictHelpful, "")
	case reply.ActionWrong:
		if form {
			b.feedback(ctx, i, button.Record, spsbot.VerdictNotRight, text)
			return
		}
		b.form(ctx, i, id, button.Action)
	case reply.ActionFollowUp:
		if form {
			b.followUpOn(ctx, i, button.Record, text)
			return
		}
		b.form(ctx, i, id, button.Action)
	case reply.ActionGeneral:
		b.general(ctx, i, button.Record)
	case reply.ActionSuggestion:
		if question, found := suggestion(b.Answers(), button.Extra); found {
			q := b.question(ctx, i, question, spsbot.SurfaceButton)
			q.Turns = []string{}
			b.askFrom(ctx, i, q)
			return
		}
		b.inform(ctx, i, reply.Expired, reply.Params{}, true)
	case reply.ActionSource:
		b.openSource(ctx, i, slices.Concat(values, []string{""})[0], 0)
	case reply.ActionMore:
		first, source, _ := strings.Cut(button.Extra, ":")
		number, _ := strconv.Atoi(first) // what is no number begins at the beginning
		b.openSource(ctx, i, source, number)
	case reply.ActionMine:
		b.mine(ctx, i)
	case reply.ActionForget:
		b.inform(ctx, i, reply.Forget, reply.Params{}, true)
	case reply.ActionForgetSure:
		b.forget(ctx, i)
	default:
		b.inform(ctx, i, reply.Expired, reply.Params{}, true)
	}
}

// form opens the form of a button.
func (b *Bot) form(ctx context.Context, i *interaction, id string, action reply.Action) {
	words, longest, required := b.Words.For(b.localesOf(ctx, i)...).Modals.Wrong, longestReport, false
	if action == reply.ActionFollowUp {
		words, longest, required = b.Words.For(b.localesOf(ctx, i)...).Modals.FollowUp, longestFollowUp, true
	}
	if err := b.Outbox.Form(ctx, i.outgoing(), id, words, "", longest, required); err != nil {
		b.Logger.Warn("a form could not be opened", "error", err)
	}
}

// openPassages shows the passages behind an answer, word for word, to who pressed.
func (b *Bot) openPassages(ctx context.Context, i *interaction, record string) {
	exchange, err := b.Journal.Get(ctx, b.Journal.Reference(record))
	var passages []string
	if err == nil {
		for _, citation := range exchange.Record.Citations {
			passages = append(passages, citation.Passage)
		}
	}
	opened := b.Answers().Open(passages...)
	if len(opened.Citations()) == 0 {
		b.inform(ctx, i, reply.Expired, reply.Params{}, true)
		return
	}
	b.inform(ctx, i, reply.Opened, reply.Params{Opened: opened}, true)
}

// openSource shows passages of a source, from number first on.
func (b *Bot) openSource(ctx context.Context, i *interaction, source string, first int) {
	opened := b.Answers().OpenSource(source, first, mostOpened)
	if len(opened.Citations()) == 0 {
		b.inform(ctx, i, reply.Expired, reply.Params{}, true)
		return
	}
	b.inform(ctx, i, reply.OpenedSource, reply.Params{Opened: opened}, true)
}

// feedback keeps what a reader says of a reply; that one is not right goes to
// the moderators.
func (b *Bot) feedback(ctx context.Context, i *interaction, record string, verdict spsbot.Verdict, text string) {
	text = b.Scrub(text)
	err := b.Journal.Feedback(ctx, spsbot.Feedback{
		ID: record, Asker: b.Keys.Pseudonym(i.person()), Verdict: verdict, Text: text, At: time.Now(),
	})
	if err != nil {
		b.Logger.Warn("feedback could not be kept", "error", err)
		b.inform(ctx, i, reply.Expired, reply.Params{}, true)
		return
	}
	if verdict == spsbot.VerdictHelpful {
		b.inform(ctx, i, reply.Helpful, reply.Params{}, true)
		return
	}
	b.inform(ctx, i, reply.Wrong, reply.Params{}, true)
	settings := b.settings.of(ctx, i.Server)
	if settings.Review != "" {
		link := outbox.Link{Server: i.Server, Channel: i.Channel}
		if i.Message != nil {
			link.Message = i.Message.ID
		}
		b.alerts.add(ctx, i.Server, outbox.Alert{Kind: outbox.AlertFeedback, Link: link, Report: text}, time.Now())
	}
}

// followUpOn asks a question that goes on from an answer: with the turns that
// led to it, if it was the same person's.
func (b *Bot) followUpOn(ctx context.Context, i *interaction, record, text string) {
	q := b.question(ctx, i, text, spsbot.SurfaceModal)
	q.Turns = b.turnsOf(ctx, record, q.Asker)
	b.askFrom(ctx, i, q)
}

// turnsOf returns the messages of a person that led to a reply, oldest first;
// nil when the reply was somebody else's.
func (b *Bot) turnsOf(ctx context.Context, record, asker string) []string {
	if record == "" {
		return nil
	}
	exchange, err := b.Journal.Get(ctx, b.Journal.Reference(record))
	if err != nil || exchange.Record.Question.Asker != asker || exchange.Record.Question.Text == "" {
		return nil
	}
	question := exchange.Record.Question
	turns := append(slices.Clone(question.Turns), question.Text)
	return turns[max(0, len(turns)-mostTurns):]
}

// general answers a message that was taken for an emergency as the general
// question that its author says it was.
func (b *Bot) general(ctx context.Context, i *interaction, record string) {
	exchange, err := b.Journal.Get(ctx, b.Journal.Reference(record))
	q := b.question(ctx, i, "", spsbot.SurfaceButton)
	if err != nil || exchange.Record.Question.Text == "" || exchange.Record.Question.Asker != q.Asker {
		b.inform(ctx, i, reply.Expired, reply.Params{}, true)
		return
	}
	q.Text, q.Turns, q.General = exchange.Record.Question.Text, exchange.Record.Question.Turns, true
	if q.Turns == nil {
		q.Turns = []string{}
	}
	b.askFrom(ctx, i, q)
}

// mine hands a person all that is kept of them.
func (b *Bot) mine(ctx context.Context, i *interaction) {
	exchanges, err := b.Journal.Mine(ctx, b.Keys.Pseudonym(i.person()))
	if err != nil {
		b.Logger.Error("a person's records could not be collected", "error", err)
		b.apologise(i)
		return
	}
	if len(exchanges) == 0 {
		b.inform(ctx, i, reply.MineNone, reply.Params{}, true)
		return
	}
	var lines bytes.Buffer
	encoder := json.NewEncoder(&lines)
	encoder.SetEscapeHTML(false)
	oldest := exchanges[0].At
	for _, exchange := range exchanges {
		if exchange.At.Before(oldest) {
			oldest = exchange.At
		}
		if err := encoder.Encode(exchange); err != nil {
			b.Logger.Error("a person's records could not be written", "error", err)
			b.apologise(i)
			return
		}
	}
	to := b.addressOf(i)
	to.Private = true
	sealed := b.Answers().Fixed(reply.Mine, reply.Params{Count: len(exchanges), At: oldest}, b.localesOf(ctx, i)...)
	file := &outbox.File{Name: "records.jsonl", Data: lines.Bytes()}
	if _, err := b.show(ctx, to, sealed, i.ID, file); err != nil {
		b.Logger.Warn("a person's records could not be handed over", "error", err)
	}
}

// forget makes a person's questions unreadable for good.
func (b *Bot) forget(ctx context.Context, i *interaction) {
	asker := b.Keys.Pseudonym(i.person())
	count, err := b.Journal.Forget(ctx, asker)
	if err != nil {
		b.Logger.Error("a person could not be forgotten", "error", err)
		b.apologise(i)
		return
	}
	b.conversations.drop(asker, "")
	b.inform(ctx, i, reply.Forgotten, reply.Params{Count: count}, true)
}
