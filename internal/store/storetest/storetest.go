// Package storetest is the suite that every store must pass: each promise of
// package store as a test, most of them with several workers at once. It must
// never know which store it tests.
package storetest

import (
	"context"
	"testing"
	"time"

	"spsbot"
	"spsbot/internal/store"
)

// Limits are what a store under test has to be opened with.
type Limits struct {
	// Depth is the most jobs that a lane holds, Deliveries how often a job is
	// given out before it is exhausted.
	Depth, Deliveries int
}

// Open opens the store of a place; the same place again is the same store. The
// place is an empty folder that the test owns; a store elsewhere takes its name.
type Open func(t *testing.T, place string, limits Limits) store.Store

// usual are limits that no test reaches by accident.
func usual() Limits { return Limits{Depth: 10_000, Deliveries: 1_000} }

// Times of the tests. A lease that has to end is short, one that must not end
// is long; the machine may be slow.
const (
	shortLease = 60 * time.Millisecond
	longLease  = time.Hour
	patience   = 20 * time.Second
)

// Run runs the whole suite.
func Run(t *testing.T, open Open) {
	for name, test := range map[string]func(*testing.T, Open){
		"accepted once":            acceptedOnce,
		"oldest first by lane":     oldestFirst,
		"leases end":               leasesEnd,
		"exhausted":                exhausted,
		"first outcome wins":       firstOutcomeWins,
		"settle what is not there": settleUnknown,
		"acknowledged":             acknowledged,
		"depth limit":              depthLimit,
		"wait":                     wait,
		"many workers":             manyWorkers,
		"what stays":               whatStays,
		"nothing by halves":        nothingByHalves,
		"closed":                   closed,
		"log queries":              logQueries,
		"log pages":                logPages,
		"log erase":                logErase,
		"log disown":               logDisown,
		"log inside log":           logInsideLog,
		"values":                   values,
		"counters":                 counters,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, open)
		})
	}
}

// fresh opens an empty store for one test.
func fresh(t *testing.T, open Open, limits Limits) store.Store {
	t.Helper()
	s := open(t, t.TempDir(), limits)
	t.Cleanup(func() { must(t, s.Close()) })
	return s
}

// patient is a context that ends when something hangs.
func patient(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	t.Cleanup(cancel)
	return ctx
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// enqueue accepts a job that has to be fresh.
func enqueue(ctx context.Context, t *testing.T, s store.Queue, id, lane string) {
	t.Helper()
	ok, err := s.Enqueue(ctx, spsbot.Job{ID: id, Lane: lane, Payload: []byte("payload of " + id)})
	must(t, err)
	if !ok {
		t.Fatalf("job %s was known before", id)
	}
}

// claim claims a job that has to be there.
func claim(ctx context.Context, t *testing.T, s store.Queue, lane string, lease time.Duration) spsbot.Job {
	t.Helper()
	job, ok, err := s.Claim(ctx, "worker", lane, lease)
	must(t, err)
	if !ok {
		t.Fatalf("lane %s has nothing to claim", lane)
	}
	return job
}

// nothing holds that a lane has nothing to claim.
func nothing(ctx context.Context, t *testing.T, s store.Queue, lane string) {
	t.Helper()
	job, ok, err := s.Claim(ctx, "worker", lane, longLease)
	must(t, err)
	if ok {
		t.Fatalf("lane %s gave out %s", lane, job.ID)
	}
}

// entries returns what a query selects.
func entries(ctx context.Context, t *testing.T, s store.Log, query spsbot.EntryQuery) []spsbot.Entry {
	t.Helper()
	var all []spsbot.Entry
	for entry, err := range s.Scan(ctx, query) {
		must(t, err)
		all = append(all, entry)
	}
	return all
}
