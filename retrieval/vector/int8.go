package vector

import "fmt"

// Small holds the same vectors as a Matrix in a quarter of the memory: each
// number is one of 255 steps of its vector's greatest. Scores are off by less
// than one in a hundred, as a rule.
type Small struct {
	length int
	data   []int8
	scales []float32 // by vector: what one step is
	rows   []int
}

// Small returns the matrix in a quarter of its memory.
func (m *Matrix) Small() *Small {
	s := &Small{length: m.length, rows: m.rows}
	s.data = make([]int8, 0, len(m.data))
	for i := range m.rows {
		data, scale := steps(m.data[i*m.length : (i+1)*m.length])
		s.data = append(s.data, data...)
		s.scales = append(s.scales, scale)
	}
	return s
}

// steps returns a vector in whole steps of its greatest number, and the step.
func steps(vector []float32) (data []int8, scale float32) {
	const most = 127
	greatest := float32(0)
	for _, number := range vector {
		greatest = max(greatest, number, -number)
	}
	scale = greatest / most
	data = make([]int8, len(vector))
	for i, number := range vector {
		step := number / scale
		if step < 0 {
			step -= 0.5
		} else {
			step += 0.5
		}
		data[i] = int8(step)
	}
	return data, scale
}

// Search returns the k rows most like a query, best first.
func (s *Small) Search(query []float32, k int) ([]Hit, error) {
	unit, err := unitOf(query, s.length)
	if err != nil {
		return nil, fmt.Errorf("search with a vector: %w", err)
	}
	asked, scale := steps(unit)
	hits := search(len(s.rows), s.length, k, func(i int) float64 {
		return float64(dot(s.data[i*s.length:(i+1)*s.length], asked)) * float64(s.scales[i]) * float64(scale)
	})
	for i := range hits {
		hits[i].Row = s.rows[hits[i].Row]
	}
	return hits, nil
}

// dot returns the sum of products; 2^16 products of 127 by 127 fit.
func dot(a, b []int8) int32 {
	var w, x, y, z int32
	for len(a) >= 8 && len(b) >= 8 {
		p, q := (*[8]int8)(a), (*[8]int8)(b)
		w += int32(p[0])*int32(q[0]) + int32(p[1])*int32(q[1])
		x += int32(p[2])*int32(q[2]) + int32(p[3])*int32(q[3])
		y += int32(p[4])*int32(q[4]) + int32(p[5])*int32(q[5])
		z += int32(p[6])*int32(q[6]) + int32(p[7])*int32(q[7])
		a, b = a[8:], b[8:]
	}
	for i := range min(len(a), len(b)) {
		w += int32(a[i]) * int32(b[i])
	}
	return w + x + y + z
}
