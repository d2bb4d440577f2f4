package bot

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"time"

	"spsbot"
	"spsbot/answer/reply"
	"spsbot/bot/outbox"
)

// Lanes of the queue.
const (
	laneAsk    = "ask"
	laneUrgent = "urgent"
)

// Times of the work on a question.
const (
	// lease is how long a worker has a question to itself; then another gets it.
	lease = 30 * time.Second
	// urgentGrace is how long who answers an emergency has for it before it is
	// taken for lost.
	urgentGrace = 30 * time.Second
	// faultPause keeps a store that fails from being asked without end.
	faultPause = time.Second
)

// work answers accepted questions until the context ends. A question that was
// begun is finished.
func (b *Bot) work(ctx context.Context, worker string) {
	for ctx.Err() == nil {
		job, ok := b.next(ctx, worker, laneAsk)
		if !ok {
			continue
		}
		b.guard("an accepted question", func() {
			within, cancel := context.WithTimeout(context.Background(), lease)
			defer cancel()
			b.process(within, job)
		})
	}
}

// next waits for a job and claims it.
func (b *Bot) next(ctx context.Context, worker, lane string) (spsbot.Job, bool) {
	err := b.Queue.Wait(ctx, lane)
	var job spsbot.Job
	ok := false
	if err == nil {
		job, ok, err = b.Queue.Claim(ctx, worker, lane, lease)
	}
	if err != nil && ctx.Err() == nil {
		b.Logger.Error("the queue cannot be read", "lane", lane, "error", err)
		select {
		case <-ctx.Done():
		case <-time.After(faultPause):
		}
	}
	return job, ok
}

// rescue answers emergencies that were accepted and not answered, since the
// program was killed or Discord could not be reached.
func (b *Bot) rescue(ctx context.Context) {
	begun := time.Now()
	for ctx.Err() == nil {
		job, ok := b.next(ctx, "rescue", laneUrgent)
		if !ok {
			continue
		}
		if job.Accepted.After(begun) { // whoever accepted it is at work on it
			select {
			case <-ctx.Done():
				return
			case <-time.After(urgentGrace - time.Since(job.Accepted)):
			}
		}
		within, cancel := context.WithTimeout(context.Background(), lease)
		if current, ok, err := b.Queue.Peek(within, job.ID); err == nil && ok && !current.Acknowledged {
			b.guard("an emergency", func() { b.process(within, job) })
		}
		cancel()
	}
}

// process answers one accepted question: settle, show, acknowledge. Each step
// may be repeated; what is not acknowledged comes again.
func (b *Bot) process(ctx context.Context, job spsbot.Job) {
	a, err := b.unpack(ctx, job)
	if err != nil {
		b.Logger.Warn("an accepted question can no longer be read", "error", err)
		b.acknowledge(ctx, job.ID)
		return
	}
	id := a.question.ID
	if b.gone(ctx, id) {
		b.acknowledge(ctx, id)
		return
	}
	sealed, err := b.settle(ctx, job, a)
	if errors.Is(err, spsbot.ErrUnknown) {
		return // somebody else acknowledged it
	}
	if err != nil {
		b.Logger.Error("an answer could not be logged", "reference", b.Journal.Reference(id), "error", err)
		return
	}
	b.deferrals.wait(ctx, id)
	shown, err := b.show(ctx, a.to, sealed, id, nil)
	if err != nil && !outbox.Gone(err) && !outbox.Refused(err) && !job.Exhausted {
		b.Logger.Warn("a reply is shown later", "reference", b.Journal.Reference(id), "error", err)
		return
	}
	b.finish(ctx, id, shown, err)
	b.acknowledge(ctx, id)
	if b.gone(ctx, id) {
		b.remove(ctx, id, shown)
	}
}

// unpack reads a job.
func (b *Bot) unpack(ctx context.Context, job spsbot.Job) (asking, error) {
	data, err := b.Keys.Open(job.Payload, []byte(job.ID))
	if err != nil {
		return asking{}, fmt.Errorf("decrypt an accepted question: %w", err)
	}
	var stored payload
	if err := json.Unmarshal(data, &stored); err != nil {
		return asking{}, fmt.Errorf("read an accepted question: %w", err)
	}
	stored.To.deferred = true
	a := asking{answers: b.Answers(), question: stored.Question, to: stored.To}
	a.settings = b.settings.of(ctx, a.question.Place.Server)
	return a, nil
}

// settle makes the reply and logs it, before anything is shown. A question
// that was settled before gets its reply again; should it differ by now, since
// the sources changed meanwhile, the log gets the second as well.
func (b *Bot) settle(ctx context.Context, job spsbot.Job, a asking) (reply.Sealed, error) {
	record, sealed, err := b.attempt(ctx, job, a)
	if err != nil {
		b.Logger.Error("a question could not be answered", "reference", b.Journal.Reference(a.question.ID), "error", err)
		sealed = b.apology(a.answers, a.question)
		record = failed(a, sealed, b.Program)
	}
	if record.Timings == nil {
		record.Timings = map[string]time.Duration{}
	}
	record.Timings["accepted"] = time.Since(job.Accepted)
	entry, err := b.Journal.Entry(record, time.Now())
	if err != nil {
		return sealed, err
	}
	sum := digest(record)
	winner, err := b.Queue.Settle(ctx, job.ID, sum, entry)
	if err == nil && !bytes.Equal(winner, sum) {
		err = b.Journal.Append(ctx, record, time.Now())
	}
	return sealed, err
}

// errPoison says that the program did not survive a question several times.
var errPoison = errors.New("answering was begun too often without an end")

// attempt answers a question, unless it is the one that kills the program.
func (b *Bot) attempt(ctx context.Context, job spsbot.Job, a asking) (record spsbot.Record, sealed reply.Sealed, err error) {
	if job.Exhausted {
		return record, sealed, errPoison
	}
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("answer a question: panic (%T) at %s", fault, caller())
		}
	}()
	return b.record(ctx, a)
}

// failed is the record of a question that got an apology.
func failed(a asking, sealed reply.Sealed, program string) spsbot.Record {
	return spsbot.Record{
		Question: a.question, Route: spsbot.RouteNoSource, Why: []string{"failed: an apology was sent"},
		Text: sealed.Text(), Messages: sealed.Messages(), Disclaimer: sealed.Locale().Disclaimer(),
		Locale: sealed.Locale().Tag(), Program: program,
	}
}

// digest stands for what a record says.
func digest(record spsbot.Record) []byte {
	sum := sha256.Sum256([]byte(record.Text))
	return sum[:]
}

// acknowledge ends the work on a question.
func (b *Bot) acknowledge(ctx context.Context, id string) {
	if err := b.Queue.Acknowledge(ctx, id); err != nil {
		b.Logger.Warn("an answered question could not be acknowledged", "reference", b.Journal.Reference(id), "error", err)
	}
}

// caller names the place of a panic, for the log.
func caller() string {
	var counters [16]uintptr
	frames := runtime.CallersFrames(counters[:runtime.Callers(3, counters[:])])
	for {
		frame, more := frames.Next()
		if !strings.HasPrefix(frame.Function, "runtime.") && !strings.Contains(frame.Function, "(*Bot).guard") {
			return fmt.Sprintf("%s:%d", frame.Function, frame.Line)
		}
		if !more {
			return "?"
		}
	}
}
