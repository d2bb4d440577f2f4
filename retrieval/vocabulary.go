package retrieval

import (
	"maps"
	"slices"
	"unicode/utf8"
)

// Words shorter than these are not corrected, or by one letter only, in letters.
const (
	shortestTypo    = 4
	shortestTwoTypo = 9
)

// soundsAlike is by how many mentions a word that sounds alike is preferred.
const soundsAlike = 1 << 20

// vocabulary holds the words of the documents, to correct misspelled questions.
type vocabulary struct {
	count    map[string]int
	byLength map[int][]string // in letters; in the order of first appearance
	bySound  map[string][]string
	sounds   map[string]string // by word
	ear      ear
}

func newVocabulary() *vocabulary {
	return &vocabulary{
		count: map[string]int{}, byLength: map[int][]string{},
		bySound: map[string][]string{}, sounds: map[string]string{}, ear: newEar(),
	}
}

func (v *vocabulary) add(word string) {
	if v.count[word] == 0 {
		letters := utf8.RuneCountInString(word)
		v.byLength[letters] = append(v.byLength[letters], word)
		v.sounds[word] = v.ear.sound(word)
		if key := v.sounds[word]; len(key) > 1 {
			v.bySound[key] = append(v.bySound[key], word)
		}
	}
	v.count[word]++
}

// addAll adds the words of a language's lists, so that a misspelled function
// word is not taken for a word of the documents.
func (v *vocabulary) addAll(l *language) {
	for _, list := range []map[string]bool{l.stop, l.lists} {
		for _, word := range slices.Sorted(maps.Keys(list)) {
			v.add(word)
		}
	}
}

// correct returns the known word that a misspelled one most likely means: within
// one edit, from eight letters on within two; the first letter stays, and four
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
	limit := max(len(word)/3, 1)
	best, bestDistance := "", limit+1
	for _, known := range v.bySound[v.ear.sound(word)] {
		if len(known) < len(word) && len(word) <= shortestTypo || len(known) == len(word) && len(word) < shortestTypo {
			continue // short words are hardly ever too long
		}
		distance := editDistance(word, known, limit)
		if distance < bestDistance || distance == bestDistance && v.count[known] > v.count[best] {
			best, bestDistance = known, distance
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
	heard := v.ear.sound(word)
	best, bestDistance, bestCount := "", limit+1, 0
	for length := letters - limit; length <= letters+limit; length++ {
		for _, known := range v.byLength[length] {
			if known[0] != word[0] || letters == shortestTypo && length <= letters && !swapped(word, known) {
				continue
			}
			distance := editDistance(word, known, limit)
			if distance == 2 && known[1] != word[1] {
				continue
			}
			count := v.count[known]
			if v.sounds[known] == heard {
				count += soundsAlike
			}
			if distance < bestDistance || distance == bestDistance && distance <= limit && count > bestCount {
				best, bestDistance, bestCount = known, distance, count
			}
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
