package route

import (
	"strings"
	"testing"
	"unicode"

	"spsbot"
)

// disguise is one way to hide a message.
type disguise struct {
	name  string
	apply func(string) string
	// breaksCodes says that nobody could undo the disguise of base64.
	breaksCodes bool
}

// disguises returns the ways that folding undoes without loss.
func disguises() []disguise {
	return []disguise{
		{name: "upper case", apply: strings.ToUpper, breaksCodes: true},
		{name: "invisible characters", apply: func(s string) string { return putBetween(s, "\u200b", everyLetter) }},
		{name: "soft hyphens and joiners", apply: func(s string) string { return putBetween(s, "\u00ad\u2060", everyLetter) }},
		{name: "directions", apply: func(s string) string { return "\u202e" + putBetween(s, "\u2066", everyWord) + "\u202c" }},
		{name: "full width", apply: func(s string) string {
			return strings.Map(func(r rune) rune {
				if r > ' ' && r < 0x7f {
					return r + 0xfee0
				}
				return r
			}, s)
		}},
		{name: "look-alikes", apply: lookAlikes},
	}
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

// TestDisguisesUnlockNoExample holds over the examples of dosing, emergency and
// misuse in all languages that no disguise turns a guarded message into one that
// is not.
func TestDisguisesUnlockNoExample(t *testing.T) {
	r := newRouter(t)
	examples, _, _ := load(t)
	for _, e := range examples {
		if e.Route != spsbot.RouteDosing && e.Route != spsbot.RouteEmergency && e.Route != spsbot.RouteMisuse {
			continue
		}
		want := r.Decide(spsbot.Question{Text: e.Text}).Route
		for _, d := range disguises() {
			if d.breaksCodes && !strings.Contains(e.Text, " ") {
				continue
			}
			hidden := d.apply(e.Text)
			if got := r.Decide(spsbot.Question{Text: hidden}).Route; guarded(want) && !guarded(got) {
				t.Errorf("%s turns %s to %s: %q, folded %q, plain %q", d.name, want, got, hidden, r.folder.fold(hidden), r.folder.fold(e.Text))
			}
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
