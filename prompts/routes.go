package prompts

import (
	"fmt"
	"io/fs"
	"path"
	"sort"
	"strings"

	"go.yaml.in/yaml/v3"

	"spsbot"
)

// Example is one message that the router learns from.
type Example struct {
	// Route is where the message belongs. RouteNoSource stands for a question
	// of the field that no document covers yet.
	Route spsbot.Route
	// Language is the BCP 47 tag of the message.
	Language string
	// Text is the message as a person would write it.
	Text string
}

// Examples loads all route examples from routes/, in the order of the file names, and refuses unknown routes and empty messages.
func Examples(words fs.FS) ([]Example, error) {
	var all []Example
	names, err := fs.Glob(words, exampleFiles)
	if err != nil {
		return nil, fmt.Errorf("list route examples: %w", err)
	}
	for _, name := range names {
		list, err := exampleFile(words, name)
		if err != nil {
			return nil, err
		}
		all = append(all, list...)
	}
	return all, nil
}

// exampleFile reads one file: the messages of one route in one language
// ("route" is set and "examples" is a list), or of all routes in one language
// ("examples" maps a route to its list).
func exampleFile(words fs.FS, name string) ([]Example, error) {
	var file struct {
		Language string       `yaml:"language"`
		Route    spsbot.Route `yaml:"route"`
		Examples yaml.Node    `yaml:"examples"`
	}
	if err := decode(words, name, &file); err != nil {
		return nil, err
	}
	texts := map[spsbot.Route][]string{}
	var err error
	if file.Route != "" {
		var list []string
		err = file.Examples.Decode(&list)
		texts[file.Route] = list
	} else if file.Examples.Kind != 0 {
		err = file.Examples.Decode(&texts)
	}
	if err != nil {
		return nil, fmt.Errorf("parse word file %s: %w", name, err)
	}
	var all []Example
	for _, route := range spsbot.Routes() {
		for _, text := range texts[route] {
			if strings.TrimSpace(text) == "" {
				return nil, fmt.Errorf("%s: an example of %s is empty", name, route)
			}
			all = append(all, Example{Route: route, Language: file.Language, Text: text})
		}
		delete(texts, route)
	}
	for route := range texts {
		return nil, fmt.Errorf("%s: unknown route %q", name, route)
	}
	return all, nil
}

// Folding is what the router needs to read disguised writing.
type Folding struct {
	// Twins maps a letter of another script to the Latin letter it looks like.
	Twins map[string]string `yaml:"twins"`
	// Letters maps letters that Unicode does not take apart to plain ones, and
	// variants of one letter to the commonest of them.
	Letters map[string]string `yaml:"letters"`
	// Leet maps a digit or sign to the letter it stands for inside a word.
	Leet map[string]string `yaml:"leet"`
	// Numbers maps number words that mean nothing else to their value.
	Numbers map[string]int `yaml:"numbers"`
	// Variants are pairs of characters, the rarer first: traditional and
	// simplified Chinese.
	Variants string `yaml:"variants"`
}

// Tongue is what the router needs to tell one language from the others.
type Tongue struct {
	// Tag is the BCP 47 tag.
	Tag string `yaml:"tag"`
	// Replies says that the bot has reply texts in the language.
	Replies bool `yaml:"replies"`
	// Script is the Unicode name of the script ("Latin").
	Script string `yaml:"script"`
	// Letters are characters that hardly any other language of the script has.
	Letters string `yaml:"letters"`
	// Words are frequent short words, separated by spaces.
	Words string `yaml:"words"`
}

// PhraseClass is a list of phrases that mean the same to the router.
type PhraseClass struct {
	// Name is what rules call the class.
	Name string
	// Language is the BCP 47 tag of the phrases, "und" for words that are the
	// same everywhere.
	Language string
	// Phrases are patterns, separated by commas or lines. A pattern is made of words;
	// "stem*" is every word that begins so, "(a|b c|)" is one of several, ".."
	// are up to four words, "#" is a number, "<class>" is a phrase of that class.
	Phrases []string
}

// RouteRule says that a message which holds certain classes takes a route.
type RouteRule struct {
	// Name is unique.
	Name string `yaml:"name"`
	// Route is the route that the rule speaks for.
	Route spsbot.Route `yaml:"route"`
	// Crisis is the kind of emergency, for rules of that route.
	Crisis spsbot.Crisis `yaml:"crisis"`
	// Why is the reason as moderators read it; {class} is replaced by the
	// words that were found.
	Why string `yaml:"why"`
	// All are the classes that must stand in one sentence; "a|b" is either.
	All []string `yaml:"all"`
	// None are the classes that may not stand in that sentence.
	None []string `yaml:"none"`
	// Nowhere are the classes that may not stand in the whole message.
	Nowhere []string `yaml:"nowhere"`
	// Anywhere lifts the condition of one sentence from All.
	Anywhere bool `yaml:"anywhere"`
	// Lean makes the rule a hint: a trait for the classifier, no decision.
	Lean bool `yaml:"lean"`
}

// RouteRules is everything besides examples that the router works by.
type RouteRules struct {
	// Folding undoes disguises.
	Folding Folding `yaml:"-"`
	// Tongues are the known languages, those with reply texts first.
	Tongues []Tongue `yaml:"-"`
	// Classes are the phrases, several entries a class where several files hold it.
	Classes []PhraseClass `yaml:"-"`
	// Masks are the classes whose words no other class may use.
	Masks []string `yaml:"masks"`
	// Rules are the rules in the order in which they are tried.
	Rules []RouteRule `yaml:"rules"`
	// Weights say how much the classifier's probability of a route counts beside
	// those of the others: more where it is grave to miss the route.
	Weights map[spsbot.Route]float32 `yaml:"weights"`
	// Sets are classes that belong together, by the name under which the router looks for them.
	Sets map[string][]string `yaml:"sets"`
	// Signs are the classes that speak for a route.
	Signs map[spsbot.Route][]string `yaml:"signs"`
	// Reasons are the texts for moderators of what no rule decides, by name.
	Reasons map[string]string `yaml:"reasons"`
	// Labels say what the phrases of a class are about, for such texts.
	Labels map[string]string `yaml:"labels"`
}

// Rules loads the rule data of the router from rules/: folding.yaml,
// languages.yaml, routes.yaml and the phrases of each language.
func Rules(words fs.FS) (RouteRules, error) {
	rules, err := RuleTables(words)
	if err != nil {
		return RouteRules{}, err
	}
	names, err := fs.Glob(words, phraseFiles)
	if err != nil {
		return RouteRules{}, fmt.Errorf("list phrase files: %w", err)
	}
	for _, name := range names {
		classes, err := phraseFile(words, name)
		if err != nil {
			return RouteRules{}, err
		}
		rules.Classes = append(rules.Classes, classes...)
	}
	return rules, nil
}

// RuleTables is Rules without the phrases, which are the greater part.
func RuleTables(words fs.FS) (RouteRules, error) {
	var rules RouteRules
	if err := decode(words, "rules/folding.yaml", &rules.Folding); err != nil {
		return RouteRules{}, err
	}
	var tongues struct {
		Languages []Tongue `yaml:"languages"`
	}
	if err := decode(words, "rules/languages.yaml", &tongues); err != nil {
		return RouteRules{}, err
	}
	if err := decode(words, "rules/routes.yaml", &rules); err != nil {
		return RouteRules{}, err
	}
	rules.Tongues = tongues.Languages
	return rules, nil
}

// phraseFile reads the classes of one language; each class is a text with
// patterns between commas or on lines of their own.
func phraseFile(words fs.FS, name string) ([]PhraseClass, error) {
	var file struct {
		Language string            `yaml:"language"`
		Classes  map[string]string `yaml:"classes"`
	}
	if err := decode(words, name, &file); err != nil {
		return nil, err
	}
	if file.Language == "" {
		return nil, fmt.Errorf("word file %s: no language", path.Base(name))
	}
	var classes []PhraseClass
	for class, text := range file.Classes {
		entry := PhraseClass{Name: class, Language: file.Language}
		for _, line := range strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == ',' }) {
			if line = strings.TrimSpace(line); line != "" {
				entry.Phrases = append(entry.Phrases, line)
			}
		}
		classes = append(classes, entry)
	}
	sort.Slice(classes, func(i, j int) bool { return classes[i].Name < classes[j].Name })
	return classes, nil
}
