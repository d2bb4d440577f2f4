// Package store says what a store of the bot's state must do: the queue of
// accepted questions, the lines of the answer log, values and counters. It
// knows bytes and a few columns; it must never look into them, and must never
// be the place where words of a person stand unencrypted. storetest holds every
// promise of these comments as a test.
package store

import (
	"context"
	"iter"
	"time"

	"spsbot"
)

// Store is all of it. Its methods are safe for concurrent use. A method that
// returns without an error has made its effect durable: it survives a killed
// process and a power cut (counters excepted). After an error other than those
// named, the effect may or may not have happened; every method may be repeated.
type Store interface {
	Queue
	Log
	Values
	// Close refuses new work with spsbot.ErrClosed, waits for what is being
	// written, wakes who waits, and closes. It may be called twice.
	Close() error
}

// Queue holds accepted work until it is acknowledged.
type Queue interface {
	// Enqueue accepts a job by its ID, Lane and Payload. fresh is false when a
	// job of that ID was accepted before, whatever became of it; then nothing
	// is changed. spsbot.ErrFull when the lane holds as many as it may.
	Enqueue(ctx context.Context, job spsbot.Job) (fresh bool, err error)

	// Claim gives a worker the job of a lane that has waited longest, for the
	// length of the lease; afterwards it is given to somebody else unless it
	// was acknowledged. ok is false when there is none. The delivery is counted
	// durably before Claim returns.
	Claim(ctx context.Context, worker, lane string, lease time.Duration) (job spsbot.Job, ok bool, err error)

	// Settle decides what the job's outcome is and appends the entry to the log
	// in the same transaction. The first writer wins: winner is its outcome,
	// whoever calls, and a later call appends nothing. Any worker may settle a
	// job, whether or not its lease still holds. spsbot.ErrUnknown when there is
	// no such job or it was acknowledged. An empty outcome is refused.
	Settle(ctx context.Context, id string, outcome []byte, entry spsbot.Entry) (winner []byte, err error)

	// Acknowledge ends a job: it is never given out again, and its payload and
	// outcome are erased. Its ID stays known for the store's time of memory.
	// Acknowledging twice, or an unknown job, is no error.
	Acknowledge(ctx context.Context, id string) error

	// Peek returns a job without claiming it.
	Peek(ctx context.Context, id string) (job spsbot.Job, ok bool, err error)

	// Wait returns nil as soon as Claim may find something in the lane: at once,
	// when a job is accepted, or when a lease ends. Another worker may be faster.
	Wait(ctx context.Context, lane string) error
}

// Log holds the lines of the answer log.
type Log interface {
	// Append stores entries, all or none, in their order.
	Append(ctx context.Context, entries ...spsbot.Entry) error
	// Scan gives the entries that a query selects, in the order of their numbers.
	Scan(ctx context.Context, query spsbot.EntryQuery) iter.Seq2[spsbot.Entry, error]
	// Erase deletes the entries that a query selects and overwrites them in the
	// store's files. Limit and Newest are ignored; an empty query is refused.
	Erase(ctx context.Context, query spsbot.EntryQuery) (count int, err error)
	// Disown takes a person's handle away from all entries.
	Disown(ctx context.Context, person string) (count int, err error)
}

// Values holds small things by key.
type Values interface {
	// Get returns a value; ok is false when there is none or its time is over.
	Get(ctx context.Context, key string) (value []byte, ok bool, err error)
	// Put stores a value for a time, or for good when ttl is 0.
	Put(ctx context.Context, key string, value []byte, ttl time.Duration) error
	// Delete removes a value, if there is one.
	Delete(ctx context.Context, key string) error
	// Increment adds one to a counter and returns it. The time to live begins
	// with the first increment; then the counter begins at 1 again. Counters may
	// begin anew when the store is opened again: they are for limits, not for books.
	Increment(ctx context.Context, key string, ttl time.Duration) (count int64, err error)
}
