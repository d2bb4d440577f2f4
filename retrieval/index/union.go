package index

import (
	"encoding/binary"
	"math"
)

// Union is the merged list of many alternatives, each passage by the best of
// them: one list to search instead of hundreds. It belongs to the index that
// made it.
type Union struct {
	segments []*Segment // one term each
	weight   float64    // that of the best impact
}

// Union merges alternatives. Its scores are those of the alternatives in one
// group, but for rounding by less than one in 65,535 of the greatest.
func (x *Index) Union(terms []Term) *Union {
	u := &Union{}
	weights := make([]float64, len(terms))
	for i, term := range terms {
		weights[i] = term.Weight * x.Rarity(term.ID)
		u.weight = max(u.weight, weights[i])
	}
	for _, segment := range x.segments {
		best := make([]float64, segment.passages)
		count := 0
		for i, term := range terms {
			number, found := segment.find(term.ID)
			if !found {
				continue
			}
			if !segment.sound(number) {
				x.damaged.Store(true)
				continue
			}
			postings := segment.list(number)
			for at := 0; at < len(postings); at += 4 {
				passage, impact := postingAt(postings, at)
				if best[passage] == 0 {
					count++
				}
				best[passage] = max(best[passage], weights[i]*impact)
			}
		}
		u.segments = append(u.segments, oneList(best, count, u.weight))
	}
	return u
}

// oneList returns a segment of a single term with the scores of passages, in
// steps of a weight.
func oneList(scores []float64, count int, weight float64) *Segment {
	s := newSegment(len(scores), 1, count, 0)
	at := uint32(0)
	for passage, score := range scores {
		if score > 0 {
			s.setPosting(at, uint32(passage), uint32(max(math.Round(score/weight), 1)))
			at++
		}
	}
	binary.LittleEndian.PutUint32(s.starts[4:], at)
	s.setTops()
	return s
}
