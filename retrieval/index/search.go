package index

import (
	"cmp"
	"math"
	"slices"
)

// The search is MaxScore (Turtle and Flood, "Query Evaluation: Strategies and
// Optimizations", 1995) in windows: the groups whose greatest scores together
// reach the threshold are added up term by term over a stretch of passages that
// fits the processor's nearest cache, and only passages that may still enter
// the result are looked up in the other groups.
//
// Weights are multiples of weightStep and impacts are whole numbers, so all
// sums are exact in any order: the result is that of adding up every posting.

// weightStep is the step in which weights are rounded.
const weightStep = 1.0 / (1 << 16)

// scratch is the memory of one search, used again by later ones.
type scratch struct {
	terms  []queryTerm
	groups []group
	bounds []float64 // by group: what it and all groups before it can add
	lists  []list
	found  []candidate
	heap   []candidate
	scores [window]float64 // by passage of the window, zero between uses
	best   [window]float64 // the same, of the alternatives of one group
}

// queryTerm is one term of a query; places holds its number in each segment.
type queryTerm struct {
	weight float64
	places []int32
	union  *Union
}

// in returns the segment that holds the term's list, and the list's number there.
func (t *queryTerm) in(x *Index, segment int) (holder *Segment, place int) {
	if t.union != nil {
		return t.union.segments[segment], 0
	}
	return x.segments[segment], int(t.places[segment])
}

// group is a group of alternatives: a stretch of lists.
type group struct {
	from, to int
	bound    float64 // the most that it adds to a score
}

// list is what is left of a term's postings in the segment that is searched.
type list struct {
	postings []byte
	weight   float64
	bound    float64 // the most that it adds to a score
	from, to int     // the bytes of the window that is looked at
}

// candidate is a passage with its score in steps.
type candidate struct {
	passage int
	score   float64
}

// worse reports whether a stands after b in the result.
func (a candidate) worse(b candidate) bool {
	return a.score < b.score || a.score == b.score && a.passage > b.passage
}

// Search appends the k best passages for a query to hits, best first; equal
// scores in the order of their numbers. A query is a list of groups: the
// alternatives of one group (a word and its other names) count once, by the
// best of them. With room in hits, nothing is allocated. Nothing is found when
// the index turns out to be damaged.
func (x *Index) Search(hits []Hit, groups [][]Term, k int) []Hit {
	if k <= 0 || x.passages == 0 {
		return hits
	}
	s := x.scratch.Get().(*scratch) //nolint:errcheck,forcetypeassert // the pool holds nothing else
	x.resolve(s, groups)
	s.heap = s.heap[:0]
	threshold := x.firstThreshold(s, k)
	for number := range x.segments {
		if !s.open(x, number, groups) {
			x.damaged.Store(true)
			x.scratch.Put(s)
			return hits
		}
		if len(s.groups) > 0 {
			s.search(x.bases[number], k, threshold)
		}
		threshold = s.threshold(k, threshold)
	}
	slices.SortFunc(s.heap, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.passage, b.passage))
	})
	for _, found := range s.heap {
		hits = append(hits, Hit{Passage: found.passage, Score: found.score * (greatestImpact / impactSteps)})
	}
	x.scratch.Put(s)
	return hits
}

// resolve looks every term up in every segment and works out its weight.
func (x *Index) resolve(s *scratch, groups [][]Term) {
	count := 0
	for _, terms := range groups {
		count += len(terms)
	}
	if cap(s.terms) < count {
		s.terms = make([]queryTerm, count)
	}
	s.terms = s.terms[:0]
	for _, terms := range groups {
		for _, term := range terms {
			s.terms = s.terms[:len(s.terms)+1]
			t := &s.terms[len(s.terms)-1]
			t.places, t.union = t.places[:0], term.Union
			if term.Union != nil {
				t.weight = rounded(term.Weight * term.Union.weight)
				continue
			}
			frequency := 0
			for _, segment := range x.segments {
				number, found := segment.find(term.ID)
				if !found {
					number = -1
				} else {
					frequency += segment.frequency(number)
				}
				t.places = append(t.places, int32(number))
			}
			t.weight = rounded(term.Weight * x.rarity(frequency))
		}
	}
}

func rounded(weight float64) float64 { return math.Round(weight/weightStep) * weightStep }

// firstThreshold returns a score that at least k passages reach.
func (x *Index) firstThreshold(s *scratch, k int) float64 {
	threshold := 0.0
	for i := range s.terms {
		for number := range x.segments {
			if holder, place := s.terms[i].in(x, number); place >= 0 {
				threshold = max(threshold, s.terms[i].weight*float64(holder.reached(place, k)))
			}
		}
	}
	return threshold
}

// open makes the groups and lists of one segment, the groups in the order of
// what they can add, least first. It reports whether the postings are sound.
func (s *scratch) open(x *Index, number int, query [][]Term) bool {
	s.groups, s.lists = s.groups[:0], s.lists[:0]
	term := 0
	for _, terms := range query {
		g := group{from: len(s.lists)}
		for range terms {
			t := &s.terms[term]
			term++
			segment, place := t.in(x, number)
			if place < 0 || t.weight <= 0 {
				continue
			}
			if !segment.sound(place) {
				return false
			}
			bound := t.weight * float64(segment.greatest(place))
			s.lists = append(s.lists, list{postings: segment.list(place), weight: t.weight, bound: bound})
			g.bound = max(g.bound, bound)
		}
		if g.to = len(s.lists); g.to > g.from {
			slices.SortFunc(s.lists[g.from:], func(a, b list) int { return cmp.Compare(b.bound, a.bound) })
			s.groups = append(s.groups, g)
		}
	}
	slices.SortFunc(s.groups, func(a, b group) int { return cmp.Compare(a.bound, b.bound) })
	s.bounds = s.bounds[:0]
	sum := 0.0
	for _, g := range s.groups {
		sum += g.bound
		s.bounds = append(s.bounds, sum)
	}
	return true
}

// search takes the segment window by window.
func (s *scratch) search(base, k int, threshold float64) {
	essential := 0
	for {
		for essential < len(s.groups) && s.bounds[essential] < threshold {
			essential++
		}
		start, more := s.nextWindow(essential)
		if !more {
			return
		}
		s.found = s.found[:0]
		needed := threshold // less what the other groups can add
		if essential > 0 {
			needed -= s.bounds[essential-1]
		}
		for at := len(s.groups) - 1; at > essential; at-- {
			s.addGroup(s.groups[at], start)
		}
		s.finish(s.groups[essential], start, needed)
		for at := len(s.groups) - 1; at > essential; at-- {
			s.collect(s.groups[at], needed)
		}
		for at := essential - 1; at >= 0 && len(s.found) > 0; at-- {
			s.complete(at, start, threshold)
		}
		for _, c := range s.found {
			c.passage += base
			s.keep(c, k)
		}
		threshold = s.threshold(k, threshold)
	}
}

// keep puts a candidate into the heap, whose root is the worst of the k best.
func (s *scratch) keep(c candidate, k int) {
	if len(s.heap) < k {
		s.heap = append(s.heap, c)
		for at := len(s.heap) - 1; at > 0; {
			parent := (at - 1) / 2
			if !s.heap[at].worse(s.heap[parent]) {
				return
			}
			s.heap[at], s.heap[parent] = s.heap[parent], s.heap[at]
			at = parent
		}
		return
	}
	if !s.heap[0].worse(c) {
		return
	}
	s.heap[0] = c
	for at := 0; ; {
		child := 2*at + 1
		if child >= k {
			return
		}
		if child+1 < k && s.heap[child+1].worse(s.heap[child]) {
			child++
		}
		if !s.heap[child].worse(s.heap[at]) {
			return
		}
		s.heap[at], s.heap[child] = s.heap[child], s.heap[at]
		at = child
	}
}

// threshold returns the score below which nothing enters the result any more.
func (s *scratch) threshold(k int, before float64) float64 {
	if len(s.heap) < k {
		return before
	}
	return max(before, s.heap[0].score)
}
