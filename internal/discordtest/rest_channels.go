package discordtest

import (
	"net/http"
	"slices"
)

// channelRoutes are those that make and change channels.
func (f *Fake) channelRoutes() map[string]endpoint {
	return map[string]endpoint{
		"POST /users/@me/channels":                 f.openDirect,
		"POST /channels/{id}/threads":              f.createThread,
		"POST /channels/{id}/messages/{m}/threads": f.createThreadOn,
		"PATCH /channels/{id}":                     f.patchChannel,
		"PUT /channels/{id}/thread-members/@me":    f.joinThread,
		"DELETE /users/@me/guilds/{id}":            f.leaveGuild,
	}
}

// openDirect opens the direct conversation with a person.
func (f *Fake) openDirect(c *call) (reply, error) {
	var body struct {
		Recipient string `json:"recipient_id"`
	}
	if err := c.decode(&body); err != nil {
		return reply{}, err
	}
	if u, found := f.world.users[body.Recipient]; !found || u.bot {
		return reply{}, &refusal{http.StatusBadRequest, 50033, "Invalid Recipient(s)"}
	}
	c.write = &Write{Kind: WriteOther}
	return ok(f.channelJSON(f.directChannel(body.Recipient)))
}

// threadBody is what a request says of a thread or post.
type threadBody struct {
	Name        string       `json:"name"`
	AutoArchive int          `json:"auto_archive_duration"`
	Type        int          `json:"type"`
	Message     *messageBody `json:"message"`
}

func (b threadBody) check() error {
	if !between(b.Name, 1, 100) {
		return badRequest("name: must be between 1 and 100 in length")
	}
	if b.AutoArchive != 0 && !slices.Contains([]int{60, 1440, 4320, 10080}, b.AutoArchive) {
		return badRequest("auto_archive_duration: must be one of 60, 1440, 4320, 10080")
	}
	return nil
}

// createThread makes a thread without a message, or a post in a forum.
func (f *Fake) createThread(c *call) (reply, error) {
	in, err := f.openChannel(c.PathValue("id"), 0)
	if err != nil {
		return reply{}, err
	}
	var body threadBody
	if err := c.decode(&body); err != nil {
		return reply{}, err
	}
	if err := body.check(); err != nil {
		f.breach(c, err)
		return reply{}, err
	}
	wanted := CreatePublicThreads
	if in.Type == ForumChannel {
		wanted = SendMessages
	}
	if !f.permissions(f.world.application, in).Has(wanted) {
		return reply{}, missingPermissions()
	}
	if in.Type != ForumChannel {
		return f.threadMade(c, f.addThread(in.ID, f.world.application, body.Name, ""))
	}
	if body.Message == nil {
		return reply{}, badRequest("message: This field is required")
	}
	m := &message{}
	m.Message = Message{ID: f.id(), Guild: in.Guild, Author: f.world.application, Created: f.now()}
	if err := body.Message.apply(f, m, c.files); err != nil {
		f.breach(c, err)
		return reply{}, err
	}
	thread := f.addThread(in.ID, f.world.application, body.Name, m.ID)
	m.Channel = thread.ID
	f.publish(c, thread, m, *body.Message)
	content := f.channelJSON(thread)
	content["message"] = f.messageJSON(m, true)
	return reply{http.StatusCreated, content}, nil
}

func (f *Fake) threadMade(c *call, thread *channel) (reply, error) {
	c.write = &Write{Kind: WriteThread}
	return reply{http.StatusCreated, f.channelJSON(thread)}, nil
}

// createThreadOn makes a thread that hangs on a message and has its id.
func (f *Fake) createThreadOn(c *call) (reply, error) {
	m, err := f.openMessage(c.PathValue("id"), c.PathValue("m"), CreatePublicThreads)
	if err != nil {
		return reply{}, err
	}
	var body threadBody
	if err := c.decode(&body); err != nil {
		return reply{}, err
	}
	if err := body.check(); err != nil {
		f.breach(c, err)
		return reply{}, err
	}
	switch in := f.world.channels[m.Channel]; {
	case m.thread != "":
		return reply{}, &refusal{http.StatusBadRequest, 160004, "A thread has already been created for this message"}
	case in.Guild == "" || in.Type == Thread:
		return reply{}, &refusal{http.StatusBadRequest, 50024, "Cannot execute action on this channel type"}
	}
	thread := f.addThread(m.Channel, f.world.application, body.Name, m.ID)
	m.thread = thread.ID
	m.flags |= flagHasThread
	return f.threadMade(c, thread)
}

func (f *Fake) patchChannel(c *call) (reply, error) {
	in, err := f.openChannel(c.PathValue("id"), 0)
	if err != nil {
		return reply{}, err
	}
	var body struct {
		Name     *string `json:"name"`
		Archived *bool   `json:"archived"`
	}
	if err := c.decode(&body); err != nil {
		return reply{}, err
	}
	wanted := ManageChannels
	if in.Type == Thread {
		wanted = ManageThreads
	}
	if in.owner != f.world.application && !f.permissions(f.world.application, in).Has(wanted) {
		return reply{}, missingPermissions()
	}
	if body.Name != nil {
		if !between(*body.Name, 1, 100) {
			return reply{}, badRequest("name: must be between 1 and 100 in length")
		}
		in.Name = *body.Name
	}
	if body.Archived != nil {
		in.archived = *body.Archived
	}
	c.write = &Write{Kind: WriteOther}
	return ok(f.channelJSON(in))
}

func (f *Fake) joinThread(c *call) (reply, error) {
	if _, err := f.openChannel(c.PathValue("id"), 0); err != nil {
		return reply{}, err
	}
	c.write = &Write{Kind: WriteOther}
	return nothing()
}

func (f *Fake) leaveGuild(c *call) (reply, error) {
	g, found := f.world.guilds[c.PathValue("id")]
	if !found || !g.present {
		return reply{}, unknown(10004, "Guild")
	}
	f.leave(g)
	c.write = &Write{Kind: WriteOther}
	return nothing()
}
