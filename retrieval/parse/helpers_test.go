package parse_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"spsbot"
	"spsbot/prompts"
	"spsbot/retrieval/parse"
)

// englishWords returns the word lists that the program itself reads documents with.
func englishWords(t testing.TB) *spsbot.Words {
	t.Helper()
	words, err := prompts.Words(prompts.Files(), "en")
	if err != nil {
		t.Fatal(err)
	}
	return &words
}

func read(t *testing.T, name, text string) *parse.Document {
	t.Helper()
	document, err := parse.Read(name, []byte(text), nil, englishWords(t))
	if err != nil {
		t.Fatalf("read %s: %v", name, err)
	}
	if err := checkSpans(document); err != nil {
		t.Fatal(err)
	}
	return document
}

// outline writes one line for each block: what it is to a reader, then its
// text. Sentences are parted by " | "; "!" stands before one that is never
// quoted, "~" before a block of furniture.
//
//	h2 heading   p paragraph   lead, inner lead   - item   - [label] item
func outline(document *parse.Document) []string {
	var lines []string
	for _, block := range document.Blocks {
		line := blockName(block) + " "
		if block.Label.End > 0 {
			line += "[" + document.Text[block.Label.Start:block.Label.End] + "] "
		}
		if block.Furniture {
			lines = append(lines, "~"+line+document.Text[block.Span.Start:block.Span.End])
			continue
		}
		lines = append(lines, line+sentenceLine(document, block))
	}
	return lines
}

func blockName(block parse.Block) string {
	switch {
	case block.Kind == parse.Heading:
		return fmt.Sprintf("h%d", block.Level)
	case block.Kind == parse.Lead && block.Inner:
		return "inner lead"
	case block.Kind == parse.Lead:
		return "lead"
	case block.Kind == parse.Item:
		return "-"
	}
	return "p"
}

func sentenceLine(document *parse.Document, block parse.Block) string {
	if block.Kind == parse.Heading {
		return document.Text[block.Span.Start:block.Span.End]
	}
	var parts []string
	for _, sentence := range block.Sentences {
		text := document.Text[sentence.Span.Start:sentence.Span.End]
		if !sentence.Quotable && block.Kind != parse.Lead { // a lead is shown with its items
			text = "!" + text
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, " | ")
}

// outlineCase is one small text and what a reader should see in it.
type outlineCase struct {
	name, text string
	want       []string
}

func checkOutlines(t *testing.T, file string, cases []outlineCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := outline(read(t, file, c.text))
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("blocks (-want +got):\n%s", diff)
			}
		})
	}
}

// checkSpans holds what everything after reading relies on: the text is valid
// UTF-8 without hidden characters; blocks stand in order and apart; labels stand
// before their blocks and sentences inside them, in order and apart, without
// white space around them; all on rune boundaries.
func checkSpans(document *parse.Document) error {
	text := document.Text
	if !utf8.ValidString(text) {
		return errors.New("the stored text is not UTF-8")
	}
	if at := strings.IndexFunc(text, isHidden); at >= 0 {
		return fmt.Errorf("the stored text holds a hidden character: %+q", text[at:min(len(text), at+8)])
	}
	at := 0
	for i, block := range document.Blocks {
		if block.Label.End > 0 {
			if err := checkSpan(text, block.Label, at, len(text)); err != nil {
				return fmt.Errorf("label of block %d: %w", i, err)
			}
			at = block.Label.End
		}
		if err := checkSpan(text, block.Span, at, len(text)); err != nil {
			return fmt.Errorf("block %d: %w", i, err)
		}
		inside := block.Span.Start
		for j, sentence := range block.Sentences {
			if err := checkSpan(text, sentence.Span, inside, block.Span.End); err != nil {
				return fmt.Errorf("block %d, sentence %d: %w", i, j, err)
			}
			inside = sentence.Span.End
		}
		at = block.Span.End
	}
	return nil
}

// isHidden reports whether a passage with r in it would never be shown.
func isHidden(r rune) bool {
	joiner := r == '\u200c' || r == '\u200d'
	return r == '\ufffc' || r != '\n' && r != '\t' && !joiner && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp)
}

func checkSpan(text string, span spsbot.Span, from, to int) error {
	switch {
	case span.Start < from || span.End > to || span.Start >= span.End:
		return fmt.Errorf("[%d,%d) is not a stretch of [%d,%d)", span.Start, span.End, from, to)
	case !utf8.RuneStart(text[span.Start]) || span.End < len(text) && !utf8.RuneStart(text[span.End]):
		return fmt.Errorf("[%d,%d) cuts a character", span.Start, span.End)
	case strings.TrimSpace(text[span.Start:span.End]) != text[span.Start:span.End]:
		return fmt.Errorf("%q has white space around it", text[span.Start:span.End])
	}
	return nil
}
