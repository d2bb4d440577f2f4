package main

import (
	"context"
	"fmt"
	"strings"
	"text/tabwriter"

	"spsbot"
	"spsbot/answer"
	"spsbot/prompts"
)

type sourceCommand struct {
	List  sourceListCommand  `cmd:"" help:"List the sources with their kinds and dates."`
	Show  sourceShowCommand  `cmd:"" help:"Show one source: its facts and its passages."`
	Check sourceCheckCommand `cmd:"" help:"Read a folder of new documents and say what an admin should look at."`
}

type sourceListCommand struct{ sourceOptions }

// Run prints one line for each source.
func (c *sourceListCommand) Run(ctx context.Context, std streams) error {
	words, err := answer.LoadWords(prompts.Files())
	if err != nil {
		return fmt.Errorf("read the word files: %w", err)
	}
	set, err := c.read(ctx, words, std)
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(std.out, 0, 0, 2, ' ', 0)
	out := &printer{out: table}
	out.printf("ID\tKIND\tREVIEWED\tSELLS\tPUBLISHER\tTITLE\n")
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
		out.printf("%s\t%s\t%s\t%s\t%s\t%s\n", s.ID, s.Kind, reviewed, sells, s.Publisher, s.Title)
	}
	if out.err == nil {
		out.err = table.Flush()
	}
	return out.done("the list of sources")
}

type sourceShowCommand struct {
	sourceOptions
	ID string `arg:"" help:"The source's id, as \"source list\" prints it."`
}

// Run prints a source's facts, and its passages as a patient may open them.
func (c *sourceShowCommand) Run(ctx context.Context, std streams) error {
	all, err := c.load(ctx, std)
	if err != nil {
		return err
	}
	for _, document := range all.set.Documents {
		if document.Source.ID == c.ID {
			out := &printer{out: std.out}
			writeFacts(out, &document.Source)
			out.printf("%-12s %s\n", "read by:", document.Extractor)
			writePassages(out, all, c.ID)
			return out.done("the source")
		}
	}
	return fmt.Errorf("there is no source %q. Hint: \"spsbot source list\" prints the ids", c.ID)
}

func writeFacts(out *printer, s *spsbot.Source) {
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
			out.printf("%-12s %s\n", fact[0]+":", fact[1])
		}
	}
	if s.Commercial {
		out.printf("commercial:  yes\n")
	}
}

func writePassages(out *printer, all *loaded, id string) {
	opened := all.snapshot.OpenSource(id, 0, len(all.snapshot.Set.Passages()))
	for _, opened := range opened.Citations() {
		out.printf("\n%s\n%s\n\n%s\n", opened.Passage, opened.Heading, strings.TrimSpace(opened.Quote))
	}
}
