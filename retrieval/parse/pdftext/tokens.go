package pdftext

import (
	"bytes"
	"strconv"
)

// tokenKind says what a token of a content stream or character map is.
type tokenKind int

const (
	tokenEnd tokenKind = iota
	tokenNumber
	tokenName
	tokenString
	tokenOperator
	tokenOpen  // [ or <<
	tokenClose // ] or >>
)

// token is one token; text is that of a name, a decoded string or an operator.
type token struct {
	kind   tokenKind
	text   string
	number float64
}

// tokenizer reads the language of content streams and character maps.
type tokenizer struct {
	data []byte
	at   int
}

func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func isDelimiter(c byte) bool {
	switch c {
	case '(', ')', '<', '>', '[', ']', '{', '}', '/', '%':
		return true
	}
	return false
}

// next returns the next token; tokenEnd when there is none.
func (t *tokenizer) next() token {
	t.skipSpace()
	if t.at >= len(t.data) {
		return token{}
	}
	c := t.data[t.at]
	switch c {
	case '(':
		return token{kind: tokenString, text: t.literal()}
	case '/':
		t.at++
		return token{kind: tokenName, text: t.name()}
	case '<':
		if t.at+1 < len(t.data) && t.data[t.at+1] == '<' {
			t.at += 2
			return token{kind: tokenOpen, text: "<<"}
		}
		return token{kind: tokenString, text: t.hex()}
	case '>':
		t.at++
		if t.at < len(t.data) && t.data[t.at] == '>' {
			t.at++
		}
		return token{kind: tokenClose, text: ">>"}
	case '[', '{':
		t.at++
		return token{kind: tokenOpen, text: "["}
	case ']', '}':
		t.at++
		return token{kind: tokenClose, text: "]"}
	}
	word := t.word()
	if number, ok := parseNumber(word); ok {
		return token{kind: tokenNumber, number: number}
	}
	return token{kind: tokenOperator, text: string(word)}
}

func (t *tokenizer) skipSpace() {
	for t.at < len(t.data) {
		switch c := t.data[t.at]; {
		case isSpace(c), c == ')': // a bracket that nothing opened
			t.at++
		case c == '%':
			end := bytes.IndexAny(t.data[t.at:], "\r\n")
			if end < 0 {
				t.at = len(t.data)
				return
			}
			t.at += end
		default:
			return
		}
	}
}

func (t *tokenizer) word() []byte {
	start := t.at
	for t.at < len(t.data) && !isSpace(t.data[t.at]) && !isDelimiter(t.data[t.at]) {
		t.at++
	}
	return t.data[start:t.at]
}

// name reads a name, in which #41 stands for A.
func (t *tokenizer) name() string {
	word := t.word()
	if bytes.IndexByte(word, '#') < 0 {
		return string(word)
	}
	var out []byte
	for i := 0; i < len(word); i++ {
		if word[i] == '#' && i+2 < len(word) {
			high, first := hexDigit(word[i+1])
			low, second := hexDigit(word[i+2])
			if first && second {
				out = append(out, high<<4|low)
				i += 2
				continue
			}
		}
		out = append(out, word[i])
	}
	return string(out)
}

// literal reads a string in brackets, with its escapes.
func (t *tokenizer) literal() string {
	var out []byte
	depth := 0
	for ; t.at < len(t.data); t.at++ {
		c := t.data[t.at]
		switch c {
		case '(':
			if depth++; depth == 1 {
				continue
			}
		case ')':
			if depth--; depth == 0 {
				t.at++
				return string(out)
			}
		case '\\':
			out = t.escape(out)
			continue
		}
		out = append(out, c)
	}
	return string(out)
}

// escape reads what follows a backslash and leaves at on its last byte.
func (t *tokenizer) escape(out []byte) []byte {
	t.at++
	if t.at >= len(t.data) {
		return out
	}
	switch c := t.data[t.at]; c {
	case 'n':
		return append(out, '\n')
	case 'r':
		return append(out, '\r')
	case 't':
		return append(out, '\t')
	case 'b':
		return append(out, '\b')
	case 'f':
		return append(out, '\f')
	case '\r':
		if t.at+1 < len(t.data) && t.data[t.at+1] == '\n' {
			t.at++
		}
		return out
	case '\n':
		return out
	case '0', '1', '2', '3', '4', '5', '6', '7':
		value := 0
		for digits := 0; digits < 3 && t.at < len(t.data) && t.data[t.at] >= '0' && t.data[t.at] <= '7'; digits++ {
			value = value<<3 | int(t.data[t.at]-'0')
			t.at++
		}
		t.at--
		return append(out, byte(value&0xff))
	default:
		return append(out, c)
	}
}

func (t *tokenizer) hex() string {
	t.at++
	var out []byte
	half, open := byte(0), false
	for ; t.at < len(t.data); t.at++ {
		c := t.data[t.at]
		if c == '>' {
			t.at++
			break
		}
		digit, ok := hexDigit(c)
		switch {
		case !ok:
		case open:
			out, open = append(out, half<<4|digit), false
		default:
			half, open = digit, true
		}
	}
	if open {
		out = append(out, half<<4)
	}
	return string(out)
}

func hexDigit(c byte) (digit byte, ok bool) {
	switch {
	case c >= '0' && c <= '9':
		return c - '0', true
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10, true
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10, true
	}
	return 0, false
}

func parseNumber(word []byte) (float64, bool) {
	if len(word) == 0 || len(word) > 64 || (word[0] < '0' || word[0] > '9') && word[0] != '-' && word[0] != '+' && word[0] != '.' {
		return 0, false
	}
	number, err := strconv.ParseFloat(string(word), 64)
	if err != nil { // "--5" and "1.2.3" are written by some programs
		number, err = strconv.ParseFloat(string(bytes.TrimLeft(word, "+-")), 64)
		number = -number
	}
	return number, err == nil
}

// skipImage moves behind an image that stands in the content itself: after its
// ID up to an EI with white space around it.
func (t *tokenizer) skipImage() {
	for from := t.at; ; {
		end := bytes.Index(t.data[from:], []byte("EI"))
		if end < 0 {
			t.at = len(t.data)
			return
		}
		end += from
		after := end + 2
		if end > 0 && isSpace(t.data[end-1]) && (after >= len(t.data) || isSpace(t.data[after])) {
			t.at = after
			return
		}
		from = after
	}
}
