package index

import "encoding/binary"

// window is the number of passages that are added up at once; a power of two.
// The scores of two windows fit the processor's nearest cache.
const window = 2048

// postingAt returns a posting's passage and its impact in steps.
func postingAt(postings []byte, at int) (passage uint32, impact float64) {
	p := binary.LittleEndian.Uint32(postings[at : at+4])
	return p >> 16, float64(p & 0xffff)
}

func passageAt(postings []byte, at int) uint32 {
	return uint32(binary.LittleEndian.Uint16(postings[at+2 : at+4]))
}

// nextWindow returns the first passage of the next window in which an essential
// group has a posting; false when there is none.
func (s *scratch) nextWindow(essential int) (uint32, bool) {
	next := uint32(maxPassages)
	for _, g := range s.groups[essential:] {
		for i := g.from; i < g.to; i++ {
			if l := &s.lists[i]; l.to < len(l.postings) {
				next = min(next, passageAt(l.postings, l.to))
			}
		}
	}
	return next &^ (window - 1), next < maxPassages
}

// addGroup adds an essential group to the scores of the window.
func (s *scratch) addGroup(g group, start uint32) {
	if g.to == g.from+1 {
		s.lists[g.from].add(&s.scores, start)
		return
	}
	for i := g.from; i < g.to; i++ {
		s.lists[i].raise(&s.best, start)
	}
	for i := g.from; i < g.to; i++ {
		l := &s.lists[i]
		for at := l.from; at < l.to; at += 4 {
			place := passageAt(l.postings, at) % window
			s.scores[place] += s.best[place]
			s.best[place] = 0
		}
	}
}

// add adds the list's postings in the window to scores.
func (l *list) add(scores *[window]float64, start uint32) {
	l.from = l.to
	at, end := l.from, start+window
	for ; at < len(l.postings); at += 4 {
		passage, impact := postingAt(l.postings, at)
		if passage >= end {
			break
		}
		scores[passage%window] += l.weight * impact
	}
	l.to = at
}

// raise lifts scores to those of the list's postings in the window.
func (l *list) raise(scores *[window]float64, start uint32) {
	l.from = l.to
	at, end := l.from, start+window
	for ; at < len(l.postings); at += 4 {
		passage, impact := postingAt(l.postings, at)
		if passage >= end {
			break
		}
		place := passage % window
		scores[place] = max(scores[place], l.weight*impact)
	}
	l.to = at
}

// finish adds the last essential group, the one with the most postings as a
// rule, and takes its passages out of the window as collect does.
func (s *scratch) finish(g group, start uint32, needed float64) {
	if g.to == g.from+1 {
		s.finishList(&s.lists[g.from], start, needed)
		return
	}
	for i := g.from; i < g.to; i++ {
		s.lists[i].raise(&s.best, start)
	}
	for i := g.from; i < g.to; i++ {
		l := &s.lists[i]
		for at := l.from; at < l.to; at += 4 {
			passage := passageAt(l.postings, at)
			place := passage % window
			best := s.best[place]
			if best == 0 {
				continue
			}
			score := s.scores[place] + best
			s.best[place], s.scores[place] = 0, 0
			if score >= needed {
				s.found = append(s.found, candidate{int(passage), score})
			}
		}
	}
}

func (s *scratch) finishList(l *list, start uint32, needed float64) {
	l.from = l.to
	at, end := l.from, start+window
	for ; at < len(l.postings); at += 4 {
		passage, impact := postingAt(l.postings, at)
		if passage >= end {
			break
		}
		score := s.scores[passage%window] + l.weight*impact
		s.scores[passage%window] = 0
		if score >= needed {
			s.found = append(s.found, candidate{int(passage), score})
		}
	}
	l.to = at
}

// collect takes the passages of a group out of the window that score at least
// as much as needed, and clears the scores of all.
func (s *scratch) collect(g group, needed float64) {
	for i := g.from; i < g.to; i++ {
		l := &s.lists[i]
		for at := l.from; at < l.to; at += 4 {
			passage := passageAt(l.postings, at)
			score := s.scores[passage%window]
			if score == 0 {
				continue
			}
			s.scores[passage%window] = 0
			if score >= needed {
				s.found = append(s.found, candidate{int(passage), score})
			}
		}
	}
}

// lookupCost is what finding a passage in a list costs, in postings that could
// be added up in the same time.
const lookupCost = 4

// complete adds the group at a place to the candidates that may still reach the
// threshold, and drops the others.
func (s *scratch) complete(at int, start uint32, threshold float64) {
	g, bound := s.groups[at], s.bounds[at]
	kept := s.found[:0]
	for _, c := range s.found {
		if c.score+bound >= threshold {
			kept = append(kept, c)
		}
	}
	s.found = kept
	if len(kept) == 0 {
		return
	}
	postings := 0
	for i := g.from; i < g.to; i++ {
		l := &s.lists[i]
		l.enter(start)
		postings += (l.to - l.from) / 4
	}
	if postings <= lookupCost*len(kept) {
		s.completeAll(g)
		return
	}
	for i := range kept {
		kept[i].score += s.lookUp(g, &kept[i], threshold-bound+g.bound)
	}
}

// lookUp returns what a group adds to a candidate. It stops at the first
// alternative that cannot be better than one that was found, or with which the
// candidate would still not score what is needed.
func (s *scratch) lookUp(g group, c *candidate, needed float64) float64 {
	best := 0.0
	for i := g.from; i < g.to; i++ {
		l := &s.lists[i]
		if l.bound <= best || c.score+l.bound < needed && c.score+best < needed {
			break
		}
		if l.from < l.to {
			best = max(best, l.score(uint32(c.passage)))
		}
	}
	return best
}

// completeAll adds a group to the candidates by way of all its postings in the window.
func (s *scratch) completeAll(g group) {
	for i := g.from; i < g.to; i++ {
		l := &s.lists[i]
		for at := l.from; at < l.to; at += 4 {
			passage, impact := postingAt(l.postings, at)
			place := passage % window
			s.best[place] = max(s.best[place], l.weight*impact)
		}
	}
	for i := range s.found {
		s.found[i].score += s.best[uint32(s.found[i].passage)%window]
	}
	for i := g.from; i < g.to; i++ {
		l := &s.lists[i]
		for at := l.from; at < l.to; at += 4 {
			s.best[passageAt(l.postings, at)%window] = 0
		}
	}
}

// enter moves the list's stretch to a window.
func (l *list) enter(start uint32) {
	l.from = l.seek(l.to, start)
	l.to = l.seek(l.from, start+window)
}

// seek returns the place of the first posting, from a place on, of a passage or a later one.
func (l *list) seek(from int, passage uint32) int {
	step := 4
	low := from // all before it are earlier passages
	for low+step <= len(l.postings) && passageAt(l.postings, low+step-4) < passage {
		low += step
		step *= 2
	}
	high := min(low+step, len(l.postings))
	for low < high {
		middle := (low + high) / 8 * 4
		if passageAt(l.postings, middle) < passage {
			low = middle + 4
		} else {
			high = middle
		}
	}
	return low
}

// score returns what a passage of the window that was entered scores. It begins
// where the passage would stand if the postings lay evenly, and widens its steps.
func (l *list) score(passage uint32) float64 {
	count := (l.to - l.from) / 4
	if count == 0 {
		return 0
	}
	low, high := l.from, l.to // the passage is in [low, high) if anywhere
	guess := l.from + int(passage%window)*count/window*4
	if at := passageAt(l.postings, guess); at < passage {
		low = guess + 4
		for step := 4; low+step < high; step *= 2 {
			if passageAt(l.postings, low+step) > passage {
				high = low + step
				break
			}
			low += step
		}
	} else {
		high = guess + 4
		for step := 4; high-step > low; step *= 2 {
			if passageAt(l.postings, high-step) <= passage {
				low = high - step
				break
			}
			high -= step
		}
	}
	for low < high {
		middle := (low + high) / 8 * 4
		at, impact := postingAt(l.postings, middle)
		switch {
		case at < passage:
			low = middle + 4
		case at > passage:
			high = middle
		default:
			return l.weight * impact
		}
	}
	return 0
}
