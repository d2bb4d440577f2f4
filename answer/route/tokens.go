package route

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is one word or number of a folded text.
type token struct {
	text     string
	word     *word
	sentence int
	clause   int // counts the stretches between commas, over all sentences
}

// sentence is a stretch of tokens between full stops or question marks.
type sentence struct {
	start, end int // tokens[start:end]
	asks       bool
}

// scan cuts a folded text into tokens and sentences. Words of scripts without
// blanks are cut into single characters, which patterns join again.
type scan struct {
	tokens    []token
	sentences []sentence
	clause    int
}

// add appends a token to the sentence that is open.
func (s *scan) add(text string) {
	s.tokens = append(s.tokens, token{text: text, sentence: len(s.sentences), clause: s.clause})
}

// stop closes the open sentence, if it holds anything.
func (s *scan) stop(asks bool) {
	s.clause++
	start := 0
	if n := len(s.sentences); n > 0 {
		start = s.sentences[n-1].end
		if start == len(s.tokens) {
			s.sentences[n-1].asks = s.sentences[n-1].asks || asks
			return
		}
	}
	if start < len(s.tokens) {
		s.sentences = append(s.sentences, sentence{start: start, end: len(s.tokens), asks: asks})
	}
}

// pieces cuts a scan into parts of at most most tokens: between sentences, and
// between tokens only where a single sentence is longer than that.
func (s *scan) pieces(most int) []*scan {
	if len(s.tokens) <= most {
		return []*scan{s}
	}
	var list []*scan
	for start, next := 0, 0; start < len(s.tokens); {
		end := min(start+most, len(s.tokens))
		for next < len(s.sentences) && s.sentences[next].end <= start {
			next++
		}
		for n := next; n < len(s.sentences) && s.sentences[n].end <= start+most; n++ {
			end = s.sentences[n].end
		}
		list = append(list, s.piece(next, start, end))
		start = end
	}
	return list
}

// piece returns tokens[start:end] as a scan of its own; its first sentence is
// s.sentences[first].
func (s *scan) piece(first, start, end int) *scan {
	part := &scan{tokens: append([]token(nil), s.tokens[start:end]...), clause: s.clause}
	for _, one := range s.sentences[first:] {
		from, to := max(one.start, start), min(one.end, end)
		if from >= to {
			break
		}
		for i := from; i < to; i++ {
			part.tokens[i-start].sentence = len(part.sentences)
		}
		part.sentences = append(part.sentences, sentence{start: from - start, end: to - start, asks: one.asks})
	}
	return part
}

// scanText cuts text, which is folded.
func scanText(text string) *scan {
	s := &scan{tokens: make([]token, 0, len(text)/5+4)}
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case r >= '0' && r <= '9':
			i = s.number(text, i)
		case unblanked(r):
			s.add(text[i : i+size])
			i += size
		case letter(r):
			i = s.letters(text, i)
		case r == '#':
			i = skipTag(text, i+1)
		default:
			s.sign(text, i, r)
			i += size
		}
	}
	s.stop(false)
	return s
}

// skipTag returns where the name of a channel ("#general") that begins at i ends:
// it is no word of the message.
func skipTag(text string, i int) int {
	for i < len(text) && (text[i] >= 'a' && text[i] <= 'z' || text[i] == '-' || text[i] == '_') {
		i++
	}
	return i
}

// letter reports whether r belongs to a word of a script with blanks.
func letter(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z'
	}
	return !unblanked(r) && unicode.In(r, unicode.L, unicode.M)
}

// unblanked reports whether r belongs to a script that sets no blanks between words.
func unblanked(r rune) bool {
	return r >= 0x0e00 && r < 0x0e80 || r >= 0x3040 && r < 0x3100 || r >= 0x3400 && r < 0xa000 || r >= 0xf900 && r < 0xfb00 || r >= 0x20000 && r < 0x32000 || r == 'ー' || r == '々'
}

// number adds the number at i ("0.5", "1,000", "1/2") and returns where it ends.
func (s *scan) number(text string, i int) int {
	j := i
	for j < len(text) && (text[j] >= '0' && text[j] <= '9' ||
		strings.IndexByte(".,/:", text[j]) >= 0 && j+1 < len(text) && text[j+1] >= '0' && text[j+1] <= '9') {
		j++
	}
	s.add(text[i:j])
	return j
}

// letters adds the word at i and returns where it ends. Digits at its end
// belong to it ("gad65"), an apostrophe before a short English ending vanishes
// ("can't" is "cant"); any other parts words ("l'eau").
func (s *scan) letters(text string, i int) int {
	j := i
	for j < len(text) {
		r, size := utf8.DecodeRuneInString(text[j:])
		if !letter(r) && (r < '0' || r > '9') {
			break
		}
		j += size
	}
	if j < len(text) && text[j] == '\'' {
		if k := ending(text, j+1); k > 0 {
			s.add(text[i:j] + text[j+1:k])
			return k
		}
	}
	s.add(text[i:j])
	return j
}

// ending returns where the short English ending after an apostrophe ends, 0
// where there is none.
func ending(text string, i int) int {
	for _, end := range [...]string{"s", "t", "m", "re", "ll", "ve", "d"} {
		k := i + len(end)
		if !strings.HasPrefix(text[i:], end) {
			continue
		}
		if r, _ := utf8.DecodeRuneInString(text[k:]); k == len(text) || !letter(r) {
			return k
		}
	}
	return 0
}

// sign ends the sentence at a full stop, question mark or the like. A point or
// colon inside a word ends nothing.
func (s *scan) sign(text string, i int, r rune) {
	switch r {
	case '?', '？', '؟', '¿':
		s.stop(r != '¿')
	case '!', '！', ';', '؛', '。', '।', '॥', '…', '\f', '\n':
		s.stop(false)
	case ',', ':', '，', '：', '(', ')':
		s.clause++
	case '.':
		if i+1 >= len(text) || text[i+1] == ' ' || text[i+1] == '.' || text[i+1] == '\f' {
			s.stop(false)
		}
	}
}
