package outbox

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"spsbot/answer/reply"
	"spsbot/prompts"
)

// Outbox sends. It is safe for concurrent use.
type Outbox struct {
	client *client
	words  prompts.Interfaces
}

// New returns an outbox. The words are those of buttons, menus and panels.
func New(options Options, words prompts.Interfaces) *Outbox {
	return &Outbox{client: &client{Options: options, limits: newLimits()}, words: words}
}

// Types of answers to an interaction.
const (
	callbackMessage  = 4
	callbackDeferred = 5
	callbackUpdate   = 7
	callbackChoices  = 8
	callbackForm     = 9
)

// Interaction is something that a person did and that waits for an answer.
type Interaction struct {
	// ID names it; Token lets its answer be changed for fifteen minutes and is a credential.
	ID, Token string
	// Application is the bot's own id.
	Application string
	// Respond, if set, takes the first answer instead of Discord's REST
	// interface: the body of the response to an interaction that came by HTTP,
	// or nil when the answer was given by REST all the same.
	Respond func(ctx context.Context, body []byte) error
}

// callback is the first answer to an interaction.
type callback struct {
	Type int `json:"type"`
	Data any `json:"data,omitempty"`
}

// callback gives the first answer.
func (o *Outbox) callback(ctx context.Context, i Interaction, answer callback, file *File) (Sent, error) {
	var made struct {
		Resource struct {
			Message Sent `json:"message"`
		} `json:"resource"`
	}
	if i.Respond != nil && file == nil {
		body, err := json.Marshal(answer)
		if err != nil {
			return Sent{}, fmt.Errorf("write the answer to an interaction: %w", err)
		}
		return Sent{}, i.Respond(ctx, body)
	}
	err := o.client.do(ctx, request{
		method: http.MethodPost,
		path:   "/interactions/" + url.PathEscape(i.ID) + "/" + url.PathEscape(i.Token) + "/callback?with_response=true",
		body:   answer, file: file, repeatable: true, interaction: true,
	}, &made)
	if i.Respond != nil {
		err = errors.Join(err, i.Respond(ctx, nil))
	}
	return made.Resource.Message, err
}

// acknowledge gives a first answer that stands nowhere.
func (o *Outbox) acknowledge(ctx context.Context, i Interaction, answer callback) error {
	_, err := o.callback(ctx, i, answer, nil)
	return err
}

// Defer says that the reply comes later; without any words.
func (o *Outbox) Defer(ctx context.Context, i Interaction, style Style) error {
	data := map[string]int{}
	if style.Private {
		data["flags"] = flagEphemeral
	}
	return o.acknowledge(ctx, i, callback{Type: callbackDeferred, Data: data})
}

// Reply answers an interaction at once. Record is the id of what is answered;
// it stands in the ids of the buttons.
// Where Discord says so, the result is where the message stands.
func (o *Outbox) Reply(ctx context.Context, i Interaction, part reply.Part, record string, style Style, file *File) (Sent, error) {
	data := o.of(part, record, style)
	if file != nil {
		data.Attachments = []attachment{{ID: "0", Filename: file.Name}}
	}
	return o.callback(ctx, i, callback{Type: callbackMessage, Data: data}, file)
}

// Sent is a message that stands in a channel.
type Sent struct {
	ID      string `json:"id"`
	Channel string `json:"channel_id"`
}

// EditReply fills in, or changes, the answer to an interaction.
func (o *Outbox) EditReply(ctx context.Context, i Interaction, part reply.Part, record string, style Style) (Sent, error) {
	var sent Sent
	m := o.of(part, record, style)
	m.Flags &^= flagEphemeral // cannot be changed
	err := o.client.do(ctx, request{
		method: http.MethodPatch, path: webhookPath(i) + "/messages/@original", body: m, repeatable: true, interaction: true,
	}, &sent)
	return sent, err
}

// FollowUp sends a further part of the answer to an interaction. It is not
// repeated when it may have been carried out.
func (o *Outbox) FollowUp(ctx context.Context, i Interaction, part reply.Part, record string, style Style) (Sent, error) {
	var sent Sent
	err := o.client.do(ctx, request{
		method: http.MethodPost, path: webhookPath(i) + "?wait=true", body: o.of(part, record, style), interaction: true,
	}, &sent)
	return sent, err
}

func webhookPath(i Interaction) string {
	return "/webhooks/" + url.PathEscape(i.Application) + "/" + url.PathEscape(i.Token)
}

// Target is where a message is posted.
type Target struct {
	Channel string
	// ReplyTo is the message that is answered, empty for none.
	ReplyTo string
	// Nonce names the message; Discord posts one only of several with the same
	// nonce within a few minutes. At most 25 characters.
	Nonce string
	// Notify lets the person who is answered notice the reply: for one that
	// comes late.
	Notify bool
}

// Post posts a part of a reply. It may be repeated: the nonce keeps it single.
func (o *Outbox) Post(ctx context.Context, to Target, part reply.Part, record string, style Style) (Sent, error) {
	var sent Sent
	m := o.of(part, record, Style{Plain: style.Plain})
	m.Nonce, m.EnforceNonce = to.Nonce, to.Nonce != ""
	if to.ReplyTo != "" {
		m.Reference = &reference{Message: to.ReplyTo}
		m.AllowedMentions.RepliedUser = to.Notify
	}
	err := o.client.do(ctx, request{method: http.MethodPost, path: channelPath(to.Channel), body: m, repeatable: to.Nonce != ""}, &sent)
	return sent, err
}

// Edit changes a message that was posted.
func (o *Outbox) Edit(ctx context.Context, at Sent, part reply.Part, record string, style Style) error {
	m := o.of(part, record, Style{Plain: style.Plain})
	return o.client.do(ctx, request{method: http.MethodPatch, path: channelPath(at.Channel) + "/" + url.PathEscape(at.ID), body: m, repeatable: true}, nil)
}

// Delete removes a message that was posted; one that is gone already is no error.
func (o *Outbox) Delete(ctx context.Context, at Sent) error {
	err := o.client.do(ctx, request{method: http.MethodDelete, path: channelPath(at.Channel) + "/" + url.PathEscape(at.ID), repeatable: true}, nil)
	if Gone(err) {
		return nil
	}
	return err
}

func channelPath(channel string) string { return "/channels/" + url.PathEscape(channel) + "/messages" }
