// Package bot is the transport between Discord and the answers: it turns what
// people do on Discord into questions, and shows the sealed replies. It decides
// nothing about what is said, keeps no words of people longer than a
// conversation lasts, and must never send anything but through its outbox.
package bot

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"spsbot"
	"spsbot/answer/reply"
	"spsbot/bot/outbox"
	"spsbot/prompts"
)

// Options are what a bot is made of. All but Limits are needed.
type Options struct {
	// Application is the bot's own id.
	Application string
	// Answers returns what questions are answered from at this moment; one
	// question uses one from beginning to end.
	Answers func() Answers
	Outbox  *outbox.Outbox
	Queue   Queue
	Journal Journal
	Values  Values
	Keys    Keys
	// Scrub removes personal data from what a person wrote.
	Scrub func(text string) string
	// Words are those of commands, buttons and panels.
	Words prompts.Interfaces
	// Operator, Model and Days are what /privacy says: who runs the bot,
	// whether questions go to a language model, how long records are kept.
	Operator prompts.Operator
	Model    bool
	Days     int
	// Program is the program's version, for the log.
	Program string
	// Workers is how many questions are answered at the same time.
	Workers int
	// Limits keep one person or place from taking all of the time.
	Limits Limits
	Logger *slog.Logger
}

// Bot answers what happens on Discord. Its methods are safe for concurrent use.
type Bot struct {
	Options
	settings      *settingsBook
	conversations *conversations
	seen          *seen
	threads       *threads
	alerts        *alerter
	running       sync.WaitGroup
	deferrals     deferrals
	busy          chan struct{} // holds one token for each event under way
}

// mostEvents is how many events are handled at the same time; more wait.
const mostEvents = 512

// New returns a bot that does nothing yet.
func New(options Options) *Bot {
	b := &Bot{
		Options: options, settings: newSettingsBook(options.Values), conversations: newConversations(),
		seen: newSeen(), threads: newThreads(), busy: make(chan struct{}, mostEvents),
	}
	b.alerts = newAlerter(b.sendAlert)
	return b
}

// Run answers accepted questions until the context ends; then it finishes what
// is under way.
func (b *Bot) Run(ctx context.Context) error {
	var working sync.WaitGroup
	for n := range b.Workers {
		working.Go(func() { b.work(ctx, fmt.Sprintf("worker-%d", n)) })
	}
	working.Go(func() { b.rescue(ctx) })
	working.Go(func() { b.alerts.run(ctx) })
	working.Wait()
	b.running.Wait()
	return nil
}

// begin runs the handling of one event apart from whoever delivers events. A
// fault in it ends neither the program nor other events.
func (b *Bot) begin(what string, limit time.Duration, handle func(ctx context.Context)) {
	b.busy <- struct{}{}
	b.running.Go(func() {
		defer func() { <-b.busy }()
		ctx, cancel := context.WithTimeout(context.Background(), limit)
		defer cancel()
		b.guard(what, func() { handle(ctx) })
	})
}

// guard keeps a fault in the handling of one event from ending the program.
func (b *Bot) guard(what string, handle func()) {
	defer func() {
		if fault := recover(); fault != nil {
			b.Logger.Error("a handler panicked", "event", what, "fault", fmt.Sprintf("%T", fault), "at", caller())
		}
	}()
	handle()
}

// notice seals a notice in the language of a question.
func (b *Bot) notice(answers Answers, notice reply.Notice, params reply.Params, q spsbot.Question) reply.Sealed {
	return answers.Fixed(notice, params, q.Language, q.Locale)
}

// apology seals the words for a failure, with the name under which moderators
// find it in the log.
func (b *Bot) apology(answers Answers, q spsbot.Question) reply.Sealed {
	return b.notice(answers, reply.Apology, reply.Params{Reference: reply.NewReference(b.Journal.Reference(q.ID))}, q)
}
