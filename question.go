package spsbot

// Question is one message that was put to the bot, on whatever surface.
type Question struct {
	// ID names the question in batches and logs; may be empty.
	ID string
	// Text is the message that is to be answered, as the person wrote it.
	Text string
	// Turns are the person's earlier messages of the same conversation,
	// oldest first, without Text.
	Turns []string
	// Language is the tag of the message's own language, empty when unknown.
	Language string
	// Locale is the BCP 47 tag of the person's client ("en-GB"), empty when unknown.
	Locale string
	// Country is the ISO 3166-1 alpha-2 code whose numbers to call are
	// shown, empty when unknown: a locale is no country.
	Country string
}
