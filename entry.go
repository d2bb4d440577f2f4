package spsbot

import "time"

// Entry is one line of the answer log as a store keeps it: bytes that only the
// log can read, and a few columns to find them by. The columns must hold
// nothing by which a person could be recognised.
type Entry struct {
	// Number is the store's own, rising; 0 until the entry is stored.
	Number int64
	// Subject is what the entry is about: the reference of one question, or of
	// a server. Several entries share it.
	Subject string
	// Kind says what the data holds: "record", "shown", "feedback", "event" …
	Kind string
	// At is when it happened, to the millisecond.
	At time.Time
	// Server is the Discord server, empty in direct messages.
	Server string
	// Route and Status are those of records and events, else empty.
	Route  Route
	Status string
	// Person is the random handle of the person whose words the data holds; the
	// store can take it away, nothing else of an entry ever changes.
	Person string
	// Data is what the log wrote.
	Data []byte
}

// EntryQuery selects entries; a zero field selects all.
type EntryQuery struct {
	Subjects []string
	Kind     string
	// Since and Until bound Entry.At: Since <= At < Until.
	Since, Until time.Time
	Server       string
	Route        Route
	Status       string
	Person       string
	// Beyond is the Number after which to go on: entries with a higher number,
	// or a lower one when Newest is set.
	Beyond int64
	// Newest gives the highest numbers first.
	Newest bool
	// Limit is the most entries that are given, 0 for all.
	Limit int
}
