package compose

import (
	"slices"
	"strings"

	"spsbot"
)

// independent drops claims of benefit of sources that have something to sell,
// unless a source without such an interest speaks to the same part of the
// question (POLICY.md, "What an answer is", 3).
func (c *Composer) independent(draft spsbot.Draft) spsbot.Draft {
	spoken := map[int]bool{}
	for _, sentence := range draft.Sentences {
		spoken[sentence.Ask] = spoken[sentence.Ask] || !sentence.Passage.Source.Commercial
	}
	draft.Sentences = slices.DeleteFunc(draft.Sentences, func(s spsbot.DraftSentence) bool {
		return s.Passage.Source.Commercial && !spoken[s.Ask] && c.claims(s.Text)
	})
	return draft
}

// claims reports whether a sentence claims a benefit.
func (c *Composer) claims(text string) bool {
	words := " " + strings.Join(strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return strings.ContainsRune(" ,.;:!?()\"“”", r)
	}), " ") + " "
	return slices.ContainsFunc(c.claimWords, func(claim string) bool { return strings.Contains(words, " "+claim+" ") })
}
