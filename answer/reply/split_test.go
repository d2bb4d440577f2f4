package reply_test

import (
	"strings"
	"testing"

	"spsbot"
	"spsbot/answer/reply"
)

// Texts that are longer than a message, of the kinds that are hard to split.
func TestSplit(t *testing.T) {
	w := newWorld(t)
	for name, text := range map[string]string{
		"words":                  strings.Repeat("Sticks help. ", 400),
		"one word":               strings.Repeat("a", 5000),
		"one word of wide signs": strings.Repeat("🙂", 2500),
		"signs to be escaped":    strings.Repeat("*", 2500),
		"backslashes":            strings.Repeat(`\`, 2501),
		"mentions":               strings.Repeat("<@1>", 900),
		"quotation marks":        strings.Repeat("a > ", 900),
		"headings":               strings.Repeat("a # ", 900),
		"dashes":                 strings.Repeat("a - ", 900),
		"dashes in one word":     "a" + strings.Repeat("-", 4000) + " - b",
		"spaces":                 "a" + strings.Repeat(" ", 4000) + "b",
		"line breaks":            "a" + strings.Repeat("\n", 4000) + "b",
		"a break, then a word":   "a\n" + strings.Repeat("b", 4000),
		"addresses":              strings.Repeat("https://x.org/", 300),
		"closing brackets":       strings.Repeat("](", 1500),
	} {
		t.Run(name, func(t *testing.T) {
			source := &spsbot.Source{ID: "a", Title: "Sticks", Kind: spsbot.KindBlog, Language: "en"}
			passage := &spsbot.Passage{ID: "a#1", Source: source, Text: text, Heading: []string{text}}
			draft := spsbot.Draft{Sentences: []spsbot.DraftSentence{{Text: text, Passage: passage, Span: spsbot.Span{End: len(text)}}}}
			topics := w.guard.Topics([]spsbot.Evidence{{Passage: passage}}, 1)
			locale := w.locales["en"]
			checkParts(t, reply.Answer(w.guard.Draft(draft), locale), locale)
			checkParts(t, reply.Fixed(reply.NoSource, locale, reply.Params{Topics: topics}), locale)
		})
	}
}
