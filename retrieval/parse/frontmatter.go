package parse

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v3"

	"spsbot"
)

const fence = "---"

// frontMatter splits the facts from the body. The facts stand between two lines
// "---" at the very start, or in the side file; the side file wins where both
// say something. A file whose facts are broken is refused: one of them could be
// the mark that it has something to sell.
func frontMatter(name, text string, side []byte) (spsbot.Source, string, error) {
	source := spsbot.Source{}
	body := text
	if first, rest, found := strings.Cut(text, "\n"); found && strings.TrimRight(first, " \t") == fence {
		head, after, closed := cutFence(rest)
		if !closed {
			return source, "", fmt.Errorf("%w: its front matter has no closing line %q", ErrUnreadable, fence)
		}
		if err := decodeFacts([]byte(head), &source); err != nil {
			return source, "", fmt.Errorf("%w: its front matter is broken: %w", ErrUnreadable, err)
		}
		body = after
	}
	if len(side) > 0 {
		if err := decodeFacts(side, &source); err != nil {
			return source, "", fmt.Errorf("%w: its side file is broken: %w", ErrUnreadable, err)
		}
	}
	return complete(source, name), body, nil
}

// cutFence returns what stands before and after the next line "---".
func cutFence(text string) (head, body string, found bool) {
	offset := 0
	for line := range strings.Lines(text) {
		if strings.TrimRight(line, " \t\n") == fence {
			return text[:offset], text[offset+len(line):], true
		}
		offset += len(line)
	}
	return "", "", false
}

func decodeFacts(data []byte, source *spsbot.Source) error {
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	decoder.KnownFields(true)
	err := decoder.Decode(source)
	var wrong *yaml.TypeError
	switch {
	case errors.As(err, &wrong):
		for i, fault := range wrong.Errors {
			wrong.Errors[i], _, _ = strings.Cut(fault, " in type ")
		}
		return errors.New(strings.Join(wrong.Errors, "; "))
	case err != nil && !errors.Is(err, io.EOF):
		return err
	}
	for _, fact := range facts(source) {
		if strings.ContainsFunc(*fact, func(r rune) bool {
			return unicode.IsControl(r) || isHidden(r) || unicode.In(r, unicode.Zl, unicode.Zp, unicode.Co)
		}) {
			return fmt.Errorf("a fact holds characters that nobody can see: %q", *fact)
		}
	}
	if source.Kind != "" && !slices.Contains(spsbot.Kinds(), source.Kind) {
		return fmt.Errorf("unknown kind %q", source.Kind)
	}
	return nil
}

// facts returns the texts of a source that are shown to people.
func facts(source *spsbot.Source) []*string {
	return []*string{
		&source.ID, &source.Title, &source.Publisher, &source.URL, &source.Condition, &source.SummaryOf,
		&source.Authors, &source.Published, &source.Reviewed, &source.ReviewedBy, &source.Vetted,
		&source.VettedBy, &source.Expires, &source.Licence, &source.Language, &source.Note,
	}
}

// complete fills what the facts leave open.
func complete(source spsbot.Source, name string) spsbot.Source {
	if source.ID == "" {
		source.ID = strings.TrimSuffix(filepath.Base(name), filepath.Ext(name))
	}
	if source.Kind == "" {
		source.Kind = spsbot.KindUnknown
	}
	if source.Language == "" {
		source.Language = "en"
	}
	return source
}
