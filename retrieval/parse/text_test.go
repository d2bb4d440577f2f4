package parse_test

import "testing"

func TestTextHeadings(t *testing.T) {
	checkOutlines(t, "page.txt", []outlineCase{
		{
			name: "a plain line above a paragraph",
			text: "Living with tight muscles\n\nTightness tends to begin in the back. Cold rooms make it worse for many.\n",
			want: []string{
				"h2 Living with tight muscles",
				"p Tightness tends to begin in the back. | Cold rooms make it worse for many.",
			},
		},
		{
			name: "a question",
			text: "Can warmth loosen a tight back?\n\nWarm baths ease the muscles of some people for an hour.\n",
			want: []string{
				"h2 Can warmth loosen a tight back?",
				"p Warm baths ease the muscles of some people for an hour.",
			},
		},
		{
			name: "a long question is still a heading",
			text: "When a person has had tight muscles for many years, can a course of physiotherapy still change how well they are able to walk?\nIt can for some people.\n",
			want: []string{
				"h2 When a person has had tight muscles for many years, can a course of physiotherapy still change how well they are able to walk?",
				"p It can for some people.",
			},
		},
		{
			name: "a label stands one level below",
			text: "Signs of the disease\n\nEarly signs:\n\nMost people notice a tight back first.\n\nLate signs:\n\nWalking becomes slow and unsafe for many.\n",
			want: []string{
				"h2 Signs of the disease",
				"h3 Early signs:",
				"p Most people notice a tight back first.",
				"h3 Late signs:",
				"p Walking becomes slow and unsafe for many.",
			},
		},
		{
			name: "a question in the middle of a paragraph",
			text: "Physiotherapy keeps the joints moving. Who should guide the exercises? A therapist who knows the disease should guide them.\n",
			want: []string{
				"p Physiotherapy keeps the joints moving.",
				"h2 Who should guide the exercises?",
				"p A therapist who knows the disease should guide them.",
			},
		},
		{
			name: "a question that ends a paragraph stays in it",
			text: "Some people travel far for treatment. But is it worth the journey?\n",
			want: []string{"p Some people travel far for treatment. | !But is it worth the journey?"},
		},
		{
			name: "a line that leads to a list that is missing",
			text: "Support beyond medicine\n\nOther treatments include:\n\nEach of them is chosen together with the care team.\n",
			want: []string{
				"h2 Support beyond medicine",
				"p !Other treatments include:",
				"p Each of them is chosen together with the care team.",
			},
		},
		{
			name: "a line that leads to a missing list at the end of a paragraph",
			text: "The aim is a life with fewer spasms. The steps on the way are as follows:\n\nDoctors look at the plan every few months.\n",
			want: []string{
				"p The aim is a life with fewer spasms.",
				"p !The steps on the way are as follows:",
				"p Doctors look at the plan every few months.",
			},
		},
		{
			name: "a line that begins in small letters or ends in a comma is no heading",
			text: "and so on until the spring\n\nDear readers of this page,\n\nTight muscles need patience and regular movement.\n",
			want: []string{
				"~p and so on until the spring",
				"~p Dear readers of this page,",
				"p Tight muscles need patience and regular movement.",
			},
		},
		{
			name: "a short sentence with a reference number is no heading",
			text: "Gentle stretching keeps joints moving in most people.[3]\n\nSwimming in warm water is liked by many (4).\n",
			want: []string{
				"p Gentle stretching keeps joints moving in most people.[3]",
				"p Swimming in warm water is liked by many (4).",
			},
		},
	})
}

func TestTextLists(t *testing.T) {
	checkOutlines(t, "page.txt", []outlineCase{
		{
			name: "dashes, dots and stars",
			text: "Helpers in the house are:\n- a rail beside the stairs\n• a seat in the shower\n* a lamp that senses movement\n",
			want: []string{
				"lead Helpers in the house are:",
				"- a rail beside the stairs", "- a seat in the shower", "- a lamp that senses movement",
			},
		},
		{
			name: "numbers",
			text: "The visit has three steps:\n1. A nurse asks about spasms.\n2) A doctor tests the reflexes.\n3. Blood is drawn.\n",
			want: []string{
				"lead The visit has three steps:",
				"- A nurse asks about spasms.", "- A doctor tests the reflexes.", "- Blood is drawn.",
			},
		},
		{
			name: "blank lines between the items",
			text: "People report these triggers:\n\n- sudden noise\n\n- a draught of cold air\n",
			want: []string{"lead People report these triggers:", "- sudden noise", "- a draught of cold air"},
		},
		{
			name: "bullets inside a line",
			text: "Things that people carry: • a folding stick • a card for emergencies • earplugs\n",
			want: []string{
				"lead Things that people carry:",
				"- a folding stick", "- a card for emergencies", "- earplugs",
			},
		},
		{
			name: "a label glued to the end of the line before",
			text: "- Warmth: Heat packs relax the back for a while. - Water:\nSwimming takes weight off the joints.\n",
			want: []string{
				"- Warmth: Heat packs relax the back for a while.",
				"- [Water:] Swimming takes weight off the joints.",
			},
		},
		{
			name: "a label line joins its item",
			text: "Two kinds of help are common, and these are:\n- At home:\nA rail beside the stairs prevents many falls.\n- At work:\nA quiet room keeps sudden noise away.\n",
			want: []string{
				"lead Two kinds of help are common, and these are:",
				"- [At home:] A rail beside the stairs prevents many falls.",
				"- [At work:] A quiet room keeps sudden noise away.",
			},
		},
		{
			name: "an item of several sentences",
			text: "Advice on walking includes:\n- Choose shoes with flat soles. Laces hold better than straps.\n- Take short steps on wet ground.\n",
			want: []string{
				"lead Advice on walking includes:",
				"- Choose shoes with flat soles. | Laces hold better than straps.",
				"- Take short steps on wet ground.",
			},
		},
		{
			name: "an item that ends with a lead of its own",
			text: "The plan has parts, and they are:\n1. Rest is planned first. Good places for it are:\n- a chair by the door\n- a bench in the garden\n2. Then comes movement.\n",
			want: []string{
				"lead The plan has parts, and they are:",
				"- Rest is planned first.",
				"inner lead Good places for it are:",
				"- a chair by the door", "- a bench in the garden",
				"- Then comes movement.",
			},
		},
	})
}

func TestTextWrappedLines(t *testing.T) {
	checkOutlines(t, "letter.txt", []outlineCase{
		{
			name: "lines of a paragraph are joined",
			text: `Tight muscles are tiring, and people who live with
them often sleep badly for weeks at a stretch. A quiet
room and a regular hour for going to bed help more than
one would think.

A partner who knows what to do in a spasm makes nights
safer. Talking about it by day is easier than at night.
`,
			want: []string{
				"p Tight muscles are tiring, and people who live with them often sleep badly for weeks at a stretch. | A quiet room and a regular hour for going to bed help more than one would think.",
				"p A partner who knows what to do in a spasm makes nights safer. | Talking about it by day is easier than at night.",
			},
		},
		{
			name: "items go on over several lines",
			text: `These habits help against spasms at night, as people
who took part in a survey by a patient group told us,
and they are:

- a fixed hour for going to bed, at weekends and during
  holidays as well
- a room that is dark, and warm enough for muscles that
  do not like the cold
`,
			want: []string{
				"lead These habits help against spasms at night, as people who took part in a survey by a patient group told us, and they are:",
				"- a fixed hour for going to bed, at weekends and during holidays as well",
				"- a room that is dark, and warm enough for muscles that do not like the cold",
			},
		},
		{
			name: "a heading directly above its paragraph stays a heading",
			text: `Sleep
Tight muscles are tiring, and people who live with them
often sleep badly for weeks at a stretch, which makes a
regular hour for going to bed worth a try.

Work
A quiet room keeps sudden noise away, and employers are
often willing to help once they know what the noise can
do to somebody with spasms.
`,
			want: []string{
				"h2 Sleep",
				"p Tight muscles are tiring, and people who live with them often sleep badly for weeks at a stretch, which makes a regular hour for going to bed worth a try.",
				"h2 Work",
				"p A quiet room keeps sudden noise away, and employers are often willing to help once they know what the noise can do to somebody with spasms.",
			},
		},
	})
}

func TestTextAbstract(t *testing.T) {
	text := `Walking aids in a rare disease: a survey
Abstract
Background: Few studies have asked people with tight muscles which walking aids they use. Methods: We sent a form to 40 members of a patient group. Results: Of the 31 who answered, 12 used a stick and 5 a wheeled frame. Conclusions: Sticks were the most frequent aid.
`
	checkOutlines(t, "abstract.txt", []outlineCase{{name: "labelled parts are sentences", text: text, want: []string{
		"h2 Walking aids in a rare disease: a survey",
		"h2 Abstract",
		"p Background: Few studies have asked people with tight muscles which walking aids they use." +
			" | Methods: We sent a form to 40 members of a patient group." +
			" | Results: Of the 31 who answered, 12 used a stick and 5 a wheeled frame." +
			" | Conclusions: Sticks were the most frequent aid.",
	}}})
}
