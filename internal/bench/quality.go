package main

import (
	"math"
	"math/rand"
	"slices"
)

// cutoff is the number of hits that are judged.
const cutoff = 10

// scores are the figures of one engine for one kind of query.
type scores struct {
	mrr, ndcg, recall float64
	first, five       float64   // recall@1 and @5: a right answer is among the first
	each              []float64 // nDCG by query
}

// judge rates the ranked answers of each query; answers[i] are the ids for
// queries[i], best first, each once.
func judge(queries []query, answers [][]string) scores {
	var s scores
	for i, q := range queries {
		right := make([]bool, 0, cutoff)
		for _, id := range answers[i][:min(cutoff, len(answers[i]))] {
			right = append(right, slices.Contains(q.Gold, id))
		}
		gain, ideal, found := 0.0, 0.0, 0
		for at, hit := range right {
			if hit {
				if found == 0 {
					s.mrr += 1 / float64(at+1)
				}
				found++
				gain += 1 / math.Log2(float64(at+2))
			}
		}
		for at := range min(cutoff, len(q.Gold)) {
			ideal += 1 / math.Log2(float64(at+2))
		}
		s.each = append(s.each, gain/ideal)
		s.ndcg += gain / ideal
		s.recall += float64(found) / float64(min(cutoff, len(q.Gold)))
		if slices.Contains(right[:min(1, len(right))], true) {
			s.first++
		}
		if slices.Contains(right[:min(5, len(right))], true) {
			s.five++
		}
	}
	count := float64(max(len(queries), 1))
	for _, figure := range []*float64{&s.mrr, &s.ndcg, &s.recall, &s.first, &s.five} {
		*figure /= count
	}
	return s
}

// bootstrap returns the mean difference of two engines on the same queries, and
// its 95% interval from 10,000 samples of the queries (paired).
func bootstrap(a, b []float64) (mean, low, high float64) {
	random := rand.New(rand.NewSource(1))
	differences := make([]float64, len(a))
	for i := range a {
		differences[i] = a[i] - b[i]
		mean += differences[i] / float64(len(a))
	}
	const samples = 10_000
	means := make([]float64, samples)
	for i := range means {
		for range differences {
			means[i] += differences[random.Intn(len(differences))] / float64(len(a))
		}
	}
	slices.Sort(means)
	return mean, means[samples*25/1000], means[samples*975/1000]
}
