package spsbot

import "time"

// Job is one accepted piece of work: a question to answer, a reply to withdraw.
type Job struct {
	// ID names it for good: work that arrives twice under one ID is done once.
	ID string
	// Lane is the queue in which it waits; workers claim from one lane at a time,
	// so that long work in one does not hold up another.
	Lane string
	// Payload is what its author needs to do it. Words of a person have to be
	// encrypted before they become a payload.
	Payload []byte
	// Accepted is when it was stored.
	Accepted time.Time
	// Deliveries counts how often it was claimed, this claim included; durable.
	Deliveries int
	// Exhausted says that Deliveries is over the store's limit: the work may be
	// what kills the worker, so settle it with an apology and do not begin it.
	Exhausted bool
	// Outcome is what it was settled with; nil until then. A claimed job with an
	// outcome only has to be shown and acknowledged.
	Outcome []byte
	// Acknowledged says that nothing is left to do.
	Acknowledged bool
}
