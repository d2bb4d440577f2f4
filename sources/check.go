package sources

import (
	"fmt"
	"strings"

	"spsbot"
	"spsbot/retrieval/parse"
)

// FindingKind says what an admin should look at.
type FindingKind string

// The kinds of findings, in the order in which they are told.
const (
	FindingFacts        FindingKind = "facts missing"
	FindingPersonal     FindingKind = "personal data"
	FindingDose         FindingKind = "doses"
	FindingPromotion    FindingKind = "promotion"
	FindingInstructions FindingKind = "instructions to a model"
	FindingDuplicate    FindingKind = "near-duplicate"
	FindingChanged      FindingKind = "changed claims"
)

// FindingKinds returns all kinds in their order.
func FindingKinds() []FindingKind {
	return []FindingKind{FindingFacts, FindingPersonal, FindingDose, FindingPromotion, FindingInstructions, FindingDuplicate, FindingChanged}
}

// Finding is a question to the admin about one document. It is no verdict.
type Finding struct {
	// File is the path of the document in its folder.
	File string
	Kind FindingKind
	// Text is a plain line.
	Text string
}

// Checker looks through documents before they are published. It is safe for
// concurrent use.
type Checker struct {
	promotion, instructions, personal phrases
	markers                           []string
	claims                            *claimReader
	guards                            Guards
}

// Guards are the judgements on a text that belong to the way of an answer: what
// they find there, the checker finds here.
type Guards struct {
	// Dose reports whether a text holds a dose.
	Dose func(text string) bool
	// Personal reports whether a text holds personal data.
	Personal func(text string) bool
}

// NewChecker returns a checker.
func NewChecker(words spsbot.CheckWords, guards Guards) *Checker {
	return &Checker{
		promotion: newPhrases(words.Promotion), instructions: newPhrases(words.Instructions), personal: newPhrases(words.Personal),
		markers: words.Markers, claims: newClaimReader(words), guards: guards,
	}
}

// Check looks through the documents of a set, each for itself and then beside
// the documents that are published and those before it in the set.
func (c *Checker) Check(set *Set, published []*parse.Document) []Finding {
	var findings []Finding
	for i, document := range set.Documents {
		findings = append(findings, c.document(set.Files[i], document)...)
	}
	return append(findings, c.compare(set, published)...)
}

// document checks one document for itself.
func (c *Checker) document(file string, document *parse.Document) []Finding {
	var findings []Finding
	if missing := missingFacts(&document.Source); len(missing) > 0 {
		findings = append(findings, Finding{file, FindingFacts, strings.Join(missing, ", ") + ". Hint: write them into its front matter, or into " + sideOf(file)})
	}
	var seen [4]tally
	for _, line := range linesOf(document) {
		words := wordsOf(line)
		if c.guards.Personal(line) || c.personal.in(words) != "" {
			seen[0].add(line)
		}
		if c.guards.Dose(line) {
			seen[1].add(line)
		}
		if c.promotion.in(words) != "" && !strings.HasSuffix(line, "?") {
			seen[2].add(line)
		}
		if c.instructions.in(words) != "" || c.marked(line) {
			seen[3].add(line)
		}
	}
	for i, kind := range []FindingKind{FindingPersonal, FindingDose, FindingPromotion, FindingInstructions} {
		if seen[i].count > 0 {
			findings = append(findings, Finding{file, kind, seen[i].String() + adviceOn(kind, &document.Source)})
		}
	}
	return findings
}

// adviceOn says what a finding means for replies.
func adviceOn(kind FindingKind, source *spsbot.Source) string {
	switch kind {
	case FindingDose:
		return "; withheld from every reply"
	case FindingPromotion:
		if !source.Commercial {
			return "; its facts do not say that it has something to sell (commercial: true)"
		}
	case FindingPersonal:
		return "; take it out if it is somebody's own"
	case FindingInstructions:
		return "; a reply never follows them, but ask who put them there"
	case FindingFacts, FindingDuplicate, FindingChanged:
	}
	return ""
}

// tally counts places and keeps the first.
type tally struct {
	count int
	first string
}

func (t *tally) add(text string) {
	if t.count == 0 {
		t.first = text
	}
	t.count++
}

func (t tally) String() string {
	if t.count == 1 {
		return fmt.Sprintf("%q", shorten(t.first))
	}
	return fmt.Sprintf("%d places, the first is %q", t.count, shorten(t.first))
}

// longestExample is the length of an example, in characters.
const longestExample = 90

func shorten(text string) string {
	runes := []rune(text)
	if len(runes) <= longestExample {
		return text
	}
	return strings.TrimSpace(string(runes[:longestExample])) + "…"
}

// linesOf returns the headings and sentences of a document, and its own texts
// among the facts.
func linesOf(document *parse.Document) []string {
	lines := []string{document.Source.Title, document.Source.Note}
	for _, block := range document.Blocks {
		if block.Kind == parse.Heading || len(block.Sentences) == 0 {
			lines = append(lines, document.Text[block.Span.Start:block.Span.End])
		}
		for _, sentence := range block.Sentences {
			lines = append(lines, document.Text[sentence.Span.Start:sentence.Span.End])
		}
	}
	return lines
}

// missingFacts names the facts without which a reply says less than it could.
func missingFacts(source *spsbot.Source) []string {
	var missing []string
	for _, fact := range []struct {
		name    string
		missing bool
	}{
		{"publisher", source.Publisher == ""},
		{"kind", source.Kind == spsbot.KindUnknown},
		{"url", source.URL == ""},
		{"published or reviewed", source.Published == "" && source.Reviewed == ""},
		{"licence", source.Licence == ""},
		{"vetted", source.Vetted == ""},
	} {
		if fact.missing {
			missing = append(missing, fact.name)
		}
	}
	return missing
}

func (c *Checker) marked(line string) bool {
	line = strings.ToLower(line)
	for _, marker := range c.markers {
		if strings.Contains(line, marker) {
			return true
		}
	}
	return false
}
