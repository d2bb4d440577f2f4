package review_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"spsbot"
	"spsbot/internal/keyring"
	"spsbot/internal/store/embedded"
	"spsbot/review"
)

func TestMain(m *testing.M) {
	flag.Bool("update", false, "write the golden files anew")
	goleak.VerifyTestMain(m)
}

// bench is a log over a store and a keyring in a folder.
type bench struct {
	*review.Log
	folder string
	store  *embedded.Store
	keys   *keyring.Keyring
}

func open(t *testing.T, folder string) *bench {
	t.Helper()
	store, err := embedded.Open(t.Context(), folder, embedded.Options{})
	check(t, err)
	keys, err := keyring.Open(filepath.Join(folder, "keys"))
	check(t, err)
	return &bench{Log: review.New(store, keys, 0), folder: folder, store: store, keys: keys}
}

func (b *bench) close(t *testing.T) {
	t.Helper()
	check(t, errors.Join(b.store.Close(), b.keys.Close()))
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC) //nolint:gochecknoglobals // the tests' one date

// full is a record in which every field is set.
func full(b *bench, id, person string) spsbot.Record {
	return spsbot.Record{
		Question: spsbot.Question{
			Note: "Moderators are here from 9 to 21 o'clock", General: true,
			ID:    id,
			Place: spsbot.Place{Server: "77001", Channel: "88002", Message: "99003", Surface: spsbot.SurfaceMention},
			Asker: b.keys.Pseudonym(person), Asked: noon.Add(-time.Second),
			Text: "what helps against stiffness in the jaw", Turns: []string{"I was diagnosed in Lower Nowhere"},
			Language: "en", Locale: "en-GB", Country: "GB",
		},
		Route: spsbot.RouteAnswer, Why: []string{`the word "jaw" is covered`},
		Text: "Warmth helps. [1]\n\nSee your doctor.", Messages: []string{"Warmth helps. [1]\n\nSee your doctor."},
		Sentences: []spsbot.RecordSentence{{Text: "Warmth helps.", Citations: []int{1}}},
		Citations: []spsbot.RecordCitation{{N: 1, Source: "warmth", Title: "Warmth", Kind: spsbot.KindGuideline, Passage: "warmth#1", Quote: "Warmth helps."}},
		Evidence:  []spsbot.RecordEvidence{{Passage: "warmth#1", Score: 3.5}}, Verification: []string{"1 of 2 sentences withheld"},
		Withheld: 1, Disclaimer: "See your doctor.", Locale: "en", SourceSet: "s1", Prompts: "p1", Program: "v1",
		Settings: map[string]string{"country": "GB"}, Mode: spsbot.ModeQuote, Suggestions: []string{"What is it?"},
		Took: 3 * time.Millisecond, Timings: map[string]time.Duration{"route": time.Microsecond},
	}
}

func list(t *testing.T, b *bench, filter review.Filter) []spsbot.Exchange {
	t.Helper()
	var all []spsbot.Exchange
	for exchange, err := range b.List(t.Context(), filter) {
		check(t, err)
		all = append(all, exchange)
	}
	return all
}

func TestRoundTrip(t *testing.T) {
	ctx, b := t.Context(), open(t, t.TempDir())
	defer b.close(t)
	record := full(b, "1234567890", "anna")
	check(t, b.Append(ctx, record, noon))
	shown := []spsbot.Shown{{Channel: "88002", Message: "5001", At: noon}, {Channel: "88002", Message: "5002", Part: 1, At: noon.Add(time.Second)}}
	check(t, b.Shown(ctx, "1234567890", shown...))
	feedback := spsbot.Feedback{ID: "1234567890", Asker: b.keys.Pseudonym("ben"), Verdict: spsbot.VerdictNotRight, Text: "not for me", At: noon}
	check(t, b.Feedback(ctx, feedback))
	event := spsbot.Event{ID: "1234567890", Kind: spsbot.EventDeleted, Note: "by the author", At: noon}
	check(t, b.Event(ctx, event))

	want := spsbot.Exchange{
		Reference: b.Reference("1234567890"), At: noon, Status: spsbot.StatusShown, Record: record,
		Shown: shown, Feedback: []spsbot.Feedback{feedback}, Events: []spsbot.Event{event},
	}
	for _, name := range []string{"1234567890", b.Reference("1234567890")} {
		got, err := b.Get(ctx, name)
		check(t, err)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("get %s (-want +got):\n%s", name, diff)
		}
	}
	check(t, b.Event(ctx, spsbot.Event{ID: "1234567890", Kind: spsbot.EventRemoved, At: noon}))
	if got, _ := b.Get(ctx, "1234567890"); got.Status != spsbot.StatusRemoved {
		t.Errorf("the status is %s", got.Status)
	}
	if _, err := b.Get(ctx, "nobody"); !errors.Is(err, spsbot.ErrUnknown) {
		t.Errorf("get nobody: %v", err)
	}
}

// The round trip shows something only if every field is set: one that is added
// later and not kept fails here first.
func TestTheTestRecordIsFull(t *testing.T) {
	b := open(t, t.TempDir())
	defer b.close(t)
	record := full(b, "1", "a")
	for _, value := range []reflect.Value{reflect.ValueOf(record), reflect.ValueOf(record.Question), reflect.ValueOf(record.Question.Place)} {
		for i := range value.NumField() {
			if value.Field(i).IsZero() {
				t.Errorf("%s.%s is not set", value.Type(), value.Type().Field(i).Name)
			}
		}
	}
}

func TestWhatIsRefused(t *testing.T) {
	ctx, b := t.Context(), open(t, t.TempDir())
	defer b.close(t)
	for _, record := range []spsbot.Record{{}, {Question: spsbot.Question{ID: "1"}}, {Question: spsbot.Question{Asker: b.keys.Pseudonym("1")}}, {Question: spsbot.Question{ID: "1", Asker: "anna"}}} {
		if err := b.Append(ctx, record, noon); err == nil {
			t.Errorf("%+v was logged", record.Question)
		}
	}
	asker := b.keys.Pseudonym("1")
	for name, err := range map[string]error{
		"shown":    b.Shown(ctx, "1", spsbot.Shown{At: noon}),
		"feedback": b.Feedback(ctx, spsbot.Feedback{ID: "1", Asker: asker, Verdict: spsbot.VerdictHelpful}),
		"event":    b.Event(ctx, spsbot.Event{ID: "1", Kind: spsbot.EventDeleted}),
	} {
		if !errors.Is(err, spsbot.ErrUnknown) {
			t.Errorf("%s about nothing: %v", name, err)
		}
	}
	check(t, b.Append(ctx, full(b, "1", "1"), noon))
	for name, err := range map[string]error{
		"verdict": b.Feedback(ctx, spsbot.Feedback{ID: "1", Asker: asker, Verdict: "great"}),
		"nobody":  b.Feedback(ctx, spsbot.Feedback{ID: "1", Verdict: spsbot.VerdictHelpful}),
		"event":   b.Event(ctx, spsbot.Event{ID: "1", Kind: "exploded"}),
		"server":  b.RemoveServer(ctx, "", noon),
	} {
		if err == nil {
			t.Errorf("%s was taken", name)
		}
	}
}

// A question that was settled is logged by the store; the entry is the same.
func TestEntryIsWhatAppendWrites(t *testing.T) {
	ctx, b := t.Context(), open(t, t.TempDir())
	defer b.close(t)
	record := full(b, "1", "anna")
	_, err := b.store.Enqueue(ctx, spsbot.Job{ID: "1", Lane: "questions"})
	check(t, err)
	entry, err := b.Entry(record, noon)
	check(t, err)
	_, err = b.store.Settle(ctx, "1", []byte("outcome"), entry)
	check(t, err)
	check(t, b.Append(ctx, record, noon)) // once more, as after a retry
	all := list(t, b, review.Filter{})
	if len(all) != 1 {
		t.Fatalf("%d exchanges, want 1", len(all))
	}
	if diff := cmp.Diff(record, all[0].Record); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestFilters(t *testing.T) {
	ctx, b := t.Context(), open(t, t.TempDir())
	defer b.close(t)
	for i, change := range []func(*spsbot.Record){
		func(*spsbot.Record) {},
		func(r *spsbot.Record) { r.Route = spsbot.RouteDosing },
		func(r *spsbot.Record) { r.Question.Place.Server = "2" },
		func(r *spsbot.Record) { r.Question.Text = "WHAT about Ängste" },
	} {
		record := full(b, fmt.Sprint(i), "anna")
		change(&record)
		check(t, b.Append(ctx, record, noon.AddDate(0, 0, i)))
	}
	check(t, b.Shown(ctx, "1", spsbot.Shown{At: noon}))
	check(t, b.Feedback(ctx, spsbot.Feedback{ID: "2", Asker: b.keys.Pseudonym("ben"), Verdict: spsbot.VerdictHelpful, Text: "lovely"}))
	for want, filter := range map[string]review.Filter{
		"0123": {},
		"3210": {Newest: true},
		"32":   {Newest: true, Limit: 2},
		"12":   {Since: noon.AddDate(0, 0, 1), Until: noon.AddDate(0, 0, 3)},
		"1":    {Route: spsbot.RouteDosing},
		"2":    {Server: "2"},
		"023":  {Status: spsbot.StatusLogged},
		"3":    {Text: "ängste"},
		"012":  {Text: "Stiffness"},
		"":     {Text: "stiffness", Status: spsbot.StatusRemoved},
	} {
		got := ""
		for _, exchange := range list(t, b, filter) {
			got += exchange.Record.Question.ID
		}
		if got != want {
			t.Errorf("%+v: got %q, want %q", filter, got, want)
		}
	}
	for _, filter := range []review.Filter{{Feedback: spsbot.VerdictHelpful}, {Text: "LOVELY"}} {
		if got := list(t, b, filter); len(got) != 1 || got[0].Record.Question.ID != "2" {
			t.Errorf("%+v: got %d", filter, len(got))
		}
	}
}

// More records than are read at a time, in both directions.
func TestManyRecords(t *testing.T) {
	ctx, b := t.Context(), open(t, t.TempDir())
	defer b.close(t)
	const count = 450
	var entries []spsbot.Entry
	for i := range count {
		entry, err := b.Entry(full(b, fmt.Sprint(i), "anna"), noon.Add(time.Duration(i)*time.Second))
		check(t, err)
		entries = append(entries, entry)
	}
	check(t, b.store.Append(ctx, entries...))
	for _, newest := range []bool{false, true} {
		all := list(t, b, review.Filter{Newest: newest})
		if len(all) != count {
			t.Fatalf("%d exchanges, want %d", len(all), count)
		}
		for i, exchange := range all {
			want := i
			if newest {
				want = count - 1 - i
			}
			if exchange.Record.Question.ID != fmt.Sprint(want) {
				t.Fatalf("at %d stands %s", i, exchange.Record.Question.ID)
			}
		}
	}
}

// findIn counts a text in the bytes of all files of a folder.
func findIn(t *testing.T, folder, text string) int {
	t.Helper()
	count := 0
	check(t, filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		count += bytes.Count(data, []byte(text))
		return err
	}))
	return count
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if flag.Lookup("update").Value.String() == "true" {
		check(t, os.MkdirAll("testdata", 0o700))
		check(t, os.WriteFile(path, got, 0o600))
	}
	want, err := os.ReadFile(path)
	check(t, err)
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(string(got), "\n")); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}
