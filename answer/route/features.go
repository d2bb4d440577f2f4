package route

// Kinds of traits keep hashes of different kinds apart.
const (
	traitWord uint32 = iota + 1
	traitPair
	traitGram
	traitClass
	traitClassPair
	traitRule
	traitShape
	traitSkip
)

// features returns the traits of tokens[from:to] with the classes and rules
// that were found there; lengths are evened out so that long messages do not
// outweigh short ones.
func (r *Router) features(tokens []token, spans []span, fired []int, asks bool) (features []feature, text int) {
	features = make([]feature, 0, len(tokens)*14+len(spans)*2+8)
	add := func(kind, hash uint32, value float32) {
		features = append(features, feature{id: mix(hash, kind), value: value})
	}
	previous := uint32(traitShape)
	for i, t := range tokens {
		add(traitWord, t.word.self, weightWord)
		add(traitPair, mix(previous, t.word.self), weightPair)
		if i >= 2 {
			add(traitSkip, mix(tokens[i-2].word.self, t.word.self), weightPair)
		}
		previous = t.word.self
		for _, gram := range t.word.traits {
			add(traitGram, gram, weightGram)
		}
	}
	add(traitPair, mix(previous, traitShape), weightPair)
	scale(features, textScale)
	text = len(features)
	var classes classSet
	for _, s := range spans {
		classes.add(int(s.class))
	}
	present := make([]int, 0, 24)
	for a := range r.lexicon.classes {
		if classes.has(a) {
			present = append(present, a)
		}
	}
	for i, a := range present {
		add(traitClass, uint32(a), weightClass)
		for _, b := range present[i+1:] {
			add(traitClassPair, mix(uint32(a), uint32(b)), weightCP)
		}
	}
	if classScale > 0 {
		scale(features[text:], classScale)
	}
	for _, rule := range fired {
		add(traitRule, uint32(rule), weightRule)
	}
	add(traitShape, uint32(min(len(tokens), 12)/3), weightShape)
	strange := 0
	for _, t := range tokens {
		if t.word.strange {
			strange++
		}
	}
	known := uint32(0)
	switch {
	case classes.meets(r.sets.field):
		known = 2
	case classes.meets(r.sets.topic):
		known = 1
	}
	add(traitShape, 1<<12|uint32(min(strange, 3))<<4|known, weightStrange)
	shape := uint32(16)
	for i, holds := range []bool{asks, classes.meets(r.sets.request), classes.meets(r.sets.self), classes.meets(r.sets.field), classes.meets(r.sets.topic)} {
		if holds {
			shape |= 32 << i
			add(traitShape, uint32(1<<10|i), weightShape2)
		}
	}
	add(traitShape, shape, weightShape2)
	return features, text
}

// scale divides the values by the square root of their number, times four.
func scale(features []feature, norm float32) {
	var sum float32
	for _, f := range features {
		sum += f.value * f.value
	}
	if sum == 0 {
		return
	}
	factor := norm / sqrt32(sum)
	for i := range features {
		features[i].value *= factor
	}
}
