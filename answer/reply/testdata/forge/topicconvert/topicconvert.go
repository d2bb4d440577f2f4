// Package topicconvert converts a text to a topic.
//
// want: to type verify.Topic
package topicconvert

import (
	"spsbot/answer/verify"
)

var _ = verify.Topic("Take it.")
