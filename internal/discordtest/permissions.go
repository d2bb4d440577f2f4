package discordtest

import "slices"

// Permissions are Discord's bits of what somebody may do.
type Permissions uint64

// The permissions that the fake looks at.
const (
	Administrator         Permissions = 1 << 3
	ManageChannels        Permissions = 1 << 4
	ManageGuild           Permissions = 1 << 5
	AddReactions          Permissions = 1 << 6
	ViewChannel           Permissions = 1 << 10
	SendMessages          Permissions = 1 << 11
	ManageMessages        Permissions = 1 << 13
	EmbedLinks            Permissions = 1 << 14
	AttachFiles           Permissions = 1 << 15
	ReadMessageHistory    Permissions = 1 << 16
	MentionEveryone       Permissions = 1 << 17
	UseCommands           Permissions = 1 << 31
	ManageThreads         Permissions = 1 << 34
	CreatePublicThreads   Permissions = 1 << 35
	SendMessagesInThreads Permissions = 1 << 38
	ModerateMembers       Permissions = 1 << 40
	UseExternalApps       Permissions = 1 << 50

	// EveryonePermissions is what a new guild lets everybody do.
	EveryonePermissions = AddReactions | ViewChannel | SendMessages | EmbedLinks | AttachFiles | ReadMessageHistory |
		UseCommands | CreatePublicThreads | SendMessagesInThreads | UseExternalApps
	// BotPermissions is what the bot's role allows in a new guild.
	BotPermissions = ViewChannel | SendMessages | EmbedLinks | AttachFiles | ReadMessageHistory | CreatePublicThreads | SendMessagesInThreads

	allPermissions Permissions = 1<<53 - 1
)

// Has reports whether all of the wanted ones are there.
func (p Permissions) Has(wanted Permissions) bool { return p&wanted == wanted }

// Permissions returns what somebody may do in a channel.
func (f *Fake) Permissions(u User, c Channel) Permissions {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	return f.permissions(u.ID, f.world.channels[c.ID])
}

// permissions computes what somebody may do: the roles, then the channel's
// overwrites for everyone, for roles, and for the person. A thread has those of
// the channel that it is in.
func (f *Fake) permissions(person string, c *channel) Permissions {
	g, inGuild := f.world.guilds[c.Guild]
	if !inGuild {
		if slices.Contains(c.recipients, person) || c.Type == DirectChannel && person == f.world.application {
			return EveryonePermissions
		}
		return 0
	}
	m, isMember := g.members[person]
	if !isMember {
		return 0
	}
	var base Permissions
	for i, r := range g.roles {
		if i == 0 || slices.Contains(m.roles, r.ID) {
			base |= r.permissions
		}
	}
	if base.Has(Administrator) {
		return allPermissions
	}
	if parent, ok := f.world.channels[c.Parent]; ok {
		c = parent
	}
	return c.overwritten(base, person, m.roles)
}

// overwritten applies a channel's overwrites.
func (c *channel) overwritten(base Permissions, person string, roles []string) Permissions {
	if o, ok := c.overwrites[c.Guild]; ok {
		base = base&^o.deny | o.allow
	}
	var allow, deny Permissions
	for _, id := range roles {
		if o, ok := c.overwrites[id]; ok {
			allow, deny = allow|o.allow, deny|o.deny
		}
	}
	base = base&^deny | allow
	if o, ok := c.overwrites[person]; ok && o.member {
		base = base&^o.deny | o.allow
	}
	if !base.Has(ViewChannel) {
		return 0
	}
	return base
}

func (f *Fake) sees(person string, c *channel) bool {
	return f.permissions(person, c).Has(ViewChannel)
}
