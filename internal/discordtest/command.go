package discordtest

import (
	"fmt"
	"strconv"
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
		all = append(all, c.view())
	}
	return all
}

// Offered lists the commands that a person's Discord offers in a channel.
func (f *Fake) Offered(u User, c Channel) []Command {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	var all []Command
	for _, one := range f.commands {
		a := f.newAction(KindSlash, one.Name, u, f.world.channels[c.ID])
		if a.err != nil {
			return nil
		}
		if _, err := f.offered(a, one.Type, one.Name); err == nil {
			all = append(all, one.view())
		}
	}
	return all
}

func (c *command) view() Command {
	return Command{
		ID: c.id, Guild: c.guild, Name: c.Name, Description: c.Description, Message: c.Type == commandMessage,
		NameIn: c.NameLocalizations, DescriptionIn: c.DescriptionLocalizations, Options: optionViews(c.Options),
		Members: c.memberPermissions(), Contexts: c.contexts(),
	}
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
