package discordtest

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	mathrand "math/rand/v2"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

// Options say what a fake is like. The zero value is a usable fake without
// privileged intents, on which every message counts as lacking the disclaimer.
type Options struct {
	// Address is where to listen; empty for any free port of 127.0.0.1.
	Address string
	// Token is the bot's token; empty for one that is made up.
	Token string
	// Privileged are the privileged intents that are switched on for the
	// application (IntentMessageContent); a bot that asks for others is closed with 4014.
	Privileged int
	// Heartbeat is the interval that the bot is told; 41.25 s when zero.
	Heartbeat time.Duration
	// Seed starts the generator of everything that is left to chance.
	Seed uint64

	// Disclaimer reports whether the plain text of a message ends as it has to.
	// Without it, no text does.
	Disclaimer func(text string) bool
	// Exempt reports whether a message needs no disclaimer and may mention a role:
	// what goes to the moderators. Acknowledgements, autocomplete and modals never need one.
	Exempt func(message Message, trigger Trigger) bool
	// Schema compares a body of a request, in JSON, with Discord's OpenAPI
	// document; nil for no comparison. The path is that of v10, without /api/v10.
	Schema func(method, path string, body []byte) error

	// History is how many writes and violations are kept, the latest; 0 for all.
	History int
	// AckWithin is the time to acknowledge an interaction, 3 s when zero;
	// TokenLife that of its token, 15 minutes; NonceWindow that in which an
	// enforced nonce is remembered, 5 minutes. All on the fake's own clock.
	AckWithin, TokenLife, NonceWindow time.Duration
	// RouteLimit and RouteWindow are the limit of each route outside interactions,
	// told in the headers of each answer; no limit when zero.
	RouteLimit  int
	RouteWindow time.Duration
}

// Fake is a running fake Discord. It is safe for concurrent use.
type Fake struct {
	options  Options
	listener net.Listener
	server   *http.Server
	running  sync.WaitGroup
	ending   context.Context //nolint:containedctx // the life of the fake, for what runs in the background
	end      context.CancelFunc
	private  ed25519.PrivateKey
	poster   *http.Client // delivers interactions

	mutex    sync.Mutex // guards everything below
	offset   time.Duration
	counter  int64
	chance   *mathrand.Rand
	world    world
	commands []*command
	actions  actions
	gateway  gateway
	faults   []*Injected
	ledger   ledger
	endpoint string // where interactions are posted; empty for the gateway
}

// Start begins to serve.
func Start(options Options) (*Fake, error) {
	options.fill()
	listener, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", options.Address)
	if err != nil {
		return nil, fmt.Errorf("start the fake Discord: %w", err)
	}
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("start the fake Discord: make a key: %w", err), listener.Close())
	}
	f := &Fake{
		options: options, listener: listener, private: private, poster: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}},
		chance: mathrand.New(mathrand.NewPCG(options.Seed, 0)), //nolint:gosec // faults are to be repeatable
	}
	f.ending, f.end = context.WithCancel(context.Background())
	f.found()
	f.server = &http.Server{Handler: f.routes(), ReadHeaderTimeout: 10 * time.Second}
	f.running.Go(func() {
		// It ends by Close; what ends it otherwise shows in every request.
		_ = f.server.Serve(listener)
	})
	return f, nil
}

func (o *Options) fill() {
	if o.Address == "" {
		o.Address = "127.0.0.1:0"
	}
	if o.Token == "" {
		o.Token = "a-made-up-token"
	}
	for value, standard := range map[*time.Duration]time.Duration{
		&o.Heartbeat: 41250 * time.Millisecond, &o.AckWithin: 3 * time.Second, &o.TokenLife: 15 * time.Minute,
		&o.NonceWindow: 5 * time.Minute, &o.RouteWindow: time.Second,
	} {
		if *value == 0 {
			*value = standard
		}
	}
}

// Close ends every connection and waits until nothing runs any more.
func (f *Fake) Close() error {
	f.mutex.Lock()
	f.end() // with the mutex held, so that nothing begins after it
	for c := range f.gateway.open {
		c.cut()
	}
	f.mutex.Unlock()
	err := f.server.Close()
	f.running.Wait()
	f.poster.CloseIdleConnections()
	return err
}

// URL is the fake's address, "http://127.0.0.1:1234".
func (f *Fake) URL() string { return "http://" + f.listener.Addr().String() }

// API is the address of the REST interface, "http://127.0.0.1:1234/api/v10".
func (f *Fake) API() string { return f.URL() + "/api/v10" }

// Token is the bot's token, without "Bot ".
func (f *Fake) Token() string { return f.options.Token }

// PublicKey is the application's key for HTTP interactions, in hexadecimal.
func (f *Fake) PublicKey() string {
	public, _ := f.private.Public().(ed25519.PublicKey) // it is one by its type
	return hex.EncodeToString(public)
}

// Now is the time on the fake's own clock.
func (f *Fake) Now() time.Time {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	return f.now()
}

func (f *Fake) now() time.Time { return time.Now().Add(f.offset) }

// Advance moves the fake's clock, forward or back: ids, timestamps, deadlines and
// the life of tokens follow it, while the bot's own clock stays.
func (f *Fake) Advance(by time.Duration) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	f.offset += by
}

// Transport sends requests for Discord to the fake and refuses all others. It
// is for clients that know Discord's addresses only, such as discordgo.
func (f *Fake) Transport() http.RoundTripper {
	return &transport{host: f.listener.Addr().String(), next: &http.Transport{MaxIdleConnsPerHost: 64}}
}

type transport struct {
	host string
	next *http.Transport
}

// RoundTrip carries out a request to Discord's hosts, or to the fake itself.
func (t *transport) RoundTrip(request *http.Request) (*http.Response, error) {
	switch host := request.URL.Hostname(); {
	case request.URL.Host == t.host:
	case host == "discord.com" || strings.HasSuffix(host, ".discord.com"):
	default:
		return nil, fmt.Errorf("the fake Discord does not lead to %s", host)
	}
	request = request.Clone(request.Context())
	request.URL.Scheme, request.URL.Host, request.Host = "http", t.host, ""
	return t.next.RoundTrip(request)
}

// CloseIdleConnections lets http.Client.CloseIdleConnections work.
func (t *transport) CloseIdleConnections() { t.next.CloseIdleConnections() }

// EndsWith returns a predicate for Options.Disclaimer: the text ends with one of
// the given ones, spaces and line ends aside.
func EndsWith(texts ...string) func(string) bool {
	return func(text string) bool {
		for _, ending := range texts {
			if strings.HasSuffix(strings.TrimSpace(text), strings.TrimSpace(ending)) {
				return true
			}
		}
		return false
	}
}
