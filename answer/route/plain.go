package route

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// plain folds single characters: compatibility forms, case, marks, invisible
// characters, digits of all scripts, look-alikes. What words it holds is left.
func (f *folder) plain(text string) string {
	plain, twins := f.undressed(text)
	if twins {
		return f.unmix(plain)
	}
	return plain
}

// undressed is plain without look-alikes, for words that nobody disguised: a
// Russian word of the phrase files may be made of look-alikes alone. twins says
// that there are letters that look like Latin ones.
func (f *folder) undressed(text string) (plain string, twins bool) {
	if ascii(text) {
		return strings.ToLower(text), false
	}
	var out strings.Builder
	out.Grow(len(text))
	base := rune(' ')
	for _, r := range norm.NFKD.String(strings.ToValidUTF8(text, " ")) {
		switch {
		case r >= ' ' && r < 0x7f:
			if r >= 'A' && r <= 'Z' {
				r += 'a' - 'A'
			}
			base = r
			out.WriteByte(byte(r))
			continue
		case invisible(r):
			continue
		case unicode.Is(unicode.M, r):
			if keepsMark(base, r) {
				out.WriteRune(r)
			}
			continue
		case unicode.Is(unicode.Nd, r):
			r = digit(r)
		default:
			r = unicode.ToLower(r)
		}
		base = r
		twins = twins || f.twins[r] != 0
		f.writeLetter(&out, r)
	}
	return norm.NFC.String(out.String()), twins
}

// bare keeps capitals, which base64 needs, and folds what else may stand
// between a code and its reading: invisible characters, full-width forms and
// look-alikes among Latin letters.
func (f *folder) bare(text string) string {
	if ascii(text) {
		return text
	}
	visible := strings.Map(func(r rune) rune {
		if invisible(r) {
			return -1
		}
		return r
	}, norm.NFKC.String(strings.ToValidUTF8(text, " ")))
	words := strings.Split(visible, " ")
	for i, word := range words {
		if strings.ContainsFunc(word, func(r rune) bool { return r < utf8.RuneSelf && unicode.IsLetter(r) }) {
			words[i] = strings.Map(f.untwin, word)
		}
	}
	return strings.Join(words, " ")
}

// untwin returns the Latin letter that r looks like, of the same case; r where
// there is none.
func (f *folder) untwin(r rune) rune {
	small := unicode.ToLower(r)
	to, ok := f.twins[small]
	switch {
	case !ok:
		return r
	case small != r:
		return unicode.ToUpper(to)
	}
	return to
}

// ascii reports whether text holds plain ASCII without control characters
// other than white space.
func ascii(text string) bool {
	for i := 0; i < len(text); i++ {
		if c := text[i]; c >= utf8.RuneSelf || c < ' ' && c != '\n' && c != '\t' && c != '\r' && c != '\f' {
			return false
		}
	}
	return true
}

// writeLetter writes r, or the plain letters that stand for it.
func (f *folder) writeLetter(out *strings.Builder, r rune) {
	if to, ok := f.letters[r]; ok {
		out.WriteString(to)
		return
	}
	if r >= 'ァ' && r <= 'ヶ' { // katakana reads as hiragana
		r -= 'ァ' - 'ぁ'
	}
	out.WriteRune(r)
}

// invisible reports whether r takes no room of its own: format and control
// characters, variation selectors, fillers.
func invisible(r rune) bool {
	switch {
	case r == '\n' || r == '\t' || r == '\r' || r == '\f':
		return false
	case r < ' ' || r >= 0x7f && r < 0xa0:
		return true
	case r < 0xad:
		return false
	}
	return unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Me, r) || unicode.Is(unicode.Variation_Selector, r) ||
		unicode.Is(unicode.Co, r) || unicode.Is(unicode.Cs, r) ||
		r == 0x034f || r == 0x115f || r == 0x1160 || r == 0x17b4 || r == 0x17b5 || r == 0x2800 || r == 0x3164 || r == 0xffa0
}

// keepsMark reports whether a mark after base belongs to the spelling. Scripts
// of India and its neighbours write vowels as marks, Japanese tells consonants
// apart by them; Latin, Greek, Cyrillic, Arabic and Hebrew are read without.
func keepsMark(base, mark rune) bool {
	const nukta, chandrabindu = 0x093c, 0x0901
	if mark == nukta || mark == chandrabindu {
		return false
	}
	if mark == 0x3099 || mark == 0x309a { // voicing marks of kana
		return unicode.In(base, unicode.Hiragana, unicode.Katakana)
	}
	return !unicode.In(mark, unicode.Inherited, unicode.Arabic, unicode.Hebrew, unicode.Cyrillic)
}

// digit returns the ASCII digit of a decimal digit: Unicode keeps those of a
// script together, in order, ten by ten.
func digit(r rune) rune {
	if r < utf8.RuneSelf {
		return r
	}
	for _, run := range unicode.Nd.R16 {
		if r >= rune(run.Lo) && r <= rune(run.Hi) {
			return '0' + (r-rune(run.Lo))%10
		}
	}
	for _, run := range unicode.Nd.R32 {
		if r >= rune(run.Lo) && r <= rune(run.Hi) {
			return '0' + (r-rune(run.Lo))%10
		}
	}
	return r
}

// unmix writes each word in one script. A word of Latin letters with
// look-alikes of others becomes Latin; a Cyrillic word with Latin look-alikes
// becomes Cyrillic; where all letters could be either, the rest of the text
// decides. A text of look-alikes alone is left if it has words and not only
// letters set apart: "не могу".
func (f *folder) unmix(text string) string {
	var latin, other int
	twin, joined := false, false
	for _, r := range text {
		joined = joined || twin && f.twins[r] != 0
		twin = f.twins[r] != 0
		switch {
		case r < 'a' || r <= 'z':
			if r >= 'a' {
				latin++
			}
		case f.twins[r] != 0 && (r == 'ѕ' || r > 'ѡ'):
			latin++ // a look-alike that hardly any language uses
		case f.twins[r] == 0 && unicode.Is(unicode.L, r):
			other++
		}
	}
	latinText := latin >= other && (latin > 0 || !joined)
	var out strings.Builder
	out.Grow(len(text))
	start := -1
	for i, r := range text {
		if unicode.Is(unicode.L, r) {
			if start < 0 {
				start = i
			}
			continue
		}
		if start >= 0 {
			f.writeUnmixed(&out, text[start:i], latinText)
			start = -1
		}
		out.WriteRune(r)
	}
	if start >= 0 {
		f.writeUnmixed(&out, text[start:], latinText)
	}
	return out.String()
}

// writeUnmixed writes one word of letters in one script.
func (f *folder) writeUnmixed(out *strings.Builder, word string, latinText bool) {
	var latin, twins, strangers, cyrillic int
	for _, r := range word {
		switch {
		case r >= 'a' && r <= 'z':
			if latin++; f.back[r] == 0 {
				strangers++ // no Cyrillic letter looks like it
			}
		case f.twins[r] != 0:
			twins++
		case unicode.Is(unicode.Cyrillic, r):
			cyrillic++
		}
	}
	table := f.twins
	switch {
	case twins == 0 && cyrillic == 0, latin == 0 && !latinText:
		out.WriteString(word)
		return
	case cyrillic > 0 && strangers == 0:
		table = f.back
	case cyrillic > 0 && latin == 0:
		out.WriteString(word)
		return
	case strangers == 0 && !latinText:
		table = f.back
	}
	for _, r := range word {
		if to := table[r]; to != 0 {
			r = to
		}
		out.WriteRune(r)
	}
}
