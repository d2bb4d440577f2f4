// Package topicfield sets the field of a topic.
//
// want: cannot refer to unexported field text in struct literal of type verify.Topic
package topicfield

import (
	"spsbot/answer/verify"
)

var _ = verify.Topic{text: "Take it."}
