package parse

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"
)

// limits bound a process that reads one file.
type limits struct {
	stall  time.Duration // without another page
	whole  time.Duration
	memory uint64 // bytes
}

func usualLimits() limits {
	return limits{stall: 10 * time.Second, whole: 2 * time.Minute, memory: 512 << 20}
}

// serveLine is one line that Serve writes: the progress, or the end of it.
type serveLine struct {
	Page     int          `json:"page,omitempty"`
	Pages    int          `json:"pages,omitempty"`
	Document *rawDocument `json:"document,omitempty"`
	Fault    *fileError   `json:"fault,omitempty"`
}

// Serve is the other side of Reader.Isolate: it reads one file of the format
// that an ending names from in, and writes what it found to out.
func Serve(ending string, in io.Reader, out io.Writer) error {
	encoder := json.NewEncoder(out)
	known, ok := formatOf("document" + ending)
	if !ok {
		return fmt.Errorf("there is no format %q", ending)
	}
	data, err := io.ReadAll(in)
	if err != nil {
		return fmt.Errorf("read the document: %w", err)
	}
	var broken error
	raw, err := known.read(data, func(page, pages int) {
		if broken == nil {
			broken = encoder.Encode(serveLine{Page: page, Pages: pages})
		}
	})
	line := serveLine{Document: &raw}
	var fault *fileError
	switch {
	case errors.As(err, &fault):
		line = serveLine{Fault: fault}
	case err != nil:
		return err
	}
	if err := errors.Join(broken, encoder.Encode(line)); err != nil {
		return fmt.Errorf("write the document: %w", err)
	}
	return nil
}

// extract reads the raw document: in this process where that does no harm, else
// in one of its own, and once more with the tool where that failed or lost letters.
func (r *Reader) extract(ctx context.Context, ending string, known format, data []byte, progress Progress) (rawDocument, error) {
	if len(r.Isolate) == 0 || known.tame(data) {
		return known.read(data, progress)
	}
	raw, err := r.isolated(ctx, ending, data, progress)
	if r.Tool == "" || !bytes.HasPrefix(bytes.TrimLeft(data, "\x00 \t\r\n"), []byte("%PDF")) {
		return raw, err
	}
	var fault *fileError
	if errors.As(err, &fault) && !fault.Retry || err == nil && raw.Lost*lostShare <= raw.Letters || ctx.Err() != nil {
		return raw, err
	}
	second, failed := r.withTool(ctx, data)
	if failed != nil || err == nil && second.Lost >= raw.Lost {
		return raw, err
	}
	return second, nil
}

// lostShare: one letter of so many may be lost before the tool is asked.
const lostShare = 200

// isolated reads the raw document in a process of its own.
func (r *Reader) isolated(ctx context.Context, ending string, data []byte, progress Progress) (rawDocument, error) {
	var last serveLine
	err := r.limits.run(ctx, append(r.Isolate[:len(r.Isolate):len(r.Isolate)], ending), data, func(out io.Reader) error {
		lines := json.NewDecoder(bufio.NewReaderSize(out, 1<<16))
		for {
			var line serveLine
			switch err := lines.Decode(&line); {
			case errors.Is(err, io.EOF):
				return nil
			case err != nil:
				return fmt.Errorf("read what the process writes: %w", err)
			}
			if last = line; line.Pages > 0 {
				progress(line.Page, line.Pages)
			}
		}
	})
	switch {
	case last.Fault != nil:
		return rawDocument{}, last.Fault
	case err != nil:
		return rawDocument{}, err
	case last.Document == nil:
		return rawDocument{}, &fileError{Reason: "its reader ended without a word", Retry: true}
	}
	return *last.Document, nil
}

// run runs a command within the limits, feeds it input and hands its output to
// read.
func (l limits) run(ctx context.Context, command []string, input []byte, read func(io.Reader) error) error {
	ctx, cancel := context.WithTimeoutCause(ctx, l.whole, &fileError{Reason: fmt.Sprintf("reading it took more than %v", l.whole), Hint: "split it into smaller files", Retry: true})
	defer cancel()
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	process := exec.CommandContext(ctx, command[0], command[1:]...)                //nolint:gosec // the command is the program itself, or the tool that its admin installed
	process.Env = append(os.Environ(), fmt.Sprintf("GOMEMLIMIT=%d", l.memory*3/4)) //nolint:forbidigo // the process gets the surroundings of this one
	process.WaitDelay = time.Second
	var faults boundedBuffer
	process.Stderr = &faults
	in, err := process.StdinPipe()
	if err != nil {
		return fmt.Errorf("start the reader: %w", err)
	}
	out, err := process.StdoutPipe()
	if err != nil {
		return fmt.Errorf("start the reader: %w", err)
	}
	if err := process.Start(); err != nil {
		return fmt.Errorf("start the reader: %w", err)
	}
	limitMemory(process.Process.Pid, l.memory) // it waits for its input, and so has not begun
	go func() {
		_, _ = in.Write(input) // a process that ended early says so itself
		_ = in.Close()
	}()
	watched := &watchedReader{reader: out, patience: l.stall, stall: func() {
		stop(&fileError{Reason: fmt.Sprintf("it got stuck: no further page in %v", l.stall), Hint: "the file may be damaged; print it into a new PDF", Retry: true})
	}}
	readErr := watched.run(read)
	_, _ = io.Copy(io.Discard, out)
	waitErr := process.Wait()
	switch {
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case waitErr != nil:
		return l.brokenDown(faults.String(), waitErr)
	}
	return readErr
}

// brokenDown says why a process ended with an error.
func (l limits) brokenDown(said string, err error) error {
	line, _, _ := strings.Cut(strings.TrimSpace(said), "\n")
	if strings.HasPrefix(said, "SIGSEGV") || strings.Contains(said, "out of memory") || strings.Contains(said, "OS thread") || strings.Contains(said, "cannot allocate memory") || strings.Contains(said, "bad_alloc") {
		return &fileError{Reason: fmt.Sprintf("reading it needs more than %d MB of memory", l.memory>>20), Hint: "the file may be damaged; split it or print it anew", Retry: true}
	}
	return &fileError{Reason: fmt.Sprintf("its reader broke down: %s (%v)", shorten(line, 120), err), Hint: "the file is probably damaged; save it anew", Retry: true}
}

// watchedReader calls stall when nothing comes for as long as its patience.
type watchedReader struct {
	reader   io.Reader
	patience time.Duration
	stall    func()
	timer    *time.Timer
}

func (w *watchedReader) run(read func(io.Reader) error) error {
	w.timer = time.AfterFunc(w.patience, w.stall)
	defer w.timer.Stop()
	return read(w)
}

// Read passes on what comes, and takes it as a sign of life.
func (w *watchedReader) Read(p []byte) (int, error) {
	n, err := w.reader.Read(p)
	if n > 0 {
		w.timer.Reset(w.patience)
	}
	return n, err
}

// boundedBuffer keeps the beginning of what is written to it.
type boundedBuffer struct{ bytes.Buffer }

// Write never fails.
func (b *boundedBuffer) Write(p []byte) (int, error) {
	if room := 4096 - b.Len(); room > 0 {
		b.Buffer.Write(p[:min(room, len(p))])
	}
	return len(p), nil
}
