package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"spsbot"
	"spsbot/review"
)

type logCommand struct {
	List   logListCommand   `cmd:"" help:"List questions and what became of them, the newest first."`
	Show   logShowCommand   `cmd:"" help:"Show one question with its reply and all that followed."`
	Export logExportCommand `cmd:"" help:"Write the log as JSON Lines or CSV, the oldest first. It holds the words of people: keep it as you would a letter."`
}

// logFilter are the options by which exchanges are selected.
type logFilter struct {
	Since    string `help:"From this time on: a date, a date with time, or how long ago (7d, 12h)." placeholder:"TIME"`
	Until    string `help:"Before this time." placeholder:"TIME"`
	Route    string `help:"Only this route (answer, no_source, dosing …)." placeholder:"ROUTE"`
	Server   string `help:"Only this Discord server, by its id." placeholder:"ID"`
	Status   string `help:"Only this status: logged, shown, unsent, removed or withdrawn." placeholder:"STATUS"`
	Feedback string `help:"Only what at least one reader called helpful or not_right." placeholder:"VERDICT"`
	Text     string `help:"Only where this stands in the question, the reply or the feedback." placeholder:"TEXT"`
	Limit    int    `help:"At most this many, 0 for all."`
}

// filter checks the options. Times without a zone are UTC, as they are printed.
func (f logFilter) filter(now time.Time) (review.Filter, error) {
	filter := review.Filter{
		Route: spsbot.Route(f.Route), Server: f.Server, Status: spsbot.Status(f.Status),
		Feedback: spsbot.Verdict(f.Feedback), Text: f.Text, Limit: f.Limit,
	}
	var err error
	if filter.Since, err = parseMoment(f.Since, now); err != nil {
		return filter, err
	}
	if filter.Until, err = parseMoment(f.Until, now); err != nil {
		return filter, err
	}
	switch {
	case f.Route != "" && !filter.Route.Valid():
		return filter, unknownValue("route", f.Route, spsbot.Routes())
	case f.Status != "" && !slices.Contains(spsbot.Statuses(), filter.Status):
		return filter, unknownValue("status", f.Status, spsbot.Statuses())
	case f.Feedback != "" && !filter.Feedback.Valid():
		return filter, unknownValue("verdict", f.Feedback, []spsbot.Verdict{spsbot.VerdictHelpful, spsbot.VerdictNotRight})
	case f.Limit < 0:
		return filter, usageError{"the limit is below 0"}
	}
	return filter, nil
}

func unknownValue[T ~string](what, given string, known []T) error {
	var names []string
	for _, name := range known {
		names = append(names, string(name))
	}
	return usageError{fmt.Sprintf("there is no %s %q. Hint: one of %s", what, given, strings.Join(names, ", "))}
}

// parseMoment reads a date, a date with time, or how long ago; empty is no bound.
func parseMoment(text string, now time.Time) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	for _, layout := range []string{time.DateOnly, "2006-01-02 15:04", "2006-01-02T15:04", time.RFC3339} {
		if moment, err := time.Parse(layout, text); err == nil {
			return moment, nil
		}
	}
	if days, found := strings.CutSuffix(text, "d"); found {
		if count, err := strconv.Atoi(days); err == nil && count >= 0 {
			return now.AddDate(0, 0, -count), nil
		}
	}
	if past, err := time.ParseDuration(text); err == nil && past >= 0 {
		return now.Add(-past), nil
	}
	return time.Time{}, usageError{fmt.Sprintf("%q is no time. Hint: 2026-03-01, \"2026-03-01 14:30\", 7d or 12h", text)}
}

type logListCommand struct {
	dataOptions
	logFilter
}

// Run prints a table.
func (c *logListCommand) Run(ctx context.Context, std streams) error {
	filter, err := c.filter(time.Now())
	if err != nil {
		return err
	}
	filter.Newest = true
	if filter.Limit == 0 {
		filter.Limit = 50
	}
	reader, done, err := c.readLog()
	if err != nil {
		return err
	}
	var all []spsbot.Exchange
	for exchange, err := range reader.List(ctx, filter) {
		if err != nil {
			return errors.Join(err, done())
		}
		all = append(all, exchange)
	}
	out := &printer{out: std.out}
	out.printf("%s\n", logTable(all, newStyle(std.out).width))
	if len(all) == filter.Limit {
		std.complain("these are the newest %d; --limit shows more", filter.Limit)
	}
	return errors.Join(out.done("the log"), done())
}

type logShowCommand struct {
	dataOptions
	Reference string `arg:"" help:"The reference, as \"log list\" and apologies print it, or the Discord id of the question."`
}

// Run prints one exchange.
func (c *logShowCommand) Run(ctx context.Context, std streams) error {
	reader, done, err := c.readLog()
	if err != nil {
		return err
	}
	exchange, err := reader.Get(ctx, c.Reference)
	if errors.Is(err, spsbot.ErrUnknown) {
		err = fmt.Errorf("the log has no %s. Hint: \"spsbot log list\" prints the references", c.Reference)
	}
	if err != nil {
		return errors.Join(err, done())
	}
	out := &printer{out: std.out}
	writeExchange(out, exchange)
	return errors.Join(out.done("the exchange"), done())
}

type logExportCommand struct {
	dataOptions
	logFilter
	Format string `help:"jsonl (everything) or csv (what fits a table)." enum:"jsonl,csv" default:"jsonl"`
	Output string `help:"Write to this file, which nobody else can read, instead of standard output." short:"o" type:"path" placeholder:"FILE"`
}

// Run writes the log to a file or to standard output.
func (c *logExportCommand) Run(ctx context.Context, std streams) error {
	filter, err := c.filter(time.Now())
	if err != nil {
		return err
	}
	reader, done, err := c.readLog()
	if err != nil {
		return err
	}
	count, err := c.export(ctx, reader, filter, std.out)
	if err = errors.Join(err, done()); err != nil {
		return err
	}
	std.complain("exported: %d", count)
	return nil
}

func (c *logExportCommand) export(ctx context.Context, reader review.Reader, filter review.Filter, out io.Writer) (int, error) {
	if c.Output == "" {
		return reader.Export(ctx, out, filter, review.Format(c.Format))
	}
	file, err := os.OpenFile(c.Output, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return 0, fmt.Errorf("export the log: %w", err)
	}
	count, err := reader.Export(ctx, file, filter, review.Format(c.Format))
	return count, errors.Join(err, file.Close())
}
