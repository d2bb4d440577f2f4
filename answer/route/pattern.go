package route

import (
	"fmt"
	"strings"
)

// step is one symbol of an expanded pattern.
type step struct {
	kind stepKind
	text string
}

type stepKind uint8

const (
	stepWord stepKind = iota
	stepStem
	stepNumber
	stepGap
	stepClass
)

// maxExpansions bounds the sequences that one pattern may stand for.
const maxExpansions = 3000

// expand returns all sequences that a pattern stands for.
func (f *folder) expand(pattern string) ([][]step, error) {
	rest, sequences, err := f.alternatives(pattern, false)
	switch {
	case err != nil:
		return nil, fmt.Errorf("pattern %q: %w", pattern, err)
	case rest != "":
		return nil, fmt.Errorf("pattern %q: %q is left over", pattern, rest)
	case len(sequences) > maxExpansions:
		return nil, fmt.Errorf("pattern %q stands for %d phrases, more than %d", pattern, len(sequences), maxExpansions)
	}
	return sequences, nil
}

// alternatives reads "a b|c" up to the end, or to the closing bracket.
func (f *folder) alternatives(text string, bracketed bool) (rest string, all [][]step, err error) {
	current := [][]step{nil}
	for {
		text = strings.TrimLeft(text, " ")
		switch {
		case text == "" || text[0] == ')':
			if bracketed != (text != "") {
				return "", nil, fmt.Errorf("brackets do not match")
			}
			return strings.TrimPrefix(text, ")"), append(all, current...), nil
		case text[0] == '|':
			all, current = append(all, current...), [][]step{nil}
			text = text[1:]
		case text[0] == '(':
			var inner [][]step
			if text, inner, err = f.alternatives(text[1:], true); err != nil {
				return "", nil, err
			}
			current = cross(current, inner)
		default:
			end := strings.IndexAny(text, " ()|")
			if end < 0 {
				end = len(text)
			}
			current = cross(current, [][]step{f.steps(text[:end])})
			text = text[end:]
		}
		if len(current) > maxExpansions {
			return "", nil, fmt.Errorf("stands for more than %d phrases", maxExpansions)
		}
	}
}

// cross joins each of left with each of right.
func cross(left, right [][]step) [][]step {
	out := make([][]step, 0, len(left)*len(right))
	for _, l := range left {
		for _, r := range right {
			out = append(out, append(l[:len(l):len(l)], r...))
		}
	}
	return out
}

// steps reads one word of a pattern; after folding it may be several tokens.
func (f *folder) steps(text string) []step {
	switch {
	case text == "..":
		return []step{{kind: stepGap}}
	case text == numberWord:
		return []step{{kind: stepNumber}}
	case strings.HasPrefix(text, "<"):
		return []step{{kind: stepClass, text: strings.Trim(text, "<>")}}
	}
	stem := strings.HasSuffix(text, "*")
	tokens := scanText(f.words(f.plain(strings.TrimSuffix(text, "*")))).tokens
	steps := make([]step, len(tokens))
	for i, t := range tokens {
		steps[i].text = t.text
		if r := first(t.text); stem && i == len(tokens)-1 && !unblanked(r) {
			steps[i].kind = stepStem
		}
	}
	return steps
}
