package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
)

// eachLine hands the lines of standard input to answer, in order. A fault of
// one line goes to report, and the others are still answered; the result is
// errReported then.
func eachLine(std streams, answer func(line string) error, report func(fault lineError) error) error {
	progress := newProgress(std)
	defer progress.finish()
	reader := bufio.NewReaderSize(std.in, 1<<16)
	if mark, _, err := reader.ReadRune(); err == nil && mark != '\ufeff' {
		if err := reader.UnreadRune(); err != nil {
			return fmt.Errorf("read standard input: %w", err)
		}
	}
	var failed error
	for {
		line, err := readLine(reader)
		if errors.Is(err, io.EOF) {
			return failed
		}
		if err == nil {
			err = answer(line)
		}
		var fault lineError
		switch {
		case errors.As(err, &fault):
			failed = errReported
			if err := report(fault); err != nil {
				return err
			}
		case err != nil:
			return err
		}
		progress.step()
	}
}
