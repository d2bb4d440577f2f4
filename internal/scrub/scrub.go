// Package scrub takes personal data out of a message before anything else
// happens to it: addresses, phone numbers, numbers of accounts and people, ids
// and mentions, secrets in links. What it looks for stands in the word files.
// It finds shapes, not people: it must never be taken for a promise that a
// message is anonymous, and it must never touch what a medical question is made of.
package scrub

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"spsbot/prompts"
)

// around is how much of the text before and after a finding is looked at, in bytes.
const around = 48

// Scrubber removes personal data. It is immutable and safe for concurrent use.
type Scrubber struct {
	mark  string
	keep  []*regexp.Regexp
	rules []rule
}

// rule is one compiled pattern of a prompts.ScrubRule.
type rule struct {
	kind          string
	needs         []string
	digits        int
	pattern       *regexp.Regexp
	check         func(string) bool // nil when the shape suffices
	before, after *regexp.Regexp    // nil when anything may stand there
	with          string
}

// New compiles rules.
func New(rules prompts.ScrubRules) (*Scrubber, error) {
	s := &Scrubber{mark: rules.Mark}
	for _, pattern := range rules.Keep {
		compiled, err := regexp.Compile(pattern)
		if err != nil {
			return nil, fmt.Errorf("compile what is kept: %w", err)
		}
		s.keep = append(s.keep, compiled)
	}
	for _, r := range rules.Rules {
		compiled, err := compile(r)
		if err != nil {
			return nil, fmt.Errorf("compile the rule %q: %w", r.Kind, err)
		}
		s.rules = append(s.rules, compiled...)
	}
	return s, nil
}

func compile(from prompts.ScrubRule) ([]rule, error) {
	base := rule{kind: from.Kind, needs: from.Needs, digits: from.Digits, with: from.With}
	var err error
	if base.check, err = checkNamed(from.Check); err != nil {
		return nil, err
	}
	if from.UnlessBefore != "" {
		if base.before, err = regexp.Compile("(?:" + from.UnlessBefore + ")$"); err != nil {
			return nil, err
		}
	}
	if from.UnlessAfter != "" {
		if base.after, err = regexp.Compile("^(?:" + from.UnlessAfter + ")"); err != nil {
			return nil, err
		}
	}
	var all []rule
	for _, pattern := range from.Patterns {
		one := base
		if one.pattern, err = regexp.Compile(pattern); err != nil {
			return nil, err
		}
		if one.pattern.NumSubexp() > 1 {
			return nil, fmt.Errorf("the pattern %s has more than one group", pattern)
		}
		all = append(all, one)
	}
	return all, nil
}

// Scrub returns the text without personal data. What it returns it would not
// change again: it goes on until nothing more is found, and each time less of
// the text is left.
func (s *Scrubber) Scrub(text string) string {
	for {
		cleaner := s.once(text)
		if cleaner == text {
			return text
		}
		text = cleaner
	}
}

// once applies every rule once.
func (s *Scrubber) once(text string) string {
	lower, digits := strings.ToLower(text), len(digitsOf(text))
	for i := range s.rules {
		r := &s.rules[i]
		if !r.mayFind(lower, digits) {
			continue
		}
		found := r.pattern.FindAllStringSubmatchIndex(text, -1)
		if len(found) == 0 {
			continue
		}
		text = s.replace(text, r, found, s.kept(text))
	}
	return text
}

// mayFind is the quick look at a message, as it was before the first rule.
func (r *rule) mayFind(lower string, digits int) bool {
	holds := func(piece string) bool { return strings.Contains(lower, piece) }
	return digits >= r.digits && (len(r.needs) == 0 || slices.ContainsFunc(r.needs, holds))
}

// kept returns the ranges of a text that are not to be touched.
func (s *Scrubber) kept(text string) [][]int {
	var ranges [][]int
	for _, pattern := range s.keep {
		ranges = append(ranges, pattern.FindAllStringIndex(text, -1)...)
	}
	return ranges
}

func (s *Scrubber) replace(text string, r *rule, found, kept [][]int) string {
	var out strings.Builder
	done := 0
	for _, match := range found {
		start, end := match[0], match[1]
		if len(match) == 4 && match[2] >= 0 && r.with == "" {
			start, end = match[2], match[3]
		}
		if start < done || !r.means(text, start, end) || overlaps(kept, start, end) {
			continue
		}
		out.WriteString(text[done:start])
		if r.with == "" {
			out.WriteString(s.mark)
		} else {
			out.Write(r.pattern.ExpandString(nil, r.with, text, match))
		}
		done = end
	}
	out.WriteString(text[done:])
	return out.String()
}

// means reports whether a finding is what the rule looks for.
func (r *rule) means(text string, start, end int) bool {
	switch {
	case start == end:
		return false
	case r.check != nil && !r.check(text[start:end]):
		return false
	case r.before != nil && r.before.MatchString(text[max(0, start-around):start]):
		return false
	}
	return r.after == nil || !r.after.MatchString(text[end:min(len(text), end+around)])
}

func overlaps(ranges [][]int, start, end int) bool {
	for _, r := range ranges {
		if start < r[1] && r[0] < end {
			return true
		}
	}
	return false
}
