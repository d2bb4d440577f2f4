// Package gateway keeps one connection to Discord's gateway: it identifies,
// beats, resumes, and begins anew when it has to. It hands over events as they
// come and knows nothing of their content. It must never send anything that a
// person could see, and never keep events back.
package gateway

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"time"

	"github.com/gorilla/websocket"
)

// Options say whom to connect as.
type Options struct {
	// Token is the bot's token.
	Token string
	// Intents are the bits of the events that are wanted.
	Intents int
	// Address returns the websocket address of the gateway.
	Address func(ctx context.Context) (string, error)
	// Handle gets each event, in order. It must return quickly.
	Handle func(Event)
	// Logger gets what goes wrong, never the token.
	Logger *slog.Logger
}

// Event is what Discord dispatches.
type Event struct {
	// Type is its name ("MESSAGE_CREATE"), Data its content.
	Type string
	Data json.RawMessage
}

// Errors after which connecting again is of no use.
var (
	ErrToken   = errors.New("discord does not accept the token (DISCORD_TOKEN)")
	ErrIntents = errors.New("discord does not allow a privileged intent: switch on the message content intent of the application, or do without posts that do not mention the bot")
	ErrShard   = errors.New("discord wants this bot to use several shards")
	ErrVersion = errors.New("discord no longer speaks this version of the gateway")
)

// Pauses between attempts to connect.
const (
	firstPause = time.Second
	mostPause  = time.Minute
	// steady is how long a connection has to last for the pause to begin anew.
	steady = time.Minute
)

// Gateway is a connection that is kept up by Run.
type Gateway struct {
	options Options
	session session
}

// session is what resuming needs.
type session struct {
	id, address string
	sequence    int64
}

// New returns a gateway that is not connected.
func New(options Options) *Gateway { return &Gateway{options: options} }

// Run keeps the connection until the context ends, which is no error, or until
// Discord says that connecting again is of no use.
func (g *Gateway) Run(ctx context.Context) error {
	pause := firstPause
	for {
		begun := time.Now()
		err := g.connect(ctx)
		if ctx.Err() != nil {
			return nil
		}
		if final := finalError(err); final != nil {
			return final
		}
		if time.Since(begun) > steady {
			pause = firstPause
		}
		var wait waitError
		sleep := pause/2 + rand.N(pause/2) //nolint:gosec // spreads reconnections; decides nothing
		if errors.As(err, &wait) {
			sleep = wait.pause
		} else {
			pause = min(2*pause, mostPause)
		}
		g.options.Logger.Warn("the gateway connection ended", "error", err, "again_in", sleep.Round(time.Millisecond).String())
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(sleep):
		}
	}
}

// waitError says that a connection ended in an ordinary way, and when to come again.
type waitError struct {
	reason string
	pause  time.Duration
}

func (e waitError) Error() string { return e.reason }

// Close codes of the gateway (Discord's documentation, 2026).
const (
	closeAuthentication = 4004
	closeSequence       = 4007
	closeTimedOut       = 4009
	closeShard          = 4010
	closeSharding       = 4011
	closeVersion        = 4012
	closeIntents        = 4013
	closeDisallowed     = 4014
)

func finalError(err error) error {
	var closed *websocket.CloseError
	if !errors.As(err, &closed) {
		return nil
	}
	switch closed.Code {
	case closeAuthentication:
		return ErrToken
	case closeIntents, closeDisallowed:
		return ErrIntents
	case closeShard, closeSharding:
		return ErrShard
	case closeVersion:
		return ErrVersion
	}
	return nil
}

// handshake bounds the time from dialling to the first event.
const handshake = 20 * time.Second

// connect keeps one connection for as long as it lasts.
func (g *Gateway) connect(ctx context.Context) error {
	address := g.session.address
	if address == "" {
		var err error
		if address, err = g.options.Address(ctx); err != nil {
			return fmt.Errorf("ask for the gateway: %w", err)
		}
	}
	dialer := websocket.Dialer{HandshakeTimeout: handshake, Proxy: http.ProxyFromEnvironment}
	conn, answer, err := dialer.DialContext(ctx, address+"?v=10&encoding=json", nil)
	if err != nil {
		g.session = session{} // its address may be what is wrong
		return fmt.Errorf("dial the gateway: %w", err)
	}
	_ = answer.Body.Close() // it is empty
	c := &connection{gateway: g, conn: conn, acknowledged: make(chan struct{}, 1)}
	err = c.serve(ctx)
	g.keep(err)
	return err
}

// keep decides whether the next connection may resume this one.
func (g *Gateway) keep(err error) {
	var closed *websocket.CloseError
	if errors.As(err, &closed) {
		switch closed.Code {
		case websocket.CloseNormalClosure, websocket.CloseGoingAway, closeSequence, closeTimedOut:
			g.session = session{}
		}
	}
}
