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

const (
	// slotCount is the number of slots for hashed traits, a power of two.
	slotCount = 1 << 18
	// epochs is how often training goes over the examples.
	epochs = 4
	// learningRate is the step of AdaGrad, decay what weights lose at a step (L2).
	learningRate = 0.35
	decay        = 5e-4
	// rareTrait is how often a trait must occur to be learned.
	rareTrait = 2
)

// sample is one example ready for training.
type sample struct {
	features []feature
	text     int // features[:text] are words and letters, the rest are phrases
	route    int
}

// train fits the model. The order of the samples is shuffled by a fixed
// sequence, so that the result is always the same. Every other time a sample is
// seen without its phrases: the phrases were written with these examples in
// mind, so the model would trust them more than they deserve.
func train(routes []spsbot.Route, samples []sample) *model {
	m := &model{routes: routes, slots: make([]int32, slotCount)}
	rows := m.assignRows(samples)
	m.weight, m.bias = make([]float32, rows*len(routes)), make([]float32, len(routes))
	squares := make([]float32, rows)
	var biasSquare float32
	scores := make([]float32, len(routes))
	order := newShuffle(len(samples))
	for epoch := range epochs {
		order.next()
		for i, n := range order.list {
			features := samples[n].features
			if (i+epoch)%2 == 0 {
				features = features[:samples[n].text]
			}
			m.scores(features, scores)
			softmax(scores)
			scores[samples[n].route]--
			var square float32
			for _, g := range scores {
				square += g * g
			}
			biasSquare += square
			rate := learningRate / sqrt32(biasSquare+tiny)
			for c, g := range scores {
				m.bias[c] -= rate * g
			}
			m.step(features, scores, square, squares)
		}
	}
	return m
}

// tiny keeps divisions by a sum of squares from dividing by zero.
const tiny = 1e-6

// assignRows gives each trait that is frequent enough a row, rewrites the
// features of the samples to rows, and returns the number of rows.
func (m *model) assignRows(samples []sample) int {
	seen := make([]uint8, slotCount)
	for _, s := range samples {
		for _, f := range s.features {
			if slot := f.id % slotCount; seen[slot] < 255 {
				seen[slot]++
			}
		}
	}
	rows := int32(0)
	for slot, n := range seen {
		m.slots[slot] = -1
		if n >= rareTrait {
			m.slots[slot] = rows
			rows++
		}
	}
	for i := range samples {
		s := &samples[i]
		phrases := s.features[s.text:]
		s.features = m.learned(s.features[:s.text])
		s.text = len(s.features)
		s.features = append(s.features, m.learned(phrases)...)
	}
	return int(rows)
}

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

// step moves the weights of the features against the gradient, by AdaGrad with
// one step size a trait. square is the squared length of the gradient.
func (m *model) step(features []feature, gradient []float32, square float32, squares []float32) {
	k := len(m.routes)
	for _, f := range features {
		squares[f.id] += square * f.value * f.value
		rate := learningRate / sqrt32(squares[f.id]+tiny)
		step, shrink := rate*f.value, 1-rate*decay
		w := m.weight[int(f.id)*k : int(f.id)*k+k]
		for c := range w {
			w[c] = w[c]*shrink - step*gradient[c]
		}
	}
}

// sqrt32 is the square root in single precision.
func sqrt32(x float32) float32 { return float32(math.Sqrt(float64(x))) }

// scores fills out with the linear scores of features that have rows.
func (m *model) scores(features []feature, out []float32) {
	k := len(m.routes)
	copy(out, m.bias)
	for _, f := range features {
		w := m.weight[int(f.id)*k : int(f.id)*k+k]
		for c := range w {
			out[c] += f.value * w[c]
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

// shuffle yields the numbers below n in an order that changes at each call of
// next but is the same in each run.
type shuffle struct {
	list  []int
	state uint64
}

// newShuffle starts the sequence.
func newShuffle(n int) *shuffle {
	s := &shuffle{list: make([]int, n), state: 0x9e3779b97f4a7c15}
	for i := range s.list {
		s.list[i] = i
	}
	return s
}

// next shuffles again.
func (s *shuffle) next() {
	for i := len(s.list) - 1; i > 0; i-- {
		s.state ^= s.state << 13
		s.state ^= s.state >> 7
		s.state ^= s.state << 17
		j := int(s.state % uint64(i+1))
		s.list[i], s.list[j] = s.list[j], s.list[i]
	}
}
