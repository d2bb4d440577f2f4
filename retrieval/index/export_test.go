package index

import (
	"cmp"
	"math"
	"slices"
)

// Exhaustive adds up every posting of every group and sorts all passages: the
// plain meaning of a query, which Search has to reach by its short cuts.
func (x *Index) Exhaustive(groups [][]Term, k int) []Hit {
	scores := make([]float64, x.passages)
	for _, terms := range groups {
		best := make([]float64, x.passages)
		for _, term := range terms {
			weight := math.Round(term.Weight*x.Rarity(term.ID)/weightStep) * weightStep
			for i, segment := range x.segments {
				number, found := segment.find(term.ID)
				if !found {
					continue
				}
				postings := segment.list(number)
				for at := 0; at < len(postings); at += 4 {
					passage, impact := postingAt(postings, at)
					best[x.bases[i]+int(passage)] = max(best[x.bases[i]+int(passage)], weight*impact)
				}
			}
		}
		for passage, score := range best {
			scores[passage] += score
		}
	}
	var hits []Hit
	for passage, score := range scores {
		if score > 0 {
			hits = append(hits, Hit{passage, score * (greatestImpact / impactSteps)})
		}
	}
	slices.SortFunc(hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Passage, b.Passage))
	})
	return hits[:min(k, len(hits))]
}
