package main

import (
	"context"
	"fmt"
	"os"

	"spsbot/answer"
	"spsbot/internal/figures"
)

type evalCommand struct {
	sourceOptions
	Errors bool     `help:"Print the first wrong replies with their reasons."`
	Files  []string `arg:"" type:"existingfile" help:"JSON Lines with \"question\" or \"turns\", \"route\", and perhaps \"alt\", \"facts\", \"language\", \"style\"."`
}

// Run answers the cases of each file and prints their figures.
func (c *evalCommand) Run(ctx context.Context, std streams) error {
	all, err := c.load(ctx, std)
	if err != nil {
		return err
	}
	out := &printer{out: std.out}
	for _, name := range c.Files {
		file, err := os.Open(name)
		if err != nil {
			return fmt.Errorf("open the cases: %w", err)
		}
		cases, err := figures.ReadCases(file)
		if closed := file.Close(); err == nil {
			err = closed
		}
		if err != nil {
			return fmt.Errorf("read %s: %w", name, err)
		}
		outcomes, err := answerCases(ctx, cases, all.snapshot)
		if err != nil {
			return err
		}
		found := figures.Of(outcomes)
		out.printf("%s: %d cases\n%s\n", name, len(cases), found)
		if c.Errors {
			out.printf("%s\n", found.Errors())
		}
	}
	return out.done("the figures")
}

func answerCases(ctx context.Context, cases []figures.Case, snapshot answer.Snapshot) ([]figures.Outcome, error) {
	outcomes := make([]figures.Outcome, 0, len(cases))
	for _, c := range cases {
		record, _, err := answer.Answer(ctx, c.Ask(), snapshot)
		if err != nil {
			return nil, err
		}
		outcomes = append(outcomes, figures.Outcome{Case: c, Record: record})
	}
	return outcomes, nil
}
