package verify_test

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"spsbot"
	"spsbot/answer/verify"
	"spsbot/prompts"
)

func newGuard(t testing.TB) *verify.Guard {
	t.Helper()
	rules, err := prompts.Dose(prompts.Files())
	if err != nil {
		t.Fatal(err)
	}
	guard, err := verify.NewGuard(rules)
	if err != nil {
		t.Fatal(err)
	}
	return guard
}

const dose = "Take 5 mg of diazepam twice a day."

// passageOf makes a passage of sentences with a space between them.
func passageOf(id string, sentences ...string) *spsbot.Passage {
	p := &spsbot.Passage{ID: id, Source: &spsbot.Source{ID: id, Title: "Sticks", Publisher: "A shop", Condition: "stiff back"}}
	for _, sentence := range sentences {
		if p.Text != "" {
			p.Text += " "
		}
		start := len(p.Text)
		p.Text += sentence
		p.Sentences = append(p.Sentences, spsbot.Sentence{Span: spsbot.Span{Start: start, End: len(p.Text)}, Quotable: true, Lead: -1})
	}
	p.End = len(p.Text)
	return p
}

// quote proposes the nth sentence of a passage.
func quote(p *spsbot.Passage, n int) spsbot.DraftSentence {
	return spsbot.DraftSentence{Text: p.Quote(n), Passage: p, Span: p.Sentences[n].Span}
}

func draftOf(sentences ...spsbot.DraftSentence) spsbot.Draft {
	return spsbot.Draft{Sentences: sentences}
}

func TestDraftKeepsQuotes(t *testing.T) {
	a, b := passageOf("a#1", "Sticks help.", "Frames help, too."), passageOf("b#1", "Rails prevent falls.")
	listed := quote(a, 1)
	listed.Lead, listed.Ask = a.Sentences[0].Span, 1
	other := quote(b, 0)
	other.Other = true
	got := newGuard(t).Draft(draftOf(quote(a, 0), other, listed)).Sentences()
	want := []verify.Sentence{
		{Text: "Sticks help.", Citations: []int{1}},
		{Text: "Rails prevent falls.", Citations: []int{2}, About: "stiff back"},
		{Text: "Frames help, too.", Lead: "Sticks help.", Citations: []int{1}, Ask: 1},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("sentences (-want +got):\n%s", diff)
	}
}

func TestDraftDropsWhatIsNoQuote(t *testing.T) {
	p := passageOf("a#1", "Sticks help.", "Ähren helfen nicht.")
	for name, change := range map[string]func(*spsbot.DraftSentence){
		"another word":                 func(s *spsbot.DraftSentence) { s.Text = "Sticks harm." },
		"a word more":                  func(s *spsbot.DraftSentence) { s.Text += " Always." },
		"other offsets":                func(s *spsbot.DraftSentence) { s.Span.Start++ },
		"behind the end":               func(s *spsbot.DraftSentence) { s.Span = spsbot.Span{Start: 0, End: len(p.Text) + 1} },
		"before the beginning":         func(s *spsbot.DraftSentence) { s.Span.Start = -1 },
		"backwards":                    func(s *spsbot.DraftSentence) { s.Span = spsbot.Span{Start: 5, End: 2} },
		"nothing":                      func(s *spsbot.DraftSentence) { s.Span, s.Text = spsbot.Span{}, "" },
		"no passage":                   func(s *spsbot.DraftSentence) { s.Passage = nil },
		"lead behind the end":          func(s *spsbot.DraftSentence) { s.Lead = spsbot.Span{Start: 2, End: 900} },
		"half a character":             func(s *spsbot.DraftSentence) { s.Span = spsbot.Span{Start: 14, End: 20}; s.Text = p.Text[14:20] },
		"half a character in the lead": func(s *spsbot.DraftSentence) { s.Lead = spsbot.Span{Start: 14, End: 20} },
	} {
		t.Run(name, func(t *testing.T) {
			sentence := quote(p, 0)
			change(&sentence)
			checked := newGuard(t).Draft(draftOf(sentence))
			if len(checked.Sentences()) > 0 || len(checked.Citations()) > 0 {
				t.Errorf("passed: %+v", checked.Sentences())
			}
		})
	}
}

func TestDraftDropsHiddenCharacters(t *testing.T) {
	guard := newGuard(t)
	for _, hidden := range []string{"\u202e", "\u2066", "\u200f", "\u200b", "\u2060", "\x00", "\x1b", "\u0085", "\u2028", "\ufeff", verify.Withheld} {
		p := passageOf("a#1", "Sticks "+hidden+"help.")
		if got := guard.Draft(draftOf(quote(p, 0))).Sentences(); len(got) > 0 {
			t.Errorf("%+q passed: %+q", hidden, got[0].Text)
		}
	}
	for _, joiner := range []string{"\u200c", "\u200d", "\n", "\t"} {
		p := passageOf("a#1", "Sticks"+joiner+"help.")
		if got := guard.Draft(draftOf(quote(p, 0))).Sentences(); len(got) != 1 {
			t.Errorf("%+q was dropped", joiner)
		}
	}
}

func TestDraftWithholdsDoses(t *testing.T) {
	guard := newGuard(t)
	p := passageOf("a#1", "Sticks help.", dose, "Frames help, too.")
	p.Heading = []string{"Walking", "Diazepam 5 mg twice a day"}
	p.Source.Title, p.Source.SummaryOf, p.Source.Publisher = "Why 5 mg of diazepam twice a day?", "Diazepam: 5 mg twice daily", "Sticks"
	listed := quote(p, 2)
	listed.Lead = p.Sentences[1].Span
	checked := guard.Draft(draftOf(quote(p, 0), quote(p, 1), listed))
	var texts, leads []string
	for _, s := range checked.Sentences() {
		texts, leads = append(texts, s.Text), append(leads, s.Lead)
	}
	if !slices.Equal(texts, []string{"Sticks help.", verify.Withheld, "Frames help, too."}) || leads[2] != verify.Withheld {
		t.Errorf("sentences %q, leads %q", texts, leads)
	}
	if checked.Withheld() != 1 {
		t.Errorf("%d withheld, want 1", checked.Withheld())
	}
	c := checked.Citations()[0]
	if c.Source.Title != verify.Withheld || c.Source.SummaryOf != verify.Withheld || c.Heading != verify.Withheld || c.Source.Publisher != "Sticks" {
		t.Errorf("citation %+v", c)
	}
	if want := "Sticks help. " + verify.Withheld + " Frames help, too."; c.Quote != want || guard.Open(p).Citations()[0].Quote != want {
		t.Errorf("opened as %q and %q, want %q", c.Quote, guard.Open(p).Citations()[0].Quote, want)
	}
}

// A condition that cannot be shown is no reason to show the sentence as if it
// were about the condition that was asked about.
func TestDraftConditionThatCannotBeShown(t *testing.T) {
	for _, condition := range []string{"5 mg of diazepam twice a day", "stiff\u202e back"} {
		p := passageOf("a#1", "Sticks help.")
		p.Source.Condition = condition
		sentence := quote(p, 0)
		sentence.Other = true
		for _, s := range newGuard(t).Draft(draftOf(sentence)).Sentences() {
			if s.Text != verify.Withheld && (s.About == "" || s.About == condition) {
				t.Errorf("condition %+q: %+v", condition, s)
			}
		}
	}
}

func TestTopics(t *testing.T) {
	var evidence []spsbot.Evidence
	for _, heading := range [][]string{
		nil, {"Walking"}, {"Home", "Rails"}, {"Walking"}, {"Diazepam 5 mg twice a day"}, {"Stairs\u202e"}, {"Ice"}, {"Snow"},
	} {
		p := passageOf("a#1", "Sticks help.")
		p.Heading = heading
		evidence = append(evidence, spsbot.Evidence{Passage: p})
	}
	guard := newGuard(t)
	for k, want := range [][]string{nil, {"Walking"}, {"Walking", "Rails"}, {"Walking", "Rails", "Ice"}} {
		var got []string
		for _, topic := range guard.Topics(evidence, k) {
			got = append(got, topic.Text())
		}
		if !slices.Equal(got, want) {
			t.Errorf("%d topics: %q, want %q", k, got, want)
		}
	}
}

func TestZeroCheckedHoldsNothing(t *testing.T) {
	var zero verify.Checked
	if len(zero.Sentences()) != 0 || len(zero.Citations()) != 0 || zero.Withheld() != 0 || (verify.Topic{}).Text() != "" {
		t.Errorf("the zero values hold something: %+v", zero)
	}
}

// Whoever holds a Checked can look at it; nothing that they do changes it.
func TestCheckedCannotBeChanged(t *testing.T) {
	p := passageOf("a#1", "Sticks help.")
	checked := newGuard(t).Draft(draftOf(quote(p, 0)))
	checked.Sentences()[0].Text = "Sticks harm."
	checked.Sentences()[0].Citations[0] = 99
	checked.Citations()[0].Quote = "Sticks harm."
	checked.Citations()[0].Source.Reviewed = "yesterday, by me"
	p.Source.Reviewed = "yesterday, by me"
	p.Text = "Sticks harm."
	if s := checked.Sentences()[0]; s.Text != "Sticks help." || s.Citations[0] != 1 {
		t.Errorf("the sentence was changed: %+v", s)
	}
	if c := checked.Citations()[0]; c.Quote != "Sticks help." || c.Source.Reviewed != "" {
		t.Errorf("the citation was changed: %+v, reviewed %q", c, c.Source.Reviewed)
	}
}

// Whatever is proposed, what passes is a quotation or withheld, cites a passage
// of the draft, and holds neither a dose nor a hidden character.
func TestAnyDraft(t *testing.T) {
	guard := newGuard(t)
	fragment := rapid.SampledFrom([]string{
		"Sticks help. ", dose + " ", "5", " mg ", "diazepam", "twice daily", "\u202e", "\u200b", verify.Withheld, "é", "字", "🙂", "\n", "- ", "Rails?",
	})
	text := rapid.Map(rapid.SliceOfN(fragment, 0, 8), func(parts []string) string { return strings.Join(parts, "") })
	rapid.Check(t, func(t *rapid.T) {
		var draft spsbot.Draft
		for range rapid.IntRange(0, 4).Draw(t, "sentences") {
			p := passageOf("p#1", text.Draw(t, "text"))
			p.Source.Title, p.Heading = text.Draw(t, "title"), []string{text.Draw(t, "heading")}
			s := spsbot.DraftSentence{Passage: p, Other: rapid.Bool().Draw(t, "other"), Text: p.Text, Span: p.Sentences[0].Span}
			if rapid.Bool().Draw(t, "whole") {
				draft.Sentences = append(draft.Sentences, s)
				continue
			}
			s.Span.Start = rapid.IntRange(-1, len(p.Text)+1).Draw(t, "start")
			s.Span.End = rapid.IntRange(-1, len(p.Text)+1).Draw(t, "end")
			if 0 <= s.Span.Start && s.Span.Start <= s.Span.End && s.Span.End <= len(p.Text) {
				s.Text = strings.ToValidUTF8(p.Text[s.Span.Start:s.Span.End], "?")
			}
			draft.Sentences = append(draft.Sentences, s)
		}
		checkChecked(t, guard, draft, guard.Draft(draft))
	})
}

func checkChecked(t *rapid.T, guard *verify.Guard, draft spsbot.Draft, checked verify.Checked) {
	fit := func(what, text string) {
		shown := strings.ReplaceAll(text, verify.Withheld, "")
		hidden := strings.ContainsFunc(shown, func(r rune) bool { return r != '\n' && unicode.In(r, unicode.Cc, unicode.Cf) })
		if hidden || guard.Has(shown) {
			t.Fatalf("%s may not be shown: %+q", what, text)
		}
	}
	withheld := 0
	for _, s := range checked.Sentences() {
		if s.Text == verify.Withheld {
			withheld++
			continue
		}
		fit("a sentence", s.Text)
		if !slices.ContainsFunc(draft.Sentences, func(d spsbot.DraftSentence) bool { return d.Text == s.Text && strings.Contains(d.Passage.Text, s.Text) }) {
			t.Fatalf("nobody proposed %q", s.Text)
		}
		for _, n := range s.Citations {
			if n < 1 || n > len(checked.Citations()) {
				t.Fatalf("%q cites %d of %d", s.Text, n, len(checked.Citations()))
			}
		}
	}
	for i, c := range checked.Citations() {
		if c.N != i+1 {
			t.Fatalf("citation %d has the number %d", i+1, c.N)
		}
		fit("a title", c.Source.Title)
		fit("a heading", c.Heading)
		fit("an opened passage", c.Quote)
	}
	if checked.Withheld() != withheld {
		t.Fatalf("%d withheld, counted %d", checked.Withheld(), withheld)
	}
}
