package outbox

import (
	"context"
	"net/http"
	"net/url"
)

// Application is what Discord says of the bot itself.
type Application struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	// Flags say which privileged intents are switched on.
	Flags     int    `json:"flags"`
	PublicKey string `json:"verify_key"`
	// Endpoint is where interactions are posted, empty for the gateway.
	Endpoint string `json:"interactions_endpoint_url"`
}

// Flags of an application: its message content intent, for verified bots and others.
const (
	flagMessageContent        = 1 << 18
	flagMessageContentLimited = 1 << 19
)

// MayReadMessages reports whether the message content intent is switched on.
func (a Application) MayReadMessages() bool {
	return a.Flags&(flagMessageContent|flagMessageContentLimited) != 0
}

// Application asks who the token belongs to.
func (o *Outbox) Application(ctx context.Context) (Application, error) {
	var application Application
	err := o.client.do(ctx, request{method: http.MethodGet, path: "/applications/@me", repeatable: true}, &application)
	return application, err
}

// Gateway asks for the address of the gateway.
func (o *Outbox) Gateway(ctx context.Context) (string, error) {
	var gateway struct {
		URL string `json:"url"`
	}
	err := o.client.do(ctx, request{method: http.MethodGet, path: "/gateway/bot", repeatable: true}, &gateway)
	return gateway.URL, err
}

// Channel is a channel of a server.
type Channel struct {
	ID     string `json:"id"`
	Server string `json:"guild_id"`
	Parent string `json:"parent_id"`
	Name   string `json:"name"`
}

// Channel looks a channel up.
func (o *Outbox) Channel(ctx context.Context, id string) (Channel, error) {
	var channel Channel
	err := o.client.do(ctx, request{method: http.MethodGet, path: "/channels/" + url.PathEscape(id), repeatable: true}, &channel)
	return channel, err
}

// Permissions that the bot needs in a server (Discord's documentation, 2026):
// see channels, write there and in threads, link with cards, attach the records
// that a person asks for, read what it replies to.
const (
	permissionViewChannels  = 1 << 10
	permissionSend          = 1 << 11
	permissionEmbed         = 1 << 14
	permissionAttach        = 1 << 15
	permissionHistory       = 1 << 16
	permissionSendInThreads = 1 << 38

	// NeededPermissions are all of them.
	NeededPermissions = permissionViewChannels | permissionSend | permissionEmbed | permissionAttach | permissionHistory | permissionSendInThreads
)
