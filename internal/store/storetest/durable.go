package storetest

import (
	"context"
	"errors"
	"testing"
	"time"

	"spsbot"
)

// whatStays opens a place again and finds everything in it but leases.
func whatStays(t *testing.T, open Open) {
	ctx, place := patient(t), t.TempDir()
	s := open(t, place, usual())
	enqueue(ctx, t, s, "done", "a")
	must(t, s.Acknowledge(ctx, "done"))
	enqueue(ctx, t, s, "settled", "a")
	claim(ctx, t, s, "a", shortLease)
	_, err := s.Settle(ctx, "settled", []byte("outcome"), spsbot.Entry{Subject: "settled", Kind: "record", At: time.Now()})
	must(t, err)
	must(t, s.Put(ctx, "key", []byte("value"), 0))
	must(t, s.Close())

	s = open(t, place, usual())
	defer func() { must(t, s.Close()) }()
	if ok, err := s.Enqueue(ctx, spsbot.Job{ID: "done", Lane: "a"}); ok || err != nil {
		t.Errorf("an acknowledged job: fresh %v, %v", ok, err)
	}
	must(t, s.Wait(ctx, "a"))
	job := claim(ctx, t, s, "a", longLease)
	if job.ID != "settled" || job.Deliveries != 2 || string(job.Outcome) != "outcome" || string(job.Payload) != "payload of settled" {
		t.Errorf("got %+v, want the settled job's second delivery", job)
	}
	if logged := entries(ctx, t, s, spsbot.EntryQuery{}); len(logged) != 1 {
		t.Errorf("%d entries, want 1", len(logged))
	}
	if value, ok, err := s.Get(ctx, "key"); string(value) != "value" || !ok || err != nil {
		t.Errorf("the value is %q, %v, %v", value, ok, err)
	}
}

// nothingByHalves holds that a call whose context has ended does nothing.
func nothingByHalves(t *testing.T, open Open) {
	ctx, s := patient(t), fresh(t, open, usual())
	over, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := s.Enqueue(over, spsbot.Job{ID: "one", Lane: "a"}); !errors.Is(err, context.Canceled) {
		t.Errorf("enqueue: %v", err)
	}
	if _, ok, err := s.Peek(ctx, "one"); ok || err != nil {
		t.Errorf("the job is there: %v, %v", ok, err)
	}
	enqueue(ctx, t, s, "two", "a")
	if _, _, err := s.Claim(over, "worker", "a", longLease); !errors.Is(err, context.Canceled) {
		t.Errorf("claim: %v", err)
	}
	if _, err := s.Settle(over, "two", []byte("x"), spsbot.Entry{Kind: "record"}); !errors.Is(err, context.Canceled) {
		t.Errorf("settle: %v", err)
	}
	if err := s.Put(over, "key", []byte("x"), 0); !errors.Is(err, context.Canceled) {
		t.Errorf("put: %v", err)
	}
	if job := claim(ctx, t, s, "a", longLease); job.Deliveries != 1 || job.Outcome != nil {
		t.Errorf("got %+v, want the first delivery without an outcome", job)
	}
}

// closed holds that closing wakes who waits and refuses what comes later.
func closed(t *testing.T, open Open) {
	ctx := patient(t)
	s := open(t, t.TempDir(), usual())
	waited := make(chan error, 1)
	go func() { waited <- s.Wait(ctx, "a") }()
	time.Sleep(shortLease / 2)
	must(t, s.Close())
	if err := <-waited; !errors.Is(err, spsbot.ErrClosed) {
		t.Errorf("waiting ended with %v", err)
	}
	if _, err := s.Enqueue(ctx, spsbot.Job{ID: "one", Lane: "a"}); !errors.Is(err, spsbot.ErrClosed) {
		t.Errorf("enqueue: %v", err)
	}
	if err := s.Append(ctx, spsbot.Entry{Kind: "record"}); !errors.Is(err, spsbot.ErrClosed) {
		t.Errorf("append: %v", err)
	}
	must(t, s.Close())
}
