package retrieval

import (
	"slices"

	"spsbot"
	"spsbot/retrieval/index"
)

// candidates is the number of passages per ask whose sentences are looked at.
const candidates = 16

// pool is the number of passages per ask that headings and conditions rank anew.
const pool = 64

// sentenceShare is how much of a sentence's score is its own; the rest is the passage's.
const sentenceShare = 0.45

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
	// HeadingFit says how much the innermost heading asks the same thing, in [0, 1].
	HeadingFit float64
	// Defines says that the sentence defines the one thing that the ask names.
	Defines bool
	// Variety is the number of kinds of one asked-for thing that the sentence names.
	Variety int
	// Names is the number of things of the field that it names, conditions aside.
	Names int
}

// Found is what a set holds for one ask.
type Found struct {
	Ask Ask
	// Evidence are the best passages, best first.
	Evidence []spsbot.Evidence
	// Candidates are the quotable sentences of the passages that cover the ask, best first; of equal
	// score in the order of the documents.
	Candidates []Candidate
	// Sufficient says whether the evidence covers what was asked; Reason says why not.
	Sufficient bool
	Reason     string

	set *Set
}

// Find reads a question and returns what the set holds for each thing it asks.
func (s *Set) Find(question spsbot.Question) []Found {
	asks := s.reader(question.Language).read(question)
	found := make([]Found, 0, len(asks))
	for _, ask := range asks {
		found = append(found, s.find(ask))
	}
	return found
}

func (s *Set) evidence(hits []index.Hit) []spsbot.Evidence {
	out := make([]spsbot.Evidence, 0, len(hits))
	for _, hit := range hits {
		out = append(out, spsbot.Evidence{Passage: s.passages[hit.Passage], Score: hit.Score})
	}
	return out
}

func (s *Set) find(ask Ask) Found {
	hits := s.index().Search(make([]index.Hit, 0, pool), groupsOf(ask.units), pool)
	for i := range hits {
		hits[i].Score *= s.fits(&ask, hits[i].Passage) * (1 + headingPull*s.headingFit(&ask, hits[i].Passage))
		for sentence := range s.passages[hits[i].Passage].Sentences {
			if s.defines(&ask, hits[i].Passage, sentence) {
				hits[i].Score *= 1 + definitionPull
				break
			}
		}
	}
	slices.SortStableFunc(hits, func(a, b index.Hit) int { return descending(a.Score, b.Score) })
	hits = hits[:min(candidates, len(hits))]
	found := Found{Ask: ask, Evidence: s.evidence(hits), set: s}
	var covering []int
	covering, found.Reason = s.suffices(&ask, hits)
	found.Sufficient = len(covering) > 0
	for _, hit := range hits {
		if slices.Contains(covering, hit.Passage) {
			found.Candidates = append(found.Candidates, s.sentencesOf(&ask, hit, hits[0].Score)...)
		}
	}
	slices.SortStableFunc(found.Candidates, func(a, b Candidate) int { return descending(a.Score, b.Score) })
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
	if len(ask.conditions) == 0 || len(s.conditions(passage)) == 0 {
		return 1
	}
	for _, concept := range s.conditions(passage) {
		if slices.Contains(ask.conditions, concept) {
			return 1
		}
	}
	return otherCondition
}

// sentencesOf scores the quotable sentences of one hit.
func (s *Set) sentencesOf(ask *Ask, hit index.Hit, bestScore float64) []Candidate {
	passage := s.passages[hit.Passage]
	around := s.surroundingsOf(hit.Passage)
	total := 0.0
	context := make([]bool, len(ask.units)) // conditions that the whole source is about
	for i := range ask.units {
		context[i] = slices.ContainsFunc(ask.units[i].concepts, func(c int) bool { return slices.Contains(s.conditions(hit.Passage), c) })
		if !context[i] {
			total += s.importance(&ask.units[i])
		}
	}
	nothingElse := total == 0
	headingFit := s.headingFit(ask, hit.Passage)
	var out []Candidate
	for i, sentence := range passage.Sentences {
		if !sentence.Quotable {
			continue
		}
		var own, covered, heading float64
		variety := 0
		if nothingElse {
			covered = 1
		}
		for j := range ask.units {
			if context[j] {
				continue
			}
			u := &ask.units[j]
			weight := s.importance(u) / total
			share, inHeading := around.share(u, sentence.Lead)
			if count := u.count(around.sentences[i]); count > 0 {
				own += weight
				share = 1
				variety = max(variety, count)
			}
			if inHeading {
				heading += weight
			}
			covered += weight * share
		}
		score := sentenceShare*covered + (1-sentenceShare)*hit.Score/bestScore
		out = append(out, Candidate{Passage: passage, Sentence: i, Score: score, Own: own, Heading: heading, HeadingFit: headingFit, Defines: s.defines(ask, hit.Passage, i), Variety: variety, Names: s.names(around.sentences[i])})
	}
	return out
}

// names counts the terms that name a thing of the field, conditions aside.
func (s *Set) names(terms sentenceTerms) int {
	count := 0
	for _, term := range terms {
		if s.language.naming[term] {
			count++
		}
	}
	return count
}
