// Package answerdraft seals a draft that nobody checked.
//
// want: as verify.Checked value in argument to reply.Answer
package answerdraft

import (
	"spsbot"
	"spsbot/answer/reply"
	"spsbot/prompts"
)

var _ = reply.Answer(spsbot.Draft{}, prompts.Locale{})
