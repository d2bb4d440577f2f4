package bot

import (
	"context"
	"time"

	"spsbot"
	"spsbot/answer/reply"
	"spsbot/answer/verify"
	"spsbot/prompts"
)

// Answers is one source set with everything that answering needs.
type Answers interface {
	// Decide returns the route of a question within microseconds.
	Decide(q spsbot.Question) spsbot.Decision
	// Answer takes a question to its sealed reply.
	Answer(ctx context.Context, q spsbot.Question) (spsbot.Record, reply.Sealed, error)
	// Fixed seals a notice in the first language of tags that has reply texts.
	Fixed(notice reply.Notice, params reply.Params, tags ...string) reply.Sealed
	Library
}

// Library is what can be looked at without a question.
type Library interface {
	Open(passages ...string) verify.Opened
	OpenSource(source string, first, most int) verify.Opened
	Shelf() verify.Shelf
	Offered(text string, most int, tags ...string) []prompts.Suggestion
	Numbers(country string) prompts.Numbers
	Note(text string) (verify.Note, bool)
}

// Queue holds accepted questions until they are answered; see the store for
// what each method promises.
type Queue interface {
	Enqueue(ctx context.Context, job spsbot.Job) (fresh bool, err error)
	Claim(ctx context.Context, worker, lane string, lease time.Duration) (job spsbot.Job, ok bool, err error)
	Settle(ctx context.Context, id string, outcome []byte, entry spsbot.Entry) (winner []byte, err error)
	Acknowledge(ctx context.Context, id string) error
	Peek(ctx context.Context, id string) (job spsbot.Job, ok bool, err error)
	Wait(ctx context.Context, lane string) error
}

// Journal is the answer log; see review for what each method promises.
type Journal interface {
	Reference(id string) string
	Entry(record spsbot.Record, at time.Time) (spsbot.Entry, error)
	Append(ctx context.Context, record spsbot.Record, at time.Time) error
	Shown(ctx context.Context, id string, shown ...spsbot.Shown) error
	Feedback(ctx context.Context, feedback spsbot.Feedback) error
	Event(ctx context.Context, event spsbot.Event) error
	Get(ctx context.Context, reference string) (spsbot.Exchange, error)
	Mine(ctx context.Context, asker string) ([]spsbot.Exchange, error)
	Forget(ctx context.Context, asker string) (int, error)
	RemoveServer(ctx context.Context, server string, at time.Time) error
	KeepServer(ctx context.Context, server string, at time.Time) error
}

// Values keeps small things by key; see the store.
type Values interface {
	Get(ctx context.Context, key string) (value []byte, ok bool, err error)
	Put(ctx context.Context, key string, value []byte, ttl time.Duration) error
	Delete(ctx context.Context, key string) error
	Increment(ctx context.Context, key string, ttl time.Duration) (count int64, err error)
}

// Keys turns people into pseudonyms and encrypts what they wrote.
type Keys interface {
	Pseudonym(id string) string
	Seal(pseudonym string, text, bound []byte) ([]byte, error)
	Open(sealed, bound []byte) ([]byte, error)
}
