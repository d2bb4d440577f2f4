package retrieval

import (
	"fmt"
	"slices"
	"strings"

	"spsbot"
	"spsbot/retrieval/index"
)

// Limits of the sufficiency test, set on the development questions.
const (
	// enoughCovered is the share of the asked-for weight that a passage has to cover.
	enoughCovered = 0.5
	// enoughUnnamed is that share for an ask that names nothing of the field.
	enoughUnnamed = 0.65
	// fewEvidence is the number of best passages that are looked at.
	fewEvidence = 12
)

// partsShare is what the words of a phrase count when they stand apart.
const partsShare = 0.7

// What a word counts in the sufficiency test.
const (
	strangeDemand  = 1.0 // stands in no document: this may be what is missing
	everydayDemand = 0.7 // stands in a document elsewhere; here it may be said otherwise
	weakDemand     = 0.2 // phrases a question and is no topic
)

// suffices judges which of the best passages cover an ask: a passage has to be
// about every name of the ask, and to hold enough of its other words. It returns
// the passages that do, and, when there are none, what is missing.
func (s *Set) suffices(ask *Ask, hits []index.Hit) (covering []int, missing string) {
	if len(hits) == 0 {
		return nil, "no passage holds a word of the question"
	}
	best := -1.0
	for _, hit := range hits[:min(fewEvidence, len(hits))] {
		covered, lacking := s.coverage(ask, hit.Passage)
		if covered >= ask.enough() {
			covering = append(covering, hit.Passage)
		}
		if covered > best {
			best, missing = covered, lacking
		}
	}
	if len(covering) > 0 {
		return covering, ""
	}
	return nil, fmt.Sprintf("no passage covers %s", missing)
}

// coverage returns the share of the ask's required weight that a passage
// covers, and what it lacks. A name that neither the passage nor its section
// holds makes the share zero; a condition is judged by what the source is about.
func (s *Set) coverage(ask *Ask, passage int) (float64, string) {
	around := &s.around[passage]
	covered, total := 0.0, 0.0
	var lacking []string
	names, lacksName := 0, false
	for i := range ask.units {
		u := &ask.units[i]
		if !u.required || s.isConditionOf(u, passage) {
			continue
		}
		if u.named {
			isCondition := s.isCondition(u)
			if !isCondition {
				names++
			}
			if !around.about(u) && (!isCondition || len(u.terms) == 0) {
				lacking, lacksName = append(lacking, "“"+u.text+"”"), true
			}
			continue
		}
		demand := demandOf(u)
		share := around.holds(u)
		total += demand
		covered += demand * share
		if share == 0 {
			lacking = append(lacking, "“"+u.text+"”")
		}
	}
	fits := s.fits(ask, passage) == 1
	switch {
	case lacksName:
		return 0, strings.Join(lacking, ", ")
	case !fits && names == 0:
		return 0, "the condition asked about"
	case total == 0:
		return 1, ""
	}
	return covered / total, strings.Join(lacking, ", ")
}

// enough returns the share of its words that has to be covered.
func (a *Ask) enough() float64 {
	if slices.ContainsFunc(a.units, func(u unit) bool { return u.named }) {
		return enoughCovered
	}
	return enoughUnnamed
}

// demandOf returns how much an everyday word counts.
func demandOf(u *unit) float64 {
	switch {
	case u.weak:
		return weakDemand
	case len(u.terms) == 0:
		return strangeDemand
	}
	return everydayDemand
}

// about reports whether a passage or its section holds a name, or its headings
// name a kind of which it is one.
func (a *surroundings) about(u *unit) bool {
	if u.in(a.section.terms) || u.in(a.heading) || u.in(a.path) {
		return true
	}
	return len(u.terms) > 0 && slices.ContainsFunc(u.broader, func(term uint32) bool {
		return a.heading.has(term) || a.path.has(term)
	})
}

// holds returns the share of an everyday word or phrase that a passage holds:
// all of it, or some of its words.
func (a *surroundings) holds(u *unit) float64 {
	all := func(term uint32) bool { return a.whole.has(term) || a.heading.has(term) || a.path.has(term) }
	for _, term := range u.terms {
		if term.Weight > partWeight && all(term.ID) {
			return 1
		}
	}
	if len(u.parts) == 0 {
		return 0
	}
	count := 0
	for _, part := range u.parts {
		if all(part) {
			count++
		}
	}
	return partsShare * float64(count) / float64(len(u.stems))
}

// isConditionOf reports whether a unit names the condition that a passage's
// source is about.
func (s *Set) isConditionOf(u *unit, passage int) bool {
	for _, concept := range u.concepts {
		for other := range s.language.narrower(concept) {
			if slices.Contains(s.conditions[passage], other) {
				return true
			}
		}
	}
	return false
}

func (s *Set) isCondition(u *unit) bool {
	for _, concept := range u.concepts {
		if s.language.glossary.Concepts[concept].Kind == spsbot.ConceptCondition {
			return true
		}
	}
	return false
}
