package discordtest_test

import (
	"testing"
	"time"

	"spsbot/internal/discordtest"
)

func TestFaultsOfREST(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordtest.Options{})
	path := "/channels/" + p.help.ID + "/messages"
	for kind, want := range map[discordtest.FaultKind]struct {
		status  int // 0 for no answer
		applied bool
	}{
		discordtest.RouteLimited:      {429, false},
		discordtest.BadGatewayApplied: {502, true},
		discordtest.BadGateway:        {502, false},
		discordtest.ServerError:       {500, false},
		discordtest.SlowBefore:        {200, true},
		discordtest.SlowAfter:         {200, true},
		discordtest.DroppedBefore:     {0, false},
		discordtest.DroppedAfter:      {0, true},
		discordtest.MalformedAnswer:   {200, true},
	} {
		before := len(p.fake.Visible(p.help, p.ana))
		injected := p.fake.Inject(discordtest.Fault{
			Kind: kind, Times: 1, Wait: 20 * time.Millisecond, Where: discordtest.On("POST", "/channels/*/messages"),
		})
		begun := time.Now()
		got, err := p.try("POST", path, text("hello"))
		if broken := err != nil; broken != (want.status == 0 || kind == discordtest.MalformedAnswer) || got.status != want.status {
			t.Errorf("%s: got %d, %v", kind, got.status, err)
		}
		if applied := len(p.fake.Visible(p.help, p.ana)) > before; applied != want.applied || injected.Hits() != 1 {
			t.Errorf("%s: applied %v, %d hits", kind, applied, injected.Hits())
		}
		if took := time.Since(begun); (kind == discordtest.SlowBefore || kind == discordtest.SlowAfter) && took < 20*time.Millisecond {
			t.Errorf("%s: took %v", kind, took)
		}
		p.want(200, 0, "POST", path, text("over"))
	}
}

func TestBothKindsOfLimits(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordtest.Options{})
	p.fake.Inject(discordtest.Fault{Kind: discordtest.RouteLimited, Times: 1, Wait: 300 * time.Millisecond})
	route := p.want(429, 0, "GET", "/users/@me", "")
	if route.header.Get("X-RateLimit-Bucket") == "" || route.header.Get("X-RateLimit-Reset-After") != "0.300" || route.body["retry_after"] != 0.3 || route.body["global"] != false {
		t.Errorf("the limit of a route: %v %s", route.header, route.raw)
	}
	p.fake.Inject(discordtest.Fault{Kind: discordtest.GlobalLimited, Times: 1, Wait: 100 * time.Millisecond})
	global := p.want(429, 0, "GET", "/users/@me", "")
	if global.header.Get("Retry-After") != "1" || global.header.Get("X-RateLimit-Bucket") != "" || global.body["global"] != true {
		t.Errorf("the global limit: %v %s", global.header, global.raw)
	}
	p.want(429, 0, "GET", "/gateway/bot", "") // it holds for all
	p.respond(204, 0, p.ask(), `{"type":5}`)  // but not for interactions
	time.Sleep(100 * time.Millisecond)
	p.want(200, 0, "GET", "/gateway/bot", "")
	if got := p.fake.InvalidRequests(); got != 3 {
		t.Errorf("%d invalid requests, want 3", got)
	}
}

func TestRouteLimitIsToldAndHeld(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordtest.Options{RouteLimit: 2, RouteWindow: time.Minute})
	path := "/channels/" + p.help.ID + "/messages"
	first := p.want(200, 0, "POST", path, text("1"))
	if first.header.Get("X-RateLimit-Remaining") != "1" || first.header.Get("X-RateLimit-Limit") != "2" {
		t.Errorf("headers %v", first.header)
	}
	p.want(200, 0, "POST", path, text("2"))
	p.want(429, 0, "POST", path, text("3"))
	other := p.fake.NewChannel(p.guild, "other", discordtest.TextChannel)
	p.want(200, 0, "POST", "/channels/"+other.ID+"/messages", text("1"))
}

func TestStormBlowsAndEnds(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordtest.Options{})
	stop := p.fake.StartStorm(discordtest.Storm{Seed: 1, Every: time.Millisecond, Chance: 1, Kinds: []discordtest.FaultKind{discordtest.ServerError}})
	struck := false
	for begun := time.Now(); !struck && time.Since(begun) < 10*time.Second; {
		struck = p.do("GET", "/users/@me", "").status == 500
	}
	if !struck {
		t.Error("no fault in ten seconds of storm")
	}
	stop()
	p.want(200, 0, "GET", "/users/@me", "")
	p.fake.TakeViolations() // the haste of this test
}
