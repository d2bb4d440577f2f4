package discordtest

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"time"
)

// event is something that sessions are told.
type event struct {
	name    string
	guild   string
	channel string // the bot has to see it; empty for no condition
	intent  int    // one of these bits is needed; 0 for none
	data    any
	plain   any // for sessions without IntentMessageContent; nil for the same
}

// Dispatch sends any event to every session, as it is.
func (f *Fake) Dispatch(name string, data any) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	f.dispatch(event{name: name, data: data})
}

// dispatch tells every session that wants an event, with the faults of the day.
func (f *Fake) dispatch(e event) {
	place := FaultPlace{Event: e.name}
	if _, lost := f.strike(place, LostEvent); lost {
		return
	}
	payload := e.encode()
	if late, ok := f.strike(place, LateEvent); ok {
		f.later(late.Wait, func() { f.deliverEvent(e, payload) })
		return
	}
	if _, ok := f.strike(place, MalformedEvent); ok {
		for _, s := range f.gateway.sessions {
			s.sendRaw([]byte(`{"op":0,"t":"` + e.name + `","d":{"id":`))
		}
	}
	f.deliverEvent(e, payload)
	if _, ok := f.strike(place, DuplicatedEvent); ok {
		f.deliverEvent(e, payload)
	}
}

// later does something with the mutex held, after a while, unless the fake ends before.
func (f *Fake) later(wait time.Duration, do func()) {
	f.background(func() {
		if f.sleep(wait) {
			f.mutex.Lock()
			defer f.mutex.Unlock()
			do()
		}
	})
}

// payloads are an event's data in its two forms.
type payloads struct{ full, plain []byte }

func (e event) encode() payloads {
	full := encode(e.data)
	if e.plain == nil {
		return payloads{full, full}
	}
	return payloads{full, encode(e.plain)}
}

// encode writes what the fake made itself, which is always possible.
func encode(value any) []byte {
	data, err := json.Marshal(value)
	if err != nil {
		return []byte("null")
	}
	return data
}

func (f *Fake) deliverEvent(e event, payload payloads) {
	if c, ok := f.world.channels[e.channel]; ok && !f.sees(f.world.application, c) {
		return
	}
	f.gateway.expire()
	for _, s := range f.gateway.sessions {
		if e.intent != 0 && s.intents&e.intent == 0 || !s.has(e.guild) {
			continue
		}
		if s.intents&IntentMessageContent != 0 {
			s.send(e.name, payload.full)
		} else {
			s.send(e.name, payload.plain)
		}
	}
}

// has reports whether a guild belongs to the session's shard; direct messages
// belong to shard 0.
func (s *session) has(guild string) bool {
	if guild == "" {
		return s.shard[0] == 0
	}
	id, err := strconv.ParseInt(guild, 10, 64)
	return err == nil && (id>>22)%int64(s.shard[1]) == int64(s.shard[0])
}

func (f *Fake) dispatchGuild(g *guild) {
	f.dispatch(event{name: "GUILD_CREATE", guild: g.ID, intent: IntentGuilds, data: f.guildCreateJSON(g)})
}

// dispatchMessage tells of a message that is there or changed. The bot learns
// nothing of ephemeral ones, nor of those in places where it is not.
func (f *Fake) dispatchMessage(name string, m *message) {
	c := f.world.channels[m.Channel]
	if m.EphemeralFor != "" || !f.present(c) || len(f.gateway.sessions) == 0 {
		return
	}
	e := event{name: name, guild: m.Guild, channel: m.Channel, intent: IntentGuildMessages}
	if m.Guild == "" {
		e.intent = IntentDirectMessages
	}
	e.data = f.inGuild(m, f.messageJSON(m, true))
	if named := slices.Contains(m.Pings, f.world.application); m.Guild != "" && !named && m.Author != f.world.application {
		e.plain = f.inGuild(m, f.messageJSON(m, false))
	}
	f.dispatch(e)
}

// inGuild adds what only events have.
func (f *Fake) inGuild(m *message, o object) object {
	if g, ok := f.world.guilds[m.Guild]; ok {
		o["guild_id"], o["member"] = m.Guild, f.memberJSON(g, m.Author, false)
	}
	o["channel_type"] = f.world.channels[m.Channel].Type
	return o
}

func (f *Fake) dispatchDelete(m *message) {
	c := f.world.channels[m.Channel]
	if m.EphemeralFor != "" || !f.present(c) {
		return
	}
	e := event{name: "MESSAGE_DELETE", guild: m.Guild, channel: m.Channel, intent: IntentGuildMessages}
	data := object{"id": m.ID, "channel_id": m.Channel}
	if m.Guild == "" {
		e.intent = IntentDirectMessages
	} else {
		data["guild_id"] = m.Guild
	}
	e.data = data
	f.dispatch(e)
}

// present reports whether the bot takes part in a channel at all.
func (f *Fake) present(c *channel) bool {
	if g, ok := f.world.guilds[c.Guild]; ok {
		return g.present
	}
	return c.Type == DirectChannel
}

// Sessions counts the gateway connections that are identified or resumed now.
func (f *Fake) Sessions() int {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	return f.gateway.live()
}

// Identifies counts the identifications that were accepted since the start.
func (f *Fake) Identifies() int {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	return f.gateway.identifies
}

// Resumes counts the sessions that were taken up again.
func (f *Fake) Resumes() int {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	return f.gateway.resumes
}

// expire forgets sessions that nobody took up for a minute.
func (g *gateway) expire() {
	maps.DeleteFunc(g.sessions, func(_ string, s *session) bool {
		return s.connection == nil && time.Since(s.lost) > time.Minute
	})
}
