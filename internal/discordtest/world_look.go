package discordtest

import "slices"

// Guilds lists the guilds in the order of their making.
func (f *Fake) Guilds() []Guild {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	var all []Guild
	for _, id := range f.world.guildOrder {
		all = append(all, f.world.guilds[id].Guild)
	}
	return all
}

// Channels lists the channels and threads of a guild that a person may see.
func (f *Fake) Channels(g Guild, viewer User) []Channel {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	var all []Channel
	for _, id := range f.world.guilds[g.ID].channels {
		if f.sees(viewer.ID, f.world.channels[id]) {
			all = append(all, f.world.channels[id].Channel)
		}
	}
	return all
}

// Roles lists a guild's roles, that of everyone first.
func (f *Fake) Roles(g Guild) []Role {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	var all []Role
	for _, r := range f.world.guilds[g.ID].roles {
		all = append(all, r.Role)
	}
	return all
}

// Users lists the people; bots are left out.
func (f *Fake) Users() []User {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	var all []User
	for _, u := range f.world.users {
		if !u.bot {
			all = append(all, u.User)
		}
	}
	slices.SortFunc(all, func(a, b User) int { return compareIDs(a.ID, b.ID) })
	return all
}

// User looks a person or bot up by the id.
func (f *Fake) User(id string) (User, bool) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if u, ok := f.world.users[id]; ok {
		return u.User, true
	}
	return User{}, false
}

// Channel looks a channel up by its id.
func (f *Fake) Channel(id string) (Channel, bool) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if c, ok := f.world.channels[id]; ok {
		return c.Channel, true
	}
	return Channel{}, false
}

// compareIDs orders ids by their age.
func compareIDs(a, b string) int {
	if len(a) != len(b) {
		return len(a) - len(b)
	}
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
