package verify

import (
	"cmp"
	"fmt"
	"slices"

	"spsbot/prompts"
)

// Finding is one dose in a text.
type Finding struct {
	// Start and End are byte offsets into the text, on rune boundaries, Start < End.
	Start, End int
	// Kind says what was found in one word or two: "amount", "per kilogram",
	// "frequency", "taper", "maximum", "schedule", "product".
	Kind string
}

// Guard finds doses: amounts, strengths, frequencies, schedules and tapers of
// anything that is taken or given, prescriptive or descriptive. When in doubt
// it finds: a dose that leaves is worse than a sentence withheld. It is safe
// for concurrent use.
type Guard struct {
	folder  folder
	lexicon *lexicon
	shifts  []shift
	shapes  []shape
}

// NewGuard compiles the rules.
func NewGuard(rules prompts.DoseRules) (*Guard, error) {
	names := newClassNames()
	g := &Guard{folder: newFolder(rules.Lookalikes)}
	var err error
	if g.lexicon, err = newLexicon(rules.Words, g.folder, names); err != nil {
		return nil, fmt.Errorf("read the dose words: %w", err)
	}
	for _, rule := range rules.Shifts {
		s := shift{within: rule.Within}
		if s.from, err = names.lookup(rule.From); err == nil {
			s.after, err = names.lookup(rule.After)
		}
		if err != nil {
			return nil, fmt.Errorf("compile the dose shift from %q: %w", rule.From, err)
		}
		if s.to, err = names.define(rule.To); err != nil {
			return nil, fmt.Errorf("compile the dose shift from %q: %w", rule.From, err)
		}
		g.shifts = append(g.shifts, s)
	}
	if g.shapes, err = compileShapes(rules, names); err != nil {
		return nil, fmt.Errorf("compile the dose patterns: %w", err)
	}
	return g, nil
}

// Find returns the doses in text in the order of their places, without
// overlap; nil when there are none.
func (g *Guard) Find(text string) []Finding { return g.find(text, false) }

// Has reports whether text holds a dose.
func (g *Guard) Has(text string) bool { return len(g.find(text, true)) > 0 }

// find reads the text as it stands and, where letters stand apart ("5 m g"),
// once more with them joined.
func (g *Guard) find(text string, first bool) []Finding {
	plain := g.folder.fold(text)
	found := g.findFolded(text, plain, nil, first)
	if first && len(found) > 0 {
		return found
	}
	if joined, ok := g.folder.join(plain); ok {
		found = g.findFolded(text, joined, found, first)
		slices.SortFunc(found, func(a, b Finding) int { return cmp.Compare(a.Start, b.Start) })
	}
	return found
}

// findFolded adds the doses of one reading of text to found, except where found has one already.
func (g *Guard) findFolded(text string, read folded, found []Finding, first bool) []Finding {
	pieces := g.lexicon.split(read)
	for _, s := range g.shifts {
		s.apply(pieces)
	}
	known := len(found)
	eachSentence(pieces, func(sentence []piece) bool {
		eachMatch(g.shapes, sentence, func(kind string, from, to piece) bool {
			f := Finding{Start: read.start(int(from.start)), End: read.end(text, int(to.end)), Kind: kind}
			if !overlaps(found[:known], f) {
				found = append(found, f)
			}
			return !first
		})
		return !first || len(found) == 0
	})
	return found
}

func overlaps(found []Finding, f Finding) bool {
	return slices.ContainsFunc(found, func(old Finding) bool { return f.Start < old.End && old.Start < f.End })
}
