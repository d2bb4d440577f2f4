package retrieval

import (
	"cmp"
	"slices"

	"spsbot"
	"spsbot/retrieval/analysis"
	"spsbot/retrieval/index"
)

// indexer reads passages into an index and a vocabulary.
type indexer struct {
	language *language
	lexer    *analysis.Lexer
	builder  *index.Builder
	known    []wordFacts // by the word's place
	concepts []int64     // by concept: the number of its term, -1 before it was met
	mentions map[int]int // how often the source that is read mentions each condition

	sketches sketches

	words   []*analysis.Word
	matches []analysis.Match
	fields  [3][]uint32
	leads   []bool
	sketch  sketch
}

// wordFacts are what the indexer knows of a distinct word.
type wordFacts struct {
	id    uint64 // its stem's term
	term  uint32 // the term's number
	stop  bool
	count uint32
}

func newIndexer(l *language) *indexer {
	x := &indexer{language: l, lexer: l.analyzer.NewLexer(), builder: &index.Builder{}, concepts: make([]int64, len(l.glossary.Concepts))}
	for i := range x.concepts {
		x.concepts[i] = -1
	}
	return x
}

// add reads one passage. The lines that introduce its lists count as headings, too.
func (x *indexer) add(passage *spsbot.Passage) {
	for field := range x.fields {
		x.fields[field] = x.fields[field][:0]
	}
	x.findLeads(passage)
	x.sketch = emptySketch()
	length := 0
	for i, sentence := range passage.Sentences {
		if !sentence.Quotable && !x.leads[i] {
			continue
		}
		begin := len(x.fields[index.Text])
		if sentence.Label.End > 0 && sentence.Label.End <= sentence.Span.Start {
			length += x.read(index.Text, passage.Text[sentence.Label.Start:sentence.Label.End]+" "+passage.Quote(i))
		} else {
			length += x.read(index.Text, passage.Quote(i))
		}
		if x.leads[i] {
			x.fields[index.Heading] = append(x.fields[index.Heading], x.fields[index.Text][begin:]...)
		}
	}
	x.sketches.add(&x.sketch)
	for _, heading := range passage.Heading {
		x.read(index.Heading, heading)
	}
	x.read(index.Title, passage.Source.Title)
	x.builder.Add(length, x.fields)
}

// findLeads marks the sentences that introduce a list of the passage.
func (x *indexer) findLeads(passage *spsbot.Passage) {
	x.leads = append(x.leads[:0], make([]bool, len(passage.Sentences))...)
	for i, sentence := range passage.Sentences {
		if sentence.Lead >= 0 && sentence.Lead < i {
			x.leads[sentence.Lead] = true
		}
	}
}

// read adds the terms of a text to a field and returns the number of its words.
func (x *indexer) read(field index.Field, text string) int {
	x.words = x.lexer.Read(x.words[:0], text)
	for _, word := range x.words {
		if word.Place == len(x.known) {
			x.learn(word)
		}
		facts := &x.known[word.Place]
		facts.count++
		if !facts.stop {
			x.fields[field] = append(x.fields[field], facts.term)
			x.sketch.add(facts.id)
		}
	}
	x.matches = x.lexer.Concepts(x.matches[:0], x.words)
	for _, match := range x.matches {
		if x.concepts[match.Concept] < 0 {
			x.concepts[match.Concept] = int64(x.builder.Number(x.language.terms[match.Concept]))
		}
		x.fields[field] = append(x.fields[field], uint32(x.concepts[match.Concept])) //nolint:gosec // it was a uint32
		if x.language.glossary.Concepts[match.Concept].Kind == spsbot.ConceptCondition {
			x.mentions[match.Concept]++
		}
	}
	return len(x.words)
}

func (x *indexer) learn(word *analysis.Word) {
	facts := wordFacts{stop: x.language.stop[word.Text]}
	if !facts.stop {
		facts.id = analysis.Term(word.Stem)
		facts.term = x.builder.Number(facts.id)
	}
	x.known = append(x.known, facts)
}

// vocabulary returns the words that were read, and those of the language's
// lists, so that a misspelled function word is not taken for another word.
func (x *indexer) vocabulary() *vocabulary {
	counts := make(map[string]uint32, len(x.known))
	for place, word := range x.lexer.Words() {
		if place < len(x.known) {
			counts[word.Text] += x.known[place].count
		}
	}
	for _, list := range []map[string]bool{x.language.stop, x.language.lists} {
		for word := range list {
			counts[word]++
		}
	}
	return newVocabulary(counts)
}

// mention is how often a source mentions a condition.
type mention struct{ concept, count int }

// sortedMentions returns mentions by concept.
func sortedMentions(counts map[int]int) []mention {
	out := make([]mention, 0, len(counts))
	for concept, count := range counts {
		out = append(out, mention{concept, count})
	}
	slices.SortFunc(out, func(a, b mention) int { return cmp.Compare(a.concept, b.concept) })
	return out
}

// conditionsOf returns the concepts of a source's condition; a source that has
// no facts is about the condition that it mentions most of the time.
func (l *language) conditionsOf(source *spsbot.Source, mentions []mention) []int {
	if source.Condition == "" && source.Publisher == "" && source.Kind == spsbot.KindUnknown {
		if concept, found := mostMentioned(mentions); found {
			source.Condition = l.glossary.Concepts[concept].Names[0]
		}
	}
	if source.Condition == "" {
		return nil
	}
	var conditions []int
	tokens := l.analyzer.Tokens(source.Condition)
	for _, match := range analysis.Longest(l.analyzer.Concepts(tokens)) {
		if l.glossary.Concepts[match.Concept].Kind == spsbot.ConceptCondition {
			conditions = append(conditions, match.Concept)
		}
	}
	return conditions
}

// mostMentioned returns the concept that has more than half of all mentions.
func mostMentioned(mentions []mention) (int, bool) {
	best, most, total := -1, 2, 0 // a condition named once or twice is not what a document is about
	for _, m := range mentions {
		total += m.count
	}
	for _, m := range mentions {
		if 2*m.count > total && m.count > most {
			best, most = m.concept, m.count
		}
	}
	return best, best >= 0
}
