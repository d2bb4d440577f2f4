package storetest

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"spsbot"
	"spsbot/internal/store"
)

// day is the n-th day of the tests' calendar.
func day(n int) time.Time { return time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC).AddDate(0, 0, n) }

// sample is a small log; its entries are known by their subjects.
func sample() []spsbot.Entry {
	return []spsbot.Entry{
		{Subject: "a", Kind: "record", At: day(0), Server: "1", Route: spsbot.RouteAnswer, Status: "logged", Person: "anna", Data: []byte("one")},
		{Subject: "b", Kind: "record", At: day(1), Server: "2", Route: spsbot.RouteDosing, Status: "logged", Person: "ben", Data: []byte("two")},
		{Subject: "c", Kind: "shown", At: day(2), Server: "1", Route: spsbot.RouteAnswer, Status: "shown", Data: []byte{0, 255}},
		{Subject: "d", Kind: "record", At: day(3), Route: spsbot.RouteAnswer, Status: "logged", Person: "anna"},
	}
}

func sampled(t *testing.T, open Open) (context.Context, store.Store) {
	t.Helper()
	ctx, s := patient(t), fresh(t, open, usual())
	must(t, s.Append(ctx, sample()[:1]...))
	must(t, s.Append(ctx, sample()[1:]...))
	return ctx, s
}

func subjects(all []spsbot.Entry) string {
	text := ""
	for _, entry := range all {
		text += entry.Subject
	}
	return text
}

func logQueries(t *testing.T, open Open) {
	ctx, s := sampled(t, open)
	for i, got := range entries(ctx, t, s, spsbot.EntryQuery{}) {
		want := sample()[i]
		same := got.Subject == want.Subject && got.Kind == want.Kind && got.At.Equal(want.At) && got.Server == want.Server &&
			got.Route == want.Route && got.Status == want.Status && got.Person == want.Person && slices.Equal(got.Data, want.Data)
		if !same || got.Number <= 0 {
			t.Errorf("got %+v, want %+v", got, want)
		}
	}
	for want, query := range map[string]spsbot.EntryQuery{
		"abcd": {},
		"dcba": {Newest: true},
		"dc":   {Newest: true, Limit: 2},
		"bd":   {Subjects: []string{"d", "b", "nobody"}},
		"abd":  {Kind: "record"},
		"bcd":  {Since: day(1)},
		"ab":   {Until: day(2)},
		"b":    {Since: day(1), Until: day(2)},
		"ac":   {Server: "1"},
		"acd":  {Route: spsbot.RouteAnswer},
		"c":    {Status: "shown"},
		"ad":   {Person: "anna"},
		"d":    {Person: "anna", Since: day(1), Kind: "record"},
		"":     {Server: "3"},
	} {
		if got := subjects(entries(ctx, t, s, query)); got != want {
			t.Errorf("%+v: got %q, want %q", query, got, want)
		}
	}
}

func logPages(t *testing.T, open Open) {
	ctx, s := patient(t), fresh(t, open, usual())
	var all []spsbot.Entry
	for i := range 25 {
		all = append(all, spsbot.Entry{Subject: fmt.Sprint(i, " "), Kind: "record", At: day(i)})
	}
	must(t, s.Append(ctx, all...))
	for _, newest := range []bool{false, true} {
		query := spsbot.EntryQuery{Newest: newest, Limit: 10}
		var got []string
		for {
			page := entries(ctx, t, s, query)
			for _, entry := range page {
				got = append(got, entry.Subject)
			}
			if len(page) < query.Limit {
				break
			}
			query.Beyond = page[len(page)-1].Number
		}
		if newest {
			slices.Reverse(got)
		}
		for i := range all {
			if len(got) != len(all) || got[i] != all[i].Subject {
				t.Fatalf("newest %v: got %q", newest, got)
			}
		}
	}
}

func logErase(t *testing.T, open Open) {
	ctx, s := sampled(t, open)
	if _, err := s.Erase(ctx, spsbot.EntryQuery{}); err == nil {
		t.Error("everything was erased by an empty query")
	}
	count, err := s.Erase(ctx, spsbot.EntryQuery{Until: day(2), Server: "1"})
	must(t, err)
	if got := subjects(entries(ctx, t, s, spsbot.EntryQuery{})); count != 1 || got != "bcd" {
		t.Errorf("erased %d, left %q", count, got)
	}
	highest := entries(ctx, t, s, spsbot.EntryQuery{Newest: true, Limit: 1})[0].Number
	_, err = s.Erase(ctx, spsbot.EntryQuery{Subjects: []string{"d"}})
	must(t, err)
	must(t, s.Append(ctx, spsbot.Entry{Subject: "e", Kind: "record", At: day(4)}))
	if last := entries(ctx, t, s, spsbot.EntryQuery{Newest: true, Limit: 1})[0]; last.Number <= highest {
		t.Errorf("number %d was given again after the erasure of %d", last.Number, highest)
	}
	var many []spsbot.Entry
	for range 1_200 {
		many = append(many, spsbot.Entry{Subject: "m", Kind: "many", At: day(5)})
	}
	must(t, s.Append(ctx, many...))
	if count, err = s.Erase(ctx, spsbot.EntryQuery{Kind: "many"}); err != nil || count != len(many) {
		t.Errorf("erased %d of %d, %v", count, len(many), err)
	}
}

func logDisown(t *testing.T, open Open) {
	ctx, s := sampled(t, open)
	count, err := s.Disown(ctx, "anna")
	must(t, err)
	if count != 2 {
		t.Errorf("%d entries, want 2", count)
	}
	if left := entries(ctx, t, s, spsbot.EntryQuery{Person: "anna"}); len(left) != 0 {
		t.Errorf("left %+v", left)
	}
	after := entries(ctx, t, s, spsbot.EntryQuery{})
	if subjects(after) != "abcd" || after[1].Person != "ben" || string(after[0].Data) != "one" {
		t.Errorf("something else was changed: %+v", after)
	}
	if count, err = s.Disown(ctx, ""); count != 0 || err != nil {
		t.Errorf("disown nobody: %d, %v", count, err)
	}
}

// logInsideLog reads and writes while it reads.
func logInsideLog(t *testing.T, open Open) {
	ctx, s := sampled(t, open)
	seen := ""
	for outer, err := range s.Scan(ctx, spsbot.EntryQuery{}) {
		must(t, err)
		for inner, err := range s.Scan(ctx, spsbot.EntryQuery{Subjects: []string{outer.Subject}, Limit: 1}) {
			must(t, err)
			seen += inner.Subject
		}
		if outer.Subject == "a" {
			must(t, s.Append(ctx, spsbot.Entry{Subject: "z", Kind: "record", At: day(9)}))
		}
		if outer.Subject == "d" {
			break
		}
	}
	if seen != "abcd" {
		t.Errorf("saw %q", seen)
	}
}
