package bot_test

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"spsbot/bot"
	"spsbot/internal/discordtest"
)

// Bounds of the load test, as the figures promise them on an idle machine with
// two cores; times are those of the 99th percentile.
const (
	loadRate   = 300 // interactions a second
	loadPeople = 5_000
	ackWithin  = time.Second
	answerIn   = 2 * time.Second
)

// TestLoad asks at a steady rate, and holds that everybody is acknowledged and
// answered in time, exactly once. It measures; so it runs only where nothing
// else does: -tags load or -tags slow.
func TestLoad(t *testing.T) {
	if loadTime == 0 {
		t.Skip("runs with -tags load (30 s) or -tags slow (10 min), on an idle machine without the race detector")
	}
	w := newWorld(t, func(_ *world, o *bot.Options) { o.Limits, o.Workers = bot.Limits{}, 32 })
	people := make([]discordtest.User, loadPeople)
	for n := range people {
		people[n] = w.fake.NewMember(w.guild, fmt.Sprintf("person %d", n))
	}
	questions := []string{
		plainQuestion, "Is rituximab used for SPS?", "How much does HSCT cost?", doseQuestion, "hello",
		"What are the risks of stem cell transplantation?", "Should I stop my diazepam?", "Can people die of HSCT?",
	}
	var acks, answers latencies
	var asking sync.WaitGroup
	before := heap()
	tick := time.NewTicker(time.Second / loadRate)
	defer tick.Stop()
	total := int(loadTime.Seconds() * loadRate)
	for n := range total {
		<-tick.C
		action := w.ask(people[n%len(people)], questions[n%len(questions)])
		asking.Go(func() {
			ctx, cancel := context.WithTimeout(context.Background(), patience)
			defer cancel()
			if _, err := action.WaitReply(ctx); err != nil {
				t.Errorf("question %d: %v", n, err)
				return
			}
			ack, _ := action.AckedAfter()
			answer, _ := action.AnsweredAfter()
			acks.add(ack)
			answers.add(answer)
			if replies := action.Replies(); len(replies) != 1 {
				t.Errorf("question %d has %d replies", n, len(replies))
			}
			action.Forget()
		})
	}
	asking.Wait()
	t.Logf("%d questions: acknowledged p50 %s, p99 %s; answered p50 %s, p99 %s; heap %d MB before, %d MB after",
		total, acks.at(50), acks.at(99), answers.at(50), answers.at(99), before>>20, heap()>>20)
	if acks.at(99) > ackWithin || answers.at(99) > answerIn {
		t.Errorf("too slow: p99 of %s and %s, at most %s and %s", acks.at(99), answers.at(99), ackWithin, answerIn)
	}
}

// latencies collects times.
type latencies struct {
	mutex sync.Mutex
	list  []time.Duration
}

func (l *latencies) add(d time.Duration) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.list = append(l.list, d)
}

// at returns a percentile.
func (l *latencies) at(percent int) time.Duration {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if len(l.list) == 0 {
		return 0
	}
	slices.Sort(l.list)
	return l.list[(len(l.list)-1)*percent/100]
}

func heap() uint64 {
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc
}
