package retrieval

import (
	"slices"
)

// headingPull is how much a heading that asks the same thing lifts its passage.
const headingPull = 1.0

// headingFit returns how much the innermost heading of a passage, or the line
// that introduces its list, asks the same thing: the share of the ask's weight
// that it holds, times the share of its own weight that the ask holds; in [0, 1].
func (s *Set) headingFit(ask *Ask, passage int) float64 {
	best := 0.0
	for _, words := range s.around[passage].asks {
		best = max(best, s.sameAsk(ask, words))
	}
	return best
}

func (s *Set) sameAsk(ask *Ask, words []headingWord) float64 {
	var asked, held, total, meant float64
	for i := range ask.units {
		u := &ask.units[i]
		weight := s.importance(u)
		asked += weight
		if slices.ContainsFunc(words, u.means) {
			held += weight
		}
	}
	for _, word := range words {
		rarity := max(s.index.Rarity(word.terms[0]), leastImportance)
		total += rarity
		if slices.ContainsFunc(ask.units, func(u unit) bool { return u.means(word) }) {
			meant += rarity
		}
	}
	if asked == 0 || total == 0 {
		return 0
	}
	return held / asked * meant / total
}

// definitionPull is how much a passage that defines the thing asked for is lifted.
const definitionPull = 1.0

// defines reports whether a sentence defines the one thing that the ask names.
func (s *Set) defines(ask *Ask, passage, sentence int) bool {
	u := ask.subject()
	return u != nil && slices.ContainsFunc(s.around[passage].defines[sentence], func(c int) bool { return slices.Contains(u.concepts, c) })
}

// subject returns the one thing that an ask names when it asks nothing else of
// it, else nil.
func (a *Ask) subject() *unit {
	var only *unit
	for i := range a.units {
		if u := &a.units[i]; u.required {
			if only != nil || !u.named {
				return nil
			}
			only = u
		}
	}
	return only
}

// headingWord is one word or name of a heading with the terms that it gives.
type headingWord struct{ terms []uint32 }
