package outbox

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
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
	state, err := o.GatewayState(ctx)
	return state.URL, err
}

// GatewayState is what Discord says of the gateway to this bot.
type GatewayState struct {
	URL string `json:"url"`
	// Shards is how many connections Discord would share the servers among.
	Shards int `json:"shards"`
	// Sessions are those that may be begun; who begins more loses the token.
	Sessions struct {
		Total     int `json:"total"`
		Remaining int `json:"remaining"`
		// ResetAfter is the time until Total remain again, in milliseconds.
		ResetAfter int64 `json:"reset_after"`
	} `json:"session_start_limit"`
}

// GatewayState asks for the gateway and how often the bot may still connect.
func (o *Outbox) GatewayState(ctx context.Context) (GatewayState, error) {
	var state GatewayState
	err := o.client.do(ctx, request{method: http.MethodGet, path: "/gateway/bot", repeatable: true}, &state)
	return state, err
}

// Channel is a channel of a server.
type Channel struct {
	ID     string `json:"id"`
	Server string `json:"guild_id"`
	Parent string `json:"parent_id"`
	Name   string `json:"name"`
	// Overwrites are what differs there from the permissions in the server.
	Overwrites []Overwrite `json:"permission_overwrites"`
}

// Channel looks a channel up.
func (o *Outbox) Channel(ctx context.Context, id string) (Channel, error) {
	var channel Channel
	err := o.client.do(ctx, request{method: http.MethodGet, path: "/channels/" + url.PathEscape(id), repeatable: true}, &channel)
	return channel, err
}

// Server is a server that the bot is in.
type Server struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Roles []Role `json:"roles"`
}

// mostServers is how many servers Discord lists at once.
const mostServers = 200

// Servers lists the servers that the bot is in, without their roles.
func (o *Outbox) Servers(ctx context.Context) ([]Server, error) {
	var all []Server
	for {
		query := url.Values{"limit": {strconv.Itoa(mostServers)}}
		if len(all) > 0 {
			query.Set("after", all[len(all)-1].ID)
		}
		var some []Server
		err := o.client.do(ctx, request{method: http.MethodGet, path: "/users/@me/guilds?" + query.Encode(), repeatable: true}, &some)
		if err != nil {
			return all, err
		}
		all = append(all, some...)
		if len(some) < mostServers {
			return all, nil
		}
	}
}

// Server looks a server up, with its roles.
func (o *Outbox) Server(ctx context.Context, id string) (Server, error) {
	var server Server
	err := o.client.do(ctx, request{method: http.MethodGet, path: "/guilds/" + url.PathEscape(id), repeatable: true}, &server)
	return server, err
}

// Member looks up which roles somebody has in a server.
func (o *Outbox) Member(ctx context.Context, server, person string) (Member, error) {
	member := Member{ID: person}
	path := "/guilds/" + url.PathEscape(server) + "/members/" + url.PathEscape(person)
	err := o.client.do(ctx, request{method: http.MethodGet, path: path, repeatable: true}, &member)
	return member, err
}
