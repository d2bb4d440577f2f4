package verify

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// folder brings text into the folded form.
type folder struct {
	always map[rune]string // replaced wherever it stands
	mixed  map[rune]string // replaced within words that have Latin letters, too
	// letters tells of the letters that fold to themselves: nearly all that a
	// text outside ASCII holds, and worth a short cut.
	letters []letterKind
}

type letterKind uint8

const (
	otherRune   letterKind = iota // needs a closer look
	plainLetter                   // folds to itself
	mixedLetter                   // the same, and has a Latin look-alike
)

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
	f.letters = make([]letterKind, 0xA000) // up to the last common ideograph
	for r := rune(utf8.RuneSelf); int(r) < len(f.letters); r++ {
		if _, ok := f.always[r]; ok || r < 0x4E00 && !letterAsItIs(r) {
			continue
		}
		f.letters[r] = plainLetter
		if _, ok := f.mixed[r]; ok {
			f.letters[r] = mixedLetter
		}
	}
	return f
}

func letterAsItIs(r rune) bool {
	return wordRune(r) && unicode.ToLower(r) == r && !unseen(r) && norm.NFKD.PropertiesString(string(r)).Decomposition() == nil
}

func (f folder) fold(text string) folded {
	w := foldWriter{folder: f, out: folded{text: make([]byte, 0, len(text)+8), from: make([]int32, 0, len(text)+8)}}
	for at, r := range text {
		w.rune(int32(at), r)
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
	case r == '*' || r == '`' || r == 0x7F: // markup within or around words, delete
	case r <= ' ' || r == '_':
		w.space(at, r)
	default:
		w.put(at, r)
	}
}

// wide folds one rune outside ASCII.
func (w *foldWriter) wide(at int32, r rune) {
	if int(r) < len(w.letters) && w.letters[r] != otherRune {
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
	case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Me, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point):
		return true
	case r == 0x093C || r == 0x3099 || r == 0x309A: // dots that make another letter of one
		return true
	}
	return unicode.Is(unicode.Inherited, r) && unicode.IsMark(r)
}

// digitValue returns the value of a decimal digit of any script. They stand in
// rows of ten that begin with zero; rows side by side decompose before.
func digitValue(r rune) rune {
	n := rune(0)
	for n < 9 && unicode.IsDigit(r-n-1) {
		n++
	}
	return n
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

// letter appends a letter that folds to itself.
func (w *foldWriter) letter(at int32, r rune) {
	w.raised = false
	if w.spaces > 0 {
		w.flush()
	}
	if w.letters[r] == mixedLetter {
		w.foreign = true
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
