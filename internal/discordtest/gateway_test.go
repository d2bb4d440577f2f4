package discordtest_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"spsbot/internal/discordtest"
)

// closeCode reads until the gateway closes, and returns with what.
func (w *wire) closeCode() int {
	w.t.Helper()
	for {
		_, err := w.next()
		var closed *websocket.CloseError
		if errors.As(err, &closed) {
			return closed.Code
		}
		if err != nil {
			w.t.Fatalf("the connection ended without a code: %v", err)
		}
	}
}

func TestGatewayClosesWhoIsNotAllowed(t *testing.T) {
	t.Parallel()
	fake := newFake(t, discordtest.Options{})
	token := fake.Token()
	for name, test := range map[string]struct {
		say  string
		code int
	}{
		"a wrong token":      {`{"op":2,"d":{"token":"wrong","intents":0}}`, 4004},
		"message content":    {`{"op":2,"d":{"token":"` + token + `","intents":32768}}`, 4014},
		"no such intent":     {`{"op":2,"d":{"token":"` + token + `","intents":1073741824}}`, 4013},
		"no such shard":      {`{"op":2,"d":{"token":"` + token + `","intents":0,"shard":[2,2]}}`, 4010},
		"no such operation":  {`{"op":77}`, 4001},
		"no JSON":            {`{`, 4002},
		"not yet identified": {`{"op":3,"d":{}}`, 4003},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := dial(t, fake)
			w.send(test.say)
			if got := w.closeCode(); got != test.code {
				t.Errorf("closed with %d, want %d", got, test.code)
			}
		})
	}
}

func TestIntentsDecideWhatIsHeard(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordtest.Options{Privileged: discordtest.IntentMessageContent})
	const messages, content = "4609", "37377" // guilds, messages of guilds and direct ones; with their content
	blind, sighted, deaf := identify(t, p.fake, messages), identify(t, p.fake, content), identify(t, p.fake, "1")
	if err := p.fake.WaitReady(patience(t), 3); err != nil {
		t.Fatal(err)
	}
	hears := func(want string, action *discordtest.Action, wires ...*wire) {
		t.Helper()
		for _, w := range wires {
			got := w.until("MESSAGE_CREATE").Data
			if got["id"] != action.ID || got["content"] != want {
				t.Errorf("heard %v, want %q", got["content"], want)
			}
		}
	}
	plain := p.fake.Say(p.ana, p.help, "hello")
	hears("", plain, blind)
	hears("hello", plain, sighted)
	mention := p.fake.Mention(p.ana, p.help, "hello")
	hears("<@"+p.fake.Bot().ID+"> hello", mention, blind, sighted)
	hears("hello", p.fake.Direct(p.ana, "hello"), blind, sighted)
	p.fake.Remove(p.guild)
	deaf.until("GUILD_DELETE")
}

func TestFaultsOfTheGateway(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordtest.Options{})
	once := func(kind discordtest.FaultKind, code int) {
		p.fake.Inject(discordtest.Fault{Kind: kind, Times: 1, Code: code})
	}
	once(discordtest.ReconnectFirst, 0)
	w := identify(t, p.fake, "513")
	w.wantOps(10, 7)
	once(discordtest.InvalidSession, 0)
	w = identify(t, p.fake, "513")
	w.wantOps(10, 9)
	once(discordtest.CloseOnIdentify, 4014)
	if got := identify(t, p.fake, "513").closeCode(); got != 4014 {
		t.Errorf("closed with %d", got)
	}
	w = identify(t, p.fake, "513")
	w.until("GUILD_CREATE")
	once(discordtest.DuplicatedEvent, 0)
	first := p.fake.Say(p.ana, p.help, "twice")
	for range 2 {
		if got := w.until("MESSAGE_CREATE"); got.Data["id"] != first.ID {
			t.Errorf("heard %v", got.Data["id"])
		}
	}
	p.fake.Inject(discordtest.Fault{Kind: discordtest.LateEvent, Times: 1, Wait: 50 * time.Millisecond})
	late, early := p.fake.Say(p.ana, p.help, "late"), p.fake.Say(p.ana, p.help, "early")
	for _, want := range []string{early.ID, late.ID} {
		if got := w.until("MESSAGE_CREATE"); got.Data["id"] != want {
			t.Errorf("heard %v, want %s", got.Data["id"], want)
		}
	}
	once(discordtest.LostEvent, 0)
	once(discordtest.MalformedEvent, 0)
	p.fake.Say(p.ana, p.help, "lost")
	heard := p.fake.Say(p.ana, p.help, "heard")
	if got, err := w.next(); err != nil || got.Op != -1 {
		t.Errorf("got %+v, %v; want broken JSON", got, err)
	}
	if got := w.until("MESSAGE_CREATE"); got.Data["id"] != heard.ID {
		t.Errorf("heard %v, want %s", got.Data["id"], heard.ID)
	}
	once(discordtest.Unacknowledged, 0)
	w.send(`{"op":1,"d":null}`)
	w.send(`{"op":1,"d":null}`)
	w.wantOps(11)
	p.fake.CloseGateway(1006)
	var closed *websocket.CloseError
	if _, err := w.next(); err == nil || errors.As(err, &closed) && closed.Code != websocket.CloseAbnormalClosure {
		t.Errorf("got %v, want a cut line", err)
	}
}

// wantOps reads packets of these operations.
func (w *wire) wantOps(ops ...int) {
	w.t.Helper()
	for _, want := range ops {
		if got, err := w.next(); err != nil || got.Op != want {
			w.t.Errorf("got %+v, %v; want op %d", got, err, want)
		}
	}
}

func TestShardsShareTheGuilds(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordtest.Options{})
	w := dial(t, p.fake)
	w.send(`{"op":2,"d":{"token":"` + p.fake.Token() + `","intents":4096,"shard":[0,2]}}`)
	w.until("READY")
	direct := p.fake.Direct(p.ana, "hello")
	if got := w.until("MESSAGE_CREATE"); got.Data["id"] != direct.ID {
		t.Errorf("shard 0 hears %v of direct messages", got.Data)
	}
}

func TestForgottenSessionsAreNotResumed(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordtest.Options{})
	w := identify(t, p.fake, "1")
	ready := w.until("READY")
	session, isText := ready.Data["session_id"].(string)
	if !isText {
		t.Fatalf("READY without a session: %v", ready.Data)
	}
	resume := strings.NewReplacer("TOKEN", p.fake.Token(), "SESSION", session).Replace(`{"op":6,"d":{"token":"TOKEN","session_id":"SESSION","seq":1}}`)
	again := dial(t, p.fake)
	again.send(resume)
	again.until("RESUMED")
	p.fake.ForgetSessions()
	p.fake.CloseGateway(4000)
	last := dial(t, p.fake)
	last.send(resume)
	last.wantOps(10, 9)
}
