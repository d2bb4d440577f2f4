package sources

import (
	"slices"
	"strings"
	"unicode"

	"spsbot"
)

// claimReader parts what a sentence claims (its numbers, negations and words
// that turn it around) from what it is about.
type claimReader struct{ turning map[string]bool }

func newClaimReader(words spsbot.CheckWords) *claimReader {
	r := &claimReader{turning: map[string]bool{}}
	for _, list := range [][]string{words.Negations, words.Turns, words.Numbers} {
		for _, word := range list {
			r.turning[word] = true
		}
	}
	return r
}

// claim is a sentence in two parts.
type claim struct {
	text string
	// about are the words that claim nothing, in order.
	about string
	// words are the same, sorted.
	words []string
	// says are the numbers, negations and turning words, sorted.
	says []string
}

// leastAbout is the number of words that a sentence is about, below which two
// sentences may be alike by chance.
const leastAbout = 4

// read returns the claim of a sentence; false when it is too short to be told
// from others.
func (r *claimReader) read(sentence string) (claim, bool) {
	c := claim{text: sentence}
	for _, word := range claimWords(sentence) {
		if r.turning[word] || strings.ContainsFunc(word, unicode.IsDigit) {
			c.says = append(c.says, word)
		} else {
			c.words = append(c.words, word)
		}
	}
	c.about = strings.Join(c.words, " ")
	slices.Sort(c.words)
	slices.Sort(c.says)
	return c, len(c.words) >= leastAbout
}

// claimWords returns the words of a sentence; a number stays whole with its
// point, comma and percent sign.
func claimWords(sentence string) []string {
	var words []string
	for _, field := range strings.Fields(sentence) {
		if strings.ContainsFunc(field, unicode.IsDigit) {
			if number := strings.Trim(field, ".,;:()[]\"“”'‘’"); number != "" {
				words = append(words, strings.ToLower(strings.ReplaceAll(number, ",", "")))
			}
			continue
		}
		words = append(words, wordsOf(field)...)
	}
	return words
}

// likeness is the share of the words of the shorter sentence that both have.
func (c claim) likeness(other claim) float64 {
	shared, i, j := 0, 0, 0
	for i < len(c.words) && j < len(other.words) {
		switch strings.Compare(c.words[i], other.words[j]) {
		case 0:
			shared++
			i++
			j++
		case -1:
			i++
		default:
			j++
		}
	}
	return float64(shared) / float64(max(len(c.words), len(other.words)))
}
