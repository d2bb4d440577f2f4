// Package vector searches vectors exactly: every one is compared with the
// query, at the speed at which memory can be read. It knows rows of numbers
// only; it must never call a model by itself, see where a vector came from, or
// take an approximate answer for an exact one.
package vector

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"runtime"
	"slices"
	"sync"

	"github.com/viterin/vek/vek32"
)

// Embedder turns texts into vectors, one for each text, all of one length.
type Embedder func(ctx context.Context, texts []string) ([][]float32, error)

// Hit is a row with its likeness to the query: the cosine, at most 1.
type Hit struct {
	Row   int
	Score float64
}

// Matrix holds vectors of one length, by row; a row may be empty. It is safe
// for concurrent searches, not for concurrent changes.
type Matrix struct {
	length int
	data   []float32 // unit vectors, one after the other
	rows   []int     // by vector: its row
}

// NewMatrix returns an empty matrix for vectors of a length.
func NewMatrix(length int) *Matrix { return &Matrix{length: length} }

// Len returns the number of vectors.
func (m *Matrix) Len() int { return len(m.rows) }

// Add adds the vector of a row, scaled to the length one. Rows are added in
// ascending order; those that were left out are never found.
func (m *Matrix) Add(row int, vector []float32) error {
	unit, err := unitOf(vector, m.length)
	if err != nil {
		return fmt.Errorf("add the vector of row %d: %w", row, err)
	}
	if last := len(m.rows) - 1; last >= 0 && m.rows[last] >= row {
		return fmt.Errorf("add the vector of row %d: row %d is there already", row, m.rows[last])
	}
	m.data = append(m.data, unit...)
	m.rows = append(m.rows, row)
	return nil
}

// unitOf returns a copy of a vector, scaled to the length one.
func unitOf(vector []float32, length int) ([]float32, error) {
	if len(vector) != length {
		return nil, fmt.Errorf("it has %d numbers, the others have %d", len(vector), length)
	}
	sum := 0.0
	for _, number := range vector {
		sum += float64(number) * float64(number)
	}
	if sum == 0 || math.IsNaN(sum) || math.IsInf(sum, 0) {
		return nil, fmt.Errorf("it has no direction (its square is %v)", sum)
	}
	unit := make([]float32, length)
	for i, number := range vector {
		unit[i] = float32(float64(number) / math.Sqrt(sum))
	}
	return unit, nil
}

// Search returns the k rows most like a query, best first; of equal likeness in
// the order of the rows.
func (m *Matrix) Search(query []float32, k int) ([]Hit, error) {
	unit, err := unitOf(query, m.length)
	if err != nil {
		return nil, fmt.Errorf("search with a vector: %w", err)
	}
	hits := search(len(m.rows), 4*m.length, k, func(i int) float64 {
		return float64(vek32.Dot(m.data[i*m.length:(i+1)*m.length], unit))
	})
	for i := range hits {
		hits[i].Row = m.rows[hits[i].Row]
	}
	return hits, nil
}

// worthSplitting is how much data each goroutine has to read at least, in bytes.
const worthSplitting = 2 << 20

// search scores vectors 0 to count-1, of so many bytes each, and returns the k best.
func search(count, bytes, k int, score func(int) float64) []Hit {
	parts := min(runtime.GOMAXPROCS(0), max(count*bytes/worthSplitting, 1))
	found := make([][]Hit, parts)
	var group sync.WaitGroup
	for part := range parts {
		group.Go(func() {
			found[part] = scan(count*part/parts, count*(part+1)/parts, k, score)
		})
	}
	group.Wait()
	hits := slices.Concat(found...)
	sortHits(hits)
	return hits[:min(max(k, 0), len(hits))]
}

func sortHits(hits []Hit) {
	slices.SortFunc(hits, func(a, b Hit) int { return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Row, b.Row)) })
}

// scan returns the k best of a stretch of vectors, sorted.
func scan(from, to, k int, score func(int) float64) []Hit {
	if k <= 0 {
		return nil
	}
	hits := make([]Hit, 0, k+1)
	least := math.Inf(-1)
	for i := from; i < to; i++ {
		s := score(i)
		if s <= least {
			continue
		}
		at, _ := slices.BinarySearchFunc(hits, s, func(h Hit, s float64) int {
			if h.Score >= s {
				return -1
			}
			return 1
		})
		hits = slices.Insert(hits, at, Hit{i, s})
		if len(hits) > k {
			hits = hits[:k]
		}
		if len(hits) == k {
			least = hits[k-1].Score
		}
	}
	return hits
}
