package spsbot

import "time"

// Question is one message that was put to the bot, on whatever surface.
type Question struct {
	// ID names the question in batches and logs; may be empty where nothing is
	// logged. On Discord it is the id of the interaction or message.
	ID string `json:"id,omitempty"`
	// Place is where it was asked.
	Place Place `json:"place,omitzero"`
	// Asker is the pseudonym of the person who asks: a keyed hash, never an id
	// or a name. Empty where nothing is logged.
	Asker string `json:"asker,omitempty"`
	// Asked is when the message was written, as its author's client or Discord says.
	Asked time.Time `json:"asked,omitzero"`
	// Text is the message that is to be answered: as the person wrote it on the
	// command line, with personal data removed everywhere else.
	Text string `json:"text,omitempty"`
	// Turns are the person's earlier messages of the same conversation,
	// oldest first, without Text.
	Turns []string `json:"turns,omitempty"`
	// Language is the tag of the message's own language, empty when unknown.
	Language string `json:"language,omitempty"`
	// Locale is the BCP 47 tag of the person's client ("en-GB"), empty when unknown.
	Locale string `json:"locale,omitempty"`
	// Country is the ISO 3166-1 alpha-2 code whose numbers to call are
	// shown, empty when unknown: a locale is no country.
	Country string `json:"country,omitempty"`
}
