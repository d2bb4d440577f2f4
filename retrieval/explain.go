package retrieval

import (
	"slices"

	"spsbot/retrieval/analysis"
	"spsbot/retrieval/index"
)

// Place says where in a passage something stands.
type Place string

// The places, weightiest first.
const (
	InTitle   Place = "title" // or in an outer heading
	InHeading Place = "heading"
	InText    Place = "text"
)

// Reason is one part of a hit's score.
type Reason struct {
	// Asked is the word or name of the query, its spelling corrected.
	Asked string
	// As is the name by which the passage was found when it is another one, else empty.
	As string
	// Where are the places that hold it.
	Where []Place
	// Share is its part of the score; the shares of a hit add up to 1.
	Share float64
}

// Explain takes the score of a hit of a query apart: one reason for each word
// or name of the query, in its order. One that the passage does not hold has no
// place and no share.
func (s *Set) Explain(query string, hit Hit) []Reason {
	units := s.reader("").units(query)
	groups := make([][]index.Term, len(units))
	for i := range units {
		groups[i] = units[i].scaled(units[i].terms)
	}
	parts, by := s.index().Parts(hit.number, groups)
	total := 0.0
	for _, part := range parts {
		total += part
	}
	around := s.surroundingsOf(hit.number)
	reasons := make([]Reason, 0, len(units))
	for i := range units {
		reason := Reason{Asked: units[i].text}
		if by[i] >= 0 {
			term := units[i].terms[by[i]]
			reason.As, reason.Where, reason.Share = s.nameOf(term, &units[i]), around.places(term.ID), parts[i]/total
		}
		reasons = append(reasons, reason)
	}
	return reasons
}

// nameOf returns the name of a term by which a unit was found, empty when it is
// the unit's own word or name.
func (s *Set) nameOf(term index.Term, u *unit) string {
	concept := slices.Index(s.language.terms, term.ID)
	if concept < 0 {
		return ""
	}
	name := s.language.glossary.Concepts[concept].Names[0]
	tokens := s.language.analyzer.Tokens(name)
	if len(tokens) == len(u.stems) && !slices.ContainsFunc(tokens, func(t analysis.Token) bool { return !slices.Contains(u.stems, t.Stem) }) {
		return "" // the same name in another form
	}
	return name
}

// places returns where a passage holds a term.
func (a *surroundings) places(term uint64) []Place {
	var places []Place
	if a.path.has(term) {
		places = append(places, InTitle)
	}
	if a.heading.has(term) {
		places = append(places, InHeading)
	}
	if a.whole.has(term) {
		places = append(places, InText)
	}
	return places
}
