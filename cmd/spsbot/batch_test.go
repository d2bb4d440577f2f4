package main

import (
	"bytes"
	"io"
	"strings"
	"testing"
)

// watchedInput gives its lines one by one and notes how many replies were
// written before each further line was asked for.
type watchedInput struct {
	lines   []string
	out     *bytes.Buffer
	replies []int
}

func (w *watchedInput) Read(into []byte) (int, error) {
	w.replies = append(w.replies, strings.Count(w.out.String(), "\n"))
	if len(w.lines) == 0 {
		return 0, io.EOF
	}
	n := copy(into, w.lines[0])
	w.lines = w.lines[1:]
	return n, nil
}

// A batch may be a conversation with a person or another program, which wait
// for a reply before they write the next line.
func TestBatchRepliesBeforeItReadsOn(t *testing.T) {
	var out, faults bytes.Buffer
	in := &watchedInput{lines: []string{"What is HSCT?\n", "{broken\n", "What is HSCT?\n"}, out: &out}
	if status := run(t.Context(), []string{"ask", "--json", "-"}, streams{in, &out, &faults}); status != exitFailed {
		t.Errorf("status %d, want %d\n%s", status, exitFailed, faults.String())
	}
	for lines, replies := range in.replies {
		if replies < lines {
			t.Fatalf("asked for line %d with %d replies written", lines+1, replies)
		}
	}
}
