package route

import (
	"encoding/base64"
	"html"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// decoded returns the texts that are hidden in text: URL encoding and
// character references, base64, hexadecimal, rot13, mirror writing. Each is
// returned only if it reads as language.
func (f *folder) decoded(text string) []string {
	var found []string
	if strings.ContainsAny(text, `%&\`) {
		if clear := unescape(text); clear != text && f.readable(clear) {
			found = append(found, clear)
		}
	}
	if codes(text) {
		for _, field := range strings.FieldsFunc(text, parts) {
			if clear, ok := fromBase64(field); ok && f.readable(clear) {
				found = append(found, clear)
			}
		}
		for _, clear := range fromHex(text) {
			if f.readable(clear) {
				found = append(found, clear)
			}
		}
	}
	if f.rareWords(text) {
		if turned, ok := f.turned(text); ok {
			found = append(found, turned)
		}
		if turned := mirror(text); f.gains(text, turned) {
			found = append(found, turned)
		}
	}
	return found
}

// parts reports whether r parts words that may be codes.
func parts(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("\"'`()<>,:;", r) }

// codes reports whether text may hold base64 or hexadecimal: a capital letter
// behind a small one or a digit, many sixes and sevens, with which the codes of
// Latin letters begin, or a long run of hexadecimal digits.
func codes(text string) bool {
	high, run := 0, 0
	for i := 0; i < len(text); i++ {
		c := text[i]
		if run++; (c < '0' || c > '9') && (c < 'a' || c > 'f') && (c < 'A' || c > 'F') {
			run = 0
		}
		switch {
		case run >= longCode:
			return true
		case c == '6' || c == '7':
			high++
		case c >= 'A' && c <= 'Z' && i > 0 && (text[i-1] >= 'a' && text[i-1] <= 'z' || text[i-1] >= '0' && text[i-1] <= '9'):
			return true
		}
	}
	return high > 3
}

// longCode is how many hexadecimal digits in a row are no word and no number.
const longCode = 16

// unescape undoes URL encoding, \u and \x escapes and character references.
func unescape(text string) string {
	if strings.ContainsRune(text, '&') {
		text = html.UnescapeString(text)
	}
	if !strings.ContainsAny(text, `%\`) {
		return text
	}
	var out strings.Builder
	for i := 0; i < len(text); {
		digits, lead := 0, 1
		switch {
		case text[i] == '%':
			digits = 2
		case strings.HasPrefix(text[i:], `\x`):
			digits, lead = 2, 2
		case strings.HasPrefix(text[i:], `\u`):
			digits, lead = 4, 2
		}
		if digits > 0 && i+lead+digits <= len(text) {
			if n, err := strconv.ParseUint(text[i+lead:i+lead+digits], 16, 32); err == nil {
				if digits == 2 {
					out.WriteByte(byte(n))
				} else {
					out.WriteRune(rune(n))
				}
				i += lead + digits
				continue
			}
		}
		out.WriteByte(text[i])
		i++
	}
	if strings.Count(text, "%20") == 0 && strings.ContainsRune(text, '%') && !strings.ContainsRune(text, ' ') {
		return strings.ReplaceAll(out.String(), "+", " ")
	}
	return out.String()
}

// fromBase64 decodes one word. Without a capital letter it is taken for a word.
func fromBase64(word string) (string, bool) {
	word = strings.TrimRight(word, "=.!?")
	if len(word) < 8 || strings.ToLower(word) == word {
		return "", false
	}
	word = strings.NewReplacer("-", "+", "_", "/").Replace(word)
	data, err := base64.RawStdEncoding.DecodeString(word)
	if err != nil {
		return "", false
	}
	return string(data), utf8.Valid(data)
}

// fromHex decodes the runs of hexadecimal bytes, written together or apart.
func fromHex(text string) []string {
	var found []string
	var data []byte
	flush := func() {
		if len(data) >= 4 && utf8.Valid(data) {
			found = append(found, string(data))
		}
		data = nil
	}
	for _, field := range strings.FieldsFunc(text, parts) {
		field = strings.TrimPrefix(strings.ToLower(field), "0x")
		if len(field)%2 != 0 || strings.Trim(field, "0123456789abcdef") != "" {
			flush()
			continue
		}
		if len(field) > 2 {
			flush()
		}
		for i := 0; i < len(field); i += 2 {
			n, _ := strconv.ParseUint(field[i:i+2], 16, 8) // the letters were checked above
			data = append(data, byte(n))
		}
		if len(field) > 2 {
			flush()
		}
	}
	flush()
	return found
}

// rot13 turns each Latin letter by half the alphabet.
func rot13(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z':
			return 'a' + (r-'a'+13)%26
		case r >= 'A' && r <= 'Z':
			return 'A' + (r-'A'+13)%26
		}
		return r
	}, text)
}

// turned turns the unknown words of a text by half the alphabet, if that makes
// known words of at least two of them, half of all; the known ones stay.
func (f *folder) turned(text string) (string, bool) {
	unknown, known := 0, 0
	fields := strings.Fields(strings.ToLower(text))
	for i, field := range fields {
		word := strings.TrimFunc(field, func(r rune) bool { return r < 'a' || r > 'z' })
		if word == "" || f.known(word) {
			continue
		}
		unknown++
		turn := rot13(field)
		if f.known(strings.TrimFunc(turn, func(r rune) bool { return r < 'a' || r > 'z' })) {
			known++
		}
		fields[i] = turn
	}
	return strings.Join(fields, " "), known >= 2 && known*2 >= unknown
}

// mirror writes text backwards.
func mirror(text string) string {
	runes := []rune(text)
	for i, j := 0, len(runes)-1; i < j; i, j = i+1, j-1 {
		runes[i], runes[j] = runes[j], runes[i]
	}
	return string(runes)
}

// letterWords calls each with the words of ASCII letters in text, in lower case.
func letterWords(text string, each func(word string)) {
	text = strings.ToLower(text)
	start := -1
	for i := 0; i <= len(text); i++ {
		if i < len(text) && text[i] >= 'a' && text[i] <= 'z' {
			if start < 0 {
				start = i
			}
			continue
		}
		if start >= 0 {
			each(text[start:i])
			start = -1
		}
	}
}

// readable reports whether a decoded text is language: printable, mostly
// letters, and in Latin script with known words.
func (f *folder) readable(text string) bool {
	var letters, latin, rest int
	for _, r := range text {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z':
			latin++
		case unicode.In(r, unicode.L, unicode.M):
			letters++
		case !unicode.IsPrint(r) && !unicode.IsSpace(r):
			return false
		case !unicode.IsSpace(r):
			rest++
		}
	}
	if latin+letters < 3 || rest > latin+letters {
		return false
	}
	if letters > latin {
		return true
	}
	words, known := 0, 0
	letterWords(text, func(word string) {
		if words++; f.known(word) {
			known++
		}
	})
	return known > 0 && known*3 >= words
}

// rareWords reports whether a good part of the words is unknown, so that
// another reading is worth a look.
func (f *folder) rareWords(text string) bool {
	words, unknown := 0, 0
	letterWords(text, func(word string) {
		if words++; !f.known(word) {
			unknown++
		}
	})
	return unknown >= 2 && unknown*3 >= words
}

// gains reports whether the unknown words of text become known ones in the
// other reading: at least two of them, more than a third of all.
func (f *folder) gains(text, other string) bool {
	gained, lost, words := 0, 0, 0
	inText := map[string]bool{}
	letterWords(text, func(word string) {
		words++
		inText[word] = true
		if f.known(word) {
			lost++
		}
	})
	letterWords(other, func(word string) {
		if len(word) > 1 && f.known(word) && !inText[word] {
			gained++
		}
	})
	return gained >= 2 && gained > lost && gained*3 > words
}
