package parse

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/saintfish/chardet"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	textunicode "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// MaxSize is the size of the largest file that is read, in bytes.
const MaxSize = 64 << 20

// binaryShare is the share of control characters from which on a file is no text.
const binaryShare = 0.02

// decode returns the file's text as UTF-8 with plain line breaks, and what was
// lost or guessed on the way. declared is the encoding that the file names
// itself, else empty.
func decode(data []byte, declared string) (string, []string, error) {
	if len(data) > MaxSize {
		return "", nil, fmt.Errorf("%w: it is larger than %d MB", ErrUnreadable, MaxSize>>20)
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return "", nil, fmt.Errorf("%w: it is empty", ErrUnreadable)
	}
	text, warnings, err := toUTF8(data, declared)
	if err != nil {
		return "", nil, err
	}
	controls, runes := 0, 0
	if hidden := countHidden(strings.TrimPrefix(text, "\ufeff")); hidden > 0 {
		warnings = append(warnings, invisibleWarning(hidden))
	}
	clean := strings.Map(func(r rune) rune {
		runes++
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == '\r' || r == '\f' || r == '\v' || r == '\u2028' || r == '\u2029' || r == '\u0085':
			return '\n'
		case unicode.IsControl(r):
			controls++
			return ' '
		case isHidden(r):
			return -1
		}
		return r
	}, strings.ReplaceAll(text, "\r\n", "\n"))
	if float64(controls) > binaryShare*float64(runes) {
		return "", nil, fmt.Errorf("%w: it is a binary file, not text", ErrUnreadable)
	}
	if controls > 0 {
		warnings = append(warnings, fmt.Sprintf("%d control characters were read as spaces", controls))
	}
	return clean, warnings, nil
}

// countHidden counts the characters that a reader cannot see, soft hyphens aside.
func countHidden(text string) int {
	count := 0
	for _, r := range text {
		if r >= 0x80 && r != '\u00ad' && isHidden(r) {
			count++
		}
	}
	return count
}

func invisibleWarning(count int) string {
	return fmt.Sprintf("%d invisible characters were left out", count)
}

// clean drops the hidden characters of a line and reads controls as spaces.
func clean(line string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case isHidden(r):
			return -1
		case unicode.IsControl(r) || unicode.In(r, unicode.Zl, unicode.Zp):
			return ' '
		}
		return r
	}, line)
}

// isHidden reports whether a reader cannot see a character that may change what
// is seen: direction marks, invisible separators, tags. The joiners that some
// scripts are written with are no such characters.
func isHidden(r rune) bool {
	return unicode.Is(unicode.Cf, r) && r != '\u200c' && r != '\u200d' || r == '\ufffc'
}

// toUTF8 decodes by byte order mark, else as UTF-8, else by what the file
// declares, else by a guess.
func toUTF8(data []byte, declared string) (string, []string, error) {
	for _, mark := range [][]byte{{0xff, 0xfe, 0, 0}, {0, 0, 0xfe, 0xff}} {
		if bytes.HasPrefix(data, mark) {
			text, err := utf32.UTF32(utf32.BigEndian, utf32.UseBOM).NewDecoder().Bytes(data)
			return string(text), nil, wrapDecoding(err)
		}
	}
	if bytes.HasPrefix(data, []byte{0xff, 0xfe}) || bytes.HasPrefix(data, []byte{0xfe, 0xff}) {
		text, err := textunicode.UTF16(textunicode.BigEndian, textunicode.UseBOM).NewDecoder().Bytes(data)
		return string(text), nil, wrapDecoding(err)
	}
	if utf8.Valid(data) && !bytes.Contains(data, []byte("\x1b$")) {
		return string(data), nil, nil
	}
	if named, err := htmlindex.Get(declared); err == nil {
		text, err := named.NewDecoder().Bytes(data)
		return string(text), nil, wrapDecoding(err)
	}
	named, name := guessEncoding(data)
	text, err := named.NewDecoder().Bytes(data)
	return string(text), []string{"it is not UTF-8; read as " + name}, wrapDecoding(err)
}

// Limits of a guess.
const (
	guessBytes = 64 << 10
	sureGuess  = 25 // of 100
)

// guessEncoding returns the likely encoding of a text that says nothing about
// it: Windows-1252 unless another one that is no variety of it is likely.
func guessEncoding(data []byte) (encoding.Encoding, string) {
	best, err := chardet.NewTextDetector().DetectBest(data[:min(len(data), guessBytes)])
	if err != nil || best.Confidence < sureGuess || best.Charset == "ISO-8859-1" || strings.HasPrefix(best.Charset, "UTF-") {
		return charmap.Windows1252, "Windows-1252"
	}
	named, err := htmlindex.Get(strings.Replace(best.Charset, "GB-", "gb", 1))
	if err != nil {
		return charmap.Windows1252, "Windows-1252"
	}
	name, err := htmlindex.Name(named)
	if err != nil || name == "windows-1252" {
		return charmap.Windows1252, "Windows-1252"
	}
	return named, best.Charset
}

func wrapDecoding(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%w: its encoding is broken: %w", ErrUnreadable, err)
}
