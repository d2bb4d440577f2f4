package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"spsbot"
	"spsbot/answer"
)

// Limits on what is read.
const (
	// longestQuestion is the length of the longest question that is read, with
	// its earlier turns, in characters: several times what Discord lets a person send.
	longestQuestion = 20_000
	// longestInput is the length of the longest line of a batch, in bytes.
	longestInput = 1 << 20
)

type askCommand struct {
	sourceOptions
	JSON     bool    `help:"Print one JSON object for each question."`
	Country  string  `help:"Two-letter country code whose numbers to call are shown." placeholder:"XX" env:"SPSBOT_COUNTRY"`
	Locale   string  `help:"Language of the reply where the question does not show one." placeholder:"TAG" env:"SPSBOT_LOCALE"`
	Question *string `arg:"" optional:"" help:"The question, or - to read one from each line of standard input."`
}

// Run answers one question or a batch.
func (c *askCommand) Run(ctx context.Context, std streams) error {
	if c.Question == nil {
		return usageError{`no question was given. Hint: spsbot ask "your question", or - to read questions from standard input`}
	}
	all, err := c.load(ctx, std)
	if err != nil {
		return err
	}
	write := c.writer(std)
	if *c.Question == "-" {
		return c.batch(ctx, all.snapshot, std, write)
	}
	if err := c.one(ctx, inputLine{Question: *c.Question}, all.snapshot, write); err != nil {
		return reportLine(err, write)
	}
	return nil
}

// batch answers each line of standard input, in order.
func (c *askCommand) batch(ctx context.Context, snapshot answer.Snapshot, std streams, write lineWriter) error {
	return eachLine(std, func(line string) error {
		input, err := parseLine(line)
		if err != nil {
			return err
		}
		return c.one(ctx, input, snapshot, write)
	}, write.fault)
}

// one answers one question.
func (c *askCommand) one(ctx context.Context, input inputLine, snapshot answer.Snapshot, write lineWriter) error {
	question := input.question()
	length := utf8.RuneCountInString(question.Text)
	for _, turn := range question.Turns {
		length += utf8.RuneCountInString(turn)
	}
	if length > longestQuestion {
		return lineError{string(input.ID), fmt.Sprintf("the question has %d characters; at most %d are read. Hint: ask for one thing at a time", length, longestQuestion)}
	}
	question.Country, question.Locale = c.Country, c.Locale
	record, sealed, err := answer.Answer(ctx, question, snapshot)
	if err != nil {
		return err
	}
	return write.reply(record, sealed)
}

// inputLine is one line of a batch: a question, or a JSON object that holds one.
type inputLine struct {
	ID       lineID   `json:"id"`
	Question string   `json:"question"`
	Turns    []string `json:"turns"`
}

// lineID is a text; a number is taken as it is written.
type lineID string

// UnmarshalJSON takes texts and numbers.
func (id *lineID) UnmarshalJSON(data []byte) error {
	var text string
	if err := json.Unmarshal(data, &text); err == nil {
		*id = lineID(text)
		return nil
	}
	var number json.Number
	if err := json.Unmarshal(data, &number); err != nil {
		return fmt.Errorf("the id is neither a text nor a number: %w", err)
	}
	*id = lineID(number.String())
	return nil
}

// question returns the last turn with the turns before it, or the question.
func (l inputLine) question() spsbot.Question {
	question := spsbot.Question{ID: string(l.ID), Text: l.Question, Turns: l.Turns}
	if last := len(l.Turns) - 1; last >= 0 && (l.Question == "" || l.Question == l.Turns[last]) {
		question.Text, question.Turns = l.Turns[last], l.Turns[:last]
	}
	return question
}

// lineError is the fault of one line; the other lines are still answered.
type lineError struct {
	id   string
	text string
}

func (e lineError) Error() string { return e.text }

func reportLine(err error, write lineWriter) error {
	var fault lineError
	if !errors.As(err, &fault) {
		return err
	}
	if err := write.fault(fault); err != nil {
		return err
	}
	return errReported
}

// parseLine reads a line that begins with a brace as JSON, any other as a question.
func parseLine(line string) (inputLine, error) {
	trimmed := strings.TrimSpace(line)
	if !strings.HasPrefix(trimmed, "{") {
		return inputLine{Question: line}, nil
	}
	var input inputLine
	err := json.Unmarshal([]byte(trimmed), &input)
	var wrong *json.UnmarshalTypeError
	switch {
	case errors.As(err, &wrong):
		return input, lineError{string(input.ID), fmt.Sprintf("the line is JSON, but its %q holds a %s. Hint: \"question\" is a text, \"turns\" are texts in brackets", wrong.Field, wrong.Value)}
	case err != nil:
		return input, lineError{string(input.ID), fmt.Sprintf("the line begins like JSON but is broken: %v", err)}
	}
	return input, nil
}

// readLine returns the next line without its end. A line over the limit is read
// to its end and gives a lineError; io.EOF when there is no line left.
func readLine(reader *bufio.Reader) (string, error) {
	var line strings.Builder
	tooLong := false
	for {
		part, err := reader.ReadSlice('\n')
		tooLong = tooLong || line.Len()+len(part) > longestInput
		if !tooLong {
			line.Write(part)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF) && line.Len() == 0 && !tooLong:
			return "", io.EOF
		case err != nil && !errors.Is(err, io.EOF):
			return "", fmt.Errorf("read standard input: %w", err)
		case tooLong:
			return "", lineError{text: fmt.Sprintf("the line is longer than %d bytes", longestInput)}
		}
		return strings.TrimRight(line.String(), "\r\n"), nil
	}
}
