package route

import "unicode/utf8"

// nameMedicine keeps a medicine's name to know it again when it is misspelt.
func (x *lexicon) nameMedicine(name string) {
	r, size := utf8.DecodeRuneInString(name)
	if r < 'a' || r > 'z' {
		return
	}
	x.names[name[:size]] = append(x.names[name[:size]], name)
}

// misspelt returns the medicine that a word of Latin letters is a slip of: one
// slip in names of at least seven letters, two from ten on, never in the first
// letter. Empty where there is none.
func (x *lexicon) misspelt(text string) string {
	if len(text) < 6 || text[0] < 'a' || text[0] > 'z' {
		return ""
	}
	for _, name := range x.names[text[:1]] {
		if len(name) < 7 {
			continue
		}
		slips := 1
		if len(name) >= 10 {
			slips = 2
		}
		if len(text)-len(name) <= slips && len(name)-len(text) <= slips && within(text, name, slips) {
			return name
		}
	}
	return ""
}

// within reports whether a and b differ by at most limit letters left out, put
// in, replaced or swapped with a neighbour (limit 1 or 2).
func within(a, b string, limit int) bool {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if len(a) == 0 || len(b) == 0 {
		return len(a)+len(b) <= limit
	}
	if limit == 0 {
		return false
	}
	return within(a[1:], b, limit-1) || within(a, b[1:], limit-1) || within(a[1:], b[1:], limit-1) ||
		len(a) > 1 && len(b) > 1 && a[0] == b[1] && a[1] == b[0] && within(a[2:], b[2:], limit-1)
}

const (
	// leastMeant is how often a word must occur to be what another was meant to be.
	leastMeant = 3
	// letters are what slips are made of.
	slipLetters = "abcdefghijklmnopqrstuvwxyz"
)

// meant returns the known word that an unknown one of Latin letters is a slip
// of, empty where there is none: two letters swapped, one left out or put in,
// in longer words one replaced. The most frequent wins.
func (r *Router) meant(text string) string {
	if len(text) < 3 || len(text) > 24 {
		return ""
	}
	for i := range len(text) {
		if text[i] < 'a' || text[i] > 'z' {
			return ""
		}
	}
	best, most := "", 0
	try := func(candidate []byte) {
		n := 0
		if count := r.words.count(string(candidate)); count >= leastMeant {
			n = count
		} else if _, ok := r.lexicon.exact[string(candidate)]; ok {
			n = 1
		}
		if n > most || n == most && n > 0 && string(candidate) < best {
			best, most = string(candidate), n
		}
	}
	slips([]byte(text), try)
	return best
}

// slips calls try with each word that is one slip away. It may keep none of them.
func slips(word []byte, try func([]byte)) {
	buffer := make([]byte, 0, len(word)+1)
	for i := 0; i+1 < len(word); i++ {
		buffer = append(buffer[:0], word...)
		buffer[i], buffer[i+1] = buffer[i+1], buffer[i]
		try(buffer)
	}
	if len(word) < 4 {
		return
	}
	for i := range word {
		try(append(append(buffer[:0], word[:i]...), word[i+1:]...))
	}
	for i := 0; i <= len(word); i++ {
		for _, letter := range []byte(slipLetters) {
			try(append(append(append(buffer[:0], word[:i]...), letter), word[i:]...))
		}
	}
	if len(word) < 6 {
		return
	}
	for i := 1; i < len(word); i++ {
		for _, letter := range []byte(slipLetters) {
			buffer = append(buffer[:0], word...)
			buffer[i] = letter
			try(buffer)
		}
	}
}
