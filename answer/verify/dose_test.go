package verify

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"spsbot/prompts"
)

func newTestGuard(t testing.TB) *Guard {
	t.Helper()
	rules, err := prompts.Dose(prompts.Files())
	if err != nil {
		t.Fatal(err)
	}
	guard, err := NewGuard(rules)
	if err != nil {
		t.Fatal(err)
	}
	return guard
}

// doseSentences reads the table of sentences: those with a dose and those without.
func doseSentences(t testing.TB) (doses, others []string) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "doses.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSuffix(line, "\n")
		if sentence, ok := strings.CutPrefix(line, "+ "); ok {
			doses = append(doses, sentence)
		} else if sentence, ok := strings.CutPrefix(line, "- "); ok {
			others = append(others, sentence)
		} else if line != "" && !strings.HasPrefix(line, "#") {
			t.Fatalf("testdata/doses.txt: line %q begins with neither + nor - nor #", line)
		}
	}
	if len(doses) < 120 || len(others) < 120 {
		t.Fatalf("testdata/doses.txt has %d and %d sentences, want 120 of each at least", len(doses), len(others))
	}
	return doses, others
}

func TestGuardTable(t *testing.T) {
	guard := newTestGuard(t)
	doses, others := doseSentences(t)
	for _, sentence := range doses {
		if found := guard.Find(sentence); len(found) == 0 {
			t.Errorf("missed: %s", sentence)
		} else {
			checkFindings(t, sentence, found)
		}
	}
	for _, sentence := range others {
		for _, f := range guard.Find(sentence) {
			t.Errorf("false alarm (%s, %q): %s", f.Kind, sentence[f.Start:f.End], sentence)
		}
	}
}

// checkFindings checks that the findings lie in text, on rune boundaries, in
// order and apart.
func checkFindings(t *testing.T, text string, found []Finding) {
	t.Helper()
	last := 0
	for _, f := range found {
		if f.Start < last || f.End <= f.Start || f.End > len(text) || f.Kind == "" {
			t.Fatalf("finding %+v of %q is out of place", f, text)
		}
		if !onBoundary(text, f.Start) || !onBoundary(text, f.End) {
			t.Fatalf("finding %+v of %q cuts a character", f, text)
		}
		last = f.End
	}
}

// onBoundary reports whether i is where ranging over text may stop. Each byte
// that is no UTF-8 counts as a character.
func onBoundary(text string, i int) bool {
	if i == len(text) || utf8.RuneStart(text[i]) {
		return true
	}
	for at, r := range text {
		if at == i {
			return r == utf8.RuneError
		}
	}
	return false
}

func TestFindTellsPlaceAndKind(t *testing.T) {
	guard := newTestGuard(t)
	tests := []struct{ text, found, kind string }{
		{"Adults begin with 5 mg of it.", "5 mg", "amount"},
		{"Adults begin with ５️⃣ ｍｇ of it.", "５️⃣ ｍｇ", "amount"},
		{"It was 2 g/kg in all.", "2 g/kg", "per kilogram"},
		{"Baclofen, three times a day, helped.", "three times a day", "frequency"},
		{"It was tapered over four weeks.", "tapered over four weeks", "taper"},
		{"No more than four tablets, please.", "No more than four tablets", "maximum"},
		{"IVIG comes every four weeks.", "every four weeks", "schedule"},
		{"A 1% cream is sold.", "1% cream", "product"},
		{"Принимать по 5 мг утром.", "5 мг", "amount"},
		{"Take 5 m g now.", "5 m g", "amount"},
	}
	for _, tt := range tests {
		found := guard.Find(tt.text)
		if len(found) != 1 || tt.text[found[0].Start:found[0].End] != tt.found || found[0].Kind != tt.kind {
			t.Errorf("Find(%q) = %+v, want one %s %q", tt.text, found, tt.kind, tt.found)
		}
	}
}

func TestFindReturnsEachDose(t *testing.T) {
	guard := newTestGuard(t)
	text := "Diazepam 5 mg helped.\n\nThe walk took 12 seconds. Baclofen came to 60 mg, spelled 6 0 m g."
	found := guard.Find(text)
	checkFindings(t, text, found)
	if len(found) != 3 {
		t.Errorf("Find found %+v, want three doses", found)
	}
	if got := guard.Find("Nothing of that sort."); got != nil {
		t.Errorf("Find without a dose = %+v, want nil", got)
	}
	if guard.Has("") || guard.Find("") != nil {
		t.Error("an empty text has a dose")
	}
}

// No disguise unlocks a sentence that is withheld without it.
func TestDisguisesDoNotUnlock(t *testing.T) {
	guard := newTestGuard(t)
	doses, _ := doseSentences(t)
	disguises := map[string]func(string) string{
		"zero-width space":     between("\u200b"),
		"zero-width joiner":    between("\u200d"),
		"soft hyphen":          between("\u00ad"),
		"direction mark":       between("\u202e"),
		"variation selector":   between("\ufe0f"),
		"upper case":           strings.ToUpper,
		"lower case":           strings.ToLower,
		"full-width digits":    shiftRunes('0', '9', '０'),
		"full-width letters":   shiftRunes('a', 'z', 'ａ'),
		"bold digits":          shiftRunes('0', '9', '𝟎'),
		"Arabic-Indic digits":  shiftRunes('0', '9', '٠'),
		"Devanagari digits":    shiftRunes('0', '9', '०'),
		"no-break spaces":      swap(" ", "\u00a0"),
		"ideographic spaces":   swap(" ", "\u3000"),
		"spaces doubled":       swap(" ", "  "),
		"lines split":          func(s string) string { return strings.Join(strings.Fields(s), "\n") },
		"underscores":          swap(" ", "_"),
		"Cyrillic a and e":     swap(" a ", " a ", "a", "а", "e", "е"),
		"bold markup":          func(s string) string { return "**" + s + "**" },
		"accents on the units": swap("mg", "m\u0301g"),
	}
	for name, disguise := range disguises {
		for _, sentence := range doses {
			text := disguise(sentence)
			found := guard.Find(text)
			if len(found) == 0 {
				t.Errorf("%s unlocks %q", name, sentence)
			}
			checkFindings(t, text, found)
			if !guard.Has(text) {
				t.Errorf("%s: Has(%q) = false, but Find finds", name, text)
			}
		}
	}
}

// between puts mark behind each character.
func between(mark string) func(string) string {
	return func(s string) string {
		var b strings.Builder
		for _, r := range s {
			b.WriteRune(r)
			b.WriteString(mark)
		}
		return b.String()
	}
}

// shiftRunes moves the characters from first to last to those that begin with to.
func shiftRunes(first, last, to rune) func(string) string {
	return func(s string) string {
		return strings.Map(func(r rune) rune {
			if r >= first && r <= last {
				return to + r - first
			}
			return r
		}, s)
	}
}

func swap(pairs ...string) func(string) string { return strings.NewReplacer(pairs...).Replace }

func TestGuardIsSafeForConcurrentUse(t *testing.T) {
	guard := newTestGuard(t)
	doses, others := doseSentences(t)
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			for i := range min(len(doses), len(others)) {
				if !guard.Has(doses[i]) || guard.Has(others[i]) {
					t.Errorf("wrong on %q or %q", doses[i], others[i])
				}
			}
		})
	}
	wait.Wait()
}

func TestRulesThatMakeNoGuard(t *testing.T) {
	const words = "words: {en: {unit: [mg]}}\n"
	tests := map[string]struct{ file, want string }{
		"no words":      {"patterns: [{kind: amount, match: [num]}]", "needs words"},
		"no kind":       {words + "patterns: [{match: [num]}]", "needs words and at least one pattern with a kind"},
		"no match":      {words + "patterns: [{kind: amount}]", "matches nothing"},
		"unknown field": {words + "pattern: []", "parse word file"},
		"unknown class": {words + "patterns: [{kind: amount, match: [num unti]}]", `unknown class "unti"`},
		"unknown part":  {words + "patterns: [{kind: amount, match: ['@rate']}]", `part "rate"`},
		"circle":        {words + "parts: {a: ['@a']}\npatterns: [{kind: amount, match: ['@a']}]", `part "a"`},
		"gap first":     {words + "patterns: [{kind: amount, match: ['..2 unit']}]", "must not begin with a gap"},
		"only optional": {words + "patterns: [{kind: amount, match: ['num?']}]", "matches nothing"},
		"odd gap":       {words + "patterns: [{kind: amount, match: ['num ..x unit']}]", "gap"},
		"empty entry":   {"words: {en: {unit: ['*']}}\npatterns: [{kind: amount, match: [num]}]", "everything or nothing"},
		"odd shift":     {words + "shifts: [{from: a, after: num, within: 1, to: b}]\npatterns: [{kind: amount, match: [num]}]", "shift"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			rules, err := prompts.Dose(fstest.MapFS{"rules/dose.yaml": {Data: []byte(tt.file)}})
			if err == nil {
				_, err = NewGuard(rules)
			}
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want one about %q", err, tt.want)
			}
		})
	}
	if _, err := prompts.Dose(fstest.MapFS{}); err == nil {
		t.Error("no file and no error")
	}
}

func BenchmarkHas(b *testing.B) {
	guard := newTestGuard(b)
	texts := map[string]string{
		"none": "Because the condition causes extreme sensitivity to external stimuli, such as sudden noises, touch " +
			"or emotional stress, these therapies must be introduced cautiously and step by step by the whole team.",
		"numbers": "In the trial 23 people took part, 74% responded and 47% stayed in remission for a mean of 3.5 years; " +
			"16 of 17 responders had intermittent spasms, and relapses came once or twice a year.",
		"dose": "Adults usually begin with diazepam 5 mg, and it is raised slowly while the stiffness eases and the " +
			"sleepiness stays bearable, three times a day, until the spasms are rare enough to walk again.",
		"russian": "Поскольку болезнь вызывает крайнюю чувствительность к внешним раздражителям, таким как внезапный " +
			"шум, прикосновение или волнение, такое лечение следует вводить осторожно.",
		"japanese": "この病気は突然の音や接触、精神的なストレスに対して非常に敏感になるため、治療は慎重に導入する必要があり、" +
			"医師や理学療法士を含む専門家のチームが患者を支える。",
	}
	for name, text := range texts {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				guard.Has(text)
			}
		})
	}
}

func BenchmarkNewGuard(b *testing.B) {
	rules, err := prompts.Dose(prompts.Files())
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := NewGuard(rules); err != nil {
			b.Fatal(err)
		}
	}
}
