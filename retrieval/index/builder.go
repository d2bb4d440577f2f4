package index

import (
	"cmp"
	"encoding/binary"
	"math"
	"slices"
)

// maxPassages is the number of passages of a full segment: a passage's number
// within it fills the upper half of a posting.
const maxPassages = 1 << 16

// Impacts are stored in steps of greatestImpact/impactSteps.
const (
	greatestImpact = saturation + 1
	impactSteps    = 1<<16 - 1
)

// Builder collects passages. The zero value is ready to use.
type Builder struct {
	// Mean is the mean length of passages in words against which lengths are
	// judged; 0 for that of the passages added.
	Mean float64

	numbers map[uint64]uint32 // by term
	ids     []uint64          // by number
	last    []uint32          // by number: the passage, from 1, that held it last
	slot    []uint32          // by number: its place among the entries of that passage
	parts   []*part
	added   uint32
	words   float64
}

// part holds what becomes one segment.
type part struct {
	entries []entry
	ends    []uint32  // by passage: where its entries end
	lengths []float32 // by passage, in words
}

// entry is one term of a passage with its weighted count.
type entry struct {
	term  uint32
	count float32
}

// Number returns the number by which Add knows a term.
func (b *Builder) Number(term uint64) uint32 {
	number, known := b.numbers[term]
	if !known {
		if b.numbers == nil {
			b.numbers = map[uint64]uint32{}
		}
		number = uint32(len(b.ids))
		b.numbers[term] = number
		b.ids = append(b.ids, term)
		b.last = append(b.last, 0)
		b.slot = append(b.slot, 0)
	}
	return number
}

// Add adds the next passage with the numbers of the terms of its fields;
// repeated terms count. Length is the number of words of the text.
func (b *Builder) Add(length int, terms [fields][]uint32) {
	if len(b.parts) == 0 || len(b.parts[len(b.parts)-1].ends) == maxPassages {
		b.parts = append(b.parts, &part{})
	}
	p := b.parts[len(b.parts)-1]
	b.added++
	b.words += float64(length)
	for field, list := range terms {
		if len(list) > 0 {
			b.count(p, list, float32(fieldWeight(Field(field), len(list))))
		}
	}
	p.ends = append(p.ends, uint32(len(p.entries)))
	p.lengths = append(p.lengths, float32(length))
}

// count adds one weight for each mention of a term in the passage that is being added.
func (b *Builder) count(p *part, terms []uint32, weight float32) {
	for _, term := range terms {
		if b.last[term] == b.added {
			p.entries[b.slot[term]].count += weight
			continue
		}
		b.last[term], b.slot[term] = b.added, uint32(len(p.entries))
		p.entries = append(p.entries, entry{term, weight})
	}
}

// Build returns the segments of all passages added: none without any.
func (b *Builder) Build() []*Segment {
	mean := b.Mean
	if mean == 0 && b.added > 0 {
		mean = b.words / float64(b.added)
	}
	segments := make([]*Segment, 0, len(b.parts))
	for _, p := range b.parts {
		segments = append(segments, b.segment(p, mean))
	}
	return segments
}

// segment writes one part down: terms in the order of their ids, the postings
// of each in the order of the passages.
func (b *Builder) segment(p *part, mean float64) *Segment {
	starts := make([]uint32, len(b.ids)+1) // first counts, then places
	for _, e := range p.entries {
		starts[e.term]++
	}
	var used []uint32
	for term, count := range starts {
		if count > 0 {
			used = append(used, uint32(term))
		}
	}
	slices.SortFunc(used, func(x, y uint32) int { return cmp.Compare(b.ids[x], b.ids[y]) })
	s := newSegment(len(p.ends), len(used), len(p.entries), mean)
	at := uint32(0)
	for number, term := range used {
		s.setTerm(number, b.ids[term], at)
		at, starts[term] = at+starts[term], at
	}
	s.setEnd(at)
	begin := uint32(0)
	for passage, end := range p.ends {
		norm := saturation * (1 - lengthPull + lengthPull*float64(p.lengths[passage])/max(mean, 1))
		for _, e := range p.entries[begin:end] {
			impact := float64(e.count) * greatestImpact / (float64(e.count) + norm)
			s.setPosting(starts[e.term], uint32(passage), steps(impact))
			starts[e.term]++
		}
		begin = end
	}
	s.setTops()
	return s
}

// steps returns an impact in steps, at least one: a posting is never worth nothing.
func steps(impact float64) uint32 {
	return uint32(min(max(math.Round(impact*impactSteps/greatestImpact), 1), impactSteps))
}

func (s *Segment) setTerm(number int, id uint64, start uint32) {
	binary.LittleEndian.PutUint64(s.ids[8*number:], id)
	binary.LittleEndian.PutUint32(s.starts[4*number:], start)
}

func (s *Segment) setEnd(end uint32) { binary.LittleEndian.PutUint32(s.starts[4*s.terms:], end) }

func (s *Segment) setPosting(at, passage, impact uint32) {
	binary.LittleEndian.PutUint32(s.postings[4*at:], passage<<16|impact)
}

// setTops stores the greatest impact of each term, and those at the ranks from
// which a search may start.
func (s *Segment) setTops() {
	var best [lowerRank]uint16
	for number := range s.terms {
		list := s.list(number)
		kept := best[:0]
		for i := 0; i < len(list); i += 4 {
			impact := binary.LittleEndian.Uint16(list[i:])
			if len(kept) == lowerRank && impact <= kept[lowerRank-1] {
				continue
			}
			at, _ := slices.BinarySearchFunc(kept, impact, func(x, y uint16) int { return cmp.Compare(y, x) })
			if len(kept) < lowerRank {
				kept = append(kept, 0)
			}
			copy(kept[at+1:], kept[at:])
			kept[at] = impact
		}
		tops := s.tops[topBytes*number:]
		for i, rank := range []int{1, upperRank, lowerRank} {
			if len(kept) >= rank {
				binary.LittleEndian.PutUint16(tops[2*i:], kept[rank-1])
			}
		}
	}
}
