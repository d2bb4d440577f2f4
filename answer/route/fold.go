package route

import (
	"strings"
	"sync"
	"unicode"

	"spsbot/prompts"
)

// embedded is the folder over the embedded word files, built on first use and
// never changed. Fold has no other place to keep it.
//
//nolint:gochecknoglobals // immutable after its first use
var embedded = sync.OnceValue(func() *folder {
	rules, err := prompts.Rules(prompts.Files())
	if err != nil {
		return newFolder(prompts.RouteRules{})
	}
	return newFolder(rules)
})

// Fold returns the copy of text that is matched instead of it: lower case, no
// marks where a script does without them, no invisible characters, look-alike
// letters, leetspeak and spaced-out letters undone, digits and number words as
// ASCII digits. Text hidden in base64, hex, URL encoding, rot13 or mirror
// writing follows after a form feed each. Fold(Fold(text)) == Fold(text).
// It is never shown or stored.
func Fold(text string) string { return embedded().fold(text) }

// maxFolds bounds the rounds in which a folded text is folded again until it
// no longer changes; each round undoes one layer of disguise.
const maxFolds = 6

// folder undoes disguises with the tables of the word files.
type folder struct {
	twins   map[rune]rune   // look-alike of another script → Latin letter
	back    map[rune]rune   // Latin letter → its Cyrillic look-alike
	letters map[rune]string // letter → plain letters
	leet    map[rune]rune   // digit or sign → letter
	numbers map[string]int  // number word → value
	known   map[string]bool // words of phrases and of frequent-word lists
	longest int             // length in bytes of the longest known word
}

// newFolder builds the tables. Words of the rules are read through fold
// themselves when they are compiled, so the tables hold single letters only.
func newFolder(rules prompts.RouteRules) *folder {
	f := &folder{
		twins: map[rune]rune{}, back: map[rune]rune{}, letters: map[rune]string{}, leet: map[rune]rune{},
		numbers: map[string]int{}, known: map[string]bool{},
	}
	for from, to := range rules.Folding.Letters {
		f.letters[first(from)] = to
	}
	variants := []rune(strings.Join(strings.Fields(rules.Folding.Variants), ""))
	for i := 0; i+1 < len(variants); i += 2 {
		f.letters[variants[i]] = string(variants[i+1])
	}
	for from, to := range rules.Folding.Twins {
		f.addTwin(first(from), first(to))
	}
	for from, to := range rules.Folding.Leet {
		f.leet[first(from)] = first(to)
	}
	for word, value := range rules.Folding.Numbers {
		f.numbers[f.plain(word)] = value
	}
	f.learnWords(rules)
	return f
}

// addTwin enters one look-alike. Of several Cyrillic letters that look like
// one Latin letter the smallest is the way back, so that the result does not
// hang on the order of a map.
func (f *folder) addTwin(from, to rune) {
	f.twins[from] = to
	if !unicode.Is(unicode.Cyrillic, from) || from > 'я' {
		return
	}
	if old, ok := f.back[to]; !ok || from < old {
		f.back[to] = from
	}
}

// learnWords collects the words by which a decoded text is known to be language.
func (f *folder) learnWords(rules prompts.RouteRules) {
	add := func(word string, least int) {
		if !isPlainWord(word) {
			word = f.plain(word)
		}
		if len(word) < least || strings.ContainsAny(word, "#<>.") {
			return
		}
		f.known[word] = true
		f.longest = max(f.longest, len(word))
	}
	for _, tongue := range rules.Tongues {
		if tongue.Replies && tongue.Script == "Latin" {
			for _, word := range strings.Fields(tongue.Words) {
				add(word, 1)
			}
		}
	}
	for _, class := range rules.Classes {
		for _, phrase := range class.Phrases {
			for _, word := range strings.FieldsFunc(phrase, func(r rune) bool { return strings.ContainsRune(" ()|*", r) }) {
				add(word, 3)
			}
		}
	}
}

// first returns the first rune of text, 0 of an empty one.
func first(text string) rune {
	for _, r := range text {
		return r
	}
	return 0
}

// readingMark stands between the readings of a folded text.
const readingMark = "\f"

// maxReadings bounds how many readings a text can have.
const maxReadings = 6

// fold is Fold with the tables of f.
func (f *folder) fold(text string) string {
	todo := strings.Split(text, readingMark)
	var readings []string
	seen := map[string]bool{}
	for len(todo) > 0 && len(readings) < maxReadings {
		raw := todo[0]
		todo = todo[1:]
		reading := f.settle(raw)
		if seen[reading] {
			continue
		}
		seen[reading] = true
		readings = append(readings, reading)
		todo = append(todo, f.decoded(raw)...)
		if raw != reading {
			todo = append(todo, f.decoded(reading)...)
		}
	}
	return strings.Join(readings, readingMark)
}

// settle folds one reading until it no longer changes. A text that still
// changes after maxFolds rounds (none is known) is left as it then is.
func (f *folder) settle(text string) string {
	for range maxFolds {
		next := f.words(f.plain(text))
		if next == text {
			return next
		}
		text = next
	}
	return text
}
