package page

import (
	"strings"
	"testing"
	"unicode/utf8"

	"spsbot/internal/discordtest"
)

func TestMarkup(t *testing.T) {
	fake := discordtest.New(t, nil, discordtest.Options{})
	who := names{fake}
	for name, test := range map[string]struct{ text, kinds, plain string }{
		"paragraphs":      {"one\ntwo\n\nthree", "p p", "one two three"},
		"headings":        {"# A\n## B\n### C\n-# d", "h3 h4 h5 small", "A B C d"},
		"lists":           {"- a\n- b\n\n1. c\n2. d", "ul ol", "a b c d"},
		"a year":          {"2021. It was so", "p", "2021. It was so"},
		"quotation":       {"> a\n> b", "quote", "a b"},
		"code":            {"```\n**a**\n```\nb", "code p", "**a** b"},
		"emphasis":        {"**a** _b_ ~~c~~ ||d||", "p", "a b c d"},
		"escaped":         {`\*\*a\*\* \<@1\>`, "p", "**a** <@1>"},
		"names":           {"snake_case_name 2 * 3 * 4", "p", "snake_case_name 2 * 3 * 4"},
		"unclosed":        {"**a *b", "p", "**a *b"},
		"mention":         {"<@1> <#2> <@&3>", "p", "@somebody #unknown @unknown role"},
		"links":           {"[a](https://example.org) <https://example.org/b>", "p", "a https://example.org/b"},
		"a link to run":   {"[a](javascript:alert)", "p", "[a](javascript:alert)"},
		"end of sentence": {"see https://example.org/a.", "p", "see https://example.org/a."},
	} {
		blocks := parse(test.text, who)
		var kinds []string
		for _, b := range blocks {
			kinds = append(kinds, b.Kind)
		}
		if got := strings.Join(kinds, " "); got != test.kinds {
			t.Errorf("%s: blocks %q, want %q", name, got, test.kinds)
		}
		if got := strings.Join(strings.Fields(plain(blocks)), " "); got != test.plain {
			t.Errorf("%s: text %q, want %q", name, got, test.plain)
		}
	}
}

// What is escaped stays as it was written.
func FuzzMarkup(f *testing.F) {
	for _, seed := range []string{"**a**", "<@1>", "```", "||a", "\\", "[a](https://b)", "1. x", "- x", "a_b_c"} {
		f.Add(seed)
	}
	fake, err := discordtest.Start(discordtest.Options{})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() {
		if err := fake.Close(); err != nil {
			f.Error(err)
		}
	})
	f.Fuzz(func(t *testing.T, text string) {
		want := strings.Join(strings.Fields(text), " ")
		var escaped strings.Builder
		for _, r := range want {
			if strings.ContainsRune(escapable, r) {
				escaped.WriteByte('\\')
			}
			escaped.WriteRune(r)
		}
		got := strings.Join(strings.Fields(plain(parse(escaped.String(), names{fake}))), " ")
		if utf8.ValidString(text) && got != want {
			t.Errorf("%q became %q", want, got)
		}
	})
}
