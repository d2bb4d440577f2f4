// Package retrieval finds the passages that answer a question: it cuts
// documents into passages, indexes them, reads what a question asks for, ranks
// passages and sentences, and judges whether they suffice. It must never write
// or change a sentence, and it knows no route and no reply.
package retrieval

import (
	"cmp"
	"slices"
	"sync/atomic"

	"spsbot"
	"spsbot/retrieval/index"
	"spsbot/retrieval/parse"
)

// Set is the searchable form of one source set. It is immutable after Build and
// safe for concurrent use.
type Set struct {
	*Engine

	sources  []*spsbot.Source
	passages []*spsbot.Passage
	facts    map[*spsbot.Source]sourceFacts
	// What stands around the sentences of a passage is worked out when the
	// passage is first looked at.
	around   []atomic.Pointer[surroundings]
	sections []atomic.Pointer[section]
}

// sourceFacts are what the set knows of one source.
type sourceFacts struct {
	conditions []int // the concepts of its condition
	from, to   int   // its passages
}

// Build indexes documents. The glossary and the word lists are those of the
// documents' language; others are the languages in which questions are
// understood besides, nil for none; they are read when they are first needed.
func Build(documents []*parse.Document, glossary spsbot.Glossary, words *spsbot.Words, others func() []spsbot.Language) *Set {
	sources := make([]*spsbot.Source, 0, len(documents))
	var passages []*spsbot.Passage
	for _, document := range documents {
		sources = append(sources, &document.Source)
		passages = append(passages, Cut(document)...)
	}
	return BuildPassages(sources, passages, glossary, words, others)
}

// BuildPassages indexes passages that were cut already, those of each source
// side by side.
func BuildPassages(sources []*spsbot.Source, passages []*spsbot.Passage, glossary spsbot.Glossary, words *spsbot.Words, others func() []spsbot.Language) *Set {
	s := &Set{
		Engine:   newEngine(glossary, words, others),
		sources:  sources,
		passages: passages,
		facts:    make(map[*spsbot.Source]sourceFacts, len(sources)),
		around:   make([]atomic.Pointer[surroundings], len(passages)),
		sections: make([]atomic.Pointer[section], len(passages)),
	}
	s.indexAll()
	s.language.analyzer.Freeze()
	return s
}

// indexAll indexes all passages and finds the conditions of their sources.
func (s *Set) indexAll() {
	x := newIndexer(s.language)
	mentions := map[*spsbot.Source][]mention{}
	for i, passage := range s.passages {
		facts := s.facts[passage.Source]
		if facts.to == 0 {
			facts.from = i
			x.mentions = map[int]int{}
		}
		facts.to = i + 1
		s.facts[passage.Source] = facts
		x.add(passage)
		if i+1 == len(s.passages) || s.passages[i+1].Source != passage.Source {
			mentions[passage.Source] = sortedMentions(x.mentions)
		}
	}
	s.current.Store(index.New(x.builder.Build()...))
	s.vocabulary = x.vocabulary()
	s.sketches = x.sketches
	for _, source := range s.sources {
		facts := s.facts[source]
		facts.conditions = s.language.conditionsOf(source, mentions[source])
		s.facts[source] = facts
	}
}

// conditions returns the concepts of the condition of a passage's source.
func (s *Set) conditions(passage int) []int { return s.facts[s.passages[passage].Source].conditions }

// number returns the place of a passage of the set.
func (s *Set) number(passage *spsbot.Passage) (int, bool) {
	facts := s.facts[passage.Source]
	at, found := slices.BinarySearchFunc(s.passages[facts.from:facts.to], passage.Start, func(p *spsbot.Passage, start int) int {
		return cmp.Compare(p.Start, start)
	})
	return facts.from + at, found && s.passages[facts.from+at] == passage
}

// Sources returns the sources of the set, in the order of the documents.
func (s *Set) Sources() []*spsbot.Source { return s.sources }

// Passages returns all passages of the set, in the order of the documents.
func (s *Set) Passages() []*spsbot.Passage { return s.passages }
