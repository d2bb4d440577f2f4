package verify

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// folded is a text brought to one form, so that a disguise does not matter:
// lower case, no accents and no invisible characters, all digits ASCII, single
// spaces, "-" for every dash, a line feed only between paragraphs.
type folded struct {
	text []byte
	from []int32 // for each byte of text the offset of the rune that it came from
	// loose, when set, marks the bytes before which a word may end although a
	// letter follows: the letters stood apart and nobody knows where words end.
	loose []bool
}

// start returns the offset in the original of byte i.
func (t folded) start(i int) int { return int(t.from[i]) }

// end returns the offset in the original behind the rune that byte i-1 came from.
func (t folded) end(original string, i int) int {
	at := int(t.from[i-1])
	_, size := utf8.DecodeRuneInString(original[at:])
	return at + size
}

// endsWord reports whether a word that runs up to byte i may end there.
func (t folded) endsWord(i int) bool {
	if i >= len(t.text) || t.loose != nil && t.loose[i] {
		return true
	}
	if b := t.text[i]; b < utf8.RuneSelf && !asciiLetter(b) {
		return true
	} else if b < utf8.RuneSelf && t.text[i-1] < utf8.RuneSelf {
		return !asciiLetter(t.text[i-1])
	}
	next, _ := utf8.DecodeRune(t.text[i:])
	if unspaced(next) || !wordRune(next) {
		return true
	}
	last, _ := utf8.DecodeLastRune(t.text[:i])
	return unspaced(last)
}

// wordEnd returns where the word that begins at byte i ends, at least one rune further.
func (t folded) wordEnd(i int) int {
	_, size := utf8.DecodeRune(t.text[i:])
	return t.restEnd(i + size)
}

// restEnd returns where the word ends that runs up to byte i at least.
func (t folded) restEnd(i int) int {
	for !t.endsWord(i) {
		_, size := utf8.DecodeRune(t.text[i:])
		i += size
	}
	return i
}

func asciiLetter(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }
func asciiDigit(b byte) bool  { return b >= '0' && b <= '9' }

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) }

// unspaced reports whether r is of a script that puts no spaces between words:
// the kana and the ideographs.
func unspaced(r rune) bool {
	switch {
	case r < 0x3005:
		return false
	case r <= 0x9FFF:
		return r == '々' || r >= 0x3041 && r <= 0x30FF && r != '・' || r >= 0x31F0 && r <= 0x31FF || r >= 0x3400
	}
	return r >= 0xF900 && r <= 0xFAFF || r >= 0x20000 && r <= 0x3FFFF
}

// folder brings text into the folded form.
type folder struct {
	always map[rune]string // replaced wherever it stands
	mixed  map[rune]string // replaced within words that have Latin letters, too
	// letters marks the letters that fold to themselves: nearly all that a text
	// outside ASCII holds, and worth a short cut.
	letters []bool
}

func newFolder(lookalikes map[string]string) folder {
	f := folder{always: make(map[rune]string), mixed: make(map[rune]string)}
	for from, to := range lookalikes {
		for _, r := range from {
			if unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) && to != "" && to[0] < utf8.RuneSelf {
				f.mixed[r] = to
			} else {
				f.always[r] = to
			}
		}
	}
	f.letters = make([]bool, 0xA000) // up to the last common ideograph
	for r := rune(utf8.RuneSelf); int(r) < len(f.letters); r++ {
		_, always := f.always[r]
		_, mixed := f.mixed[r]
		f.letters[r] = !always && !mixed && (r >= 0x4E00 || letterAsItIs(r))
	}
	return f
}

func letterAsItIs(r rune) bool {
	return wordRune(r) && unicode.ToLower(r) == r && !unseen(r) && norm.NFKD.PropertiesString(string(r)).Decomposition() == nil
}

func (f folder) fold(text string) folded {
	w := foldWriter{folder: f, out: folded{text: make([]byte, 0, len(text)+8), from: make([]int32, 0, len(text)+8)}}
	for at, r := range text {
		w.rune(int32(at), r) //nolint:gosec // texts are far below 2 GB
	}
	w.endWord()
	return w.out
}

// foldWriter is the state of one fold.
type foldWriter struct {
	folder
	out     folded
	spaceAt int32 // offset of a space not yet written, when spaces > 0
	spaces  int
	lines   int // line feeds among these spaces
	// The word being written: where it began in out, and what letters it has.
	word           int
	latin, foreign bool
	raised         bool // the last rune was a raised digit
}

// rune folds one rune of the original.
func (w *foldWriter) rune(at int32, r rune) {
	switch {
	case r >= utf8.RuneSelf:
		w.wide(at, r)
		return
	case r >= 'A' && r <= 'Z':
		w.put(at, r|0x20)
	case r == '*' || r == '`': // markup within or around words
	case r <= ' ' || r == '_':
		w.space(at, r)
	default:
		w.put(at, r)
	}
}

// wide folds one rune outside ASCII.
func (w *foldWriter) wide(at int32, r rune) {
	if int(r) < len(w.letters) && w.letters[r] {
		w.letter(at, r)
		return
	}
	if strings.ContainsRune("⁰¹²³⁴⁵⁶⁷⁸⁹", r) {
		w.raise(at, r)
		return
	}
	if to, ok := w.always[r]; ok {
		for _, r := range to {
			w.plain(at, r)
		}
		return
	}
	var buf [utf8.UTFMax]byte
	n := utf8.EncodeRune(buf[:], r)
	parts := norm.NFKD.Properties(buf[:n]).Decomposition()
	if parts == nil {
		parts = buf[:n]
	}
	for len(parts) > 0 {
		r, size := utf8.DecodeRune(parts)
		parts = parts[size:]
		w.plain(at, r)
	}
}

// raise folds a raised digit, with "^" before the first one behind a number.
func (w *foldWriter) raise(at int32, r rune) {
	if n := len(w.out.text); !w.raised && w.spaces == 0 && n > 0 && asciiDigit(w.out.text[n-1]) {
		w.put(at, '^')
	}
	w.put(at, rune(norm.NFKD.String(string(r))[0]))
	w.raised = true
}

// plain folds one rune that no longer decomposes.
func (w *foldWriter) plain(at int32, r rune) {
	switch {
	case r < utf8.RuneSelf && r > ' ':
		w.put(at, unicode.ToLower(r))
	case unseen(r):
	case unicode.IsSpace(r):
		w.space(at, r)
	case unicode.Is(unicode.Pd, r) || r == '−':
		w.put(at, '-')
	case r == '⁄' || r == '∕':
		w.put(at, '/')
	case unicode.IsDigit(r):
		w.put(at, '0'+digitValue(r))
	default:
		r = unicode.ToLower(r)
		if to, ok := w.always[r]; ok {
			for _, r := range to {
				w.put(at, r)
			}
			return
		}
		w.put(at, r)
	}
}

// unseen reports whether r adds nothing that a reader needs: invisible
// characters and direction marks, accents, vowel points, frames around digits.
// The vowel signs of Indian scripts are letters in all but name and stay.
func unseen(r rune) bool {
	switch {
	case unicode.In(r, unicode.Cf, unicode.Me, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point):
		return true
	case r == 0x093C || r == 0x3099 || r == 0x309A: // dots that make another letter of one
		return true
	}
	return unicode.Is(unicode.Inherited, r) && unicode.IsMark(r)
}

// digitValue returns the value of a decimal digit of any script: their tables
// begin with a zero and hold whole rows of ten.
func digitValue(r rune) rune {
	for _, row := range unicode.Digit.R16 {
		if r >= rune(row.Lo) && r <= rune(row.Hi) {
			return (r - rune(row.Lo)) % 10
		}
	}
	for _, row := range unicode.Digit.R32 {
		if r >= rune(row.Lo) && r <= rune(row.Hi) {
			return (r - rune(row.Lo)) % 10
		}
	}
	return 0
}

func (w *foldWriter) space(at int32, r rune) {
	if w.spaces == 0 {
		w.endWord()
		w.spaceAt = at
	}
	w.spaces++
	if r == '\n' || r == '\u2029' {
		w.lines++
	}
}

// letter appends a letter that folds to itself and looks like no other.
func (w *foldWriter) letter(at int32, r rune) {
	w.raised = false
	if w.spaces > 0 {
		w.flush()
	}
	w.write(at, r)
}

// flush writes the space that was held back.
func (w *foldWriter) flush() {
	b := byte(' ')
	if w.lines > 1 {
		b = '\n'
	}
	if len(w.out.text) > 0 {
		w.write(w.spaceAt, rune(b))
	}
	w.spaces, w.lines, w.word = 0, 0, len(w.out.text)
}

// put appends a folded rune, and before it the space that was held back.
func (w *foldWriter) put(at int32, r rune) {
	w.raised = false
	if w.spaces > 0 {
		w.flush()
	}
	switch {
	case r >= 'a' && r <= 'z':
		w.latin = true
	case r < utf8.RuneSelf || !wordRune(r):
		w.endWord()
		w.write(at, r)
		w.word = len(w.out.text)
		return
	default:
		if _, ok := w.mixed[r]; ok {
			w.foreign = true
		}
	}
	w.write(at, r)
}

func (w *foldWriter) write(at int32, r rune) {
	before := len(w.out.text)
	w.out.text = utf8.AppendRune(w.out.text, r)
	for range len(w.out.text) - before {
		w.out.from = append(w.out.from, at)
	}
}

// endWord replaces the look-alikes of a word that mixes scripts.
func (w *foldWriter) endWord() {
	if w.latin && w.foreign {
		word := string(w.out.text[w.word:])
		from := append([]int32(nil), w.out.from[w.word:]...)
		w.out.text, w.out.from = w.out.text[:w.word], w.out.from[:w.word]
		for i, r := range word {
			to, ok := w.mixed[r]
			if !ok {
				to = string(r)
			}
			for _, r := range to {
				w.write(from[i], r)
			}
		}
	}
	w.latin, w.foreign = false, false
	w.word = len(w.out.text)
}

// join returns a folded text with letters that stand apart brought together
// ("5 m g", "t.w.i.c.e"), and whether there were any.
func (f folder) join(t folded) (folded, bool) {
	var out folded
	done := 0
	for i := 0; i < len(t.text); {
		end, letters := t.apart(i)
		if letters < 2 || letters == 2 && t.text[i+1] == '.' { // "i.e." stays as it is
			_, size := utf8.DecodeRune(t.text[i:])
			i += size
			continue
		}
		out.add(t.text[done:i], t.from[done:i], false)
		latin := bytes.ContainsFunc(t.text[i:end], func(r rune) bool { return r < utf8.RuneSelf && asciiLetter(byte(r)) })
		for j := i; j < end; {
			r, size := utf8.DecodeRune(t.text[j:])
			letter := t.text[j : j+size]
			if to, ok := f.mixed[r]; ok && latin {
				letter = []byte(to)
			}
			if wordRune(r) {
				out.add(letter, t.from[j:j+size], j > i)
			}
			j += size
		}
		i, done = end, end
	}
	if done == 0 {
		return folded{}, false
	}
	out.add(t.text[done:], t.from[done:], false)
	return out, true
}

// add appends text that came from these offsets, the last of them for what has none of its own.
func (t *folded) add(text []byte, from []int32, loose bool) {
	for k, b := range text {
		t.text = append(t.text, b)
		t.from = append(t.from, from[min(k, len(from)-1)])
		t.loose = append(t.loose, loose && k == 0)
	}
}

// apart returns the end of the run of letters that stand apart, from byte i on,
// and how many they are.
func (t folded) apart(i int) (end, letters int) {
	if i > 0 && !t.endsWord(i) && wordBefore(t.text, i) {
		return i, 0
	}
	for i < len(t.text) {
		r, size := utf8.DecodeRune(t.text[i:])
		if !wordRune(r) || !t.endsWord(i+size) {
			return end, letters
		}
		i += size
		end = i
		letters++
		for gap := 0; gap < 2 && i < len(t.text) && strings.IndexByte(" -.,|", t.text[i]) >= 0; gap++ {
			i++
		}
		if i == end {
			return end, letters
		}
	}
	return end, letters
}

func wordBefore(text []byte, i int) bool {
	r, _ := utf8.DecodeLastRune(text[:i])
	return wordRune(r)
}
