// Package retrieval finds the passages that answer a question: it cuts
// documents into passages, indexes them, reads what a question asks for, ranks
// passages and sentences, and judges whether they suffice. It must never write
// or change a sentence, and it knows no route and no reply.
package retrieval

import (
	"slices"
	"sync"

	"spsbot"
	"spsbot/retrieval/analysis"
	"spsbot/retrieval/index"
	"spsbot/retrieval/parse"
)

// Set is the searchable form of one source set. It is immutable after Build and
// safe for concurrent use.
type Set struct {
	sources    []*spsbot.Source
	passages   []*spsbot.Passage
	numbers    map[*spsbot.Passage]int // the passages' places in passages
	around     []surroundings          // by passage
	conditions [][]int                 // by passage: the concepts of its source's condition
	index      *index.Index
	terms      map[string]uint32
	naming     map[uint32]bool // the terms of concepts that name things of the field, conditions aside
	vocabulary *vocabulary
	language   *language // that of the documents
	// languages are the others in which questions are understood, by tag; read
	// when the first such question comes.
	languages func() map[string]*language
}

// sentenceTerms are the sorted, unique terms of a sentence.
type sentenceTerms []uint32

// conceptTerm is the name of a concept in the term dictionary; no word begins so.
func conceptTerm(id string) string { return "\x00" + id }

// Build indexes documents. The glossary and the word lists are those of the
// documents' language; others are the languages in which questions are
// understood besides, nil for none; they are read when they are first needed.
func Build(documents []*parse.Document, glossary spsbot.Glossary, words *spsbot.Words, others func() []spsbot.Language) *Set {
	s := &Set{terms: map[string]uint32{}, naming: map[uint32]bool{}, vocabulary: newVocabulary(), language: newLanguage(glossary, words)}
	for _, document := range documents {
		s.sources = append(s.sources, &document.Source)
		s.passages = append(s.passages, Cut(document)...)
	}
	s.vocabulary.addAll(s.language)
	builder := &index.Builder{}
	mentions := map[*spsbot.Source]map[int]int{}
	s.numbers = make(map[*spsbot.Passage]int, len(s.passages))
	for i, passage := range s.passages {
		s.numbers[passage] = i
		s.addPassage(builder, passage, mentions)
	}
	s.joinSections()
	for _, concept := range glossary.Concepts {
		id, known := s.terms[conceptTerm(concept.ID)]
		if known && concept.Kind != spsbot.ConceptPlain && concept.Kind != spsbot.ConceptCondition {
			s.naming[id] = true
		}
	}
	s.index = builder.Build()
	s.nameConditions(mentions)
	s.language.analyzer.Freeze()
	s.languages = sync.OnceValue(func() map[string]*language {
		languages := map[string]*language{}
		if others == nil {
			return languages
		}
		for _, other := range others() {
			languages[other.Words.Language] = s.language.in(&other)
		}
		return languages
	})
	return s
}

// addPassage analyses one passage and adds it to the index.
func (s *Set) addPassage(builder *index.Builder, passage *spsbot.Passage, mentions map[*spsbot.Source]map[int]int) {
	var fields [3][]uint32
	length := 0
	around := surroundings{
		sentences: make([]sentenceTerms, len(passage.Sentences)),
		leans:     make([]bool, len(passage.Sentences)),
	}
	for i, sentence := range passage.Sentences {
		if !sentence.Quotable && !isLead(passage, i) {
			around.defines = append(around.defines, nil)
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
			around.asks = append(around.asks, s.headingWords(text))
			around.leads = append(around.leads, i)
		}
		around.defines = append(around.defines, s.defined(text))
		around.leans[i] = s.leans(passage.Quote(i))
		around.sentences[i] = unique(terms)
		around.whole = append(around.whole, terms...)
	}
	for i, heading := range passage.Heading {
		terms, _ := s.analyse(heading, passage.Source, mentions)
		fields[index.Heading] = append(fields[index.Heading], terms...)
		if i == len(passage.Heading)-1 {
			around.heading = unique(terms)
			around.asks = append(around.asks, s.headingWords(heading))
		} else {
			around.path = append(around.path, terms...)
		}
	}
	fields[index.Title], _ = s.analyse(passage.Source.Title, passage.Source, mentions)
	around.path = unique(append(around.path, fields[index.Title]...))
	around.whole = unique(around.whole)
	builder.Add(length, fields)
	s.around = append(s.around, around)
}

// joinSections gives the passages under one heading what they hold together.
func (s *Set) joinSections() {
	sections := map[string]*section{}
	for i, passage := range s.passages {
		key := passage.ID
		if len(passage.Heading) > 0 {
			key = passage.Source.ID + "\x00" + passage.Heading[0]
		}
		if sections[key] == nil {
			sections[key] = &section{}
		}
		s.around[i].section = sections[key]
		sections[key].terms = unique(append(sections[key].terms, s.around[i].whole...))
	}
}

// unique returns the terms sorted, each once, in a slice of its own.
func unique(terms []uint32) sentenceTerms {
	sorted := slices.Clone(terms)
	slices.Sort(sorted)
	return slices.Clip(slices.Compact(sorted))
}

// headingWords reads a heading into its words and names, without function words
// and chatter.
func (s *Set) headingWords(heading string) []headingWord {
	l := s.language
	tokens := l.analyzer.Tokens(heading)
	matches := analysis.Longest(l.analyzer.Concepts(tokens))
	var words []headingWord
	for at := 0; at < len(tokens); {
		word, end := headingWord{}, at+1
		for _, match := range matches {
			if match.From == at {
				end = match.To
				word.terms = append(word.terms, s.term(conceptTerm(l.glossary.Concepts[match.Concept].ID)))
			}
		}
		if end == at+1 && !l.stop[tokens[at].Word] && (len(word.terms) > 0 || !l.chatter[tokens[at].Stem]) {
			word.terms = append(word.terms, s.term(tokens[at].Stem))
		}
		same := func(other headingWord) bool { return slices.Equal(other.terms, word.terms) }
		if len(word.terms) > 0 && !slices.ContainsFunc(words, same) {
			words = append(words, word)
		}
		at = end
	}
	return words
}

// definesWithin is the number of words at the beginning of a sentence that
// defines something, up to its verb.
const definesWithin = 12

// defined returns the concepts that a sentence defines: it begins with them, and
// a word that defines follows ("… is a rare disorder").
func (s *Set) defined(text string) []int {
	l := s.language
	tokens := l.analyzer.Tokens(text[:min(len(text), 160)])
	verb := slices.IndexFunc(tokens[:min(definesWithin, len(tokens))], func(t analysis.Token) bool { return l.copulas[t.Word] })
	if verb < 1 {
		return nil
	}
	var concepts []int
	for _, match := range analysis.Longest(l.analyzer.Concepts(tokens[:verb])) {
		if match.From > 0 && len(concepts) == 0 {
			return nil
		}
		concepts = append(concepts, match.Concept)
	}
	return concepts
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
// has no facts is about the condition that it mentions most of the time.
func (s *Set) nameConditions(mentions map[*spsbot.Source]map[int]int) {
	bySource := map[*spsbot.Source][]int{}
	for _, source := range s.sources {
		if source.Condition == "" && source.Publisher == "" && source.Kind == spsbot.KindUnknown {
			if concept, found := mostMentioned(mentions[source]); found {
				source.Condition = s.language.glossary.Concepts[concept].Names[0]
			}
		}
		tokens := s.language.analyzer.Tokens(source.Condition)
		for _, match := range analysis.Longest(s.language.analyzer.Concepts(tokens)) {
			if s.language.glossary.Concepts[match.Concept].Kind == spsbot.ConceptCondition {
				bySource[source] = append(bySource[source], match.Concept)
			}
		}
	}
	for _, passage := range s.passages {
		s.conditions = append(s.conditions, bySource[passage.Source])
	}
}

// mostMentioned returns the concept that has more than half of all mentions.
func mostMentioned(counts map[int]int) (int, bool) {
	best, most, total := -1, 2, 0 // a condition named once or twice is not what a document is about
	for _, count := range counts {
		total += count
	}
	for concept, count := range counts {
		if 2*count <= total {
			continue
		}
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
