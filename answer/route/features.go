package route

// Kinds of traits keep hashes of different kinds apart.
const (
	traitWord uint32 = iota + 1
	traitPair
	traitGram
	traitClass
	traitClassPair
	traitRule
	traitForm
	traitSkip
)

// Weights of the kinds of traits, and the lengths of the two parts, found by
// cross-validation and by messages written for that.
const (
	weightWord      = 1.0
	weightPair      = 0.7
	weightGram      = 0.4
	weightClass     = 1.0
	weightClassPair = 0.3
	weightRule      = 1.5
	weightForm      = 0.7
	textLength      = 2.0
	classLength     = 1.8
)

// features returns the traits of tokens[start:end] of a message; features[:text]
// are of its words and letters, the rest of its phrases, rules and form. Each
// part has the same length in all, so that long messages do not outweigh short ones.
func (r *Router) features(seen *view, start, end int) (features []feature, text int) {
	tokens := seen.tokens[start:end]
	features = make([]feature, 0, len(tokens)*20+32)
	add := func(kind, hash uint32, value float32) {
		features = append(features, feature{id: mix(hash, kind), value: value})
	}
	previous := uint32(traitForm)
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
	add(traitPair, mix(previous, traitForm), weightPair)
	scale(features, textLength)
	text = len(features)
	classes := seen.classesWithin(start, end)
	present := make([]int, 0, 24)
	for a := range r.lexicon.classes {
		if classes.has(a) {
			present = append(present, a)
		}
	}
	for i, a := range present {
		add(traitClass, uint32(a), weightClass)
		for _, b := range present[i+1:] {
			add(traitClassPair, mix(uint32(a), uint32(b)), weightClassPair)
		}
	}
	scale(features[text:], classLength)
	for _, rule := range seen.firedWithin(start, end) {
		add(traitRule, uint32(rule), weightRule)
	}
	for _, trait := range r.form(seen, start, end, classes) {
		add(traitForm, trait, weightForm)
	}
	return features, text
}

// form returns traits of the shape of tokens[start:end]: their number, how
// many words are not known or rare, and which of question mark, request, person, field
// and topic there are.
func (r *Router) form(seen *view, start, end int, classes classSet) []uint32 {
	strange, rare := 0, 0
	for _, t := range seen.tokens[start:end] {
		if t.word.strange {
			strange++
		}
		if t.word.rare {
			rare++
		}
	}
	known := uint32(0)
	switch {
	case classes.meets(r.sets.field):
		known = 2
	case classes.meets(r.sets.topic):
		known = 1
	}
	share := uint32(min(rare*4/max(end-start, 1), 3)) // in quarters of the words
	traits := []uint32{
		uint32(min(end-start, 12) / 3), 1<<12 | uint32(min(strange, 3))<<4 | known,
		1<<13 | uint32(min(rare, 4))<<4 | known, 1<<14 | share<<4 | known,
	}
	shape := uint32(16)
	for i, holds := range [...]bool{
		seen.asksWithin(start, end), classes.meets(r.sets.request), classes.meets(r.sets.self),
		classes.meets(r.sets.field), classes.meets(r.sets.topic),
	} {
		if holds {
			shape |= 32 << i
			traits = append(traits, uint32(1<<10|i))
		}
	}
	return append(traits, shape)
}

// scale stretches the values so that they have the given length as a vector.
func scale(features []feature, length float32) {
	var sum float32
	for _, f := range features {
		sum += f.value * f.value
	}
	if sum == 0 {
		return
	}
	factor := length / sqrt32(sum)
	for i := range features {
		features[i].value *= factor
	}
}
