package compose

import (
	"slices"
	"strings"

	"spsbot"
)

// independent drops claims of benefit of sources that have something to sell,
// unless a source without such an interest speaks in the same answer
// (POLICY.md, "What an answer is", 3).
func (c *Composer) independent(draft spsbot.Draft) spsbot.Draft {
	if slices.ContainsFunc(draft.Sentences, func(s spsbot.DraftSentence) bool { return !s.Passage.Source.Commercial }) {
		return draft
	}
	draft.Sentences = slices.DeleteFunc(draft.Sentences, func(s spsbot.DraftSentence) bool { return c.claims(s.Text) })
	return draft
}

// claims reports whether a sentence claims a benefit.
func (c *Composer) claims(text string) bool {
	words := " " + strings.Join(strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return strings.ContainsRune(" ,.;:!?()\"“”", r)
	}), " ") + " "
	return slices.ContainsFunc(c.claimWords, func(claim string) bool { return strings.Contains(words, " "+claim+" ") })
}
