package route

import "spsbot"

const (
	// passes is how often the model is trained from the start, each time in
	// another order; its weights are the mean. One training alone depends on its
	// order so much that a handful of examples turns several decisions.
	passes = 6
	// epochs is how often a training goes over the examples.
	epochs = 8
	// learningRate is the step of AdaGrad, decay what weights lose at a step (L2).
	learningRate = 0.35
	decay        = 5e-4
	// rareTrait is how often a trait must occur to be learned.
	rareTrait = 3
	// bareOfTen is how many of ten times a sample is seen without its phrases:
	// they were written with many of these examples in mind, so the model would
	// trust them more than they deserve.
	bareOfTen = 4
	// tiny keeps divisions by a sum of squares from dividing by zero.
	tiny = 1e-6
)

// sample is one example ready for training.
type sample struct {
	features []feature
	text     int // features[:text] are words and letters, the rest are phrases
	route    int
}

// trainer is a training under way.
type trainer struct {
	*model
	samples    []sample
	squares    []float32 // by row, the sum of squared gradients
	biasSquare float32
	gradient   []float32
	order      *shuffle
}

// train fits the model. The order of the samples comes from a fixed sequence, so
// that the result is always the same.
func train(routes []spsbot.Route, samples []sample) *model {
	m := &model{routes: routes, slots: make([]int32, slotCount)}
	rows := m.assignRows(samples)
	m.weight, m.bias = make([]float32, rows*len(routes)), make([]float32, len(routes))
	t := &trainer{
		model: m, samples: samples, squares: make([]float32, rows),
		gradient: make([]float32, len(routes)), order: newShuffle(len(samples)),
	}
	weight, bias := make([]float32, len(m.weight)), make([]float32, len(m.bias))
	for range passes {
		t.pass()
		for i, w := range m.weight {
			weight[i] += w / passes
		}
		for i, b := range m.bias {
			bias[i] += b / passes
		}
	}
	m.weight, m.bias = weight, bias
	return m
}

// pass trains once from the start.
func (t *trainer) pass() {
	clear(t.weight)
	clear(t.bias)
	clear(t.squares)
	t.biasSquare = 0
	for range epochs {
		t.order.next()
		for _, n := range t.order.list {
			s := &t.samples[n]
			features := s.features
			if t.order.number()%10 < bareOfTen {
				features = features[:s.text]
			}
			t.step(features, s.route)
		}
	}
}

// step moves the weights of one sample's features against the gradient, by
// AdaGrad with one step size a trait.
func (t *trainer) step(features []feature, route int) {
	t.scores(features, t.gradient)
	softmax(t.gradient)
	t.gradient[route]--
	var square float32
	for _, g := range t.gradient {
		square += float32(g * g)
	}
	t.biasSquare += square
	rate := learningRate / sqrt32(t.biasSquare+tiny)
	for c, g := range t.gradient {
		t.bias[c] -= float32(rate * g)
	}
	k := len(t.routes)
	for _, f := range features {
		t.squares[f.id] += float32(square * f.value * f.value)
		rate := learningRate / sqrt32(t.squares[f.id]+tiny)
		step, shrink := rate*f.value, 1-float32(rate*decay)
		w := t.weight[int(f.id)*k : int(f.id)*k+k]
		for c, g := range t.gradient {
			w[c] = float32(w[c]*shrink) - float32(step*g)
		}
	}
}

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
		j := int(s.number() % uint64(i+1))
		s.list[i], s.list[j] = s.list[j], s.list[i]
	}
}

// number returns the next number of the sequence (xorshift64).
func (s *shuffle) number() uint64 {
	s.state ^= s.state << 13
	s.state ^= s.state >> 7
	s.state ^= s.state << 17
	return s.state
}
