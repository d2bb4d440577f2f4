package parse

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	textunicode "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// MaxSize is the size of the largest file that is read, in bytes.
const MaxSize = 64 << 20

// binaryShare is the share of control characters from which on a file is no text.
const binaryShare = 0.02

// decode returns the file's text as UTF-8 with plain line breaks, and what was
// lost or guessed on the way.
func decode(data []byte) (string, []string, error) {
	if len(data) > MaxSize {
		return "", nil, fmt.Errorf("%w: it is larger than %d MB", ErrUnreadable, MaxSize>>20)
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return "", nil, fmt.Errorf("%w: it is empty", ErrUnreadable)
	}
	text, warnings, err := toUTF8(data)
	if err != nil {
		return "", nil, err
	}
	controls, runes := 0, 0
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

// toUTF8 decodes by byte order mark, else as UTF-8, else as Windows-1252.
func toUTF8(data []byte) (string, []string, error) {
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
	if utf8.Valid(data) {
		return string(data), nil, nil
	}
	text, err := charmap.Windows1252.NewDecoder().Bytes(data)
	return string(text), []string{"it is not UTF-8; read as Windows-1252"}, wrapDecoding(err)
}

func wrapDecoding(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%w: its encoding is broken: %w", ErrUnreadable, err)
}
