package discordtest

import "net/http"

// byToken finds the interaction of a token that is still good.
func (f *Fake) byToken(c *call) (*Action, error) {
	a := f.actions.byToken[c.PathValue("token")]
	switch {
	case a == nil || c.PathValue("app") != f.world.application || a.callback == 0:
		return nil, unknown(10015, "Webhook")
	case f.now().Sub(a.created) > f.options.TokenLife:
		return nil, &refusal{http.StatusUnauthorized, 50027, "Invalid Webhook Token"}
	}
	return a, nil
}

// followUp posts a further message. Where the first is still awaited, it takes
// its place, as Discord does for the sake of old bots.
func (f *Fake) followUp(c *call) (reply, error) {
	a, err := f.byToken(c)
	if err != nil {
		return reply{}, err
	}
	if a.original != nil && a.original.Loading && !a.original.Deleted {
		return f.change(c, a.original)
	}
	var body messageBody
	if err := c.decode(&body); err != nil {
		return reply{}, err
	}
	in := f.world.channels[a.Channel.ID]
	if err := f.moreFollowUps(a, in); err != nil {
		return reply{}, err
	}
	m := f.answerMessage(a, body.Flags)
	if err := body.apply(f, m, c.files); err != nil {
		f.breach(c, err)
		return reply{}, err
	}
	f.publish(c, in, m, body)
	return ok(f.messageJSON(m, true))
}

// moreFollowUps holds Discord's limit for apps that are not in the guild.
func (f *Fake) moreFollowUps(a *Action, in *channel) error {
	const most = 5
	if f.present(in) {
		return nil
	}
	count := 0
	for _, m := range a.replies {
		if m != a.original {
			count++
		}
	}
	if count >= most {
		return &refusal{http.StatusBadRequest, 40094, "Maximum number of follow-up messages has been reached for this interaction"}
	}
	return nil
}

// ownFollowUp finds a message that the interaction's token reaches.
func (f *Fake) ownFollowUp(c *call) (*message, error) {
	a, err := f.byToken(c)
	if err != nil {
		return nil, err
	}
	m := f.world.messages[c.PathValue("m")]
	if c.PathValue("m") == "@original" {
		m = a.original
	}
	if m == nil || m.Deleted || m.interaction != a && m != a.original && m != a.pressed {
		return nil, unknown(10008, "Message")
	}
	return m, nil
}

func (f *Fake) getFollowUp(c *call) (reply, error) {
	m, err := f.ownFollowUp(c)
	if err != nil {
		return reply{}, err
	}
	return ok(f.messageJSON(m, true))
}

func (f *Fake) editFollowUp(c *call) (reply, error) {
	m, err := f.ownFollowUp(c)
	if err != nil {
		return reply{}, err
	}
	answer, err := f.change(c, m)
	if a := f.actions.byToken[c.PathValue("token")]; err == nil && a != m.action() {
		a.note(m) // the message of somebody else's command, changed by a button
	}
	return answer, err
}

func (f *Fake) deleteFollowUp(c *call) (reply, error) {
	m, err := f.ownFollowUp(c)
	if err != nil {
		return reply{}, err
	}
	f.remove(c, m)
	return nothing()
}
