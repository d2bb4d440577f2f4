package pdftext

import (
	"strings"
	"unicode/utf16"
)

// mapEntries is the largest number of entries that is read from a character map.
const mapEntries = 1 << 18

// codeMap tells how the codes of a font are parted and what they stand for.
type codeMap struct {
	// lengths are the lengths of codes in bytes, by their first byte; 0 when unknown.
	lengths [256]int
	text    map[codeID]string
	work    int // entries read so far, those that were read twice included
}

// codeID is a code of a font: its length in bytes and its value.
type codeID struct {
	length int
	value  uint32
}

func codeKey(code string) codeID {
	key := uint32(0)
	for i := range len(code) {
		key = key<<8 | uint32(code[i])
	}
	return codeID{len(code), key}
}

// readCodeMap reads a character map: its ranges of codes, and the text for codes
// if it has any.
func readCodeMap(data []byte) *codeMap {
	m := &codeMap{text: map[codeID]string{}}
	t := &tokenizer{data: data}
	var strings []token // of the open section
	for {
		switch next := t.next(); next.kind {
		case tokenEnd:
			return m
		case tokenString, tokenOpen, tokenClose:
			if len(strings) < mapEntries {
				strings = append(strings, next)
			}
		case tokenOperator:
			switch next.text {
			case "endcodespacerange":
				m.spaces(strings)
			case "endbfchar":
				m.chars(strings)
			case "endbfrange":
				m.ranges(strings)
			}
			strings = strings[:0]
		case tokenNumber, tokenName:
		}
	}
}

func (m *codeMap) spaces(list []token) {
	for i := 0; i+1 < len(list); i += 2 {
		low, high := list[i].text, list[i+1].text
		if len(low) == 0 || len(low) > 4 || len(low) != len(high) {
			continue
		}
		for first := int(low[0]); first <= int(high[0]); first++ {
			m.lengths[first] = len(low)
		}
	}
}

func (m *codeMap) set(code string, text string) {
	if m.work++; len(code) > 0 && len(code) <= 4 && m.work < mapEntries {
		m.text[codeKey(code)] = text
	}
}

func (m *codeMap) chars(list []token) {
	for i := 0; i+1 < len(list); i += 2 {
		m.set(list[i].text, decodeUTF16(list[i+1].text))
	}
}

// ranges reads ranges of codes: the text of the first, or a list of texts.
func (m *codeMap) ranges(list []token) {
	for i := 0; i+2 < len(list); {
		low, high, target := list[i].text, list[i+1].text, list[i+2]
		i += 3
		var texts []string
		if target.kind == tokenOpen {
			for ; i < len(list) && list[i].kind == tokenString; i++ {
				texts = append(texts, list[i].text)
			}
			i++ // the closing bracket
		}
		if len(low) != len(high) || len(low) == 0 || len(low) > 4 || low > high {
			continue
		}
		code, base := []byte(low), []byte(target.text)
		for n := 0; n < 1<<16 && m.work < mapEntries; n++ {
			switch {
			case target.kind == tokenString:
				m.set(string(code), decodeUTF16(string(base)))
				increment(base)
			case n < len(texts):
				m.set(string(code), decodeUTF16(texts[n]))
			}
			if m.work++; string(code) == high {
				break
			}
			increment(code)
		}
	}
}

// increment adds one to a number of several bytes.
func increment(number []byte) {
	for i := len(number) - 1; i >= 0; i-- {
		if number[i]++; number[i] != 0 {
			return
		}
	}
}

func decodeUTF16(raw string) string {
	if len(raw) == 1 {
		return string(rune(raw[0]))
	}
	units := make([]uint16, 0, len(raw)/2)
	for i := 0; i+1 < len(raw); i += 2 {
		units = append(units, uint16(raw[i])<<8|uint16(raw[i+1]))
	}
	return strings.TrimPrefix(string(utf16.Decode(units)), "\ufeff")
}
