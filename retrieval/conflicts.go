package retrieval

import (
	"slices"
	"strings"

	"spsbot"
	"spsbot/retrieval/analysis"
)

// Conflict is a figure for which another source gives another one.
type Conflict struct {
	// Sentence is the hit's own, Other what Passage says instead; both verbatim.
	Sentence, Other string
	Passage         *spsbot.Passage
}

// Limits of what is taken for a conflict.
const (
	// sameMatter is the share of the shorter sentence's terms, figures aside, from
	// which on two sentences speak of the same thing.
	sameMatter = 0.6
	// fewestTerms is the number of such terms below which a sentence says too little.
	fewestTerms = 4
)

// claim is a sentence with a figure.
type claim struct {
	text    string
	matter  sentenceTerms
	figures []string
}

// Conflicts returns the sentences of a hit for which another hit, of another
// source, gives another figure on the same matter. It is for people to look at:
// a later year or another group of patients may explain the difference.
func (s *Set) Conflicts(hit Hit, hits []Hit) []Conflict {
	var conflicts []Conflict
	own := s.claims(hit.Passage)
	if len(own) == 0 {
		return nil
	}
	for _, other := range hits {
		if other.Passage.Source == hit.Passage.Source {
			continue
		}
		for _, theirs := range s.claims(other.Passage) {
			for _, ours := range own {
				if ours.contradicts(&theirs) {
					conflicts = append(conflicts, Conflict{ours.text, theirs.text, other.Passage})
				}
			}
		}
	}
	return conflicts
}

// claims returns the quotable sentences of a passage that hold a figure.
func (s *Set) claims(passage *spsbot.Passage) []claim {
	var out []claim
	for i, sentence := range passage.Sentences {
		text := passage.Quote(i)
		if !sentence.Quotable || !strings.ContainsAny(text, "0123456789") {
			continue
		}
		c := claim{text: text}
		var matter []uint64
		for _, token := range s.language.analyzer.Tokens(text) {
			switch {
			case token.Word[0] >= '0' && token.Word[0] <= '9':
				c.figures = append(c.figures, token.Word)
			case s.language.carries(token):
				matter = append(matter, analysis.Term(token.Stem))
			}
		}
		if c.matter = unique(matter); len(c.figures) > 0 && len(c.matter) >= fewestTerms {
			out = append(out, c)
		}
	}
	return out
}

// contradicts reports whether two claims speak of the same thing with figures
// of which none is the same.
func (c *claim) contradicts(other *claim) bool {
	if slices.ContainsFunc(c.figures, func(figure string) bool { return slices.Contains(other.figures, figure) }) {
		return false
	}
	both := 0
	for _, term := range c.matter {
		if other.matter.has(term) {
			both++
		}
	}
	return float64(both) >= sameMatter*float64(min(len(c.matter), len(other.matter)))
}
