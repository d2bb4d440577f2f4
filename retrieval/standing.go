package retrieval

import (
	"slices"
	"strings"

	"spsbot"
	"spsbot/retrieval/analysis"
)

// leansWithin is the number of words at the beginning of a sentence among which
// a pronoun after a comma makes it lean.
const leansWithin = 8

// Leans reports whether a sentence of the set cannot be understood without the
// one before it.
func (f *Found) Leans(passage *spsbot.Passage, sentence int) bool {
	at, known := f.set.number(passage)
	return known && f.set.surroundingsOf(at).leans[sentence]
}

// leansBack reports whether a sentence begins with a word that points back, or such
// a word follows the first comma and nothing was named before.
func (l *language) leansBack(text string) bool {
	tokens := l.analyzer.Tokens(text[:min(len(text), 200)])
	for i, token := range tokens[:min(leansWithin, len(tokens))] {
		if !l.openers[token.Word] {
			continue
		}
		if i == 0 {
			return true
		}
		between := text[tokens[i-1].Span.End:token.Span.Start]
		if strings.HasPrefix(between, ",") {
			return !slices.ContainsFunc(l.analyzer.Concepts(tokens[:i]), func(m analysis.Match) bool {
				return l.glossary.Concepts[m.Concept].Field
			})
		}
	}
	return false
}

// LabelNeeded reports whether an item's label line belongs to the quotation,
// since the sentence leans on it.
func (f *Found) LabelNeeded(passage *spsbot.Passage, sentence int) bool {
	return passage.Sentences[sentence].Label.End > 0 && f.Leans(passage, sentence)
}

// Other reports whether a sentence is about a condition that the question does
// not name, when neither it nor the line that introduces it names it.
func (f *Found) Other(passage *spsbot.Passage, sentence int) bool {
	conditions := f.set.facts[passage.Source].conditions
	if len(conditions) == 0 {
		return false
	}
	for _, concept := range conditions {
		if slices.Contains(f.Ask.conditions, concept) {
			return false
		}
	}
	l := f.set.language
	said := passage.Quote(sentence)
	if lead := passage.Sentences[sentence].Lead; lead >= 0 {
		said = passage.Quote(lead) + " " + said
	}
	for _, match := range l.analyzer.Concepts(l.analyzer.Tokens(said)) {
		if slices.Contains(conditions, match.Concept) {
			return false
		}
	}
	return true
}
