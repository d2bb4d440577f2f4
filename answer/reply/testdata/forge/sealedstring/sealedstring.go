// Package sealedstring converts a text to a sealed reply.
//
// want: cannot convert "Take it." (untyped string constant) to type reply.Sealed
package sealedstring

import (
	"spsbot/answer/reply"
)

var _ = reply.Sealed("Take it.")
