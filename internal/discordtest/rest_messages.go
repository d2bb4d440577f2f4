package discordtest

import (
	"fmt"
	"net/http"
	"strings"
	"time"
)

// messageRoutes are those of messages outside interactions.
func (f *Fake) messageRoutes() map[string]endpoint {
	return map[string]endpoint{
		"POST /channels/{id}/messages":                             f.createMessage,
		"PATCH /channels/{id}/messages/{m}":                        f.editMessage,
		"DELETE /channels/{id}/messages/{m}":                       f.deleteMessage,
		"POST /channels/{id}/messages/bulk-delete":                 f.bulkDelete,
		"PUT /channels/{id}/messages/{m}/reactions/{emoji}/@me":    f.react,
		"DELETE /channels/{id}/messages/{m}/reactions/{emoji}/@me": f.react,
		"POST /channels/{id}/typing":                               f.typing,
	}
}

// createMessage posts a message of the bot.
func (f *Fake) createMessage(c *call) (reply, error) {
	in, err := f.openChannel(c.PathValue("id"), 0)
	if err != nil {
		return reply{}, err
	}
	if err := f.maySend(in, len(c.files) > 0); err != nil {
		return reply{}, err
	}
	var body messageBody
	if err := c.decode(&body); err != nil {
		return reply{}, err
	}
	nonce, err := body.nonce()
	if err != nil {
		return reply{}, err
	}
	if earlier := f.earlier(in, nonce, body.EnforceNonce); earlier != nil {
		return ok(f.messageJSON(earlier, true))
	}
	m := &message{}
	m.Message = Message{ID: f.id(), Channel: in.ID, Guild: in.Guild, Author: f.world.application, Created: f.now()}
	if err := f.refer(in, m, body); err != nil {
		return reply{}, err
	}
	if err := body.apply(f, m, c.files); err != nil {
		f.breach(c, err)
		return reply{}, err
	}
	if !f.permissions(f.world.application, in).Has(EmbedLinks) {
		m.Embeds, m.rawEmbeds = nil, nil // Discord drops them without a word
	}
	if nonce != "" && body.EnforceNonce {
		f.world.nonces[in.ID+" "+nonce] = remembered{m.ID, f.now()}
	}
	m.prompt = f.promptOf(in, m)
	f.publish(c, in, m, body)
	content := f.messageJSON(m, true)
	content["nonce"] = body.Nonce
	return ok(content)
}

// nonce returns the nonce as text.
func (b messageBody) nonce() (string, error) {
	if b.Nonce == nil {
		return "", nil
	}
	nonce := fmt.Sprint(b.Nonce)
	if len(nonce) > 25 {
		return "", badRequest("nonce: must be 25 or fewer in length")
	}
	return nonce, nil
}

// earlier finds the message that was posted with an enforced nonce.
func (f *Fake) earlier(in *channel, nonce string, enforced bool) *message {
	if nonce == "" || !enforced {
		return nil
	}
	key := in.ID + " " + nonce
	before, found := f.world.nonces[key]
	if !found || f.now().Sub(before.at) > f.options.NonceWindow {
		f.forgetNonces()
		return nil
	}
	return f.world.messages[before.message]
}

// forgetNonces drops those whose window is over, when there are many.
func (f *Fake) forgetNonces() {
	if len(f.world.nonces) < 1000 {
		return
	}
	for key, one := range f.world.nonces {
		if f.now().Sub(one.at) > f.options.NonceWindow {
			delete(f.world.nonces, key)
		}
	}
}

// maySend holds the permissions that sending needs.
func (f *Fake) maySend(in *channel, files bool) error {
	has := f.permissions(f.world.application, in)
	switch {
	case in.Type == ForumChannel:
		return &refusal{http.StatusBadRequest, 50008, "Cannot send messages in a non-text channel"}
	case in.Type == DirectChannel && f.world.users[in.recipients[0]].closed:
		return &refusal{http.StatusForbidden, 50007, "Cannot send messages to this user"}
	case in.Type == Thread && in.archived:
		in.archived = false // a message opens it again
	}
	wanted := SendMessages
	if in.Type == Thread {
		wanted = SendMessagesInThreads
	}
	if files {
		wanted |= AttachFiles
	}
	if !has.Has(wanted) {
		return missingPermissions()
	}
	return nil
}

// refer makes the message a reply.
func (f *Fake) refer(in *channel, m *message, body messageBody) error {
	if body.Reference == nil {
		return nil
	}
	to, found := f.world.messages[body.Reference.MessageID]
	lenient := body.Reference.FailIfNotExists != nil && !*body.Reference.FailIfNotExists
	switch {
	case !f.permissions(f.world.application, in).Has(ReadMessageHistory):
		return &refusal{http.StatusBadRequest, 160002, "Cannot reply without permission to read message history"}
	case found && !to.Deleted && to.Channel == in.ID && to.EphemeralFor == "":
		m.Reference, m.reply = to.ID, body.repliesWithPing()
	case !lenient:
		return badRequest("message_reference: Unknown message")
	}
	return nil
}

// promptOf finds the person's message that a message of the bot answers: the one
// that it replies to, directly or through an own message; else the one on which
// its thread hangs; else what was last written there.
func (f *Fake) promptOf(in *channel, m *message) *message {
	for to, found := f.world.messages[m.Reference]; found; to, found = f.world.messages[to.Reference] {
		switch {
		case to.latest != nil:
			return to
		case to.prompt != nil:
			return to.prompt
		}
	}
	if on, found := f.world.messages[in.ID]; found && in.Type == Thread && on.latest != nil && in.lastHuman == nil {
		return on
	}
	if in.lastHuman != nil {
		return in.lastHuman.source
	}
	return nil
}

// publish puts a new message of the bot up, checks it and tells everybody.
func (f *Fake) publish(c *call, in *channel, m *message, body messageBody) {
	f.addMessage(in, m)
	f.record(c, WriteCreate, m)
	f.inspect(c.route, m, body)
	in.typing = time.Time{}
	m.action().note(m)
	f.dispatchMessage("MESSAGE_CREATE", m)
}

// record fills in what a request did to a message.
func (f *Fake) record(c *call, kind WriteKind, m *message) {
	c.write = &Write{Kind: kind, Message: m.Message}
	if a := m.action(); a != nil {
		c.write.Trigger, c.write.Action = a.Trigger, a.ID
	}
}

// editMessage changes a message of the bot.
func (f *Fake) editMessage(c *call) (reply, error) {
	m, err := f.openMessage(c.PathValue("id"), c.PathValue("m"), 0)
	if err != nil {
		return reply{}, err
	}
	if m.Author != f.world.application {
		return reply{}, &refusal{http.StatusForbidden, 50005, "Cannot edit a message authored by another user"}
	}
	return f.change(c, m)
}

// change edits a message in place.
func (f *Fake) change(c *call, m *message) (reply, error) {
	var body messageBody
	if err := c.decode(&body); err != nil {
		return reply{}, err
	}
	if err := f.changeBy(c, m, body); err != nil {
		return reply{}, err
	}
	return ok(f.messageJSON(m, true))
}

func (f *Fake) changeBy(c *call, m *message, body messageBody) error {
	wasLoading := m.Loading
	if err := body.apply(f, m, c.files); err != nil {
		f.breach(c, err)
		return err
	}
	if !wasLoading {
		m.Edited = f.now()
		m.Edits++
	}
	f.record(c, WriteEdit, m)
	f.inspect(c.route, m, body)
	m.action().note(m)
	f.dispatchMessage("MESSAGE_UPDATE", m)
	return nil
}

// deleteMessage deletes a message of the bot, or any where it may.
func (f *Fake) deleteMessage(c *call) (reply, error) {
	m, err := f.openMessage(c.PathValue("id"), c.PathValue("m"), 0)
	if err != nil {
		return reply{}, err
	}
	if m.Author != f.world.application && !f.permissions(f.world.application, f.world.channels[m.Channel]).Has(ManageMessages) {
		return reply{}, missingPermissions()
	}
	f.remove(c, m)
	return nothing()
}

// remove deletes a message on the bot's request.
func (f *Fake) remove(c *call, m *message) {
	m.Deleted = true
	f.record(c, WriteDelete, m)
	if a := m.action(); a != nil {
		a.removed = append(a.removed, m)
		a.touch()
	}
	f.dispatchDelete(m)
}

func (f *Fake) bulkDelete(c *call) (reply, error) {
	var body struct {
		Messages []string `json:"messages"`
	}
	if err := c.decode(&body); err != nil {
		return reply{}, err
	}
	if _, err := f.openChannel(c.PathValue("id"), ManageMessages); err != nil {
		return reply{}, err
	}
	if len(body.Messages) < 2 || len(body.Messages) > 100 {
		return reply{}, badRequest("messages: between 2 and 100")
	}
	for _, id := range body.Messages {
		if m, found := f.world.messages[id]; found && m.Channel == c.PathValue("id") && !m.Deleted {
			f.remove(c, m)
		}
	}
	return nothing()
}

func (f *Fake) react(c *call) (reply, error) {
	if _, err := f.openMessage(c.PathValue("id"), c.PathValue("m"), AddReactions|ReadMessageHistory); err != nil {
		return reply{}, err
	}
	if strings.TrimSpace(c.PathValue("emoji")) == "" {
		return reply{}, unknown(10014, "Emoji")
	}
	c.write = &Write{Kind: WriteOther}
	return nothing()
}

func (f *Fake) typing(c *call) (reply, error) {
	in, err := f.openChannel(c.PathValue("id"), 0)
	if err != nil {
		return reply{}, err
	}
	if err := f.maySend(in, false); err != nil {
		return reply{}, err
	}
	in.typing = f.now()
	c.write = &Write{Kind: WriteTyping}
	return nothing()
}
