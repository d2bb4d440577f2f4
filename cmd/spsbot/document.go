package main

import (
	"os"
	"os/exec"
	"time"

	"spsbot/answer"
	"spsbot/retrieval/parse"
	"spsbot/sources"
)

// documentCommand is what the program calls itself by to read a document that
// may do harm in a process of its own.
type documentCommand struct {
	Ending string `arg:"" help:"The ending of the document's name."`
}

const documentName = "read-document"

// Run reads one document from standard input and writes what it found.
func (c *documentCommand) Run(std streams) error {
	return parse.Serve(c.Ending, std.in, std.out)
}

// newLoader returns what reads folders: hostile formats in processes of their
// own, and with pdftotext, where it is installed, what the own reader cannot.
func newLoader(words *answer.Words, progress func(sources.Progress)) sources.Loader {
	reader := parse.NewReader(&words.Lists)
	if self, err := os.Executable(); err == nil {
		reader.Isolate = []string{self, documentName}
	} else {
		reader.Isolate = []string{os.Args[0], documentName}
	}
	if tool, err := exec.LookPath("pdftotext"); err == nil {
		reader.Tool = tool
	}
	return sources.Loader{Reader: reader, Now: time.Now(), Progress: progress}
}
