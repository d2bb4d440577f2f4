package retrieval

import (
	"slices"
	"strings"

	"spsbot"
	"spsbot/retrieval/analysis"
)

// language is what reading questions needs: the analyzer and the word lists.
type language struct {
	tag      string
	analyzer *analysis.Analyzer
	names    *analysis.Analyzer // the names in another language than that of the documents, else nil
	glossary spsbot.Glossary
	concepts map[string]int  // by id
	terms    []uint64        // by concept: its term in the index
	naming   map[uint64]bool // the terms of concepts that name things of the field, conditions aside
	narrower [][]step        // by concept: itself and all narrower ones
	broader  [][]int         // by concept: all concepts of which it is a narrower one
	stop     map[string]bool
	chatter  map[string]bool // by stem
	weak     map[string]bool // by stem
	lists    map[string]bool // the words of chatter and of the glossary's names
	copulas  map[string]bool
	openers  map[string]bool
	joiners  map[string]bool
	// questionWords are the question starts that open a question by themselves.
	questionWords map[string]bool
	starts        map[string]bool     // phrases of folded words, as in words.question_starts
	asks          map[string][]string // cue phrases " like this ", by kind of answer
}

func newLanguage(glossary spsbot.Glossary, words *spsbot.Words) *language {
	l := &language{
		analyzer: analysis.New(glossary, words),
		glossary: glossary,
		concepts: make(map[string]int, len(glossary.Concepts)),
		lists:    map[string]bool{},
	}
	inNames := map[string]int{}
	for i, concept := range glossary.Concepts {
		l.concepts[concept.ID] = i
		for _, name := range concept.Names {
			for _, token := range l.analyzer.Tokens(name) {
				inNames[token.Word]++
			}
		}
	}
	for word, count := range inNames {
		if count > 1 { // a word of one name only may be a misspelling that the glossary knows
			l.lists[word] = true
		}
	}
	l.readConcepts()
	l.take(words)
	return l
}

// in returns what reading questions in another language needs; the documents
// stay as they were analysed.
func (l *language) in(other *spsbot.Language) *language {
	glossary := spsbot.Glossary{Concepts: make([]spsbot.Concept, len(l.glossary.Concepts))}
	for i, concept := range l.glossary.Concepts {
		glossary.Concepts[i].Names = other.Names[concept.ID]
	}
	translated := *l
	translated.names = analysis.New(glossary, &spsbot.Words{})
	translated.names.Freeze()
	translated.lists = map[string]bool{}
	translated.take(&other.Words)
	return &translated
}

// matches returns the names of concepts in the tokens of a question.
func (l *language) matches(tokens []analysis.Token) []analysis.Match {
	found := l.analyzer.Concepts(tokens)
	if l.names != nil {
		found = append(found, l.names.Concepts(tokens)...)
		slices.SortStableFunc(found, func(a, b analysis.Match) int { return a.From - b.From })
	}
	return found
}

// take reads the word lists of a language.
func (l *language) take(words *spsbot.Words) {
	l.stop, l.chatter, l.weak = map[string]bool{}, map[string]bool{}, map[string]bool{}
	l.openers, l.joiners, l.copulas = map[string]bool{}, map[string]bool{}, map[string]bool{}
	l.tag = words.Language
	l.starts, l.questionWords, l.asks = map[string]bool{}, map[string]bool{}, map[string][]string{}
	for _, word := range words.Stop {
		l.stop[analysis.Plain(word)] = true
	}
	for _, word := range words.Chatter {
		for _, token := range l.analyzer.Tokens(word) {
			l.chatter[token.Stem] = true
			l.lists[token.Word] = true
		}
	}
	for _, word := range words.Weak {
		for _, token := range l.analyzer.Tokens(word) {
			l.weak[token.Stem] = true
			l.lists[token.Word] = true
		}
	}
	for _, word := range words.Copulas {
		l.copulas[analysis.Plain(word)] = true
	}
	for _, word := range words.Openers {
		l.openers[analysis.Plain(word)] = true
	}
	for _, word := range words.Joiners {
		l.joiners[analysis.Plain(word)] = true
	}
	for _, word := range words.QuestionWords {
		l.questionWords[analysis.Plain(word)] = true
	}
	for _, phrase := range words.QuestionStarts {
		l.starts[analysis.Plain(phrase)] = true
	}
	for kind, phrases := range words.Asks {
		for _, phrase := range phrases {
			l.asks[kind] = append(l.asks[kind], " "+analysis.Plain(phrase)+" ")
		}
	}
}

// carries reports whether a word carries something of what is asked: it is no
// function word, no chatter, no single letter and no number.
func (l *language) carries(token analysis.Token) bool {
	if l.stop[token.Word] || l.chatter[token.Stem] || len(token.Word) < 2 {
		return false
	}
	return token.Word[0] < '0' || token.Word[0] > '9'
}

// step is a concept with the number of steps to it from a broader one.
type step struct{ concept, steps int }

// conceptTerm is the term of a concept; no word begins so.
func conceptTerm(id string) uint64 { return analysis.Term("\x00" + id) }

// readConcepts works out which concepts are kinds of which.
func (l *language) readConcepts() {
	concepts := l.glossary.Concepts
	below := make([][]int, len(concepts)) // one step narrower
	byKind := map[spsbot.ConceptKind][]int{}
	for i, concept := range concepts {
		byKind[concept.Kind] = append(byKind[concept.Kind], i)
	}
	l.naming = map[uint64]bool{}
	for i, concept := range concepts {
		l.terms = append(l.terms, conceptTerm(concept.ID))
		if concept.Kind != spsbot.ConceptPlain && concept.Kind != spsbot.ConceptCondition {
			l.naming[l.terms[i]] = true
		}
		for _, id := range concept.Narrower {
			below[i] = append(below[i], l.concepts[id])
		}
		for _, kind := range concept.Kinds {
			below[i] = append(below[i], slices.DeleteFunc(slices.Clone(byKind[kind]), func(j int) bool { return j == i })...)
		}
	}
	l.narrower = make([][]step, len(concepts))
	l.broader = make([][]int, len(concepts))
	for concept := range concepts {
		l.narrower[concept] = reach(below, concept)
		for _, other := range l.narrower[concept][1:] {
			l.broader[other.concept] = append(l.broader[other.concept], concept)
		}
	}
}

// reach returns a concept and all narrower ones with the number of steps to
// them, nearest first.
func reach(below [][]int, concept int) []step {
	found := []step{{concept, 0}}
	if len(below[concept]) == 0 {
		return found
	}
	seen := map[int]bool{concept: true}
	for at := 0; at < len(found); at++ {
		for _, next := range below[found[at].concept] {
			if !seen[next] {
				seen[next] = true
				found = append(found, step{next, found[at].steps + 1})
			}
		}
	}
	return found
}

// wants returns the kinds of answer that the cue phrases in a text show, sorted.
func (l *language) wants(tokens []analysis.Token) []string {
	line := " "
	for _, token := range tokens {
		line += token.Word + " "
	}
	var kinds []string
	for kind, phrases := range l.asks {
		if slices.ContainsFunc(phrases, func(phrase string) bool { return strings.Contains(line, phrase) }) {
			kinds = append(kinds, kind)
		}
	}
	slices.Sort(kinds)
	return kinds
}
