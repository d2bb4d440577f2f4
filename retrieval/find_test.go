package retrieval_test

import (
	"strings"
	"testing"

	"spsbot"
	"spsbot/prompts"
	"spsbot/retrieval"
	"spsbot/retrieval/parse"
)

// documents are three short ones, by the names of their files.
func documents() map[string]string {
	return map[string]string{
		"sps.md": `---
id: sps
title: Living with stiff person syndrome
condition: stiff person syndrome
---

# Living with stiff person syndrome

## What is stiff person syndrome?

Stiff person syndrome is a rare disorder of the nervous system. It makes the muscles of the back and legs rigid.

## What sets off spasms?

Sudden noise and cold weather often set off painful spasms. Many people feel safer when they carry a cane.
`,
		"baclofen.md": `---
id: baclofen
title: Baclofen
---

# Baclofen

## Side effects of baclofen

Baclofen often makes people drowsy and dizzy. Stopping it suddenly is dangerous.
`,
		"plasma.md": `---
id: plasma
title: Plasma exchange
---

# Plasma exchange

## How plasma exchange works

Plasma exchange removes antibodies from the blood. A session lasts about three hours.
`,
	}
}

func buildSet(t *testing.T) *retrieval.Set {
	t.Helper()
	files := prompts.Files()
	glossary, err := prompts.Glossary(files)
	if err != nil {
		t.Fatal(err)
	}
	others, err := prompts.Languages(files)
	if err != nil {
		t.Fatal(err)
	}
	words, texts := englishWords(t), documents()
	var read []*parse.Document
	for _, name := range []string{"sps.md", "baclofen.md", "plasma.md"} {
		document, err := parse.Read(name, []byte(texts[name]), nil, words)
		if err != nil {
			t.Fatal(err)
		}
		read = append(read, document)
	}
	return retrieval.Build(read, glossary, words, func() []spsbot.Language { return others })
}

func TestFind(t *testing.T) {
	set := buildSet(t)
	for name, test := range map[string]struct {
		question spsbot.Question
		source   string // of the best sentence; empty when there is no evidence
		says     string // what it says
	}{
		"a definition":            {spsbot.Question{Text: "What is stiff person syndrome?"}, "sps", "rare disorder"},
		"a covered question":      {spsbot.Question{Text: "What are the side effects of baclofen?"}, "baclofen", "drowsy"},
		"a brand name":            {spsbot.Question{Text: "Does Lioresal make people drowsy?"}, "baclofen", "drowsy"},
		"misspelled":              {spsbot.Question{Text: "does baclofenn make you drowzy"}, "baclofen", "drowsy"},
		"everyday words":          {spsbot.Question{Text: "Can cold weather set off spasms?"}, "sps", "cold weather"},
		"a thing nobody covers":   {spsbot.Question{Text: "What are the side effects of rituximab?"}, "", ""},
		"one of two is uncovered": {spsbot.Question{Text: "Is rituximab better than baclofen?"}, "", ""},
		"a word nobody uses":      {spsbot.Question{Text: "Does chocolate set off volcanoes?"}, "", ""},
		"a follow-up":             {spsbot.Question{Text: "Does it make people drowsy?", Turns: []string{"What is baclofen?"}}, "baclofen", "drowsy"},
		"a follow-up to a thing nobody covers": {
			spsbot.Question{Text: "Does it make people drowsy?", Turns: []string{"What is rituximab?"}}, "", "",
		},
		"the last turn with a subject counts": {
			spsbot.Question{Text: "How long does it last?", Turns: []string{"What is rituximab?", "How does plasma exchange work?", "ok thanks"}}, "plasma", "",
		},
		"a new subject needs no turn": {
			spsbot.Question{Text: "How does plasma exchange work?", Turns: []string{"What is rituximab?"}}, "plasma", "",
		},
		"Spanish": {spsbot.Question{Text: "¿Qué es el síndrome de la persona rígida?", Language: "es"}, "sps", "rare disorder"},
		"Spanish that nobody covers": {
			spsbot.Question{Text: "¿Qué es el trasplante de médula ósea?", Language: "es"}, "", "",
		},
		"a language without lists is read as English": {spsbot.Question{Text: "baclofen?", Language: "fi"}, "baclofen", ""},
	} {
		t.Run(name, func(t *testing.T) {
			found := set.Find(test.question)
			if len(found) != 1 {
				t.Fatalf("it asks for %d things, want one", len(found))
			}
			checkFound(t, found[0], test.source, test.says)
		})
	}
}

func checkFound(t *testing.T, found retrieval.Found, source, says string) {
	t.Helper()
	if source == "" {
		if found.Sufficient || found.Reason == "" || len(found.Candidates) > 0 {
			t.Errorf("sufficient %v, reason %q, %d sentences; want a reason and no sentence", found.Sufficient, found.Reason, len(found.Candidates))
		}
		return
	}
	if !found.Sufficient || len(found.Candidates) == 0 {
		t.Fatalf("not sufficient: %s", found.Reason)
	}
	best := found.Candidates[0]
	if got := best.Passage.Source.ID; got != source {
		t.Errorf("the best sentence is from %s, want %s: %q", got, source, best.Passage.Quote(best.Sentence))
	}
	for _, candidate := range found.Candidates {
		if strings.Contains(candidate.Passage.Quote(candidate.Sentence), says) {
			return
		}
	}
	t.Errorf("no sentence says %q", says)
}

func TestFindPartsOfAMessage(t *testing.T) {
	found := buildSet(t).Find(spsbot.Question{Text: "Hello! My aunt has a rare illness. What does baclofen do to people, and how long is a session of plasma exchange? Is rituximab safe?"})
	if len(found) != 3 {
		t.Fatalf("it asks for %d things, want 3", len(found))
	}
	checkFound(t, found[0], "baclofen", "drowsy")
	checkFound(t, found[1], "plasma", "three hours")
	checkFound(t, found[2], "", "")
	if !strings.Contains(found[2].Reason, "rituximab") {
		t.Errorf("the reason %q does not say what is missing", found[2].Reason)
	}
}

func TestSearch(t *testing.T) {
	set := buildSet(t)
	evidence := set.Search("plasma exchange", 1)
	if len(evidence) != 1 || evidence[0].Passage.Source.ID != "plasma" {
		t.Errorf("got %v, want one passage about plasma exchange", evidence)
	}
	if got := set.Search("volcano", 3); len(got) != 0 {
		t.Errorf("got %d passages for a word that none holds", len(got))
	}
	if len(set.Sources()) != 3 || len(set.Passages()) < 4 {
		t.Errorf("the set has %d sources and %d passages", len(set.Sources()), len(set.Passages()))
	}
}
