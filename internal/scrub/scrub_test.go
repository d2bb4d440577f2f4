package scrub_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode/utf8"

	"spsbot/internal/scrub"
	"spsbot/prompts"
)

const mark = "▮▮▮"

func load(t testing.TB) *scrub.Scrubber {
	t.Helper()
	rules, err := prompts.Scrub(prompts.Files())
	if err != nil {
		t.Fatal(err)
	}
	s, err := scrub.New(rules)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestRemoved has one case a line in testdata/removed.txt: the message, with
// what has to go in 「brackets」.
func TestRemoved(t *testing.T) {
	s := load(t)
	for _, line := range lines(t, "removed.txt") {
		message := strings.NewReplacer("「", "", "」", "").Replace(line)
		want := line
		for {
			before, rest, found := strings.Cut(want, "「")
			if !found {
				break
			}
			_, after, _ := strings.Cut(rest, "」")
			want = before + mark + after
		}
		if want == message {
			t.Errorf("the case %q marks nothing", line)
		}
		if got := s.Scrub(message); got != want {
			t.Errorf("%s\n got %s\nwant %s", message, got, want)
		}
	}
}

// TestKept has messages that must not be touched in testdata/kept.txt.
func TestKept(t *testing.T) {
	s := load(t)
	for _, line := range lines(t, "kept.txt") {
		if got := s.Scrub(line); got != line {
			t.Errorf("%s\n got %s", line, got)
		}
	}
}

// The messages on which the router is measured hold medical questions of every
// kind, and hardly any personal data.
func TestQuestionsAreLeftAlone(t *testing.T) {
	s := load(t)
	for _, path := range []string{"../../answer/route/testdata/routes_eval.jsonl", "../../answer/testdata/held_questions.jsonl"} {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(data)) {
			if got := s.Scrub(line); got != line {
				t.Errorf("%s\n got %s", line, got)
			}
		}
	}
}

func TestDiscordMarkupKeepsItsWords(t *testing.T) {
	s := load(t)
	for message, want := range map[string]string{
		"use </ask:1234567890123456789> here <:hug:1234567890123456789> <a:wave:1234567890123456789>": "use /ask here :hug: :wave:",
		"at <t:1700000000:R> then":       "at <t:1700000000:R> then",
		"\xff\xfe broken 1 \xc3\x28 end": "\xff\xfe broken 1 \xc3\x28 end",
	} {
		if got := s.Scrub(message); got != want {
			t.Errorf("%q: got %q, want %q", message, got, want)
		}
	}
}

func TestBrokenRules(t *testing.T) {
	for name, rules := range map[string]prompts.ScrubRules{
		"pattern": {Rules: []prompts.ScrubRule{{Kind: "x", Patterns: []string{"("}}}},
		"groups":  {Rules: []prompts.ScrubRule{{Kind: "x", Patterns: []string{"(a)(b)"}}}},
		"check":   {Rules: []prompts.ScrubRule{{Kind: "x", Patterns: []string{"a"}, Check: "magic"}}},
		"before":  {Rules: []prompts.ScrubRule{{Kind: "x", Patterns: []string{"a"}, UnlessBefore: "("}}},
		"after":   {Rules: []prompts.ScrubRule{{Kind: "x", Patterns: []string{"a"}, UnlessAfter: "("}}},
		"keep":    {Keep: []string{"("}},
	} {
		if _, err := scrub.New(rules); err == nil {
			t.Errorf("a broken %s was taken", name)
		}
	}
	for name, text := range map[string]string{
		"no mark": "rules: [{kind: x, patterns: [a]}]", "no rules": "mark: x", "no kind": "{mark: x, rules: [{patterns: [a]}]}",
		"no patterns": "{mark: x, rules: [{kind: x}]}", "unknown field": "{mark: x, colour: red, rules: [{kind: x, patterns: [a]}]}",
	} {
		if _, err := prompts.Scrub(fstest.MapFS{"rules/scrub.yaml": {Data: []byte(text)}}); err == nil {
			t.Errorf("%s: the file was taken", name)
		}
	}
}

// However long and however odd a message is, it does not hold up the others.
func TestLongMessages(t *testing.T) {
	s := load(t)
	const length = 8_000 // twice what Discord lets anybody send
	for _, part := range []string{"1", "1 ", "0123-", "a@", "a.", "+1 ", "a at b dot ", "/a1", "http://a?", "(", "Main Street 1 ", "born 1", "<@1>", "▮", "é1"} {
		begun := time.Now()
		s.Scrub(strings.Repeat(part, length/len(part)))
		if took := time.Since(begun); took > 5*time.Second {
			t.Errorf("%q took %v", part, took)
		}
	}
}

func FuzzScrub(f *testing.F) {
	for _, name := range []string{"removed.txt", "kept.txt"} {
		for _, line := range lines(f, name) {
			f.Add(strings.NewReplacer("「", "", "」", "").Replace(line))
		}
	}
	s := load(f)
	f.Fuzz(func(t *testing.T, message string) {
		got := s.Scrub(message)
		if again := s.Scrub(got); again != got {
			t.Errorf("%q\n gives %q\n then  %q", message, got, again)
		}
		if utf8.ValidString(message) && !utf8.ValidString(got) {
			t.Errorf("%q gives invalid text %q", message, got)
		}
		if letters(got) > letters(message) {
			t.Errorf("%q grew to %q", message, got)
		}
	})
}

// letters counts what is no mark.
func letters(text string) int { return utf8.RuneCountInString(strings.ReplaceAll(text, "▮", "")) }

func BenchmarkScrub(b *testing.B) {
	s := load(b)
	for name, message := range map[string]string{
		"question": "My mother was diagnosed with SPS in 2019 and her GAD titre is 250, is diazepam 10 mg used for that?",
		"contact":  "Please write to anna.smith@example.org or call +44 20 7946 0958, what is SPS?",
		"long":     strings.Repeat("I have had stiff legs since 2019 and 3 doctors did not know what it was. ", 27),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(message)))
			for b.Loop() {
				s.Scrub(message)
			}
		})
	}
}

func lines(t testing.TB, name string) []string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimSuffix(line, "\n"); line != "" && !strings.HasPrefix(line, "# ") {
			all = append(all, line)
		}
	}
	return all
}
