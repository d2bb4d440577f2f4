package spsbot

import "time"

// Record is what was decided and said for one question. Everything in it is
// plain data: whoever holds one can store, show or compare it, and cannot send it.
type Record struct {
	Question Question
	Route    Route
	// Why are the reasons for the route, readable by a moderator.
	Why []string
	// Text is everything that is sent; Messages are its parts, as sent.
	Text     string
	Messages []string
	// Sentences and Citations are the answer's, empty on other routes.
	Sentences []RecordSentence
	Citations []RecordCitation
	// Withheld counts the sentences that were withheld since they hold a dose.
	Withheld int
	// Disclaimer ends Text and each of Messages.
	Disclaimer string
	// Locale is the tag of the reply's language.
	Locale string
	// SourceSet and Prompts are the versions that the reply was made with.
	SourceSet, Prompts string
	// Mode says how the sentences were made: ModeQuote.
	Mode Mode
	// Suggestions are the questions that the reply offers.
	Suggestions []string
	// Took is the time from the question to the sealed reply.
	Took time.Duration
}

// Mode says how the sentences of an answer are made.
type Mode string

// ModeQuote takes every sentence verbatim from a passage.
const ModeQuote Mode = "quote"

// RecordSentence is a sentence as stored in its passage, with the numbers of
// the citations that it rests on.
type RecordSentence struct {
	Text      string
	Citations []int
}

// RecordCitation is a cited passage.
type RecordCitation struct {
	N          int
	Source     string // the source's id
	Title      string
	Publisher  string
	URL        string
	Kind       Kind
	Reviewed   string
	Commercial bool
	Passage    string // the passage's id
	Heading    string
	Quote      string // the passage, verbatim but for what is withheld
}
