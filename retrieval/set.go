// Package retrieval finds the passages that answer a question: it cuts
// documents into passages, indexes them, reads what a question asks for, ranks
// passages and sentences, and judges whether they suffice. It must never write
// or change a sentence, and it knows no route and no reply.
package retrieval

import (
	"slices"

	"spsbot"
	"spsbot/retrieval/index"
	"spsbot/retrieval/parse"
)

// Set is the searchable form of one source set. It is immutable after Build and
// safe for concurrent use.
type Set struct {
	sources    []*spsbot.Source
	passages   []*spsbot.Passage
	sentences  [][]sentenceTerms // by passage and sentence
	conditions [][]int           // by passage: the concepts of its source's condition
	index      *index.Index
	terms      map[string]uint32
	vocabulary *vocabulary
	language   *language
}

// sentenceTerms are the sorted, unique terms of a sentence.
type sentenceTerms []uint32

// conceptTerm is the name of a concept in the term dictionary; no word begins so.
func conceptTerm(id string) string { return "\x00" + id }

// Build indexes documents. The glossary and the word lists are those that the
// questions will be read with.
func Build(documents []*parse.Document, glossary spsbot.Glossary, words *spsbot.Words) *Set {
	s := &Set{terms: map[string]uint32{}, vocabulary: newVocabulary(), language: newLanguage(glossary, words)}
	for _, document := range documents {
		s.sources = append(s.sources, &document.Source)
		s.passages = append(s.passages, Cut(document)...)
	}
	builder := &index.Builder{}
	mentions := map[*spsbot.Source]map[int]int{}
	for _, passage := range s.passages {
		s.addPassage(builder, passage, mentions)
	}
	s.index = builder.Build()
	s.nameConditions(mentions)
	return s
}

// addPassage analyses one passage and adds it to the index.
func (s *Set) addPassage(builder *index.Builder, passage *spsbot.Passage, mentions map[*spsbot.Source]map[int]int) {
	var fields [3][]uint32
	length := 0
	sentences := make([]sentenceTerms, len(passage.Sentences))
	for i, sentence := range passage.Sentences {
		if !sentence.Quotable && !isLead(passage, i) {
			continue
		}
		text := passage.Text[sentence.Span.Start:sentence.Span.End]
		if sentence.Label.End > 0 {
			text = passage.Text[sentence.Label.Start:sentence.Label.End] + " " + text
		}
		terms, count := s.analyse(text, passage.Source, mentions)
		length += count
		fields[index.Text] = append(fields[index.Text], terms...)
		if isLead(passage, i) {
			fields[index.Heading] = append(fields[index.Heading], terms...)
		}
		slices.Sort(terms)
		sentences[i] = slices.Compact(terms)
	}
	for _, heading := range passage.Heading {
		terms, _ := s.analyse(heading, passage.Source, mentions)
		fields[index.Heading] = append(fields[index.Heading], terms...)
	}
	fields[index.Title], _ = s.analyse(passage.Source.Title, passage.Source, mentions)
	builder.Add(length, fields)
	s.sentences = append(s.sentences, sentences)
}

// isLead reports whether a sentence introduces a list of the passage.
func isLead(passage *spsbot.Passage, sentence int) bool {
	for _, other := range passage.Sentences[sentence+1:] {
		if other.Lead == sentence {
			return true
		}
	}
	return false
}

// analyse returns the terms of a text, repeated as they stand, and the number
// of its words; it counts the conditions that the source mentions.
func (s *Set) analyse(text string, source *spsbot.Source, mentions map[*spsbot.Source]map[int]int) ([]uint32, int) {
	tokens := s.language.analyzer.Tokens(text)
	terms := make([]uint32, 0, len(tokens)*2)
	for _, token := range tokens {
		s.vocabulary.add(token.Word)
		if !s.language.stop[token.Word] {
			terms = append(terms, s.term(token.Stem))
		}
	}
	for _, match := range s.language.analyzer.Concepts(tokens) {
		concept := s.language.glossary.Concepts[match.Concept]
		terms = append(terms, s.term(conceptTerm(concept.ID)))
		if concept.Kind == spsbot.ConceptCondition {
			if mentions[source] == nil {
				mentions[source] = map[int]int{}
			}
			mentions[source][match.Concept]++
		}
	}
	return terms, len(tokens)
}

func (s *Set) term(name string) uint32 {
	id, known := s.terms[name]
	if !known {
		id = uint32(len(s.terms)) //nolint:gosec // fewer than 2^32 terms
		s.terms[name] = id
	}
	return id
}

// nameConditions finds the concepts of each source's condition; a source that
// names none is about the condition it mentions most.
func (s *Set) nameConditions(mentions map[*spsbot.Source]map[int]int) {
	bySource := map[*spsbot.Source][]int{}
	for _, source := range s.sources {
		if source.Condition == "" {
			if concept, found := mostMentioned(mentions[source]); found {
				source.Condition = s.language.glossary.Concepts[concept].Names[0]
			}
		}
		for _, match := range s.language.analyzer.Concepts(s.language.analyzer.Tokens(source.Condition)) {
			bySource[source] = append(bySource[source], match.Concept)
		}
	}
	for _, passage := range s.passages {
		s.conditions = append(s.conditions, bySource[passage.Source])
	}
}

func mostMentioned(counts map[int]int) (int, bool) {
	best, most := -1, 2 // a condition named once or twice is not what a document is about
	for concept, count := range counts {
		if count > most || count == most && best >= 0 && concept < best {
			best, most = concept, count
		}
	}
	return best, best >= 0
}

// Sources returns the sources of the set, in the order of the documents.
func (s *Set) Sources() []*spsbot.Source { return s.sources }

// Passages returns all passages of the set, in the order of the documents.
func (s *Set) Passages() []*spsbot.Passage { return s.passages }
