// Package analysis turns text into terms, the same way for documents and
// questions: words, folded and stemmed, and the concepts of the glossary whose
// names the words spell. It never sees which text is a question, and it must
// never drop a word: what may be ignored is the caller's business.
package analysis

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kljensen/snowball/english"
	"golang.org/x/text/unicode/norm"

	"spsbot"
)

// Token is one word of a text.
type Token struct {
	// Word is the folded surface form, Stem its stem.
	Word, Stem string
	// Span lies in the analysed text.
	Span spsbot.Span
}

// Match is a name of a concept that stands in a text.
type Match struct {
	// Concept is an index into the glossary's concepts.
	Concept int
	// From and To are the half-open range of tokens.
	From, To int
}

// Analyzer holds the glossary's names. It is safe for concurrent use after Freeze.
type Analyzer struct {
	root  *node
	stems map[string]string
	// spellings are endings and how they are spelled otherwise, longest first.
	spellings [][2]string
	// remembered are the stems worked out while the analyzer learned.
	remembered map[string]string
	learning   bool
}

// node is one step of the trie of names, keyed by stems.
type node struct {
	next     map[string]*node
	concepts []int
}

// shortestSpelling is the length of what has to stand before an ending that is respelled, in bytes.
const shortestSpelling = 3

// New returns an analyzer for the names of a glossary and the words of a language.
func New(glossary spsbot.Glossary, words *spsbot.Words) *Analyzer {
	a := &Analyzer{root: &node{}, stems: words.Stems, remembered: map[string]string{}, learning: true}
	for from, to := range words.Spellings {
		a.spellings = append(a.spellings, [2]string{from, to})
	}
	slices.SortFunc(a.spellings, func(x, y [2]string) int {
		return cmp.Or(len(y[0])-len(x[0]), strings.Compare(x[0], y[0]))
	})
	for i, concept := range glossary.Concepts {
		for _, name := range concept.Names {
			a.add(i, name)
		}
	}
	return a
}

func (a *Analyzer) add(concept int, name string) {
	at := a.root
	for _, token := range a.Tokens(name) {
		if at.next == nil {
			at.next = map[string]*node{}
		}
		if at.next[token.Stem] == nil {
			at.next[token.Stem] = &node{}
		}
		at = at.next[token.Stem]
	}
	if at == a.root {
		return
	}
	for _, known := range at.concepts {
		if known == concept {
			return
		}
	}
	at.concepts = append(at.concepts, concept)
}

// Tokens splits text into words: runs of letters and digits, with apostrophes
// inside a word and points or commas inside a number; hyphens separate. A
// possessive "'s" is dropped.
func (a *Analyzer) Tokens(text string) []Token {
	tokens := words(text)
	for i := range tokens {
		tokens[i].Stem = a.Stem(tokens[i].Word)
	}
	return tokens
}

// Plain returns the folded words of a text with single spaces.
func Plain(text string) string {
	var out []string
	for _, token := range words(text) {
		out = append(out, token.Word)
	}
	return strings.Join(out, " ")
}

// words splits a text as Tokens does, without the stems.
func words(text string) []Token {
	tokens := make([]Token, 0, len(text)/6+1)
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !isWordRune(r) {
			i += size
			continue
		}
		end := wordEnd(text, i)
		word := foldWord(text[i:end])
		tokens = append(tokens, Token{Word: word, Span: spsbot.Span{Start: i, End: end}})
		i = end
	}
	return tokens
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// isWordByItself reports whether a character is of a script that is written
// without spaces between words: each is a token.
func isWordByItself(r rune) bool {
	return r >= 0x2e80 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

// wordEnd returns the end of the word that begins at start.
func wordEnd(text string, start int) int {
	i := start
	var last rune
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if isWordByItself(r) {
			if i == start {
				return i + size
			}
			break
		}
		if !isWordRune(r) {
			next, _ := utf8.DecodeRuneInString(text[i+size:])
			inWord := (r == '\'' || r == '’') && unicode.IsLetter(last) && unicode.IsLetter(next)
			inNumber := (r == '.' || r == ',') && unicode.IsDigit(last) && unicode.IsDigit(next)
			if !inWord && !inNumber {
				break
			}
		}
		last = r
		i += size
	}
	return i
}

// foldWord lowers the case, drops diacritics, a possessive ending and the
// apostrophes of contractions ("don't" is "dont").
func foldWord(word string) string {
	ascii := true
	for i := 0; i < len(word); i++ {
		ascii = ascii && word[i] < utf8.RuneSelf
	}
	word = strings.ToLower(word)
	if !ascii {
		word = strings.Map(func(r rune) rune {
			switch {
			case r == '’':
				return '\''
			case unicode.Is(unicode.Mn, r) && r < 0x0370: // Latin diacritics only: other scripts need their marks
				return -1
			}
			return r
		}, norm.NFKD.String(word))
	}
	word = strings.TrimSuffix(word, "'s")
	return strings.ReplaceAll(word, "'", "")
}

// Freeze ends the time in which the analyzer remembers the stems that it works
// out; from then on it never changes.
func (a *Analyzer) Freeze() { a.learning = false }

// Stem returns the English stem of a folded word; words with digits stay as they are.
func (a *Analyzer) Stem(word string) string {
	if stem, known := a.remembered[word]; known {
		return stem
	}
	stem := a.stem(word)
	if a.learning {
		a.remembered[word] = stem
	}
	return stem
}

func (a *Analyzer) stem(word string) string {
	if stem, known := a.stems[word]; known {
		return stem
	}
	for i := 0; i < len(word); i++ {
		if c := word[i]; c >= utf8.RuneSelf || c >= '0' && c <= '9' {
			return word
		}
	}
	for _, spelling := range a.spellings {
		if start, found := strings.CutSuffix(word, spelling[0]); found && len(start) >= shortestSpelling {
			word = start + spelling[1]
			break
		}
	}
	return english.Stem(word, false)
}

// Concepts returns every name of a concept in tokens, also those inside longer ones.
func (a *Analyzer) Concepts(tokens []Token) []Match {
	var matches []Match
	for from := range tokens {
		at := a.root
		for to := from; to < len(tokens); to++ {
			if at = at.next[tokens[to].Stem]; at == nil {
				break
			}
			for _, concept := range at.concepts {
				matches = append(matches, Match{Concept: concept, From: from, To: to + 1})
			}
		}
	}
	return matches
}

// Longest keeps of matches, as Concepts returns them, those that are not inside
// or overlapped by a longer one that begins earlier or at the same token.
func Longest(matches []Match) []Match {
	var kept []Match
	for from, i := 0, 0; i < len(matches); {
		best := matches[i]
		j := i
		for ; j < len(matches) && matches[j].From == best.From; j++ {
			if matches[j].To > best.To {
				best = matches[j]
			}
		}
		if best.From >= from {
			for k := i; k < j; k++ {
				if matches[k].To == best.To {
					kept = append(kept, matches[k])
				}
			}
			from = best.To
		}
		i = j
	}
	return kept
}
