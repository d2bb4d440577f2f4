package retrieval

import (
	"slices"

	"spsbot/retrieval/analysis"
)

// headingPull is how much a heading that asks the same thing lifts its passage.
const headingPull = 1.0

// headingFit returns how much the innermost heading of a passage, or the line
// that introduces its list, asks the same thing: the share of the ask's weight
// that it holds, times the share of its own weight that the ask holds; in [0, 1].
func (s *Set) headingFit(ask *Ask, passage int) float64 {
	best := 0.0
	for _, words := range s.surroundingsOf(passage).asks {
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
		rarity := max(s.index().Rarity(word.terms[0]), leastImportance)
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
	return u != nil && slices.ContainsFunc(s.surroundingsOf(passage).defines[sentence], func(c int) bool { return slices.Contains(u.concepts, c) })
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
type headingWord struct{ terms []uint64 }

// headingWords reads a heading into its words and names, without function words
// and chatter.
func (l *language) headingWords(heading string) []headingWord {
	tokens := l.analyzer.Tokens(heading)
	matches := analysis.Longest(l.analyzer.Concepts(tokens))
	var words []headingWord
	for at := 0; at < len(tokens); {
		word, end := headingWord{}, at+1
		for _, match := range matches {
			if match.From == at {
				end = match.To
				word.terms = append(word.terms, l.terms[match.Concept])
			}
		}
		if end == at+1 && !l.stop[tokens[at].Word] && (len(word.terms) > 0 || !l.chatter[tokens[at].Stem]) {
			word.terms = append(word.terms, analysis.Term(tokens[at].Stem))
		}
		same := func(other headingWord) bool { return slices.Equal(other.terms, word.terms) }
		if len(word.terms) > 0 && !slices.ContainsFunc(words, same) {
			words = append(words, word)
		}
		at = end
	}
	return words
}

// definesWithin is the number of words at the beginning of a sentence that
// defines something, up to its verb.
const definesWithin = 12

// defined returns the concepts that a sentence defines: it begins with them, and
// a word that defines follows ("… is a rare disorder").
func (l *language) defined(text string) []int {
	tokens := l.analyzer.Tokens(text[:min(len(text), 160)])
	verb := slices.IndexFunc(tokens[:min(definesWithin, len(tokens))], func(t analysis.Token) bool { return l.copulas[t.Word] })
	if verb < 1 {
		return nil
	}
	var concepts []int
	for _, match := range analysis.Longest(l.analyzer.Concepts(tokens[:verb])) {
		if match.From > 0 && len(concepts) == 0 {
			return nil
		}
		concepts = append(concepts, match.Concept)
	}
	return concepts
}
