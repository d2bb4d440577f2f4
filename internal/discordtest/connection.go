package discordtest

import (
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"os"
	"time"

	"github.com/gorilla/websocket"
)

// Operations of the gateway.
const (
	opHeartbeat = 1
	opIdentify  = 2
	opPresence  = 3
	opVoice     = 4
	opResume    = 6
	opMembers   = 8
)

// connection is one websocket. All but the socket is guarded by the fake's mutex.
type connection struct {
	fake     *Fake
	socket   *websocket.Conn
	wake     chan struct{} // says that there is something to write
	queue    []outgoing
	session  *session
	received []time.Time // of the last minute
	over     bool
}

// outgoing is a packet, or the end with a code.
type outgoing struct {
	packet []byte
	code   int
}

type identification struct {
	Token   string  `json:"token"`
	Intents int     `json:"intents"`
	Shard   *[2]int `json:"shard"`
}

type resumption struct {
	Token    string `json:"token"`
	Session  string `json:"session_id"`
	Sequence int64  `json:"seq"`
}

// serveGateway serves one connection for as long as it lasts.
func (f *Fake) serveGateway(w http.ResponseWriter, r *http.Request) {
	upgrader := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	socket, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return // it was answered
	}
	c := &connection{fake: f, socket: socket, wake: make(chan struct{}, 1)}
	done := make(chan struct{})
	f.background(func() { c.write(done) })
	f.mutex.Lock()
	f.gateway.open[c] = true
	version := r.URL.Query().Get("v")
	_, silent := f.strike(FaultPlace{Event: "HELLO"}, SilentHello)
	switch {
	case version != "9" && version != "10":
		c.close(4012)
	case !silent:
		c.send(encode(object{"op": 10, "d": object{"heartbeat_interval": f.options.Heartbeat.Milliseconds()}}))
	}
	f.mutex.Unlock()
	c.read()
	close(done)
	_ = socket.Close() // the other side may have closed it
	f.mutex.Lock()
	defer f.mutex.Unlock()
	c.end()
}

// end takes the connection off its session.
func (c *connection) end() {
	c.over = true
	delete(c.fake.gateway.open, c)
	if s := c.session; s != nil && s.connection == c {
		s.connection, s.lost = nil, time.Now()
		if s.id == "" {
			for id, one := range c.fake.gateway.sessions {
				if one == s {
					delete(c.fake.gateway.sessions, id)
				}
			}
		}
	}
	c.fake.touch()
}

// read handles packets until the connection ends.
func (c *connection) read() {
	for {
		// Whoever does not beat for two and a half intervals is closed.
		if err := c.socket.SetReadDeadline(time.Now().Add(c.fake.options.Heartbeat * 5 / 2)); err != nil {
			return
		}
		_, data, err := c.socket.ReadMessage()
		c.fake.mutex.Lock()
		switch {
		case errors.Is(err, os.ErrDeadlineExceeded):
			c.close(4009)
		case err != nil:
			c.left(err)
		default:
			c.handle(data)
		}
		c.fake.mutex.Unlock()
		if err != nil {
			return
		}
	}
}

// left notes how the bot went: who closes with 1000 or 1001 gives up its session.
func (c *connection) left(err error) {
	if websocket.IsCloseError(err, websocket.CloseNormalClosure, websocket.CloseGoingAway) && c.session != nil {
		delete(c.fake.gateway.sessions, c.session.id)
	}
}

func (c *connection) handle(data []byte) {
	var packet struct {
		Op   int             `json:"op"`
		Data json.RawMessage `json:"d"`
	}
	if json.Unmarshal(data, &packet) != nil {
		c.close(4002)
		return
	}
	if !c.moderate() {
		c.fake.violate("gateway_rate", "gateway", "more than 120 packets in a minute")
		c.close(4008)
		return
	}
	switch packet.Op {
	case opHeartbeat:
		if _, silent := c.fake.strike(FaultPlace{Event: "HEARTBEAT"}, Unacknowledged); !silent {
			c.send([]byte(`{"op":11}`))
		}
	case opIdentify:
		var with identification
		if json.Unmarshal(packet.Data, &with) != nil {
			c.close(4002)
			return
		}
		c.fake.identify(c, with)
	case opResume:
		var with resumption
		if json.Unmarshal(packet.Data, &with) != nil {
			c.close(4002)
			return
		}
		c.fake.resume(c, with)
	case opPresence, opVoice, opMembers:
		if c.session == nil {
			c.close(4003)
		}
	default:
		c.close(4001)
	}
}

// moderate counts a packet and reports whether there are at most 120 a minute.
func (c *connection) moderate() bool {
	const most = 120
	now := time.Now()
	c.received = append(c.received, now)
	for now.Sub(c.received[0]) > time.Minute {
		c.received = c.received[1:]
	}
	return len(c.received) <= most
}

// send puts a packet into the queue.
func (c *connection) send(packet []byte) { c.put(outgoing{packet: packet}) }

// close ends the connection after what is in the queue. Some codes end the
// session, too.
func (c *connection) close(code int) {
	switch code {
	case 4003, 4004, 4007, 4009, 4010, 4011, 4012, 4013, 4014:
		if c.session != nil {
			delete(c.fake.gateway.sessions, c.session.id)
		}
	}
	c.put(outgoing{code: code})
}

func (c *connection) invalidate(resumable bool) {
	if resumable {
		c.send([]byte(`{"op":9,"d":true}`))
		return
	}
	if c.session != nil {
		delete(c.fake.gateway.sessions, c.session.id)
		c.session = nil
	}
	c.send([]byte(`{"op":9,"d":false}`))
}

func (c *connection) put(o outgoing) {
	if c.over {
		return
	}
	c.queue = append(c.queue, o)
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

// cut ends the connection as a broken line does.
func (c *connection) cut() { _ = c.socket.NetConn().Close() }

// write empties the queue whenever there is something in it.
func (c *connection) write(done <-chan struct{}) {
	for {
		select {
		case <-done:
			return
		case <-c.wake:
		}
		c.fake.mutex.Lock()
		queue := c.queue
		c.queue = nil
		c.fake.mutex.Unlock()
		for _, o := range queue {
			if !c.writeOne(o) {
				c.cut()
				return
			}
		}
	}
}

// writeOne reports whether the connection goes on.
func (c *connection) writeOne(o outgoing) bool {
	const patience = 10 * time.Second
	deadline := time.Now().Add(patience)
	switch {
	case o.code == websocket.CloseAbnormalClosure:
		return false
	case o.code != 0:
		if err := c.socket.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(o.code, ""), deadline); err != nil {
			return false
		}
		c.lingers()
		return false
	}
	if err := c.socket.SetWriteDeadline(deadline); err != nil {
		return false
	}
	return c.socket.WriteMessage(websocket.TextMessage, o.packet) == nil
}

// lingers closes the line for writing only, so that the frame of the end is not
// lost with the unread rest, and gives the other side a moment to go.
func (c *connection) lingers() {
	if tcp, ok := c.socket.NetConn().(*net.TCPConn); ok {
		_ = tcp.CloseWrite() // it may be gone
	}
	c.fake.sleep(50 * time.Millisecond)
}
