package parse_test

import (
	"strings"
	"testing"

	"spsbot/retrieval/parse"
)

func TestFurniture(t *testing.T) {
	checkOutlines(t, "page.txt", []outlineCase{
		{
			name: "a menu of bare words",
			text: "- Home\n- Lupus\n- Gout\n- Hay fever\n\nTight muscles need patience and regular movement.\n",
			want: []string{
				"~- Home", "~- Lupus", "~- Gout", "~- Hay fever",
				"p Tight muscles need patience and regular movement.",
			},
		},
		{
			name: "bare words that a heading introduces are a list",
			text: "Common triggers\n- sudden noise\n- cold air\n",
			want: []string{"h2 Common triggers", "- sudden noise", "- cold air"},
		},
		{
			name: "calls to act and promotion",
			text: "Tight muscles need patience and regular movement.\nLeave a comment\nOur clinic gives you the best care there is.\nShare this with your friends on the web!\n",
			want: []string{
				"p Tight muscles need patience and regular movement.",
				"~p Leave a comment",
				"~p Our clinic gives you the best care there is.",
				"~p Share this with your friends on the web!",
			},
		},
		{
			name: "one sentence of promotion does not take its paragraph along",
			text: "Warm water makes movement easier. Book an appointment with us today. Many towns have a heated pool.\n",
			want: []string{"p Warm water makes movement easier. | !Book an appointment with us today. | Many towns have a heated pool."},
		},
		{
			name: "a paragraph in the first person",
			text: "I have had tight legs since the winter and nobody knows why.\n\nTight legs have many causes, and most of them are harmless.\n",
			want: []string{
				"~p I have had tight legs since the winter and nobody knows why.",
				"p Tight legs have many causes, and most of them are harmless.",
			},
		},
		{
			name: "a Roman numeral is nobody's own telling",
			text: "A small phase I study of the method ended last year without harm.\n",
			want: []string{"p A small phase I study of the method ended last year without harm."},
		},
	})
}

// Whatever a patient tells and asks is never quoted, in whatever form the page
// gives it, and the reply to it is.
func TestPatientsOwnQueryIsNeverQuoted(t *testing.T) {
	const reply = "Regular movement keeps joints supple in this disease."
	for name, text := range map[string]string{
		"heading and greeting": "Patient's Query\nHello doctor, both legs have been tight for a year and nothing helps. Both arms are fine. What can be done about it?\nHello,\n" + reply + "\n",
		"query on two lines":   "Patient's question:\nBoth legs have been tight for a year.\nNothing has helped so far.\nAnswer:\n" + reply + "\n",
		"answered by a name":   "Patient's Query\nBoth legs have been tight for a year and nothing helps.\nAnswered by Dr. Mira Lowe\n" + reply + "\n",
		"no heading":           "My husband has had tight legs for a year and we are at a loss.\n\n" + reply + "\n",
		"below a label":        "Letters to the editor\n- A letter from the north:\nMy legs have been tight for a year and rest cured them in the end.\n\n" + reply + "\n",
		"in a list":            "- For a year my legs were tight, and a cold bath cured them.\n- It has been a year of tight legs, and a cold bath cured me.\n\n" + reply + "\n",
	} {
		t.Run(name, func(t *testing.T) {
			document := read(t, "page.txt", text)
			quoted := quotable(document)
			for _, own := range []string{"tight", "helped", "arms are fine"} {
				if strings.Contains(quoted, own) {
					t.Errorf("may quote the patient's own words: %q", quoted)
				}
			}
			if !strings.Contains(quoted, reply) {
				t.Errorf("does not quote the reply; may quote only %q", quoted)
			}
		})
	}
}

// quotable returns every sentence that may be quoted, one on a line.
func quotable(document *parse.Document) string {
	var out strings.Builder
	for _, block := range document.Blocks {
		for _, sentence := range block.Sentences {
			if sentence.Quotable {
				out.WriteString(document.Text[sentence.Span.Start:sentence.Span.End] + "\n")
			}
		}
	}
	return out.String()
}
