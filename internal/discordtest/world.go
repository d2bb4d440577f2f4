package discordtest

import (
	"strconv"
	"time"
)

// ChannelType is Discord's number for a type of channel.
type ChannelType int

// The types of channels that the fake knows.
const (
	TextChannel   ChannelType = 0
	DirectChannel ChannelType = 1
	GroupChannel  ChannelType = 3
	Thread        ChannelType = 11
	ForumChannel  ChannelType = 15
)

// Guild is a server, as people call it.
type Guild struct{ ID, Name string }

// Channel is a channel, a thread, a post of a forum, or a direct conversation.
type Channel struct {
	// ID names it; Guild and Parent are empty where there is none.
	ID, Guild, Parent, Name string
	Type                    ChannelType
}

// Role is a role of a guild.
type Role struct{ ID, Guild, Name string }

// User is a person, or the bot. Locale is the language of the person's Discord
// and travels with each action, so that a test may change it in its own copy.
type User struct{ ID, Name, Locale string }

// world is the state that people and bot share.
type world struct {
	application string // its id, which is the bot's user id too
	guilds      map[string]*guild
	guildOrder  []string
	channels    map[string]*channel
	users       map[string]*user
	messages    map[string]*message
	direct      map[string]string // user → direct channel with the bot
	nonces      map[string]remembered
}

type remembered struct {
	message string
	at      time.Time
}

type guild struct {
	Guild
	locale   string
	roles    []*role
	members  map[string]*member
	channels []string
	present  bool // the bot is a member
}

type role struct {
	Role
	permissions Permissions
}

type member struct {
	roles  []string
	joined time.Time
}

type user struct {
	User
	bot       bool
	installed bool // uses the bot as a user install
	closed    bool // takes no direct messages
}

type channel struct {
	Channel
	owner      string
	recipients []string
	overwrites map[string]*overwrite
	archived   bool
	messages   []*message
	gone       int // how many of messages were forgotten
	typing     time.Time
	lastHuman  *Action // what was last written there by a person
}

type overwrite struct {
	member      bool
	allow, deny Permissions
}

// found makes the world with nobody in it but the bot.
func (f *Fake) found() {
	f.world = world{
		guilds: map[string]*guild{}, channels: map[string]*channel{}, users: map[string]*user{},
		messages: map[string]*message{}, direct: map[string]string{}, nonces: map[string]remembered{},
	}
	f.actions.start()
	f.gateway.start()
	f.world.application = f.id()
	f.world.users[f.world.application] = &user{User: User{ID: f.world.application, Name: "spsbot", Locale: "en-US"}, bot: true}
}

// discordEpoch is the first millisecond that an id can hold, of Unix time.
const discordEpoch = 1420070400000

// id makes an id as Discord does: the time in its upper bits.
func (f *Fake) id() string {
	f.counter++
	const low = 1<<22 - 1
	return strconv.FormatInt((f.now().UnixMilli()-discordEpoch)<<22|f.counter&low, 10)
}

// Bot is the bot itself; its id is the application's id, too.
func (f *Fake) Bot() User {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	return f.world.users[f.world.application].User
}

// NewUser makes a person who is in no guild.
func (f *Fake) NewUser(name string) User {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	u := &user{User: User{ID: f.id(), Name: name, Locale: "en-US"}}
	f.world.users[u.ID] = u
	return u.User
}

// SetLocale sets the language of a person's Discord for all that is done from now
// on with the returned copy, and with what User and Users return.
func (f *Fake) SetLocale(u User, locale string) User {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	f.world.users[u.ID].Locale = locale
	return f.world.users[u.ID].User
}

// NewOtherBot makes another bot, whose messages ours has to ignore.
func (f *Fake) NewOtherBot(name string) User {
	u := f.NewUser(name)
	f.mutex.Lock()
	defer f.mutex.Unlock()
	f.world.users[u.ID].bot = true
	return u
}

// NewGuild makes a guild that the bot is in, with the permissions of BotPermissions.
// The bot is told by GUILD_CREATE.
func (f *Fake) NewGuild(name string) Guild {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	id := f.id()
	g := &guild{Guild: Guild{ID: id, Name: name}, locale: "en-US", members: map[string]*member{}, present: true}
	g.roles = []*role{
		{Role{id, id, "@everyone"}, EveryonePermissions},
		{Role{f.id(), id, "spsbot"}, BotPermissions},
	}
	g.members[f.world.application] = &member{roles: []string{g.roles[1].ID}, joined: f.now()}
	f.world.guilds[id] = g
	f.world.guildOrder = append(f.world.guildOrder, id)
	f.dispatchGuild(g)
	return g.Guild
}

// SetGuildLocale sets a guild's preferred language, "en-US" at first.
func (f *Fake) SetGuildLocale(g Guild, locale string) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	f.world.guilds[g.ID].locale = locale
}

// Remove takes the bot out of a guild. It is told by GUILD_DELETE.
func (f *Fake) Remove(g Guild) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	f.leave(f.world.guilds[g.ID])
}

func (f *Fake) leave(g *guild) {
	g.present = false
	delete(g.members, f.world.application)
	f.dispatch(event{name: "GUILD_DELETE", guild: g.ID, intent: IntentGuilds, data: object{"id": g.ID}})
}

// Invite puts the bot into a guild that it was removed from.
func (f *Fake) Invite(g Guild) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	back := f.world.guilds[g.ID]
	back.present = true
	back.members[f.world.application] = &member{roles: []string{back.roles[1].ID}, joined: f.now()}
	f.dispatchGuild(back)
}

// Outage makes a guild unavailable, or available again: no removal.
func (f *Fake) Outage(g Guild, on bool) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if !on {
		f.dispatchGuild(f.world.guilds[g.ID])
		return
	}
	f.dispatch(event{name: "GUILD_DELETE", guild: g.ID, intent: IntentGuilds, data: map[string]any{"id": g.ID, "unavailable": true}})
}

// NewRole makes a role with permissions beyond those of everyone.
func (f *Fake) NewRole(g Guild, name string, permissions Permissions) Role {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	r := &role{Role{f.id(), g.ID, name}, permissions}
	f.world.guilds[g.ID].roles = append(f.world.guilds[g.ID].roles, r)
	return r.Role
}

// SetBotPermissions sets what the bot's own role allows in a guild.
func (f *Fake) SetBotPermissions(g Guild, permissions Permissions) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	f.world.guilds[g.ID].roles[1].permissions = permissions
}

// NewMember makes a person who is a member of a guild.
func (f *Fake) NewMember(g Guild, name string, roles ...Role) User {
	u := f.NewUser(name)
	f.Join(g, u, roles...)
	return u
}

// Join makes a person a member of a guild, with roles; who is one already gets
// these roles instead.
func (f *Fake) Join(g Guild, u User, roles ...Role) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	m := &member{joined: f.now()}
	for _, r := range roles {
		m.roles = append(m.roles, r.ID)
	}
	f.world.guilds[g.ID].members[u.ID] = m
}

// Install lets a person use the bot's commands everywhere (a user install).
func (f *Fake) Install(u User) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	f.world.users[u.ID].installed = true
}

// CloseDirect makes a person's account take no direct messages from the bot.
func (f *Fake) CloseDirect(u User) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	f.world.users[u.ID].closed = true
}

// NewChannel makes a text channel or a forum in a guild.
func (f *Fake) NewChannel(g Guild, name string, kind ChannelType) Channel {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	c := f.addChannel(Channel{Guild: g.ID, Name: name, Type: kind})
	f.dispatch(event{name: "CHANNEL_CREATE", guild: g.ID, intent: IntentGuilds, data: f.channelJSON(c)})
	return c.Channel
}

// NewThread makes a thread under a channel, or an empty post in a forum.
func (f *Fake) NewThread(parent Channel, owner User, name string) Channel {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	return f.addThread(parent.ID, owner.ID, name, "").Channel
}

// addThread makes a thread and tells the bot; id is that of the message that it
// hangs on, empty for none.
func (f *Fake) addThread(parent, owner, name, id string) *channel {
	c := f.addChannel(Channel{ID: id, Guild: f.world.channels[parent].Guild, Parent: parent, Name: name, Type: Thread})
	c.owner = owner
	f.dispatch(event{name: "THREAD_CREATE", guild: c.Guild, intent: IntentGuilds, data: f.channelJSON(c)})
	return c
}

// NewGroup makes a conversation of people among themselves, without the bot.
func (f *Fake) NewGroup(people ...User) Channel {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	c := f.addChannel(Channel{Type: GroupChannel})
	for _, u := range people {
		c.recipients = append(c.recipients, u.ID)
	}
	return c.Channel
}

// DirectChannel is the direct conversation of a person and the bot.
func (f *Fake) DirectChannel(u User) Channel {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	return f.directChannel(u.ID).Channel
}

func (f *Fake) directChannel(person string) *channel {
	if id, ok := f.world.direct[person]; ok {
		return f.world.channels[id]
	}
	c := f.addChannel(Channel{Type: DirectChannel})
	c.recipients = []string{person}
	f.world.direct[person] = c.ID
	return c
}

func (f *Fake) addChannel(made Channel) *channel {
	if made.ID == "" {
		made.ID = f.id()
	}
	c := &channel{Channel: made, overwrites: map[string]*overwrite{}}
	f.world.channels[made.ID] = c
	if g, ok := f.world.guilds[made.Guild]; ok {
		g.channels = append(g.channels, made.ID)
	}
	return c
}

// Overwrite sets what a role, or a person or the bot, may and may not do in a
// channel beyond what their roles say.
func (f *Fake) Overwrite(c Channel, roleOrUser string, allow, deny Permissions) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	_, isUser := f.world.users[roleOrUser]
	f.world.channels[c.ID].overwrites[roleOrUser] = &overwrite{member: isUser, allow: allow, deny: deny}
}
