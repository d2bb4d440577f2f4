package bot_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"spsbot"
	"spsbot/answer/reply"
	"spsbot/bot"
	"spsbot/bot/gateway"
	"spsbot/internal/discordtest"
)

// Whatever goes wrong at Discord for a moment, whoever asks gets exactly one
// reply, and the log holds it.
func TestPassingFaultsCostNoReply(t *testing.T) {
	rest := func(place discordtest.FaultPlace) bool {
		return place.Event == "" && !strings.HasPrefix(place.Path, "/gateway")
	}
	message := func(place discordtest.FaultPlace) bool {
		return place.Event == "INTERACTION_CREATE" || place.Event == "MESSAGE_CREATE"
	}
	for name, fault := range map[string]discordtest.Fault{
		"a route is limited":           {Kind: discordtest.RouteLimited, Where: rest, Times: 2, Wait: 100 * time.Millisecond},
		"the bot is limited":           {Kind: discordtest.GlobalLimited, Where: rest, Times: 2, Wait: 100 * time.Millisecond},
		"an applied write answers 502": {Kind: discordtest.BadGatewayApplied, Where: rest, Times: 2},
		"502":                          {Kind: discordtest.BadGateway, Where: rest, Times: 2},
		"500":                          {Kind: discordtest.ServerError, Where: rest, Times: 2},
		"a slow answer":                {Kind: discordtest.SlowAfter, Where: rest, Times: 2, Wait: 500 * time.Millisecond},
		"a request is dropped":         {Kind: discordtest.DroppedBefore, Where: rest, Times: 2},
		"an answer is dropped":         {Kind: discordtest.DroppedAfter, Where: rest, Times: 2},
		"an answer is no JSON":         {Kind: discordtest.MalformedAnswer, Where: rest, Times: 1},
		"an event comes twice":         {Kind: discordtest.DuplicatedEvent},
		"an event is no JSON":          {Kind: discordtest.MalformedEvent, Times: 3},
		"events overtake each other":   {Kind: discordtest.LateEvent, Chance: 0.5, Wait: 300 * time.Millisecond, Where: message},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			injected := w.fake.Inject(fault)
			for _, action := range []*discordtest.Action{
				w.ask(w.patient, plainQuestion), w.ask(w.carer, doseQuestion), w.fake.Mention(w.patient, w.channel, plainQuestion),
				w.fake.Mention(w.carer, w.channel, emergency), w.fake.Direct(w.patient, doseQuestion),
			} {
				w.answered(action)
				w.exchange(action.ID, isShown)
				if replies := action.Replies(); len(replies) != 1 {
					t.Errorf("%s %q has %d replies", action.Kind, action.Name, len(replies))
				}
			}
			if injected.Hits() == 0 {
				t.Error("nothing went wrong")
			}
		})
	}
}

func TestTheGatewayIsKeptThroughFaults(t *testing.T) {
	for name, breakIt := range map[string]func(f *discordtest.Fake){
		"it asks for a new connection":       (*discordtest.Fake).Reconnect,
		"it closes with 4000":                func(f *discordtest.Fake) { f.CloseGateway(4000) },
		"it is cut":                          func(f *discordtest.Fake) { f.CloseGateway(1006) },
		"it closes normally":                 func(f *discordtest.Fake) { f.CloseGateway(1000) },
		"its session is invalid":             func(f *discordtest.Fake) { f.Invalidate(false) },
		"its session is resumable":           func(f *discordtest.Fake) { f.Invalidate(true) },
		"it forgets the sessions and is cut": func(f *discordtest.Fake) { f.ForgetSessions(); f.CloseGateway(1006) },
		"op 7 comes first": func(f *discordtest.Fake) {
			f.Inject(discordtest.Fault{Kind: discordtest.ReconnectFirst, Times: 2})
			f.CloseGateway(1006)
		},
		"op 9 answers the resumption": func(f *discordtest.Fake) {
			f.Inject(discordtest.Fault{Kind: discordtest.InvalidSession, Times: 1})
			f.CloseGateway(1006)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			breakIt(w.fake)
			deadline := time.Now().Add(patience)
			for { // what is sent while it is down is lost, as with Discord
				action := w.fake.Mention(w.patient, w.channel, plainQuestion)
				ctx, cancel := context.WithTimeout(context.Background(), time.Second)
				_, err := action.WaitReply(ctx)
				cancel()
				if err == nil {
					return
				}
				if time.Now().After(deadline) {
					t.Fatalf("no mention is answered any more: %v", err)
				}
			}
		})
	}
}

func TestSilenceEndsAConnection(t *testing.T) {
	fake := discordtest.New(t, nil, discordtest.Options{Heartbeat: 200 * time.Millisecond})
	fake.Inject(discordtest.Fault{Kind: discordtest.Unacknowledged, Times: 1})
	ctx, cancel := context.WithCancel(context.Background())
	ended, connected := make(chan error, 1), make(chan string, 10)
	g := gateway.New(gateway.Options{
		Token: fake.Token(), Intents: bot.Intents(false), Handle: func(e gateway.Event) { connected <- e.Type }, Logger: quiet(),
		Address: func(context.Context) (string, error) {
			return strings.Replace(fake.URL(), "http", "ws", 1) + "/gateway", nil
		},
	})
	go func() { ended <- g.Run(ctx) }()
	for _, want := range []string{"READY", "RESUMED"} {
		select {
		case got := <-connected:
			if got != want {
				t.Errorf("got %s, want %s", got, want)
			}
		case <-time.After(patience):
			t.Errorf("it did not get to %s", want)
		}
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestFinalClosesAreSaid(t *testing.T) {
	for code, want := range map[int]error{4004: gateway.ErrToken, 4014: gateway.ErrIntents, 4011: gateway.ErrShard, 4012: gateway.ErrVersion} {
		fake := discordtest.New(t, nil, discordtest.Options{})
		fake.Inject(discordtest.Fault{Kind: discordtest.CloseOnIdentify, Code: code})
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		g := gateway.New(gateway.Options{
			Token: fake.Token(), Intents: bot.Intents(false), Handle: func(gateway.Event) {}, Logger: quiet(),
			Address: func(context.Context) (string, error) {
				return strings.Replace(fake.URL(), "http", "ws", 1) + "/gateway", nil
			},
		})
		if err := g.Run(ctx); !errors.Is(err, want) {
			t.Errorf("close code %d gives %v, want %v", code, err, want)
		}
	}
}

func TestAnUnknownComponentIsAnsweredAllTheSame(t *testing.T) {
	w := newWorld(t)
	m := w.answered(w.ask(w.patient, plainQuestion))
	w.fake.Inject(discordtest.Fault{Kind: discordtest.UnknownComponent})
	if opened := w.answered(w.fake.Press(w.patient, m, "Read the passages")); !strings.Contains(opened.Content, "> ") {
		t.Errorf("opened %q", opened.Content)
	}
}

// Discord's clock and ours need not agree to the second.
func TestASkewedClockCostsNoReply(t *testing.T) {
	for _, skew := range []time.Duration{2 * time.Minute, -2 * time.Minute} {
		w := newWorld(t)
		w.fake.Advance(skew)
		for _, action := range []*discordtest.Action{
			w.ask(w.patient, plainQuestion), w.fake.Mention(w.patient, w.channel, plainQuestion), w.ask(w.carer, emergency),
		} {
			w.answered(action)
			w.exchange(action.ID, isShown)
		}
	}
}

// A question that is deleted before it was heard is not answered.
func TestADeletionThatOvertakesItsQuestionIsHeeded(t *testing.T) {
	w := newWorld(t)
	w.fake.Inject(discordtest.Fault{
		Kind: discordtest.LateEvent, Times: 1, Wait: time.Second,
		Where: func(place discordtest.FaultPlace) bool { return place.Event == "MESSAGE_CREATE" },
	})
	question := w.fake.Mention(w.patient, w.channel, plainQuestion)
	w.fake.Delete(w.patient, question.Message())
	time.Sleep(1500 * time.Millisecond) // until the late event came
	w.answered(w.fake.Mention(w.carer, w.channel, plainQuestion))
	if replies := question.Replies(); len(replies) > 0 {
		t.Errorf("a deleted question was answered: %q", replies[0].Content)
	}
}

// panicking answers fall over at one question.
type panicking struct{ bot.Answers }

func (p panicking) Answer(ctx context.Context, q spsbot.Question) (spsbot.Record, reply.Sealed, error) {
	if strings.Contains(q.Text, "causes") {
		panic("on purpose")
	}
	return p.Answers.Answer(ctx, q)
}

func TestAFaultOfOursGetsAnApologyWithAReference(t *testing.T) {
	w := newWorld(t, func(w *world, o *bot.Options) {
		o.Answers = func() bot.Answers { return panicking{desk{w.snapshot}} }
	})
	action := w.ask(w.patient, "What causes stiff person syndrome?")
	m := w.answered(action)
	if !strings.Contains(m.Content, w.log.Reference(action.ID)) {
		t.Errorf("the apology %q does not name %s", m.Content, w.log.Reference(action.ID))
	}
	w.exchange(action.ID, isShown)
	w.answered(w.ask(w.patient, plainQuestion))
}

// A log that cannot be written costs answers their place, and emergencies nothing.
type brokenJournal struct{ bot.Journal }

func (brokenJournal) Append(context.Context, spsbot.Record, time.Time) error {
	return errors.New("disk full")
}

type brokenQueue struct{ bot.Queue }

func (brokenQueue) Enqueue(context.Context, spsbot.Job) (bool, error) {
	return false, errors.New("disk full")
}

func TestAnEmergencyIsAnsweredWithoutALog(t *testing.T) {
	w := newWorld(t, func(_ *world, o *bot.Options) {
		o.Journal, o.Queue = brokenJournal{o.Journal}, brokenQueue{o.Queue}
	})
	for _, action := range []*discordtest.Action{w.ask(w.patient, emergency), w.fake.Mention(w.patient, w.channel, emergency)} {
		if m := w.answered(action); strings.Contains(m.Content, "went wrong") {
			t.Errorf("an emergency got %q", m.Content)
		}
	}
	for _, action := range []*discordtest.Action{w.ask(w.carer, doseQuestion), w.ask(w.carer, plainQuestion), w.fake.Direct(w.carer, plainQuestion)} {
		if m := w.answered(action); !strings.Contains(m.Content, "went wrong") {
			t.Errorf("what could not be logged got %q", m.Content)
		}
	}
}

// What was accepted before the program ended is answered when it is back.
func TestAcceptedQuestionsOutliveTheProgram(t *testing.T) {
	w := newWorld(t, func(_ *world, o *bot.Options) { o.Workers = 0 })
	var actions []*discordtest.Action
	for range 3 {
		action := w.ask(w.patient, plainQuestion)
		if _, err := action.WaitAck(w.within()); err != nil {
			t.Fatal(err)
		}
		actions = append(actions, action)
	}
	w.stop()
	w.start()
	for _, action := range actions {
		w.answered(action)
	}
}

func TestInteractionsByHTTP(t *testing.T) {
	w := newWorld(t)
	handler, err := w.bot.InteractionsHandler(w.fake.PublicKey())
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	defer server.Close()
	if err := w.fake.VerifyEndpoint(w.within(), server.URL); err != nil {
		t.Fatal(err)
	}
	for name, delivery := range map[string]discordtest.Delivery{
		"forged": {Forged: true}, "unsigned": {Unsigned: true}, "altered": {Altered: true}, "old": {Age: time.Hour},
	} {
		if status, _, err := w.fake.Deliver(w.within(), server.URL, delivery); err != nil || status != http.StatusUnauthorized {
			t.Errorf("%s: status %d: %v", name, status, err)
		}
	}
	w.fake.DeliverTo(server.URL)
	m := w.answered(w.ask(w.patient, plainQuestion))
	if opened := w.answered(w.fake.Press(w.patient, m, "Read the passages")); opened.EphemeralFor == "" {
		t.Error("the passages are public")
	}
	w.answered(w.ask(w.patient, doseQuestion))
	w.answered(w.ask(w.patient, emergency))
	privacy := w.answered(w.fake.Slash(w.patient, w.channel, "privacy", nil))
	if mine := w.answered(w.fake.Press(w.patient, privacy, "Show my records")); len(mine.Files) != 1 {
		t.Errorf("%d files were handed over", len(mine.Files))
	}
}
