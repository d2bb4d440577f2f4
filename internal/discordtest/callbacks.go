package discordtest

import (
	"encoding/json"
	"net/http"
	"time"
)

// Types of the first response to an interaction.
const (
	callbackPong           = 1
	callbackMessage        = 4
	callbackDeferred       = 5
	callbackDeferredUpdate = 6
	callbackUpdate         = 7
	callbackChoices        = 8
	callbackModal          = 9
)

// interactionRoutes are those that answer interactions.
func (f *Fake) interactionRoutes() map[string]endpoint {
	return map[string]endpoint{
		"POST /interactions/{id}/{token}/callback":    f.callback,
		"POST /webhooks/{app}/{token}":                f.followUp,
		"GET /webhooks/{app}/{token}/messages/{m}":    f.getFollowUp,
		"PATCH /webhooks/{app}/{token}/messages/{m}":  f.editFollowUp,
		"DELETE /webhooks/{app}/{token}/messages/{m}": f.deleteFollowUp,
	}
}

// callbackBody is the first response.
type callbackBody struct {
	Type int             `json:"type"`
	Data json.RawMessage `json:"data"`
}

// callback takes the first response over REST.
func (f *Fake) callback(c *call) (reply, error) {
	a := f.actions.byID[c.PathValue("id")]
	if a == nil || a.Token != c.PathValue("token") {
		return reply{}, unknown(10062, "interaction")
	}
	var body callbackBody
	if err := c.decode(&body); err != nil {
		return reply{}, err
	}
	if err := f.respond(c, a, body); err != nil {
		return reply{}, err
	}
	if c.URL.Query().Get("with_response") != "true" {
		return nothing()
	}
	about := object{"id": a.ID, "type": a.interactionType()}
	result := object{"interaction": about}
	if m := a.original; m != nil && body.Type != callbackDeferredUpdate {
		about["response_message_id"] = m.ID
		about["response_message_loading"], about["response_message_ephemeral"] = m.Loading, m.EphemeralFor != ""
		result["resource"] = object{"type": body.Type, "message": f.messageJSON(m, true)}
	}
	return ok(result)
}

// respond applies the first response, whichever way it came.
func (f *Fake) respond(c *call, a *Action, body callbackBody) error {
	switch {
	case a.callback != 0:
		return &refusal{http.StatusBadRequest, 40060, "Interaction has already been acknowledged."}
	case a.failed():
		return unknown(10062, "interaction")
	case !a.allows(body.Type):
		return badRequest("type: this response does not fit the interaction")
	}
	c.write = &Write{}
	var err error
	switch body.Type {
	case callbackMessage:
		err = f.respondMessage(c, a, body.Data)
	case callbackDeferred:
		err = f.respondDeferred(a, body.Data)
	case callbackDeferredUpdate:
		a.original = a.pressed
	case callbackUpdate:
		err = f.respondUpdate(c, a, body.Data)
	case callbackChoices:
		err = f.respondChoices(c, a, body.Data)
	case callbackModal:
		err = f.respondModal(c, a, body.Data)
	}
	if err != nil {
		return err
	}
	c.write.Kind, c.write.Callback, c.write.Trigger, c.write.Action = WriteCallback, body.Type, a.Trigger, a.ID
	if a.original != nil {
		c.write.Message = a.original.Message
	}
	a.callback, a.acked = body.Type, time.Now()
	a.touch()
	return nil
}

// allows reports whether a type of response fits the kind of interaction.
func (a *Action) allows(kind int) bool {
	switch kind {
	case callbackMessage, callbackDeferred:
		return a.Kind != KindAutocomplete
	case callbackDeferredUpdate, callbackUpdate:
		return a.pressed != nil
	case callbackChoices:
		return a.Kind == KindAutocomplete
	case callbackModal:
		return a.Kind != KindAutocomplete && a.Kind != KindModal
	}
	return false
}

// answerMessage makes the message of a response, which is not yet shown.
func (f *Fake) answerMessage(a *Action, flags int) *message {
	m := &message{interaction: a, flags: flags & flagEphemeral}
	m.Message = Message{ID: f.id(), Channel: a.Channel.ID, Guild: a.Channel.Guild, Author: f.world.application, Created: f.now()}
	if flags&flagEphemeral != 0 || !a.public {
		m.EphemeralFor = a.User.ID
		m.flags |= flagEphemeral
	}
	return m
}

func (f *Fake) respondMessage(c *call, a *Action, data json.RawMessage) error {
	var body messageBody
	if err := decodeInto(data, &body, "data"); err != nil {
		return err
	}
	m := f.answerMessage(a, body.Flags)
	if err := body.apply(f, m, c.files); err != nil {
		f.breach(c, err)
		return err
	}
	a.original = m
	f.addMessage(f.world.channels[m.Channel], m)
	f.inspect(c.route, m, body)
	a.note(m)
	f.dispatchMessage("MESSAGE_CREATE", m)
	return nil
}

func (f *Fake) respondDeferred(a *Action, data json.RawMessage) error {
	var body struct {
		Flags int `json:"flags"`
	}
	if err := decodeInto(data, &body, "data"); err != nil {
		return err
	}
	m := f.answerMessage(a, body.Flags)
	m.Loading = true
	m.flags |= flagLoading
	a.original = m
	f.addMessage(f.world.channels[m.Channel], m)
	a.note(m)
	f.dispatchMessage("MESSAGE_CREATE", m)
	return nil
}

// respondUpdate changes the message with the component.
func (f *Fake) respondUpdate(c *call, a *Action, data json.RawMessage) error {
	var body messageBody
	if err := decodeInto(data, &body, "data"); err != nil {
		return err
	}
	a.original = a.pressed
	if err := f.changeBy(c, a.pressed, body); err != nil {
		return err
	}
	a.note(a.pressed)
	return nil
}

func (f *Fake) respondChoices(c *call, a *Action, data json.RawMessage) error {
	var body struct {
		Choices []Choice `json:"choices"`
	}
	if err := decodeInto(data, &body, "data"); err != nil {
		return err
	}
	if err := refuse(choicesBeyond(body.Choices)); err != nil {
		f.breach(c, err)
		return err
	}
	a.choices = body.Choices
	return nil
}

func (f *Fake) respondModal(c *call, a *Action, data json.RawMessage) error {
	var body struct {
		CustomID   string      `json:"custom_id"`
		Title      string      `json:"title"`
		Components []Component `json:"components"`
	}
	if err := decodeInto(data, &body, "data"); err != nil {
		return err
	}
	modal := Modal{CustomID: body.CustomID, Title: body.Title, Components: body.Components, action: a}
	if err := refuse(modal.beyond()); err != nil {
		f.breach(c, err)
		return err
	}
	a.modal = &modal
	return nil
}
