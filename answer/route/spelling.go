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
