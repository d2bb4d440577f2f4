// Package numberexported makes a number to call of a text, by a field that is open to all.
//
// want: unknown field Text in struct literal of type prompts.Number
package numberexported

import (
	"spsbot/prompts"
)

var _ = prompts.Number{Text: "Take it."}
