package prompts_test

import (
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"spsbot"
	"spsbot/prompts"
)

func loadLocales(t *testing.T) prompts.Locales {
	t.Helper()
	locales, err := prompts.LoadLocales(prompts.Files())
	if err != nil {
		t.Fatal(err)
	}
	return locales
}

// catalog reads a file of texts as paths and texts: "answer.kinds.blog". Keys
// that hold no texts are left out where they are named.
func catalog(t *testing.T, file string, without ...string) map[string]string {
	t.Helper()
	data, err := fs.ReadFile(prompts.Files(), file)
	if err != nil {
		t.Fatal(err)
	}
	var tree map[string]any
	if err := yaml.Unmarshal(data, &tree); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	for _, key := range without {
		delete(tree, key)
	}
	texts := map[string]string{}
	flatten(t, "", tree, texts)
	return texts
}

func flatten(t *testing.T, at string, node any, into map[string]string) {
	t.Helper()
	switch node := node.(type) {
	case map[string]any:
		for key, value := range node {
			flatten(t, strings.TrimPrefix(at+"."+key, "."), value, into)
		}
	case string:
		into[at] = node
	default:
		t.Errorf("%s is no text: %v", at, node)
	}
}

// places returns the words in braces of a text, each once, sorted.
func places(text string) []string {
	found := regexp.MustCompile(`\{\w*\}`).FindAllString(text, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

// Every language has every text, with the same places to fill in, and none was
// left in English.
func TestReplyTextsAreComplete(t *testing.T) {
	files, err := fs.Glob(prompts.Files(), "replies/*.yaml")
	if err != nil || len(files) < 2 {
		t.Fatalf("files %q: %v", files, err)
	}
	english := catalog(t, "replies/en.yaml")
	for _, file := range files {
		t.Run(path.Base(file), func(t *testing.T) {
			compareTexts(t, catalog(t, file), english, func(key string) bool {
				return file == "replies/en.yaml" && key == "disclaimer" // English has a file of its own for it
			})
		})
	}
}

// compareTexts holds that the texts of a language are those of English in other words.
func compareTexts(t *testing.T, texts, english map[string]string, mayBeEmpty func(key string) bool) {
	t.Helper()
	isEnglish := texts["language"] == "en"
	for _, key := range slices.Sorted(maps.Keys(english)) {
		text, found := texts[key]
		switch {
		case !found:
			t.Errorf("%s is missing", key)
		case text == "" && !mayBeEmpty(key):
			t.Errorf("%s is empty", key)
		case !slices.Equal(places(text), places(english[key])):
			t.Errorf("%s has the places %q, in English %q", key, places(text), places(english[key]))
		case strings.TrimSpace(text) != text || strings.Contains(text, "  "):
			t.Errorf("%s has white space too much: %q", key, text)
		case strings.Count(text, "\n\n") != strings.Count(english[key], "\n\n"):
			t.Errorf("%s has other paragraphs than in English", key)
		case !isEnglish && text == english[key] && len(strings.Fields(text)) > 3:
			t.Errorf("%s is still in English", key)
		}
	}
	for key := range texts {
		if _, known := english[key]; !known {
			t.Errorf("%s is no text of English", key)
		}
	}
}

// The keys that code asks for by value are all there.
func TestReplyTextsOfEveryKind(t *testing.T) {
	for tag, locale := range loadLocales(t) {
		texts := locale.Texts()
		for _, kind := range spsbot.Kinds() {
			if texts.Answer.Kinds[kind] == "" {
				t.Errorf("%s: no words for the kind %s", tag, kind)
			}
		}
		for _, crisis := range []spsbot.Crisis{spsbot.CrisisMedical, spsbot.CrisisSelfHarm, spsbot.CrisisPoison, spsbot.CrisisViolence} {
			text := texts.Notices.Emergency[crisis]
			if first, _, _ := strings.Cut(text, "\n"); len(places(first)) == 0 {
				t.Errorf("%s: the first line of %s has no number to call", tag, crisis)
			}
		}
	}
}

func TestDisclaimers(t *testing.T) {
	said := map[string]string{}
	for tag, locale := range loadLocales(t) {
		text := locale.Disclaimer()
		if strings.TrimSpace(text) != text || len(text) < 40 || strings.Contains(text, "\n") {
			t.Errorf("%s: %q", tag, text)
		}
		if other, taken := said[text]; taken {
			t.Errorf("%s has the disclaimer of %s", tag, other)
		}
		said[text] = tag
	}
	if zero := (prompts.Locale{}).Disclaimer(); said[zero] != "en" {
		t.Errorf("without a language it is %q", zero)
	}
}

func TestLocaleOfTags(t *testing.T) {
	locales := loadLocales(t)
	for want, tags := range map[string][][]string{
		"pt": {{"pt"}, {"pt-BR"}, {"PT_br"}, {"und", "pt-PT"}, {"xx", "", "pt", "de"}},
		"zh": {{"zh-Hant-TW"}, {"zh"}},
		"en": {{}, {""}, {"und"}, {"xx-YY"}, {"en-GB", "de"}, {"-"}},
	} {
		for _, list := range tags {
			if got := locales.For(list...).Tag(); got != want {
				t.Errorf("%q: %s, want %s", list, got, want)
			}
		}
	}
	if tags := locales.Tags(); len(tags) != len(locales) || !slices.IsSorted(tags) {
		t.Errorf("tags %q", tags)
	}
}

// A reply can be made with a Locale, and with no words but its own: whoever
// reads them cannot change them.
func TestLocaleCannotBeChanged(t *testing.T) {
	locale := loadLocales(t)["en"]
	kind, crisis := locale.Texts().Answer.Kinds[spsbot.KindBlog], locale.Texts().Notices.Emergency[spsbot.CrisisMedical]
	texts := locale.Texts()
	texts.Disclaimer, texts.Notices.Dosing = "Take it.", "Take it."
	texts.Answer.Kinds[spsbot.KindBlog] = "Take it."
	texts.Notices.Emergency[spsbot.CrisisMedical] = "Take it."
	after := locale.Texts()
	if after.Disclaimer == "Take it." || after.Notices.Dosing == "Take it." {
		t.Error("a text was changed")
	}
	if after.Answer.Kinds[spsbot.KindBlog] != kind || after.Notices.Emergency[spsbot.CrisisMedical] != crisis {
		t.Error("a text in a map was changed")
	}
}

// The router sends whoever writes in a language with reply texts to retrieval,
// and nobody else.
func TestLanguagesWithReplies(t *testing.T) {
	rules, err := prompts.Rules(prompts.Files())
	if err != nil {
		t.Fatal(err)
	}
	locales := loadLocales(t)
	replies := 0
	for _, tongue := range rules.Tongues {
		if _, found := locales[tongue.Tag]; found != tongue.Replies {
			t.Errorf("%s: the rules say that it has replies: %v; it has: %v", tongue.Tag, tongue.Replies, found)
		}
		if tongue.Replies {
			replies++
		}
	}
	if replies != len(locales) {
		t.Errorf("%d languages of the rules have replies, %d have reply texts", replies, len(locales))
	}
}
