package sources

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// wordsOf returns the words of a text as they are compared: lower case, straight
// apostrophes, compatible letters made alike, other signs as spaces.
func wordsOf(text string) []string {
	folded := strings.ReplaceAll(strings.ToLower(norm.NFKC.String(text)), "’", "'")
	return strings.FieldsFunc(folded, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && r != '\''
	})
}

// phrases finds phrases in words.
type phrases map[string][][]string // by their first word

func newPhrases(list []string) phrases {
	p := phrases{}
	for _, entry := range list {
		if words := wordsOf(entry); len(words) > 0 {
			p[words[0]] = append(p[words[0]], words)
		}
	}
	return p
}

// in returns the first phrase that stands in words; empty for none.
func (p phrases) in(words []string) string {
	for i, word := range words {
		for _, phrase := range p[word] {
			if i+len(phrase) <= len(words) && slices.Equal(words[i:i+len(phrase)], phrase) {
				return strings.Join(phrase, " ")
			}
		}
	}
	return ""
}
