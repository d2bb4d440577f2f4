package verify

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"spsbot"
)

// Withheld stands in a checked text for what was taken out of it; the reply
// puts its own words there. Stored texts do not hold this character.
const Withheld = "\ufffc"

// Citation is one passage that a checked answer cites.
type Citation struct {
	// N is the citation's number in the answer, from 1.
	N int
	// Source holds the facts of the document, without what is Withheld.
	Source *spsbot.Source
	// Passage is the passage's id.
	Passage string
	// Heading are the passage's headings, joined; Quote is the passage. Both
	// verbatim but for what is Withheld.
	Heading, Quote string
}

// Sentence is one checked sentence of an answer.
type Sentence struct {
	// Text is verbatim, or Withheld as a whole.
	Text string
	// Lead is the line that introduces the list from which the sentence comes, or empty.
	Lead string
	// Citations are the numbers of the passages that it cites.
	Citations []int
	// About names the condition that the sentence is about, where it has to be said, else empty.
	About string
	// Ask is the part of the question that it answers, from 0.
	Ask int
}

// Checked is an answer that passed verification. The zero value holds nothing,
// and seals to the words for "no vetted source".
type Checked struct {
	sentences []Sentence
	citations []Citation
	withheld  int
}

// Sentences returns the checked sentences, in the order in which they are said.
func (c Checked) Sentences() []Sentence {
	sentences := slices.Clone(c.sentences)
	for i := range sentences {
		sentences[i].Citations = slices.Clone(sentences[i].Citations)
	}
	return sentences
}

// Citations returns the cited passages, by number.
func (c Checked) Citations() []Citation {
	citations := slices.Clone(c.citations)
	for i := range citations {
		source := *citations[i].Source
		citations[i].Source = &source
	}
	return citations
}

// Withheld returns how many sentences were withheld.
func (c Checked) Withheld() int { return c.withheld }

// Topic is the heading of a covered passage, checked to be fit to be shown.
type Topic struct{ text string }

// Text returns the heading.
func (t Topic) Text() string { return t.text }

// Draft checks a draft in quote mode: a sentence whose text is not its
// passage's text at its offsets, or that hides characters, is dropped; one that
// holds a dose is withheld.
func (g *Guard) Draft(draft spsbot.Draft) Checked {
	var checked Checked
	numbers := map[*spsbot.Passage]int{}
	for _, sentence := range draft.Sentences {
		passage := sentence.Passage
		if passage == nil || !within(sentence.Span, passage.Text) || !within(sentence.Lead, passage.Text) {
			continue
		}
		lead := passage.Text[sentence.Lead.Start:sentence.Lead.End]
		if sentence.Text != passage.Text[sentence.Span.Start:sentence.Span.End] || sentence.Text == "" || hides(passage.Text) ||
			!utf8.ValidString(sentence.Text) || !utf8.ValidString(lead) {
			continue
		}
		about := ""
		if sentence.Other {
			if about = g.withhold(passage.Source.Condition); about == Withheld {
				continue // what it is about cannot be said
			}
		}
		if numbers[passage] == 0 {
			checked.citations = append(checked.citations, g.cite(passage, len(checked.citations)+1))
			numbers[passage] = len(checked.citations)
		}
		said := Sentence{
			Text:      g.withhold(sentence.Text),
			Lead:      g.withhold(lead),
			Citations: []int{numbers[passage]},
			About:     about,
			Ask:       sentence.Ask,
		}
		if said.Text == Withheld {
			checked.withheld++
		}
		checked.sentences = append(checked.sentences, said)
	}
	return checked
}

// Topics returns the innermost headings of passages, without those that hold a
// dose, each once, at most k.
func (g *Guard) Topics(evidence []spsbot.Evidence, k int) []Topic {
	var topics []Topic
	for _, e := range evidence {
		if len(e.Passage.Heading) == 0 || len(topics) == k {
			continue
		}
		heading := e.Passage.Heading[len(e.Passage.Heading)-1]
		if !g.Has(heading) && !hides(heading) && !slices.Contains(topics, Topic{heading}) {
			topics = append(topics, Topic{heading})
		}
	}
	return topics
}

// cite makes the citation of a passage: every text of it passes the dose guard.
func (g *Guard) cite(passage *spsbot.Passage, n int) Citation {
	return Citation{
		N:       n,
		Source:  g.facts(passage.Source),
		Passage: passage.ID,
		Heading: g.withhold(strings.Join(passage.Heading, " › ")),
		Quote:   g.open(passage),
	}
}

// facts returns a copy of a source's facts in which each text that is shown
// passed the dose guard.
func (g *Guard) facts(source *spsbot.Source) *spsbot.Source {
	facts := *source
	for _, text := range []*string{
		&facts.Title, &facts.SummaryOf, &facts.Publisher, &facts.Authors, &facts.URL, &facts.Condition,
		&facts.Published, &facts.Reviewed, &facts.ReviewedBy, &facts.Vetted, &facts.VettedBy, &facts.Expires,
		&facts.Licence, &facts.Language, &facts.Note,
	} {
		*text = g.withhold(*text)
	}
	return &facts
}

// withhold returns text, or Withheld when it holds a dose or hides characters.
func (g *Guard) withhold(text string) string {
	if text != "" && (g.Has(text) || hides(text)) {
		return Withheld
	}
	return text
}

// open returns a passage's text with each sentence that holds a dose, or a part
// of one, replaced by Withheld.
func (g *Guard) open(passage *spsbot.Passage) string {
	found := g.Find(passage.Text)
	if len(found) == 0 {
		return passage.Text
	}
	var out strings.Builder
	at := 0
	for _, finding := range found {
		start, end := finding.Start, finding.End
		for _, sentence := range passage.Sentences {
			if sentence.Span.Start < finding.End && finding.Start < sentence.Span.End {
				start, end = min(start, sentence.Span.Start), max(end, sentence.Span.End)
			}
		}
		start = max(start, at)
		if end <= at {
			continue
		}
		out.WriteString(passage.Text[at:start])
		out.WriteString(Withheld)
		at = end
	}
	out.WriteString(passage.Text[at:])
	return out.String()
}

func within(span spsbot.Span, text string) bool {
	return 0 <= span.Start && span.Start <= span.End && span.End <= len(text)
}

// hides reports whether a text holds characters that a reader cannot see but
// that change what is seen: controls, bidirectional overrides, the mark of what
// is withheld. Stored texts have lost them; whatever still has one is not shown.
func hides(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool {
		switch r {
		case '\n', '\t':
			return false
		case '\u200c', '\u200d': // joiners are part of some scripts
			return false
		case '\ufffc', '\u2028', '\u2029':
			return true
		}
		return unicode.IsControl(r) || unicode.Is(unicode.Cf, r)
	})
}
