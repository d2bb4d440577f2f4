// Package sealedassign changes a sealed reply.
//
// want: cannot refer to unexported field blocks
package sealedassign

import (
	"spsbot/answer/reply"
)

func change(sealed reply.Sealed) reply.Sealed {
	sealed.blocks = []string{"Take it."}
	return sealed
}

var _ = change
