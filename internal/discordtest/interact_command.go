package discordtest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// offered finds a command as the person's Discord offers it at a place.
func (f *Fake) offered(a *Action, kind int, name string) (*command, error) {
	in := f.world.channels[a.Channel.ID]
	at := slices.IndexFunc(f.commands, func(c *command) bool {
		return c.Type == kind && c.Name == name && (c.guild == "" || c.guild == in.Guild)
	})
	if at < 0 {
		return nil, fmt.Errorf("no command %q is registered", name)
	}
	c := f.commands[at]
	integrations := c.IntegrationTypes
	if len(integrations) == 0 {
		integrations = []int{0}
	}
	byGuild := slices.Contains(integrations, 0) && f.present(in)
	byPerson := slices.Contains(integrations, 1) && f.world.users[a.User.ID].installed
	switch has := f.permissions(a.User.ID, in); {
	case !slices.Contains(c.contexts(), in.context()):
		return nil, fmt.Errorf("the command %q is not offered here", name)
	case !byGuild && !byPerson:
		return nil, fmt.Errorf("the command %q is not installed here", name)
	case in.Guild != "" && !has.Has(UseCommands):
		return nil, fmt.Errorf("%s may not use commands here", a.User.Name)
	case in.Guild != "" && byGuild && !has.Has(c.memberPermissions()):
		return nil, fmt.Errorf("%s does not have the permissions for the command %q", a.User.Name, name)
	}
	return c, nil
}

// useCommand uses a slash command, or asks for suggestions for its focused option.
func (f *Fake) useCommand(kind Kind, u User, c Channel, path, focused string, values Values) *Action {
	a := f.newAction(kind, path, u, f.world.channels[c.ID])
	if a.err != nil {
		return a
	}
	parts := strings.Fields(path)
	if len(parts) == 0 {
		a.err = errors.New("a command needs a name")
		return a
	}
	found, err := f.offered(a, commandSlash, parts[0])
	if err != nil {
		a.err = err
		return a
	}
	options, err := f.fill(found.Options, parts[1:], focused, values)
	if err != nil {
		a.err = fmt.Errorf("the command %q: %w", path, err)
		return a
	}
	data := object{"id": found.id, "name": found.Name, "type": found.Type, "options": options}
	if found.guild != "" {
		data["guild_id"] = found.guild
	}
	if resolved := f.resolved(leaves(found.Options), values, c.Guild); len(resolved) > 0 {
		data["resolved"] = resolved
	}
	f.send(a, data)
	return a
}

// fill writes the options of a command, going down into its subcommands.
func (f *Fake) fill(options []commandOption, path []string, focused string, values Values) ([]object, error) {
	if len(path) > 0 {
		at := slices.IndexFunc(options, func(o commandOption) bool { return o.Type <= 2 && o.Name == path[0] })
		if at < 0 {
			return nil, fmt.Errorf("there is no subcommand %q", path[0])
		}
		inner, err := f.fill(options[at].Options, path[1:], focused, values)
		return []object{{"name": path[0], "type": options[at].Type, "options": inner}}, err
	}
	filled := []object{}
	for _, o := range options {
		value, given := values[o.Name]
		switch {
		case o.Type <= 2:
			return nil, errors.New("it needs a subcommand")
		case !given && o.Required && focused == "":
			return nil, fmt.Errorf("the option %q is required", o.Name)
		case !given:
			continue
		}
		if err := o.accepts(value, o.Name == focused); err != nil {
			return nil, err
		}
		written := object{"name": o.Name, "type": o.Type, "value": value}
		if o.Name == focused {
			written["focused"] = true
		}
		filled = append(filled, written)
	}
	for name := range values {
		if !slices.ContainsFunc(options, func(o commandOption) bool { return o.Name == name }) {
			return nil, fmt.Errorf("there is no option %q", name)
		}
	}
	return filled, nil
}

// accepts reports whether Discord would let a person send the value.
func (o commandOption) accepts(value any, focused bool) error {
	if focused {
		if !o.Autocomplete {
			return fmt.Errorf("the option %q suggests nothing", o.Name)
		}
		return nil
	}
	if text, is := value.(string); is && o.Type == 3 {
		most := 6000
		if o.MaxLength != nil {
			most = *o.MaxLength
		}
		if length(text) > most || o.MinLength != nil && length(text) < *o.MinLength {
			return fmt.Errorf("the option %q is too long or too short", o.Name)
		}
	}
	if len(o.Choices) > 0 && !slices.ContainsFunc(o.Choices, func(c Choice) bool { return fmt.Sprint(c.Value) == fmt.Sprint(value) }) {
		return fmt.Errorf("the option %q has no choice %v", o.Name, value)
	}
	return nil
}

// Types of options whose value is an id.
const (
	optionUser        = 6
	optionChannel     = 7
	optionRole        = 8
	optionMentionable = 9
)

// resolved describes the people, roles and channels that options name.
func (f *Fake) resolved(options []commandOption, values Values, guild string) object {
	var ids []string
	for _, o := range options {
		switch o.Type {
		case optionUser, optionChannel, optionRole, optionMentionable:
			if id, is := values[o.Name].(string); is {
				ids = append(ids, id)
			}
		}
	}
	return f.resolve(ids, guild)
}

// leaves are the options that take values, those of subcommands included.
func leaves(options []commandOption) []commandOption {
	var all []commandOption
	for _, o := range options {
		if o.Type > 2 {
			all = append(all, o)
		}
		all = append(all, leaves(o.Options)...)
	}
	return all
}

// resolve describes what ids stand for.
func (f *Fake) resolve(ids []string, guild string) object {
	found := map[string]object{}
	put := func(kind, id string, what object) {
		if found[kind] == nil {
			found[kind] = object{}
		}
		found[kind][id] = what
	}
	g := f.world.guilds[guild]
	for _, id := range ids {
		if _, is := f.world.users[id]; is {
			put("users", id, f.userJSON(id))
			if g != nil && g.members[id] != nil {
				put("members", id, f.memberJSON(g, id, false))
			}
		}
		if c, is := f.world.channels[id]; is {
			described := f.channelJSON(c)
			described["permissions"] = f.permissions(f.world.application, c).String()
			put("channels", id, described)
		}
		if g == nil {
			continue
		}
		for i, r := range g.roles {
			if r.ID == id {
				put("roles", id, r.json(i))
			}
		}
	}
	resolved := object{}
	for kind, what := range found {
		resolved[kind] = what
	}
	return resolved
}

func (f *Fake) useMessageCommand(u User, name string, m Message) *Action {
	a := f.newAction(KindMessageCommand, name, u, f.world.channels[m.Channel])
	if a.err != nil {
		return a
	}
	found, err := f.offered(a, commandMessage, name)
	if err != nil {
		a.err = err
		return a
	}
	target, there := f.world.messages[m.ID]
	if !there || target.Deleted || target.EphemeralFor != "" {
		a.err = errors.New("there is no such message")
		return a
	}
	f.send(a, object{
		"id": found.id, "name": found.Name, "type": found.Type, "target_id": target.ID,
		"resolved": object{"messages": object{target.ID: f.messageJSON(target, true)}},
	})
	return a
}
