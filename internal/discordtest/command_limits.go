package discordtest

import (
	"fmt"
	"regexp"
	"strings"
)

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
