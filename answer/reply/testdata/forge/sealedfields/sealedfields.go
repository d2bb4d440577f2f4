// Package sealedfields sets the fields of a sealed reply.
//
// want: cannot refer to unexported field blocks in struct literal of type reply.Sealed
package sealedfields

import (
	"spsbot/answer/reply"
)

var _ = reply.Sealed{blocks: []string{"Take it."}}
