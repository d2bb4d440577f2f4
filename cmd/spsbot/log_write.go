package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"spsbot"
)

// logTime is how times of the log are printed: UTC, to the second.
const logTime = "2006-01-02 15:04:05"

// logTable returns a table of exchanges; on a terminal its rows fit the width.
func logTable(all []spsbot.Exchange, width int) string {
	rows := table.NewWriter()
	style := table.StyleDefault
	style.Options = table.OptionsNoBordersAndSeparators
	style.Box.PaddingLeft = ""
	style.Box.PaddingRight = "  "
	rows.SetStyle(style)
	rows.AppendHeader(table.Row{"at", "reference", "route", "status", "server", "said", "question"})
	for _, exchange := range all {
		record := exchange.Record
		rows.AppendRow(table.Row{
			exchange.At.UTC().Format(logTime), exchange.Reference, record.Route, exchange.Status,
			record.Question.Place.Server, verdicts(exchange.Feedback), shortQuestion(exchange),
		})
	}
	if width > 0 {
		rows.Style().Size.WidthMax = width
	}
	lines := strings.Split(rows.Render(), "\n")
	for i := range lines {
		lines[i] = strings.TrimRightFunc(lines[i], unicode.IsSpace)
	}
	return strings.Join(lines, "\n")
}

// verdicts counts what readers said: "+2 -1".
func verdicts(all []spsbot.Feedback) string {
	helpful, not := 0, 0
	for _, feedback := range all {
		switch feedback.Verdict {
		case spsbot.VerdictHelpful:
			helpful++
		case spsbot.VerdictNotRight:
			not++
		}
	}
	var said []string
	if helpful > 0 {
		said = append(said, fmt.Sprintf("+%d", helpful))
	}
	if not > 0 {
		said = append(said, fmt.Sprintf("-%d", not))
	}
	return strings.Join(said, " ")
}

// questionWidth is how much of a question a table shows, in columns.
const questionWidth = 60

func shortQuestion(exchange spsbot.Exchange) string {
	if exchange.Forgotten {
		return "(forgotten)"
	}
	line := strings.Join(strings.Fields(harmless(exchange.Record.Question.Text)), " ")
	return text.Snip(line, questionWidth, "…")
}

// harmless takes out what would steer a terminal: people write whatever they like.
func harmless(words string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r):
			return ' '
		}
		return r
	}, words)
}

// writeExchange prints one exchange in full.
func writeExchange(out *printer, exchange spsbot.Exchange) {
	record, question := exchange.Record, exchange.Record.Question
	fact := func(name, value string) {
		if value != "" {
			out.printf("%-12s %s\n", name+":", harmless(value))
		}
	}
	fact("reference", exchange.Reference)
	fact("at", exchange.At.UTC().Format(logTime))
	fact("status", string(exchange.Status))
	fact("route", string(record.Route))
	fact("surface", string(question.Place.Surface))
	fact("server", question.Place.Server)
	fact("channel", question.Place.Channel)
	fact("message", question.Place.Message)
	fact("asker", question.Asker)
	fact("language", question.Language)
	fact("locale", record.Locale)
	fact("mode", string(record.Mode))
	fact("source set", record.SourceSet)
	fact("prompts", record.Prompts)
	fact("program", record.Program)
	fact("took", record.Took.Round(time.Microsecond).String())
	for _, name := range slices.Sorted(maps.Keys(record.Settings)) {
		fact("setting", name+" = "+record.Settings[name])
	}
	writeWords(out, exchange)
	writeFollowers(out, exchange)
}

// writeWords prints what was asked and replied.
func writeWords(out *printer, exchange spsbot.Exchange) {
	record := exchange.Record
	if exchange.Forgotten {
		out.printf("\nThe person has been forgotten: question, reasons and pseudonym can't be read any more.\n")
	}
	for _, turn := range record.Question.Turns {
		out.printf("\nbefore: %s\n", harmless(turn))
	}
	if record.Question.Text != "" {
		out.printf("\nquestion: %s\n", harmless(record.Question.Text))
	}
	for _, why := range record.Why {
		out.printf("why: %s\n", harmless(why))
	}
	out.printf("\n%s\n\n", harmless(record.Text))
	for _, citation := range record.Citations {
		out.printf("[%d] %s\n", citation.N, citation.Passage)
	}
	for _, evidence := range record.Evidence {
		out.printf("found: %s (%.2f)\n", evidence.Passage, evidence.Score)
	}
	for _, note := range record.Verification {
		out.printf("check: %s\n", harmless(note))
	}
}

// writeFollowers prints what came after the reply.
func writeFollowers(out *printer, exchange spsbot.Exchange) {
	for _, shown := range exchange.Shown {
		out.printf("%s shown: part %d in channel %s, message %s\n", shown.At.UTC().Format(logTime), shown.Part+1, orUnknown(shown.Channel), orUnknown(shown.Message))
	}
	for _, feedback := range exchange.Feedback {
		out.printf("%s feedback: %s %s\n", feedback.At.UTC().Format(logTime), feedback.Verdict, harmless(feedback.Text))
	}
	for _, event := range exchange.Events {
		out.printf("%s event: %s %s\n", event.At.UTC().Format(logTime), event.Kind, harmless(event.Note))
	}
}

func orUnknown(id string) string {
	if id == "" {
		return "unknown"
	}
	return id
}
