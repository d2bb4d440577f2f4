package discordtest

import (
	"encoding/json"
	"slices"
	"strconv"
	"time"
)

// object is a JSON object as Discord sends it.
type object = map[string]any

func stamp(at time.Time) any {
	if at.IsZero() {
		return nil
	}
	return at.UTC().Format("2006-01-02T15:04:05.000000+00:00")
}

func (p Permissions) String() string { return strconv.FormatUint(uint64(p), 10) }

// orNull writes an empty id as null.
func orNull(id string) any {
	if id == "" {
		return nil
	}
	return id
}

func (f *Fake) userJSON(id string) object {
	u := f.world.users[id]
	if u == nil {
		u = &user{User: User{ID: id, Name: "Deleted User"}}
	}
	return object{
		"id": u.ID, "username": u.Name, "global_name": u.Name, "discriminator": "0", "avatar": nil,
		"bot": u.bot, "system": false, "public_flags": 0, "flags": 0,
	}
}

// memberJSON leaves the user out where Discord does.
func (f *Fake) memberJSON(g *guild, id string, withUser bool) object {
	m := g.members[id]
	if m == nil {
		m = &member{}
	}
	o := object{
		"roles": append([]string{}, m.roles...), "joined_at": stamp(m.joined), "nick": nil, "avatar": nil,
		"deaf": false, "mute": false, "flags": 0, "pending": false, "premium_since": nil, "communication_disabled_until": nil,
	}
	if withUser {
		o["user"] = f.userJSON(id)
	}
	return o
}

func (r *role) json(position int) object {
	return object{
		"id": r.ID, "name": r.Name, "permissions": r.permissions.String(), "position": position, "color": 0,
		"colors": object{"primary_color": 0}, "hoist": false, "managed": position == 1, "mentionable": false, "flags": 0,
	}
}

func (f *Fake) rolesJSON(g *guild) []object {
	all := []object{}
	for i, r := range g.roles {
		all = append(all, r.json(i))
	}
	return all
}

func (f *Fake) channelJSON(c *channel) object {
	o := object{"id": c.ID, "type": c.Type, "flags": 0}
	if last := f.lastMessage(c); last != "" {
		o["last_message_id"] = last
	}
	if c.Guild == "" {
		o["recipients"] = f.usersJSON(c.recipients)
		return o
	}
	o["guild_id"], o["name"], o["parent_id"] = c.Guild, c.Name, orNull(c.Parent)
	o["nsfw"], o["rate_limit_per_user"] = false, 0
	if c.Type == Thread {
		o["owner_id"], o["message_count"], o["member_count"] = c.owner, len(c.messages), 1
		o["thread_metadata"] = object{"archived": c.archived, "locked": false, "auto_archive_duration": 1440, "archive_timestamp": stamp(f.now())}
		return o
	}
	overwrites := []object{}
	for id, w := range c.overwrites {
		kind := 0
		if w.member {
			kind = 1
		}
		overwrites = append(overwrites, object{"id": id, "type": kind, "allow": w.allow.String(), "deny": w.deny.String()})
	}
	o["permission_overwrites"], o["position"], o["topic"] = overwrites, 0, nil
	return o
}

func (f *Fake) lastMessage(c *channel) string {
	for _, m := range slices.Backward(c.messages) {
		if !m.Deleted && m.EphemeralFor == "" {
			return m.ID
		}
	}
	return ""
}

func (f *Fake) usersJSON(ids []string) []object {
	all := []object{}
	for _, id := range ids {
		all = append(all, f.userJSON(id))
	}
	return all
}

func (f *Fake) guildJSON(g *guild) object {
	return object{
		"id": g.ID, "name": g.Name, "icon": nil, "splash": nil, "owner_id": g.ID, "roles": f.rolesJSON(g), "emojis": []any{},
		"stickers": []any{}, "features": []string{"COMMUNITY"}, "preferred_locale": g.locale, "afk_timeout": 300, "verification_level": 1,
		"default_message_notifications": 1, "explicit_content_filter": 2, "mfa_level": 0, "system_channel_flags": 0,
		"premium_tier": 0, "nsfw_level": 0, "premium_progress_bar_enabled": false,
	}
}

// guildCreateJSON is a guild as the gateway tells of it.
func (f *Fake) guildCreateJSON(g *guild) object {
	o := f.guildJSON(g)
	channels, threads := []object{}, []object{}
	for _, id := range g.channels {
		switch c := f.world.channels[id]; {
		case !f.sees(f.world.application, c):
		case c.Type == Thread:
			threads = append(threads, f.channelJSON(c))
		default:
			channels = append(channels, f.channelJSON(c))
		}
	}
	o["channels"], o["threads"] = channels, threads
	o["members"] = []object{f.memberJSON(g, f.world.application, true)}
	o["member_count"], o["large"], o["unavailable"] = len(g.members), false, false
	o["joined_at"] = stamp(g.members[f.world.application].joined)
	o["presences"], o["voice_states"], o["stage_instances"], o["guild_scheduled_events"], o["soundboard_sounds"] = []any{}, []any{}, []any{}, []any{}, []any{}
	return o
}

// messageJSON writes a message as REST answers have it. What others wrote is
// left out where the reader may not have it.
func (f *Fake) messageJSON(m *message, withContent bool) object {
	o := object{
		"id": m.ID, "channel_id": m.Channel, "author": f.userJSON(m.Author), "timestamp": stamp(m.Created), "edited_timestamp": stamp(m.Edited),
		"tts": false, "mention_everyone": slices.Contains(m.Pings, "everyone"), "pinned": false, "flags": m.flags, "type": 0,
		"content": "", "embeds": []any{}, "components": []any{}, "attachments": []any{},
		"mentions": f.mentionsJSON(m), "mention_roles": f.mentionedRoles(m),
	}
	if withContent || m.Author == f.world.application {
		o["content"], o["attachments"] = m.Content, m.filesJSON()
		o["embeds"], o["components"] = orEmpty(m.rawEmbeds), orEmpty(m.rawComponents)
	}
	if a := m.interaction; a != nil {
		o["webhook_id"], o["application_id"] = f.world.application, f.world.application
		o["interaction_metadata"] = object{
			"id": a.ID, "type": a.interactionType(), "user": f.userJSON(a.User.ID), "authorizing_integration_owners": a.owners,
		}
		o["type"] = 20
		if a.Kind == KindMessageCommand {
			o["type"] = 23
		}
	}
	if m.Reference != "" {
		o["type"] = 19
		o["message_reference"] = object{"type": 0, "message_id": m.Reference, "channel_id": m.Channel, "guild_id": orNull(m.Guild)}
		o["referenced_message"] = nil
		if to, ok := f.world.messages[m.Reference]; ok && !to.Deleted {
			referred := f.messageJSON(to, withContent || slices.Contains(to.Pings, f.world.application))
			delete(referred, "referenced_message") // one level deep, as Discord does
			o["referenced_message"] = referred
		}
	}
	if m.thread != "" {
		o["thread"] = f.channelJSON(f.world.channels[m.thread])
	}
	return o
}

func orEmpty(raw json.RawMessage) any {
	if len(raw) == 0 || string(raw) == "null" {
		return []any{}
	}
	return raw
}

func (m *message) filesJSON() []object {
	all := []object{}
	for i, file := range m.Files {
		all = append(all, object{
			"id": m.ID + strconv.Itoa(i), "filename": file.Name, "description": orNull(file.Description), "size": file.Size,
			"url": "https://cdn.discordapp.com/attachments/" + m.ID + "/" + file.Name, "proxy_url": "https://media.discordapp.net/attachments/" + m.ID + "/" + file.Name,
		})
	}
	return all
}

// mentionsJSON lists whom the message names and notifies; a reply names the
// author of the message before.
func (f *Fake) mentionsJSON(m *message) []object {
	var ids []string
	for _, id := range m.Pings {
		if _, ok := f.world.users[id]; ok {
			ids = append(ids, id)
		}
	}
	if to, ok := f.world.messages[m.Reference]; ok && m.reply && !slices.Contains(ids, to.Author) {
		ids = append(ids, to.Author)
	}
	return f.usersJSON(ids)
}

func (f *Fake) mentionedRoles(m *message) []string {
	ids := []string{}
	if g, ok := f.world.guilds[m.Guild]; ok {
		for _, r := range g.roles {
			if slices.Contains(m.Pings, r.ID) {
				ids = append(ids, r.ID)
			}
		}
	}
	return ids
}
