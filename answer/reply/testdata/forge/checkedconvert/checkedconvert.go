// Package checkedconvert converts sentences to a checked answer.
//
// want: to type verify.Checked
package checkedconvert

import (
	"spsbot/answer/verify"
)

var _ = verify.Checked([]verify.Sentence{{Text: "Take it."}})
