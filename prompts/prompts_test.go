package prompts_test

import (
	"cmp"
	"io/fs"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"go.yaml.in/yaml/v3"

	"spsbot/prompts"
)

// files makes a folder of word files from names and texts.
func files(pairs ...string) fstest.MapFS {
	out := fstest.MapFS{}
	for i := 0; i+1 < len(pairs); i += 2 {
		out[pairs[i]] = &fstest.MapFile{Data: []byte(pairs[i+1])}
	}
	return out
}

// embedded returns a copy of the embedded files that can be changed.
func embedded(t *testing.T) fstest.MapFS {
	t.Helper()
	out := fstest.MapFS{}
	err := fs.WalkDir(prompts.Files(), ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(prompts.Files(), path)
		out[path] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func version(t *testing.T, words fs.FS) string {
	t.Helper()
	found, err := prompts.Version(words)
	if err != nil {
		t.Fatal(err)
	}
	if !regexp.MustCompile(`^[0-9a-f]{12}$`).MatchString(found) {
		t.Errorf("version %q", found)
	}
	return found
}

// The version names the words: a copy has the same, and a change of any file,
// of its name too, gives another.
func TestVersion(t *testing.T) {
	base := version(t, prompts.Files())
	if got := version(t, embedded(t)); got != base {
		t.Errorf("a copy has the version %s instead of %s", got, base)
	}
	seen := map[string]string{base: "nothing"}
	differs := func(change string, words fs.FS) {
		got := version(t, words)
		if other, taken := seen[got]; taken {
			t.Errorf("a change of %s has the version of a change of %s", change, other)
		}
		seen[got] = change
	}
	for name := range embedded(t) {
		changed := embedded(t)
		changed[name] = &fstest.MapFile{Data: append([]byte("# "), changed[name].Data...)}
		differs(name, changed)
	}
	for _, name := range []string{"suggestions.yaml", "words/en.yaml"} {
		without, renamed := embedded(t), embedded(t)
		delete(without, name)
		differs("the list without "+name, without)
		renamed["words/zz.yaml"] = renamed[name]
		delete(renamed, name)
		differs("the name of "+name, renamed)
	}
}

func TestNumbers(t *testing.T) {
	data, err := fs.ReadFile(prompts.Files(), "numbers.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Default   []string
		Countries map[string]map[string]string
	}
	if err := yaml.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	form := regexp.MustCompile(`^\+?[0-9]+([ -][0-9]+)*(, [0-9]+([ -][0-9]+)*)*$`)
	for code, numbers := range file.Countries {
		if !regexp.MustCompile(`^[A-Z]{2}$`).MatchString(code) {
			t.Errorf("country %q", code)
		}
		if numbers["emergency"] == "" {
			t.Errorf("%s has no emergency number", code)
		}
		for kind, number := range numbers {
			if !form.MatchString(number) {
				t.Errorf("%s: the number for %s is %q", code, kind, number)
			}
		}
	}
	for _, code := range file.Default {
		if file.Countries[code]["crisis"] == "" {
			t.Errorf("%s is shown when the country is unknown, and has no crisis line", code)
		}
	}
	for _, code := range []string{"US", "CA", "GB", "IE", "DE"} {
		if file.Countries[code] == nil {
			t.Errorf("%s has no numbers", code)
		}
	}
}

func TestNumbersOfCountries(t *testing.T) {
	directory, err := prompts.LoadNumbers(files("numbers.yaml", `
default: [AA, BB]
countries:
  AA: {emergency: "1", poison: "2"}
  BB: {emergency: "3", police: "4", crisis: "5"}
  CC: {emergency: "6"}
`))
	if err != nil {
		t.Fatal(err)
	}
	for code, want := range map[string]string{
		"":   "emergency AA 1 BB 3, police AA 1 BB 4, crisis BB 5, poison AA 2, violence",
		"ZZ": "emergency AA 1 BB 3, police AA 1 BB 4, crisis BB 5, poison AA 2, violence",
		"bb": "emergency BB 3, police BB 4, crisis BB 5, poison, violence; known",
		"CC": "emergency CC 6, police CC 6, crisis, poison, violence; known",
	} {
		numbers := directory.For(code)
		got := say("emergency", numbers.Emergency) + ", " + say("police", numbers.Police) + ", " + say("crisis", numbers.Crisis) + ", " +
			say("poison", numbers.Poison) + ", " + say("violence", numbers.Violence)
		if numbers.Known {
			got += "; known"
		}
		if got != want {
			t.Errorf("%q: %s, want %s", code, got, want)
		}
	}
}

func say(name string, numbers []prompts.Number) string {
	for _, number := range numbers {
		name += " " + number.Country() + " " + number.Text()
	}
	return name
}

// A word file with a fault is refused with its name, and never read halfway.
func TestFaults(t *testing.T) {
	const texts = "language: en\ndisclaimer: Ask your doctor.\n"
	for name, c := range map[string]struct {
		load func(fs.FS) error
		file string
		text string
		want string // beside the file's name
	}{
		"no glossary":           {glossary, "other.yaml", "", "glossary.yaml"},
		"broken":                {glossary, "glossary.yaml", "concepts: [", "glossary.yaml"},
		"unknown field":         {glossary, "glossary.yaml", "concepts:\n- {id: a, kind: plain, names: [a], narower: [a]}", "narower"},
		"id twice":              {glossary, "glossary.yaml", "concepts:\n- {id: a, kind: plain, names: [a]}\n- {id: a, kind: plain, names: [b]}", `"a"`},
		"no name":               {glossary, "glossary.yaml", "concepts:\n- {id: a, kind: plain}", `"a"`},
		"unknown kind":          {glossary, "glossary.yaml", "concepts:\n- {id: a, kind: wizard, names: [a]}", "wizard"},
		"unknown narrower":      {glossary, "glossary.yaml", "concepts:\n- {id: a, kind: plain, names: [a], narrower: [b]}", `"b"`},
		"unknown country":       {numbers, "numbers.yaml", "default: [AA]\ncountries: {BB: {emergency: \"1\"}}", "AA"},
		"unknown kind of help":  {numbers, "numbers.yaml", "countries: {BB: {emergencies: \"1\"}}", "emergencies"},
		"no English":            {locales, "replies/de.yaml", "language: de\n", "English"},
		"another language":      {locales, "replies/en.yaml", "language: de\n", `"de"`},
		"unknown text":          {locales, "replies/en.yaml", texts + "farewell: Bye.\n", "farewell"},
		"unknown route":         {examples, "routes/en.yaml", "language: en\nexamples: {chitchat: [hi]}", "chitchat"},
		"unknown route of all":  {examples, "routes/en.yaml", "language: en\nroute: chitchat\nexamples: [hi]", "chitchat"},
		"empty example":         {examples, "routes/en.yaml", "language: en\nroute: support\nexamples: [\" \"]", "support"},
		"dose without patterns": {dose, "rules/dose.yaml", "words: {en: {unit: [mg]}}", "pattern"},
		"suggestion of nothing": {suggestions, "suggestions.yaml", "questions:\n- {ask: {en: \"What is it?\", de: \"\"}}", `"de"`},
		"suggestion in German":  {suggestions, "suggestions.yaml", "questions:\n- {ask: {de: \"Was ist das?\"}}", "English"},
		"no word list":          {words, "words/de.yaml", "language: de", "words/en.yaml"},
	} {
		t.Run(name, func(t *testing.T) {
			err := c.load(files(c.file, c.text))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want one with %q", err, c.want)
			}
			if err != nil && c.file != "other.yaml" && c.file != "replies/de.yaml" && c.want != "words/en.yaml" && !strings.Contains(err.Error(), c.file) {
				t.Errorf("error %q does not name %s", err, c.file)
			}
		})
	}
}

func glossary(from fs.FS) error    { _, err := prompts.Glossary(from); return err }
func numbers(from fs.FS) error     { _, err := prompts.LoadNumbers(from); return err }
func locales(from fs.FS) error     { _, err := prompts.LoadLocales(from); return err }
func examples(from fs.FS) error    { _, err := prompts.Examples(from); return err }
func dose(from fs.FS) error        { _, err := prompts.Dose(from); return err }
func suggestions(from fs.FS) error { _, err := prompts.LoadSuggestions(from); return err }
func words(from fs.FS) error       { _, err := prompts.Words(from, "en"); return err }

// Every embedded file is read by the loader that it is for.
func TestEmbeddedFilesLoad(t *testing.T) {
	_, rules := prompts.Rules(prompts.Files())
	if err := cmp.Or(
		glossary(prompts.Files()), numbers(prompts.Files()), locales(prompts.Files()), examples(prompts.Files()),
		dose(prompts.Files()), suggestions(prompts.Files()), words(prompts.Files()), rules,
	); err != nil {
		t.Error(err)
	}
}
