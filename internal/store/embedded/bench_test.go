package embedded_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"spsbot"
	"spsbot/internal/store/embedded"
)

// BenchmarkCommit measures durable writes of a payload of 1 kB: with more
// writers more of them share a sync.
func BenchmarkCommit(b *testing.B) {
	for _, writers := range []int{1, 4, 16, 64} {
		b.Run(fmt.Sprint("writers=", writers), func(b *testing.B) {
			s := open(b, b.TempDir(), embedded.Options{DepthLimit: 1 << 30})
			defer func() {
				if err := s.Close(); err != nil {
					b.Error(err)
				}
			}()
			payload := make([]byte, 1024)
			var next atomic.Int64
			share(b, writers, func() error {
				_, err := s.Enqueue(b.Context(), spsbot.Job{ID: fmt.Sprint(next.Add(1)), Lane: fmt.Sprint(b.N), Payload: payload})
				return err
			})
		})
	}
}

// BenchmarkQuestion measures the whole way of a question through the store:
// enqueue, claim, settle, acknowledge.
func BenchmarkQuestion(b *testing.B) {
	for _, workers := range []int{1, 16} {
		b.Run(fmt.Sprint("workers=", workers), func(b *testing.B) {
			s := open(b, b.TempDir(), embedded.Options{})
			defer func() {
				if err := s.Close(); err != nil {
					b.Error(err)
				}
			}()
			payload, outcome := make([]byte, 1024), make([]byte, 4096)
			var next atomic.Int64
			share(b, workers, func() error {
				ctx := b.Context()
				if _, err := s.Enqueue(ctx, spsbot.Job{ID: fmt.Sprint(next.Add(1)), Lane: "a", Payload: payload}); err != nil {
					return err
				}
				job, ok, err := s.Claim(ctx, "worker", "a", time.Hour)
				if err != nil || !ok {
					return fmt.Errorf("claim: %v, %w", ok, err)
				}
				entry := spsbot.Entry{Subject: job.ID, Kind: "record", At: time.Now(), Person: "p", Data: outcome}
				if _, err := s.Settle(ctx, job.ID, outcome, entry); err != nil {
					return err
				}
				return s.Acknowledge(ctx, job.ID)
			})
		})
	}
}

// share spreads b.N calls over some goroutines and reports calls a second.
func share(b *testing.B, goroutines int, call func() error) {
	b.Helper()
	var left atomic.Int64
	left.Store(int64(b.N))
	var group sync.WaitGroup
	b.ResetTimer()
	for range goroutines {
		group.Go(func() {
			for left.Add(-1) >= 0 {
				if err := call(); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	group.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "calls/s")
}
