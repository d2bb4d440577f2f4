package route

// classSet is a set of class numbers.
type classSet [4]uint64

// add puts a class into the set.
func (s *classSet) add(n int) { s[n>>6] |= 1 << (n & 63) }

// has reports whether a class is in the set.
func (s classSet) has(n int) bool { return n >= 0 && s[n>>6]>>(n&63)&1 == 1 }

// join puts the classes of another set into the set.
func (s *classSet) join(o classSet) {
	for i := range s {
		s[i] |= o[i]
	}
}

// meets reports whether s and o have a class in common.
func (s classSet) meets(o classSet) bool {
	for i := range s {
		if s[i]&o[i] != 0 {
			return true
		}
	}
	return false
}
