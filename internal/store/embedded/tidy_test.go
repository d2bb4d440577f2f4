package embedded

import (
	"testing"
	"time"

	"spsbot"
)

// What is over is forgotten, and what is not stays.
func TestTidy(t *testing.T) {
	ctx := t.Context()
	s, err := Open(ctx, t.TempDir(), Options{Memory: time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}()
	accept := func() bool {
		fresh, err := s.Enqueue(ctx, spsbot.Job{ID: "one", Lane: "a"})
		if err != nil {
			t.Fatal(err)
		}
		return fresh
	}
	accept()
	count := func(key string) int64 {
		count, err := s.Increment(ctx, key, time.Hour)
		if err != nil {
			t.Fatal(err)
		}
		return count
	}
	count("k")
	for _, step := range []struct {
		after   time.Duration
		ack     bool
		fresh   bool
		counter int64
	}{
		{after: 2 * time.Hour, fresh: false, counter: 1}, // not acknowledged: kept for good
		{after: 30 * time.Minute, ack: true, fresh: false, counter: 2},
		{after: 61 * time.Minute, fresh: true, counter: 1},
	} {
		if step.ack {
			if err := s.Acknowledge(ctx, "one"); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.tidy(ctx, time.Now().Add(step.after)); err != nil {
			t.Fatal(err)
		}
		if fresh := accept(); fresh != step.fresh {
			t.Errorf("after %v: fresh %v", step.after, fresh)
		}
		if got := count("k"); got != step.counter {
			t.Errorf("after %v: the counter is at %d, want %d", step.after, got, step.counter)
		}
	}
}
