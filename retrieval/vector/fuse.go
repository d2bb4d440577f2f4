package vector

import (
	"cmp"
	"slices"
)

// fusion is the constant of reciprocal rank fusion at its usual value (Cormack,
// Clarke and Büttcher, "Reciprocal Rank Fusion Outperforms Condorcet and
// Individual Rank Learning Methods", 2009).
const fusion = 60

// Fuse joins rankings of rows, each best first, into one of the k best: a row
// counts 1/(60+rank) in each ranking that holds it. Of equal ones, those of an
// earlier ranking stand first.
func Fuse(k int, rankings ...[]int) []Hit {
	places := map[int]int{}
	var hits []Hit
	for _, ranking := range rankings {
		for at, row := range ranking {
			place, known := places[row]
			if !known {
				place = len(hits)
				places[row] = place
				hits = append(hits, Hit{Row: row})
			}
			hits[place].Score += 1 / float64(fusion+at+1)
		}
	}
	slices.SortStableFunc(hits, func(a, b Hit) int { return cmp.Compare(b.Score, a.Score) })
	return hits[:min(max(k, 0), len(hits))]
}
