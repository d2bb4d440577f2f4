package outbox

import "slices"

// Permissions are Discord's bits of what somebody may do (its documentation, 2026).
type Permissions uint64

// Permissions that are looked at.
const (
	permissionAdministrator Permissions = 1 << 3
	// PermissionManageServer is who may change the bot's settings.
	PermissionManageServer Permissions = 1 << 5
	// PermissionViewChannels is who can read a channel.
	PermissionViewChannels    Permissions = 1 << 10
	permissionSend            Permissions = 1 << 11
	permissionEmbed           Permissions = 1 << 14
	permissionAttach          Permissions = 1 << 15
	permissionHistory         Permissions = 1 << 16
	permissionMentionAllRoles Permissions = 1 << 17
	permissionSendInThreads   Permissions = 1 << 38
)

// NeededPermissions are those that the bot needs in a server: to see channels,
// write there and in threads, link with cards, attach the records that a person
// asks for, and read what it replies to.
const NeededPermissions = PermissionViewChannels | permissionSend | permissionSendInThreads | permissionEmbed | permissionAttach | permissionHistory

// Missing names the needed permissions that are not there, as Discord's English
// settings call them.
func (p Permissions) Missing() []string {
	var missing []string
	for _, one := range []struct {
		bit  Permissions
		name string
	}{
		{PermissionViewChannels, "View Channels"},
		{permissionSend, "Send Messages"},
		{permissionSendInThreads, "Send Messages in Threads"},
		{permissionEmbed, "Embed Links"},
		{permissionAttach, "Attach Files"},
		{permissionHistory, "Read Message History"},
	} {
		if p&one.bit == 0 {
			missing = append(missing, one.name)
		}
	}
	return missing
}

// Role is a role of a server. The one that has the server's id is everybody's.
type Role struct {
	ID          string      `json:"id"`
	Name        string      `json:"name"`
	Permissions Permissions `json:"permissions,string"`
	// Mentionable says that everybody may mention it.
	Mentionable bool `json:"mentionable"`
}

// Member is somebody in a server; without an ID and roles, anybody.
type Member struct {
	ID    string   `json:"-"`
	Roles []string `json:"roles"`
}

// Overwrite changes permissions in a channel, for a role or for one member.
type Overwrite struct {
	ID    string      `json:"id"`
	Allow Permissions `json:"allow,string"`
	Deny  Permissions `json:"deny,string"`
}

// Permissions returns what a member may do in the server, before the
// overwrites of channels. Of an owner it knows nothing: a bot is none.
func (s Server) Permissions(who Member) Permissions {
	var all Permissions
	for _, role := range s.Roles {
		if role.ID == s.ID || slices.Contains(who.Roles, role.ID) {
			all |= role.Permissions
		}
	}
	if all&permissionAdministrator != 0 {
		return ^Permissions(0)
	}
	return all
}

// PermissionsIn returns what a member may do in a channel: the overwrites for
// everybody come first, then those for roles together, then the member's own.
func (s Server) PermissionsIn(channel Channel, who Member) Permissions {
	all := s.Permissions(who)
	if all&permissionAdministrator != 0 {
		return all
	}
	var everybody, roles, own Overwrite
	for _, overwrite := range channel.Overwrites {
		switch {
		case overwrite.ID == s.ID:
			everybody = overwrite
		case overwrite.ID == who.ID:
			own = overwrite
		case slices.Contains(who.Roles, overwrite.ID):
			roles.Allow, roles.Deny = roles.Allow|overwrite.Allow, roles.Deny|overwrite.Deny
		}
	}
	for _, overwrite := range []Overwrite{everybody, roles, own} {
		all = all&^overwrite.Deny | overwrite.Allow
	}
	switch {
	case all&PermissionViewChannels == 0:
		return 0 // nothing can be done in what is not seen
	case all&permissionSend == 0:
		all &^= permissionEmbed | permissionAttach // they come with messages
	}
	return all
}

// MayMention reports whether who has these permissions notifies a role by mentioning it.
func (p Permissions) MayMention(role Role) bool {
	return role.Mentionable || p&permissionMentionAllRoles != 0
}
