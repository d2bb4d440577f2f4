package retrieval

import (
	"fmt"
	"strings"

	"spsbot"
	"spsbot/retrieval/index"
)

// Limits of the sufficiency test, set on the development questions.
const (
	// enoughCovered is the share of the asked-for weight that one passage has to cover.
	enoughCovered = 0.55
	// fewEvidence is the number of best passages that are looked at.
	fewEvidence = 6
)

// suffices judges whether the best passages cover an ask: one of them has to
// hold every name of the ask, and most of the weight of its other words. An
// important word that no passage covers means no answer.
func (s *Set) suffices(ask *Ask, hits []index.Hit) (bool, string) {
	if len(hits) == 0 {
		return false, "no passage holds a word of the question"
	}
	best, missing := -1.0, ""
	for _, hit := range hits[:min(fewEvidence, len(hits))] {
		covered, lacking := s.coverage(ask, hit.Passage)
		if covered > best {
			best, missing = covered, lacking
		}
	}
	if best >= enoughCovered {
		return true, ""
	}
	return false, fmt.Sprintf("no passage covers %s", missing)
}

// coverage returns the share of the ask's required weight that a passage
// covers, and what it lacks. A name that it lacks makes the share zero; a
// condition is judged by what the source is about.
func (s *Set) coverage(ask *Ask, passage int) (float64, string) {
	around := s.surroundings(passage)
	covered, total, onlyConditions := 0.0, 0.0, true
	var lacking []string
	named := false
	for i := range ask.units {
		u := &ask.units[i]
		if !u.required {
			continue
		}
		if s.isCondition(u) && len(u.terms) > 0 {
			continue
		}
		onlyConditions = false
		weight := s.importance(u)
		total += weight
		_, inHeading := around.share(u, -1)
		if inHeading || u.in(around.whole) || u.in(around.path) {
			covered += weight
			continue
		}
		lacking = append(lacking, "“"+u.text+"”")
		named = named || u.named
	}
	fits := s.fits(ask, passage) == 1
	switch {
	case onlyConditions && fits:
		return 1, ""
	case onlyConditions || named:
		return 0, strings.Join(lacking, ", ")
	}
	share := covered / total
	if !fits {
		share *= 0.8
	}
	return share, strings.Join(lacking, ", ")
}

func (s *Set) isCondition(u *unit) bool {
	for _, concept := range u.concepts {
		if s.language.glossary.Concepts[concept].Kind == spsbot.ConceptCondition {
			return true
		}
	}
	return false
}
