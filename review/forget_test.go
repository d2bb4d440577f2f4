package review_test

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"spsbot"
	"spsbot/internal/keyring"
	"spsbot/review"
)

// marks are what must not be readable anywhere outside the keyring's folder.
func marks(b *bench) map[string]string {
	return map[string]string{
		"question": "stiffness in the jaw", "turn": "Lower Nowhere", "reason": `the word \"jaw\"`, "feedback": "only in the mornings",
		"id": "1234567890123", "message": "99003", "channel": "88002", "direct channel": "66001", "direct message": "66002",
		"asker": b.keys.Pseudonym("anna"), "asker in base64": base64.StdEncoding.EncodeToString([]byte(b.keys.Pseudonym("anna")))[:40],
		"Discord id": "annas-id", "payload": "a job in the queue",
	}
}

// TestForget looks into the bytes of every file: nothing of a person is
// readable in the database even before, and afterwards not even with the keys.
func TestForget(t *testing.T) {
	ctx, b := t.Context(), open(t, t.TempDir())
	anna := b.keys.Pseudonym("anna")
	direct := full(b, "1234567890123", "anna")
	direct.Question.Place = spsbot.Place{Channel: "66001", Message: "99003", Surface: spsbot.SurfaceDirect}
	check(t, b.Append(ctx, direct, noon))
	check(t, b.Shown(ctx, "1234567890123", spsbot.Shown{Channel: "66001", Message: "66002", At: noon}))
	check(t, b.Append(ctx, full(b, "2", "anna"), noon))
	check(t, b.Append(ctx, full(b, "3", "ben"), noon))
	check(t, b.Shown(ctx, "3", spsbot.Shown{Channel: "public", Message: "reply", At: noon}))
	check(t, b.Feedback(ctx, spsbot.Feedback{ID: "3", Asker: anna, Verdict: spsbot.VerdictNotRight, Text: "only in the mornings", At: noon}))
	payload, err := b.keys.Seal(anna, []byte("a job in the queue"), []byte("job 9"))
	check(t, err)
	_, err = b.store.Enqueue(ctx, spsbot.Job{ID: "9", Lane: "questions", Payload: payload})
	check(t, err)
	if mine, err := b.Mine(ctx, anna); len(mine) != 3 || err != nil {
		t.Errorf("before: %d exchanges, %v", len(mine), err)
	}
	for name, mark := range marks(b) {
		if count := findIn(t, b.folder, mark); count != 0 {
			t.Errorf("before forgetting: the %s stands %d times in the files", name, count)
		}
	}
	keysBefore, err := os.ReadFile(filepath.Join(b.folder, "keys", "people.keys"))
	check(t, err)

	count, err := b.Forget(ctx, anna)
	check(t, err)
	if count != 4 { // two records, where the direct message stands, one feedback
		t.Errorf("the handle was taken from %d entries, want 4", count)
	}
	for range 2 { // at once, and from the files
		afterForget(t, b, payload)
		folder := b.folder
		b.close(t)
		b = open(t, folder)
	}
	// The old key of anna is nowhere; ben's still is (the control of the look).
	first, second := string(keysBefore[64+24:64+56]), string(keysBefore[128+24:128+56])
	if gone, left := findIn(t, b.folder, first), findIn(t, b.folder, second); gone != 0 || left != 1 {
		t.Errorf("the destroyed key stands %d times in the files, another one %d times", gone, left)
	}
	b.close(t)
}

func afterForget(t *testing.T, b *bench, payload []byte) {
	t.Helper()
	ctx, anna := t.Context(), b.keys.Pseudonym("anna")
	if mine, err := b.Mine(ctx, anna); len(mine) != 0 || err != nil {
		t.Errorf("after: %d exchanges of hers, %v", len(mine), err)
	}
	if _, err := b.keys.Open(payload, []byte("job 9")); !errors.Is(err, spsbot.ErrForgotten) {
		t.Errorf("the job's payload: %v", err)
	}
	all := list(t, b, review.Filter{})
	if len(all) != 3 {
		t.Fatalf("%d exchanges are left, want 3", len(all))
	}
	for i, exchange := range all {
		text, err := json.Marshal(exchange)
		check(t, err)
		for _, mark := range []string{anna, "only in the mornings", "Lower Nowhere", "66001", "66002"} {
			if strings.Contains(string(text), mark) && (i < 2 || mark != "Lower Nowhere") { // ben lives there, too
				t.Errorf("exchange %d still tells %q: %s", i, mark, text)
			}
		}
		if exchange.Forgotten != (i < 2) {
			t.Errorf("exchange %d: forgotten %v", i, exchange.Forgotten)
		}
		// The rest is kept.
		if exchange.Record.Route != spsbot.RouteAnswer || len(exchange.Record.Sentences) != 1 || exchange.Record.Text == "" {
			t.Errorf("exchange %d lost what was to be kept: %s", i, text)
		}
	}
	if len(all[0].Shown) != 1 || all[0].Shown[0].Message != "" || all[2].Shown[0].Message != "reply" {
		t.Errorf("shown: %+v and %+v", all[0].Shown, all[2].Shown)
	}
	if len(all[2].Feedback) != 1 || all[2].Feedback[0].Verdict != spsbot.VerdictNotRight {
		t.Errorf("feedback: %+v", all[2].Feedback)
	}
}

// What comes after forgetting: followers of a forgotten question, and a person
// who asks again.
func TestAfterForgetting(t *testing.T) {
	ctx, b := t.Context(), open(t, t.TempDir())
	defer b.close(t)
	anna := b.keys.Pseudonym("anna")
	direct := full(b, "1", "anna")
	direct.Question.Place.Server = ""
	check(t, b.Append(ctx, direct, noon))
	_, err := b.Forget(ctx, anna)
	check(t, err)
	check(t, b.Shown(ctx, "1", spsbot.Shown{Channel: "66001", Message: "66002", At: noon}))
	check(t, b.Event(ctx, spsbot.Event{ID: "1", Kind: spsbot.EventRemoved, At: noon}))
	if got, err := b.Get(ctx, "1"); err != nil || got.Shown[0].Message != "" || got.Status != spsbot.StatusRemoved {
		t.Errorf("got %+v, %v", got, err)
	}
	check(t, b.Append(ctx, full(b, "2", "anna"), noon))
	if mine, err := b.Mine(ctx, anna); len(mine) != 1 || err != nil || mine[0].Record.Question.ID != "2" {
		t.Errorf("mine: %+v, %v", mine, err)
	}
	if count, err := b.Forget(ctx, b.keys.Pseudonym("nobody")); count != 0 || err != nil {
		t.Errorf("forget nobody: %d, %v", count, err)
	}
}

// Mine shows a person what is theirs, and nothing that others wrote.
func TestMine(t *testing.T) {
	ctx, b := t.Context(), open(t, t.TempDir())
	defer b.close(t)
	anna, ben := b.keys.Pseudonym("anna"), b.keys.Pseudonym("ben")
	check(t, b.Append(ctx, full(b, "1", "anna"), noon))
	check(t, b.Append(ctx, full(b, "2", "ben"), noon))
	check(t, b.Feedback(ctx, spsbot.Feedback{ID: "1", Asker: ben, Verdict: spsbot.VerdictHelpful, Text: "from ben", At: noon}))
	check(t, b.Feedback(ctx, spsbot.Feedback{ID: "2", Asker: anna, Verdict: spsbot.VerdictHelpful, Text: "from anna", At: noon}))
	mine, err := b.Mine(ctx, anna)
	check(t, err)
	if len(mine) != 2 {
		t.Fatalf("%d exchanges, want 2", len(mine))
	}
	if own := mine[0]; own.Record.Question.Text == "" || len(own.Feedback) != 0 {
		t.Errorf("her own: %+v", own)
	}
	others := mine[1]
	text, err := json.Marshal(others)
	check(t, err)
	if len(others.Feedback) != 1 || others.Feedback[0].Text != "from anna" || strings.Contains(string(text), ben) || others.Record.Question.Text != "" {
		t.Errorf("on another's: %s", text)
	}
}

func TestSweep(t *testing.T) {
	ctx, b := t.Context(), open(t, t.TempDir())
	defer b.close(t)
	today := time.Now()
	old := full(b, "1", "old")
	check(t, b.Append(ctx, old, today.Add(-181*24*time.Hour)))
	check(t, b.Append(ctx, full(b, "2", "young"), today.Add(-179*24*time.Hour)))
	left := full(b, "3", "left")
	left.Question.Place.Server = "left"
	check(t, b.Append(ctx, left, today.Add(-40*24*time.Hour)))
	check(t, b.Event(ctx, spsbot.Event{ID: "3", Kind: spsbot.EventDeleted, At: today}))
	check(t, b.RemoveServer(ctx, "left", today.Add(-31*24*time.Hour)))
	back := full(b, "4", "back")
	back.Question.Place.Server = "back"
	check(t, b.Append(ctx, back, today.Add(-40*24*time.Hour)))
	check(t, b.RemoveServer(ctx, "back", today.Add(-35*24*time.Hour)))
	check(t, b.KeepServer(ctx, "back", today.Add(-34*24*time.Hour)))
	recent := full(b, "5", "recent")
	recent.Question.Place.Server = "recent"
	check(t, b.Append(ctx, recent, today.Add(-40*24*time.Hour)))
	check(t, b.RemoveServer(ctx, "recent", today.Add(-29*24*time.Hour)))
	check(t, b.RemoveServer(ctx, "recent", today)) // said twice: the first time counts
	check(t, b.KeepServer(ctx, "77001", today))    // never left: nothing is written

	swept, err := b.Sweep(ctx, today)
	check(t, err)
	if want := (review.Swept{Entries: 1, ServerEntries: 3}); swept != want {
		t.Errorf("got %+v, want %+v", swept, want)
	}
	ids := ""
	for _, exchange := range list(t, b, review.Filter{}) {
		ids += exchange.Record.Question.ID
	}
	if ids != "245" {
		t.Errorf("left %q, want 245", ids)
	}
	// Two days later nobody has used the keys of those of whom nothing is left: old, young, left and recent.
	if swept, err = b.Sweep(ctx, today.Add(48*time.Hour)); err != nil || swept.Keys != 4 || swept.ServerEntries != 2 || swept.Entries != 1 {
		t.Errorf("later: got %+v, %v", swept, err)
	}
	if _, known := b.keys.Handle(b.keys.Pseudonym("old")); known {
		t.Error("the key of somebody of whom nothing is left is still there")
	}
	if _, known := b.keys.Handle(b.keys.Pseudonym("back")); !known {
		t.Error("a key that is needed is gone")
	}
}

// What the first version wrote has to be read for as long as it is kept.
func TestEntriesOfTheFirstVersion(t *testing.T) {
	ctx, b := t.Context(), open(t, t.TempDir())
	defer b.close(t)
	asker := b.keys.Pseudonym("anna")
	sealed, err := b.keys.Seal(asker, []byte(`{"id":"7","asker":"`+asker+`","asked":"2026-03-01T11:59:59Z","channel":"c","message":"m","text":"question","turns":["before"],"why":["because"]}`),
		[]byte("record "+b.Reference("7")))
	check(t, err)
	data := `{"record":{"question":{"place":{"server":"s","surface":"mention"},"language":"en"},"route":"answer","sentences":[{"text":"one","citations":[1]}],
		"citations":[{"n":1,"source":"x"}],"evidence":[{"passage":"x#1","score":2}],"took_ns":5,"timings_ns":{"route":1},"an_older_field":1},"sealed":"` + base64.StdEncoding.EncodeToString(sealed) + `"}`
	check(t, b.store.Append(ctx, spsbot.Entry{Subject: b.Reference("7"), Kind: "record", At: noon, Status: "logged", Data: []byte(data)}))
	got, err := b.Get(ctx, "7")
	check(t, err)
	q := got.Record.Question
	if q.ID != "7" || q.Asker != asker || q.Asked.IsZero() || q.Place != (spsbot.Place{Server: "s", Channel: "c", Message: "m", Surface: "mention"}) ||
		q.Text != "question" || q.Turns[0] != "before" || got.Record.Why[0] != "because" || got.Record.Evidence[0].Score != 2 ||
		got.Record.Took != 5 || got.Record.Timings["route"] != 1 || got.Record.Citations[0].Source != "x" {
		t.Errorf("got %+v", got)
	}
}

// A damaged entry is an error that names it, never a panic and never silence.
func TestDamagedEntries(t *testing.T) {
	ctx, b := t.Context(), open(t, t.TempDir())
	defer b.close(t)
	for i, data := range []string{"", "{", `{"record":3}`, `{"sealed":"AAAA"}`} {
		id := string(rune('a' + i))
		check(t, b.store.Append(ctx, spsbot.Entry{Subject: b.Reference(id), Kind: "record", At: noon, Data: []byte(data)}))
		if _, err := b.Get(ctx, id); err == nil || !strings.Contains(err.Error(), "entry") && !strings.Contains(err.Error(), "damaged") {
			t.Errorf("%q: got %v", data, err)
		}
	}
}

// Without the keys a copy of the database tells nothing.
func TestWithoutTheKeys(t *testing.T) {
	ctx, b := t.Context(), open(t, t.TempDir())
	defer b.close(t)
	check(t, b.Append(ctx, full(b, "1", "anna"), noon))
	stranger, err := keyring.Open(filepath.Join(t.TempDir(), "keys"))
	check(t, err)
	defer func() { check(t, stranger.Close()) }()
	count := 0
	for exchange, err := range review.NewReader(b.store, stranger).List(ctx, review.Filter{}) {
		check(t, err)
		count++
		if !exchange.Forgotten || exchange.Record.Question.Text != "" || exchange.Record.Question.Asker != "" {
			t.Errorf("read without the keys: %+v", exchange)
		}
	}
	if count != 1 {
		t.Errorf("%d exchanges, want 1", count)
	}
}
