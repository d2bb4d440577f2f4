package gateway

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// Operations of the gateway.
const (
	opDispatch       = 0
	opHeartbeat      = 1
	opIdentify       = 2
	opResume         = 6
	opReconnect      = 7
	opInvalidSession = 9
	opHello          = 10
	opAcknowledged   = 11
)

// reconnectPause keeps a gateway that always asks for a new connection from
// being asked without end.
const reconnectPause = 500 * time.Millisecond

// packet is what is read and written.
type packet struct {
	Op       int             `json:"op"`
	Data     json.RawMessage `json:"d"`
	Sequence int64           `json:"s,omitempty"`
	Type     string          `json:"t,omitempty"`
}

// connection is one websocket.
type connection struct {
	gateway      *Gateway
	conn         *websocket.Conn
	writing      sync.Mutex
	acknowledged chan struct{}
}

// serve reads until the connection ends. It leaves nothing running.
func (c *connection) serve(ctx context.Context) error {
	ctx, cancel := context.WithCancelCause(ctx)
	var beating sync.WaitGroup
	defer beating.Wait()
	defer cancel(nil)
	stop := context.AfterFunc(ctx, func() { c.close() })
	defer func() {
		stop()
		c.close()
	}()
	if err := c.deadline(handshake); err != nil {
		return err
	}
	interval, err := c.hello()
	if err != nil {
		return err
	}
	if err := c.introduce(); err != nil {
		return err
	}
	beating.Go(func() { c.beat(ctx, cancel, interval) })
	for {
		if err := c.next(); err != nil {
			if cause := context.Cause(ctx); cause != nil {
				return cause
			}
			return err
		}
		// A gateway that says nothing for two beats, not even that it heard
		// them, is gone.
		if err := c.deadline(2*interval + handshake); err != nil {
			return err
		}
	}
}

func (c *connection) deadline(wait time.Duration) error {
	if err := c.conn.SetReadDeadline(time.Now().Add(wait)); err != nil {
		return fmt.Errorf("bound the gateway's silence: %w", err)
	}
	return nil
}

// close ends the connection so that it can be resumed: with a code that is not
// the normal one.
func (c *connection) close() {
	const resumable = 4900
	c.writing.Lock()
	defer c.writing.Unlock()
	end := websocket.FormatCloseMessage(resumable, "")
	_ = c.conn.WriteControl(websocket.CloseMessage, end, time.Now().Add(time.Second)) // the other side may be gone
	_ = c.conn.Close()                                                                // nothing was lost by it
}

// hello reads how often to beat.
func (c *connection) hello() (time.Duration, error) {
	var p packet
	if err := c.conn.ReadJSON(&p); err != nil {
		return 0, fmt.Errorf("read the gateway's hello: %w", err)
	}
	var hello struct {
		Interval int64 `json:"heartbeat_interval"`
	}
	if err := json.Unmarshal(p.Data, &hello); p.Op != opHello || err != nil || hello.Interval <= 0 {
		return 0, waitError{"the gateway began without a hello", 2 * time.Second}
	}
	return time.Duration(hello.Interval) * time.Millisecond, nil
}

// introduce resumes the session before, or begins a new one.
func (c *connection) introduce() error {
	if s := c.gateway.session; s.id != "" {
		return c.write(opResume, map[string]any{"token": c.gateway.options.Token, "session_id": s.id, "seq": s.sequence})
	}
	return c.write(opIdentify, map[string]any{
		"token": c.gateway.options.Token, "intents": c.gateway.options.Intents,
		"properties": map[string]string{"os": "linux", "browser": "spsbot", "device": "spsbot"},
	})
}

func (c *connection) write(op int, data any) error {
	c.writing.Lock()
	defer c.writing.Unlock()
	if err := c.conn.SetWriteDeadline(time.Now().Add(handshake)); err != nil {
		return fmt.Errorf("write to the gateway: %w", err)
	}
	if err := c.conn.WriteJSON(map[string]any{"op": op, "d": data}); err != nil {
		return fmt.Errorf("write to the gateway: %w", err)
	}
	return nil
}

// errSilent says that a heartbeat was not acknowledged before the next was due.
var errSilent = errors.New("the gateway did not acknowledge a heartbeat")

// beat sends heartbeats until the context ends; when one was not acknowledged,
// it ends the connection.
func (c *connection) beat(ctx context.Context, cancel context.CancelCauseFunc, interval time.Duration) {
	next := time.NewTimer(rand.N(interval)) //nolint:gosec // Discord asks for a first beat at a random moment
	defer next.Stop()
	waiting := false
	for {
		select {
		case <-ctx.Done():
			return
		case <-c.acknowledged:
			waiting = false
			continue
		case <-next.C:
		}
		if waiting {
			cancel(errSilent)
			return
		}
		if err := c.write(opHeartbeat, c.sequence()); err != nil {
			cancel(err)
			return
		}
		waiting = true
		next.Reset(interval)
	}
}

// sequence returns the number of the last event, or nil for none.
func (c *connection) sequence() any {
	c.writing.Lock()
	defer c.writing.Unlock()
	if s := c.gateway.session.sequence; s > 0 {
		return s
	}
	return nil
}

// next reads and handles one packet.
func (c *connection) next() error {
	_, data, err := c.conn.ReadMessage()
	if err != nil {
		return fmt.Errorf("read from the gateway: %w", err)
	}
	var p packet
	if err := json.Unmarshal(data, &p); err != nil {
		c.gateway.options.Logger.Warn("the gateway sent what is no packet", "bytes", len(data))
		return nil
	}
	switch p.Op {
	case opDispatch:
		c.dispatch(p)
	case opHeartbeat:
		return c.write(opHeartbeat, c.sequence())
	case opAcknowledged:
		select {
		case c.acknowledged <- struct{}{}:
		default:
		}
	case opReconnect:
		return waitError{"the gateway asked for a new connection", reconnectPause}
	case opInvalidSession:
		return c.invalid(p.Data)
	}
	return nil
}

// invalid answers the refusal to begin or resume a session: Discord asks to wait
// for one to five seconds before the next identification.
func (c *connection) invalid(data json.RawMessage) error {
	if resumable := string(data) == "true"; !resumable {
		c.gateway.session = session{}
	}
	return waitError{"the gateway did not accept the session", time.Second + rand.N(4*time.Second)} //nolint:gosec // as Discord asks
}

func (c *connection) dispatch(p packet) {
	c.writing.Lock()
	c.gateway.session.sequence = p.Sequence
	c.writing.Unlock()
	if p.Type == "READY" {
		var ready struct {
			Session string `json:"session_id"`
			Resume  string `json:"resume_gateway_url"`
		}
		if err := json.Unmarshal(p.Data, &ready); err == nil {
			c.gateway.session.id, c.gateway.session.address = ready.Session, ready.Resume
		}
	}
	c.gateway.options.Handle(Event{Type: p.Type, Data: p.Data})
}
