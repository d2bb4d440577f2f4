package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"spsbot/answer"
	"spsbot/prompts"
	"spsbot/retrieval"
)

const snapshotFile = "own.snapshot"

// printTimes prints the times, with how many times slower than the first engine
// each other one is.
func printTimes(results []*result, _ *result) {
	fmt.Printf("%-14s %12s %12s %12s %10s %14s %12s\n", "", "p50 µs", "p95 µs", "p99 µs", "allocs", "passages/s", "B/passage")
	for _, r := range results {
		fmt.Printf("%-14s %12.1f %12.1f %12.1f %10.1f %14.0f %12.0f\n", r.name, r.times.at(.5), r.times.at(.95), r.times.at(.99),
			r.allocs, float64(r.passages)/r.build.Seconds(), float64(r.bytes)/float64(r.passages))
	}
	own := results[0]
	for _, r := range results[1:] {
		fmt.Printf("%s takes %.1f times as long as own at the median, %.1f at p95, %.1f at p99\n", r.name,
			r.times.at(.5)/own.times.at(.5), r.times.at(.95)/own.times.at(.95), r.times.at(.99)/own.times.at(.99))
	}
	fmt.Printf("(passages/s: of processor time, reading the words included; %d and %d searches timed)\n\n", len(own.times), len(results[len(results)-1].times))
}

func printQuality(results []*result) {
	fmt.Printf("%-14s %-10s %8s %8s %10s %10s %10s\n", "", "queries", "MRR", "nDCG@10", "recall@10", "first", "first 5")
	for _, r := range results {
		for _, kind := range []string{"original", "synonym"} {
			s := r.quality[kind]
			fmt.Printf("%-14s %-10s %8.3f %8.3f %10.3f %10.3f %10.3f\n", r.name, kind, s.mrr, s.ndcg, s.recall, s.first, s.five)
		}
	}
	fmt.Println()
}

func printDifference(nameA string, a *result, nameB string, b *result) {
	for _, kind := range []string{"original", "synonym"} {
		mean, low, high := bootstrap(a.quality[kind].each, b.quality[kind].each)
		fmt.Printf("nDCG@10 of %s less that of %s, %s queries: %+.4f (95%% %+.4f to %+.4f, paired bootstrap)\n", nameA, nameB, kind, mean, low, high)
	}
}

// printKinds measures what "spsbot search" shows: one passage of each answer
// before further ones.
func printKinds(c *corpus, set *retrieval.Set) error {
	numbers := map[string]int{}
	for i, p := range c.passages {
		numbers[p.ID] = i
	}
	r := &result{name: "own, search"}
	err := r.measure(c, 3, func(text string, k int) ([]int, error) {
		found := make([]int, 0, k)
		for _, hit := range set.Search(text, k) {
			found = append(found, numbers[hit.Passage.ID])
		}
		return found, nil
	})
	if err != nil {
		return err
	}
	fmt.Printf("with near-duplicates folded and sources spread, as \"spsbot search\" does: p50 %.1f µs, p99 %.1f µs\n", r.times.at(.5), r.times.at(.99))
	printQuality([]*result{r})
	return nil
}

// openAndSearch is the work of the process whose time is taken.
func openAndSearch(path, text string) error {
	words, err := answer.LoadWords(prompts.Files())
	if err != nil {
		return err
	}
	begun := time.Now()
	engine, err := retrieval.OpenEngine(path, stamp, words.Glossary, &words.Lists, nil)
	if err != nil {
		return err
	}
	hits := engine.Rank(nil, text, cutoff)
	_, err = fmt.Println(len(hits), time.Since(begun).Microseconds())
	return err
}

// printOpen starts a process for each of a few queries that opens the snapshot
// and answers its first search.
func (b *bench) printOpen(folder string, c *corpus) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	var whole, inside, processor times
	for i := range 15 {
		begun := time.Now()
		command := exec.Command(self, "-open", filepath.Join(folder, snapshotFile), "-query", c.queries[i*17].Text) //nolint:gosec // itself
		out, err := command.Output()
		if err != nil {
			return fmt.Errorf("open a snapshot in a process of its own: %w", err)
		}
		whole = append(whole, time.Since(begun))
		processor = append(processor, command.ProcessState.UserTime()+command.ProcessState.SystemTime())
		var hits, micros int
		if _, err := fmt.Sscan(strings.TrimSpace(string(out)), &hits, &micros); err != nil || hits == 0 {
			return fmt.Errorf("the process that opens a snapshot said %q: %w", out, err)
		}
		inside = append(inside, time.Duration(micros)*time.Microsecond)
	}
	slices.Sort(whole)
	slices.Sort(inside)
	slices.Sort(processor)
	fmt.Printf("open the snapshot and answer the first search: %.1f ms, median of %d processes; from start to end of the process, its word files included, %.1f ms, of processor time %.1f ms\n",
		inside.at(.5)/1000, len(inside), whole.at(.5)/1000, processor.at(.5)/1000)
	return nil
}
