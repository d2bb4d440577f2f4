package parse_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Each text is one paragraph; "|" stands where a sentence has to end and is
// itself no part of the text.
func TestSentences(t *testing.T) {
	for name, marked := range map[string]string{
		"plain":                 "Spasms can be painful.| They pass within minutes.",
		"title before a name":   "The method was described by Dr. Amara Osei in a letter.| It was brief.",
		"for example":           "Muscle relaxants, e.g. those taken at night, make people sleepy.| Few mind.",
		"that is":               "The trunk, i.e. the back and the belly, is affected first.",
		"and others":            "The survey of Lindgren et al. had 31 answers.| It was small.",
		"roughly":               "It affects approx. 40 people in the region.",
		"versus":                "They compared rest vs. movement for a year.| Movement won.",
		"figure":                "The course is shown in Fig. 2 of the paper.",
		"initials":              "The chart was drawn by J. K. Rowe and checked twice.",
		"country before a noun": "The U.S. Agency for parks opened a heated pool in May.",
		"country in small text": "A centre in the U.S. treats people from abroad.",
		"decimals":              "The walk took 3.5 minutes before and 2.25 after.| All finished it.",
		"money":                 "A frame costs $1,200.50 in some shops.| Renting is cheaper.",
		"missing space":         "Warm water makes it improve.|Another way is a heated seat.",
		"missing space, twice":  "It begins slowly.|Then it stays the same!|People adapt.",
		"no space in a name":    "The page example.org and the file notes.txt hold more on it.",
		"question mark":         "Does it return?| In some people it does.",
		"quotation marks":       "“It is like walking on ice.”| So a member put it.",
		"brackets":              "Many rest often (at least in winter).| Some do not.",
		"reference number":      "Movement helps in most surveys.[2]| Rest alone does not.[3]",
		"three dots":            "It comes and goes … and nobody knows why.",
		"degree":                "Ask for somebody with a Ph.D. in physiology.| Few towns have one.",
		"semicolon":             "It is slow; it is also steady.",
		"exclamation":           "Do not be afraid!| Most spasms pass.",
		"other letters":         "Émile Noël wrote the first survey.| Øst was the second.",
	} {
		t.Run(name, func(t *testing.T) {
			document := read(t, "page.md", strings.ReplaceAll(marked, "|", ""))
			var got, want []string
			for _, block := range document.Blocks {
				if len(block.Sentences) == 0 { // a question that became a heading
					got = append(got, document.Text[block.Span.Start:block.Span.End])
				}
				for _, sentence := range block.Sentences {
					got = append(got, document.Text[sentence.Span.Start:sentence.Span.End])
				}
			}
			for _, sentence := range strings.Split(marked, "|") {
				want = append(want, strings.TrimSpace(sentence))
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("sentences (-want +got):\n%s", diff)
			}
		})
	}
}

func TestWhatMayBeQuoted(t *testing.T) {
	long := "The word " + strings.Repeat("after word ", 50) + "ends."
	checkOutlines(t, "page.md", []outlineCase{
		{name: "half a sentence", text: "which many people find hard to explain to their family at home.", want: []string{"p !which many people find hard to explain to their family at home."}},
		{name: "without an end", text: "A sentence that was cut off in the middle of the", want: []string{"p !A sentence that was cut off in the middle of the"}},
		{name: "too short", text: "Warmth helps. Warm water makes movement easier.", want: []string{"p !Warmth helps. | Warm water makes movement easier."}},
		{name: "too long", text: long, want: []string{"p !" + long}},
		{name: "a quoted beginning", text: "“Warm water is the best part of the week.”", want: []string{"p “Warm water is the best part of the week.”"}},
		{name: "a figure first", text: "80% of members own a stick.", want: []string{"p 80% of members own a stick."}},
	})
}
