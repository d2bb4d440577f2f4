package route

import (
	"math"

	"spsbot"
)

// feature is one trait of a message with its weight.
type feature struct {
	id    uint32
	value float32
}

// model is a multinomial logistic regression over hashed traits.
type model struct {
	routes []spsbot.Route
	slots  []int32   // hashed trait → row of weights, -1 for a trait not learned
	weight []float32 // row × route
	bias   []float32
}

// slotCount is the number of slots for hashed traits, a power of two.
const slotCount = 1 << 20

// learned keeps the features that have a row, with the row as their id.
func (m *model) learned(features []feature) []feature {
	kept := features[:0]
	for _, f := range features {
		if row := m.slots[f.id%slotCount]; row >= 0 {
			kept = append(kept, feature{id: uint32(row), value: f.value})
		}
	}
	return kept
}

// sqrt32 is the square root in single precision.
func sqrt32(x float32) float32 { return float32(math.Sqrt(float64(x))) }

// scores fills out with the linear scores of features that have rows. Products
// are rounded before they are added: machines that fuse the two would differ.
func (m *model) scores(features []feature, out []float32) {
	k := len(m.routes)
	copy(out, m.bias)
	for _, f := range features {
		w := m.weight[int(f.id)*k : int(f.id)*k+k]
		for c := range w {
			out[c] += float32(f.value * w[c])
		}
	}
}

// weightOf returns the weight of a trait for the route at index.
func (m *model) weightOf(trait uint32, index int) float32 {
	row := m.slots[trait%slotCount]
	if row < 0 {
		return 0
	}
	return m.weight[int(row)*len(m.routes)+index]
}

// softmax turns scores into probabilities.
func softmax(scores []float32) {
	top := scores[0]
	for _, s := range scores {
		top = max(top, s)
	}
	var sum float32
	for i, s := range scores {
		scores[i] = float32(math.Exp(float64(s - top)))
		sum += scores[i]
	}
	for i := range scores {
		scores[i] /= sum
	}
}
