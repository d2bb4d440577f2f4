package route

import (
	"errors"
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

// parse reads a pattern of the phrase files.
func (b *builder) parse(pattern string) ([]item, error) {
	choices, rest, err := b.choices(pattern, false)
	switch {
	case err != nil:
		return nil, err
	case rest != "":
		return nil, errBrackets
	case len(choices) == 1:
		return choices[0], nil
	}
	return []item{{kind: itemChoice, choices: choices}}, nil
}

// choices reads "a b|c" up to the end, or to the closing bracket.
func (b *builder) choices(text string, bracketed bool) (choices [][]item, rest string, err error) {
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
			if inner, text, err = b.choices(text[1:], true); err != nil {
				return nil, "", err
			}
			current = append(current, item{kind: itemChoice, choices: inner})
		default:
			end := strings.IndexAny(text, " ()|")
			if end < 0 {
				end = len(text)
			}
			current = append(current, b.part(text[:end])...)
			text = text[end:]
		}
	}
}

// part reads one word of a pattern, which may fold to several tokens.
func (b *builder) part(text string) []item {
	items, ok := b.parts[text]
	if !ok {
		items = b.readPart(text)
		b.parts[text] = items
	}
	return items
}

// readPart is part for a word that was not read before.
func (b *builder) readPart(text string) []item {
	switch {
	case text == "":
		return nil
	case text == "..":
		return []item{{kind: itemGap}}
	case strings.Contains(text, numberWord):
		before, after, _ := strings.Cut(text, numberWord)
		return append(append(b.readPart(before), item{kind: itemNumber}), b.readPart(after)...)
	case strings.HasPrefix(text, "<") && strings.HasSuffix(text, ">"):
		return []item{{kind: itemClass, text: strings.Trim(text, "<>")}}
	}
	stem := strings.HasSuffix(text, "*")
	plain, _ := b.fold.undressed(strings.TrimSuffix(text, "*"))
	folded := strings.Join(b.fold.countWords([]string{plain}), " ")
	tokens := scanText(folded).tokens
	items := make([]item, len(tokens))
	for i, t := range tokens {
		items[i].text = t.text
		if stem && i == len(tokens)-1 && !unblanked(first(t.text)) {
			items[i].kind = itemStem
		}
	}
	return items
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
