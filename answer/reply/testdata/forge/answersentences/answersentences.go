// Package answersentences seals sentences that nobody checked.
//
// want: as verify.Checked value in argument to reply.Answer
package answersentences

import (
	"spsbot/answer/reply"
	"spsbot/answer/verify"
	"spsbot/prompts"
)

var _ = reply.Answer([]verify.Sentence{{Text: "Take it."}}, prompts.Locale{})
