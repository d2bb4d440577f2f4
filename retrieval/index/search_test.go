package index_test

import (
	"math"
	"math/rand"
	"slices"
	"testing"

	"spsbot/retrieval/index"
)

// vocabulary is the number of terms of the random indexes below.
const vocabulary = 3000

// termOf returns the id of a term by its rank among the terms of a random
// index; ids are spread over the whole range, as hashes are.
func termOf(rank int) uint64 { return uint64(rank+1) * 0x9e3779b97f4a7c15 }

// ranked returns a random rank: low ones are much more frequent (Zipf's law).
func ranked(random *rand.Rand) int {
	return int(math.Exp(random.Float64()*math.Log(vocabulary))) - 1
}

// randomPassages adds passages of random terms to a builder.
func randomPassages(builder *index.Builder, random *rand.Rand, passages int) {
	for range passages {
		var terms [3][]uint32
		words := 5 + random.Intn(60)
		for range words {
			terms[index.Text] = append(terms[index.Text], builder.Number(termOf(ranked(random))))
		}
		for range random.Intn(5) {
			terms[index.Heading] = append(terms[index.Heading], builder.Number(termOf(ranked(random))))
		}
		terms[index.Title] = append(terms[index.Title], builder.Number(termOf(ranked(random))))
		builder.Add(words, terms)
	}
}

func randomQuery(random *rand.Rand) [][]index.Term {
	groups := make([][]index.Term, 1+random.Intn(7))
	for i := range groups {
		for range 1 + random.Intn(3)*random.Intn(3) {
			groups[i] = append(groups[i], index.Term{ID: termOf(ranked(random)), Weight: 0.2 + random.Float64()})
		}
	}
	return groups
}

// TestSearchIsExhaustive holds that the short cuts change no result: the same
// passages with the same scores in the same order as adding up every posting.
func TestSearchIsExhaustive(t *testing.T) {
	random := rand.New(rand.NewSource(1))
	for name, sizes := range map[string][]int{
		"one segment":              {9_000},
		"a full one and two more":  {70_000, 800},
		"many small ones":          {500, 300, 200, 90, 40, 9, 3, 1},
		"fewer passages than hits": {7},
	} {
		t.Run(name, func(t *testing.T) {
			x := index.New()
			for _, size := range sizes {
				builder := &index.Builder{Mean: x.MeanLength()}
				randomPassages(builder, random, size)
				x = x.With(builder.Build()...)
			}
			for range queries(x.Len()) {
				groups := randomQuery(random)
				for _, k := range []int{1, 10, 64, 100} {
					got, want := x.Search(nil, groups, k), x.Exhaustive(groups, k)
					if !slices.Equal(got, want) {
						t.Fatalf("k %d, query %v:\ngot  %v\nwant %v", k, groups, got, want)
					}
				}
			}
		})
	}
}

// TestAddingOneByOne holds that an index to which passages were added one after
// the other ranks like one that was built at once, and lies in few segments.
func TestAddingOneByOne(t *testing.T) {
	random := rand.New(rand.NewSource(2))
	const passages = 600
	whole := &index.Builder{Mean: 30}
	randomPassages(whole, rand.New(rand.NewSource(3)), passages)
	atOnce := index.New(whole.Build()...)
	again := rand.New(rand.NewSource(3))
	grown := index.New()
	for range passages {
		builder := &index.Builder{Mean: 30}
		randomPassages(builder, again, 1)
		grown = grown.With(builder.Build()...)
	}
	if most := 12; len(grown.Segments()) > most {
		t.Errorf("%d segments for %d passages, at most %d are meant", len(grown.Segments()), passages, most)
	}
	for range 200 {
		groups := randomQuery(random)
		if got, want := grown.Search(nil, groups, 10), atOnce.Search(nil, groups, 10); !slices.Equal(got, want) {
			t.Fatalf("query %v:\ngot  %v\nwant %v", groups, got, want)
		}
	}
}

// TestAddingRebuildsNothing holds that a full index keeps its segments when one
// passage is added.
func TestAddingRebuildsNothing(t *testing.T) {
	builder := &index.Builder{}
	randomPassages(builder, rand.New(rand.NewSource(4)), 100_000)
	x := index.New(builder.Build()...)
	one := &index.Builder{Mean: x.MeanLength()}
	randomPassages(one, rand.New(rand.NewSource(5)), 1)
	grown := x.With(one.Build()...)
	for i, segment := range x.Segments() {
		if grown.Segments()[i] != segment {
			t.Errorf("segment %d was rebuilt", i)
		}
	}
	if grown.Len() != x.Len()+1 {
		t.Errorf("got %d passages, want %d", grown.Len(), x.Len()+1)
	}
}

// TestSearchAllocatesNothing holds it for a search whose result has room.
func TestSearchAllocatesNothing(t *testing.T) {
	if race {
		t.Skip("with the race detector, sync.Pool drops things on purpose")
	}
	random := rand.New(rand.NewSource(6))
	builder := &index.Builder{}
	randomPassages(builder, random, 20_000)
	x := index.New(builder.Build()...)
	queries := make([][][]index.Term, 50)
	for i := range queries {
		queries[i] = randomQuery(random)
	}
	hits := make([]index.Hit, 0, 10)
	for _, groups := range queries { // the pool's memory grows to what is needed
		hits = x.Search(hits[:0], groups, 10)
	}
	at := 0
	if got := testing.AllocsPerRun(len(queries), func() {
		hits = x.Search(hits[:0], queries[at%len(queries)], 10)
		at++
	}); got >= 1 {
		t.Errorf("%v allocations a search", got)
	}
}

// TestUnion holds that a merged list ranks as its alternatives in one group do.
func TestUnion(t *testing.T) {
	random := rand.New(rand.NewSource(10))
	builder := &index.Builder{}
	randomPassages(builder, random, 3_000)
	x := index.New(builder.Build()...).With(smallSegment(random))
	for range 50 {
		var alternatives []index.Term
		for range 40 {
			alternatives = append(alternatives, index.Term{ID: termOf(ranked(random)), Weight: 0.2 + random.Float64()})
		}
		rest := randomQuery(random)
		apart := x.Search(nil, append([][]index.Term{alternatives}, rest...), 10)
		merged := x.Search(nil, append([][]index.Term{{{Weight: 1, Union: x.Union(alternatives)}}}, rest...), 10)
		if len(apart) != len(merged) {
			t.Fatalf("%d hits, want %d", len(merged), len(apart))
		}
		for i := range apart {
			if math.Abs(apart[i].Score-merged[i].Score) > 1e-3 {
				t.Errorf("hit %d scores %v, want %v", i, merged[i].Score, apart[i].Score)
			}
		}
	}
}

func smallSegment(random *rand.Rand) *index.Segment {
	builder := &index.Builder{}
	randomPassages(builder, random, 20)
	return builder.Build()[0]
}

func TestTablesGoRound(t *testing.T) {
	random := rand.New(rand.NewSource(7))
	builder := &index.Builder{}
	randomPassages(builder, random, 5_000)
	x := index.New(builder.Build()...)
	var again []*index.Segment
	for _, segment := range x.Segments() {
		read, err := fromTables(segment)
		if err != nil {
			t.Fatal(err)
		}
		again = append(again, read)
	}
	y := index.New(again...)
	for range 100 {
		groups := randomQuery(random)
		if got, want := y.Search(nil, groups, 10), x.Search(nil, groups, 10); !slices.Equal(got, want) {
			t.Fatalf("got %v, want %v", got, want)
		}
	}
	head, postings := x.Segments()[0].Tables()
	for name, broken := range map[string][2][]byte{
		"empty":             {nil, nil},
		"a cut head":        {head[:len(head)-1], postings},
		"cut postings":      {head, postings[:len(postings)-4]},
		"a head of another": {append(slices.Clone(head), head...), postings},
	} {
		if _, err := index.FromTables(broken[0], broken[1], nil); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func fromTables(segment *index.Segment) (*index.Segment, error) {
	head, postings := segment.Tables()
	return index.FromTables(head, postings, nil)
}

// TestDamagedPostings holds that a search that meets damage finds nothing and says so.
func TestDamagedPostings(t *testing.T) {
	builder := &index.Builder{}
	randomPassages(builder, rand.New(rand.NewSource(9)), 1_000)
	head, postings := builder.Build()[0].Tables()
	middle := len(postings) / 2
	segment, err := index.FromTables(head, postings, func(_, to int) bool { return to <= middle })
	if err != nil {
		t.Fatal(err)
	}
	sound, damaged := 0, 0
	for rank := range 200 {
		x := index.New(segment)
		hits := x.Search(nil, query(termOf(rank)), 10)
		switch {
		case x.Damaged() && len(hits) > 0:
			t.Fatal("a damaged index found something")
		case x.Damaged():
			damaged++
		case len(hits) > 0:
			sound++
		}
	}
	if sound < 20 || damaged < 20 {
		t.Errorf("%d searches in sound postings, %d in damaged ones", sound, damaged)
	}
}

func BenchmarkSearch(b *testing.B) {
	random := rand.New(rand.NewSource(8))
	builder := &index.Builder{}
	randomPassages(builder, random, 40_000)
	x := index.New(builder.Build()...)
	queries := make([][][]index.Term, 200)
	for i := range queries {
		queries[i] = randomQuery(random)
	}
	hits := make([]index.Hit, 0, 10)
	b.ReportAllocs()
	b.ResetTimer()
	for i := range b.N {
		hits = x.Search(hits[:0], queries[i%len(queries)], 10)
	}
}

// queries returns how many queries are tried on an index: few on a large one,
// and with the race detector.
func queries(passages int) int {
	count := 2_000_000 / (passages + 10_000)
	if race {
		count /= 10
	}
	return count
}
