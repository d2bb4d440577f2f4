package retrieval

import "strings"

// ear tells how words sound.
type ear struct{ groups *strings.Replacer }

func newEar() ear {
	return ear{strings.NewReplacer("tion", "sn", "sion", "sn", "ph", "f", "ght", "t", "gh", "", "ck", "k",
		"sci", "si", "sce", "se", "sch", "sk", "ch", "c", "sh", "s", "th", "t", "dg", "g", "qu", "k", "x", "ks", "mb", "m", "gue", "g")}
}

// sound returns a rough key of how an English word sounds: words that people
// write as they hear them ("myleen") share it with the right spelling. Vowels
// count only at the beginning, as one letter. Empty for words with other
// letters than a to z.
func (e ear) sound(word string) string {
	for _, c := range []byte(word) {
		if c < 'a' || c > 'z' {
			return ""
		}
	}
	for _, start := range [][2]string{{"kn", "n"}, {"wr", "r"}, {"ps", "s"}, {"rh", "r"}, {"wh", "w"}} {
		if rest, found := strings.CutPrefix(word, start[0]); found {
			word = start[1] + rest
		}
	}
	word = e.groups.Replace(word)
	var key []byte
	for i := range len(word) {
		c := soundOf(word, i)
		if c == 0 || len(key) > 0 && key[len(key)-1] == c {
			continue
		}
		key = append(key, c)
	}
	return string(key)
}

// soundOf returns the key letter of one letter, 0 for none.
func soundOf(word string, i int) byte {
	switch c := word[i]; c {
	case 'a', 'e', 'i', 'o', 'u', 'y':
		if i == 0 {
			return 'a'
		}
		return 0
	case 'h', 'w':
		if i == 0 {
			return c
		}
		return 0
	case 'c':
		if i+1 < len(word) && strings.IndexByte("eiy", word[i+1]) >= 0 {
			return 's'
		}
		return 'k'
	case 'q':
		return 'k'
	case 'z':
		return 's'
	case 'j':
		return 'g'
	default:
		return c
	}
}
