package answer_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"spsbot"
	"spsbot/answer"
	"spsbot/prompts"
)

// What is offered is answered when it is asked, in the language of the offer,
// and every language has enough to offer.
func TestOfferedIsAnswered(t *testing.T) {
	const fewest = 12 // of the questions in suggestions.yaml
	starter := snapshot(t, "")
	locales, err := prompts.LoadLocales(prompts.Files())
	if err != nil {
		t.Fatal(err)
	}
	interfaces, err := prompts.LoadInterfaces(prompts.Files())
	if err != nil {
		t.Fatal(err)
	}
	for _, tag := range locales.Tags() {
		trials, _, err := answer.Answer(context.Background(), spsbot.Question{Text: interfaces[tag].Trials}, starter)
		if err != nil || trials.Route != spsbot.RouteAnswer || trials.Locale != tag {
			t.Errorf("%s: the question of /trials, %q, has the route %s in %s: %v", tag, interfaces[tag].Trials, trials.Route, trials.Locale, err)
		}
		offered := starter.Offered("", 1000, tag)
		if len(offered) < fewest {
			t.Errorf("%s: only %d questions are offered", tag, len(offered))
		}
		for _, suggestion := range offered {
			record, _, err := answer.Answer(context.Background(), spsbot.Question{Text: suggestion.Text()}, starter)
			if err != nil {
				t.Fatal(err)
			}
			if record.Route != spsbot.RouteAnswer || record.Locale != tag || suggestion.Language() != tag {
				t.Errorf("%s: %q is offered, but its route is %s in %s: %q", tag, suggestion.Text(), record.Route, record.Locale, record.Why)
			}
		}
	}
}

// A message that gets no answer is offered questions in its own language.
func TestOfferedInTheLanguageOfTheReply(t *testing.T) {
	starter := snapshot(t, "")
	for tag, question := range map[string]spsbot.Question{
		"en": {Text: "What is the capital of France?"},
		"de": {Text: "Wie viel Diazepam soll ich nehmen?"},
		"fr": {Text: "Bonjour !", Locale: "fr"},
		"ja": {Text: "ジアゼパムは何ミリグラム飲めばいいですか？"},
	} {
		record, _, err := answer.Answer(context.Background(), question, starter)
		if err != nil {
			t.Fatal(err)
		}
		var offers []string
		for _, suggestion := range starter.Offered(question.Text, len(record.Suggestions), tag) {
			offers = append(offers, suggestion.Text())
		}
		if diff := cmp.Diff(offers, record.Suggestions); diff != "" || len(offers) == 0 || record.Locale != tag {
			t.Errorf("%s: %d offers in %s (-want +got)\n%s", tag, len(offers), record.Locale, diff)
		}
	}
	if got := starter.Offered("", 3, "pt-BR")[0].Language(); got != "pt" {
		t.Errorf("pt-BR is offered %s", got)
	}
	if got := starter.Offered("", 3)[0].Language(); got != "en" {
		t.Errorf("without a language, %s is offered", got)
	}
}

// BenchmarkFirstOffer is what the first person waits who is offered questions in a language.
func BenchmarkFirstOffer(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		starter := snapshot(b, "")
		b.StartTimer()
		starter.Offered("", 3, "de")
	}
}
