package main

import (
	"fmt"
	"io/fs"
	"path/filepath"
	"runtime"
	"slices"
	"syscall"
	"time"
)

// fewQueries is the number of queries on which a slow engine is timed when
// there are many passages.
const fewQueries = 100

// result is what was measured of one engine on one corpus.
type result struct {
	name     string
	build    time.Duration // processor time
	bytes    int64
	times    times
	allocs   float64 // per search
	quality  map[string]scores
	passages int
}

// times are the times of single searches, sorted.
type times []time.Duration

// measure times and judges an engine: one pass to warm up, then as many as
// asked for; with none, a slow engine, the first pass counts.
func (r *result) measure(c *corpus, passes int, search func(string, int) ([]int, error)) error {
	r.passages = len(c.passages)
	queries := c.queries
	if passes < 3 && len(c.passages) > 200_000 {
		queries = nil
		for i := range fewQueries {
			queries = append(queries, c.queries[i*len(c.queries)/fewQueries])
		}
		if passes == 0 {
			queries = queries[:fewQueries/10]
		}
	}
	answers := make([][]int, len(queries))
	var before, after runtime.MemStats
	for pass := range passes + 1 {
		runtime.ReadMemStats(&before)
		for i, q := range queries {
			begun := time.Now()
			hits, err := search(q.Text, cutoff)
			took := time.Since(begun)
			if err != nil {
				return err
			}
			answers[i] = hits
			if pass > 0 || passes == 0 {
				r.times = append(r.times, took)
			}
		}
		runtime.ReadMemStats(&after)
	}
	r.allocs = float64(after.Mallocs-before.Mallocs)/float64(len(queries)) - 1 // the list of hits is the bench's own
	slices.Sort(r.times)
	r.quality = map[string]scores{}
	for _, kind := range kinds(queries) {
		var of []query
		var hits [][]int
		for i, q := range queries {
			if q.Kind == kind {
				of, hits = append(of, q), append(hits, answers[i])
			}
		}
		r.quality[kind] = judge(of, c.answers(hits))
	}
	return nil
}

// kinds returns the kinds of queries, sorted.
func kinds(queries []query) []string {
	var out []string
	for _, q := range queries {
		if !slices.Contains(out, q.Kind) {
			out = append(out, q.Kind)
		}
	}
	slices.Sort(out)
	return out
}

// at returns a quantile in microseconds.
func (t times) at(share float64) float64 {
	if len(t) == 0 {
		return 0
	}
	return float64(t[min(int(share*float64(len(t))), len(t)-1)]) / float64(time.Microsecond)
}

// cpuTime returns the processor time that the program has used.
func cpuTime() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// sizeOf returns the bytes of a file or a folder.
func sizeOf(path string) (int64, error) {
	total := int64(0)
	err := filepath.WalkDir(path, func(_ string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err == nil {
			total += info.Size()
		}
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("measure an index: %w", err)
	}
	return total, nil
}
