// Package index ranks passages for terms: BM25 over weighted fields, on an
// inverted index that lies in memory or in a mapped file. A term is a number
// that its maker chose, and a passage is a place in the order of adding: the
// index must never see text, words or sources.
package index

import (
	"math"
	"sync"
	"sync/atomic"
)

// The constants of BM25 (Robertson and Zaragoza, "The Probabilistic Relevance
// Framework: BM25 and Beyond", 2009). Passages are cut to much the same length,
// so that length says little about them.
const (
	saturation = 1.2
	lengthPull = 0.4
)

// Field is a part of a passage that counts with its own weight.
type Field int

// The fields, and their weights relative to the text.
const (
	Text Field = iota
	Heading
	Title
	fields
)

// fieldWeights follow the note that fields, not engines, decide the ranking: a
// title or a heading that names the thing asked for is worth many mentions in
// the text.
func fieldWeights() [fields]float64 { return [fields]float64{Text: 1, Heading: 8, Title: 24} }

// The usual numbers of terms of a heading and a title, whose weight is the
// field's: a shorter one says more of each, by the root for headings, which
// stand in a path, and in full for titles.
const (
	usualHeading = 6
	usualTitle   = 3
)

// mostGain is the most that the terms of a short heading or title gain.
const mostGain = 2.5

// fieldWeight returns the weight of each term of a field of so many terms.
func fieldWeight(field Field, terms int) float64 {
	weight := fieldWeights()[field]
	if field == Heading {
		weight *= min(math.Sqrt(usualHeading/float64(terms)), mostGain)
	}
	if field == Title {
		weight *= min(usualTitle/float64(terms), mostGain)
	}
	return weight
}

// Term is one term of a query with its weight, or a Union with a weight.
type Term struct {
	ID     uint64
	Weight float64
	Union  *Union
}

// Hit is a passage with its score.
type Hit struct {
	Passage int
	Score   float64
}

// Index is a list of segments that are searched as one. It is immutable and
// safe for concurrent use; With makes a larger one that shares the segments.
type Index struct {
	segments []*Segment
	bases    []int // by segment: the number of its first passage
	passages int
	scratch  *sync.Pool
	damaged  atomic.Bool
}

// New returns the index of segments; their passages are numbered on.
func New(segments ...*Segment) *Index {
	x := &Index{scratch: &sync.Pool{New: func() any { return &scratch{} }}}
	for _, segment := range segments {
		x.segments = append(x.segments, segment)
		x.bases = append(x.bases, x.passages)
		x.passages += segment.passages
	}
	return x
}

// With returns an index that holds further segments after those of x. Nothing
// of x is rebuilt, copied or changed; small segments at its end are merged with
// the new ones, so that their number stays small.
func (x *Index) With(segments ...*Segment) *Index {
	all := append(append([]*Segment(nil), x.segments...), segments...)
	return New(mergeSmall(all)...)
}

// Damaged reports whether a search met postings that are not as they were
// written. Such a search found nothing, and the index has to be built anew.
func (x *Index) Damaged() bool { return x.damaged.Load() }

// Len returns the number of passages.
func (x *Index) Len() int { return x.passages }

// Segments returns the segments, in the order of their passages.
func (x *Index) Segments() []*Segment { return x.segments }

// MeanLength returns the mean length of the passages in words, 0 without any:
// what a Builder needs whose segments are to stand beside those of x.
func (x *Index) MeanLength() float64 {
	total := 0.0
	for _, segment := range x.segments {
		total += segment.mean * float64(segment.passages)
	}
	return total / float64(max(x.passages, 1))
}

// Parts returns what each group of a query adds to a passage's score, and by
// which of its terms; -1 where the passage holds none.
func (x *Index) Parts(passage int, groups [][]Term) (parts []float64, by []int) {
	at := 0
	for at+1 < len(x.segments) && passage >= x.bases[at+1] {
		at++
	}
	segment, local := x.segments[at], uint32(passage-x.bases[at])
	for _, terms := range groups {
		part, best := 0.0, -1
		for i, term := range terms {
			number, found := segment.find(term.ID)
			if !found || !segment.sound(number) {
				continue
			}
			l := list{postings: segment.list(number), weight: term.Weight * x.Rarity(term.ID)}
			l.enter(local &^ (window - 1))
			if score := l.score(local) * greatestImpact / impactSteps; score > part {
				part, best = score, i
			}
		}
		parts, by = append(parts, part), append(by, best)
	}
	return parts, by
}

// Frequency returns in how many passages a term stands.
func (x *Index) Frequency(term uint64) int {
	count := 0
	for _, segment := range x.segments {
		if number, found := segment.find(term); found {
			count += segment.frequency(number)
		}
	}
	return count
}

// Rarity returns a term's inverse document frequency in nats; a term that
// stands in no passage is the rarest.
func (x *Index) Rarity(term uint64) float64 { return x.rarity(x.Frequency(term)) }

func (x *Index) rarity(frequency int) float64 {
	count := float64(frequency)
	return math.Log(1 + (float64(x.passages)-count+0.5)/(count+0.5))
}
