package verify

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// classes is a set of classes of words, one bit each.
type classes uint64

// The classes that the reader of a text gives itself; prompts.DoseRules says what they mean.
const (
	isNum classes = 1 << iota
	isOne
	isYear
	isGlued
	isPower
	isScheme
	isWord
	isStop
	isSkip
	isOnce
	isUnit
)

// classNames knows the bit of each class.
type classNames map[string]classes

func newClassNames() classNames {
	return classNames{
		"num": isNum, "one": isOne, "year": isYear, "glued": isGlued, "power": isPower,
		"scheme": isScheme, "word": isWord, "stop": isStop, "skip": isSkip, "once": isOnce, "unit": isUnit,
	}
}

// define returns the bit of a class, a new one for a new name.
func (c classNames) define(name string) (classes, error) {
	if bit, ok := c[name]; ok {
		return bit, nil
	}
	if len(c) == 64 {
		return 0, fmt.Errorf("class %q: no more than 64 classes", name)
	}
	c[name] = 1 << len(c)
	return c[name], nil
}

// lookup returns the bits of known classes: "num" or "num|one".
func (c classNames) lookup(names string) (classes, error) {
	var set classes
	for name := range strings.SplitSeq(names, "|") {
		bit, ok := c[name]
		if !ok {
			return 0, fmt.Errorf("unknown class %q", name)
		}
		set |= bit
	}
	return set, nil
}

// piece is one word, number or sign of a text, or a known phrase.
type piece struct {
	start, end int32 // in the folded text
	is         classes
}

func newPiece(start, end int, is classes) piece {
	return piece{int32(start), int32(end), is}
}

// lexicon knows the classes of words: a tree over their folded letters, and
// one over the reversed letters for endings.
type lexicon struct {
	words, endings tree
}

func newLexicon(words map[string]map[string][]string, f folder, names classNames) (*lexicon, error) {
	l := &lexicon{words: newTree(), endings: newTree()}
	for _, language := range slices.Sorted(maps.Keys(words)) {
		for _, class := range slices.Sorted(maps.Keys(words[language])) {
			bit, err := names.define(class)
			if err != nil {
				return nil, err
			}
			for _, entry := range words[language][class] {
				if err := l.add(entry, bit, f); err != nil {
					return nil, fmt.Errorf("%s, %s: %w", language, class, err)
				}
			}
		}
	}
	return l, nil
}

func (l *lexicon) add(entry string, class classes, f folder) error {
	open := strings.HasSuffix(entry, "*")
	ending := strings.HasPrefix(entry, "*")
	text := f.fold(strings.Trim(entry, "*")).text
	for i, b := range text {
		if b == '-' && len(text) > 1 {
			text[i] = ' '
		}
	}
	switch {
	case len(text) == 0 || open && ending:
		return fmt.Errorf("entry %q stands for everything or nothing", entry)
	case ending:
		slices.Reverse(text)
		l.endings.add(text, class, false)
	default:
		l.words.add(text, class, open)
	}
	return nil
}

// longest returns the end and the classes of the longest entry that stands at
// byte i, end 0 when there is none. counts says that a number word stands there,
// though the word may go on.
func (l *lexicon) longest(t folded, i int) (end int, is classes, counts bool) {
	at, j := int32(0), i
	for j < len(t.text) {
		b := t.text[j]
		if b == '-' && j > i {
			b = ' '
		}
		to := l.words.step(at, b)
		if to != 0 {
			j++
		} else if to = l.words.step(at, '#'); to != 0 && asciiDigit(b) {
			for j < len(t.text) && asciiDigit(t.text[j]) {
				j++
			}
		} else {
			break
		}
		at = to
		n := &l.words.nodes[at]
		counts = counts || n.exact&(isNum|isOnce) != 0
		if n.open != 0 {
			end, is = longer(end, is, t.restEnd(j), n.open)
		}
		if n.exact != 0 && t.endsWord(j) {
			end, is = longer(end, is, j, n.exact)
		}
	}
	return end, is, counts
}

// longer returns the longer of two entries, both when they are of one length.
func longer(end int, is classes, other int, otherIs classes) (int, classes) {
	switch {
	case other > end:
		return other, otherIs
	case other == end:
		return end, is | otherIs
	}
	return end, is
}

// ending returns the classes of a word by how it ends.
func (l *lexicon) ending(word []byte) classes {
	at := int32(0)
	var is classes
	for i := len(word) - 1; i >= 0; i-- {
		if at = l.endings.step(at, word[i]); at == 0 {
			break
		}
		is |= l.endings.nodes[at].exact
	}
	return is
}

// parts divides text[i:end] wholly into entries ("mgdaily"), nil when it can't
// be done. Of the shortest entries only units and "a" are parts, and single
// letters only at the very start: else too many words fall apart.
func (l *lexicon) parts(t folded, i, end int, start bool) []piece {
	const longest = 40 // bytes; no disguise of a few words needs more
	if end-i > longest {
		return nil
	}
	at := int32(0)
	for j := i; j < end; j++ {
		if at = l.words.step(at, t.text[j]); at == 0 {
			return nil
		}
		n := &l.words.nodes[at]
		if n.exact == 0 || !mayBePart(t.text[i:j+1], n.exact, start) {
			continue
		}
		p := newPiece(i, j+1, n.exact)
		if j+1 == end {
			return []piece{p}
		}
		if rest := l.parts(t, j+1, end, false); rest != nil {
			return append([]piece{p}, rest...)
		}
	}
	return nil
}

func mayBePart(text []byte, is classes, start bool) bool {
	switch utf8.RuneCount(text) {
	case 1:
		return start || text[0] == 'a'
	case 2:
		return is&isUnit != 0
	}
	return true
}

// wordPieces returns the pieces at byte i, where a word or a sign stands.
func (l *lexicon) wordPieces(t folded, i int, afterDigit bool) (pieces [8]piece, n, end int) {
	end, is, counts := l.longest(t, i)
	if end > 0 {
		pieces[0] = newPiece(i, end, is)
		return pieces, 1, end
	}
	r, size := utf8.DecodeRune(t.text[i:])
	if !wordRune(r) {
		return pieces, 0, i + size
	}
	end = t.wordEnd(i)
	if afterDigit || counts {
		if parts := l.parts(t, i, end, afterDigit); parts != nil && len(parts) <= len(pieces) {
			return pieces, copy(pieces[:], parts), end
		}
	}
	is = l.ending(t.text[i:end])
	if is == 0 {
		is = isWord
	}
	pieces[0] = newPiece(i, end, is)
	return pieces, 1, end
}

// endsSentence reports whether a period before rest ends a sentence: it does
// not within "0.5" or "b.i.d".
func endsSentence(rest []byte) bool {
	return len(rest) == 0 || rest[0] < utf8.RuneSelf && !asciiLetter(rest[0]) && !asciiDigit(rest[0])
}

// split divides a text into pieces. It begins and ends with a stop.
func (l *lexicon) split(t folded) []piece {
	pieces := make([]piece, 1, len(t.text)/5+8)
	pieces[0].is = isStop
	for i := 0; i < len(t.text); {
		b := t.text[i]
		switch {
		case b == ' ':
			i++
		case asciiDigit(b):
			p := number(t.text, i, pieces[len(pieces)-1])
			pieces = append(pieces, p)
			i = int(p.end)
		case b == '\n' || b == '.' && endsSentence(t.text[i+1:]):
			pieces = append(pieces, newPiece(i, i+1, isStop))
			i++
		default:
			found, n, end := l.wordPieces(t, i, i > 0 && asciiDigit(t.text[i-1]))
			for _, p := range found[:n] {
				if p.is&isSkip == 0 {
					pieces = append(pieces, p)
				}
			}
			i = end
		}
	}
	return append(pieces, newPiece(len(t.text), len(t.text), isStop))
}
