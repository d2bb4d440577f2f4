package route

import (
	"errors"
	"fmt"
	"strings"
)

// item is one part of a pattern: a word, a stem, a number, a gap, a class, or
// a choice between sequences of items.
type item struct {
	kind    itemKind
	text    string
	choices [][]item
}

type itemKind uint8

const (
	itemWord itemKind = iota
	itemStem
	itemNumber
	itemGap
	itemClass
	itemChoice
)

// errBrackets says that the brackets of a pattern do not match.
var errBrackets = errors.New("brackets do not match")

// parsePattern reads a pattern of the phrase files.
func (f *folder) parsePattern(pattern string) ([]item, error) {
	choices, rest, err := f.parseChoices(pattern, false)
	switch {
	case err != nil:
		return nil, fmt.Errorf("pattern %q: %w", pattern, err)
	case rest != "":
		return nil, fmt.Errorf("pattern %q: %q is left over", pattern, rest)
	case len(choices) == 1:
		return choices[0], nil
	}
	return []item{{kind: itemChoice, choices: choices}}, nil
}

// parseChoices reads "a b|c" up to the end, or to the closing bracket.
func (f *folder) parseChoices(text string, bracketed bool) (choices [][]item, rest string, err error) {
	var current []item
	for {
		text = strings.TrimLeft(text, " ")
		switch {
		case text == "" || text[0] == ')':
			if bracketed != (text != "") {
				return nil, "", errBrackets
			}
			return append(choices, current), strings.TrimPrefix(text, ")"), nil
		case text[0] == '|':
			choices, current = append(choices, current), nil
			text = text[1:]
		case text[0] == '(':
			var inner [][]item
			if inner, text, err = f.parseChoices(text[1:], true); err != nil {
				return nil, "", err
			}
			current = append(current, item{kind: itemChoice, choices: inner})
		default:
			end := strings.IndexAny(text, " ()|")
			if end < 0 {
				end = len(text)
			}
			current = append(current, f.parseWord(text[:end])...)
			text = text[end:]
		}
	}
}

// parseWord reads one word of a pattern; folded it may be several tokens.
func (f *folder) parseWord(text string) []item {
	switch {
	case text == "..":
		return []item{{kind: itemGap}}
	case text == "":
		return nil
	case strings.Contains(text, numberWord):
		before, after, _ := strings.Cut(text, numberWord)
		return append(append(f.parseWord(before), item{kind: itemNumber}), f.parseWord(after)...)
	case strings.HasPrefix(text, "<") && strings.HasSuffix(text, ">"):
		return []item{{kind: itemClass, text: strings.Trim(text, "<>")}}
	}
	stem := strings.HasSuffix(text, "*")
	word := strings.TrimSuffix(text, "*")
	if _, number := f.numbers[word]; !number && isPlainWord(word) {
		kind := itemWord
		if stem {
			kind = itemStem
		}
		return []item{{kind: kind, text: word}}
	}
	tokens := scanText(f.words(f.plain(word))).tokens
	items := make([]item, len(tokens))
	for i, t := range tokens {
		items[i].text = t.text
		if stem && i == len(tokens)-1 && !unblanked(first(t.text)) {
			items[i].kind = itemStem
		}
	}
	return items
}

// isPlainWord reports whether folding would leave a word as it is: two or more
// of the letters a to z.
func isPlainWord(word string) bool {
	for i := range len(word) {
		if word[i] < 'a' || word[i] > 'z' {
			return false
		}
	}
	return len(word) > 1
}

// literalItems reports whether the items are words, stems and numbers only.
func literalItems(items []item) bool {
	for _, it := range items {
		if it.kind > itemNumber {
			return false
		}
	}
	return true
}
