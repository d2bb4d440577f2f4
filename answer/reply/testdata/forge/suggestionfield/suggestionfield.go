// Package suggestionfield sets the field of a suggestion.
//
// want: cannot refer to unexported field ask in struct literal of type prompts.Suggestion
package suggestionfield

import (
	"spsbot/prompts"
)

var _ = prompts.Suggestion{ask: "Take it."}
