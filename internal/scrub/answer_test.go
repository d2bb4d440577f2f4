package scrub_test

import (
	"testing"
	"time"

	"spsbot"
	"spsbot/answer"
	"spsbot/prompts"
	"spsbot/sources"
)

// The mark changes neither the route of a message nor what it finds: the same
// message without its contact details gets the same sentences.
func TestTheMarkChangesNoAnswer(t *testing.T) {
	words, err := answer.LoadWords(prompts.Files())
	if err != nil {
		t.Fatal(err)
	}
	engine, err := answer.NewEngine(prompts.Files(), words)
	if err != nil {
		t.Fatal(err)
	}
	starter, err := sources.Starter()
	if err != nil {
		t.Fatal(err)
	}
	set, err := sources.Load(starter, &words.Lists, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	snapshot := answer.NewSnapshot(engine, words.Index(set.Documents), set.Version)
	ask := func(text string) spsbot.Record {
		record, _, err := answer.Answer(t.Context(), spsbot.Question{Text: text}, snapshot)
		if err != nil {
			t.Fatal(err)
		}
		return record
	}
	s := load(t)
	for with, without := range map[string]string{
		"What is stiff person syndrome? anna@example.org":          "What is stiff person syndrome?",
		"<@123456789012345678> what are the risks of HSCT?":        "what are the risks of HSCT?",
		"what is HSCT, call me on +44 20 7946 0958":                "what is HSCT, call me",
		"+1 212 555 0123 I can't breathe and the spasm won't stop": "I can't breathe and the spasm won't stop",
		"how much diazepam should I take? my name is Anna Smith":   "how much diazepam should I take?",
		"anna@example.org": "",
	} {
		got, want := ask(s.Scrub(with)), ask(without)
		if got.Route != want.Route || len(got.Sentences) != len(want.Sentences) {
			t.Errorf("%q: %s with %d sentences %q, want %s with %d", s.Scrub(with), got.Route, len(got.Sentences), got.Why, want.Route, len(want.Sentences))
		}
	}
}
