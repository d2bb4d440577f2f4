package route

import (
	"strings"
	"unicode/utf8"
)

// word is all that is known of one form of a word.
type word struct {
	// symbols are the numbers by which patterns know the word: itself, the
	// stems that it begins with, itself without an Arabic article.
	symbols []int32
	// traits are the hashes of the word and its character n-grams.
	self   uint32
	traits []uint32
	// tongues are its log likelihoods by language.
	tongues []float32
	// strange says that the word is neither in other examples nor in a phrase.
	strange bool
	// rare says that few other examples have the word and no phrase: a message
	// of such words is likely about another subject.
	rare bool
	// filler says that the word is a frequent one that says nothing by itself.
	filler bool
	// single says that it is one character of a script without blanks.
	single bool
}

// FNV-1a, 32 bit.
const (
	hashStart = 2166136261
	hashPrime = 16777619
)

// hashString continues a hash with the bytes of text.
func hashString(h uint32, text string) uint32 {
	for i := 0; i < len(text); i++ {
		h = (h ^ uint32(text[i])) * hashPrime
	}
	return h
}

// mix continues a hash with a number.
func mix(h, n uint32) uint32 {
	h = (h ^ n&0xffff) * hashPrime
	return (h ^ n>>16) * hashPrime
}

// numberWord is the form under which all numbers are one word.
const numberWord = "#"

// isNumber reports whether a token is a number.
func isNumber(text string) bool { return text[0] >= '0' && text[0] <= '9' }

// isYear reports whether a number is a year of our time, which is no amount.
func isYear(text string) bool {
	return len(text) == 4 && (text[:2] == "19" || text[:2] == "20")
}

// shortestGram and longestGram bound the character n-grams, in characters,
// with the mark of the word's edge counted.
const (
	shortestGram = 2
	longestGram  = 5
)

// grams returns the hashes of the character n-grams of a word with its edges.
func grams(text string) []uint32 {
	padded := "^" + text + "$"
	ends := make([]int, 0, len(padded)+1)
	for i := range padded {
		ends = append(ends, i)
	}
	ends = append(ends, len(padded))
	var hashes []uint32
	for i := 0; i+1 < len(ends); i++ {
		for n := shortestGram; n <= longestGram && i+n < len(ends); n++ {
			hashes = append(hashes, hashString(mix(hashStart, uint32(n)), padded[ends[i]:ends[i+n]]))
		}
	}
	return hashes
}

// bare returns the forms of a word without Arabic conjunctions, prepositions
// and the article, which are written as one with it.
func bare(text string) []string {
	first, _ := utf8.DecodeRuneInString(text)
	if first < 0x0600 || first > 0x06ff {
		return nil
	}
	var forms []string
	for _, lead := range [...]string{"و", "ف", "ب", "ل", "ك", "ه", "ال", "ل"} {
		if cut := strings.TrimPrefix(text, lead); cut != text && utf8.RuneCountInString(cut) >= 3 {
			text = cut
			forms = append(forms, text)
		}
	}
	return forms
}
