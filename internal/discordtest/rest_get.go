package discordtest

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// getRoutes are those that only look.
func (f *Fake) getRoutes() map[string]endpoint {
	return map[string]endpoint{
		"GET /gateway":                    func(*call) (reply, error) { return ok(object{"url": f.gatewayURL()}) },
		"GET /gateway/bot":                f.getGatewayBot,
		"GET /applications/@me":           func(*call) (reply, error) { return ok(f.applicationJSON()) },
		"PATCH /applications/@me":         func(*call) (reply, error) { return ok(f.applicationJSON()) },
		"GET /oauth2/applications/@me":    func(*call) (reply, error) { return ok(f.applicationJSON()) },
		"GET /users/{id}":                 f.getUser,
		"GET /users/@me/guilds":           f.getMyGuilds,
		"GET /channels/{id}":              f.getChannel,
		"GET /channels/{id}/messages":     f.getMessages,
		"GET /channels/{id}/messages/{m}": f.getMessage,
		"GET /guilds/{id}":                f.inGuildOf(func(g *guild, _ *call) any { return f.guildJSON(g) }),
		"GET /guilds/{id}/roles":          f.inGuildOf(func(g *guild, _ *call) any { return f.rolesJSON(g) }),
		"GET /guilds/{id}/channels":       f.inGuildOf(func(g *guild, _ *call) any { return f.channelsJSON(g, false) }),
		"GET /guilds/{id}/threads/active": f.inGuildOf(func(g *guild, _ *call) any { return object{"threads": f.channelsJSON(g, true), "members": []any{}} }),
		"GET /guilds/{id}/members/{user}": f.getMember,
	}
}

func (f *Fake) gatewayURL() string { return "ws://" + f.listener.Addr().String() }

func (f *Fake) getGatewayBot(*call) (reply, error) {
	return ok(object{
		"url": f.gatewayURL(), "shards": 1,
		"session_start_limit": object{"total": 1000, "remaining": max(0, 1000-f.gateway.identifies), "reset_after": 86400000, "max_concurrency": 1},
	})
}

// Flags of an application: the privileged intents that are switched on for a
// bot in fewer than a hundred guilds.
const (
	flagPresenceLimited       = 1 << 13
	flagGuildMembersLimited   = 1 << 15
	flagMessageContentLimited = 1 << 19
)

func (f *Fake) applicationFlags() int {
	flags := 0
	for intent, flag := range map[int]int{
		IntentPresences: flagPresenceLimited, IntentGuildMembers: flagGuildMembersLimited, IntentMessageContent: flagMessageContentLimited,
	} {
		if f.options.Privileged&intent != 0 {
			flags |= flag
		}
	}
	return flags
}

func (f *Fake) applicationJSON() object {
	return object{
		"id": f.world.application, "name": f.world.users[f.world.application].Name, "icon": nil, "description": "", "bot_public": true,
		"bot_require_code_grant": false, "verify_key": f.PublicKey(), "flags": f.applicationFlags(), "bot": f.userJSON(f.world.application),
		"integration_types_config": object{"0": object{}, "1": object{}}, "interactions_endpoint_url": orNull(f.endpoint),
		"approximate_guild_count": len(f.world.guilds), "owner": f.userJSON(f.world.application), "team": nil, "summary": "",
	}
}

func (f *Fake) getUser(c *call) (reply, error) {
	id := c.PathValue("id")
	if id == "@me" {
		id = f.world.application
	}
	if _, found := f.world.users[id]; !found {
		return reply{}, unknown(10013, "User")
	}
	return ok(f.userJSON(id))
}

func (f *Fake) getMyGuilds(*call) (reply, error) {
	all := []object{}
	for _, id := range f.world.guildOrder {
		if g := f.world.guilds[id]; g.present {
			all = append(all, object{"id": id, "name": g.Name, "icon": nil, "owner": false, "permissions": g.roles[1].permissions.String(), "features": []string{}})
		}
	}
	return ok(all)
}

// inGuildOf answers from a guild that the bot is in.
func (f *Fake) inGuildOf(content func(*guild, *call) any) endpoint {
	return func(c *call) (reply, error) {
		g, found := f.world.guilds[c.PathValue("id")]
		switch {
		case !found:
			return reply{}, unknown(10004, "Guild")
		case !g.present:
			return reply{}, missingAccess()
		}
		return ok(content(g, c))
	}
}

func (f *Fake) channelsJSON(g *guild, threads bool) []object {
	all := []object{}
	for _, id := range g.channels {
		if c := f.world.channels[id]; (c.Type == Thread) == threads {
			all = append(all, f.channelJSON(c))
		}
	}
	return all
}

func (f *Fake) getMember(c *call) (reply, error) {
	g, found := f.world.guilds[c.PathValue("id")]
	if !found || !g.present {
		return reply{}, unknown(10004, "Guild")
	}
	id := c.PathValue("user")
	if id == "@me" {
		id = f.world.application
	}
	if _, is := g.members[id]; !is {
		return reply{}, unknown(10007, "Member")
	}
	return ok(f.memberJSON(g, id, true))
}

// openChannel finds a channel in which the bot has the wanted permissions.
func (f *Fake) openChannel(id string, wanted Permissions) (*channel, error) {
	c, found := f.world.channels[id]
	if !found || c.Type == GroupChannel {
		return nil, unknown(10003, "Channel")
	}
	has := f.permissions(f.world.application, c)
	switch {
	case !has.Has(ViewChannel) || !f.present(c):
		return nil, missingAccess()
	case !has.Has(wanted):
		return nil, missingPermissions()
	}
	return c, nil
}

func (f *Fake) getChannel(c *call) (reply, error) {
	in, err := f.openChannel(c.PathValue("id"), 0)
	if err != nil {
		return reply{}, err
	}
	return ok(f.channelJSON(in))
}

// openMessage finds a message that is not ephemeral and not deleted.
func (f *Fake) openMessage(channel, id string, wanted Permissions) (*message, error) {
	in, err := f.openChannel(channel, wanted)
	if err != nil {
		return nil, err
	}
	m, found := f.world.messages[id]
	if !found || m.Channel != in.ID || m.Deleted || m.EphemeralFor != "" {
		return nil, unknown(10008, "Message")
	}
	return m, nil
}

func (f *Fake) getMessage(c *call) (reply, error) {
	m, err := f.openMessage(c.PathValue("id"), c.PathValue("m"), ReadMessageHistory)
	if err != nil {
		return reply{}, err
	}
	return ok(f.messageJSON(m, f.readsContent(m)))
}

// readsContent reports whether REST shows the bot what the message says.
func (f *Fake) readsContent(m *message) bool {
	return m.Guild == "" || f.options.Privileged&IntentMessageContent != 0 || slices.Contains(m.Pings, f.world.application)
}

// getMessages lists messages, the latest first, as Discord does.
func (f *Fake) getMessages(c *call) (reply, error) {
	in, err := f.openChannel(c.PathValue("id"), ReadMessageHistory)
	if err != nil {
		return reply{}, err
	}
	query := c.URL.Query()
	limit := 50
	if text := query.Get("limit"); text != "" {
		if limit, err = strconv.Atoi(text); err != nil || limit < 1 || limit > 100 {
			return reply{}, &refusal{http.StatusBadRequest, 50035, "limit: int value should be between 1 and 100"}
		}
	}
	all := []object{}
	for _, m := range slices.Backward(in.messages) {
		before, after := query.Get("before"), query.Get("after")
		if m.Deleted || m.forgotten || m.EphemeralFor != "" || before != "" && compareIDs(m.ID, before) >= 0 || after != "" && compareIDs(m.ID, after) <= 0 {
			continue
		}
		if all = append(all, f.messageJSON(m, f.readsContent(m))); len(all) == limit {
			break
		}
	}
	return ok(all)
}

// snowflake reports whether a text looks like an id.
func snowflake(text string) bool {
	return text != "" && len(text) <= 20 && strings.Trim(text, "0123456789") == ""
}
