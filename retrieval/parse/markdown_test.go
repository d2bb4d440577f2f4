package parse_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"spsbot/retrieval/parse"
)

func TestMarkdown(t *testing.T) {
	checkOutlines(t, "page.md", []outlineCase{
		{
			name: "headings of both forms and their levels",
			text: "# Tight muscles\n\nDay to day\n----------\n\n### At home ###\n\nA rail beside the stairs prevents many falls.\n",
			want: []string{"h1 Tight muscles", "h2 Day to day", "h3 At home", "p A rail beside the stairs prevents many falls."},
		},
		{
			name: "three kinds of bullets and numbers",
			text: "People carry:\n\n- a folding stick\n\nor perhaps also:\n\n* earplugs\n\nin this order:\n\n1. a card\n2. a phone\n",
			want: []string{
				"lead People carry:", "- a folding stick",
				"lead or perhaps also:", "- earplugs",
				"lead in this order:", "- a card", "- a phone",
			},
		},
		{
			name: "round bullets, which Markdown itself does not know",
			text: "People carry:\n\n• a folding stick\n• earplugs\n• a card for emergencies\n",
			want: []string{"lead People carry:", "- a folding stick", "- earplugs", "- a card for emergencies"},
		},
		{
			name: "a label and its item",
			text: "Help comes from two sides:\n\n- **At home:**\n\n  A rail beside the stairs prevents many falls.\n\n- **At work:** A quiet room keeps sudden noise away.\n",
			want: []string{
				"lead Help comes from two sides:",
				"- [At home:] A rail beside the stairs prevents many falls.",
				"- At work: A quiet room keeps sudden noise away.",
			},
		},
		{
			name: "wrapped lines",
			text: "Warm water makes\nmovement easier for\nmost people.\n",
			want: []string{"p Warm water makes movement easier for most people."},
		},
		{
			name: "emphasis, links and code are read as their text",
			text: "A *folding* stick, as [the shop](https://example.org) and `notes` say, **fits** a bag.\n",
			want: []string{"p A folding stick, as the shop and notes say, fits a bag."},
		},
		{
			name: "pictures, comments, code and raw HTML are no text",
			text: "![a stick](stick.png)\n\n<!-- to do -->\n\n```\nrun away now please.\n```\n\n<div>Buy it today and save.</div>\n\nA stick fits a bag, most people say.\n",
			want: []string{"p A stick fits a bag, most people say."},
		},
		{
			name: "escapes and entities are read as what they stand for",
			text: "Rest \\*and\\* movement cost 5 &lt; 10 points &amp; take one day&nbsp;each.\n",
			want: []string{"p Rest *and* movement cost 5 < 10 points & take one day\u00a0each."},
		},
		{
			name: "the rows of a table with the names of its columns",
			text: "# Falls\n\n| Place | **Falls** | Reason |\n|---|:-:|---|\n| Kitchen | 14 | a *wet* floor \\| ice |\n| Stairs | 9 |\n\nNobody fell twice in one place.\n",
			want: []string{"h1 Falls", "- Place: Kitchen; Falls: 14; Reason: a wet floor | ice", "- Place: Stairs; Falls: 9", "p Nobody fell twice in one place."},
		},
		{
			name: "a rule below a line with bars is no table",
			text: "A stick | a frame\n\n---\n\nA stick helps many people | to walk.\n",
			want: []string{"p !A stick | a frame", "p A stick helps many people | to walk."},
		},
		{
			name: "a question inside a paragraph",
			text: "Sticks help many. Who pays for them? The insurer pays in most countries.\n",
			want: []string{"p !Sticks help many.", "h2 Who pays for them?", "p The insurer pays in most countries."},
		},
		{
			name: "a block quote",
			text: "> Sticks give me back an hour a day.\n\n> A frame is safer on wet ground than a stick.\n",
			want: []string{"~p Sticks give me back an hour a day.", "p A frame is safer on wet ground than a stick."},
		},
		{
			name: "a short paragraph is no heading where headings have a mark",
			text: "## Sticks\n\nA word on sticks\n\nSticks help many people to walk.\n",
			want: []string{"h2 Sticks", "p !A word on sticks", "p Sticks help many people to walk."},
		},
	})
}

// An item that ends with a colon and holds a list introduces that list: its
// items must not be read as if the outer line introduced them.
func TestMarkdownNestedList(t *testing.T) {
	for name, text := range map[string]string{
		"one sentence":  "Doctors rule these out first:\n\n- a slipped disc\n- reasons in the blood, which are:\n  - too little calcium\n  - too little salt\n",
		"two sentences": "Doctors rule these out first:\n\n- a slipped disc\n- Then blood is drawn. It may show:\n  - too little calcium\n  - too little salt\n",
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, line := range outline(read(t, "page.md", text)) {
				kind, _, _ := strings.Cut(line, " ")
				if strings.HasPrefix(line, "inner lead") {
					kind = "inner lead"
				}
				got = append(got, kind)
			}
			joined := strings.Join(got, ", ")
			if joined != "lead, -, inner lead, -, -" && joined != "lead, -, -, inner lead, -, -" {
				t.Errorf("the inner list has no lead of its own: %s", joined)
			}
		})
	}
}

// Marks tell where an inner list ends and the outer one goes on.
func TestMarks(t *testing.T) {
	for name, text := range map[string]string{
		"a.txt": "1. Rest comes first. Good places for it are:\n- a chair\n- a bench\n2. Then comes movement.\n",
		"a.md":  "- Rest comes first. Good places for it are:\n  - a chair\n  - a bench\n- Then comes movement.\n",
	} {
		var marks []int
		for _, block := range read(t, name, text).Blocks {
			if block.Kind == parse.Item {
				marks = append(marks, block.Mark)
			}
		}
		if len(marks) != 4 || marks[0] != marks[3] || marks[1] != marks[2] || marks[0] == marks[1] {
			t.Errorf("%s: marks %d", name, marks)
		}
	}
}

func TestTitle(t *testing.T) {
	for name, c := range map[string]struct{ file, text, want string }{
		"the facts":           {"a.md", "---\ntitle: Walking aids\n---\n# Sticks\n\nSticks help many people to walk.\n", "Walking aids"},
		"the first heading":   {"a.md", "# Sticks\n\nSticks help many people to walk.\n", "Sticks"},
		"a heading with text": {"a.txt", "Home\nAbout\nWalking aids\nSticks help many people to walk.\n", "Walking aids"},
		"the file's name":     {"folder/walking-aids.txt", "Sticks help many people to walk.\n", "walking-aids"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := read(t, c.file, c.text).Source.Title; got != c.want {
				t.Errorf("title %q, want %q", got, c.want)
			}
		})
	}
}

func TestEndings(t *testing.T) {
	for _, ending := range []string{".md", ".markdown", ".txt", ".text"} {
		if !slices.Contains(parse.Formats(), ending) {
			t.Errorf("%s is no format", ending)
		}
		document := read(t, "page"+strings.ToUpper(ending), "Sticks help many people to walk.\n")
		if len(document.Blocks) != 1 || document.Source.ID != "page" {
			t.Errorf("%s: %d blocks, id %q", ending, len(document.Blocks), document.Source.ID)
		}
	}
}

// Markdown that costs the library time in the square of its length.
func TestHostileMarkdown(t *testing.T) {
	reader := isolated(t, "serve")
	reader.Limit(time.Second, 3*time.Second, 512<<20)
	nested := &strings.Builder{}
	for i := range 2000 {
		nested.WriteString(strings.Repeat(" ", 2*i) + "- a\n")
	}
	for name, text := range map[string]string{
		"pictures that are not closed": strings.Repeat("![a](", 30_000),
		"links that are not closed":    strings.Repeat("[a](<b", 30_000),
		"lists inside lists":           nested.String(),
		"quotes inside quotes":         strings.Repeat(strings.Repeat(">", 2000)+"a\n", 600),
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			_, err := reader.Read(context.Background(), "page.md", []byte(text), nil, nil)
			if err != nil && !errors.Is(err, parse.ErrUnreadable) {
				t.Error(err)
			}
			if took := time.Since(start); took > 6*time.Second {
				t.Errorf("took %v", took)
			} else {
				t.Logf("%v, %v", took.Round(time.Millisecond), err)
			}
		})
	}
}
