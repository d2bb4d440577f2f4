package retrieval_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"spsbot"
	"spsbot/prompts"
	"spsbot/retrieval"
	"spsbot/retrieval/parse"
)

func englishWords(t testing.TB) *spsbot.Words {
	t.Helper()
	words, err := prompts.Words(prompts.Files(), "en")
	if err != nil {
		t.Fatal(err)
	}
	return &words
}

// cut reads and cuts a text, and holds what must be true of any passages.
func cut(t *testing.T, name, text string) []*spsbot.Passage {
	t.Helper()
	document, err := parse.Read(name, []byte(text), nil, englishWords(t))
	if err != nil {
		t.Fatal(err)
	}
	passages := retrieval.Cut(document)
	if err := checkPassages(document, passages); err != nil {
		t.Fatal(err)
	}
	return passages
}

// checkPassages holds that passages are stretches of the stored text, in order
// and numbered, and that every sentence that may be quoted stands in exactly one.
func checkPassages(document *parse.Document, passages []*spsbot.Passage) error {
	found := map[spsbot.Span]int{}
	at := 0
	for i, p := range passages {
		switch {
		case p.Start < at || p.End > len(document.Text):
			return fmt.Errorf("passage %d [%d,%d) begins before %d or ends after the text", i, p.Start, p.End, at)
		case p.Text != document.Text[p.Start:p.End]:
			return fmt.Errorf("passage %d is not its stretch of the stored text", i)
		case p.ID != fmt.Sprintf("%s#%d", document.Source.ID, i+1):
			return fmt.Errorf("passage %d has the id %q", i, p.ID)
		case p.Source != &document.Source:
			return fmt.Errorf("passage %d has not its document's facts", i)
		}
		at = p.End
		if err := checkSentences(p); err != nil {
			return fmt.Errorf("%s: %w", p.ID, err)
		}
		for _, s := range p.Sentences {
			found[spsbot.Span{Start: p.Start + s.Span.Start, End: p.Start + s.Span.End}]++
		}
	}
	for _, block := range document.Blocks {
		for _, s := range block.Sentences {
			if s.Quotable && found[s.Span] != 1 {
				return fmt.Errorf("%q stands in %d passages", document.Text[s.Span.Start:s.Span.End], found[s.Span])
			}
		}
	}
	return nil
}

func checkSentences(p *spsbot.Passage) error {
	at := 0
	for i, s := range p.Sentences {
		start := s.Span.Start
		if s.Label.End > 0 {
			start = s.Label.Start
			if s.Label.End > s.Span.Start {
				return fmt.Errorf("sentence %d: its label stands behind it", i)
			}
		}
		switch {
		case start < at || s.Span.Start >= s.Span.End || s.Span.End > len(p.Text):
			return fmt.Errorf("sentence %d [%d,%d) begins before %d or ends after the passage", i, s.Span.Start, s.Span.End, at)
		case s.Lead >= i || s.Lead < -1:
			return fmt.Errorf("sentence %d: its lead is sentence %d", i, s.Lead)
		case s.Lead >= 0 && !s.Item && !s.Inside:
			return fmt.Errorf("sentence %d has a lead and is no item", i)
		}
		at = s.Span.End
	}
	return nil
}

// describe writes one line for each sentence: the passage's number, the lead in
// brackets, the label, the sentence.
func describe(passages []*spsbot.Passage) []string {
	var lines []string
	for i, p := range passages {
		for j, s := range p.Sentences {
			line := fmt.Sprintf("%d ", i+1)
			if s.Lead >= 0 {
				line += "(" + p.Quote(s.Lead) + ") "
			}
			if s.Label.End > 0 {
				line += "[" + p.Text[s.Label.Start:s.Label.End] + "] "
			}
			lines = append(lines, line+p.Quote(j))
		}
	}
	return lines
}

func TestCut(t *testing.T) {
	for _, c := range []struct {
		name, file, text string
		want             []string
	}{
		{
			name: "a list stays with the line that introduces it",
			file: "a.md",
			text: "Falls are frequent in winter.\n\nThese things help against falls:\n\n- shoes with flat soles\n- a rail. It has to be firm.\n\nMost falls end well for people.\n",
			want: []string{
				"1 Falls are frequent in winter.",
				"2 These things help against falls:",
				"2 (These things help against falls:) shoes with flat soles",
				"2 (These things help against falls:) a rail.",
				"2 (These things help against falls:) It has to be firm.",
				"2 Most falls end well for people.",
			},
		},
		{
			name: "labels stay with their items",
			file: "a.txt",
			text: "Two kinds of help are:\n- At home:\nA rail beside the stairs prevents falls. It is cheap.\n- At work:\nA quiet room keeps sudden noise away.\n",
			want: []string{
				"1 Two kinds of help are:",
				"1 (Two kinds of help are:) [At home:] A rail beside the stairs prevents falls.",
				"1 (Two kinds of help are:) It is cheap.",
				"1 (Two kinds of help are:) [At work:] A quiet room keeps sudden noise away.",
			},
		},
		{
			name: "furniture belongs to no passage",
			file: "a.txt",
			text: "- Home\n- Gout\n- Lupus\n\nFalls are frequent in winter.\n\nPost a comment\n\nMost falls end well for people.\n",
			want: []string{"1 Falls are frequent in winter.", "2 Most falls end well for people."},
		},
		{
			name: "a stretch without a sentence to quote is no passage",
			file: "a.md",
			text: "## Falls\n\nSoon more here\n\n## Winter\n\nFalls are frequent in winter.\n",
			want: []string{"1 Falls are frequent in winter."},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, describe(cut(t, c.file, c.text))); diff != "" {
				t.Errorf("sentences (-want +got):\n%s", diff)
			}
		})
	}
}

// The items of a list inside a list are never introduced by the outer line.
func TestCutNestedList(t *testing.T) {
	for name, text := range map[string]string{
		"two sentences": "Doctors do these things first:\n\n1. They listen.\n2. Then blood is drawn. It may show:\n   - too little calcium\n   - too little salt\n3. They test the reflexes.\n",
		"one sentence":  "Doctors do these things first:\n\n1. They listen.\n2. Blood tests, which may show:\n   - too little calcium\n   - too little salt\n3. They test the reflexes.\n",
	} {
		t.Run(name, func(t *testing.T) {
			for _, line := range describe(cut(t, "a.md", text)) {
				switch {
				case strings.HasSuffix(line, "too little calcium"), strings.HasSuffix(line, "too little salt"):
					if !strings.Contains(line, "may show:)") {
						t.Errorf("wrong lead: %s", line)
					}
				case strings.HasSuffix(line, "They test the reflexes."):
					if strings.Contains(line, "may show") {
						t.Errorf("wrong lead: %s", line)
					}
				}
			}
		})
	}
}

// After lists inside lists, an item goes on with the list that it belongs to,
// however deep the last one was.
func TestCutDeepList(t *testing.T) {
	text := "Doctors do these first:\n\n- Blood tests, which may show:\n  - too little salt\n  - signs in cells, such as:\n    - odd shapes\n    - odd sizes\n- They test the reflexes.\n"
	want := []string{
		"1 Doctors do these first:",
		"1 Blood tests, which may show:",
		"1 (Blood tests, which may show:) too little salt",
		"1 signs in cells, such as:",
		"1 (signs in cells, such as:) odd shapes",
		"1 (signs in cells, such as:) odd sizes",
		"1 (Doctors do these first:) They test the reflexes.",
	}
	if diff := cmp.Diff(want, describe(cut(t, "a.md", text))); diff != "" {
		t.Errorf("sentences (-want +got):\n%s", diff)
	}
}

func TestCutHeadings(t *testing.T) {
	text := "# Falls\n\nFalls are frequent in winter.\n\n## At home\n\nStairs are the place of many falls.\n\n### Rails\n\nA rail prevents many falls at home.\n\n## Outside\n\nIce is the cause of many falls.\n"
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"the title stands in no path":    {text, []string{"", "At home", "At home › Rails", "Outside"}},
		"a second heading of level 1":    {text + "\n# Snow\n\nSnow hides the ice below it.\n", []string{"", "At home", "At home › Rails", "Outside", "Snow"}},
		"two of them, none is the title": {"---\ntitle: Accidents\n---\n" + text + "\n# Snow\n\nSnow hides the ice below it.\n", []string{"Falls", "Falls › At home", "Falls › At home › Rails", "Falls › Outside", "Snow"}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, p := range cut(t, "a.md", c.text) {
				got = append(got, strings.Join(p.Heading, " › "))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("paths (-want +got):\n%s", diff)
			}
		})
	}
}

func TestCutLongTexts(t *testing.T) {
	const sentence = "Warm water makes movement a little easier for most of the people who try it. "
	for name, text := range map[string]string{
		"one long paragraph": strings.Repeat(sentence, 60),
		"many paragraphs":    strings.Repeat(sentence+"\n\n", 60),
		"one long item":      "These things help:\n\n- " + strings.Repeat(sentence, 60),
	} {
		t.Run(name, func(t *testing.T) {
			passages := cut(t, "a.md", text)
			for _, p := range passages {
				if words := len(strings.Fields(p.Text)); words > 320 {
					t.Errorf("%s has %d words", p.ID, words)
				}
			}
			if len(passages) < 2 {
				t.Errorf("%d passages, want several", len(passages))
			}
		})
	}
}

// An item without the line that introduces it may say the opposite of what the
// list says ("avoid these: …"), so it stays with it or is not quoted.
func TestCutItemsKeepTheirLead(t *testing.T) {
	const lead = "Nobody with tight muscles should do any of these:\n\n"
	long := lead
	for i := range 40 {
		long += fmt.Sprintf("- Walk over frozen ground number %d without a stick in a hurry.\n", i)
	}
	for name, text := range map[string]string{
		"a long list":               long,
		"an item that is furniture": lead + "- Walk on ice.\n- Read more\n- Run for a bus.\n",
		"an item that goes on":      lead + "- Walk on ice.\n\n  Ice is slippery in every season.\n\n- Run for a bus.\n",
		"furniture between items":   lead + "- Walk on ice.\n\nPost a comment\n\n- Run for a bus.\n",
	} {
		t.Run(name, func(t *testing.T) {
			for _, p := range cut(t, "a.md", text) {
				for i, s := range p.Sentences {
					if s.Item && s.Quotable && s.Lead < 0 {
						t.Fatalf("%s: %q may be quoted without the line that introduces it", p.ID, p.Quote(i))
					}
				}
			}
		})
	}
}

// However the parts of a document follow each other, no sentence is lost, and
// passages stay in order.
func TestCutLosesNothing(t *testing.T) {
	words := englishWords(t)
	parts := rapid.SliceOfN(rapid.SampledFrom([]string{
		"# Falls", "## At home", "### Rails", "What helps at home?", "Rails and lamps",
		"Falls are frequent in winter. Ice is one reason for it.", "Most falls happen at home:",
		"These things help against falls:", "- a rail beside the stairs", "- At night:", "- Lamps help. They sense movement.",
		"1. Take the stick.", "2. Then stand up. Good places for it are:", "• a chair", "Post a comment",
		"My fall was on the stairs.", "Hello,", "Patient's Query", strings.Repeat("Warm water makes movement easier for most. ", 50),
	}), 1, 30)
	rapid.Check(t, func(t *rapid.T) {
		separator := rapid.SampledFrom([]string{"\n", "\n\n"}).Draw(t, "separator")
		name := rapid.SampledFrom([]string{"a.md", "a.txt"}).Draw(t, "name")
		document, err := parse.Read(name, []byte(strings.Join(parts.Draw(t, "parts"), separator)), nil, words)
		if err != nil {
			t.Skip(err)
		}
		if err := checkPassages(document, retrieval.Cut(document)); err != nil {
			t.Fatal(err)
		}
	})
}
