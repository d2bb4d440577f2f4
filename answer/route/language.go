package route

import (
	"math"
	"strings"
	"unicode"

	"spsbot/prompts"
)

// tongues tells languages apart: by script, by letters of their own, by
// frequent words, and those with reply texts also by the words and letter
// sequences of their examples.
type tongues struct {
	list    []prompts.Tongue
	number  map[string]int        // tag → index in list
	common  map[string]tagMask    // frequent word → languages
	scripts []*unicode.RangeTable // by language
	words   *vocabulary
	// By language: how often words of it were counted, and the logarithm of the
	// likelihood of a word that was never seen in it.
	totals []float64
	unseen []float32
	sums   []float64 // letter sequences by language
}

// tagMask is a set of languages by number.
type tagMask uint64

const (
	// undetermined is the tag of a message whose language is not clear.
	undetermined = "und"
	// gramWeight scales the likelihood of letter sequences, which overlap.
	gramWeight = 0.25
)

// newTongues enters the frequent words of all known languages.
func newTongues(f *folder, list []prompts.Tongue) *tongues {
	t := &tongues{list: list, number: map[string]int{}, common: map[string]tagMask{}}
	for i, tongue := range list {
		t.number[tongue.Tag] = i
		t.scripts = append(t.scripts, unicode.Scripts[tongue.Script])
		for _, token := range scanText(f.plain(tongue.Words)).tokens {
			t.common[token.text] |= 1 << i
		}
	}
	return t
}

// learn takes over the words of the examples.
func (t *tongues) learn(words *vocabulary) {
	t.words = words
	t.totals, t.sums = make([]float64, len(t.list)), make([]float64, len(t.list))
	for _, s := range words.shares {
		t.totals[s.language] += float64(s.count)
	}
	for slot := range gramSlots {
		for n := range t.list {
			t.sums[n] += float64(words.grams[slot*len(t.list)+n])
		}
	}
	t.unseen = make([]float32, len(t.list))
	for n, total := range t.totals {
		if t.list[n].Replies {
			t.unseen[n] = float32(math.Log(unseenCount / (total + likelyWords)))
		}
	}
}

const (
	// unseenCount is how often a word counts as seen in a language whose
	// examples do not have it, likelyWords how many such words there may be.
	unseenCount = 0.02
	likelyWords = 1000
)

// likelihoods returns the log likelihood of a word in each language.
func (t *tongues) likelihoods(text string, grams []uint32) []float32 {
	out := make([]float32, len(t.list))
	if isNumber(text) {
		return out
	}
	if shares := t.words.sharesOf(text); len(shares) > 0 {
		copy(out, t.unseen)
		for _, s := range shares {
			out[s.language] = float32(math.Log((float64(s.count) + unseenCount) / (t.totals[s.language] + likelyWords)))
		}
		return out
	}
	for n := range out {
		if !t.list[n].Replies {
			continue
		}
		for _, gram := range grams {
			c := float64(t.words.grams[int(gram%gramSlots)*len(t.list)+n])
			out[n] += gramWeight * float32(math.Log((c+0.3)/(t.sums[n]+gramSlots)))
		}
	}
	return out
}

// tongue is what was found about the language of a message.
type tongue struct {
	tag string
	// replies says that there are, or may be, reply texts: false only where
	// the message is clearly in a language without.
	replies bool
	// active are the languages whose phrases are looked for.
	active uint32
}

// detect finds the language. raw is the message as written, folded its folded
// copy, tokens are the words of that.
func (t *tongues) detect(raw, folded string, tokens []token) tongue {
	script, letters := t.script(folded)
	if letters == 0 {
		return tongue{tag: undetermined, replies: true}
	}
	if script == nil {
		return tongue{tag: undetermined, replies: letters < 4}
	}
	found, home := t.best(script, tokens)
	if n, ok := t.stranger(raw, script, tokens, home); ok {
		found.tag, found.replies = t.list[n].Tag, false
	}
	return found
}

// script returns the script of most letters, nil if no known language is
// written in it, and how many letters it has. Kana make Han Japanese; a
// character that is a syllable or a word counts as three letters.
func (t *tongues) script(folded string) (script *unicode.RangeTable, letters int) {
	counts := make([]int, len(t.list))
	total := 0
	for _, r := range folded {
		if !unicode.Is(unicode.L, r) {
			continue
		}
		weight := 1
		if unblanked(r) {
			weight = 3
		}
		total++
		for n, table := range t.scripts {
			if r < 0x250 && t.list[n].Script == "Latin" || r >= 0x250 && table != nil && unicode.Is(table, r) {
				counts[n] += weight
				break
			}
		}
	}
	best := -1
	for n, c := range counts {
		if c > 0 && (best < 0 || c > counts[best]) {
			best = n
		}
		if c > 0 && t.list[n].Script == "Hiragana" {
			return t.scripts[n], total
		}
	}
	if best < 0 {
		return nil, total
	}
	return t.scripts[best], total
}

// stranger finds a language without reply texts: letters of its own, or
// frequent words that home does not know, the most likely of the languages with
// reply texts (-1 for none).
func (t *tongues) stranger(raw string, script *unicode.RangeTable, tokens []token, home int) (int, bool) {
	hits, familiar, words := make([]int, len(t.list)), 0, 0
	var any bool
	for n, tongue := range t.list {
		if t.scripts[n] == script && tongue.Replies {
			any = true
		}
	}
	for _, token := range tokens {
		if len(t.words.sharesOf(token.text)) >= everywhere {
			continue
		}
		words++
		mask := t.common[token.text]
		known := t.knows(home, token.text)
		for n, tongue := range t.list {
			if mask>>n&1 == 1 && !tongue.Replies && !known {
				hits[n]++
			}
		}
		if known {
			familiar++
		}
	}
	best := -1
	for n, tongue := range t.list {
		if tongue.Replies || t.scripts[n] != script {
			continue
		}
		if own := ownLetters(raw, tongue.Letters); own > 0 {
			hits[n] += 1 + min(own, 3)
		}
		if best < 0 || hits[n] > hits[best] {
			best = n
		}
	}
	if best < 0 {
		return 0, false
	}
	if !any {
		return best, true
	}
	return best, len(tokens) >= 4 && (hits[best] >= 2 && hits[best]*4 >= words && familiar*2 <= words ||
		hits[best] >= 1 && familiar*4 <= words)
}

// everywhere is the number of languages with reply texts in which a word that
// says nothing about the language is seen: names, medicines, units.
const everywhere = 6

// knows reports whether a word was seen in a language.
func (t *tongues) knows(language int, text string) bool {
	for _, s := range t.words.sharesOf(text) {
		if int(s.language) == language {
			return true
		}
	}
	return false
}

// ownLetters counts the letters of raw that are in letters.
func ownLetters(raw, letters string) int {
	if letters == "" {
		return 0
	}
	own := 0
	for _, r := range strings.ToLower(raw) {
		if strings.ContainsRune(letters, r) {
			own++
		}
	}
	return own
}

// best compares the languages with reply texts that write in script. home is
// the number of the best, also where its lead is not clear.
func (t *tongues) best(script *unicode.RangeTable, tokens []token) (found tongue, home int) {
	scores := make([]float64, len(t.list))
	for _, token := range tokens {
		for n, s := range token.word.tongues {
			scores[n] += float64(s)
		}
	}
	best := -1
	latin := unicode.Scripts["Latin"]
	for n, tongue := range t.list {
		if tongue.Replies && (t.scripts[n] == script || script == latin && t.written(n)) && (best < 0 || scores[n] > scores[best]) {
			best = n
		}
	}
	if best < 0 {
		return tongue{tag: undetermined}, -1
	}
	found = tongue{tag: t.list[best].Tag, replies: true}
	second := math.Inf(-1)
	for n, other := range t.list {
		if !other.Replies || t.scripts[n] != script && script != latin {
			continue
		}
		if scores[n] > scores[best]-activeMargin {
			found.active |= 1 << n
		}
		if n != best {
			second = max(second, scores[n])
		}
	}
	if scores[best]-second < clearMargin {
		found.tag = undetermined
	}
	return found, best
}

const (
	// clearMargin is the least lead, in log likelihood, of a clear language.
	clearMargin = 1.0
	// activeMargin is how far behind the best a language may be for its
	// phrases still to be looked for: people mix languages.
	activeMargin = 7.0
)

// written reports whether a language of another script has examples in Latin
// letters, as people type Hindi or Arabic on some keyboards.
func (t *tongues) written(n int) bool { return t.totals[n] > 0 }
