package compose_test

import (
	"slices"
	"strings"
	"testing"

	"spsbot"
	"spsbot/answer/compose"
	"spsbot/prompts"
	"spsbot/retrieval"
	"spsbot/retrieval/parse"
)

const (
	clinic = `---
id: clinic
title: Our plasma exchange
commercial: true
---

# Our plasma exchange

## Plasma exchange

Plasma exchange is an effective relief for most of our guests.

Plasma exchange takes place on our quiet second floor.
`
	hospital = `---
id: hospital
title: Plasma exchange
kind: government
---

# Plasma exchange

## Plasma exchange

Plasma exchange filters antibodies out of the blood. It takes about three hours and a nurse stays close by.
`
	ward = `---
id: ward
title: Our plasma exchange
---

# Our plasma exchange

## Plasma exchange

Plasma exchange filters antibodies out of the blood.
`
	digest = `---
id: digest
title: Notes
---

# Notes

## Plasma exchange

Plasma exchange filters antibodies out of the blood.
`
	long = `---
id: long
title: Baclofen
---

# Baclofen

## Side effects of baclofen

Side effects of baclofen are:

- Baclofen makes people drowsy.
- Dizziness upon standing quickly.
- Nausea during early weeks.
- Weak arms and legs.
- Headaches towards the evening.
- Blurred sight when reading.
- Trouble falling asleep again.
- Itching skin and rashes.
`
)

// quote answers a question from documents.
func quote(t *testing.T, question string, texts ...string) []spsbot.DraftSentence {
	t.Helper()
	files := prompts.Files()
	glossary, err := prompts.Glossary(files)
	if err != nil {
		t.Fatal(err)
	}
	words, err := prompts.Words(files, "en")
	if err != nil {
		t.Fatal(err)
	}
	var documents []*parse.Document
	for _, text := range texts {
		document, err := parse.Read("text.md", []byte(text), nil, &words)
		if err != nil {
			t.Fatal(err)
		}
		documents = append(documents, document)
	}
	set := retrieval.Build(documents, glossary, &words, nil)
	sentences := compose.New(&words).Quote(set.Find(spsbot.Question{Text: question})).Sentences
	for _, s := range sentences {
		if s.Text != s.Passage.Text[s.Span.Start:s.Span.End] {
			t.Errorf("%q does not stand in its passage", s.Text)
		}
	}
	return sentences
}

func indexOf(sentences []spsbot.DraftSentence, part string) int {
	return slices.IndexFunc(sentences, func(s spsbot.DraftSentence) bool { return strings.Contains(s.Text, part) })
}

func TestClaimsOfBenefit(t *testing.T) {
	const question, claim, plain = "What is plasma exchange?", "effective relief", "second floor"
	for name, test := range map[string]struct {
		texts []string
		claim bool
	}{
		"from a seller alone":              {[]string{clinic}, false},
		"beside a source without interest": {[]string{clinic, ward}, true},
		"from a source without interest":   {[]string{strings.Replace(clinic, "commercial: true\n", "", 1)}, true},
	} {
		t.Run(name, func(t *testing.T) {
			sentences := quote(t, question, test.texts...)
			if got := indexOf(sentences, claim) >= 0; got != test.claim {
				t.Errorf("the claim is said: %v, want %v", got, test.claim)
			}
			if len(test.texts) == 1 && indexOf(sentences, plain) < 0 {
				t.Error("what is no claim is not said")
			}
		})
	}
}

func TestLeaningSentenceBringsTheOneBefore(t *testing.T) {
	sentences := quote(t, "How many hours does plasma exchange take, and does a nurse stay?", hospital)
	leaning := indexOf(sentences, "It takes about three hours")
	if leaning < 1 || indexOf(sentences, "filters antibodies") != leaning-1 {
		t.Errorf("got %d sentences, the leaning one at %d; want the one that it leans on right before it", len(sentences), leaning)
	}
}

func TestNoSentenceTwice(t *testing.T) {
	for _, question := range []string{
		"What is plasma exchange?",
		"What is plasma exchange? How does plasma exchange work?",
	} {
		said := map[string]bool{}
		for _, s := range quote(t, question, hospital, digest, strings.Replace(digest, "id: digest", "id: copy", 1)) {
			if said[s.Text] {
				t.Errorf("%s: %q is said twice", question, s.Text)
			}
			said[s.Text] = true
		}
		if len(said) == 0 {
			t.Errorf("%s: nothing is said", question)
		}
	}
}

func TestLengthOfAnswers(t *testing.T) {
	for _, question := range []string{
		"List all the side effects of baclofen",
		"What are the side effects of baclofen?",
		"What are the side effects of baclofen? What is plasma exchange? Does baclofen make people drowsy?",
	} {
		if got := len(quote(t, question, long, hospital)); got < 2 || got > 7 {
			t.Errorf("%s: got %d sentences, want 2 to 7", question, got)
		}
	}
}

func TestItemsKeepTheirLead(t *testing.T) {
	sentences := quote(t, "What are the side effects of baclofen?", long)
	at := indexOf(sentences, "Dizziness")
	if at < 0 {
		t.Fatal("an item of the list is not said")
	}
	lead := sentences[at].Lead
	if got := sentences[at].Passage.Text[lead.Start:lead.End]; got != "Side effects of baclofen are:" {
		t.Errorf("the item has the lead %q", got)
	}
}

func TestNothingWithoutEvidence(t *testing.T) {
	if got := quote(t, "What is rituximab?", hospital, long); len(got) != 0 {
		t.Errorf("got %d sentences about what no document covers", len(got))
	}
	if got := quote(t, "What is rituximab? And what is plasma exchange?", hospital, long); len(got) == 0 || got[0].Ask != 1 {
		t.Errorf("got %d sentences, want those of the second part only", len(got))
	}
}
