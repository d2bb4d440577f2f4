package route

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"unicode"

	"spsbot"
	"spsbot/internal/figures"
)

// disguise is one way to hide a message.
type disguise struct {
	name  string
	apply func(string) string
	// lossless says that folding undoes it whole in every message, so that none
	// may be unlocked. Of the others the share that is undone is golden.
	lossless bool
	// breaksCodes says that nobody could undo the disguise of base64.
	breaksCodes bool
}

// disguises returns the ways to hide a message.
func disguises() []disguise {
	return []disguise{
		{name: "upper case", apply: strings.ToUpper, lossless: true, breaksCodes: true},
		{name: "invisible characters", apply: func(s string) string { return putBetween(s, "\u200b", everyLetter) }, lossless: true},
		{name: "soft hyphens and joiners", apply: func(s string) string { return putBetween(s, "\u00ad\u2060", everyLetter) }, lossless: true},
		{name: "directions", apply: func(s string) string { return "\u202e" + putBetween(s, "\u2066", everyWord) + "\u202c" }, lossless: true},
		{name: "full width", apply: fullWidth, lossless: true},
		{name: "look-alikes", apply: lookAlikes, lossless: true},
		{name: "emoji digits", apply: emojiDigits, lossless: true, breaksCodes: true},
		{name: "lines", apply: func(s string) string { return strings.ReplaceAll(s, " ", "\n") }, lossless: true},
		{name: "base64", apply: func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }},
		{name: "hexadecimal", apply: func(s string) string { return hex.EncodeToString([]byte(s)) }},
		{name: "URL encoding", apply: func(s string) string { return url.QueryEscape(s) }},
		{name: "rot13", apply: rot13},
		{name: "mirror writing", apply: mirror},
		{name: "leetspeak", apply: func(s string) string { return strings.NewReplacer("a", "4", "e", "3", "i", "1", "o", "0").Replace(s) }},
		{name: "spaced letters", apply: func(s string) string { return setApart(s, " ") }},
		{name: "dotted letters", apply: func(s string) string { return setApart(s, ".") }},
	}
}

// fullWidth writes ASCII signs in their wide forms.
func fullWidth(s string) string {
	return strings.Map(func(r rune) rune {
		if r > ' ' && r < 0x7f {
			return r + 0xfee0
		}
		return r
	}, s)
}

// emojiDigits writes digits as keycaps.
func emojiDigits(s string) string {
	var out strings.Builder
	for _, r := range s {
		out.WriteRune(r)
		if r >= '0' && r <= '9' {
			out.WriteString("\ufe0f\u20e3")
		}
	}
	return out.String()
}

// setApart puts a sign between the letters of each word, and two blanks more
// between words.
func setApart(s, sign string) string {
	words := strings.Fields(s)
	for i, word := range words {
		words[i] = putBetween(word, sign, everyLetter)
	}
	return strings.Join(words, "   ")
}

func everyLetter(before, after rune) bool { return unicode.IsLetter(before) && unicode.IsLetter(after) }
func everyWord(before, _ rune) bool       { return before == ' ' }

// putBetween sets extra between the characters where fits says so.
func putBetween(s, extra string, fits func(before, after rune) bool) string {
	var out strings.Builder
	runes := []rune(s)
	for i, r := range runes {
		out.WriteRune(r)
		if i+1 < len(runes) && fits(r, runes[i+1]) {
			out.WriteString(extra)
		}
	}
	return out.String()
}

// lookAlikes writes Latin letters as Cyrillic ones in Latin words, and the
// other way round in Cyrillic words.
func lookAlikes(s string) string {
	pairs := []rune("aаeеoоpрcсxх")
	var out strings.Builder
	for i, word := range strings.Split(s, " ") {
		if i > 0 {
			out.WriteByte(' ')
		}
		from := 0
		if strings.ContainsFunc(word, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) }) {
			from = 1
		}
		for _, r := range word {
			for p := 0; p < len(pairs); p += 2 {
				if r == pairs[p+from] {
					r = pairs[p+1-from]
					break
				}
			}
			out.WriteRune(r)
		}
	}
	return out.String()
}

// TestDisguises holds over the examples of dosing, emergency and misuse in all
// languages that no lossless disguise turns a guarded message into one that is
// not, and how often the others do.
func TestDisguises(t *testing.T) {
	r := newRouter(t)
	examples, _, _ := load(t)
	list := disguises()
	undone, tried := make([]atomic.Int64, len(list)), make([]atomic.Int64, len(list))
	inParallel(len(examples), func(i int) {
		e := examples[i]
		if i%everyExample != 0 || e.Route != spsbot.RouteDosing && e.Route != spsbot.RouteEmergency && e.Route != spsbot.RouteMisuse {
			return
		}
		if !guarded(r.Decide(spsbot.Question{Text: e.Text}).Route) {
			return
		}
		for n, d := range list {
			if d.breaksCodes && !strings.Contains(e.Text, " ") {
				continue
			}
			hidden := d.apply(e.Text)
			tried[n].Add(1)
			if got := r.Decide(spsbot.Question{Text: hidden}); guarded(got.Route) {
				undone[n].Add(1)
			} else if d.lossless {
				t.Errorf("%s unlocks %s: %q, folded %q", d.name, e.Route, hidden, r.folder.fold(hidden))
			}
		}
	})
	if everyExample > 1 {
		return // too few for the golden file
	}
	got := ""
	for n, d := range list {
		got += fmt.Sprintf("%-26s %s\n", d.name, figures.Share{Count: int(undone[n].Load()), Total: int(tried[n].Load())})
	}
	compareGolden(t, "disguises.golden", got)
}

// TestHiddenQuestions holds that a fair question in a code is answered as itself.
func TestHiddenQuestions(t *testing.T) {
	r := newRouter(t)
	const question = "What is stiff person syndrome and how is it treated?"
	for _, d := range disguises() {
		if d.name == "mirror writing" {
			continue // its words look like slips of others, so the outer form counts, too
		}
		if got := r.Decide(spsbot.Question{Text: d.apply(question)}); got.Route != spsbot.RouteAnswer {
			t.Errorf("%s turns a fair question to %s: %q, folded %q", d.name, got.Route, got.Why, r.folder.fold(d.apply(question)))
		}
	}
}

// TestLongMessages holds that a dose is found wherever it stands in a long
// message, also among characters that unfold to many.
func TestLongMessages(t *testing.T) {
	r := newRouter(t)
	const dose = " How many mg of baclofen should I take? "
	for name, around := range map[string]string{
		"in the middle":                     strings.Repeat("The disease is rare. ", 800),
		"without full stops":                strings.Repeat("the disease is rare and ", 800),
		"among characters that unfold":      strings.Repeat("\u3316", 7000),
		"among words of no language at all": strings.Repeat("kfben ptzxg ", 1000),
	} {
		for _, text := range []string{around + dose + around, around + dose, dose + around} {
			if got := r.Decide(spsbot.Question{Text: text}); got.Route != spsbot.RouteDosing && got.Route != spsbot.RouteEmergency {
				t.Errorf("%s: routed to %s: %q", name, got.Route, got.Why)
			}
		}
	}
}
