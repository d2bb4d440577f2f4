package route

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// words folds what takes more than one character: white space, letters drawn
// out or set apart, leetspeak, number words. The text went through plain.
func (f *folder) words(text string) string {
	text = f.joinSpaced(squeeze(text))
	fields := strings.Fields(text)
	for i, field := range fields {
		if fields[i] = f.unleet(field); len(field) >= 14 {
			fields[i] = f.segment(fields[i], 3)
		}
	}
	return strings.Join(f.countWords(fields), " ")
}

// squeeze makes one letter of three or more in a row, a full stop of an empty
// line, an apostrophe of its kin, and takes signs out that are set between the
// letters of a word.
func squeeze(text string) string {
	var out strings.Builder
	out.Grow(len(text))
	runes := []rune(text)
	for i := 0; i < len(runes); i++ {
		r := runes[i]
		switch {
		case unicode.Is(unicode.L, r) && r < leastHan:
			n := 1
			for i+n < len(runes) && runes[i+n] == r {
				n++
			}
			out.WriteRune(r)
			if n == 2 {
				out.WriteRune(r)
			}
			i += n - 1
		case r == '\u2019' || r == '\u2018' || r == '\u02bc' || r == '\u00b4' || r == '`' || r == '\u2032':
			out.WriteByte('\'')
		case r == '\n' && i+1 < len(runes) && runes[i+1] == '\n':
			out.WriteString(" . ")
			i++
		case strings.ContainsRune("*~|", r) && between(runes, i):
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}

// between reports whether the sign at i, or the pair of it, stands between two letters.
func between(runes []rune, i int) bool {
	left, right := i-1, i+1
	if right < len(runes) && runes[right] == runes[i] {
		right++
	} else if left >= 0 && runes[left] == runes[i] {
		left--
	}
	return left >= 0 && right < len(runes) && unicode.Is(unicode.L, runes[left]) && unicode.Is(unicode.L, runes[right])
}

// spacers are the signs that people set between letters to hide a word.
const spacers = " .-_*·,/|~+:"

// joinSpaced joins letters that are set apart ("d o s e", "d.o.s.e"). Where
// they are set apart by single blanks, two blanks part words.
func (f *folder) joinSpaced(text string) string {
	if !hasSpaced(text) {
		return text
	}
	runes := []rune(text)
	var out strings.Builder
	out.Grow(len(text))
	for i := 0; i < len(runes); {
		letters, end := spacedRun(runes, i)
		if len(letters) == 0 {
			out.WriteRune(runes[i])
			i++
			continue
		}
		out.WriteString(f.segment(string(letters), 2))
		i = end
	}
	return out.String()
}

// hasSpaced reports whether three single letters in a row are set apart.
func hasSpaced(text string) bool {
	run, length := 0, 0
	for _, r := range text {
		if unicode.In(r, unicode.L, unicode.N) {
			length++
			continue
		}
		if unicode.Is(unicode.M, r) {
			continue
		}
		if length == 1 {
			run++
		} else if length > 1 {
			run = 0
		}
		length = 0
		if run >= 3 {
			return true
		}
	}
	return run >= 3 || run == 2 && length == 1
}

// spacedRun returns the letters of a run of at least three single letters,
// each with its marks, set apart by one and the same sign from start on, and
// where it ends.
func spacedRun(runes []rune, start int) (letters []rune, end int) {
	if start > 0 && !strings.ContainsRune(" \n\t\"'(", runes[start-1]) {
		return nil, 0
	}
	count, i, spacer := 0, start, rune(0)
	for i < len(runes) && unicode.Is(unicode.L, runes[i]) && !unicode.In(runes[i], unicode.Han, unicode.Hiragana, unicode.Katakana) {
		next := i + 1
		for next < len(runes) && unicode.Is(unicode.M, runes[next]) {
			next++
		}
		if next < len(runes) && unicode.In(runes[next], unicode.L, unicode.N) {
			break // a longer word begins here
		}
		letters = append(letters, runes[i:next]...)
		count++
		end = next
		if next >= len(runes) || spacer != 0 && runes[next] != spacer || !strings.ContainsRune(spacers, runes[next]) {
			break
		}
		spacer = runes[next]
		i = next + 1
	}
	if count < 3 {
		return nil, 0
	}
	return letters, end
}

// segment sets blanks between the words of a long run of letters, where all of
// it are known words, at least as many as least: two would take compounds apart
// where the letters were written as one.
func (f *folder) segment(run string, least int) string {
	if len(run) < 8 || len(run) > 400 || f.known(run) || !ascii(run) {
		return run
	}
	// best[i] is the length of the last word of the division of run[:i] with
	// the fewest words; -1 where there is none.
	best, count := make([]int, len(run)+1), make([]int, len(run)+1)
	for i := 1; i <= len(run); i++ {
		best[i] = -1
		for n := 1; n <= f.longest && n <= i; n++ {
			if (i-n == 0 || best[i-n] > 0) && f.known(run[i-n:i]) && (best[i] < 0 || count[i-n]+1 < count[i]) {
				best[i], count[i] = n, count[i-n]+1
			}
		}
	}
	if best[len(run)] < 0 || count[len(run)] < least || count[len(run)]*2 > len(run) {
		return run
	}
	var words []string
	for i := len(run); i > 0; i -= best[i] {
		words = append([]string{run[i-best[i] : i]}, words...)
	}
	return strings.Join(words, " ")
}

// longestLeet is the length in bytes up to which a word is read as leetspeak. It
// bounds the time that long codes take.
const longestLeet = 64

// unleet reads digits and signs inside a word as letters: "b4cl0f3n". Amounts
// ("5mg", "4tablets"), names with a number at the end ("gad65") and words
// without letters stay.
func (f *folder) unleet(word string) string {
	if len(word) > longestLeet {
		return word
	}
	var letters, leet int
	for _, r := range word {
		switch {
		case r >= 'a' && r <= 'z':
			letters++
		case f.leet[r] != 0:
			leet++
		case r >= utf8.RuneSelf:
			return word
		}
	}
	if letters < 1 || leet == 0 || leet > letters+1 {
		return word
	}
	core := strings.Trim(word, ".,;:?!()\"'")
	out := []rune(core)
	changed := false
	for i, r := range out {
		if letters == 1 && !f.isShortWord(core) {
			break
		}
		if to := f.leet[r]; to != 0 && f.standsForLetter(out, i) {
			out[i] = to
			changed = true
		}
	}
	if !changed {
		return word
	}
	if l := strings.ReplaceAll(core, "1", "l"); !f.known(string(out)) && l != core {
		if again := f.unleet(l); f.known(again) {
			return strings.Replace(word, core, again, 1)
		}
	}
	return strings.Replace(word, core, string(out), 1)
}

// isShortWord reports whether a word with a single letter is a frequent word in
// leetspeak ("t0"); any other is an amount ("5g").
func (f *folder) isShortWord(word string) bool {
	return f.common[strings.Map(func(r rune) rune {
		if to := f.leet[r]; to != 0 {
			return to
		}
		return r
	}, word)]
}

// standsForLetter reports whether the digit or sign at i is to be read as a
// letter: between letters, or at an end where what comes of it is a known word.
func (f *folder) standsForLetter(word []rune, i int) bool {
	isLetter := func(j int) bool { return word[j] >= 'a' && word[j] <= 'z' || f.leet[word[j]] != 0 }
	if !isLetter(max(i-1, 0)) || !isLetter(min(i+1, len(word)-1)) {
		return false
	}
	whole := make([]rune, len(word))
	for j, r := range word {
		whole[j] = r
		if to := f.leet[r]; to != 0 {
			whole[j] = to
		}
	}
	if _, number := f.numbers[string(whole)]; number || f.known(string(whole)) {
		return !f.known(strings.TrimLeft(string(word), "0123456789")) || !unicode.Is(unicode.Nd, word[0])
	}
	inside := 0
	for j := 1; j+1 < len(word); j++ {
		if f.leet[word[j]] != 0 && word[j-1] >= 'a' && word[j+1] >= 'a' {
			inside++
		}
	}
	return inside > 0
}

// countWords writes number words as digits: "two hundred" becomes "200".
func (f *folder) countWords(fields []string) []string {
	out := fields[:0]
	value, open := 0, false
	var tail string
	for _, field := range fields {
		word := strings.TrimRight(field, ".,;:?!)")
		n, ok := f.numbers[word]
		fits := open && tail == "" && (n >= 100 && value < n || value%10 == 0 && n < 10 && value >= 20 || value >= 100 && n < value)
		switch {
		case ok && fits && n >= 100:
			value *= n
		case ok && fits:
			value += n
		case ok:
			if open {
				out = append(out, strconv.Itoa(value)+tail)
			}
			value, open = n, true
		default:
			if open {
				out = append(out, strconv.Itoa(value)+tail)
				open = false
			}
			out = append(out, field)
			continue
		}
		tail = field[len(word):]
	}
	if open {
		out = append(out, strconv.Itoa(value)+tail)
	}
	return out
}
