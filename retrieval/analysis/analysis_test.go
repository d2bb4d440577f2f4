package analysis_test

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"spsbot"
	"spsbot/retrieval/analysis"
)

func words() *spsbot.Words {
	return &spsbot.Words{
		Stems:     map[string]string{"medication": "medication", "medications": "medication"},
		Spellings: map[string]string{"ised": "ized", "our": "or", "aemia": "emia"},
	}
}

// Places of the concepts in the glossary below.
const (
	spasm = iota
	muscle
	pump
	infusion
)

func glossary() spsbot.Glossary {
	return spsbot.Glossary{Concepts: []spsbot.Concept{
		spasm:    {ID: "spasm", Names: []string{"muscle spasm", "Cramp", "cramps", "…"}},
		muscle:   {ID: "muscle", Names: []string{"muscle"}},
		pump:     {ID: "pump", Names: []string{"spasm pump system"}},
		infusion: {ID: "infusion", Names: []string{"drip", "IV-drip", "muscle spasm"}},
	}}
}

func TestTokens(t *testing.T) {
	a := analysis.New(spsbot.Glossary{}, words())
	for name, test := range map[string]struct{ text, want string }{
		"case and punctuation":           {"Stiff, RIGID (legs)!", "stiff rigid legs"},
		"a contraction":                  {"I don't, she won’t", "i dont she wont"},
		"a possessive":                   {"my mother's and the patient’s", "my mother and the patient"},
		"quotation marks are no part":    {"the 'stiff man' name", "the stiff man name"},
		"hyphens separate":               {"anti-GAD65 x-ray", "anti gad65 x ray"},
		"points and commas in numbers":   {"3.5 or 1,200 units.", "3.5 or 1,200 units"},
		"a point between words":          {"legs.Arms 5. Then", "legs arms 5 then"},
		"Latin diacritics":               {"Ménière naïve", "meniere naive"},
		"each Chinese character":         {"干细胞 SPS", "干 细 胞 sps"},
		"Latin letters beside Chinese":   {"SPS患者", "sps 患 者"},
		"Cyrillic is kept":               {"Лечение", "лечение"},
		"nothing":                        {"… ?!", ""},
		"bytes that are no text":         {"legs \xff\xfe arms", "legs arms"},
		"an apostrophe that ends a word": {"patients' legs", "patients legs"},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, token := range a.Tokens(test.text) {
				got = append(got, token.Word)
			}
			if strings.Join(got, " ") != test.want {
				t.Errorf("got %q, want %q", strings.Join(got, " "), test.want)
			}
		})
	}
}

func TestTokensStandInTheText(t *testing.T) {
	text := "The patient’s café: 1,5 干细"
	var got []string
	for _, token := range analysis.New(spsbot.Glossary{}, words()).Tokens(text) {
		got = append(got, text[token.Span.Start:token.Span.End])
	}
	if want := []string{"The", "patient’s", "café", "1,5", "干", "细"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestStem(t *testing.T) {
	a := analysis.New(spsbot.Glossary{}, words())
	for name, test := range map[string]struct {
		one, other string
		same       bool
	}{
		"forms of a word":              {"spasms", "spasm", true},
		"listed words stay together":   {"medications", "medication", true},
		"listed words stay apart":      {"medication", "medical", false},
		"a spelling":                   {"hospitalised", "hospitalized", true},
		"a spelling of a noun":         {"tumour", "tumor", true},
		"too short to be respelled":    {"our", "or", false},
		"two letters before an ending": {"pour", "por", false},
		"words with digits stay":       {"gad65s", "gad65", false},
		"other letters stay":           {"células", "célula", false},
	} {
		t.Run(name, func(t *testing.T) {
			if one, other := a.Stem(test.one), a.Stem(test.other); (one == other) != test.same {
				t.Errorf("%q has the stem %q, %q has %q", test.one, one, test.other, other)
			}
		})
	}
}

func TestConcepts(t *testing.T) {
	a := analysis.New(glossary(), words())
	for name, test := range map[string]struct {
		text         string
		all, longest []analysis.Match
	}{
		"none": {text: "stairs and falls"},
		"a name once though listed twice": {
			text: "my cramps",
			all:  []analysis.Match{{spasm, 1, 2}}, longest: []analysis.Match{{spasm, 1, 2}},
		},
		"a name inside a longer one, and two concepts of one name": {
			text:    "Muscle spasms hurt",
			all:     []analysis.Match{{muscle, 0, 1}, {spasm, 0, 2}, {infusion, 0, 2}},
			longest: []analysis.Match{{spasm, 0, 2}, {infusion, 0, 2}},
		},
		"a longer one that begins later gives way": {
			text:    "muscle spasm pump system",
			all:     []analysis.Match{{muscle, 0, 1}, {spasm, 0, 2}, {infusion, 0, 2}, {pump, 1, 4}},
			longest: []analysis.Match{{spasm, 0, 2}, {infusion, 0, 2}},
		},
		"a hyphen is a space": {
			text: "iv drip", all: []analysis.Match{{infusion, 0, 2}, {infusion, 1, 2}}, longest: []analysis.Match{{infusion, 0, 2}},
		},
		"one after another": {
			text:    "muscle cramp",
			all:     []analysis.Match{{muscle, 0, 1}, {spasm, 1, 2}},
			longest: []analysis.Match{{muscle, 0, 1}, {spasm, 1, 2}},
		},
		"half a name": {text: "the pump system"},
	} {
		t.Run(name, func(t *testing.T) {
			all := a.Concepts(a.Tokens(test.text))
			if !slices.Equal(all, test.all) {
				t.Errorf("all are %v, want %v", all, test.all)
			}
			if longest := analysis.Longest(all); !slices.Equal(longest, test.longest) {
				t.Errorf("the longest are %v, want %v", longest, test.longest)
			}
		})
	}
}

// The race detector is what checks this one.
func TestFrozenAnalyzerIsShared(t *testing.T) {
	a := analysis.New(glossary(), words())
	before := a.Stem("infusions")
	a.Freeze()
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			if a.Stem("infusions") != before || a.Stem("walking") != "walk" || len(a.Tokens("never seen words")) != 3 {
				t.Error("a frozen analyzer reads otherwise than before")
			}
		})
	}
	group.Wait()
}
