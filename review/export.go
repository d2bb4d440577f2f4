package review

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"spsbot"
)

// Format is the form of an export.
type Format string

// The formats.
const (
	FormatJSONLines Format = "jsonl" // one spsbot.Exchange a line, with everything
	FormatCSV       Format = "csv"   // one line an exchange, with what fits a table
)

// Export writes the exchanges that a filter selects and returns their number.
func (r Reader) Export(ctx context.Context, out io.Writer, filter Filter, format Format) (int, error) {
	buffered := bufio.NewWriter(out)
	var write func(spsbot.Exchange) error
	flush := buffered.Flush
	switch format {
	case FormatJSONLines:
		encoder := json.NewEncoder(buffered)
		encoder.SetEscapeHTML(false)
		write = func(exchange spsbot.Exchange) error { return encoder.Encode(exchange) }
	case FormatCSV:
		table := csv.NewWriter(buffered)
		if err := table.Write(columns()); err != nil {
			return 0, fmt.Errorf("export the log: %w", err)
		}
		write = func(exchange spsbot.Exchange) error { return table.Write(row(exchange)) }
		flush = func() error {
			table.Flush()
			if err := table.Error(); err != nil {
				return err
			}
			return buffered.Flush()
		}
	default:
		return 0, fmt.Errorf("export the log: there is no format %q", format)
	}
	count := 0
	for exchange, err := range r.List(ctx, filter) {
		if err != nil {
			return count, err
		}
		if err := write(exchange); err != nil {
			return count, fmt.Errorf("export the log: %w", err)
		}
		count++
	}
	if err := flush(); err != nil {
		return count, fmt.Errorf("export the log: %w", err)
	}
	return count, nil
}

func columns() []string {
	return []string{
		"reference", "at", "status", "route", "server", "surface", "locale", "asker", "question", "reply",
		"sources", "helpful", "not_right", "feedback", "source_set", "prompts", "program", "took_ms",
	}
}

// row is the line of one exchange.
func row(exchange spsbot.Exchange) []string {
	record := exchange.Record
	var sources, said []string
	for _, citation := range record.Citations {
		if !slices.Contains(sources, citation.Source) {
			sources = append(sources, citation.Source)
		}
	}
	counts := map[spsbot.Verdict]int{}
	for _, feedback := range exchange.Feedback {
		counts[feedback.Verdict]++
		if feedback.Text != "" {
			said = append(said, feedback.Text)
		}
	}
	cells := []string{
		exchange.Reference, exchange.At.UTC().Format(time.RFC3339), string(exchange.Status), string(record.Route),
		record.Question.Place.Server, string(record.Question.Place.Surface), record.Locale,
		record.Question.Asker, record.Question.Text, record.Text, strings.Join(sources, " "),
		strconv.Itoa(counts[spsbot.VerdictHelpful]), strconv.Itoa(counts[spsbot.VerdictNotRight]), strings.Join(said, " | "),
		record.SourceSet, record.Prompts, record.Program, strconv.FormatInt(record.Took.Milliseconds(), 10),
	}
	for i := range cells {
		cells[i] = inertCell(cells[i])
	}
	return cells
}

// inertCell keeps a spreadsheet from taking what a person wrote for a formula.
func inertCell(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}
