package verify

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
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

func wordRune(r rune) bool {
	const cyrillic, lastCyrillic = 'Ѐ', 'ҁ' // nothing but letters between them
	return r >= cyrillic && r <= lastCyrillic || unicode.IsLetter(r) || unicode.IsMark(r)
}

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
		latin := bytes.ContainsAny(t.text[i:end], "abcdefghijklmnopqrstuvwxyz")
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
