package retrieval

import (
	"slices"

	"spsbot"
	"spsbot/retrieval/index"
)

// candidates is the number of passages per ask whose sentences are looked at.
const candidates = 16

// Shares of a unit's weight that a sentence gets for words that stand around it.
const (
	aroundLead    = 0.8  // in the line that introduces its list
	aroundHeading = 0.65 // in the innermost heading
	aroundPath    = 0.4  // in an outer heading or the title
	aroundPassage = 0.3  // in another sentence of the passage
)

// sentenceShare is how much of a sentence's score is its own; the rest is the passage's.
const sentenceShare = 0.6

// otherCondition scales the score of what is about another condition than the
// one asked about.
const otherCondition = 0.55

// Candidate is a sentence that may answer an ask.
type Candidate struct {
	Passage  *spsbot.Passage
	Sentence int
	// Score is in [0, 1]: how much of the ask the sentence and its surroundings cover.
	Score float64
	// Own is the part of the ask's weight that the sentence's own words cover, in [0, 1].
	Own float64
	// Heading is the part that the innermost heading and the list's lead cover, in [0, 1].
	Heading float64
}

// Found is what a set holds for one ask.
type Found struct {
	Ask Ask
	// Evidence are the best passages, best first.
	Evidence []spsbot.Evidence
	// Candidates are the quotable sentences of the evidence, best first; of equal
	// score in the order of the documents.
	Candidates []Candidate
	// Sufficient says whether the evidence covers what was asked; Reason says why not.
	Sufficient bool
	Reason     string

	set *Set
}

// Find reads a question and returns what the set holds for each thing it asks.
func (s *Set) Find(question spsbot.Question) []Found {
	asks := s.read(question)
	found := make([]Found, 0, len(asks))
	for _, ask := range asks {
		found = append(found, s.find(ask))
	}
	return found
}

// Search returns the k best passages for a query, best first.
func (s *Set) Search(query string, k int) []spsbot.Evidence {
	var groups [][]index.Term
	for _, u := range s.units(query) {
		groups = append(groups, u.scaled())
	}
	return s.evidence(s.index.Search(groups, k))
}

func (s *Set) evidence(hits []index.Hit) []spsbot.Evidence {
	out := make([]spsbot.Evidence, 0, len(hits))
	for _, hit := range hits {
		out = append(out, spsbot.Evidence{Passage: s.passages[hit.Passage], Score: hit.Score})
	}
	return out
}

// scaled returns the unit's terms with the unit's weight applied.
func (u *unit) scaled() []index.Term {
	terms := slices.Clone(u.terms)
	for i := range terms {
		terms[i].Weight *= u.weight
	}
	return terms
}

func (s *Set) find(ask Ask) Found {
	groups := make([][]index.Term, 0, len(ask.units))
	for i := range ask.units {
		groups = append(groups, ask.units[i].scaled())
	}
	hits := s.index.Search(groups, candidates)
	for i := range hits {
		hits[i].Score *= s.fits(&ask, hits[i].Passage)
	}
	slices.SortStableFunc(hits, func(a, b index.Hit) int { return descending(a.Score, b.Score) })
	found := Found{Ask: ask, Evidence: s.evidence(hits), set: s}
	for _, hit := range hits {
		found.Candidates = append(found.Candidates, s.sentencesOf(&ask, hit, hits[0].Score)...)
	}
	slices.SortStableFunc(found.Candidates, func(a, b Candidate) int { return descending(a.Score, b.Score) })
	found.Sufficient, found.Reason = s.suffices(&ask, hits)
	return found
}

func descending(a, b float64) int {
	switch {
	case a > b:
		return -1
	case a < b:
		return 1
	}
	return 0
}

// fits returns how well a passage's condition fits the ask: 1, or less when the
// ask names another condition and the passage does not.
func (s *Set) fits(ask *Ask, passage int) float64 {
	if len(ask.conditions) == 0 || len(s.conditions[passage]) == 0 {
		return 1
	}
	for _, concept := range s.conditions[passage] {
		if slices.Contains(ask.conditions, concept) {
			return 1
		}
	}
	return otherCondition
}

// sentencesOf scores the quotable sentences of one hit.
func (s *Set) sentencesOf(ask *Ask, hit index.Hit, bestScore float64) []Candidate {
	passage := s.passages[hit.Passage]
	around := s.surroundings(hit.Passage)
	total := 0.0
	for i := range ask.units {
		total += s.importance(&ask.units[i])
	}
	if total == 0 {
		return nil
	}
	var out []Candidate
	for i, sentence := range passage.Sentences {
		if !sentence.Quotable {
			continue
		}
		var own, covered, heading float64
		for j := range ask.units {
			u := &ask.units[j]
			weight := s.importance(u) / total
			share, inHeading := around.share(u, sentence.Lead)
			if u.in(s.sentences[hit.Passage][i]) {
				own += weight
				share = 1
			}
			if inHeading {
				heading += weight
			}
			covered += weight * share
		}
		score := sentenceShare*covered + (1-sentenceShare)*hit.Score/bestScore
		out = append(out, Candidate{Passage: passage, Sentence: i, Score: score, Own: own, Heading: heading})
	}
	return out
}

// importance is a unit's weight times its rarity: the rarest of its terms that
// stands in the set, or that of an unknown word.
func (s *Set) importance(u *unit) float64 {
	if len(u.terms) == 0 {
		return u.weight * s.index.Rarity(^uint32(0))
	}
	rarity := s.index.Rarity(u.terms[0].ID)
	for _, term := range u.terms[1:] {
		rarity = min(rarity, s.index.Rarity(term.ID))
	}
	return u.weight * rarity
}

// in reports whether one of the unit's terms is among sorted terms.
func (u *unit) in(terms sentenceTerms) bool {
	for _, term := range u.terms {
		if _, found := slices.BinarySearch(terms, term.ID); found {
			return true
		}
	}
	return false
}

// surroundings are the terms around the sentences of one passage.
type surroundings struct {
	sentences            []sentenceTerms
	heading, path, whole sentenceTerms
}

func (s *Set) surroundings(passage int) surroundings {
	p := s.passages[passage]
	around := surroundings{sentences: s.sentences[passage]}
	for i, heading := range p.Heading {
		if i == len(p.Heading)-1 {
			around.heading = s.known(heading)
		} else {
			around.path = append(around.path, s.known(heading)...)
		}
	}
	around.path = append(around.path, s.known(p.Source.Title)...)
	slices.Sort(around.path)
	for _, terms := range around.sentences {
		around.whole = append(around.whole, terms...)
	}
	slices.Sort(around.whole)
	return around
}

// known returns the sorted terms of a text that stand in the set.
func (s *Set) known(text string) sentenceTerms {
	var terms sentenceTerms
	tokens := s.language.analyzer.Tokens(text)
	for _, token := range tokens {
		if id, known := s.terms[token.Stem]; known {
			terms = append(terms, id)
		}
	}
	for _, match := range s.language.analyzer.Concepts(tokens) {
		if id, known := s.terms[conceptTerm(s.language.glossary.Concepts[match.Concept].ID)]; known {
			terms = append(terms, id)
		}
	}
	slices.Sort(terms)
	return slices.Compact(terms)
}

// share returns the share of a unit's weight that a sentence gets for what
// stands around it, and whether its heading or lead holds the unit.
func (a *surroundings) share(u *unit, lead int) (float64, bool) {
	switch {
	case lead >= 0 && u.in(a.sentences[lead]):
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
