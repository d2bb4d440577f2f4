package main

import (
	"context"

	"spsbot"
	"spsbot/answer"
	"spsbot/answer/reply"
)

// desk lets the bot ask a snapshot.
type desk struct{ answer.Snapshot }

// Answer takes a question to its sealed reply.
func (d desk) Answer(ctx context.Context, q spsbot.Question) (spsbot.Record, reply.Sealed, error) {
	return answer.Answer(ctx, q, d.Snapshot)
}
