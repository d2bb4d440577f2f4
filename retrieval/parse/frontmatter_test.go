package parse_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"
	"pgregory.net/rapid"

	"spsbot"
	"spsbot/retrieval/parse"
)

const body = "Sticks help many people to walk.\n"

func TestFrontMatter(t *testing.T) {
	for name, c := range map[string]struct {
		file, text, side string
		want             spsbot.Source
	}{
		"no facts": {
			"notes/sticks.txt", body, "",
			spsbot.Source{ID: "sticks", Title: "sticks", Kind: spsbot.KindUnknown, Language: "en"},
		},
		"all kinds of facts": {
			"a.md", "---\nid: sticks-2024\ntitle: \"Sticks: a survey\"\nkind: peer_reviewed\npublished: 2024-05-01\nreviewed: 2025\ncommercial: true\nlanguage: de\n---\n" + body, "",
			spsbot.Source{ID: "sticks-2024", Title: "Sticks: a survey", Kind: spsbot.KindPeerReviewed, Published: "2024-05-01", Reviewed: "2025", Commercial: true, Language: "de"},
		},
		"in a text file, with Windows line breaks and spaces after the fence": {
			"a.txt", "---  \r\nid: sticks\r\ntitle: Sticks\r\n---\t\r\n" + body, "",
			spsbot.Source{ID: "sticks", Title: "Sticks", Kind: spsbot.KindUnknown, Language: "en"},
		},
		"no facts between the fences": {
			"a.md", "---\n---\n" + body, "",
			spsbot.Source{ID: "a", Title: "a", Kind: spsbot.KindUnknown, Language: "en"},
		},
		"the side file alone": {
			"a.txt", body, "title: Sticks\nkind: blog\n",
			spsbot.Source{ID: "a", Title: "Sticks", Kind: spsbot.KindBlog, Language: "en"},
		},
		"the side file wins, and what it does not say stays": {
			"a.md", "---\ntitle: Sticks\nkind: guideline\npublisher: A shop\n---\n" + body, "kind: blog\ncommercial: true\n",
			spsbot.Source{ID: "a", Title: "Sticks", Kind: spsbot.KindBlog, Publisher: "A shop", Commercial: true, Language: "en"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			document, err := parse.Read(c.file, []byte(c.text), []byte(c.side), englishWords(t))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, document.Source); diff != "" {
				t.Errorf("facts (-want +got):\n%s", diff)
			}
			if document.Text != strings.TrimSpace(body) {
				t.Errorf("body %q", document.Text)
			}
		})
	}
}

func TestBrokenFrontMatter(t *testing.T) {
	for name, c := range map[string]struct{ text, side, want string }{
		"unclosed":                       {"---\nid: sticks\n\n" + body, "", "no closing line"},
		"broken":                         {"---\nid: [sticks\n---\n" + body, "", "front matter is broken"},
		"no mapping":                     {"---\nsticks\n---\n" + body, "", "front matter is broken"},
		"unknown field":                  {"---\nid: sticks\ncomercial: true\n---\n" + body, "", "comercial"},
		"field twice":                    {"---\nid: sticks\nid: canes\n---\n" + body, "", "already defined"},
		"unknown kind":                   {"---\nkind: hearsay\n---\n" + body, "", "hearsay"},
		"wrong type":                     {"---\ncommercial: perhaps\n---\n" + body, "", "perhaps"},
		"broken side file":               {body, "id: [sticks", "side file is broken"},
		"unknown field in the side file": {body, "comercial: true\n", "comercial"},
		"unknown kind in the side file":  {body, "kind: hearsay\n", "hearsay"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := parse.Read("a.md", []byte(c.text), []byte(c.side), englishWords(t))
			if !errors.Is(err, parse.ErrUnreadable) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want ErrUnreadable with %q", err, c.want)
			}
		})
	}
}

// YAML can spell any character; facts are shown to people, and must not carry
// what they cannot see: terminal escapes, overrides of the direction of text.
func TestFactsHoldNoHiddenCharacters(t *testing.T) {
	for name, facts := range map[string]string{
		"terminal escape":    `reviewed: "2024\e[31m"`,
		"override":           `publisher: "A shop\u202etxt.exe"`,
		"NUL":                `title: "Sticks\0"`,
		"in the language":    `language: "en\u2066"`,
		"end of the line":    `id: "sticks\nroute: answer"`,
		"in the address":     `url: "https://example.org/?q=\u202egpj"`,
		"in the review date": `reviewed: "2024\u2069\u2028"`,
	} {
		t.Run(name, func(t *testing.T) {
			document, err := parse.Read("a.md", []byte("---\n"+facts+"\n---\n"+body), nil, englishWords(t))
			if err != nil {
				return // refused: as good
			}
			value := reflect.ValueOf(document.Source)
			for i := range value.NumField() {
				text, isText := value.Field(i).Interface().(string)
				if isText && strings.ContainsFunc(text, func(r rune) bool { return unicode.In(r, unicode.C, unicode.Zl, unicode.Zp) }) {
					t.Errorf("%s is %+q", value.Type().Field(i).Name, text)
				}
			}
		})
	}
}

// Facts that are written as front matter, or as a side file, are read as they were.
func TestFrontMatterRoundTrips(t *testing.T) {
	words := englishWords(t)
	plain := rapid.StringOfN(rapid.RuneFrom([]rune("aZé9 :#-'\"{}[]|>&*!%@`,?字🙂")), 0, 30, -1)
	rapid.Check(t, func(t *rapid.T) {
		want := spsbot.Source{
			ID:         "id-" + rapid.StringMatching(`[a-z0-9]{1,8}`).Draw(t, "id"),
			Title:      "t" + plain.Draw(t, "title"),
			Publisher:  plain.Draw(t, "publisher"),
			URL:        plain.Draw(t, "url"),
			Kind:       rapid.SampledFrom(spsbot.Kinds()).Draw(t, "kind"),
			SummaryOf:  plain.Draw(t, "summary of"),
			Reviewed:   rapid.SampledFrom([]string{"", "2024", "2024-05-01", "undated"}).Draw(t, "reviewed"),
			Commercial: rapid.Bool().Draw(t, "commercial"),
			Language:   "en",
			Note:       plain.Draw(t, "note"),
		}
		facts, err := yaml.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range []struct{ text, side string }{{"---\n" + string(facts) + "---\n" + body, ""}, {body, string(facts)}} {
			document, err := parse.Read("a.md", []byte(file.text), []byte(file.side), words)
			if err != nil {
				t.Fatalf("%v\n%s", err, facts)
			}
			if diff := cmp.Diff(want, document.Source); diff != "" {
				t.Fatalf("facts (-want +got):\n%s\n%s", diff, facts)
			}
		}
	})
}
