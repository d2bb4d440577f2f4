package bot

import (
	"sync"
	"time"
)

// Conversation memory: how long and how much of a person's messages in one
// place is carried on. It is held in memory alone.
const (
	conversationSpan = 10 * time.Minute
	mostTurns        = 6
	mostSpeakers     = 20_000
)

// turn is one message of a conversation.
type turn struct {
	id, text string
	at       time.Time
}

// speaker is a person in a place.
type speaker struct{ asker, channel string }

// conversations remembers what people asked lately. It is safe for concurrent use.
type conversations struct {
	mutex sync.Mutex
	turns map[speaker][]turn
}

func newConversations() *conversations { return &conversations{turns: map[speaker][]turn{}} }

// before returns the turns of a person in a channel in the last ten minutes,
// oldest first, without the message itself.
func (c *conversations) before(who speaker, id string, now time.Time) []string {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	var texts []string
	for _, t := range c.turns[who] {
		if t.id != id && now.Sub(t.at) < conversationSpan {
			texts = append(texts, t.text)
		}
	}
	return texts
}

// add remembers a message; one that is known by its id is replaced.
func (c *conversations) add(who speaker, t turn) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.forgetOld(t.at)
	list := c.turns[who]
	for i := range list {
		if list[i].id == t.id {
			list[i] = t
			return
		}
	}
	list = append(list, t)
	c.turns[who] = list[max(0, len(list)-mostTurns):]
}

// drop forgets a message, or all of a person when id is empty.
func (c *conversations) drop(asker, id string) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	for who, list := range c.turns {
		if who.asker != asker {
			continue
		}
		kept := list[:0]
		for _, t := range list {
			if id != "" && t.id != id {
				kept = append(kept, t)
			}
		}
		if len(kept) == 0 {
			delete(c.turns, who)
			continue
		}
		c.turns[who] = kept
	}
}

// forgetOld drops conversations that are over when there are many.
func (c *conversations) forgetOld(now time.Time) {
	if len(c.turns) < mostSpeakers {
		return
	}
	for who, list := range c.turns {
		if now.Sub(list[len(list)-1].at) >= conversationSpan {
			delete(c.turns, who)
		}
	}
	for who := range c.turns { // still too many people at once
		if len(c.turns) < mostSpeakers {
			return
		}
		delete(c.turns, who)
	}
}

// seen remembers which events came already: Discord may deliver one twice.
type seen struct {
	mutex    sync.Mutex
	new, old map[string]bool
}

// mostSeen is the number of events that are remembered at least.
const mostSeen = 20_000

func newSeen() *seen { return &seen{new: map[string]bool{}, old: map[string]bool{}} }

// first reports whether an event is new, and remembers it.
func (s *seen) first(id string) bool {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.new[id] || s.old[id] {
		return false
	}
	if len(s.new) >= mostSeen {
		s.old, s.new = s.new, map[string]bool{}
	}
	s.new[id] = true
	return true
}
