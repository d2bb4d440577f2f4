package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"spsbot"
	"spsbot/answer"
	"spsbot/prompts"
)

type sourceCommand struct {
	List sourceListCommand `cmd:"" help:"List the sources with their kinds and dates."`
	Show sourceShowCommand `cmd:"" help:"Show one source: its facts and its passages."`
}

type sourceListCommand struct{ sourceOptions }

// Run prints one line for each source.
func (c *sourceListCommand) Run(std streams) error {
	words, err := answer.LoadWords(prompts.Files())
	if err != nil {
		return fmt.Errorf("read the word files: %w", err)
	}
	set, err := c.read(words, std.err)
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(std.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "ID\tKIND\tREVIEWED\tSELLS\tPUBLISHER\tTITLE")
	for _, document := range set.Documents {
		s := document.Source
		reviewed := s.Reviewed
		if reviewed == "" {
			reviewed = s.Published
		}
		sells := "no"
		if s.Commercial {
			sells = "yes"
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\n", s.ID, s.Kind, reviewed, sells, s.Publisher, s.Title)
	}
	if err := table.Flush(); err != nil {
		return fmt.Errorf("write the list of sources: %w", err)
	}
	return nil
}

type sourceShowCommand struct {
	sourceOptions
	ID string `arg:"" help:"The source's id, as \"source list\" prints it."`
}

// Run prints a source's facts, and its passages as a patient may open them.
func (c *sourceShowCommand) Run(std streams) error {
	all, err := c.load(std.err)
	if err != nil {
		return err
	}
	for _, document := range all.set.Documents {
		if document.Source.ID == c.ID {
			writeFacts(std.out, &document.Source)
			return writePassages(std.out, all, c.ID)
		}
	}
	return fmt.Errorf("there is no source %q. Hint: \"spsbot source list\" prints the ids", c.ID)
}

func writeFacts(out io.Writer, s *spsbot.Source) {
	for _, fact := range [][2]string{
		{"id", s.ID},
		{"title", s.Title},
		{"publisher", s.Publisher},
		{"url", s.URL},
		{"kind", string(s.Kind)},
		{"condition", s.Condition},
		{"summary of", s.SummaryOf},
		{"authors", s.Authors},
		{"published", s.Published},
		{"reviewed", s.Reviewed},
		{"reviewed by", s.ReviewedBy},
		{"vetted", s.Vetted},
		{"vetted by", s.VettedBy},
		{"expires", s.Expires},
		{"licence", s.Licence},
		{"language", s.Language},
		{"note", s.Note},
	} {
		if fact[1] != "" {
			fmt.Fprintf(out, "%-12s %s\n", fact[0]+":", fact[1])
		}
	}
	if s.Commercial {
		fmt.Fprintln(out, "commercial:  yes")
	}
}

func writePassages(out io.Writer, all *loaded, id string) error {
	for _, passage := range all.snapshot.Set.Passages() {
		if passage.Source.ID != id {
			continue
		}
		opened := all.snapshot.Open(passage)
		if _, err := fmt.Fprintf(out, "\n%s\n%s\n\n%s\n", opened.Passage, opened.Heading, strings.TrimSpace(opened.Quote)); err != nil {
			return fmt.Errorf("write a passage: %w", err)
		}
	}
	return nil
}
