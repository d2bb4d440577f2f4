// Package fixedtext seals a notice with words of its own.
//
// want: as reply.Notice value
package fixedtext

import (
	"spsbot/answer/reply"
	"spsbot/prompts"
)

var _ = reply.Fixed("Take it.", prompts.Locale{}, reply.Params{})
