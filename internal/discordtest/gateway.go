package discordtest

import (
	"context"
	"strconv"
	"time"
)

// Intents of the gateway that the fake looks at.
const (
	IntentGuilds          = 1 << 0
	IntentGuildMembers    = 1 << 1
	IntentPresences       = 1 << 8
	IntentGuildMessages   = 1 << 9
	IntentGuildReactions  = 1 << 10
	IntentDirectMessages  = 1 << 12
	IntentDirectReactions = 1 << 13
	IntentMessageContent  = 1 << 15

	privilegedIntents = IntentGuildMembers | IntentPresences | IntentMessageContent
)

// gateway is what is known of connections and sessions.
type gateway struct {
	sessions            map[string]*session
	open                map[*connection]bool
	identifies, resumes int
}

// session outlives its connection, so that it can be resumed.
type session struct {
	id         string
	intents    int
	shard      [2]int
	sequence   int64
	sent       []sent // the latest events
	connection *connection
	lost       time.Time
}

// sent is an event as it went out.
type sent struct {
	sequence int64
	packet   []byte
}

// mostSent bounds the events that can be sent again after a resumption.
const mostSent = 4096

func (g *gateway) start() {
	g.sessions, g.open = map[string]*session{}, map[*connection]bool{}
}

func (g *gateway) live() int {
	live := 0
	for _, s := range g.sessions {
		if s.connection != nil {
			live++
		}
	}
	return live
}

// send sends an event, or keeps it for a resumption.
func (s *session) send(name string, data []byte) {
	s.sequence++
	packet := make([]byte, 0, len(data)+len(name)+48)
	packet = append(packet, `{"op":0,"t":"`...)
	packet = append(packet, name...)
	packet = append(packet, `","s":`...)
	packet = strconv.AppendInt(packet, s.sequence, 10)
	packet = append(packet, `,"d":`...)
	packet = append(packet, data...)
	packet = append(packet, '}')
	s.sent = bounded(append(s.sent, sent{s.sequence, packet}), mostSent)
	s.sendRaw(packet)
}

func (s *session) sendRaw(packet []byte) {
	if s.connection != nil {
		s.connection.send(packet)
	}
}

// resumable reports whether every event after a sequence number is still there.
func (s *session) resumable(after int64) bool {
	return after <= s.sequence && (after == s.sequence || len(s.sent) > 0 && s.sent[0].sequence <= after+1)
}

// Reconnect asks every connection to come again (op 7).
func (f *Fake) Reconnect() {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	for c := range f.gateway.open {
		c.send([]byte(`{"op":7,"d":null}`))
	}
}

// CloseGateway closes every connection with a code; 1006 cuts it without a frame.
func (f *Fake) CloseGateway(code int) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	for c := range f.gateway.open {
		c.close(code)
	}
}

// ForgetSessions makes every session unknown, so that none can be resumed.
func (f *Fake) ForgetSessions() {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	for id, s := range f.gateway.sessions {
		if s.connection == nil {
			delete(f.gateway.sessions, id)
		} else {
			s.id = ""
		}
	}
}

// Invalidate sends op 9 to every connection.
func (f *Fake) Invalidate(resumable bool) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	for c := range f.gateway.open {
		c.invalidate(resumable)
	}
}

// WaitReady waits until that many connections are identified or resumed.
func (f *Fake) WaitReady(ctx context.Context, many int) error {
	return f.Await(ctx, strconv.Itoa(many)+" gateway sessions", func() bool { return f.Sessions() >= many })
}

// identify begins a session.
func (f *Fake) identify(c *connection, with identification) {
	shard := [2]int{0, 1}
	if with.Shard != nil {
		shard = *with.Shard
	}
	place := FaultPlace{Event: "IDENTIFY"}
	switch {
	case c.session != nil:
		c.close(4005)
		return
	case with.Token != f.options.Token && with.Token != "Bot "+f.options.Token:
		c.close(4004)
		return
	case shard[1] < 1 || shard[0] < 0 || shard[0] >= shard[1]:
		c.close(4010)
		return
	case with.Intents < 0 || with.Intents >= 1<<26:
		c.close(4013)
		return
	case with.Intents&privilegedIntents&^f.options.Privileged != 0:
		c.close(4014)
		return
	case f.stumble(c, place):
		return
	}
	s := &session{id: "session-" + f.id(), intents: with.Intents, shard: shard, connection: c}
	f.gateway.sessions[s.id] = s
	f.gateway.identifies++
	c.session = s
	f.greet(s)
	f.touch()
}

// greet sends READY and the guilds of the session's shard.
func (f *Fake) greet(s *session) {
	guilds := []object{}
	for _, id := range f.world.guildOrder {
		if f.world.guilds[id].present && s.has(id) {
			guilds = append(guilds, object{"id": id, "unavailable": true})
		}
	}
	s.send("READY", encode(object{
		"v": 10, "user": f.userJSON(f.world.application), "guilds": guilds, "session_id": s.id, "shard": s.shard, "private_channels": []any{},
		"resume_gateway_url": f.gatewayURL(), "application": object{"id": f.world.application, "flags": f.applicationFlags()},
	}))
	if s.intents&IntentGuilds == 0 {
		return
	}
	for _, g := range guilds {
		if id, ok := g["id"].(string); ok {
			s.send("GUILD_CREATE", encode(f.guildCreateJSON(f.world.guilds[id])))
		}
	}
}

// resume takes a session up again and sends what it missed.
func (f *Fake) resume(c *connection, with resumption) {
	s := f.gateway.sessions[with.Session]
	switch {
	case c.session != nil:
		c.close(4005)
		return
	case with.Token != f.options.Token && with.Token != "Bot "+f.options.Token:
		c.close(4004)
		return
	case f.stumble(c, FaultPlace{Event: "RESUME"}):
		return
	case s == nil || s.id == "" || !s.resumable(with.Sequence):
		delete(f.gateway.sessions, with.Session)
		c.send([]byte(`{"op":9,"d":false}`))
		return
	}
	if s.connection != nil {
		s.connection.session = nil
		s.connection.cut()
	}
	s.connection, c.session = c, s
	for _, missed := range s.sent {
		if missed.sequence > with.Sequence {
			c.send(missed.packet)
		}
	}
	f.gateway.resumes++
	s.send("RESUMED", []byte(`{}`))
	f.touch()
}

// stumble applies the faults of the first packet after an identification or
// resumption; true when there was one.
func (f *Fake) stumble(c *connection, place FaultPlace) bool {
	fault, ok := f.strike(place, ReconnectFirst, InvalidSession, CloseOnIdentify)
	if !ok {
		return false
	}
	switch fault.Kind { //nolint:exhaustive // strike was asked for these kinds
	case ReconnectFirst:
		c.send([]byte(`{"op":7,"d":null}`))
	case CloseOnIdentify:
		c.close(fault.Code)
	default:
		c.invalidate(fault.Resumable)
	}
	return true
}
