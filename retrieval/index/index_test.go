package index_test

import (
	"math"
	"slices"
	"testing"

	"spsbot/retrieval/index"
)

// Terms of the passages below. Every passage is tenWords long.
const (
	common uint64 = 1 << 60 * (iota + 1)
	rare
	synonym
	filler
	unknown uint64 = 99
)

const tenWords = 10

// passage holds the terms of a text and of its heading.
type passage struct{ text, heading []uint64 }

func build(passages ...passage) *index.Index {
	builder := &index.Builder{}
	for _, p := range passages {
		add(builder, tenWords, p)
	}
	return index.New(builder.Build()...)
}

func add(builder *index.Builder, words int, p passage) {
	var terms [3][]uint32
	for _, term := range p.text {
		terms[index.Text] = append(terms[index.Text], builder.Number(term))
	}
	for _, term := range p.heading {
		terms[index.Heading] = append(terms[index.Heading], builder.Number(term))
	}
	builder.Add(words, terms)
}

// query makes one group of each term.
func query(terms ...uint64) [][]index.Term {
	var groups [][]index.Term
	for _, term := range terms {
		groups = append(groups, []index.Term{{ID: term, Weight: 1}})
	}
	return groups
}

func passagesOf(hits []index.Hit) []int {
	var out []int
	for _, hit := range hits {
		out = append(out, hit.Passage)
	}
	return out
}

func TestSearchRanks(t *testing.T) {
	six := []uint64{rare, filler, filler, filler, filler, filler}
	for name, test := range map[string]struct {
		passages []passage
		groups   [][]index.Term
		k        int
		want     []int
	}{
		"a rarer term wins": {
			passages: []passage{{text: []uint64{common}}, {text: []uint64{common}}, {text: []uint64{rare}}},
			groups:   query(common, rare), k: 5, want: []int{2, 0, 1},
		},
		"a heading outweighs mentions in the text": {
			passages: []passage{{text: []uint64{rare, rare}}, {text: []uint64{filler}, heading: []uint64{rare}}, {text: []uint64{filler}}},
			groups:   query(rare), k: 5, want: []int{1, 0},
		},
		"a short heading says more than a long one": {
			passages: []passage{{heading: six}, {heading: []uint64{rare}}, {text: []uint64{filler}}},
			groups:   query(rare), k: 5, want: []int{1, 0},
		},
		"more mentions win": {
			passages: []passage{{text: []uint64{rare}}, {text: []uint64{rare, rare}}, {text: []uint64{filler}}},
			groups:   query(rare), k: 5, want: []int{1, 0},
		},
		"equal scores stand in the order of the passages": {
			passages: []passage{{text: []uint64{rare}}, {text: []uint64{filler}}, {text: []uint64{rare}}},
			groups:   query(rare), k: 5, want: []int{0, 2},
		},
		"no more than k": {
			passages: []passage{{text: []uint64{rare}}, {text: []uint64{rare, rare}}, {text: []uint64{filler}}},
			groups:   query(rare), k: 1, want: []int{1},
		},
		"k of nothing": {
			passages: []passage{{text: []uint64{rare}}},
			groups:   query(rare), k: 0, want: nil,
		},
		"an unknown term finds nothing": {
			passages: []passage{{text: []uint64{rare}}},
			groups:   query(unknown, math.MaxUint64), k: 5, want: nil,
		},
		"an unknown alternative does no harm": {
			passages: []passage{{text: []uint64{filler}}, {text: []uint64{rare}}},
			groups:   [][]index.Term{{{ID: unknown, Weight: 1}, {ID: rare, Weight: 1}}}, k: 5, want: []int{1},
		},
		"an index without passages": {groups: query(rare), k: 5, want: nil},
	} {
		t.Run(name, func(t *testing.T) {
			if got := passagesOf(build(test.passages...).Search(nil, test.groups, test.k)); !slices.Equal(got, test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

func TestAlternativesCountOnce(t *testing.T) {
	x := build(passage{text: []uint64{rare, synonym}}, passage{text: []uint64{filler}}, passage{text: []uint64{filler}})
	score := func(groups ...[]index.Term) float64 { return x.Search(nil, groups, 1)[0].Score }
	word, light := index.Term{ID: rare, Weight: 1}, index.Term{ID: synonym, Weight: 0.5}

	alone := score([]index.Term{word})
	if got := score([]index.Term{light, word}); got != alone {
		t.Errorf("both names in one group score %v, want that of the better one, %v", got, alone)
	}
	if got := score([]index.Term{word}, []index.Term{light}); math.Abs(got-1.5*alone) > 1e-9 {
		t.Errorf("two groups score %v, want their sum, %v", got, 1.5*alone)
	}
}

func TestShorterPassageWins(t *testing.T) {
	builder := &index.Builder{}
	add(builder, 80, passage{text: []uint64{rare}})
	add(builder, 8, passage{text: []uint64{rare}})
	if got := passagesOf(index.New(builder.Build()...).Search(nil, query(rare), 5)); !slices.Equal(got, []int{1, 0}) {
		t.Errorf("got %v, want the shorter one first", got)
	}
}

func TestRarityAndFrequency(t *testing.T) {
	x := build(passage{text: []uint64{common, rare, rare}}, passage{heading: []uint64{common}}, passage{text: []uint64{filler}})
	if x.Len() != 3 {
		t.Errorf("got %d passages, want 3", x.Len())
	}
	for _, test := range []struct {
		term      uint64
		frequency int
		rarity    float64
	}{
		{common, 2, math.Log(1 + 1.5/2.5)},
		{rare, 1, math.Log(1 + 2.5/1.5)},
		{synonym, 0, math.Log(1 + 3.5/0.5)},
		{unknown, 0, math.Log(1 + 3.5/0.5)},
	} {
		if got := x.Frequency(test.term); got != test.frequency {
			t.Errorf("term %d stands in %d passages, want %d", test.term, got, test.frequency)
		}
		if got := x.Rarity(test.term); math.Abs(got-test.rarity) > 1e-9 {
			t.Errorf("term %d has the rarity %v, want %v", test.term, got, test.rarity)
		}
	}
}
