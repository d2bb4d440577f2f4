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

	names *node  // the names that begin with the word's stem, nil for none
	hash  uint32 // of a word of plain letters
}

// Lexer reads many texts: it splits them as an Analyzer does, and works out the
// fold and the stem of each distinct word once. It is for one goroutine.
type Lexer struct {
	analyzer *Analyzer
	words    []*Word
	known    map[string]*Word // by surface form, for those that are not plain, and by folded form
	plain    []*Word          // a hash table of words of plain letters, nil where it is free
	count    int              // of the words in plain
}

// smallTable is the size at which the table of plain words begins; a power of two.
const smallTable = 1 << 12

// NewLexer returns a lexer that reads as the analyzer does.
func (a *Analyzer) NewLexer() *Lexer {
	return &Lexer{analyzer: a, known: map[string]*Word{}, plain: make([]*Word, smallTable)}
}

// Words returns the distinct words that were read, by their places.
func (l *Lexer) Words() []*Word { return l.words }

// Read appends the words of a text to words.
func (l *Lexer) Read(words []*Word, text string) []*Word {
	for i := 0; i < len(text); {
		if lower(text[i]) == 0 && text[i] < utf8.RuneSelf {
			i++
			continue
		}
		end, hash := plainWord(text, i)
		if end > i {
			words = append(words, l.plainWord(text[i:end], hash))
			i = end
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		if !isWordRune(r) {
			i += size
			continue
		}
		end = wordEnd(text, i)
		word, known := l.known[text[i:end]]
		if !known {
			word = l.learn(text[i:end])
			l.known[strings.Clone(text[i:end])] = word
		}
		words = append(words, word)
		i = end
	}
	return words
}

// plainWord returns the word of plain letters whose hash is given.
func (l *Lexer) plainWord(surface string, hash uint32) *Word {
	mask := uint32(len(l.plain) - 1) //nolint:gosec // fewer than 2^32 words
	at := hash & mask
	for ; l.plain[at] != nil; at = (at + 1) & mask {
		if word := l.plain[at]; word.hash == hash && folds(surface, word.Text) {
			return word
		}
	}
	word := l.learn(surface)
	word.hash = hash
	l.plain[at] = word
	if l.count++; 2*l.count > len(l.plain) {
		l.grow()
	}
	return word
}

// grow doubles the table of plain words.
func (l *Lexer) grow() {
	before := l.plain
	l.plain = make([]*Word, 2*len(before))
	mask := uint32(len(l.plain) - 1) //nolint:gosec // fewer than 2^32 words
	for _, word := range before {
		if word == nil {
			continue
		}
		at := word.hash & mask
		for l.plain[at] != nil {
			at = (at + 1) & mask
		}
		l.plain[at] = word
	}
}

// folds reports whether a surface form of plain letters has the folded form.
func folds(surface, folded string) bool {
	if len(surface) != len(folded) {
		return false
	}
	for i := range len(surface) {
		if lower(surface[i]) != folded[i] {
			return false
		}
	}
	return true
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

// plainWord returns the end of the word of ASCII letters and digits that begins
// at start, and a hash of its folded form; start when none does, or when what
// follows needs a closer look.
func plainWord(text string, start int) (end int, hash uint32) {
	hash = 2166136261 // FNV-1a
	i := start
	for i < len(text) {
		c := lower(text[i])
		if c == 0 {
			break
		}
		hash = (hash ^ uint32(c)) * 16777619
		i++
	}
	if i == start || i == len(text) {
		return i, hash
	}
	switch next := text[i]; {
	case next >= utf8.RuneSelf || next == '\'':
		return start, 0
	case (next == '.' || next == ',') && text[i-1] <= '9':
		return start, 0
	}
	return i, hash
}

// lower returns an ASCII letter in lower case or a digit, 0 for any other byte.
func lower(c byte) byte {
	if c-'0' < 10 {
		return c
	}
	if c |= 0x20; c-'a' < 26 {
		return c
	}
	return 0
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
