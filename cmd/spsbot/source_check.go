package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path"
	"slices"
	"strings"

	"spsbot/answer"
	"spsbot/prompts"
	"spsbot/retrieval"
	"spsbot/sources"
)

type sourceCheckCommand struct {
	sourceOptions
	Folder string `arg:"" type:"existingdir" help:"The folder of new documents. --sources is the published set that they are compared with."`
}

// Run reads the folder, prints what to look at file by file, and then a summary.
func (c *sourceCheckCommand) Run(ctx context.Context, std streams) error {
	words, err := answer.LoadWords(prompts.Files())
	if err != nil {
		return fmt.Errorf("read the word files: %w", err)
	}
	checker, err := newChecker()
	if err != nil {
		return err
	}
	published, err := c.read(ctx, words, streams{std.in, std.out, &strings.Builder{}}) // its own faults are told elsewhere
	if err != nil {
		return err
	}
	bar := newReadingBar(std)
	set, err := newLoader(words, bar.show).Load(ctx, os.DirFS(c.Folder))
	bar.finish()
	if err != nil && !errors.Is(err, sources.ErrNoDocuments) {
		return fmt.Errorf("%s: %w", c.Folder, err)
	}
	report := newCheckReport(set, checker.Check(set, published.Documents))
	out := &printer{out: std.out}
	report.write(out)
	if err := out.done("the report"); err != nil {
		return err
	}
	if report.refused > 0 || len(set.Documents) == 0 {
		return errReported
	}
	return nil
}

// newChecker returns the checker with the dose guard that withholds sentences
// from replies and the scrubber of messages, so that all find the same.
func newChecker() (*sources.Checker, error) {
	words, err := prompts.Checks(prompts.Files())
	if err != nil {
		return nil, err
	}
	guard, err := newGuard()
	if err != nil {
		return nil, err
	}
	scrubber, err := newScrubber()
	if err != nil {
		return nil, err
	}
	return sources.NewChecker(words, sources.Guards{
		Dose:     guard.Has,
		Personal: func(text string) bool { return scrubber.Scrub(text) != text },
	}), nil
}

// checkReport is what was read, warned about and refused.
type checkReport struct {
	lines    map[string][]string // by file
	formats  map[string]int      // files that were read, by the ending of their names
	kinds    map[string]int      // warnings by kind
	read     int
	warned   int // files
	refused  int
	passages int
	words    int
}

// readingKind is the kind of warnings that come from reading itself.
const readingKind = "reading"

func newCheckReport(set *sources.Set, findings []sources.Finding) *checkReport {
	r := &checkReport{lines: map[string][]string{}, formats: map[string]int{}, kinds: map[string]int{}, read: len(set.Documents)}
	for i, document := range set.Documents {
		r.formats[strings.ToLower(path.Ext(set.Files[i]))]++
		r.passages += len(retrieval.Cut(document))
		r.words += len(strings.Fields(document.Text))
	}
	refused := map[string]bool{}
	for _, problem := range set.Problems {
		if problem.Err != nil {
			refused[problem.File] = true
			r.lines[problem.File] = append(r.lines[problem.File], "refused: "+problem.Err.Error())
			continue
		}
		r.lines[problem.File] = append(r.lines[problem.File], problem.Warning)
		r.kinds[readingKind]++
	}
	for _, finding := range findings {
		r.lines[finding.File] = append(r.lines[finding.File], string(finding.Kind)+": "+finding.Text)
		r.kinds[string(finding.Kind)]++
	}
	r.refused = len(refused)
	r.warned = len(r.lines) - r.refused
	return r
}

func (r *checkReport) write(out *printer) {
	for _, file := range slices.Sorted(maps.Keys(r.lines)) {
		for _, line := range r.lines[file] {
			out.printf("%s: %s\n", file, line)
		}
	}
	if len(r.lines) > 0 {
		out.printf("\n")
	}
	var formats []string
	for _, ending := range slices.Sorted(maps.Keys(r.formats)) {
		formats = append(formats, fmt.Sprintf("%s %d", strings.TrimPrefix(ending, "."), r.formats[ending]))
	}
	out.printf("read     %d of %d files", r.read, r.read+r.refused)
	if len(formats) > 0 {
		out.printf(" (%s): %d passages, %d words", strings.Join(formats, ", "), r.passages, r.words)
	}
	out.printf("\nwarned   %d files%s\nrefused  %d files\n", r.warned, r.warnings(), r.refused)
}

// warnings counts the warnings by their kinds.
func (r *checkReport) warnings() string {
	kinds := []string{readingKind}
	for _, kind := range sources.FindingKinds() {
		kinds = append(kinds, string(kind))
	}
	var parts []string
	for _, kind := range kinds {
		if r.kinds[kind] > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", kind, r.kinds[kind]))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return " (" + strings.Join(parts, ", ") + ")"
}
