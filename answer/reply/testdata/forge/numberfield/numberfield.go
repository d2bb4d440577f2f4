// Package numberfield makes a number to call of a text.
//
// want: in struct literal of type prompts.Number
package numberfield

import (
	"spsbot/prompts"
)

var _ = prompts.Number{text: "Take it."}
