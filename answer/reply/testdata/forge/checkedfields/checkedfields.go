// Package checkedfields sets the fields of a checked answer.
//
// want: cannot refer to unexported field sentences in struct literal of type verify.Checked
package checkedfields

import (
	"spsbot/answer/verify"
)

var _ = verify.Checked{sentences: []verify.Sentence{{Text: "Take it."}}}
