package vector_test

import (
	"context"
	"errors"
	"math"
	"math/rand"
	"slices"
	"testing"

	"spsbot/retrieval/vector"
)

func randomVector(random *rand.Rand, length int) []float32 {
	v := make([]float32, length)
	for i := range v {
		v[i] = float32(random.NormFloat64())
	}
	return v
}

func cosine(a, b []float32) float64 {
	var ab, aa, bb float64
	for i := range a {
		ab += float64(a[i]) * float64(b[i])
		aa += float64(a[i]) * float64(a[i])
		bb += float64(b[i]) * float64(b[i])
	}
	return ab / math.Sqrt(aa*bb)
}

// filled returns a matrix in which every third row is missing.
func filled(t testing.TB, random *rand.Rand, rows, length int) (*vector.Matrix, map[int][]float32) {
	t.Helper()
	m, vectors := vector.NewMatrix(length), map[int][]float32{}
	for row := range rows {
		if row%3 == 2 {
			continue
		}
		vectors[row] = randomVector(random, length)
		if err := m.Add(row, vectors[row]); err != nil {
			t.Fatal(err)
		}
	}
	return m, vectors
}

// TestSearchIsExact compares with the cosines of all rows, over one goroutine
// and over several, with lengths that fill the processor's registers and not.
func TestSearchIsExact(t *testing.T) {
	random := rand.New(rand.NewSource(1))
	for _, length := range []int{1, 3, 64, 383, 384} {
		m, vectors := filled(t, random, 9_000, length)
		query := randomVector(random, length)
		var want []vector.Hit
		for row, v := range vectors {
			want = append(want, vector.Hit{Row: row, Score: cosine(v, query)})
		}
		slices.SortFunc(want, func(a, b vector.Hit) int {
			if d := b.Score - a.Score; math.Abs(d) > 1e-9 {
				return int(math.Copysign(1, d))
			}
			return a.Row - b.Row
		})
		got, err := m.Search(query, 10)
		if err != nil || len(got) != 10 {
			t.Fatalf("length %d: %d hits, %v", length, len(got), err)
		}
		for i := range got {
			if math.Abs(got[i].Score-want[i].Score) > 1e-5 {
				t.Errorf("length %d: hit %d is row %d with %v, want row %d with %v", length, i, got[i].Row, got[i].Score, want[i].Row, want[i].Score)
			}
			if math.Abs(cosine(vectors[got[i].Row], query)-got[i].Score) > 1e-5 {
				t.Errorf("length %d: row %d does not have the score %v", length, got[i].Row, got[i].Score)
			}
		}
	}
}

// TestSmallIsNearlyExact holds that most of the best rows stay the best in a
// quarter of the memory.
func TestSmallIsNearlyExact(t *testing.T) {
	random := rand.New(rand.NewSource(2))
	m, _ := filled(t, random, 6_000, 384)
	small := m.Small()
	kept := 0
	const searches = 20
	for range searches {
		query := randomVector(random, 384)
		exact, err := m.Search(query, 10)
		if err != nil {
			t.Fatal(err)
		}
		near, err := small.Search(query, 10)
		if err != nil {
			t.Fatal(err)
		}
		for _, hit := range near {
			if slices.ContainsFunc(exact, func(h vector.Hit) bool { return h.Row == hit.Row && math.Abs(h.Score-hit.Score) < 0.01 }) {
				kept++
			}
		}
	}
	if kept < searches*10*9/10 {
		t.Errorf("%d of %d best rows were found", kept, searches*10)
	}
}

func TestWrongVectors(t *testing.T) {
	m := vector.NewMatrix(2)
	for name, v := range map[string][]float32{
		"too short": {1}, "no direction": {0, 0}, "not a number": {float32(math.NaN()), 1}, "endless": {float32(math.Inf(1)), 1},
	} {
		if err := m.Add(0, v); err == nil {
			t.Errorf("%s was added", name)
		}
		if _, err := m.Search(v, 1); err == nil {
			t.Errorf("%s was searched for", name)
		}
	}
	if err := errors.Join(m.Add(3, []float32{1, 0})); err != nil {
		t.Fatal(err)
	}
	if err := m.Add(3, []float32{1, 0}); err == nil {
		t.Error("a row was added twice")
	}
	for _, k := range []int{-1, 0, 5} {
		if hits, err := m.Search([]float32{2, 0}, k); err != nil || len(hits) != min(max(k, 0), 1) {
			t.Errorf("k %d: %v, %v", k, hits, err)
		}
	}
}

func TestFuse(t *testing.T) {
	got := vector.Fuse(3, []int{7, 1, 2}, []int{2, 7})
	var rows []int
	for _, hit := range got {
		rows = append(rows, hit.Row)
	}
	if !slices.Equal(rows, []int{7, 2, 1}) {
		t.Errorf("got %v: 7 is first and second, 2 first and third, 1 second", got)
	}
	if want := 1.0/61 + 1.0/62; math.Abs(got[0].Score-want) > 1e-12 {
		t.Errorf("the best scores %v, want %v", got[0].Score, want)
	}
}

func TestCacheAsksOnce(t *testing.T) {
	asked := map[string]int{}
	fail := false
	embed := func(_ context.Context, texts []string) ([][]float32, error) {
		if fail {
			return nil, errors.New("the model is away")
		}
		var out [][]float32
		for _, text := range texts {
			asked[text]++
			out = append(out, []float32{float32(len(text)), 1})
		}
		return out, nil
	}
	ctx, cache := context.Background(), vector.NewCache("model", embed)
	for range 2 {
		if err := cache.Learn(ctx, []string{"a", "bb", "a"}); err != nil {
			t.Fatal(err)
		}
	}
	if asked["a"] != 1 || asked["bb"] != 1 {
		t.Errorf("asked %v, want each once", asked)
	}
	fail = true
	if err := cache.Learn(ctx, []string{"a", "ccc"}); err == nil {
		t.Error("a failing model gave no error")
	}
	known := cache.Known([]string{"a", "ccc"})
	if known[0] == nil || known[1] != nil {
		t.Errorf("got %v, want the first alone", known)
	}
	short := vector.NewCache("model", func(context.Context, []string) ([][]float32, error) { return nil, nil })
	if err := short.Learn(ctx, []string{"a"}); err == nil {
		t.Error("too few vectors gave no error")
	}
}

func BenchmarkSearch(b *testing.B) {
	random := rand.New(rand.NewSource(3))
	const length = 384
	m, _ := filled(b, random, 60_000, length)
	small, query := m.Small(), randomVector(random, length)
	b.Run("float32", func(b *testing.B) {
		b.SetBytes(int64(4 * length * m.Len()))
		for range b.N {
			if _, err := m.Search(query, 10); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("int8", func(b *testing.B) {
		b.SetBytes(int64(length * m.Len()))
		for range b.N {
			if _, err := small.Search(query, 10); err != nil {
				b.Fatal(err)
			}
		}
	})
}
