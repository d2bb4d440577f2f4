// Package suggestionconvert converts a text to a suggestion.
//
// want: to type prompts.Suggestion
package suggestionconvert

import (
	"spsbot/prompts"
)

var _ = prompts.Suggestion("Take it.")
