package reply_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"pgregory.net/rapid"

	"spsbot"
	"spsbot/answer/reply"
	"spsbot/answer/verify"
	"spsbot/prompts"
)

// world is everything real that a reply is made with.
type world struct {
	guard       *verify.Guard
	locales     prompts.Locales
	numbers     prompts.Directory
	suggestions []prompts.Suggestion
}

func newWorld(t testing.TB) world {
	t.Helper()
	must := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	var w world
	rules, err := prompts.Dose(prompts.Files())
	must(err)
	w.guard, err = verify.NewGuard(rules)
	must(err)
	w.locales, err = prompts.LoadLocales(prompts.Files())
	must(err)
	w.numbers, err = prompts.LoadNumbers(prompts.Files())
	must(err)
	suggestions, err := prompts.LoadSuggestions(prompts.Files())
	must(err)
	w.suggestions = suggestions["en"]
	return w
}

// nasty draws texts made of what people and documents may try, some of them
// far longer than a message, with and without places to break a line.
func nasty() *rapid.Generator[string] {
	parts := rapid.SliceOfN(rapid.SampledFrom(fragments()), 0, 12)
	short := rapid.Map(parts, func(parts []string) string { return strings.Join(parts, "") })
	return rapid.Custom(func(t *rapid.T) string {
		text := short.Draw(t, "text")
		if rapid.IntRange(0, 9).Draw(t, "long") == 0 && text != "" {
			text = strings.Repeat(text, 1+rapid.IntRange(1, 4000).Draw(t, "length")/len(text))
		}
		return text
	})
}

// anyDraft draws sentences of passages with any text and any facts that a
// document could have.
func anyDraft() *rapid.Generator[spsbot.Draft] {
	return rapid.Custom(func(t *rapid.T) spsbot.Draft {
		var draft spsbot.Draft
		for range rapid.IntRange(0, 5).Draw(t, "passages") {
			lead := nasty().Draw(t, "lead")
			text := lead + nasty().Draw(t, "sentence")
			p := &spsbot.Passage{ID: "p#1", Text: text, Source: anySource(t), Heading: []string{nasty().Draw(t, "heading")}}
			s := spsbot.DraftSentence{
				Text: text[len(lead):], Passage: p, Span: spsbot.Span{Start: len(lead), End: len(text)},
				Ask: rapid.IntRange(0, 2).Draw(t, "ask"), Other: rapid.Bool().Draw(t, "other"),
			}
			if rapid.Bool().Draw(t, "item") {
				s.Lead = spsbot.Span{End: len(lead)}
			}
			draft.Sentences = append(draft.Sentences, s)
		}
		return draft
	})
}

func anySource(t *rapid.T) *spsbot.Source {
	date := rapid.SampledFrom([]string{"", "undated", "2024", "2024-05-01", "_2024_", "# 2024"})
	return &spsbot.Source{
		ID: "p", Title: nasty().Draw(t, "title"), Publisher: nasty().Draw(t, "publisher"),
		SummaryOf: rapid.SampledFrom([]string{"", "A trial"}).Draw(t, "summary of"), Condition: nasty().Draw(t, "condition"),
		URL: rapid.SampledFrom([]string{
			"", "https://x.org/a_b/*c*", "http://x.org", "https://discord.gg/x", "https://x.org/>[a](b", "https://x.org/a b", "javascript:1", "<@1>",
		}).Draw(t, "url"),
		Kind: rapid.SampledFrom(spsbot.Kinds()).Draw(t, "kind"), Commercial: rapid.Bool().Draw(t, "commercial"),
		Published: date.Draw(t, "published"), Reviewed: date.Draw(t, "reviewed"),
		Overdue: rapid.Bool().Draw(t, "overdue"), Expires: "2024-01-01",
		Language: rapid.SampledFrom([]string{"en", "de", "zh-Hant", "*x*"}).Draw(t, "language"),
	}
}

// fataler is a test, or one case of a property.
type fataler interface {
	Helper()
	Fatalf(format string, args ...any)
}

// checkParts holds what every reply is: parts that Discord takes, each with the
// disclaimer at its end, once, and nothing that works.
func checkParts(t fataler, sealed reply.Sealed, locale prompts.Locale) {
	t.Helper()
	disclaimer, texts := locale.Disclaimer(), locale.Texts().Answer
	parts := sealed.Messages()
	if len(parts) == 0 {
		t.Fatalf("no part at all")
	}
	for i, part := range append(parts, sealed.Text()) {
		if units := len(utf16.Encode([]rune(part))); units > reply.Limit && i < len(parts) {
			t.Fatalf("part %d has %d code units", i, units)
		}
		rest, found := strings.CutSuffix(part, disclaimer)
		if !found || rest != "" && !strings.HasSuffix(rest, "\n\n") {
			t.Fatalf("part %d does not end with the disclaimer: %q", i, part[max(0, len(part)-200):])
		}
		if strings.HasSuffix(strings.TrimSpace(rest), disclaimer) {
			t.Fatalf("part %d ends with the disclaimer twice", i)
		}
		if rest != "" && strings.TrimSpace(rest) == "" {
			t.Fatalf("part %d is empty but for the disclaimer", i)
		}
		if err := inert(part, texts); err != nil {
			t.Fatalf("part %d of %d: %v", i, len(parts), err)
		}
	}
	var joined strings.Builder
	for _, part := range parts {
		joined.WriteString(reply.Unescape(strings.TrimSuffix(part, disclaimer)))
	}
	got, want := solid(joined.String()), solid(reply.Unescape(strings.TrimSuffix(sealed.Text(), disclaimer)))
	if got != want {
		at := 0
		for at < min(len(got), len(want)) && got[at] == want[at] {
			at++
		}
		t.Fatalf("the parts do not rejoin to the text: …%q instead of …%q", got[at:min(len(got), at+40)], want[at:min(len(want), at+40)])
	}
}

// solid takes all white space away: where a text is split, it loses some.
func solid(text string) string { return strings.Join(strings.Fields(text), "") }

func TestAnyAnswer(t *testing.T) {
	w := newWorld(t)
	rapid.Check(t, func(t *rapid.T) {
		checked := w.guard.Draft(anyDraft().Draw(t, "draft"))
		locale := w.locales[rapid.SampledFrom(w.locales.Tags()).Draw(t, "locale")]
		sealed := reply.Answer(checked, locale)
		checkParts(t, sealed, locale)
		text := reply.Unescape(sealed.Text())
		for _, sentence := range checked.Sentences() {
			want := sentence.Text
			if want == verify.Withheld {
				want = locale.Texts().Answer.Withheld
			}
			if !strings.Contains(text, want) {
				t.Fatalf("%.80q is not said", want)
			}
		}
		if len(checked.Sentences()) == 0 && sealed.Text() != reply.Fixed(reply.NoSource, locale, reply.Params{}).Text() {
			t.Fatalf("an answer of nothing says %q", sealed.Text())
		}
	})
}

func TestAnyNotice(t *testing.T) {
	w := newWorld(t)
	rapid.Check(t, func(t *rapid.T) {
		notice := reply.Notice(rapid.IntRange(-1, int(reply.Language)+2).Draw(t, "notice"))
		locale := w.locales[rapid.SampledFrom(w.locales.Tags()).Draw(t, "locale")]
		var evidence []spsbot.Evidence
		for range rapid.IntRange(0, 4).Draw(t, "topics") {
			evidence = append(evidence, spsbot.Evidence{Passage: &spsbot.Passage{Heading: []string{nasty().Draw(t, "heading")}}})
		}
		params := reply.Params{
			Numbers:     w.numbers.For(rapid.SampledFrom([]string{"", "US", "gb", "DE", "JP", "ZZ", "<@1>"}).Draw(t, "country")),
			Suggestions: rapid.SliceOfN(rapid.SampledFrom(w.suggestions), 0, 4).Draw(t, "suggestions"),
			Topics:      w.guard.Topics(evidence, 3),
		}
		sealed := reply.Fixed(notice, locale, params)
		checkParts(t, sealed, locale)
		for _, topic := range params.Topics {
			if !strings.Contains(reply.Unescape(sealed.Text()), topic.Text()) {
				t.Fatalf("the topic %q is missing", topic.Text())
			}
		}
	})
}

// Every notice has words of its own in every language, and leaves no place open.
func TestNotices(t *testing.T) {
	w := newWorld(t)
	for tag, locale := range w.locales {
		said := map[string]reply.Notice{}
		for notice := reply.NoSource; notice <= reply.Language; notice++ {
			text := reply.Fixed(notice, locale, reply.Params{Numbers: w.numbers.For("US")}).Text()
			if strings.TrimSpace(strings.TrimSuffix(text, locale.Disclaimer())) == "" || strings.ContainsAny(text, "{}") {
				t.Errorf("%s, notice %d: %q", tag, notice, text)
			}
			if other, taken := said[text]; taken {
				t.Errorf("%s: notices %d and %d say the same", tag, other, notice)
			}
			said[text] = notice
		}
	}
}

// Whoever needs help now reads the numbers in the first line, whatever the country.
func TestEmergencyNumbers(t *testing.T) {
	w := newWorld(t)
	for tag, locale := range w.locales {
		for _, country := range []string{"", "US", "DE", "NG", "ZZ"} {
			numbers := w.numbers.For(country)
			for notice, want := range map[reply.Notice][]prompts.Number{
				reply.EmergencyMedical: numbers.Emergency, reply.EmergencySelfHarm: numbers.Crisis,
				reply.EmergencyPoison: numbers.Poison, reply.EmergencyViolence: numbers.Police,
			} {
				text := reply.Fixed(notice, locale, reply.Params{Numbers: numbers}).Text()
				first, _, _ := strings.Cut(text, "\n")
				for _, number := range want {
					if !strings.Contains(first, number.Text()) {
						t.Errorf("%s, notice %d: %s of %s is not in the first line %q", tag, notice, number.Text(), number.Country(), first)
					}
				}
			}
		}
	}
}

// Zero values are what a mistake makes: they say nothing but what is harmless.
func TestZeroValues(t *testing.T) {
	var zero reply.Sealed
	disclaimer := prompts.Locale{}.Disclaimer()
	if disclaimer == "" || zero.Text() != disclaimer || !slices.Equal(zero.Messages(), []string{disclaimer}) {
		t.Errorf("the zero Sealed says %q, %q", zero.Text(), zero.Messages())
	}
	w := newWorld(t)
	for _, locale := range w.locales {
		sealed := reply.Answer(verify.Checked{}, locale)
		if want := locale.Texts().Notices.NoSource + "\n\n" + locale.Disclaimer(); sealed.Text() != want {
			t.Errorf("%s: the zero Checked says %q", locale.Tag(), sealed.Text())
		}
	}
	for _, sealed := range []reply.Sealed{reply.Answer(verify.Checked{}, prompts.Locale{}), reply.Fixed(reply.Dosing, prompts.Locale{}, reply.Params{})} {
		if sealed.Text() != disclaimer {
			t.Errorf("without a locale: %q", sealed.Text())
		}
	}
}

// There is no way into a Sealed but its constructors: data cannot fill it.
func TestNoWayInFromData(t *testing.T) {
	disclaimer := prompts.Locale{}.Disclaimer()
	decode := func(data string, into any) error { return json.Unmarshal([]byte(data), into) }
	for _, data := range []string{`{"blocks":["Take it."],"Blocks":["Take it."],"locale":{"texts":{}},"text":"Take it."}`, `{}`, `null`} {
		var sealed reply.Sealed
		if err := decode(data, &sealed); err != nil {
			t.Errorf("%s: %v", data, err)
		}
		if sealed.Text() != disclaimer {
			t.Errorf("%s made it say %q", data, sealed.Text())
		}
	}
	var sealed reply.Sealed
	if decode(`"Take it."`, &sealed) == nil || decode(`["Take it."]`, &sealed) == nil {
		t.Error("a text was read as a Sealed")
	}
	for value, methods := range map[any][]string{
		&reply.Sealed{}:       {"Locale", "Messages", "Parts", "Text"},
		&verify.Checked{}:     {"Citations", "Sentences", "Withheld"},
		&verify.Topic{}:       {"Text"},
		&prompts.Suggestion{}: {"Language", "Text"},
		&reply.Part{}:         {"Buttons", "Card", "Locale", "Text"},
		&verify.Opened{}:      {"Citations", "Rest"},
		&verify.Shelf{}:       {"Sources"},
		&verify.Note{}:        {"Text"},
	} {
		kind := reflect.TypeOf(value)
		var got []string
		for i := range kind.NumMethod() {
			got = append(got, kind.Method(i).Name)
		}
		if !slices.Equal(got, methods) {
			t.Errorf("%s has the methods %q, want %q", kind, got, methods)
		}
	}
}
