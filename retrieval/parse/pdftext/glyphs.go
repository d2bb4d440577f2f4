package pdftext

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// glyphFile names the glyphs of the common encodings that no rule names: one a
// line, the name and its text.
//
//go:embed glyphs.txt
var glyphFile string

// glyphNames returns the glyphs of glyphFile by name; read when first needed.
//
//nolint:gochecknoglobals // a constant that Go cannot write as one
var glyphNames = sync.OnceValue(func() map[string]string {
	names := map[string]string{}
	for line := range strings.Lines(glyphFile) {
		if name, text, found := strings.Cut(strings.TrimSpace(line), " "); found {
			names[name] = text
		}
	}
	return names
})

// accents are the combining marks that glyph names end with ("eacute").
func accents() map[string]rune {
	return map[string]rune{
		"grave": '\u0300', "acute": '\u0301', "circumflex": '\u0302', "tilde": '\u0303', "macron": '\u0304',
		"breve": '\u0306', "dotaccent": '\u0307', "dieresis": '\u0308', "ring": '\u030a', "hungarumlaut": '\u030b',
		"caron": '\u030c', "cedilla": '\u0327', "ogonek": '\u0328', "commaaccent": '\u0326',
	}
}

// glyphText returns what a glyph's name stands for; false when that is unknown.
func glyphText(name string) (string, bool) {
	if name == "" || name[0] == '.' {
		return "", false
	}
	name, _, _ = strings.Cut(name, ".") // "a.sc" is an a
	var text strings.Builder
	for part := range strings.SplitSeq(name, "_") { // "f_i" is a ligature
		one, ok := glyphPart(part)
		if !ok {
			return "", false
		}
		text.WriteString(one)
	}
	return text.String(), true
}

func glyphPart(name string) (string, bool) {
	if text, ok := glyphNames()[name]; ok {
		return text, true
	}
	if utf8.RuneCountInString(name) == 1 {
		return name, true
	}
	if code, found := strings.CutPrefix(name, "uni"); found && len(code) == 4 {
		return codePoint(code)
	}
	if code, found := strings.CutPrefix(name, "u"); found && len(code) >= 4 && len(code) <= 6 {
		return codePoint(code)
	}
	for accent, mark := range accents() {
		if letter, found := strings.CutSuffix(name, accent); found && len(letter) == 1 {
			return norm.NFC.String(letter + string(mark)), true
		}
	}
	return "", false
}

func codePoint(hex string) (string, bool) {
	code, err := strconv.ParseInt(hex, 16, 32)
	if err != nil || !utf8.ValidRune(rune(code)) {
		return "", false
	}
	return string(rune(code)), true
}
