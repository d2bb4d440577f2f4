package discordtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
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

// Command is a registered command as a person's Discord lists it.
type Command struct {
	// ID names it; Guild is empty for one that is registered everywhere.
	ID, Guild string
	// Name and Description are those without a locale.
	Name, Description string
	// Message says that it stands in the menu of a message.
	Message bool
	// NameIn and DescriptionIn are the words of each locale.
	NameIn, DescriptionIn map[string]string
	Options               []CommandOption
	// Members are the permissions that a member needs to see it, 0 for none.
	Members Permissions
	// Contexts are where it is offered: 0 guilds, 1 the bot's direct messages, 2 other conversations.
	Contexts []int
}

// CommandOption is an option of a command.
type CommandOption struct {
	Name, Description      string
	Type                   int
	Required, Autocomplete bool
	Choices                []Choice
	Options                []CommandOption
}

// Commands lists the registered commands.
func (f *Fake) Commands() []Command {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	var all []Command
	for _, c := range f.commands {
		all = append(all, Command{
			ID: c.id, Guild: c.guild, Name: c.Name, Description: c.Description, Message: c.Type == commandMessage,
			NameIn: c.NameLocalizations, DescriptionIn: c.DescriptionLocalizations, Options: optionViews(c.Options),
			Members: c.memberPermissions(), Contexts: c.contexts(),
		})
	}
	return all
}

func optionViews(options []commandOption) []CommandOption {
	var all []CommandOption
	for _, o := range options {
		all = append(all, CommandOption{
			Name: o.Name, Description: o.Description, Type: o.Type, Required: o.Required,
			Autocomplete: o.Autocomplete, Choices: o.Choices, Options: optionViews(o.Options),
		})
	}
	return all
}

func (c *commandBody) memberPermissions() Permissions {
	bits, err := strconv.ParseUint(fmt.Sprint(c.DefaultMemberPermissions), 10, 64)
	if err != nil {
		return 0 // null or absent: everybody
	}
	return Permissions(bits)
}

func (c *commandBody) contexts() []int {
	switch {
	case len(c.Contexts) > 0:
		return c.Contexts
	case c.DMPermission != nil && !*c.DMPermission:
		return []int{0}
	}
	return []int{0, 1, 2}
}

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

// Limits of commands.
const (
	mostCommandName        = 32
	mostCommandDescription = 100
	mostCommandOptions     = 25
	mostCommandText        = 8000
)

// beyond checks a command.
func (c *commandBody) beyond() problems {
	var wrong problems
	total := 0
	switch c.Type {
	case commandSlash:
		total = textsBeyond(c.Name, c.Name, c.Description, c.NameLocalizations, c.DescriptionLocalizations, true, &wrong)
		total += optionsBeyond(c.Name, c.Options, &wrong)
	case commandUser, commandMessage:
		textsBeyond(c.Name, c.Name, "", c.NameLocalizations, nil, false, &wrong)
		if c.Description != "" || len(c.Options) > 0 {
			wrong.add("%s: a command of a menu has neither description nor options", c.Name)
		}
	default:
		wrong.add("%s.type: %d", c.Name, c.Type)
	}
	wrong.count(c.Name+": all characters", total, mostCommandText)
	return wrong
}

// textsBeyond checks names and descriptions, and returns how many characters
// count for the sum: for each text, the longest of all languages.
func textsBeyond(where, name, description string, names, descriptions map[string]string, slash bool, wrong *problems) int {
	nameBeyond(where, name, slash, wrong)
	longestName, longestDescription := length(name), length(description)
	for locale, text := range names {
		localeBeyond(where, locale, wrong)
		nameBeyond(where+"."+locale, text, slash, wrong)
		longestName = max(longestName, length(text))
	}
	if slash {
		wrong.some(where+".description", description, mostCommandDescription)
	}
	for locale, text := range descriptions {
		localeBeyond(where, locale, wrong)
		wrong.some(where+".description."+locale, text, mostCommandDescription)
		longestDescription = max(longestDescription, length(text))
	}
	return longestName + longestDescription
}

// nameBeyond checks a name: that of a slash command or an option is in small
// letters and without spaces.
func nameBeyond(where, name string, slash bool, wrong *problems) {
	wrong.some(where+".name", name, mostCommandName)
	if !slash {
		return
	}
	pattern := regexp.MustCompile(`^[-_'\p{L}\p{N}\p{Devanagari}\p{Thai}]{1,32}$`)
	if !pattern.MatchString(name) || strings.ToLower(name) != name {
		wrong.add("%s.name: %q is no name of a command or option", where, name)
	}
}

// localeBeyond checks that Discord has the locale.
func localeBeyond(where, locale string, wrong *problems) {
	const locales = " id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th zh-CN ja zh-TW ko "
	if !strings.Contains(locales, " "+locale+" ") {
		wrong.add("%s: Discord has no locale %q", where, locale)
	}
}

func optionsBeyond(where string, options []commandOption, wrong *problems) int {
	wrong.count(where+".options", len(options), mostCommandOptions)
	total, optional := 0, false
	for _, o := range options {
		at := where + "." + o.Name
		total += textsBeyond(at, o.Name, o.Description, o.NameLocalizations, o.DescriptionLocalizations, true, wrong)
		total += optionsBeyond(at, o.Options, wrong)
		if o.Type < 1 || o.Type > 11 {
			wrong.add("%s.type: %d", at, o.Type)
		}
		if o.Required && optional {
			wrong.add("%s: what is required comes before what is not", at)
		}
		optional = optional || !o.Required
		if o.Autocomplete && len(o.Choices) > 0 {
			wrong.add("%s: choices and autocomplete exclude each other", at)
		}
		*wrong = append(*wrong, choicesBeyond(o.Choices)...)
		for _, choice := range o.Choices {
			total += length(choice.Name) + length(fmt.Sprint(choice.Value))
		}
	}
	return total
}
