package main

import (
	"fmt"
	"io"
)

// streams are the program's standard streams.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// complain writes a line for people to standard error. When even that cannot be
// written, there is nobody left to tell.
func (s streams) complain(format string, args ...any) {
	_, _ = fmt.Fprintf(s.err, "spsbot: "+format+"\n", args...)
}

// printer writes to a stream and keeps the first error, so that a full disk is
// no success.
type printer struct {
	out io.Writer
	err error
}

func (p *printer) printf(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.out, format, args...)
	}
}

// done returns the first error, with what was being written.
func (p *printer) done(what string) error {
	if p.err != nil {
		return fmt.Errorf("write %s: %w", what, p.err)
	}
	return nil
}
