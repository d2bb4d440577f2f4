package prompts

import (
	"errors"
	"fmt"
	"io/fs"
)

// ScrubRules are the patterns by which personal data in a message is known.
// Patterns are regular expressions as Go reads them (RE2).
type ScrubRules struct {
	// Mark stands where something was removed. It holds no word and no digit,
	// so that it changes neither the route of a message nor what is searched for.
	Mark string `yaml:"mark"`
	// Keep are patterns of what is never removed: public numbers to call,
	// numbers of studies and papers.
	Keep []string `yaml:"keep"`
	// Rules are applied in this order.
	Rules []ScrubRule `yaml:"rules"`
}

// ScrubRule is one kind of personal data.
type ScrubRule struct {
	// Kind is what it is called.
	Kind string `yaml:"kind"`
	// Needs are pieces of text, in lower case, of which a message has to hold
	// one, else the rule is passed over; Digits is how many digits it has to
	// hold. Both only save time: most messages hold nothing personal.
	Needs  []string `yaml:"needs"`
	Digits int      `yaml:"digits"`
	// Patterns find it. The first group is what is removed, the whole match
	// where a pattern has no group.
	Patterns []string `yaml:"patterns"`
	// Check names a test that what was found has to pass: "luhn", "iban",
	// "nhs", "digits7" (at least seven digits), "digits9", "secret", "octets".
	Check string `yaml:"check"`
	// UnlessBefore and UnlessAfter are patterns of what stands right before and
	// right after something that is none.
	UnlessBefore string `yaml:"unless_before"`
	UnlessAfter  string `yaml:"unless_after"`
	// With stands instead of the mark; "$1" is the first group, and the whole
	// match is replaced.
	With string `yaml:"with"`
}

// Scrub loads rules/scrub.yaml. What the patterns mean is checked where they
// are compiled.
func Scrub(words fs.FS) (ScrubRules, error) {
	const path = "rules/scrub.yaml"
	var rules ScrubRules
	if err := decode(words, path, &rules); err != nil {
		return ScrubRules{}, err
	}
	if rules.Mark == "" || len(rules.Rules) == 0 {
		return ScrubRules{}, errors.New(path + ": needs a mark and rules")
	}
	for i, rule := range rules.Rules {
		if rule.Kind == "" || len(rule.Patterns) == 0 {
			return ScrubRules{}, fmt.Errorf("%s: rule %d (%q) needs a kind and patterns", path, i+1, rule.Kind)
		}
	}
	return rules, nil
}
