package route

// span is a phrase of a class that was found in tokens[start:end].
type span struct {
	class      int16
	start, end int16
}

// longestGap is how many tokens a gap of a pattern may span; characters of
// scripts without blanks count half.
const longestGap = 4

// tagger finds the phrases in the tokens of one message.
type tagger struct {
	lexicon   *lexicon
	tokens    []token
	active    uint32 // languages whose phrases count, by number
	composing bool   // second round: phrases with classes in them
	byStart   [][]span
	found     []span
}

// tag returns the spans of all phrases in the tokens, without those that
// overlap a mask.
func (x *lexicon) tag(tokens []token, active uint32) []span {
	t := &tagger{lexicon: x, tokens: tokens, active: active}
	t.round()
	t.mask()
	t.byStart = make([][]span, len(tokens))
	for _, s := range t.found {
		t.byStart[s.start] = append(t.byStart[s.start], s)
	}
	t.composing = true
	t.round()
	t.mask()
	return t.found
}

// round looks for phrases from every token on.
func (t *tagger) round() {
	for i := range t.tokens {
		t.walk(0, i, i, false)
	}
}

// walk follows the automaton from node at token at; the phrase began at start.
func (t *tagger) walk(n int32, start, at int, composed bool) {
	x := t.lexicon
	if composed == t.composing {
		for _, end := range x.ends[x.nodes[n].ends:x.nodes[n].endsTo] {
			if end.language < 0 || t.active>>uint(end.language)&1 == 1 {
				t.found = append(t.found, span{class: end.class, start: int16(start), end: int16(at)})
			}
		}
	}
	if at >= len(t.tokens) || at > start && t.tokens[at].sentence != t.tokens[start].sentence {
		return
	}
	for _, symbol := range t.tokens[at].word.symbols {
		x.follow(n, symbol, func(to int32) { t.walk(to, start, at+1, composed) })
	}
	if t.composing {
		for _, s := range t.byStart[at] {
			x.follow(n, symbolClass-int32(s.class), func(to int32) { t.walk(to, start, int(s.end), true) })
		}
	}
	if gap := x.nodes[n].gap; gap != 0 {
		for used := 0; used <= 2*longestGap && at < len(t.tokens); at++ {
			t.walkOn(gap, start, at, composed)
			if used += 2; t.tokens[at].word.single {
				used--
			}
		}
	}
}

// walkOn is walk from behind a gap, where no phrase can end yet.
func (t *tagger) walkOn(gap int32, start, at int, composed bool) {
	if t.tokens[at].sentence == t.tokens[start].sentence {
		t.walk(gap, start, at, composed)
	}
}

// mask drops the spans that overlap a mask and are none.
func (t *tagger) mask() {
	x := t.lexicon
	covered := make([]bool, len(t.tokens))
	any := false
	for _, s := range t.found {
		if x.masks.has(int(s.class)) {
			any = true
			for i := s.start; i < s.end; i++ {
				covered[i] = true
			}
		}
	}
	if !any {
		return
	}
	kept := t.found[:0]
	for _, s := range t.found {
		hidden := false
		for i := s.start; i < s.end; i++ {
			hidden = hidden || covered[i]
		}
		if !hidden || x.masks.has(int(s.class)) {
			kept = append(kept, s)
		}
	}
	t.found = kept
}
