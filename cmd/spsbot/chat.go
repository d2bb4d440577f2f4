package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"strings"

	"spsbot"
	"spsbot/answer"
)

// rememberedTurns is how many earlier messages a follow-up is read with.
const rememberedTurns = 4

type chatCommand struct {
	sourceOptions
	Country string `help:"Two-letter country code whose numbers to call are shown." placeholder:"XX" env:"SPSBOT_COUNTRY"`
	Locale  string `help:"Language of the reply where the question does not show one." placeholder:"TAG" env:"SPSBOT_LOCALE"`
}

// Run answers line by line until the input ends or the person leaves.
func (c *chatCommand) Run(ctx context.Context, std streams) error {
	all, err := c.load(ctx, std)
	if err != nil {
		return err
	}
	out := &printer{out: std.out}
	out.printf("Ask a question and press Enter. /new begins a new conversation, /quit leaves.\n")
	writer := textWriter{out: std.out, err: std.err, style: newStyle(std.out)}
	reader := bufio.NewReaderSize(std.in, 1<<16)
	var turns []string
	for {
		out.printf("\n> ")
		line, err := readLine(reader)
		var fault lineError
		switch {
		case errors.Is(err, io.EOF):
			out.printf("\n")
			return out.done("the replies")
		case errors.As(err, &fault):
			std.complain("%s", fault.text)
			continue
		case err != nil:
			return err
		}
		switch strings.TrimSpace(line) {
		case "/quit":
			return out.done("the replies")
		case "/new":
			turns = nil
			continue
		case "":
			continue
		}
		question := spsbot.Question{Text: line, Turns: turns, Country: c.Country, Locale: c.Locale}
		record, sealed, err := answer.Answer(ctx, question, all.snapshot)
		if err != nil {
			return err
		}
		out.printf("\n")
		if err := writer.reply(record, sealed); err != nil {
			return err
		}
		turns = append(turns, line)
		turns = turns[max(0, len(turns)-rememberedTurns):]
	}
}
