package retrieval

import (
	"cmp"
	"encoding/binary"
	"hash/fnv"
	"math/bits"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"
)

// Words shorter than these are not corrected, or by one letter only, in letters.
const (
	shortestTypo    = 4
	shortestTwoTypo = 9
)

// soundsAlike is by how many mentions a word that sounds alike is preferred.
const soundsAlike = 1 << 20

// vocabulary holds the words of the documents, to correct misspelled questions:
// flat tables, the words sorted by their first byte, their length in letters,
// and themselves.
type vocabulary struct {
	text    []byte
	ends    table // by word: where it ends in text
	counts  table // by word: how often the documents hold it
	letters table // by word: which letters it holds, a bit each
	sounds  table // by word: the hash of how it sounds, 0 for none
	bySound table // the words, sorted by their sounds
	ear     ear
}

// table is a list of 32-bit numbers, as a snapshot holds it.
type table []byte

func (t table) len() int        { return len(t) / 4 }
func (t table) at(i int) uint32 { return binary.LittleEndian.Uint32(t[4*i : 4*i+4]) }

func (t *table) add(number uint32) { *t = binary.LittleEndian.AppendUint32(*t, number) }

// newVocabulary returns the vocabulary of words with their counts.
func newVocabulary(counts map[string]uint32) *vocabulary {
	words := make([]string, 0, len(counts))
	for word := range counts {
		if word != "" {
			words = append(words, word)
		}
	}
	slices.SortFunc(words, func(a, b string) int {
		return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(utf8.RuneCountInString(a), utf8.RuneCountInString(b)), strings.Compare(a, b))
	})
	v := &vocabulary{ear: newEar()}
	bySound := make([]uint32, 0, len(words))
	for i, word := range words {
		v.text = append(v.text, word...)
		v.ends.add(uint32(len(v.text))) //nolint:gosec // all words together have fewer than 2^32 bytes
		v.counts.add(counts[word])
		v.letters.add(lettersOf(word))
		v.sounds.add(v.soundOf(word))
		bySound = append(bySound, uint32(i))
	}
	slices.SortStableFunc(bySound, func(a, b uint32) int { return cmp.Compare(v.sounds.at(int(a)), v.sounds.at(int(b))) })
	for _, word := range bySound {
		v.bySound.add(word)
	}
	return v
}

// word returns a word by its place.
func (v *vocabulary) word(i int) string {
	from := uint32(0)
	if i > 0 {
		from = v.ends.at(i - 1)
	}
	return string(v.text[from:v.ends.at(i)])
}

// from returns the place of the first word that is not before the words with a
// first byte and a number of letters.
func (v *vocabulary) from(first byte, letters int) int {
	return sort.Search(v.ends.len(), func(i int) bool {
		word := v.word(i)
		return word[0] > first || word[0] == first && utf8.RuneCountInString(word) >= letters
	})
}

// count returns how often the documents hold a word.
func (v *vocabulary) count(word string) int {
	if word == "" {
		return 0
	}
	letters := utf8.RuneCountInString(word)
	at := v.from(word[0], letters)
	end := v.from(word[0], letters+1)
	at += sort.Search(end-at, func(i int) bool { return v.word(at+i) >= word })
	if at == end || v.word(at) != word {
		return 0
	}
	return int(v.counts.at(at))
}

// lettersOf returns the letters of a word, a bit each; what is no letter from a
// to z shares the bits above.
func lettersOf(word string) uint32 {
	set := uint32(0)
	for i := range len(word) {
		if c := word[i]; c >= 'a' && c <= 'z' {
			set |= 1 << (c - 'a')
		} else {
			set |= 1 << (26 + c%6)
		}
	}
	return set
}

// soundOf returns the hash of how a word sounds, 0 when that says too little.
func (v *vocabulary) soundOf(word string) uint32 {
	sound := v.ear.sound(word)
	if len(sound) < 2 {
		return 0
	}
	hash := fnv.New32a()
	_, _ = hash.Write([]byte(sound)) // a hash never returns an error
	return max(hash.Sum32(), 1)
}

// correct returns the known word that a misspelled one most likely means: within
// one edit, from nine letters on within two; the first letter stays, and four
// letters are only added to or swapped. Else the nearest word that sounds
// alike. False when there is none.
func (v *vocabulary) correct(word string) (string, bool) {
	if known, found := v.nearSpelling(word); found {
		return known, true
	}
	return v.sameSound(word)
}

// sameSound returns the nearest known word that sounds like word, within one edit for each three letters.
func (v *vocabulary) sameSound(word string) (string, bool) {
	sound := v.soundOf(word)
	if sound == 0 {
		return "", false
	}
	limit := max(len(word)/3, 1)
	best, bestDistance, bestCount := "", limit+1, uint32(0)
	first := sort.Search(v.bySound.len(), func(i int) bool { return v.sounds.at(int(v.bySound.at(i))) >= sound })
	for i := first; i < v.bySound.len(); i++ {
		at := int(v.bySound.at(i))
		if v.sounds.at(at) != sound {
			break
		}
		known := v.word(at)
		if len(known) < len(word) && len(word) <= shortestTypo || len(known) == len(word) && len(word) < shortestTypo {
			continue // short words are hardly ever too long
		}
		distance := editDistance(word, known, limit)
		if distance < bestDistance || distance == bestDistance && v.counts.at(at) > bestCount {
			best, bestDistance, bestCount = known, distance, v.counts.at(at)
		}
	}
	return best, bestDistance <= limit
}

func (v *vocabulary) nearSpelling(word string) (string, bool) {
	letters := utf8.RuneCountInString(word)
	if letters < shortestTypo {
		return "", false
	}
	limit := 1
	if letters >= shortestTwoTypo {
		limit = 2
	}
	heard, set := v.soundOf(word), lettersOf(word)
	best, bestDistance, bestCount := "", limit+1, 0
	end := v.from(word[0], letters+limit+1)
	for at := v.from(word[0], letters-limit); at < end; at++ {
		// An edit changes at most two letters of the set.
		if bits.OnesCount32(v.letters.at(at)^set) > 2*limit {
			continue
		}
		known := v.word(at)
		if length := utf8.RuneCountInString(known); letters == shortestTypo && length <= letters && !swapped(word, known) {
			continue
		}
		distance := editDistance(word, known, limit)
		if distance == 2 && known[1] != word[1] {
			continue
		}
		count := int(v.counts.at(at))
		if v.sounds.at(at) == heard {
			count += soundsAlike
		}
		if distance < bestDistance || distance == bestDistance && distance <= limit && count > bestCount {
			best, bestDistance, bestCount = known, distance, count
		}
	}
	return best, bestDistance <= limit
}

// swapped reports whether two words of the same length hold the same letters.
func swapped(a, b string) bool {
	x, y := []byte(a), []byte(b)
	slices.Sort(x)
	slices.Sort(y)
	return slices.Equal(x, y)
}

// editDistance returns the number of letters to insert, drop, change or swap
// with their neighbour to make b of a (optimal string alignment), or limit+1
// when it is larger than limit. It counts bytes: for ASCII words they are letters.
func editDistance(a, b string, limit int) int {
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return limit + 1
	}
	const longest = 40
	if len(a) >= longest || len(b) >= longest {
		return limit + 1
	}
	var rows [3][longest + 1]int
	before, last, now := &rows[0], &rows[1], &rows[2]
	for j := range len(b) + 1 {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		now[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			now[j] = min(last[j]+1, now[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				now[j] = min(now[j], before[j-2]+1)
			}
			least = min(least, now[j])
		}
		if least > limit {
			return limit + 1
		}
		before, last, now = last, now, before
	}
	return last[len(b)]
}
