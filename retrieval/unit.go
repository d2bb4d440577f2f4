package retrieval

import (
	"math"
	"slices"
	"strings"

	"spsbot"
	"spsbot/retrieval/analysis"
	"spsbot/retrieval/index"
)

// Weights of a question's units in the ranking, relative to a word that asks.
const (
	chatterWeight   = 0.1
	inheritedWeight = 0.5
	correctedWeight = 0.9
	narrowerWeight  = 0.8  // for each step to a narrower concept
	partWeight      = 0.56 // one word of an everyday phrase
	exactWeight     = 1.1  // the very word, against another name of the same concept
)

// rarerAtMost is by how much a narrower concept may be rarer than the asked-for
// one to its advantage, in nats.
const rarerAtMost = 0.5

// unit is a word or a name in a question, with all terms that serve it.
type unit struct {
	text     string
	stems    []string
	terms    []index.Term
	ranked   []index.Term // the same, many alternatives merged into one
	concepts []int
	weight   float64
	base     uint64   // the term of the asked word or concept itself, unknownTerm when it is not in the set
	parts    []uint64 // the words of an everyday phrase that carry something
	broader  []uint64 // the concepts of which a name is a kind
	weak     bool     // merely phrases a question
	required bool     // has to be covered by what answers
	named    bool     // names a thing of the field: a condition, a medicine, a treatment …
	symptom  bool     // names a symptom: those are told in many words
}

// units reads a clause into its units.
func (s *reader) units(text string) []unit {
	l := s.language
	tokens := l.analyzer.Tokens(text)
	s.correct(tokens)
	matches := analysis.Longest(l.matches(tokens))
	var units []unit
	for at := 0; at < len(tokens); {
		end := at + 1
		var concepts []int
		for _, match := range matches {
			if match.From == at {
				end, concepts = match.To, append(concepts, match.Concept)
			}
		}
		if u, ok := s.unit(tokens[at:end], concepts); ok && !slices.ContainsFunc(units, u.same) {
			units = append(units, u)
		}
		at = end
	}
	return units
}

// unit makes a unit of the tokens of one name or word; false for function words.
func (s *reader) unit(tokens []analysis.Token, concepts []int) (unit, bool) {
	l := s.language
	u := unit{concepts: concepts, weight: chatterWeight, base: unknownTerm}
	for _, token := range tokens {
		if l.stop[token.Word] && len(concepts) == 0 {
			return u, false
		}
		u.text = strings.TrimSpace(u.text + " " + token.Word)
		u.stems = append(u.stems, token.Stem)
	}
	for _, concept := range concepts {
		u.symptom = u.symptom || l.glossary.Concepts[concept].Kind == spsbot.ConceptSymptom
		u.named = u.named || isName(l.glossary.Concepts[concept].Kind)
	}
	carries := slices.ContainsFunc(tokens, l.carries)
	if carries || len(concepts) > 0 {
		u.weight, u.required = 1, carries || u.named
	}
	for _, token := range tokens {
		switch {
		case len(tokens) == 1:
			s.addWord(&u, token.Stem, exactWeight)
		case !u.named && l.carries(token):
			s.addWord(&u, token.Stem, partWeight)
			u.parts = append(u.parts, analysis.Term(token.Stem))
		}
	}
	u.weak = len(tokens) == 1 && len(concepts) == 0 && l.weak[tokens[0].Stem]
	for _, concept := range concepts {
		for _, other := range l.broader[concept] {
			if l.glossary.Concepts[other].Kind != spsbot.ConceptPlain {
				u.broader = append(u.broader, l.terms[other])
			}
		}
		expanded := s.expand(concept)
		u.terms = append(u.terms, expanded.terms...)
		u.ranked = append(u.ranked, expanded.ranked...)
	}
	if term := analysis.Term(tokens[0].Stem); len(concepts) == 0 && s.knows(term) {
		u.base = term
	}
	for _, concept := range concepts {
		if s.knows(l.terms[concept]) {
			u.base = l.terms[concept]
		}
	}
	return u, true
}

// addWord adds a word that a passage holds.
func (s *Engine) addWord(u *unit, stem string, weight float64) {
	if term := analysis.Term(stem); s.knows(term) {
		u.terms = append(u.terms, index.Term{ID: term, Weight: weight})
		u.ranked = append(u.ranked, index.Term{ID: term, Weight: weight})
	}
}

// mergedFrom is the number of alternatives from which on they are merged into one list.
const mergedFrom = 8

// expansion are the terms that serve a concept.
type expansion struct{ terms, ranked []index.Term }

// expand returns the terms that serve a concept: its own and those of all
// narrower ones that a passage holds. A rare narrower one counts hardly more
// than the concept that was asked for.
func (s *Engine) expand(concept int) *expansion {
	if known := s.expansions[concept].Load(); known != nil {
		return known
	}
	var terms []index.Term
	asked := s.language.terms[concept]
	most := math.Inf(1)
	if s.knows(asked) {
		most = s.index().Rarity(asked) + rarerAtMost
	}
	for _, narrower := range s.language.narrower[concept] {
		term := s.language.terms[narrower.concept]
		if !s.knows(term) {
			continue
		}
		weight := math.Pow(narrowerWeight, float64(narrower.steps))
		if narrower.steps > 0 {
			weight *= min(1, most/s.index().Rarity(term))
		}
		terms = append(terms, index.Term{ID: term, Weight: weight})
	}
	expanded := &expansion{terms: terms, ranked: terms}
	if len(terms) >= mergedFrom {
		expanded.ranked = []index.Term{{Weight: 1, Union: s.index().Union(terms)}}
	}
	s.expansions[concept].Store(expanded)
	return expanded
}

// isName reports whether concepts of a kind have to be in what answers by name.
// Symptoms are told in many words.
func isName(kind spsbot.ConceptKind) bool {
	return kind != spsbot.ConceptPlain && kind != spsbot.ConceptSymptom
}

// same reports whether two units search for the same thing.
func (u *unit) same(other unit) bool {
	if len(u.concepts) > 0 || len(other.concepts) > 0 {
		return slices.Equal(u.concepts, other.concepts)
	}
	return slices.Equal(u.stems, other.stems)
}

// scaled returns terms with the unit's weight applied.
func (u *unit) scaled(terms []index.Term) []index.Term {
	terms = slices.Clone(terms)
	for i := range terms {
		terms[i].Weight *= u.weight
	}
	return terms
}

// leastImportance keeps a word that stands nearly everywhere from counting nothing, in nats.
const leastImportance = 0.42

// importance is a unit's weight times its rarity: that of the word or concept
// asked for, else of the commonest other name, else of an unknown word.
func (s *Engine) importance(u *unit) float64 {
	if len(u.terms) == 0 {
		return u.weight * s.index().Rarity(unknownTerm)
	}
	rarity := s.index().Rarity(u.base)
	if u.base == unknownTerm {
		for _, term := range u.terms {
			rarity = min(rarity, s.index().Rarity(term.ID))
		}
	}
	return u.weight * max(rarity, leastImportance)
}

// in reports whether one of the unit's terms is among sorted terms.
func (u *unit) in(terms sentenceTerms) bool {
	return slices.ContainsFunc(u.terms, func(term index.Term) bool { return terms.has(term.ID) })
}

// count returns how many of the unit's concepts, or its word, are among sorted terms.
func (u *unit) count(terms sentenceTerms) int {
	count := 0
	for _, term := range u.terms {
		if terms.has(term.ID) {
			count++
		}
	}
	return count
}

// means reports whether a word of a heading is one of the unit's terms.
func (u *unit) means(word headingWord) bool {
	return slices.ContainsFunc(u.terms, func(t index.Term) bool { return slices.Contains(word.terms, t.ID) })
}
