// Package sealedoverride hands over a type that embeds a sealed reply and says something else.
//
// want: as reply.Sealed value
package sealedoverride

import (
	"spsbot/answer/reply"
)

type forged struct{ reply.Sealed }

func (forged) Text() string { return "Take it." }

func (forged) Messages() []string { return []string{"Take it."} }

func send(sealed reply.Sealed) string { return sealed.Text() }

var _ = send(forged{})
