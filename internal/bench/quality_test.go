package main

import (
	"math"
	"testing"
)

func TestJudge(t *testing.T) {
	queries := []query{{Gold: []string{"a", "b"}}, {Gold: []string{"c"}}}
	got := judge(queries, [][]string{{"x", "a", "y", "b"}, {"z"}})
	gain := (1/math.Log2(3) + 1/math.Log2(5)) / (1 + 1/math.Log2(3))
	for name, pair := range map[string][2]float64{
		"mrr": {got.mrr, 0.25}, "ndcg": {got.ndcg, gain / 2}, "recall": {got.recall, 0.5}, "first": {got.first, 0}, "five": {got.five, 0.5},
	} {
		if math.Abs(pair[0]-pair[1]) > 1e-12 {
			t.Errorf("%s is %v, want %v", name, pair[0], pair[1])
		}
	}
}

func TestBootstrap(t *testing.T) {
	mean, low, high := bootstrap([]float64{1, 1, 0, 1}, []float64{0, 1, 0, 0})
	if mean != 0.5 || low > mean || high < mean || low < 0 || high > 1 {
		t.Errorf("mean %v, from %v to %v", mean, low, high)
	}
}
