package retrieval

import (
	"slices"
	"strings"

	"spsbot"
	"spsbot/retrieval/analysis"
)

// language is what reading questions needs: the analyzer and the word lists.
type language struct {
	analyzer *analysis.Analyzer
	glossary spsbot.Glossary
	concepts map[string]int // by id
	stop     map[string]bool
	chatter  map[string]bool // by stem
	openers  map[string]bool
	joiners  map[string]bool
	starts   map[string]bool     // phrases of folded words, as in words.question_starts
	asks     map[string][]string // cue phrases " like this ", by kind of answer
}

func newLanguage(glossary spsbot.Glossary, words *spsbot.Words) *language {
	l := &language{
		analyzer: analysis.New(glossary),
		glossary: glossary,
		concepts: make(map[string]int, len(glossary.Concepts)),
		stop:     map[string]bool{},
		chatter:  map[string]bool{},
		openers:  map[string]bool{},
		joiners:  map[string]bool{},
		starts:   map[string]bool{},
		asks:     map[string][]string{},
	}
	for i, concept := range glossary.Concepts {
		l.concepts[concept.ID] = i
	}
	for _, word := range words.Stop {
		l.stop[l.plain(word)] = true
	}
	for _, word := range words.Chatter {
		for _, token := range l.analyzer.Tokens(word) {
			l.chatter[token.Stem] = true
		}
	}
	for _, word := range words.Openers {
		l.openers[l.plain(word)] = true
	}
	for _, word := range words.Joiners {
		l.joiners[l.plain(word)] = true
	}
	for _, phrase := range words.QuestionStarts {
		l.starts[l.plain(phrase)] = true
	}
	for kind, phrases := range words.Asks {
		for _, phrase := range phrases {
			l.asks[kind] = append(l.asks[kind], " "+l.plain(phrase)+" ")
		}
	}
	return l
}

// plain returns the folded words of a text with single spaces.
func (l *language) plain(text string) string {
	var out []string
	for _, token := range l.analyzer.Tokens(text) {
		out = append(out, token.Word)
	}
	return strings.Join(out, " ")
}

// narrower returns a concept and all its narrower concepts with the number of
// steps to them.
func (l *language) narrower(concept int) map[int]int {
	steps := map[int]int{concept: 0}
	for queue := []int{concept}; len(queue) > 0; queue = queue[1:] {
		for _, id := range l.glossary.Concepts[queue[0]].Narrower {
			next := l.concepts[id]
			if _, seen := steps[next]; !seen {
				steps[next] = steps[queue[0]] + 1
				queue = append(queue, next)
			}
		}
	}
	return steps
}

// wants returns the kinds of answer that the cue phrases in a text show, sorted.
func (l *language) wants(text string) []string {
	line := " " + l.plain(text) + " "
	var kinds []string
	for kind, phrases := range l.asks {
		if slices.ContainsFunc(phrases, func(phrase string) bool { return strings.Contains(line, phrase) }) {
			kinds = append(kinds, kind)
		}
	}
	slices.Sort(kinds)
	return kinds
}
