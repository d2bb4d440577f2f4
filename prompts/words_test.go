package prompts_test

import (
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"spsbot"
	"spsbot/prompts"
)

// folded returns a name as questions are compared with it: lower case, single
// spaces, no marks.
func folded(name string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(name), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	}), " ")
}

func TestGlossary(t *testing.T) {
	glossary, err := prompts.Glossary(prompts.Files())
	if err != nil {
		t.Fatal(err)
	}
	kinds := []spsbot.ConceptKind{
		spsbot.ConceptCondition, spsbot.ConceptTreatment, spsbot.ConceptMedicine, spsbot.ConceptTest,
		spsbot.ConceptSymptom, spsbot.ConceptOrganisation, spsbot.ConceptPlain,
	}
	owner := map[string]string{}
	for _, concept := range glossary.Concepts {
		if !regexp.MustCompile(`^[a-z0-9_]+$`).MatchString(concept.ID) || !slices.Contains(kinds, concept.Kind) {
			t.Errorf("concept %q of kind %q", concept.ID, concept.Kind)
		}
		if slices.Contains(concept.Narrower, concept.ID) {
			t.Errorf("%s is narrower than itself", concept.ID)
		}
		for _, name := range concept.Names {
			key := folded(name)
			if other, taken := owner[key]; taken || key == "" {
				t.Errorf("%q of %s is a name of %q already", name, concept.ID, other)
			}
			owner[key] = concept.ID
		}
	}
}

// The entries of the word lists are compared with folded text, so that one in
// another form would never be found.
func TestWordLists(t *testing.T) {
	files, err := fs.Glob(prompts.Files(), "words/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("files %q: %v", files, err)
	}
	for _, file := range files {
		language := strings.TrimSuffix(strings.TrimPrefix(file, "words/"), ".yaml")
		words, err := prompts.Words(prompts.Files(), language)
		if err != nil {
			t.Fatal(err)
		}
		if words.Language != language {
			t.Errorf("%s: its language is %q", file, words.Language)
		}
		lists := map[string][]string{
			"stop": words.Stop, "chatter": words.Chatter, "openers": words.Openers, "joiners": words.Joiners,
			"abbreviations": words.Abbreviations, "lead_ends": words.LeadEnds, "question_starts": words.QuestionStarts,
			"question_words": words.QuestionWords, "furniture": words.Furniture, "own_story": words.OwnStory,
			"reply_starts": words.ReplyStarts, "first_person": words.FirstPerson,
		}
		for name, asks := range words.Asks {
			lists["asks."+name] = asks
		}
		for name, list := range lists {
			if language != "en" && len(list) == 0 {
				continue // only the documents' language needs what reading documents needs
			}
			checkList(t, file+": "+name, list)
		}
		for name := range words.Shows {
			if len(words.Asks[name]) == 0 {
				t.Errorf("%s: shows.%s answers nothing that is asked for", file, name)
			}
		}
		for _, word := range words.QuestionWords {
			if !slices.ContainsFunc(words.QuestionStarts, func(start string) bool { return start == word || strings.HasPrefix(start, word+" ") }) {
				t.Errorf("%s: the question word %q begins no question", file, word)
			}
		}
	}
}

func TestCheckWords(t *testing.T) {
	words, err := prompts.Checks(prompts.Files())
	if err != nil {
		t.Fatal(err)
	}
	for name, list := range map[string][]string{
		"promotion": words.Promotion, "instructions": words.Instructions, "markers": words.Markers, "personal": words.Personal,
		"negations": words.Negations, "turns": words.Turns, "numbers": words.Numbers,
	} {
		checkList(t, "checks.yaml: "+name, list)
	}
}

func checkList(t *testing.T, name string, list []string) {
	t.Helper()
	if len(list) == 0 {
		t.Errorf("%s is empty", name)
	}
	seen := map[string]bool{}
	for _, entry := range list {
		if entry == "" || entry != strings.Join(strings.Fields(strings.ToLower(entry)), " ") || strings.Contains(entry, "’") {
			t.Errorf("%s: %q is not in lower case with single spaces and straight apostrophes", name, entry)
		}
		if seen[entry] {
			t.Errorf("%s: %q stands there twice", name, entry)
		}
		seen[entry] = true
	}
}

// A message cannot teach two routes.
func TestExamples(t *testing.T) {
	examples, err := prompts.Examples(prompts.Files())
	if err != nil {
		t.Fatal(err)
	}
	routes := map[string]spsbot.Route{}
	covered := map[spsbot.Route]int{}
	for _, example := range examples {
		key := folded(example.Text)
		if key == "" {
			continue // a message of signs alone
		}
		if other, taken := routes[key]; taken && other != example.Route {
			t.Errorf("%q is an example of %s and of %s", example.Text, other, example.Route)
		}
		if example.Language == "" {
			t.Errorf("%q has no language", example.Text)
		}
		routes[key] = example.Route
		covered[example.Route]++
	}
	for _, route := range spsbot.Routes() {
		if covered[route] == 0 && route != spsbot.RouteLanguage {
			t.Errorf("%s has no example", route)
		}
	}
}

// Every language of the replies has every suggestion, and each only once.
func TestSuggestions(t *testing.T) {
	suggestions, err := prompts.LoadSuggestions(prompts.Files())
	if err != nil {
		t.Fatal(err)
	}
	if want, got := loadLocales(t).Tags(), slices.Sorted(maps.Keys(suggestions)); !slices.Equal(got, want) {
		t.Errorf("suggestions in %q, replies in %q", got, want)
	}
	seen := map[string]bool{}
	for language, list := range suggestions {
		if len(list) < 3 || len(list) != len(suggestions["en"]) {
			t.Errorf("%s: %d suggestions, in English %d", language, len(list), len(suggestions["en"]))
		}
		for _, suggestion := range list {
			text := suggestion.Text()
			if !strings.HasSuffix(text, "?") && !strings.HasSuffix(text, "？") && !strings.HasSuffix(text, "؟") || strings.TrimSpace(text) != text {
				t.Errorf("%s: %q is no question", language, text)
			}
			if length := utf8.RuneCountInString(text); length > longestButton {
				t.Errorf("%s: %q has %d characters, at most %d fit on a button", language, text, length, longestButton)
			}
			if suggestion.Language() != language {
				t.Errorf("%q of %s says that it is in %q", text, language, suggestion.Language())
			}
			if seen[folded(text)] {
				t.Errorf("%q is offered twice", text)
			}
			seen[folded(text)] = true
		}
	}
}

func TestNearestSuggestions(t *testing.T) {
	all, err := prompts.LoadSuggestions(files("suggestions.yaml", `questions:
  - {ask: {en: "What is it?", de: "Was ist das?"}, near: [name, long name]}
  - {ask: {en: "Who pays for it?"}, near: [money, "pay for"]}
  - {ask: {en: "Where is it done?", de: "Wo macht man das?"}, near: [place]}
`))
	if err != nil {
		t.Fatal(err)
	}
	suggestions := all["en"]
	if got := prompts.Nearest(all["de"], "place", 3); len(got) != 2 || got[0].Text() != "Wo macht man das?" {
		t.Errorf("in German: %v", got)
	}
	for message, want := range map[string][]string{
		"":                               {"What is it?", "Who pays for it?"},
		"must I PAY  for that":           {"Who pays for it?", "What is it?"},
		"what place?":                    {"Where is it done?", "What is it?"},
		"repay forever":                  {"What is it?", "Who pays for it?"},
		"the money, and pay for a place": {"Who pays for it?", "Where is it done?"},
	} {
		var got []string
		for _, suggestion := range prompts.Nearest(suggestions, message, 2) {
			got = append(got, suggestion.Text())
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", message, got, want)
		}
	}
	for k, want := range []int{0, 1, 2, 3, 3} {
		if got := len(prompts.Nearest(suggestions, "place", k)); got != want {
			t.Errorf("%d of %d: got %d", k, len(suggestions), got)
		}
	}
	if suggestions[0].Text() != "What is it?" {
		t.Error("the list itself was sorted")
	}
}

// TestLanguages holds that the names of other languages can be read and belong
// to concepts of the glossary.
func TestLanguages(t *testing.T) {
	glossary, err := prompts.Glossary(prompts.Files())
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, concept := range glossary.Concepts {
		known[concept.ID] = true
	}
	languages, err := prompts.Languages(prompts.Files())
	if err != nil || len(languages) == 0 {
		t.Fatalf("%d languages: %v", len(languages), err)
	}
	for _, language := range languages {
		for id, names := range language.Names {
			if !known[id] || len(names) == 0 {
				t.Errorf("%s: concept %q with %d names", language.Words.Language, id, len(names))
			}
		}
	}
}
