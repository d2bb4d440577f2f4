package verify

// shift is a compiled prompts.DoseShift.
type shift struct {
	from, after, to classes
	within          int
}

func (s shift) apply(pieces []piece) {
	for i := range pieces {
		if pieces[i].is&s.from == 0 {
			continue
		}
		for j := i - 1; j >= 0 && j >= i-s.within && pieces[j].is&isStop == 0; j-- {
			if pieces[j].is&s.after != 0 {
				pieces[i].is = pieces[i].is&^s.from | s.to
				break
			}
		}
	}
}

// match returns the end of the steps in pieces from i on, -1 when they do not fit.
func match(steps []step, pieces []piece, i int) int {
	if len(steps) == 0 {
		return i
	}
	s, rest := steps[0], steps[1:]
	switch s.role {
	case ahead:
		if i < len(pieces) && pieces[i].is&s.any != 0 {
			return -1
		}
		return match(rest, pieces, i)
	case behind:
		if i > 0 && pieces[i-1].is&s.any != 0 {
			return -1
		}
		return match(rest, pieces, i)
	case gap:
		for n := 0; ; n++ {
			if end := match(rest, pieces, i+n); end >= 0 {
				return end
			}
			// A piece belongs to the gap unless any of its classes is a barrier.
			if n == s.max || i+n >= len(pieces) || pieces[i+n].is&^s.any != 0 {
				return -1
			}
		}
	}
	n := 0
	for n < s.max && i+n < len(pieces) && pieces[i+n].is&s.any != 0 {
		n++
	}
	for ; n >= s.min; n-- {
		if end := match(rest, pieces, i+n); end >= 0 {
			return end
		}
	}
	return -1
}

// eachSentence calls yield with each sentence, its stops at both ends
// included, until yield returns false.
func eachSentence(pieces []piece, yield func([]piece) bool) {
	from := 0
	for i := 1; i < len(pieces); i++ {
		if pieces[i].is&isStop == 0 {
			continue
		}
		if i > from+1 && !yield(pieces[from:i+1]) {
			return
		}
		from = i
	}
}

// eachMatch calls yield with the kind, the first and the last piece of each
// dose in a sentence, until yield returns false.
func eachMatch(shapes []shape, sentence []piece, yield func(kind string, from, to piece) bool) {
	var holds classes
	for _, p := range sentence {
		holds |= p.is
	}
	var buf [64]*shape
	live, finds := buf[:0], false
	for i := range shapes {
		if shapes[i].fits(holds) {
			live = append(live, &shapes[i])
			finds = finds || shapes[i].kind != ""
		}
	}
	if !finds {
		return
	}
	for i := 0; i < len(sentence); {
		end, kind := matchAny(live, sentence, i)
		if end <= i {
			i++
			continue
		}
		if kind != "" {
			from, to := trim(sentence, i, end)
			if from.is&isStop == 0 && !yield(kind, from, to) {
				return
			}
		}
		i = end
	}
}

func matchAny(live []*shape, sentence []piece, i int) (end int, kind string) {
	for _, s := range live {
		if sentence[i].is&s.first == 0 {
			continue
		}
		if end := match(s.steps, sentence, i); end > i {
			return end, s.kind
		}
	}
	return -1, ""
}

// trim leaves out the stops at the ends of a match.
func trim(sentence []piece, i, end int) (from, to piece) {
	for i < end-1 && sentence[i].is&isStop != 0 {
		i++
	}
	for end-1 > i && sentence[end-1].is&isStop != 0 {
		end--
	}
	return sentence[i], sentence[end-1]
}

// fits reports whether a sentence with these classes can match at all.
func (s *shape) fits(holds classes) bool {
	if holds&s.not != 0 {
		return false
	}
	for _, set := range s.must {
		if holds&set == 0 {
			return false
		}
	}
	return true
}
