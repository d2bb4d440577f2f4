package route

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"spsbot/prompts"
)

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
	lexicon *lexicon        // holds the words of phrases; nil until they are learned
	common  map[string]bool // words of frequent-word lists
	longest int             // length in bytes of the longest known word
}

// newFolder builds the tables of letters and numbers. It knows no words yet.
func newFolder(tables prompts.Folding) *folder {
	f := &folder{
		twins: map[rune]rune{}, back: map[rune]rune{}, letters: map[rune]string{}, leet: map[rune]rune{},
		numbers: map[string]int{}, common: map[string]bool{},
	}
	for from, to := range tables.Letters {
		f.letters[first(from)] = to
	}
	variants := []rune(strings.Join(strings.Fields(tables.Variants), ""))
	for i := 0; i+1 < len(variants); i += 2 {
		f.letters[variants[i]] = string(variants[i+1])
	}
	for from, to := range tables.Twins {
		f.addTwin(first(from), first(to))
	}
	for from, to := range tables.Leet {
		f.leet[first(from)] = first(to)
	}
	for word, value := range tables.Numbers {
		plain, _ := f.undressed(word)
		f.numbers[plain] = value
	}
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

// learn takes over the words by which a decoded text is known to be language:
// those of the phrases and the frequent ones of Latin script.
func (f *folder) learn(x *lexicon, tongues []prompts.Tongue) {
	f.lexicon = x
	f.longest = x.longest
	for _, tongue := range tongues {
		if tongue.Replies && tongue.Script == "Latin" {
			for _, word := range strings.Fields(f.plain(tongue.Words)) {
				f.common[word] = true
				f.longest = max(f.longest, len(word))
			}
		}
	}
}

// leastKnown is the length in bytes from which words of phrases are known.
const leastKnown = 3

// known reports whether a word is one of the phrases or a frequent one.
func (f *folder) known(word string) bool {
	if word == "" || isNumber(word) {
		return false
	}
	if f.common[word] {
		return true
	}
	return f.lexicon != nil && len(word) >= leastKnown && f.lexicon.holds(word)
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

// fold returns the copy of text that is matched instead of it: lower case, no
// marks where a script does without them, no invisible characters, look-alike
// letters, leetspeak and spaced-out letters undone, digits and number words as
// ASCII digits. Text hidden in base64, hex, URL encoding, rot13 or mirror
// writing follows after a form feed each. Folding a folded text changes nothing.
// It is never shown or stored.
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
		todo = append(todo, f.decoded(f.bare(raw))...)
		if raw != reading {
			todo = append(todo, f.decoded(f.bare(reading))...)
		}
	}
	return strings.Join(readings, readingMark)
}

// settle folds one reading until it no longer changes. A text that still
// changes after maxFolds rounds (none is known) is left as it then is.
func (f *folder) settle(text string) string {
	for range maxFolds {
		plain := f.plain(text)
		next := ""
		if undisguised(plain) {
			next = strings.Join(f.countWords(strings.Fields(plain)), " ")
			if ascii(next) {
				return next
			}
		} else {
			next = f.words(plain)
		}
		if next == text {
			return next
		}
		text = next
	}
	return text
}

// undisguised reports whether a plain text is so simple that only its blanks
// and number words are left to fold: no letter thrice in a row, none set apart,
// no digit or rare sign beside a letter, no very long word.
func undisguised(text string) bool {
	const letter, digit, other = 1, 2, 3
	kind, run, length, singles := 0, 0, 0, 0
	var last rune
	for i, c := range text {
		switch {
		case c >= 'a' && c <= 'z' || c >= utf8.RuneSelf && (unicode.IsLetter(c) || unicode.IsMark(c)):
			if kind == digit {
				return false
			}
			if run++; c != last {
				run = 1
			}
			if length++; run > 2 && c < leastHan || length > longWord && c < utf8.RuneSelf {
				return false
			}
			kind, last = letter, c
			continue
		case c >= '0' && c <= '9':
			if kind == letter {
				return false
			}
			kind = digit
		case c == ' ' || c == '.' || c == ',' || c == '?' || c == '!' || c == '\'' || c == ':':
			if c == '!' && kind == letter && i+1 < len(text) && text[i+1] != ' ' && text[i+1] != '!' {
				return false
			}
			if length == 1 {
				if singles++; singles > 2 {
					return false
				}
			} else if length > 1 {
				singles = 0
			}
			kind = other
		default:
			return false
		}
		last, length, run = c, 0, 0
	}
	return singles < 2 || length != 1
}

// leastHan is the character from which scripts double letters as they like.
const leastHan = 0x3000

// longWord is the length in bytes from which a word may be several written as one.
const longWord = 13
