// Package sealedorder sets the fields of a sealed reply by their order.
//
// want: implicit assignment to unexported field blocks in struct literal of type reply.Sealed
package sealedorder

import (
	"spsbot/answer/reply"
	"spsbot/prompts"
)

var _ = reply.Sealed{[]string{"Take it."}, prompts.Locale{}}
