package retrieval

import (
	"slices"

	"spsbot"
	"spsbot/retrieval/analysis"
)

// Shares of a unit's weight that a sentence gets for words that stand around it.
const (
	aroundLead    = 0.56 // in the line that introduces its list
	aroundHeading = 0.75 // in the innermost heading
	aroundPath    = 0.4  // in an outer heading or the title
	aroundPassage = 0.15 // in another sentence of the passage
)

// sentenceTerms are sorted, unique terms.
type sentenceTerms []uint64

// surroundings are the terms of one passage's sentences and of what stands around them.
type surroundings struct {
	sentences            []sentenceTerms
	heading, path, whole sentenceTerms
	asks                 [][]headingWord // what the heading and the leads ask
	defines              [][]int         // by sentence: the concepts that it defines
	leads                []int           // the sentences that introduce lists
	leans                []bool          // by sentence: whether it leans on the one before
}

// section is what the passages under one heading hold together.
type section struct{ terms sentenceTerms }

// surroundingsOf returns what stands around the sentences of a passage.
func (s *Set) surroundingsOf(passage int) *surroundings {
	if known := s.around[passage].Load(); known != nil {
		return known
	}
	around := s.language.readSurroundings(s.passages[passage])
	s.around[passage].Store(around)
	return around
}

// sectionOf returns what the passages under a passage's outermost heading hold.
func (s *Set) sectionOf(passage int) *section {
	if known := s.sections[passage].Load(); known != nil {
		return known
	}
	of := s.passages[passage]
	together := &section{}
	if len(of.Heading) == 0 {
		together.terms = s.surroundingsOf(passage).whole
		s.sections[passage].Store(together)
		return together
	}
	facts := s.facts[of.Source]
	var members []int
	for i := facts.from; i < facts.to; i++ {
		if heading := s.passages[i].Heading; len(heading) > 0 && heading[0] == of.Heading[0] {
			members = append(members, i)
			together.terms = append(together.terms, s.surroundingsOf(i).whole...)
		}
	}
	together.terms = unique(together.terms)
	for _, i := range members {
		s.sections[i].Store(together)
	}
	return together
}

// readSurroundings reads a passage sentence by sentence.
func (l *language) readSurroundings(passage *spsbot.Passage) *surroundings {
	around := &surroundings{
		sentences: make([]sentenceTerms, len(passage.Sentences)),
		defines:   make([][]int, len(passage.Sentences)),
		leans:     make([]bool, len(passage.Sentences)),
	}
	for i, sentence := range passage.Sentences {
		lead := isLead(passage, i)
		if !sentence.Quotable && !lead {
			continue
		}
		text := passage.Quote(i)
		if sentence.Label.End > 0 {
			text = passage.Text[sentence.Label.Start:sentence.Label.End] + " " + text
		}
		terms := l.termsOf(text)
		if lead {
			around.asks = append(around.asks, l.headingWords(text))
			around.leads = append(around.leads, i)
		}
		around.defines[i] = l.defined(text)
		around.leans[i] = l.leansBack(passage.Quote(i))
		around.sentences[i] = unique(terms)
		around.whole = append(around.whole, terms...)
	}
	for i, heading := range passage.Heading {
		terms := l.termsOf(heading)
		if i == len(passage.Heading)-1 {
			around.heading = unique(terms)
			around.asks = append(around.asks, l.headingWords(heading))
		} else {
			around.path = append(around.path, terms...)
		}
	}
	around.path = unique(append(around.path, l.termsOf(passage.Source.Title)...))
	around.whole = unique(around.whole)
	return around
}

// unique returns the terms sorted, each once, in a slice of its own.
func unique(terms []uint64) sentenceTerms {
	sorted := slices.Clone(terms)
	slices.Sort(sorted)
	return slices.Clip(slices.Compact(sorted))
}

func (t sentenceTerms) has(term uint64) bool {
	_, found := slices.BinarySearch(t, term)
	return found
}

// termsOf returns the terms of a text: the stems of its words, function words
// aside, and the concepts that it names.
func (l *language) termsOf(text string) []uint64 {
	tokens := l.analyzer.Tokens(text)
	terms := make([]uint64, 0, len(tokens)*2)
	for _, token := range tokens {
		if !l.stop[token.Word] {
			terms = append(terms, analysis.Term(token.Stem))
		}
	}
	for _, match := range l.analyzer.Concepts(tokens) {
		terms = append(terms, l.terms[match.Concept])
	}
	return terms
}

// share returns the share of a unit's weight that a sentence gets for what
// stands around it, and whether its heading or a line that introduces its list,
// or the list around that, holds the unit.
func (a *surroundings) share(u *unit, lead int) (float64, bool) {
	switch {
	case slices.ContainsFunc(a.leads, func(i int) bool { return i <= lead && u.in(a.sentences[i]) }):
		return aroundLead, true
	case u.in(a.heading):
		return aroundHeading, true
	case u.in(a.path):
		return aroundPath, false
	case u.in(a.whole):
		return aroundPassage, false
	}
	return 0, false
}

// isLead reports whether a sentence introduces a list of the passage.
func isLead(passage *spsbot.Passage, sentence int) bool {
	for _, other := range passage.Sentences[sentence+1:] {
		if other.Lead == sentence {
			return true
		}
	}
	return false
}
