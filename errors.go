package spsbot

import "errors"

// Errors that callers tell apart, wherever they come from.
var (
	// ErrFull says that too much work waits: refuse the question and say so.
	ErrFull = errors.New("too much work is waiting")
	// ErrForgotten says that what was asked for could be read only with a
	// person's key, and that the person has been forgotten.
	ErrForgotten = errors.New("the person has been forgotten")
	// ErrUnknown says that there is no such job or record.
	ErrUnknown = errors.New("there is no such thing")
	// ErrClosed says that the store is closed or closing.
	ErrClosed = errors.New("the store is closed")
)
