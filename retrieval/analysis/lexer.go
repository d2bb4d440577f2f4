package analysis

import (
	"strings"
	"unicode/utf8"
)

// Word is one distinct word of the texts that a Lexer reads.
type Word struct {
	// Text is the folded surface form, Stem its stem.
	Text, Stem string
	// Place is the word's number in the order of first appearance, from 0.
	Place int

	names *node // the names that begin with the word's stem, nil for none
}

// Lexer reads many texts: it splits them as an Analyzer does, and works out the
// fold and the stem of each distinct word once. It is for one goroutine.
type Lexer struct {
	analyzer *Analyzer
	words    []*Word
	known    map[string]*Word // by surface form and by folded form
}

// NewLexer returns a lexer that reads as the analyzer does.
func (a *Analyzer) NewLexer() *Lexer { return &Lexer{analyzer: a, known: map[string]*Word{}} }

// Words returns the distinct words that were read, by their places.
func (l *Lexer) Words() []*Word { return l.words }

// Read appends the words of a text to words.
func (l *Lexer) Read(words []*Word, text string) []*Word {
	for i := 0; i < len(text); {
		end := plainEnd(text, i)
		if end == i { // no word of plain letters begins here
			r, size := utf8.DecodeRuneInString(text[i:])
			if !isWordRune(r) {
				i += size
				continue
			}
			end = wordEnd(text, i)
		}
		word, known := l.known[text[i:end]]
		if !known {
			word = l.learn(text[i:end])
		}
		words = append(words, word)
		i = end
	}
	return words
}

// learn takes up a surface form that was not read before.
func (l *Lexer) learn(surface string) *Word {
	folded := foldWord(surface)
	word, known := l.known[folded]
	if !known {
		folded = strings.Clone(folded)
		word = &Word{Text: folded, Stem: l.analyzer.Stem(folded), Place: len(l.words)}
		word.names = l.analyzer.root.next[word.Stem]
		l.words = append(l.words, word)
		l.known[folded] = word
	}
	l.known[strings.Clone(surface)] = word
	return word
}

// Concepts appends every name of a concept in words to matches, also those
// inside longer ones.
func (l *Lexer) Concepts(matches []Match, words []*Word) []Match {
	for from, word := range words {
		at := word.names
		for to := from; at != nil; {
			to++
			for _, concept := range at.concepts {
				matches = append(matches, Match{Concept: concept, From: from, To: to})
			}
			if to == len(words) {
				break
			}
			at = at.next[words[to].Stem]
		}
	}
	return matches
}

// plainEnd returns the end of the word of ASCII letters and digits that begins
// at start; start when none does, or when what follows needs a closer look.
func plainEnd(text string, start int) int {
	i := start
	for i < len(text) && isPlain(text[i]) {
		i++
	}
	if i == start || i == len(text) {
		return i
	}
	switch next := text[i]; {
	case next >= utf8.RuneSelf || next == '\'':
		return start
	case (next == '.' || next == ',') && text[i-1] <= '9':
		return start
	}
	return i
}

func isPlain(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

// Term returns the number by which an index knows a stem: a hash, evenly
// spread. Of a million terms two share one with a chance of about one in 40 million.
func Term(stem string) uint64 {
	hash := uint64(14695981039346656037) // FNV-1a
	for i := range len(stem) {
		hash = (hash ^ uint64(stem[i])) * 1099511628211
	}
	hash = (hash ^ hash>>33) * 0xff51afd7ed558ccd // the last mixing of MurmurHash3
	hash = (hash ^ hash>>33) * 0xc4ceb9fe1a85ec53
	return hash ^ hash>>33
}
