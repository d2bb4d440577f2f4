package route

import (
	"maps"
	"math"
	"slices"
)

// vocabulary holds the words of the examples, with the languages that they were
// seen in, and the letter sequences of each language.
type vocabulary struct {
	index   map[string]int32 // word → its place in entries
	texts   []string         // in the order of entries, which is that of the alphabet
	entries []entry
	shares  []share
	// grams counts hashed letter sequences, by slot and language.
	grams []uint16
}

// entry is one word.
type entry struct {
	count    uint16 // how often it stands in examples
	from, to int32  // its shares[from:to]
}

// share says how often a word was seen in a language.
type share struct {
	language uint8
	count    uint16
}

// gramSlots is the number of slots for letter sequences.
const gramSlots = 1 << 12

// count returns how often examples hold a word.
func (v *vocabulary) count(text string) int {
	if n, ok := v.index[text]; ok {
		return int(v.entries[n].count)
	}
	return 0
}

// sharesOf returns the languages of a word.
func (v *vocabulary) sharesOf(text string) []share {
	n, ok := v.index[text]
	if !ok {
		return nil
	}
	return v.shares[v.entries[n].from:v.entries[n].to]
}

// counter counts the words of examples.
type counter struct {
	languages int
	words     map[string]*counted
}

// counted is how often a word was seen: in all examples, and by language.
type counted struct {
	all int
	by  []int
}

// add counts a word once in examples; language is -1 where it is not known.
func (c *counter) add(text string, language, examples, times int) {
	w := c.words[text]
	if w == nil {
		w = &counted{by: make([]int, c.languages)}
		c.words[text] = w
	}
	w.all += examples
	if language >= 0 && !isNumber(text) {
		w.by[language] += times
	}
}

// freeze returns the vocabulary.
func (c *counter) freeze() *vocabulary {
	v := &vocabulary{index: make(map[string]int32, len(c.words)), grams: make([]uint16, gramSlots*c.languages)}
	for i, text := range slices.Sorted(maps.Keys(c.words)) {
		w := c.words[text]
		e := entry{count: short(w.all), from: int32(len(v.shares))}
		for n, count := range w.by {
			if count == 0 {
				continue
			}
			v.shares = append(v.shares, share{uint8(n), short(count)})
			if w.all == 0 {
				continue
			}
			for _, gram := range grams(text) {
				slot := int(gram%gramSlots)*c.languages + n
				v.grams[slot] = short(int(v.grams[slot]) + 1)
			}
		}
		e.to = int32(len(v.shares))
		v.index[text] = int32(i)
		v.texts, v.entries = append(v.texts, text), append(v.entries, e)
	}
	return v
}

// short makes 16 bits of a count.
func short(n int) uint16 { return uint16(min(n, math.MaxUint16)) }
