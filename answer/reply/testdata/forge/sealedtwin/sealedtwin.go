// Package sealedtwin converts a struct that looks alike to a sealed reply.
//
// want: to type reply.Sealed
package sealedtwin

import (
	"spsbot/answer/reply"
	"spsbot/prompts"
)

type twin struct {
	blocks []string
	locale prompts.Locale
}

var _ = reply.Sealed(twin{blocks: []string{"Take it."}})
