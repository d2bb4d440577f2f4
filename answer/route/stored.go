package route

import (
	"errors"
	"fmt"
	"math"

	"spsbot"
	"spsbot/prompts"
)

// ErrStale says that a stored router was made from other words, or by another
// version of this package.
var ErrStale = errors.New("the stored router belongs to other words or another program")

const (
	// storedMark begins every stored router.
	storedMark = "spsbot router\n"
	// madeBy counts the versions of folding, phrases, features, training and of
	// the format. It goes up whenever one of them changes what is learned.
	madeBy = 3
)

// Store writes down what took long to make: the phrases, the words and the
// weights. inputs is the hash of everything that they were made from. Weights
// are rounded; Load gives the rounded ones.
func (r *Router) Store(inputs string) []byte {
	w := &writer{data: []byte(storedMark)}
	w.count(madeBy)
	w.text(inputs)
	w.lexicon(r.lexicon)
	w.vocabulary(r.words, r.tongues)
	w.model(r.model)
	return w.data
}

// Load makes a router of a stored one. rules need no phrases. It returns an
// error that is ErrStale where inputs is not the hash that it was stored with.
func Load(stored []byte, inputs string, rules prompts.RouteRules) (*Router, error) {
	in := &reader{data: string(stored)}
	if in.bytes(len(storedMark)) != storedMark || in.count() != madeBy || in.text() != inputs {
		return nil, ErrStale
	}
	r := &Router{folder: newFolder(rules.Folding)}
	r.tongues = newTongues(r.folder, rules.Tongues)
	r.lexicon = in.lexicon(r.tongues)
	if in.err != nil {
		return nil, in.err
	}
	var err error
	if r.lexicon.masks, err = r.lexicon.set(rules.Masks); err != nil {
		return nil, fmt.Errorf("masks: %w", err)
	}
	if err := r.equip(rules); err != nil {
		return nil, err
	}
	r.words = in.vocabulary(r.tongues)
	r.model = in.model()
	if in.err != nil || in.data != "" {
		return nil, errBroken
	}
	r.tongues.learn(r.words)
	return r, nil
}

// vocabulary writes the words, each with its languages.
func (w *writer) vocabulary(v *vocabulary, t *tongues) {
	w.count(len(v.texts))
	for i, text := range v.texts {
		e := v.entries[i]
		w.text(text)
		w.count(int(e.count))
		w.count(int(e.to - e.from))
		for _, s := range v.shares[e.from:e.to] {
			w.count(int(s.language))
			w.count(int(s.count))
		}
	}
	for i, n := range v.grams {
		if t.list[i%len(t.list)].Replies { // the others have no examples
			w.count(int(n))
		}
	}
}

func (r *reader) vocabulary(t *tongues) *vocabulary {
	languages := len(t.list)
	n := r.count()
	v := &vocabulary{
		index: make(map[string]int32, n), texts: make([]string, n), entries: make([]entry, n),
		shares: make([]share, 0, 2*n), grams: make([]uint16, gramSlots*languages),
	}
	for i := range v.entries {
		v.texts[i] = r.text()
		v.index[v.texts[i]] = int32(i)
		e := &v.entries[i]
		e.count, e.from = uint16(r.below(math.MaxUint16+1)), int32(len(v.shares))
		for range r.count() {
			v.shares = append(v.shares, share{uint8(r.below(languages)), uint16(r.below(math.MaxUint16 + 1))})
		}
		e.to = int32(len(v.shares))
	}
	for i := range v.grams {
		if !t.list[i%languages].Replies {
			continue
		}
		v.grams[i] = uint16(r.below(math.MaxUint16 + 1))
	}
	return v
}

// model writes the weights: a row as a step, which is a power of two, and for
// each route how many steps its weight is, in eight bits.
func (w *writer) model(m *model) {
	w.count(len(m.routes))
	for c, route := range m.routes {
		w.text(string(route))
		w.float(m.bias[c])
	}
	k := len(m.routes)
	w.count(len(m.weight) / k)
	last := 0
	for slot, row := range m.slots {
		if row < 0 {
			continue
		}
		weights := m.weight[int(row)*k : int(row)*k+k]
		exponent := stepOf(weights)
		w.count(slot - last)
		w.number(exponent)
		for _, weight := range weights {
			w.data = append(w.data, byte(int8(math.RoundToEven(math.Ldexp(float64(weight), -exponent)))))
		}
		last = slot
	}
}

// stepOf returns the exponent of the smallest step of which no weight needs more than 127.
func stepOf(weights []float32) int {
	var top float64
	for _, weight := range weights {
		top = max(top, math.Abs(float64(weight)))
	}
	_, exponent := math.Frexp(top / 127)
	return exponent
}

func (r *reader) model() *model {
	k := r.count()
	m := &model{slots: make([]int32, slotCount)}
	for range k {
		m.routes = append(m.routes, spsbot.Route(r.text()))
		m.bias = append(m.bias, r.float())
	}
	rows := r.count()
	m.weight = make([]float32, rows*k)
	for i := range m.slots {
		m.slots[i] = -1
	}
	slot := 0
	for row := range rows {
		slot += r.below(slotCount - slot)
		m.slots[slot] = int32(row)
		step := float32(math.Ldexp(1, r.number()))
		weights := m.weight[row*k : row*k+k]
		steps := r.bytes(k)
		if r.err != nil {
			return nil
		}
		for c := range weights {
			weights[c] = step * float32(int8(steps[c]))
		}
	}
	return m
}
