package bot

import (
	"strconv"

	"spsbot/bot/outbox"
	"spsbot/prompts"
)

// Types of commands and options, and where commands can be used.
const (
	typeSlash   = 1
	typeMessage = 3
	optionText  = 3

	inServers = 0
	inDirect  = 1
	elsewhere = 2
)

// longestAsked is the length of the longest question by command, in characters.
const longestAsked = 1500

// Commands returns the commands with their names in all languages that Discord offers.
func Commands(words prompts.Interfaces) []outbox.Command {
	english := words.For("en")
	slash := func(key string) outbox.Command {
		names, descriptions := localised(words, key)
		return outbox.Command{
			Type: typeSlash, Name: english.Commands[key].Name, NameLocalizations: names,
			Description: english.Commands[key].Description, DescriptionLocalizations: descriptions,
			IntegrationTypes: []int{0, 1}, Contexts: []int{inServers, inDirect, elsewhere},
		}
	}
	ask := slash(commandAsk)
	names, descriptions := localised(words, optionQuestion)
	ask.Options = []outbox.CommandOption{{
		Type: optionText, Name: english.Commands[optionQuestion].Name, NameLocalizations: names,
		Description: english.Commands[optionQuestion].Description, DescriptionLocalizations: descriptions,
		Required: true, Autocomplete: true, MinLength: 1, MaxLength: longestAsked,
	}}
	commands := []outbox.Command{ask, slash(commandSources), slash(commandTrials), slash(commandAbout), slash(commandPrivacy)}
	manage := strconv.FormatUint(uint64(outbox.PermissionManageServer), 10)
	for _, key := range []string{commandSettings, commandSetup} {
		command := slash(key)
		command.DefaultMemberPermissions = &manage
		command.IntegrationTypes, command.Contexts = []int{0}, []int{inServers}
		commands = append(commands, command)
	}
	check := slash(commandCheck)
	check.Type, check.Description, check.DescriptionLocalizations = typeMessage, "", nil
	return append(commands, check)
}

// localised returns the names and descriptions of a command in Discord's tags.
func localised(words prompts.Interfaces, key string) (names, descriptions map[string]string) {
	names, descriptions = map[string]string{}, map[string]string{}
	for _, texts := range words {
		for _, locale := range texts.Locales {
			names[locale] = texts.Commands[key].Name
			if description := texts.Commands[key].Description; description != "" {
				descriptions[locale] = description
			}
		}
	}
	return names, descriptions
}
