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
	"spsbot/internal/store"
)

// ledger is what the workers of a test saw.
type ledger struct {
	mutex   sync.Mutex
	claims  map[string]map[int]span // the times of each delivery of a job
	settled map[string][]string     // the winners that its workers were told
}

// span is from when a claim was begun to when it was granted.
type span struct{ begun, granted time.Time }

// manyWorkers lets eight workers fail at random; in the end every job was
// settled once and nobody held a job that another one held.
func manyWorkers(t *testing.T, open Open) {
	const jobs, workers = 120, 8
	ctx, s := patient(t), fresh(t, open, usual())
	book := &ledger{claims: map[string]map[int]span{}, settled: map[string][]string{}}
	var group sync.WaitGroup
	for i := range workers {
		group.Go(func() { book.work(ctx, t, s, i, jobs) })
	}
	for i := range jobs {
		enqueue(ctx, t, s, fmt.Sprint("job", i), "a")
	}
	group.Wait()
	book.checkLeases(t)
	logged := map[string]int{}
	for _, entry := range entries(ctx, t, s, spsbot.EntryQuery{}) {
		logged[entry.Subject]++
	}
	for i := range jobs {
		id := fmt.Sprint("job", i)
		winners := slices.Compact(book.settled[id])
		if len(winners) != 1 || logged[id] != 1 {
			t.Errorf("%s: %d winners, %d entries, want 1 and 1", id, len(winners), logged[id])
		}
	}
}

// work claims until all jobs are acknowledged; now and then it gives up after
// the claim or after settling.
func (l *ledger) work(ctx context.Context, t *testing.T, s store.Queue, worker, jobs int) {
	name := fmt.Sprint("worker", worker)
	for turn := worker; ; turn++ {
		begun := time.Now()
		job, ok, err := s.Claim(ctx, name, "a", shortLease)
		if err != nil {
			t.Error(err)
			return
		}
		if !ok {
			if l.finished(ctx, t, s, jobs) {
				return
			}
			time.Sleep(shortLease / 20)
			continue
		}
		l.claimed(job, begun)
		if turn%5 == 0 {
			continue
		}
		winner, err := s.Settle(ctx, job.ID, []byte(name), spsbot.Entry{Subject: job.ID, Kind: "record", At: time.Now()})
		if errors.Is(err, spsbot.ErrUnknown) { // the lease ended and somebody else was faster
			continue
		}
		if err != nil {
			t.Error(err)
			return
		}
		l.mutex.Lock()
		l.settled[job.ID] = append(l.settled[job.ID], string(winner))
		l.mutex.Unlock()
		if turn%7 == 0 {
			continue
		}
		if err := s.Acknowledge(ctx, job.ID); err != nil {
			t.Error(err)
			return
		}
	}
}

func (l *ledger) claimed(job spsbot.Job, begun time.Time) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if l.claims[job.ID] == nil {
		l.claims[job.ID] = map[int]span{}
	}
	l.claims[job.ID][job.Deliveries] = span{begun, time.Now()}
}

// checkLeases holds that each job was delivered in order, and never while the
// lease held that began, at the earliest, when the delivery before was begun.
// Stores count in milliseconds.
func (l *ledger) checkLeases(t *testing.T) {
	for id, claims := range l.claims {
		for delivery := 2; delivery <= len(claims); delivery++ {
			before, after := claims[delivery-1], claims[delivery]
			if early := shortLease - after.granted.Sub(before.begun); early > 2*time.Millisecond {
				t.Errorf("%s: delivery %d came %v too early (of %d)", id, delivery, early, len(claims))
			}
		}
	}
}

func (l *ledger) finished(ctx context.Context, t *testing.T, s store.Queue, jobs int) bool {
	for i := range jobs {
		job, ok, err := s.Peek(ctx, fmt.Sprint("job", i))
		if err != nil {
			t.Error(err)
			return true
		}
		if !ok || !job.Acknowledged {
			return false
		}
	}
	return true
}
