package parse_test

import (
	"errors"
	"strings"
	"testing"

	"spsbot/retrieval/parse"
)

// FuzzRead holds that no file can do harm: it is read into blocks in order, or
// refused with a reason.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		"# Sticks\n\nThey help:\n\n- at home\n  1. on stairs. Take care of:\n     - rugs\n- outside:\n\n  on ice\n",
		"Sticks\nDo they help? They do. Kinds:\n• of wood • of steel - Old ones:\nStill good.\n1. One\n",
		"---\nid: x\nkind: blog\n---\nPatient's Query\nMy legs.\nHello,\nRest helps. Dr. A. B. said so.[1] It isso.Yes\n",
		"\xff\xfea\x00\n\x00", "caf\xe9\x00", "\ufeff---\n---\n", "- :\n\n - \n:\n?\n!\n.\n", "Steps:\n1. \n2. Rest.\n", "a\r\rb\u2028c\u0085d",
		"&amp; \\* <b>x</b> ![p](q) [l](m) `c` ***e***\n===\n> q\n\n    code\n", "「はい。」いいえ？\n• 薬：\n飲む。",
	} {
		f.Add(true, []byte(seed), []byte(nil))
		f.Add(false, []byte(seed), []byte("title: T\n"))
	}
	words := englishWords(f)
	f.Fuzz(func(t *testing.T, markdown bool, data, side []byte) {
		name := "page.txt"
		if markdown {
			name = "page.md"
		}
		document, err := parse.Read(name, data, side, words)
		if err != nil {
			if !errors.Is(err, parse.ErrUnreadable) {
				t.Errorf("the error does not say that the file is unreadable: %v", err)
			}
			return
		}
		if err := checkSpans(document); err != nil {
			t.Errorf("%v in %q", err, document.Text)
		}
		if document.Source.ID == "" || document.Source.Title == "" || document.Source.Kind == "" || document.Source.Language == "" {
			t.Errorf("facts are missing: %+v", document.Source)
		}
		for _, block := range document.Blocks {
			for _, sentence := range block.Sentences {
				if block.Furniture && sentence.Quotable {
					t.Errorf("furniture may be quoted: %q", document.Text[sentence.Span.Start:sentence.Span.End])
				}
			}
			if strings.Contains(document.Text[block.Span.Start:block.Span.End], "\n") {
				t.Errorf("a block runs over several lines: %q", document.Text[block.Span.Start:block.Span.End])
			}
		}
	})
}
