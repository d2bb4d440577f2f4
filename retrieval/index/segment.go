package index

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"math/bits"
)

// The ranks at which each term's impact is stored: that many passages score at
// least so much, so that a search for as many starts with it as its threshold.
const (
	upperRank = 10
	lowerRank = 64
	topBytes  = 6 // the greatest impact and those at the two ranks
)

// Segment holds the postings of up to 65,536 passages in flat tables, in the
// layout in which a snapshot holds them. It is immutable once built.
type Segment struct {
	ids      []byte // 8 bytes a term: its id; ascending
	starts   []byte // 4 bytes a term and one more: the place of its first posting
	tops     []byte // topBytes a term
	postings []byte // 4 bytes a posting: the passage above, the impact below
	terms    int
	passages int
	mean     float64 // the mean length that the impacts were worked out with, in words
	// check reports whether a stretch of postings is as it was written; nil for
	// those that were built in memory.
	check func(from, to int) bool
}

func newSegment(passages, terms, postings int, mean float64) *Segment {
	return &Segment{
		ids:      make([]byte, 8*terms),
		starts:   make([]byte, 4*(terms+1)),
		tops:     make([]byte, topBytes*terms),
		postings: make([]byte, 4*postings),
		terms:    terms, passages: passages, mean: mean,
	}
}

// Len returns the number of passages.
func (s *Segment) Len() int { return s.passages }

// interpolationSpan is how far from its expected place an id is looked for
// first, in terms. Ids are hashes: they lie evenly.
const interpolationSpan = 128

// find returns the number of a term.
func (s *Segment) find(id uint64) (int, bool) {
	expected, _ := bits.Mul64(id, uint64(s.terms))
	low, high := max(int(expected)-interpolationSpan, 0), min(int(expected)+interpolationSpan, s.terms)
	if low > 0 && s.id(low) > id {
		low = 0
	}
	if high < s.terms && s.id(high) <= id {
		high = s.terms
	}
	for low < high {
		middle := int(uint(low+high) >> 1)
		if s.id(middle) < id {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low, low < s.terms && s.id(low) == id
}

func (s *Segment) id(number int) uint64 { return binary.LittleEndian.Uint64(s.ids[8*number:]) }

func (s *Segment) start(number int) uint32 { return binary.LittleEndian.Uint32(s.starts[4*number:]) }

// frequency returns the number of passages that hold a term.
func (s *Segment) frequency(number int) int { return int(s.start(number+1) - s.start(number)) }

// list returns the postings of a term.
func (s *Segment) list(number int) []byte {
	return s.postings[4*int(s.start(number)) : 4*int(s.start(number+1))]
}

// sound reports whether the postings of a term are as they were written.
func (s *Segment) sound(number int) bool {
	return s.check == nil || s.check(4*int(s.start(number)), 4*int(s.start(number+1)))
}

// greatest returns a term's greatest impact in steps.
func (s *Segment) greatest(number int) uint16 {
	return binary.LittleEndian.Uint16(s.tops[topBytes*number:])
}

// reached returns the impact in steps that at least k passages reach for a
// term; 0 when none is known.
func (s *Segment) reached(number, k int) uint16 {
	switch {
	case k <= upperRank:
		return binary.LittleEndian.Uint16(s.tops[topBytes*number+2:])
	case k <= lowerRank:
		return binary.LittleEndian.Uint16(s.tops[topBytes*number+4:])
	}
	return 0
}

// mergeSmall joins neighbours until each segment is more than twice as large as
// the one after it, or the two together would be too large: n passages added
// one by one lie in about log n segments, and each was copied about log n times.
func mergeSmall(segments []*Segment) []*Segment {
	var out []*Segment
	for _, segment := range segments {
		out = append(out, segment)
		for last := len(out) - 1; last > 0; last-- {
			before, after := out[last-1], out[last]
			if before.passages > 2*after.passages || before.passages+after.passages > maxPassages {
				break
			}
			out = append(out[:last-1], merge(before, after))
		}
	}
	return out
}

// merge returns one segment with the passages of both, those of a first.
func merge(a, b *Segment) *Segment {
	passages := a.passages + b.passages
	mean := (a.mean*float64(a.passages) + b.mean*float64(b.passages)) / float64(passages)
	s := newSegment(passages, a.terms+b.terms, (len(a.postings)+len(b.postings))/4, mean)
	number, at := 0, uint32(0)
	for i, j := 0, 0; i < a.terms || j < b.terms; number++ {
		inA := i < a.terms && (j == b.terms || a.id(i) <= b.id(j))
		inB := j < b.terms && (i == a.terms || b.id(j) <= a.id(i))
		id := uint64(0)
		begin := at
		if inA {
			id = a.id(i)
			at += uint32(copy(s.postings[4*at:], a.list(i)) / 4)
			i++
		}
		if inB {
			id = b.id(j)
			list := b.list(j)
			for k := 0; k < len(list); k += 4 {
				binary.LittleEndian.PutUint32(s.postings[4*at:], binary.LittleEndian.Uint32(list[k:])+uint32(a.passages)<<16)
				at++
			}
			j++
		}
		s.setTerm(number, id, begin)
	}
	s.terms = number
	s.ids, s.starts, s.tops = s.ids[:8*number], s.starts[:4*(number+1)], s.tops[:topBytes*number]
	s.setEnd(at)
	s.setTops()
	return s
}

// headBytes is the length of what stands before a segment's tables.
const headBytes = 24

// Tables returns the segment as bytes for a snapshot: the tables that every
// search reads, and the postings.
func (s *Segment) Tables() (head, postings []byte) {
	head = make([]byte, 0, headBytes+len(s.ids)+len(s.starts)+len(s.tops))
	head = binary.LittleEndian.AppendUint32(head, uint32(s.passages))
	head = binary.LittleEndian.AppendUint32(head, uint32(s.terms))
	head = binary.LittleEndian.AppendUint64(head, uint64(len(s.postings)))
	head = binary.LittleEndian.AppendUint64(head, math.Float64bits(s.mean))
	head = append(append(append(head, s.ids...), s.starts...), s.tops...)
	return head, s.postings
}

// errTables says that the tables of a segment contradict themselves.
var errTables = errors.New("the tables of a segment contradict themselves")

// FromTables returns the segment that Tables wrote; it keeps the slices. It
// checks that the tables fit together, not that no bit of them changed: that is
// the work of whoever stored them. Check is asked about each stretch of the
// postings before it is used; nil when they were checked already.
func FromTables(head, postings []byte, check func(from, to int) bool) (*Segment, error) {
	if len(head) < headBytes {
		return nil, fmt.Errorf("%w: they have %d bytes", errTables, len(head))
	}
	s := &Segment{
		passages: int(binary.LittleEndian.Uint32(head)),
		terms:    int(binary.LittleEndian.Uint32(head[4:])),
		mean:     math.Float64frombits(binary.LittleEndian.Uint64(head[16:])),
		postings: postings,
		check:    check,
	}
	size := headBytes + 8*s.terms + 4*(s.terms+1) + topBytes*s.terms
	if s.passages > maxPassages || len(head) != size || binary.LittleEndian.Uint64(head[8:]) != uint64(len(postings)) {
		return nil, fmt.Errorf("%w: %d passages, %d terms, %d and %d bytes", errTables, s.passages, s.terms, len(head), len(postings))
	}
	rest := head[headBytes:]
	s.ids, rest = rest[:8*s.terms], rest[8*s.terms:]
	s.starts, s.tops = rest[:4*(s.terms+1)], rest[4*(s.terms+1):]
	if s.start(0) != 0 || 4*int(s.start(s.terms)) != len(postings) {
		return nil, fmt.Errorf("%w: the postings do not end where they should", errTables)
	}
	return s, nil
}
