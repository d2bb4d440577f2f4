package answer_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"spsbot"
	"spsbot/answer"
	"spsbot/internal/figures"
	"spsbot/prompts"
	"spsbot/sources"
)

// update is a flag and so belongs to the whole test program.
var update = flag.Bool("update", false, "write the golden files anew") //nolint:gochecknoglobals // a test flag

// seeds returns the folder of the seed texts, which are no part of the project.
func seeds(t testing.TB) string {
	folder := os.Getenv("SPSBOT_SEEDS")
	if folder == "" {
		folder = filepath.Join("..", "..", "shared", "seeds")
	}
	if _, err := os.Stat(folder); err != nil {
		t.Skipf("the seed texts are not there: set SPSBOT_SEEDS to their folder (%v)", err)
	}
	return folder
}

func engine(t testing.TB) (*answer.Engine, *answer.Words) {
	t.Helper()
	words, err := answer.LoadWords(prompts.Files())
	if err != nil {
		t.Fatal(err)
	}
	engine, err := answer.NewEngine(prompts.Files(), words)
	if err != nil {
		t.Fatal(err)
	}
	return engine, words
}

// snapshot answers from a folder, or from the starter set when folder is empty.
func snapshot(t testing.TB, folder string) answer.Snapshot {
	t.Helper()
	engine, words := engine(t)
	documents, err := sources.Starter()
	if err != nil {
		t.Fatal(err)
	}
	if folder != "" {
		documents = os.DirFS(folder)
	}
	set, err := sources.Load(documents, &words.Lists, time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	return answer.NewSnapshot(engine, words.Index(set.Documents), set.Version)
}

func outcomes(t testing.TB, snapshot answer.Snapshot, file string) []figures.Outcome {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", file))
	if err != nil {
		t.Fatal(err)
	}
	cases, err := figures.ReadCases(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	var all []figures.Outcome
	for _, c := range cases {
		record, _, err := answer.Answer(context.Background(), c.Ask(), snapshot)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, figures.Outcome{Case: c, Record: record})
	}
	return all
}

// TestSeedFigures measures the replies to the question sets over the seed texts
// against a golden file, so that a change shows its cost in the diff, and holds
// the promises of the project whatever the golden file says.
func TestSeedFigures(t *testing.T) {
	snapshot := snapshot(t, seeds(t))
	var out strings.Builder
	for _, set := range []struct {
		name, covered, uncovered string
		answered, facts          float64
	}{
		{"development set", "seed_questions.jsonl", "uncovered_questions.jsonl", 0.92, 0.80},
		{"held-out set", "held_questions.jsonl", "held_uncovered.jsonl", 0.85, 0.65},
	} {
		covered := figures.Of(outcomes(t, snapshot, set.covered))
		uncovered := figures.Of(outcomes(t, snapshot, set.uncovered))
		fmt.Fprintf(&out, "# %s: covered\n%s\n# %s: not covered\n%s\n", set.name, covered, set.name, uncovered)
		atLeast(t, set.name+": answered", covered.Answered, set.answered)
		atLeast(t, set.name+": gold facts", covered.Facts, set.facts)
		atLeast(t, set.name+": declined", uncovered.Declined, 0.93)
		atLeast(t, set.name+": exact quotes", covered.Exact, 1)
		if covered.Sentences > 5 || covered.Words > 110 {
			t.Errorf("%s: an answer has %.2f sentences and %.1f words in the mean, at most 5 and 110 are meant", set.name, covered.Sentences, covered.Words)
		}
	}
	golden(t, "seed_figures.golden", out.String())
}

func atLeast(t *testing.T, name string, share figures.Share, least float64) {
	t.Helper()
	if float64(share.Count) < least*float64(share.Total) {
		t.Errorf("%s: %s, at least %.0f%% are promised", name, share, 100*least)
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("the figures changed; look at the difference, and run the test with -update when it is meant:\n%s", diff)
	}
}

// TestNoFurniture holds that no sentence of the seed texts' menus, greetings,
// advertising and a patient's own query is quoted for any question.
func TestNoFurniture(t *testing.T) {
	snapshot := snapshot(t, seeds(t))
	furniture := []string{
		"icliniq", "post a comment", "music library", "guaranteed answer", "hello", "thank you", "welcome to", "let me know",
		"feel free", "this blog post", "published at", "last updated", "final price is confirmed", "offers therapy",
		"i was diagnosed", "my neurologist", "i hope", "not constitute medical advice", "editorial process", "third party",
	}
	for _, file := range []string{"seed_questions.jsonl", "uncovered_questions.jsonl"} {
		for _, o := range outcomes(t, snapshot, file) {
			for _, sentence := range o.Record.Sentences {
				for _, mark := range furniture {
					if strings.Contains(strings.ToLower(sentence.Text), mark) {
						t.Errorf("%s quotes furniture (%q): %s", o.Case.ID, mark, sentence.Text)
					}
				}
			}
		}
	}
}

// TestEveryReplyIsSealed holds for every question of all sets that each message
// ends with the disclaimer, fits Discord, and holds no dose.
func TestEveryReplyIsSealed(t *testing.T) {
	snapshot := snapshot(t, "")
	for _, file := range []string{"seed_questions.jsonl", "uncovered_questions.jsonl"} {
		for _, o := range outcomes(t, snapshot, file) {
			if len(o.Record.Messages) == 0 {
				t.Errorf("%s has no message", o.Case.ID)
			}
			for _, message := range o.Record.Messages {
				if !strings.HasSuffix(message, o.Record.Disclaimer) || len([]rune(message)) > 2000 {
					t.Errorf("%s: a message of %d characters does not end with the disclaimer, or is too long", o.Case.ID, len([]rune(message)))
				}
			}
		}
	}
}

// TestFollowUp holds that a follow-up is read with the turn before.
func TestFollowUp(t *testing.T) {
	snapshot := snapshot(t, "")
	record, _, err := answer.Answer(context.Background(), spsbot.Question{
		Text:  "and how long does it last?",
		Turns: []string{"How effective is HSCT for multiple sclerosis?"},
	}, snapshot)
	if err != nil {
		t.Fatal(err)
	}
	if record.Route != spsbot.RouteAnswer || !strings.Contains(record.Text, "year") {
		t.Errorf("route %s, text:\n%s", record.Route, record.Text)
	}
}

// TestGeneralQuestion holds that a message whose author says that it was a
// general question is answered where it is one, and refused where it asks a dose.
func TestGeneralQuestion(t *testing.T) {
	snapshot := snapshot(t, "")
	for text, want := range map[string]spsbot.Route{
		"I can't breathe in a spasm. What is stiff person syndrome?": spsbot.RouteAnswer,
		"I can't breathe, how many mg of diazepam can I take?":       spsbot.RouteDosing,
	} {
		record, _, err := answer.Answer(context.Background(), spsbot.Question{Text: text, General: true}, snapshot)
		if err != nil {
			t.Fatal(err)
		}
		if record.Route != want {
			t.Errorf("%q became %s, want %s: %q", text, record.Route, want, record.Why)
		}
	}
}

// TestDoneContext holds that a done context is the one error of Answer.
func TestDoneContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, _, err := answer.Answer(ctx, spsbot.Question{Text: "What is SPS?"}, snapshot(t, "")); err == nil {
		t.Error("a done context gave no error")
	}
}

// BenchmarkAnswer is one question on the starter set from its text to the sealed reply.
func BenchmarkAnswer(b *testing.B) {
	snapshot := snapshot(b, "")
	questions := []string{
		"Can stem cells help stiff person syndrome?",
		"what are the risks of hsct for ms",
		"how much does a transplant cost and how long does it last?",
		"is valium used for sps",
		"does acupuncture help SPS",
	}
	b.ReportAllocs()
	b.ResetTimer()
	for i := range b.N {
		if _, _, err := answer.Answer(context.Background(), spsbot.Question{Text: questions[i%len(questions)]}, snapshot); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkStart reads every word file, loads the router and indexes the starter set.
func BenchmarkStart(b *testing.B) {
	for range b.N {
		snapshot(b, "")
	}
}
