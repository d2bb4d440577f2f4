package discordtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
)

// command is a registered command, as sent and as read.
type command struct {
	id, guild, version string
	raw                object
	commandBody
}

// commandBody is what the fake reads of a command.
type commandBody struct {
	Type                     int               `json:"type"`
	Name                     string            `json:"name"`
	Description              string            `json:"description"`
	NameLocalizations        map[string]string `json:"name_localizations"`
	DescriptionLocalizations map[string]string `json:"description_localizations"`
	Options                  []commandOption   `json:"options"`
	DefaultMemberPermissions any               `json:"default_member_permissions"`
	DMPermission             *bool             `json:"dm_permission"`
	Contexts                 []int             `json:"contexts"`
	IntegrationTypes         []int             `json:"integration_types"`
}

type commandOption struct {
	Type                     int               `json:"type"`
	Name                     string            `json:"name"`
	Description              string            `json:"description"`
	NameLocalizations        map[string]string `json:"name_localizations"`
	DescriptionLocalizations map[string]string `json:"description_localizations"`
	Required                 bool              `json:"required"`
	Autocomplete             bool              `json:"autocomplete"`
	Choices                  []Choice          `json:"choices"`
	Options                  []commandOption   `json:"options"`
	MinLength                *int              `json:"min_length"`
	MaxLength                *int              `json:"max_length"`
}

// Types of commands.
const (
	commandSlash   = 1
	commandUser    = 2
	commandMessage = 3
)

// commandRoutes are those that register commands, everywhere and in a guild.
func (f *Fake) commandRoutes() map[string]endpoint {
	return map[string]endpoint{
		"GET /applications/{app}/commands":                        f.listCommands,
		"PUT /applications/{app}/commands":                        f.putCommands,
		"POST /applications/{app}/commands":                       f.postCommand,
		"PATCH /applications/{app}/commands/{id}":                 f.patchCommand,
		"DELETE /applications/{app}/commands/{id}":                f.deleteCommand,
		"GET /applications/{app}/guilds/{guild}/commands":         f.listCommands,
		"PUT /applications/{app}/guilds/{guild}/commands":         f.putCommands,
		"POST /applications/{app}/guilds/{guild}/commands":        f.postCommand,
		"PATCH /applications/{app}/guilds/{guild}/commands/{id}":  f.patchCommand,
		"DELETE /applications/{app}/guilds/{guild}/commands/{id}": f.deleteCommand,
	}
}

// ownApplication holds that the bot speaks of its own commands.
func (f *Fake) ownApplication(c *call) error {
	if c.PathValue("app") != f.world.application {
		return unknown(10002, "Application")
	}
	return nil
}

func (f *Fake) listCommands(c *call) (reply, error) {
	if err := f.ownApplication(c); err != nil {
		return reply{}, err
	}
	return ok(f.commandsJSON(c.PathValue("guild")))
}

func (f *Fake) commandsJSON(guild string) []object {
	all := []object{}
	for _, one := range f.commands {
		if one.guild == guild {
			all = append(all, one.raw)
		}
	}
	return all
}

// putCommands replaces all commands; one of the same name and type keeps its id.
func (f *Fake) putCommands(c *call) (reply, error) {
	if err := f.ownApplication(c); err != nil {
		return reply{}, err
	}
	var bodies []json.RawMessage
	if err := c.decode(&bodies); err != nil {
		return reply{}, err
	}
	guild := c.PathValue("guild")
	var made []*command
	for _, raw := range bodies {
		one, err := f.readCommand(raw, guild)
		if err != nil {
			f.breach(c, err)
			return reply{}, err
		}
		if slices.ContainsFunc(made, one.same) {
			err := badRequest("name: the command " + one.Name + " stands twice")
			f.breach(c, err)
			return reply{}, err
		}
		made = append(made, one)
	}
	for kind, most := range map[int]int{commandSlash: 100, commandUser: 15, commandMessage: 15} {
		if count := len(slices.DeleteFunc(slices.Clone(made), func(one *command) bool { return one.Type != kind })); count > most {
			return reply{}, &refusal{http.StatusBadRequest, 30032, fmt.Sprintf("Maximum number of application commands reached (%d)", most)}
		}
	}
	f.commands = append(slices.DeleteFunc(f.commands, func(one *command) bool { return one.guild == guild }), made...)
	c.write = &Write{Kind: WriteCommands}
	return ok(f.commandsJSON(guild))
}

func (c *command) same(other *command) bool {
	return c.guild == other.guild && c.Type == other.Type && c.Name == other.Name
}

// readCommand reads and checks a command, and gives it the id of the one before.
func (f *Fake) readCommand(raw json.RawMessage, guild string) (*command, error) {
	one := &command{guild: guild}
	if err := decodeInto(raw, &one.commandBody, "command"); err != nil {
		return nil, err
	}
	if err := decodeInto(raw, &one.raw, "command"); err != nil {
		return nil, err
	}
	if one.Type == 0 {
		one.Type = commandSlash
	}
	if err := refuse(one.beyond()); err != nil {
		return nil, err
	}
	one.id, one.version = f.id(), f.id()
	if at := slices.IndexFunc(f.commands, one.same); at >= 0 {
		one.id = f.commands[at].id
	}
	one.raw["id"], one.raw["application_id"], one.raw["version"], one.raw["type"] = one.id, f.world.application, one.version, one.Type
	if guild != "" {
		one.raw["guild_id"] = guild
	}
	return one, nil
}

func (f *Fake) postCommand(c *call) (reply, error) {
	if err := f.ownApplication(c); err != nil {
		return reply{}, err
	}
	one, err := f.readCommand(c.body, c.PathValue("guild"))
	if err != nil {
		f.breach(c, err)
		return reply{}, err
	}
	f.commands = append(slices.DeleteFunc(f.commands, one.same), one)
	c.write = &Write{Kind: WriteCommands}
	return reply{http.StatusCreated, one.raw}, nil
}

func (f *Fake) patchCommand(c *call) (reply, error) {
	at := slices.IndexFunc(f.commands, func(one *command) bool { return one.id == c.PathValue("id") })
	if at < 0 {
		return reply{}, unknown(10063, "application command")
	}
	merged := object{}
	for key, value := range f.commands[at].raw {
		merged[key] = value
	}
	if err := c.decode(&merged); err != nil {
		return reply{}, err
	}
	one, err := f.readCommand(encode(merged), c.PathValue("guild"))
	if err != nil {
		f.breach(c, err)
		return reply{}, err
	}
	one.id, one.raw["id"] = f.commands[at].id, f.commands[at].id
	f.commands[at] = one
	c.write = &Write{Kind: WriteCommands}
	return ok(one.raw)
}

func (f *Fake) deleteCommand(c *call) (reply, error) {
	at := slices.IndexFunc(f.commands, func(one *command) bool { return one.id == c.PathValue("id") })
	if at < 0 {
		return reply{}, unknown(10063, "application command")
	}
	f.commands = slices.Delete(f.commands, at, at+1)
	c.write = &Write{Kind: WriteCommands}
	return nothing()
}
