package parse

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// joinLines joins two lines of one paragraph. A word that was broken between
// them becomes whole again: with its hyphen where the text has the word with one
// elsewhere, or others with that first part, or is made of two words of the text, or where what follows is no
// small letter; else without. words are those of the text, as addWord keeps them.
func joinLines(text, next string, words map[string]bool) string {
	if before, found := strings.CutSuffix(text, "\u00ad"); found {
		return before + next
	}
	before, found := cutHyphen(text)
	if !found {
		return text + " " + next
	}
	letter, _ := utf8.DecodeLastRuneInString(before)
	follows, _ := utf8.DecodeRuneInString(next)
	switch {
	case !unicode.IsLetter(letter) && !unicode.IsDigit(letter):
		return text + " " + next // a dash
	case !unicode.IsLower(follows) || unicode.IsDigit(letter):
		return text + next
	}
	start := before[strings.LastIndexAny(before, " \t")+1:]
	end, _, _ := strings.Cut(next, " ")
	first, second := bareWord(start), bareWord(end)
	whole := first + second
	if words[first+"-"+second] || words[first+"-"] || !words[whole] && words[first] && words[second] && len(first) > 2 && len(second) > 2 {
		return text + next
	}
	return before + next
}

// addWord keeps a word for joinLines: folded, and its first part if it has a hyphen.
func addWord(words map[string]bool, word string) {
	word = bareWord(word)
	words[word] = true
	if first, _, found := strings.Cut(word, "-"); found {
		words[first+"-"] = true
	}
}

// cutHyphen cuts the hyphen from the end of a line.
func cutHyphen(text string) (string, bool) {
	if before, found := strings.CutSuffix(text, "-"); found {
		return before, true
	}
	return strings.CutSuffix(text, "\u2010")
}

// bareWord folds a word and drops the marks around it.
func bareWord(word string) string {
	return strings.TrimFunc(fold(word), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}
