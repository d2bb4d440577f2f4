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
	strangeDemand  = 1.5  // stands in no document: this may be what is missing
	everydayDemand = 0.7  // stands in a document elsewhere; here it may be said otherwise
	weakDemand     = 0.2  // phrases a question and is no topic
	namedDemand    = 0.5  // names a thing that has to be there anyway
	phraseDemand   = 0.35 // a phrase of function words ("how long"): welcome, not needed
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
	tally := tally{}
	for i := range ask.units {
		u := &ask.units[i]
		if !s.isConditionOf(u, passage) {
			tally.count(u, s.place(passage), s.isCondition(u))
		}
	}
	return tally.share(s.fits(ask, passage) == 1)
}

// tally sums up what a passage covers of an ask.
type tally struct {
	covered, total float64
	names          int  // names other than conditions
	lacksName      bool // a name is not there
	lacksWord      bool // a word that is no weak one is not there
	lacking        []string
}

func (t *tally) count(u *unit, at place, isCondition bool) {
	switch {
	case u.named:
		t.name(u, at, isCondition)
		return
	case !u.required && len(u.concepts) == 0:
		return
	}
	demand, share := demandOf(u), at.holds(u)
	t.total += demand
	t.covered += demand * share
	if share == 0 && u.required {
		t.lacking = append(t.lacking, "“"+u.text+"”")
		t.lacksWord = t.lacksWord || !u.weak
	}
}

func (t *tally) name(u *unit, at place, isCondition bool) {
	if !u.required {
		return
	}
	if at.about(u) || isCondition && len(u.terms) > 0 {
		if !isCondition {
			t.names++
			t.total += namedDemand
			t.covered += namedDemand
		}
		return
	}
	t.lacking, t.lacksName = append(t.lacking, "“"+u.text+"”"), true
}

// share returns the covered share of the demand, and what is lacking. fits says
// that the passage is about the condition that the ask names, if it names one.
func (t *tally) share(fits bool) (float64, string) {
	lacking := strings.Join(t.lacking, ", ")
	switch {
	case t.lacksName:
		return 0, lacking
	case !fits && t.names == 0:
		return 0, "the condition asked about"
	case t.total == 0 || !t.lacksWord && t.names > 0:
		return 1, ""
	}
	return t.covered / t.total, lacking
}

// enough returns the share of its words that has to be covered.
func (a *Ask) enough() float64 {
	if slices.ContainsFunc(a.units, func(u unit) bool { return u.named || u.symptom }) {
		return enoughCovered
	}
	return enoughUnnamed
}

// demandOf returns how much an everyday word counts.
func demandOf(u *unit) float64 {
	switch {
	case !u.required:
		return phraseDemand
	case u.weak:
		return weakDemand
	case len(u.terms) == 0:
		return strangeDemand
	case u.symptom:
		return namedDemand
	}
	return everydayDemand
}

// place is a passage with its section.
type place struct {
	*surroundings
	section *section
}

func (s *Set) place(passage int) place { return place{s.surroundingsOf(passage), s.sectionOf(passage)} }

// about reports whether a passage or its section holds a name, or its headings
// name a kind of which it is one.
func (a place) about(u *unit) bool {
	if u.in(a.section.terms) || u.in(a.heading) || u.in(a.path) {
		return true
	}
	return len(u.terms) > 0 && slices.ContainsFunc(u.broader, func(term uint64) bool {
		return a.heading.has(term) || a.path.has(term)
	})
}

// holds returns the share of an everyday word or phrase that a passage holds:
// all of it, or some of its words.
func (a place) holds(u *unit) float64 {
	all := func(term uint64) bool { return a.whole.has(term) || a.heading.has(term) || a.path.has(term) }
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
		for _, narrower := range s.language.narrower[concept] {
			if slices.Contains(s.conditions(passage), narrower.concept) {
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
