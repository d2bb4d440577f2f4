// Package localefield makes a language with words of its own.
//
// want: cannot refer to unexported field texts in struct literal of type prompts.Locale
package localefield

import (
	"spsbot/prompts"
)

var _ = prompts.Locale{texts: &prompts.Texts{Disclaimer: "Take it."}}
