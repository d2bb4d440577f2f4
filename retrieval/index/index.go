// Package index ranks passages for terms: an inverted index in memory with
// BM25 over weighted fields. It knows term numbers and passage numbers only; it
// must never see text, words or sources.
package index

import (
	"math"
	"slices"
)

// The constants of BM25 (Robertson and Zaragoza, "The Probabilistic Relevance
// Framework: BM25 and Beyond", 2009) at their usual values.
const (
	saturation = 1.2
	lengthPull = 0.75
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

// fieldWeights follow the note that fields, not engines, decide the ranking:
// a heading that names the thing asked for is worth several mentions in the text.
func fieldWeights() [fields]float64 { return [fields]float64{Text: 1, Heading: 4, Title: 1} }

// Posting is one passage that holds a term. Impact is the term's saturated,
// length-normalised frequency, without the term's rarity; in (0, 2.2).
type posting struct {
	passage uint32
	impact  float32
}

// usualHeading is the number of terms of a heading whose weight is the field's;
// a shorter heading says more of each.
const usualHeading = 6

// shortHeading is the most that a short heading's terms gain.
const shortHeading = 2.5

// Index is immutable after Build and safe for concurrent use.
type Index struct {
	postings [][]posting // by term
	rarity   []float64   // by term: inverse document frequency
	passages int
}

// Builder collects passages.
type Builder struct {
	counts [][]weighted // by passage
	length []float64    // weighted length by passage
	terms  int
}

type weighted struct {
	term  uint32
	count float64
}

// Add adds the next passage with the terms of its fields; repeated terms count.
// Length is the number of words of the text.
func (b *Builder) Add(length int, terms [fields][]uint32) {
	weights := fieldWeights()
	counts := map[uint32]float64{}
	for field, list := range terms {
		weight := weights[field]
		if Field(field) == Heading && len(list) > 0 {
			weight *= min(math.Sqrt(usualHeading/float64(len(list))), shortHeading)
		}
		for _, term := range list {
			counts[term] += weight
			b.terms = max(b.terms, int(term)+1)
		}
	}
	list := make([]weighted, 0, len(counts))
	for term, count := range counts {
		list = append(list, weighted{term, count})
	}
	slices.SortFunc(list, func(x, y weighted) int { return int(x.term) - int(y.term) })
	b.counts = append(b.counts, list)
	b.length = append(b.length, float64(length))
}

// Build returns the index of all passages added.
func (b *Builder) Build() *Index {
	index := &Index{
		postings: make([][]posting, b.terms),
		rarity:   make([]float64, b.terms),
		passages: len(b.counts),
	}
	mean := 0.0
	for _, length := range b.length {
		mean += length / float64(len(b.length))
	}
	for passage, list := range b.counts {
		norm := saturation * (1 - lengthPull + lengthPull*b.length[passage]/max(mean, 1))
		for _, w := range list {
			impact := w.count * (saturation + 1) / (w.count + norm)
			index.postings[w.term] = append(index.postings[w.term], posting{uint32(passage), float32(impact)})
		}
	}
	for term, list := range index.postings {
		frequency := float64(len(list))
		index.rarity[term] = math.Log(1 + (float64(index.passages)-frequency+0.5)/(frequency+0.5))
	}
	return index
}

// Term is one term of a query with its weight.
type Term struct {
	ID     uint32
	Weight float64
}

// Hit is a passage with its score.
type Hit struct {
	Passage int
	Score   float64
}

// Frequency returns in how many passages a term stands.
func (x *Index) Frequency(term uint32) int {
	if int(term) >= len(x.postings) {
		return 0
	}
	return len(x.postings[term])
}

// Rarity returns a term's inverse document frequency in nats; an unknown term
// is as rare as one that stands in no passage.
func (x *Index) Rarity(term uint32) float64 {
	if int(term) >= len(x.rarity) {
		return math.Log(1 + (float64(x.passages)+0.5)/0.5)
	}
	return x.rarity[term]
}

// Len returns the number of passages.
func (x *Index) Len() int { return x.passages }

// Search returns the k best passages for a query, best first; equal scores in
// the order of their numbers. A query is a list of groups: the alternatives of
// one group (a word and its other names) count once, by the best of them.
func (x *Index) Search(groups [][]Term, k int) []Hit {
	scores := make([]float64, x.passages)
	best := make([]float64, x.passages)
	for _, group := range groups {
		if len(group) == 1 {
			x.addTerm(scores, group[0])
			continue
		}
		clear(best)
		for _, term := range group {
			x.raise(best, term)
		}
		for passage, score := range best {
			scores[passage] += score
		}
	}
	return top(scores, k)
}

func (x *Index) addTerm(scores []float64, term Term) {
	if int(term.ID) >= len(x.postings) {
		return
	}
	weight := term.Weight * x.rarity[term.ID]
	for _, p := range x.postings[term.ID] {
		scores[p.passage] += weight * float64(p.impact)
	}
}

func (x *Index) raise(best []float64, term Term) {
	if int(term.ID) >= len(x.postings) {
		return
	}
	weight := term.Weight * x.rarity[term.ID]
	for _, p := range x.postings[term.ID] {
		best[p.passage] = max(best[p.passage], weight*float64(p.impact))
	}
}

func top(scores []float64, k int) []Hit {
	var hits []Hit
	for passage, score := range scores {
		if score > 0 {
			hits = append(hits, Hit{passage, score})
		}
	}
	slices.SortStableFunc(hits, func(a, b Hit) int {
		switch {
		case a.Score > b.Score:
			return -1
		case a.Score < b.Score:
			return 1
		}
		return a.Passage - b.Passage
	})
	return hits[:min(k, len(hits))]
}
