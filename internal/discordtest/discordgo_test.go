package discordtest_test

import (
	"context"
	"fmt"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
	"go.uber.org/goleak"

	"spsbot/internal/discordtest"
	"spsbot/internal/discordtest/openapi"
)

const disclaimer = "Please see your doctor."

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// patience bounds what a test waits for.
func patience(t testing.TB) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	t.Cleanup(cancel)
	return ctx
}

// newFake starts a fake whose texts have to end with the disclaimer.
func newFake(t *testing.T, options discordtest.Options) *discordtest.Fake {
	t.Helper()
	if options.Disclaimer == nil {
		options.Disclaimer = discordtest.EndsWith(disclaimer)
	}
	return discordtest.New(t, openapi.Oracle(t), options)
}

// connect opens an unmodified discordgo session and registers handlers before.
func connect(t *testing.T, fake *discordtest.Fake, intents int, handlers ...any) *discordgo.Session {
	t.Helper()
	session, err := discordgo.New("Bot " + fake.Token())
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Transport: fake.Transport(), Timeout: 20 * time.Second}
	session.Client, session.StateEnabled, session.Identify.Intents = client, false, discordgo.Intent(intents)
	for _, handler := range handlers {
		session.AddHandler(handler)
	}
	if err := session.Open(); err != nil {
		t.Fatalf("open: %v", err)
	}
	t.Cleanup(func() {
		// Discordgo's heartbeat calls it an error that the session was closed, and
		// would connect again.
		session.Lock()
		session.ShouldReconnectOnError = false
		session.Unlock()
		if err := session.Close(); err != nil {
			t.Logf("close the session: %v", err)
		}
		client.CloseIdleConnections()
	})
	return session
}

// noMentions is what every message of a bot needs.
func noMentions() *discordgo.MessageAllowedMentions {
	return &discordgo.MessageAllowedMentions{Parse: []discordgo.AllowedMentionType{}}
}

const everything = discordtest.IntentGuilds | discordtest.IntentGuildMessages | discordtest.IntentDirectMessages

// answerLater defers every command and answers it by an edit.
func answerLater(t *testing.T, text string) func(*discordgo.Session, *discordgo.InteractionCreate) {
	t.Helper()
	return func(s *discordgo.Session, i *discordgo.InteractionCreate) {
		err := s.InteractionRespond(i.Interaction, &discordgo.InteractionResponse{Type: discordgo.InteractionResponseDeferredChannelMessageWithSource})
		if err != nil {
			t.Errorf("respond: %v", err)
			return
		}
		if _, err := s.InteractionResponseEdit(i.Interaction, &discordgo.WebhookEdit{Content: &text, AllowedMentions: noMentions()}); err != nil {
			t.Errorf("edit: %v", err)
		}
	}
}

func registerAsk(t *testing.T, s *discordgo.Session) {
	t.Helper()
	_, err := s.ApplicationCommandBulkOverwrite(s.State.User.ID, "", []*discordgo.ApplicationCommand{{
		Name: "ask", Description: "Ask a question", NameLocalizations: &map[discordgo.Locale]string{discordgo.SpanishES: "preguntar"},
		Options: []*discordgo.ApplicationCommandOption{{
			Type: discordgo.ApplicationCommandOptionString, Name: "question", Description: "What do you want to know?", Required: true, Autocomplete: true,
		}},
	}, {Name: "Check", Type: discordgo.MessageApplicationCommand}})
	if err != nil {
		t.Fatalf("register: %v", err)
	}
}

func TestSlashIsDeferredAndAnswered(t *testing.T) {
	t.Parallel()
	fake := newFake(t, discordtest.Options{})
	guild := fake.NewGuild("Community")
	help := fake.NewChannel(guild, "help", discordtest.TextChannel)
	ana := fake.NewMember(guild, "Ana")
	session := connect(t, fake, everything, answerLater(t, "An answer. "+disclaimer))
	registerAsk(t, session)

	action := fake.Slash(ana, help, "ask", discordtest.Values{"question": "What is it?"})
	message, err := action.WaitReply(patience(t))
	if err != nil {
		t.Fatal(err)
	}
	if want := "An answer. " + disclaimer; message.Content != want || message.Loading {
		t.Errorf("got %+v, want the text %q", message, want)
	}
	if kind, err := action.WaitAck(patience(t)); err != nil || kind != 5 {
		t.Errorf("acknowledged by %d, %v; want 5", kind, err)
	}
	acked, wasAcked := action.AckedAfter()
	answered, wasAnswered := action.AnsweredAfter()
	if !wasAcked || !wasAnswered || acked <= 0 || answered < acked {
		t.Errorf("acknowledged after %v (%v), answered after %v (%v)", acked, wasAcked, answered, wasAnswered)
	}
	if seen := fake.Visible(help, ana); len(seen) != 1 || seen[0].ID != message.ID {
		t.Errorf("Ana sees %+v", seen)
	}
}

func TestResumeSendsWhatWasMissed(t *testing.T) {
	t.Parallel()
	fake := newFake(t, discordtest.Options{})
	guild := fake.NewGuild("Community")
	help := fake.NewChannel(guild, "help", discordtest.TextChannel)
	ana := fake.NewMember(guild, "Ana")
	heard := make(chan string, 10)
	connect(t, fake, everything, func(_ *discordgo.Session, m *discordgo.MessageCreate) { heard <- m.ID })
	fake.CloseGateway(1006)
	if err := fake.Await(patience(t), "the loss of the connection", func() bool { return fake.Sessions() == 0 }); err != nil {
		t.Fatal(err)
	}
	action := fake.Mention(ana, help, "are you there?")
	select {
	case id := <-heard:
		if id != action.ID {
			t.Errorf("heard %s, want %s", id, action.ID)
		}
	case <-patience(t).Done():
		t.Fatal("the missed message did not come")
	}
	if fake.Resumes() != 1 || fake.Identifies() != 1 {
		t.Errorf("%d resumes, %d identifications; want 1 and 1", fake.Resumes(), fake.Identifies())
	}
}

func TestReconnectIsFollowed(t *testing.T) {
	t.Parallel()
	fake := newFake(t, discordtest.Options{})
	connect(t, fake, everything)
	fake.Reconnect()
	if err := fake.Await(patience(t), "a resumption", func() bool { return fake.Resumes() == 1 }); err != nil {
		t.Fatal(err)
	}
}

// Discordgo identifies at once when a resumption is refused.
func TestRefusedResumptionLeadsToIdentify(t *testing.T) {
	t.Parallel()
	fake := newFake(t, discordtest.Options{})
	connect(t, fake, everything)
	refusal := fake.Inject(discordtest.Fault{Kind: discordtest.InvalidSession, Times: 1})
	fake.CloseGateway(4000)
	if err := fake.Await(patience(t), "a new session", func() bool { return fake.Identifies() == 2 }); err != nil {
		t.Fatal(err)
	}
	if refusal.Hits() != 1 || fake.Resumes() != 0 {
		t.Errorf("%d refusals, %d resumes", refusal.Hits(), fake.Resumes())
	}
}

// Discordgo closes with 1000 when its beats are not acknowledged, which gives up
// the session: it has to identify again.
func TestMissingAcknowledgementIsNoticed(t *testing.T) {
	t.Parallel()
	fake := newFake(t, discordtest.Options{Heartbeat: 60 * time.Millisecond})
	connect(t, fake, everything)
	silence := fake.Inject(discordtest.Fault{Kind: discordtest.Unacknowledged, Times: 8})
	if err := fake.Await(patience(t), "a new session", func() bool { return fake.Identifies() > 1 && fake.Sessions() == 1 }); err != nil {
		t.Fatal(err)
	}
	if hits := silence.Hits(); hits < 5 {
		t.Errorf("discordgo came again after %d beats, though it waits for five intervals", hits)
	}
}

func TestUnknownComponentLeavesDiscordgoWithoutData(t *testing.T) {
	t.Parallel()
	fake := newFake(t, discordtest.Options{})
	guild := fake.NewGuild("Community")
	help := fake.NewChannel(guild, "help", discordtest.TextChannel)
	ana := fake.NewMember(guild, "Ana")
	var empty atomic.Int32
	handled := make(chan struct{}, 1)
	session := connect(t, fake, everything, func(_ *discordgo.Session, i *discordgo.InteractionCreate) {
		if i.Data == nil {
			empty.Add(1)
		}
		handled <- struct{}{}
	})
	registerAsk(t, session)
	said := fake.Say(ana, help, "a claim")
	fake.Inject(discordtest.Fault{Kind: discordtest.UnknownComponent})
	if action := fake.MessageCommand(ana, "Check", said.Message()); action.Err() != nil {
		t.Fatal(action.Err())
	}
	select {
	case <-handled:
	case <-patience(t).Done():
		t.Fatal("the interaction did not come")
	}
	if empty.Load() != 1 {
		t.Error("discordgo decoded the interaction, though a component is unknown to it")
	}
}

func TestTransportLeadsNowhereElse(t *testing.T) {
	t.Parallel()
	fake := newFake(t, discordtest.Options{})
	request, err := http.NewRequestWithContext(patience(t), http.MethodGet, "https://example.org/api/v10/gateway", nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := fake.Transport().RoundTrip(request)
	if err == nil {
		_ = answer.Body.Close()
		t.Fatal("a request to another host went through")
	}
	if got := fmt.Sprint(err); got != "the fake Discord does not lead to example.org" {
		t.Errorf("got %q", got)
	}
}
