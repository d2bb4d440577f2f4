package verify

import "unicode/utf8"

// number reads the number at byte i of a folded text; before is the piece before it.
func number(text []byte, i int, before piece) piece {
	end := digits(text, i)
	if end < len(text) && text[end] == '^' {
		return newPiece(i, digits(text, end+1), isPower)
	}
	if to, ok := scheme(text, i); ok {
		return newPiece(i, to, isScheme)
	}
	if named(text, i) && before.is&^isWord == 0 {
		return newPiece(i, end, isGlued)
	}
	switch digits := text[i:end]; {
	case len(digits) == 1 && digits[0] == '1':
		return newPiece(i, end, isNum|isOne)
	case len(digits) == 4 && (string(digits[:2]) == "19" || string(digits[:2]) == "20"):
		return newPiece(i, end, isNum|isYear)
	}
	return newPiece(i, end, isNum)
}

// digits returns the end of the digits from byte i on, with points, commas and
// apostrophes between them. A letter o among them is a zero in disguise.
func digits(text []byte, i int) int {
	for i < len(text) {
		switch b := text[i]; {
		case asciiDigit(b):
		case b == 'o' && i > 0 && asciiDigit(text[i-1]) && (i+1 == len(text) || !wordAt(text, i+1)):
		case (b == '.' || b == ',' || b == '\'') && i > 0 && asciiDigit(text[i-1]) && i+1 < len(text) && asciiDigit(text[i+1]):
		default:
			return i
		}
		i++
	}
	return i
}

func wordAt(text []byte, i int) bool {
	r, _ := utf8.DecodeRune(text[i:])
	return wordRune(r)
}

// named reports whether the digits at byte i belong to a name: GAD65, IL-6.
func named(text []byte, i int) bool {
	if i > 0 && text[i-1] == '-' {
		i--
	}
	return i > 0 && asciiLetter(text[i-1])
}

// scheme reads the shorthand for so many in the morning, at noon, at night: 1-0-1.
func scheme(text []byte, i int) (end int, ok bool) {
	if i > 0 && (text[i-1] == '-' || asciiDigit(text[i-1])) {
		return 0, false
	}
	count := 0
	for {
		if i >= len(text) || text[i] < '0' || text[i] > '4' {
			return 0, false
		}
		i++
		count++
		if i == len(text) || text[i] != '-' {
			break
		}
		i++
	}
	if count < 3 || count > 4 || i < len(text) && asciiDigit(text[i]) {
		return 0, false
	}
	return i, true
}
