package discordtest

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"time"
)

// Values are the options of a command by name: strings, numbers, truth values.
type Values map[string]any

// newAction makes the handle of something that a person does.
func (f *Fake) newAction(kind Kind, name string, u User, c *channel) *Action {
	a := &Action{
		Trigger: Trigger{Kind: kind, Name: name, User: u}, fake: f,
		started: time.Now(), created: f.now(), changed: make(chan struct{}),
	}
	switch {
	case c == nil:
		a.err = errors.New("there is no such channel")
	case !f.sees(u.ID, c):
		a.Channel = c.Channel
		a.err = fmt.Errorf("%s can't see the channel %s", u.Name, c.Name)
	default:
		a.Channel = c.Channel
	}
	return a
}

// Say writes an ordinary message into a channel or thread.
func (f *Fake) Say(u User, c Channel, text string) *Action {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	return f.say(u, c, text, said{})
}

// Mention writes a message that begins by mentioning the bot.
func (f *Fake) Mention(u User, c Channel, text string) *Action {
	return f.Say(u, c, "<@"+f.Bot().ID+"> "+text)
}

// Direct writes a direct message to the bot.
func (f *Fake) Direct(u User, text string) *Action {
	return f.Say(u, f.DirectChannel(u), text)
}

// ReplyTo replies to a message and notifies its author, as Discord does unless
// one switches it off.
func (f *Fake) ReplyTo(u User, m Message, text string) *Action {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	return f.say(u, Channel{ID: m.Channel}, text, said{reference: m.ID, ping: true})
}

// ReplyQuietly replies to a message without notifying its author.
func (f *Fake) ReplyQuietly(u User, m Message, text string) *Action {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	return f.say(u, Channel{ID: m.Channel}, text, said{reference: m.ID})
}

// Attach writes a message with a file and perhaps text.
func (f *Fake) Attach(u User, c Channel, text string, files ...File) *Action {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	return f.say(u, c, text, said{files: files})
}

// Post opens a post in a forum, with its first message.
func (f *Fake) Post(u User, forum Channel, title, text string) *Action {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	a := f.newAction(KindMessage, "", u, f.world.channels[forum.ID])
	if a.err != nil {
		return a
	}
	thread := f.addThread(forum.ID, u.ID, title, "")
	return f.say(u, thread.Channel, text, said{id: thread.ID})
}

// said is what a message may have besides its text.
type said struct {
	id, reference string
	ping          bool
	files         []File
}

func (f *Fake) say(u User, c Channel, text string, with said) *Action {
	in := f.world.channels[c.ID]
	a := f.newAction(KindMessage, "", u, in)
	if a.err != nil {
		return a
	}
	if with.id == "" {
		with.id = f.id()
	}
	m := &message{reply: with.ping}
	m.Message = Message{
		ID: with.id, Channel: c.ID, Guild: in.Guild, Author: u.ID, Content: text,
		Reference: with.reference, Files: with.files, Created: f.now(), Pings: mentionsIn(text),
	}
	if replied, ok := f.world.messages[with.reference]; ok && with.ping && !slices.Contains(m.Pings, replied.Author) {
		m.Pings = append(m.Pings, replied.Author)
	}
	a.ID, a.source, m.latest, in.lastHuman = m.ID, m, a, a
	f.addMessage(in, m)
	f.dispatchMessage("MESSAGE_CREATE", m)
	return a
}

// mentionsIn finds the people, roles and "everyone" that a text mentions.
func mentionsIn(text string) []string {
	var found []string
	for _, match := range regexp.MustCompile(`<@[!&]?([0-9]+)>|@(everyone|here)`).FindAllStringSubmatch(text, -1) {
		id := match[1]
		if id == "" {
			id = "everyone"
		}
		if !slices.Contains(found, id) {
			found = append(found, id)
		}
	}
	return found
}

// Edit changes a person's own message. The handle takes a changed reply for a reply.
func (f *Fake) Edit(u User, m Message, text string) *Action {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	a, own := f.redo(KindEdit, u, m)
	if a.err != nil {
		return a
	}
	own.Content, own.Edited, own.Pings = text, f.now(), mentionsIn(text)
	own.Edits++
	f.dispatchMessage("MESSAGE_UPDATE", own)
	f.touch()
	return a
}

// Delete deletes a person's own message, or any for those who may.
func (f *Fake) Delete(u User, m Message) *Action {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	a, own := f.redo(KindDelete, u, m)
	if a.err != nil {
		return a
	}
	own.Deleted = true
	f.dispatchDelete(own)
	f.touch()
	return a
}

// redo begins a change of a message that is there.
func (f *Fake) redo(kind Kind, u User, m Message) (*Action, *message) {
	a := f.newAction(kind, "", u, f.world.channels[m.Channel])
	stored, ok := f.world.messages[m.ID]
	switch {
	case a.err != nil:
	case !ok || stored.Deleted:
		a.err = errors.New("there is no such message")
	case stored.Author == u.ID:
	case kind == KindDelete && f.permissions(u.ID, f.world.channels[m.Channel]).Has(ManageMessages):
	default:
		a.err = errors.New("the message is somebody else's")
	}
	if a.err == nil {
		a.ID, a.source, stored.latest = stored.ID, stored, a
	}
	return a, stored
}

// React puts a reaction on a message.
func (f *Fake) React(u User, m Message, emoji string) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	intent := IntentGuildReactions
	if m.Guild == "" {
		intent = IntentDirectReactions
	}
	f.dispatch(event{name: "MESSAGE_REACTION_ADD", guild: m.Guild, channel: m.Channel, intent: intent, data: map[string]any{
		"user_id": u.ID, "channel_id": m.Channel, "message_id": m.ID, "guild_id": m.Guild, "emoji": map[string]any{"name": emoji}, "type": 0,
	}})
}

// addMessage puts a message into its channel.
func (f *Fake) addMessage(in *channel, m *message) {
	f.world.messages[m.ID] = m
	in.messages = append(in.messages, m)
	f.touch()
}

// forget drops a message.
func (f *Fake) forget(m *message) {
	if m.forgotten {
		return
	}
	m.forgotten = true
	delete(f.world.messages, m.ID)
	in := f.world.channels[m.Channel]
	if in.lastHuman != nil && in.lastHuman.source == m {
		in.lastHuman = nil
	}
	if in.gone++; in.gone > 64 && in.gone > len(in.messages)/2 {
		in.messages = slices.DeleteFunc(in.messages, func(m *message) bool { return m.forgotten })
		in.gone = 0
	}
}
