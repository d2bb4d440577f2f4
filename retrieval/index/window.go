package index

import "encoding/binary"

// window is the number of passages that are added up at once; a power of two.
const window = 4096

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

// complete adds the group at a place to the candidates that may still reach the
// threshold, and drops the others.
func (s *scratch) complete(at int, start uint32, threshold float64) {
	g := s.groups[at]
	for i := g.from; i < g.to; i++ {
		s.lists[i].enter(start)
	}
	kept := s.found[:0]
	for _, c := range s.found {
		if c.score+s.bounds[at] < threshold {
			continue
		}
		best := 0.0
		for i := g.from; i < g.to; i++ {
			best = max(best, s.lists[i].score(uint32(c.passage), start))
		}
		c.score += best
		kept = append(kept, c)
	}
	s.found = kept
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

// score returns what a passage of the window that was entered scores.
func (l *list) score(passage, start uint32) float64 {
	low, high := l.from, l.to
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
