package spsbot

import "time"

// Record is what was decided and said for one question. Everything in it is
// plain data: whoever holds one can store, show or compare it, and cannot send
// it. Its JSON form is what the answer log keeps for months: a field may be
// added, but neither renamed nor given another meaning.
type Record struct {
	Question Question `json:"question"`
	Route    Route    `json:"route"`
	// Why are the reasons for the route, readable by a moderator. They may
	// repeat words of the question.
	Why []string `json:"why,omitempty"`
	// Text is everything that is sent; Messages are its parts, as sent.
	Text     string   `json:"text,omitempty"`
	Messages []string `json:"messages,omitempty"`
	// Sentences and Citations are the answer's, empty on other routes.
	Sentences []RecordSentence `json:"sentences,omitempty"`
	Citations []RecordCitation `json:"citations,omitempty"`
	// Evidence are the passages that retrieval proposed, best first, used or not.
	Evidence []RecordEvidence `json:"evidence,omitempty"`
	// Verification are the notes of the check on the draft: what was dropped or
	// withheld, and why.
	Verification []string `json:"verification,omitempty"`
	// Withheld counts the sentences that were withheld since they hold a dose.
	Withheld int `json:"withheld,omitempty"`
	// Disclaimer ends Text and each of Messages.
	Disclaimer string `json:"disclaimer,omitempty"`
	// Locale is the tag of the reply's language.
	Locale string `json:"locale,omitempty"`
	// SourceSet, Prompts and Program are the versions that the reply was made with.
	SourceSet string `json:"source_set,omitempty"`
	Prompts   string `json:"prompts,omitempty"`
	Program   string `json:"program,omitempty"`
	// Settings are those of the place that bear on the reply ("country": "GB").
	Settings map[string]string `json:"settings,omitempty"`
	// Mode says how the sentences were made: ModeQuote.
	Mode Mode `json:"mode,omitempty"`
	// Suggestions are the questions that the reply offers.
	Suggestions []string `json:"suggestions,omitempty"`
	// Took is the time from the question to the sealed reply, in nanoseconds.
	Took time.Duration `json:"took_ns,omitempty"`
	// Timings are the parts of the way by name ("queued", "route", "retrieve"),
	// in nanoseconds.
	Timings map[string]time.Duration `json:"timings_ns,omitempty"`
}

// Mode says how the sentences of an answer are made.
type Mode string

// ModeQuote takes every sentence verbatim from a passage.
const ModeQuote Mode = "quote"

// RecordSentence is a sentence as stored in its passage, with the numbers of
// the citations that it rests on.
type RecordSentence struct {
	Text      string `json:"text"`
	Citations []int  `json:"citations,omitempty"`
}

// RecordEvidence is a passage that retrieval proposed.
type RecordEvidence struct {
	Passage string  `json:"passage"` // the passage's id
	Score   float64 `json:"score"`
}

// RecordCitation is a cited passage.
type RecordCitation struct {
	N          int    `json:"n"`
	Source     string `json:"source"` // the source's id
	Title      string `json:"title,omitempty"`
	Publisher  string `json:"publisher,omitempty"`
	URL        string `json:"url,omitempty"`
	Kind       Kind   `json:"kind,omitempty"`
	Reviewed   string `json:"reviewed,omitempty"`
	Commercial bool   `json:"commercial,omitempty"`
	Passage    string `json:"passage,omitempty"` // the passage's id
	Heading    string `json:"heading,omitempty"`
	Quote      string `json:"quote,omitempty"` // the passage, verbatim but for what is withheld
}
