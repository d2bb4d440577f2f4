package prompts_test

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"spsbot/prompts"
)

func loadInterfaces(t *testing.T) prompts.Interfaces {
	t.Helper()
	words, err := prompts.LoadInterfaces(prompts.Files())
	if err != nil {
		t.Fatal(err)
	}
	return words
}

// longestButton is the length of the longest label of a button on Discord, in characters.
const longestButton = 80

// messageCommand is the command in the menu of a message, which has no description.
const messageCommand = "check"

// Every language of the replies has every text of Discord, and no other has one.
func TestInterfaceTextsAreComplete(t *testing.T) {
	words := loadInterfaces(t)
	if want, got := loadLocales(t).Tags(), slices.Sorted(maps.Keys(words)); !slices.Equal(got, want) {
		t.Errorf("texts for Discord in %q, replies in %q", got, want)
	}
	english := catalog(t, "discord/en.yaml", "locales")
	for tag := range words {
		t.Run(tag, func(t *testing.T) {
			texts := catalog(t, "discord/"+tag+".yaml", "locales")
			compareTexts(t, texts, english, func(key string) bool { return key == "commands."+messageCommand+".description" })
			if texts["commands."+messageCommand+".description"] != "" {
				t.Error("Discord refuses a message command with a description")
			}
		})
	}
}

// Discord refuses longer texts: all commands when one of them is too long.
func TestInterfaceTextsFit(t *testing.T) {
	limits := []struct {
		key  *regexp.Regexp
		most int // characters
	}{
		{regexp.MustCompile(`^commands\.\w+\.name$`), 32},
		{regexp.MustCompile(`^commands\.\w+\.description$`), 100},
		{regexp.MustCompile(`^buttons\.`), longestButton},
		{regexp.MustCompile(`^panels\.(next|back|clear|on|off)$`), longestButton},
		{regexp.MustCompile(`^modals\.\w+\.(title|label)$`), 45},
		{regexp.MustCompile(`^modals\.\w+\.placeholder$`), 100},
		{regexp.MustCompile(`^menus\.|^panels\.(choose|not_set)$`), 150},
		{regexp.MustCompile(`^sections\.\w+\.title$`), 100},
		{regexp.MustCompile(`.`), 1000}, // half of a message
	}
	for tag := range loadInterfaces(t) {
		for key, text := range catalog(t, "discord/"+tag+".yaml", "locales") {
			for _, limit := range limits {
				if length := utf8.RuneCountInString(text); limit.key.MatchString(key) && length > limit.most {
					t.Errorf("%s: %s has %d characters, at most %d fit: %q", tag, key, length, limit.most, text)
				}
			}
		}
	}
}

// A command is found by its name, which Discord restricts, and by its locale,
// for which it takes one name.
func TestCommandNames(t *testing.T) {
	allowed := regexp.MustCompile(`^[-_'\p{L}\p{N}\p{Devanagari}]{1,32}$`)
	locales := map[string]string{}
	for tag, texts := range loadInterfaces(t) {
		names := map[string]string{}
		for key, command := range texts.Commands {
			if other, taken := names[command.Name]; taken {
				t.Errorf("%s: %s and %s are both called %q", tag, key, other, command.Name)
			}
			names[command.Name] = key
			if key != messageCommand && (!allowed.MatchString(command.Name) || strings.ToLower(command.Name) != command.Name) {
				t.Errorf("%s: Discord refuses the name %q", tag, command.Name)
			}
		}
		for _, locale := range texts.Locales {
			if other, taken := locales[locale]; taken {
				t.Errorf("%s and %s both serve %s", tag, other, locale)
			}
			if language, _, _ := strings.Cut(locale, "-"); language != tag {
				t.Errorf("%s serves %s", tag, locale)
			}
			locales[locale] = tag
		}
	}
}
