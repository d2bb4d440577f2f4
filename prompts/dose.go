package prompts

import (
	"fmt"
	"io/fs"
)

// DoseRules are the words and patterns by which a dose is known. A pattern
// speaks of classes of words ("num", "unit", "drug"), never of words, so that
// one pattern serves every language.
//
// The reader of a text gives some classes itself: "num" (a number in digits),
// "one" (the number 1), "year" (1900 to 2099, also "num"), "glued" (a number
// that belongs to a name: the 65 of GAD65), "power" (10^6), "scheme" (1-0-1),
// "word" (a word that no list holds) and "stop" (the end of a sentence).
type DoseRules struct {
	// Lookalikes gives for a letter or sign the letters that it stands for. A
	// letter of another script with a Latin stand-in is replaced only within a
	// word that also has Latin letters.
	Lookalikes map[string]string `yaml:"lookalikes"`
	// Words are the entries per language and class. Case, accents and hyphens
	// do not matter. "tablet*" stands for every word that begins so, "*mab" for
	// every word that ends so, "#" for digits. An entry may have several words.
	// The class "skip" is read over as if it were not there.
	Words map[string]map[string][]string `yaml:"words"`
	// Shifts change the class of a word by what stands before it.
	Shifts []DoseShift `yaml:"shifts"`
	// FindBarriers and PassBarriers are the classes that a gap ("..3") never
	// runs over: in patterns that find a dose and in those that let pass.
	FindBarriers []string `yaml:"find_barriers"`
	PassBarriers []string `yaml:"pass_barriers"`
	// Parts are named alternatives; a pattern takes one in as "@name".
	Parts map[string][]string `yaml:"parts"`
	// Patterns are tried in this order at each word; the first that fits wins.
	Patterns []DosePattern `yaml:"patterns"`
}

// DoseShift turns class From into class To where a word of class After stands
// at most Within words before it: in "for spasms, twice a day" the spasms are
// why something is taken, not what happens twice a day.
type DoseShift struct {
	From   string `yaml:"from"`
	After  string `yaml:"after"`
	Within int    `yaml:"within"`
	To     string `yaml:"to"`
}

// DosePattern is one shape of words that is a dose, or that is none.
type DosePattern struct {
	// Kind is what the shape is called to a reader: "amount", "frequency" …
	// Without a kind the shape is no dose: the text that it covers passes.
	Kind string `yaml:"kind"`
	// Match are alternatives, each a row of steps with spaces between them:
	// "num|one" a word of either class, "num?" one or none, "num|one+" one or
	// more, "num*" any number, "..3" up to three words of any class, "!people"
	// not followed by that class, "<!label" not preceded by it, "@rate" the
	// part of that name.
	Match []string `yaml:"match"`
	// Needs are classes of which the sentence must hold at least one.
	Needs []string `yaml:"needs"`
	// Unless are classes of which the sentence must hold none.
	Unless []string `yaml:"unless"`
}

// Dose loads rules/dose.yaml and checks that it can find anything at all:
// words, and a pattern with a kind; what the words of a pattern mean is checked
// where it is compiled.
func Dose(words fs.FS) (DoseRules, error) {
	const path = "rules/dose.yaml"
	var rules DoseRules
	if err := decode(words, path, &rules); err != nil {
		return DoseRules{}, err
	}
	finds := false
	for i, pattern := range rules.Patterns {
		if len(pattern.Match) == 0 {
			return DoseRules{}, fmt.Errorf("%s: pattern %d (%q) matches nothing", path, i+1, pattern.Kind)
		}
		finds = finds || pattern.Kind != ""
	}
	if len(rules.Words) == 0 || !finds {
		return DoseRules{}, fmt.Errorf("%s: needs words and at least one pattern with a kind", path)
	}
	return rules, nil
}
