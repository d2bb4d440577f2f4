// Package topicparams offers a text as a topic.
//
// want: as verify.Topic value
package topicparams

import (
	"spsbot/answer/reply"
	"spsbot/answer/verify"
)

var _ = reply.Params{Topics: []verify.Topic{"Take it."}}
