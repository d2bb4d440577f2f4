package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"spsbot"
)

func acceptedOnce(t *testing.T, open Open) {
	ctx, s := patient(t), fresh(t, open, usual())
	var group sync.WaitGroup
	results := make(chan bool, 20)
	for i := range 20 {
		group.Go(func() {
			ok, err := s.Enqueue(ctx, spsbot.Job{ID: "one", Lane: "a", Payload: fmt.Append(nil, i)})
			if err != nil {
				t.Error(err)
			}
			results <- ok
		})
	}
	group.Wait()
	close(results)
	count := 0
	for ok := range results {
		if ok {
			count++
		}
	}
	if count != 1 {
		t.Errorf("%d of 20 calls were told that the job is fresh, want 1", count)
	}
	claim(ctx, t, s, "a", longLease)
	nothing(ctx, t, s, "a")
	for _, bad := range []spsbot.Job{{Lane: "a"}, {ID: "two"}} {
		if _, err := s.Enqueue(ctx, bad); err == nil {
			t.Errorf("%+v was accepted", bad)
		}
	}
}

func oldestFirst(t *testing.T, open Open) {
	ctx, s := patient(t), fresh(t, open, usual())
	begun := time.Now().Add(-time.Second)
	for _, id := range []string{"1", "2", "3"} {
		enqueue(ctx, t, s, "a"+id, "a")
		enqueue(ctx, t, s, "b"+id, "b")
	}
	nothing(ctx, t, s, "c")
	for _, want := range []string{"b1", "b2", "b3"} {
		job := claim(ctx, t, s, "b", longLease)
		if job.ID != want || job.Lane != "b" || string(job.Payload) != "payload of "+want || job.Deliveries != 1 || job.Exhausted || job.Outcome != nil {
			t.Errorf("got %+v, want %s as it was accepted", job, want)
		}
		if job.Accepted.Before(begun) || job.Accepted.After(time.Now().Add(time.Second)) {
			t.Errorf("accepted at %v", job.Accepted)
		}
	}
	nothing(ctx, t, s, "b")
	if job := claim(ctx, t, s, "a", longLease); job.ID != "a1" {
		t.Errorf("got %s, want a1", job.ID)
	}
}

func leasesEnd(t *testing.T, open Open) {
	ctx, s := patient(t), fresh(t, open, usual())
	enqueue(ctx, t, s, "held", "a")
	claim(ctx, t, s, "a", longLease)
	nothing(ctx, t, s, "a")
	enqueue(ctx, t, s, "one", "a")
	claim(ctx, t, s, "a", shortLease)
	must(t, s.Wait(ctx, "a"))
	again := claim(ctx, t, s, "a", shortLease)
	if again.Deliveries != 2 || again.Outcome != nil {
		t.Errorf("got %+v, want the second delivery", again)
	}
	winner, err := s.Settle(ctx, "one", []byte("done"), spsbot.Entry{Subject: "one", Kind: "record", At: time.Now()})
	must(t, err)
	if string(winner) != "done" {
		t.Errorf("the winner is %q", winner)
	}
	must(t, s.Wait(ctx, "a"))
	settled := claim(ctx, t, s, "a", shortLease)
	if string(settled.Outcome) != "done" || settled.Deliveries != 3 {
		t.Errorf("got %+v, want the settled job", settled)
	}
	must(t, s.Acknowledge(ctx, "one"))
	time.Sleep(2 * shortLease)
	nothing(ctx, t, s, "a")
}

func exhausted(t *testing.T, open Open) {
	ctx, s := patient(t), fresh(t, open, Limits{Depth: 10, Deliveries: 3})
	enqueue(ctx, t, s, "poison", "a")
	for delivery := 1; delivery <= 5; delivery++ {
		must(t, s.Wait(ctx, "a"))
		job := claim(ctx, t, s, "a", shortLease)
		if job.Deliveries != delivery || job.Exhausted != (delivery > 3) {
			t.Errorf("delivery %d: got %+v", delivery, job)
		}
	}
	job, ok, err := s.Peek(ctx, "poison")
	must(t, err)
	if !ok || !job.Exhausted || job.Deliveries != 5 {
		t.Errorf("peek: got %+v", job)
	}
}

func firstOutcomeWins(t *testing.T, open Open) {
	ctx, s := patient(t), fresh(t, open, usual())
	enqueue(ctx, t, s, "one", "a")
	claim(ctx, t, s, "a", longLease)
	var group sync.WaitGroup
	winners := make([]string, 20)
	for i := range winners {
		group.Go(func() {
			entry := spsbot.Entry{Subject: "one", Kind: "record", At: time.Now(), Data: fmt.Append(nil, "outcome ", i)}
			winner, err := s.Settle(ctx, "one", fmt.Append(nil, "outcome ", i), entry)
			if err != nil {
				t.Error(err)
			}
			winners[i] = string(winner)
		})
	}
	group.Wait()
	if len(slices.Compact(slices.Clone(winners))) != 1 || winners[0] == "" {
		t.Fatalf("the callers were told different winners: %q", winners)
	}
	logged := entries(ctx, t, s, spsbot.EntryQuery{})
	if len(logged) != 1 || string(logged[0].Data) != winners[0] {
		t.Errorf("logged %+v, want the winner %q alone", logged, winners[0])
	}
	job, _, err := s.Peek(ctx, "one")
	must(t, err)
	if string(job.Outcome) != winners[0] || job.Acknowledged {
		t.Errorf("peek: got %+v", job)
	}
}

func settleUnknown(t *testing.T, open Open) {
	ctx, s := patient(t), fresh(t, open, usual())
	if _, err := s.Settle(ctx, "nobody", []byte("x"), spsbot.Entry{Subject: "s", Kind: "record"}); !errors.Is(err, spsbot.ErrUnknown) {
		t.Errorf("settle an unknown job: %v", err)
	}
	enqueue(ctx, t, s, "one", "a")
	if _, err := s.Settle(ctx, "one", nil, spsbot.Entry{Subject: "s", Kind: "record"}); err == nil {
		t.Error("an empty outcome was taken")
	}
	must(t, s.Acknowledge(ctx, "one"))
	if _, err := s.Settle(ctx, "one", []byte("x"), spsbot.Entry{Subject: "s", Kind: "record"}); !errors.Is(err, spsbot.ErrUnknown) {
		t.Errorf("settle an acknowledged job: %v", err)
	}
	if logged := entries(ctx, t, s, spsbot.EntryQuery{}); len(logged) != 0 {
		t.Errorf("logged %+v", logged)
	}
}

func acknowledged(t *testing.T, open Open) {
	ctx, s := patient(t), fresh(t, open, usual())
	enqueue(ctx, t, s, "one", "a")
	claim(ctx, t, s, "a", shortLease)
	must(t, s.Acknowledge(ctx, "one"))
	must(t, s.Acknowledge(ctx, "one"))
	must(t, s.Acknowledge(ctx, "nobody"))
	job, ok, err := s.Peek(ctx, "one")
	must(t, err)
	if !ok || !job.Acknowledged || len(job.Payload) > 0 || len(job.Outcome) > 0 {
		t.Errorf("got %+v, want the bare id", job)
	}
	again, err := s.Enqueue(ctx, spsbot.Job{ID: "one", Lane: "a"})
	must(t, err)
	if again {
		t.Error("an acknowledged job was accepted again")
	}
	if _, ok, err := s.Peek(ctx, "nobody"); ok || err != nil {
		t.Errorf("peek at nobody: %v, %v", ok, err)
	}
}

func depthLimit(t *testing.T, open Open) {
	ctx, s := patient(t), fresh(t, open, Limits{Depth: 3, Deliveries: 5})
	var group sync.WaitGroup
	var mutex sync.Mutex
	accepted, refused := 0, 0
	for i := range 12 {
		group.Go(func() {
			ok, err := s.Enqueue(ctx, spsbot.Job{ID: fmt.Sprint(i), Lane: "a"})
			mutex.Lock()
			defer mutex.Unlock()
			switch {
			case errors.Is(err, spsbot.ErrFull):
				refused++
			case err == nil && ok:
				accepted++
			default:
				t.Errorf("job %d: %v, %v", i, ok, err)
			}
		})
	}
	group.Wait()
	if accepted != 3 || refused != 9 {
		t.Errorf("accepted %d and refused %d, want 3 and 9", accepted, refused)
	}
	enqueue(ctx, t, s, "elsewhere", "b")
	job := claim(ctx, t, s, "a", longLease)
	if ok, err := s.Enqueue(ctx, spsbot.Job{ID: job.ID, Lane: "a"}); ok || err != nil {
		t.Errorf("a known job at the limit: %v, %v, want false without an error", ok, err)
	}
	must(t, s.Acknowledge(ctx, job.ID))
	enqueue(ctx, t, s, "next", "a")
}

func wait(t *testing.T, open Open) {
	ctx, s := patient(t), fresh(t, open, usual())
	brief, cancel := context.WithTimeout(ctx, shortLease)
	defer cancel()
	if err := s.Wait(brief, "a"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("an empty lane: %v", err)
	}
	waited := make(chan error, 3)
	for range cap(waited) {
		go func() { waited <- s.Wait(ctx, "a") }()
	}
	time.Sleep(shortLease / 2)
	enqueue(ctx, t, s, "elsewhere", "b")
	select {
	case err := <-waited:
		t.Errorf("work in another lane woke a worker: %v", err)
	case <-time.After(shortLease / 2):
	}
	enqueue(ctx, t, s, "one", "a")
	for range cap(waited) {
		must(t, <-waited)
	}
	must(t, s.Wait(ctx, "a")) // it is still there
	begun := time.Now()
	claim(ctx, t, s, "a", shortLease)
	must(t, s.Wait(ctx, "a"))
	if took := time.Since(begun); took < shortLease-2*time.Millisecond {
		t.Errorf("waiting ended %v after the claim, within a lease of %v", took, shortLease)
	}
}
