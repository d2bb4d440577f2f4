package retrieval

import (
	"cmp"
	"slices"
	"strings"

	"spsbot"
	"spsbot/retrieval/index"
)

// Hit is a passage that was found for a query.
type Hit struct {
	spsbot.Evidence
	// Same are passages of other sources that say the same, the strongest kind
	// of source first; none of them is as strong as that of Passage.
	Same []*spsbot.Passage

	number int // of the passage
	sketch *sketch
}

const (
	// spare is how many more passages are ranked than were asked for, since some
	// are folded into others and some give way to other sources.
	spare = 10
	// sameSource scales the score of a passage for each better one of its source.
	sameSource = 0.85
	// sayTheSame is the share of common terms from which on two passages say the same.
	sayTheSame = 0.85
)

// Search returns the k best passages for a query, best first. Passages that say
// the same are one hit, and further passages of one source stand back a little.
func (s *Set) Search(query string, k int) []Hit {
	units := s.reader("").units(query)
	ranked := s.index().Search(make([]index.Hit, 0, k+spare), groupsOf(units), k+spare)
	hits := s.fold(s.spread(ranked), units, k)
	return hits[:min(k, len(hits))]
}

func groupsOf(units []unit) [][]index.Term {
	groups := make([][]index.Term, len(units))
	for i := range units {
		groups[i] = units[i].scaled(units[i].ranked)
	}
	return groups
}

// spread scales the scores of further passages of one source, and sorts anew.
func (s *Set) spread(hits []index.Hit) []index.Hit {
	for i := len(hits) - 1; i > 0; i-- {
		source := s.passages[hits[i].Passage].Source
		for _, better := range hits[:i] {
			if s.passages[better.Passage].Source == source {
				hits[i].Score *= sameSource
			}
		}
	}
	slices.SortStableFunc(hits, func(a, b index.Hit) int { return cmp.Compare(b.Score, a.Score) })
	return hits
}

// fold makes one hit of passages of different sources that say the same, under
// the one of the strongest kind of source, and stops when it has k.
func (s *Set) fold(ranked []index.Hit, units []unit, k int) []Hit {
	hits := make([]Hit, 0, min(k, len(ranked)))
	for _, found := range ranked {
		passage := s.passages[found.Passage]
		one := s.sketches.at(found.Passage)
		at := slices.IndexFunc(hits, func(h Hit) bool { return h.sketch.like(one) && s.saySame(h.number, found.Passage, units) })
		switch {
		case at < 0 && len(hits) < k:
			hits = append(hits, Hit{Evidence: spsbot.Evidence{Passage: passage, Score: found.Score}, number: found.Passage, sketch: one})
		case at < 0:
			return hits
		case stronger(passage.Source, hits[at].Passage.Source):
			hits[at].Same = append(hits[at].Same, hits[at].Passage)
			hits[at].Passage, hits[at].number, hits[at].sketch = passage, found.Passage, one
		default:
			hits[at].Same = append(hits[at].Same, passage)
		}
	}
	for i := range hits {
		slices.SortStableFunc(hits[i].Same, func(a, b *spsbot.Passage) int { return cmp.Compare(standing(a.Source), standing(b.Source)) })
	}
	return hits
}

// saySame reports whether two passages of different sources say the same: they
// hold nearly the same terms, the same of those that were asked for, and the
// same figures.
func (s *Set) saySame(a, b int, units []unit) bool {
	if s.passages[a].Source == s.passages[b].Source {
		return false
	}
	x, y := s.surroundingsOf(a), s.surroundingsOf(b)
	if common(x.whole, y.whole) < sayTheSame {
		return false
	}
	for i := range units {
		if units[i].in(x.whole) != units[i].in(y.whole) {
			return false
		}
	}
	return slices.Equal(figuresIn(s.passages[a].Text), figuresIn(s.passages[b].Text))
}

// figuresIn returns the numbers of a text, in their order.
func figuresIn(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r < '0' || r > '9' })
}

// common returns the share of all terms of two texts that both hold (Jaccard).
func common(a, b sentenceTerms) float64 {
	both := 0
	for _, term := range a {
		if b.has(term) {
			both++
		}
	}
	return float64(both) / float64(max(len(a)+len(b)-both, 1))
}

// standing ranks sources, the strongest first: by their kind, and those with
// something to sell after all others.
func standing(source *spsbot.Source) int {
	rank := slices.Index(spsbot.Kinds(), source.Kind)
	if rank < 0 || source.Commercial {
		rank += len(spsbot.Kinds())
	}
	return rank
}

func stronger(a, b *spsbot.Source) bool { return standing(a) < standing(b) }
