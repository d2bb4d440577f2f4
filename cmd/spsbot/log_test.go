package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"spsbot"
	"spsbot/internal/keyring"
	"spsbot/internal/store/embedded"
	"spsbot/review"
)

// seedLog is the script command "logged DIR": a data folder with three
// questions, one of them by somebody who was forgotten.
func seedLog(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: logged dir")
	}
	data := dataOptions{Data: ts.MkAbs(args[0])}
	ctx := context.Background()
	// References and pseudonyms are always the same.
	ts.Check(os.MkdirAll(data.keys(), 0o700))
	ts.Check(os.WriteFile(filepath.Join(data.keys(), "pseudonym.key"), bytes.Repeat([]byte("k"), 32), 0o600))
	store, err := embedded.Open(ctx, data.state(), embedded.Options{})
	ts.Check(err)
	keys, err := keyring.Open(data.keys())
	ts.Check(err)
	log := review.New(store, keys, 0)
	at := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	for i, question := range []string{"what is \x1b[31mHSCT", "how much, =1+1", "a forgotten question"} {
		id := []string{"7001", "7002", "7003"}[i]
		record := spsbot.Record{
			Question: spsbot.Question{ID: id, Asker: keys.Pseudonym(id), Text: question, Place: spsbot.Place{Server: "55", Surface: spsbot.SurfaceSlash}},
			Route:    []spsbot.Route{spsbot.RouteAnswer, spsbot.RouteDosing, spsbot.RouteAnswer}[i], Text: "The reply.\n\nSee your doctor.",
			Why: []string{"the reason"}, SourceSet: "abc",
		}
		ts.Check(log.Append(ctx, record, at.AddDate(0, 0, i)))
	}
	ts.Check(log.Shown(ctx, "7001", spsbot.Shown{Channel: "88", Message: "99", At: at}))
	ts.Check(log.Feedback(ctx, spsbot.Feedback{ID: "7001", Asker: keys.Pseudonym("9"), Verdict: spsbot.VerdictNotRight, Text: "too short", At: at}))
	ts.Check(log.Event(ctx, spsbot.Event{ID: "7002", Kind: spsbot.EventRemoved, Note: "the question was deleted", At: at}))
	_, err = log.Forget(ctx, keys.Pseudonym("7003"))
	ts.Check(errors.Join(err, store.Close(), keys.Close()))
}

func TestParseMoment(t *testing.T) {
	now := time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)
	for text, want := range map[string]string{
		"":                     "0001-01-01T00:00:00Z",
		"2026-03-01":           "2026-03-01T00:00:00Z",
		"2026-03-01 14:30":     "2026-03-01T14:30:00Z",
		"2026-03-01T14:30":     "2026-03-01T14:30:00Z",
		"2026-03-01T14:30:00Z": "2026-03-01T14:30:00Z",
		"7d":                   "2026-03-03T12:00:00Z",
		"12h":                  "2026-03-10T00:00:00Z",
		"90m":                  "2026-03-10T10:30:00Z",
	} {
		got, err := parseMoment(text, now)
		if err != nil || got.Format(time.RFC3339) != want {
			t.Errorf("%q: got %v, %v, want %s", text, got, err, want)
		}
	}
	for _, text := range []string{"yesterday", "7", "-3d", "-2h", "3dd", "2026-13-01", "1.5d", "7 d x"} {
		var usage usageError
		if got, err := parseMoment(text, now); !errors.As(err, &usage) {
			t.Errorf("%q: got %v, %v", text, got, err)
		}
	}
}
