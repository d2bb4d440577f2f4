package bot_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"spsbot"
	"spsbot/answer"
	"spsbot/answer/reply"
	"spsbot/bot"
	"spsbot/bot/gateway"
	"spsbot/bot/outbox"
	"spsbot/internal/discordtest"
	"spsbot/internal/keyring"
	"spsbot/internal/store/embedded"
	"spsbot/prompts"
	"spsbot/review"
	"spsbot/sources"
)

// patience is how long a test waits for what has to happen.
const patience = 20 * time.Second

// desk lets the bot ask a snapshot, as cmd does.
type desk struct{ answer.Snapshot }

func (d desk) Answer(ctx context.Context, q spsbot.Question) (spsbot.Record, reply.Sealed, error) {
	return answer.Answer(ctx, q, d.Snapshot)
}

// starter returns what questions are answered from, made once: it never changes.
//
//nolint:gochecknoglobals // it takes a while to make, and never changes
var starter = sync.OnceValues(func() (answer.Snapshot, error) {
	words, err := answer.LoadWords(prompts.Files())
	if err != nil {
		return answer.Snapshot{}, err
	}
	engine, err := answer.NewEngine(prompts.Files(), words)
	if err != nil {
		return answer.Snapshot{}, err
	}
	folder, err := sources.Starter()
	if err != nil {
		return answer.Snapshot{}, err
	}
	set, err := sources.Load(folder, &words.Lists, time.Now())
	if err != nil {
		return answer.Snapshot{}, err
	}
	return answer.NewSnapshot(engine, words.Index(set.Documents), set.Version), nil
})

// disclaimers reports whether a text ends with the disclaimer of some language.
func disclaimers(t testing.TB) func(string) bool {
	locales, err := prompts.LoadLocales(prompts.Files())
	if err != nil {
		t.Fatal(err)
	}
	var endings []string
	for _, locale := range locales {
		endings = append(endings, locale.Disclaimer())
	}
	return discordtest.EndsWith(endings...)
}

// world is a fake Discord with a server, people, and our bot in it.
type world struct {
	t         testing.TB
	fake      *discordtest.Fake
	guild     discordtest.Guild
	channel   discordtest.Channel
	review    discordtest.Channel
	patient   discordtest.User
	carer     discordtest.User
	moderator discordtest.User
	snapshot  answer.Snapshot
	data      string
	log       *review.Log
	keys      *keyring.Keyring
	bot       *bot.Bot
	options   bot.Options
	stop      func()
}

// change lets a test set what is special about its bot.
type change func(w *world, options *bot.Options)

// newWorld starts a fake and a bot that is connected to it.
func newWorld(t testing.TB, changes ...change) *world {
	t.Helper()
	snapshot, err := starter()
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, snapshot: snapshot, data: t.TempDir()}
	reviewID := ""
	w.fake = discordtest.New(t, openAPI(t), discordtest.Options{
		Privileged: discordtest.IntentMessageContent, Disclaimer: disclaimers(t), History: 5_000,
		Exempt: func(message discordtest.Message, trigger discordtest.Trigger) bool {
			return message.Channel == reviewID || trigger.Name == "settings" || trigger.Name == "setup" || strings.HasPrefix(trigger.Name, "panel:")
		},
	})
	w.guild = w.fake.NewGuild("a community")
	w.channel = w.fake.NewChannel(w.guild, "questions", discordtest.TextChannel)
	w.review = w.fake.NewChannel(w.guild, "moderators", discordtest.TextChannel)
	reviewID = w.review.ID
	w.patient = w.fake.NewMember(w.guild, "Ana")
	w.carer = w.fake.NewMember(w.guild, "Ben")
	w.moderator = w.fake.NewMember(w.guild, "Mod", w.fake.NewRole(w.guild, "moderators", discordtest.ManageGuild))
	w.start(changes...)
	t.Cleanup(func() { w.stop() })
	return w
}

// start starts a bot over the world's data folder.
func (w *world) start(changes ...change) {
	w.t.Helper()
	words, err := prompts.LoadInterfaces(prompts.Files())
	if err != nil {
		w.t.Fatal(err)
	}
	store, err := embedded.Open(context.Background(), w.data, embedded.Options{})
	if err != nil {
		w.t.Fatal(err)
	}
	if w.keys, err = keyring.Open(filepath.Join(w.data, "keys")); err != nil {
		w.t.Fatal(err)
	}
	w.log = review.New(store, w.keys, 0)
	logged := io.Discard
	if os.Getenv("SPSBOT_TEST_LOG") != "" {
		logged = os.Stderr
	}
	logger := slog.New(slog.NewTextHandler(logged, &slog.HandlerOptions{Level: slog.LevelDebug}))
	client := &http.Client{Transport: w.fake.Transport(), Timeout: patience}
	out := outbox.New(outbox.Options{API: w.fake.API(), Token: w.fake.Token(), HTTP: client, Logger: logger}, words)
	operator, err := prompts.NewOperator("The community", "https://example.org/privacy", "")
	if err != nil {
		w.t.Fatal(err)
	}
	w.options = bot.Options{
		Application: w.fake.Bot().ID, Answers: func() bot.Answers { return desk{w.snapshot} }, Outbox: out, Queue: store, Journal: w.log,
		Values: store, Keys: w.keys, Scrub: func(text string) string { return text }, Words: words,
		Operator: operator, Days: 180, Program: "test", Workers: 8, Limits: bot.Limits{Person: 20, Channel: 120, Server: 600, Misuse: 5}, Logger: logger,
	}
	for _, change := range changes {
		change(w, &w.options)
	}
	w.bot = bot.New(w.options)
	if err := out.Register(context.Background(), w.fake.Bot().ID, bot.Commands(words)); err != nil {
		w.t.Fatal(err)
	}
	connected, cancel := context.WithCancel(context.Background())
	working, stop := context.WithCancel(context.Background())
	var running sync.WaitGroup
	ready := make(chan struct{})
	var once sync.Once
	running.Go(func() {
		err := gateway.New(gateway.Options{
			Token: w.fake.Token(), Intents: bot.Intents(true), Address: out.Gateway, Logger: logger,
			Handle: func(e gateway.Event) {
				w.bot.Handle(e)
				if e.Type == "GUILD_CREATE" {
					once.Do(func() { close(ready) })
				}
			},
		}).Run(connected)
		if err != nil {
			w.t.Errorf("the gateway ended: %v", err)
		}
	})
	running.Go(func() {
		if err := w.bot.Run(working); err != nil {
			w.t.Errorf("the bot ended: %v", err)
		}
	})
	var stopped sync.Once
	w.stop = func() {
		stopped.Do(func() {
			cancel()
			stop()
			running.Wait()
			if err := w.keys.Close(); err != nil {
				w.t.Errorf("close the keys: %v", err)
			}
			if err := store.Close(); err != nil {
				w.t.Errorf("close the store: %v", err)
			}
			client.CloseIdleConnections()
		})
	}
	select {
	case <-ready:
	case <-time.After(patience):
		w.stop()
		w.t.Fatal("the bot did not connect")
	}
}

// within is a context that ends with the test's patience.
func (w *world) within() context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	w.t.Cleanup(cancel)
	return ctx
}

// answered waits for the reply to an action.
func (w *world) answered(action *discordtest.Action) discordtest.Message {
	w.t.Helper()
	m, err := action.WaitReply(w.within())
	if err != nil {
		w.t.Fatalf("%s %q: %v", action.Kind, action.Name, err)
	}
	return m
}

// ask puts a question by command.
func (w *world) ask(u discordtest.User, question string) *discordtest.Action {
	return w.fake.Slash(u, w.channel, "ask", discordtest.Values{"question": question})
}

// exchange returns what the log holds of a question, when it is there as wanted.
func (w *world) exchange(id string, wanted func(spsbot.Exchange) bool) spsbot.Exchange {
	w.t.Helper()
	var exchange spsbot.Exchange
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		var err error
		if exchange, err = w.log.Get(context.Background(), w.log.Reference(id)); err == nil && wanted(exchange) {
			return exchange
		}
	}
	w.t.Fatalf("the log does not hold what it should: %+v", exchange)
	return exchange
}

// quiet is a logger that nobody reads.
func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

func isShown(e spsbot.Exchange) bool { return e.Status == spsbot.StatusShown }
