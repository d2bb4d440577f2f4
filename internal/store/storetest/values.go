package storetest

import (
	"sync"
	"testing"
	"time"
)

func values(t *testing.T, open Open) {
	ctx, s := patient(t), fresh(t, open, usual())
	get := func(key, want string, wantOK bool) {
		t.Helper()
		value, ok, err := s.Get(ctx, key)
		must(t, err)
		if string(value) != want || ok != wantOK {
			t.Errorf("%s: got %q, %v, want %q, %v", key, value, ok, want, wantOK)
		}
	}
	get("k", "", false)
	must(t, s.Put(ctx, "k", []byte("one"), 0))
	must(t, s.Put(ctx, "other", []byte{}, 0))
	get("k", "one", true)
	get("other", "", true)
	begun := time.Now()
	must(t, s.Put(ctx, "k", []byte("two"), shortLease))
	value, ok, err := s.Get(ctx, "k")
	must(t, err)
	if ok != (string(value) == "two") || !ok && time.Since(begun) < shortLease {
		t.Errorf("within its time: %q, %v", value, ok)
	}
	time.Sleep(shortLease + 10*time.Millisecond)
	get("k", "", false)
	must(t, s.Put(ctx, "k", []byte("three"), 0))
	time.Sleep(shortLease)
	get("k", "three", true) // the old time to live is gone with the old value
	must(t, s.Delete(ctx, "k"))
	must(t, s.Delete(ctx, "k"))
	get("k", "", false)
}

func counters(t *testing.T, open Open) {
	ctx, s := patient(t), fresh(t, open, usual())
	var group sync.WaitGroup
	var mutex sync.Mutex
	seen := map[int64]bool{}
	for range 50 {
		group.Go(func() {
			count, err := s.Increment(ctx, "k", time.Hour)
			if err != nil {
				t.Error(err)
			}
			mutex.Lock()
			seen[count] = true
			mutex.Unlock()
		})
	}
	group.Wait()
	if len(seen) != 50 || !seen[1] || !seen[50] {
		t.Errorf("50 increments gave %d different counts", len(seen))
	}
	if count, err := s.Increment(ctx, "other", shortLease); count != 1 || err != nil {
		t.Errorf("another counter: %d, %v", count, err)
	}
	time.Sleep(shortLease + 10*time.Millisecond)
	if count, err := s.Increment(ctx, "other", shortLease); count != 1 || err != nil {
		t.Errorf("after its time: %d, %v", count, err)
	}
	if _, err := s.Increment(ctx, "k", 0); err == nil {
		t.Error("a counter without a time to live was taken")
	}
}
