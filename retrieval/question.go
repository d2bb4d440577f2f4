package retrieval

import (
	"fmt"
	"slices"
	"strings"

	"spsbot"
	"spsbot/retrieval/analysis"
)

// unknownTerm stands for a word that no document holds.
const unknownTerm = ^uint64(0)

// maxAsks is the number of parts of one message that are answered.
const maxAsks = 4

// Ask is one thing that a message asks for.
type Ask struct {
	// Text is the clause that asks.
	Text string
	// Wants are the kinds of answer asked for, sorted: keys of spsbot.Words.Asks.
	Wants []string
	units []unit
	// conditions are the conditions asked about: concepts, possibly inherited.
	conditions []int
}

// reader reads questions in one language.
type reader struct {
	*Engine
	language *language // that of the question
}

// reader returns the reader for a language; that of the documents for any that
// is not known.
func (s *Engine) reader(tag string) *reader {
	if tag == "" || tag == s.language.tag {
		return &reader{s, s.language}
	}
	if other, known := s.languages()[tag]; known {
		return &reader{s, other}
	}
	return &reader{s, s.language}
}

// read splits a message into what it asks for. Earlier turns lend their subject
// to a message that leans on them.
func (s *reader) read(question spsbot.Question) []Ask {
	clauses := s.language.clauses(question.Text)
	var asking, context []string
	beside := map[string]string{}
	for _, clause := range clauses {
		if clause.asks {
			asking = append(asking, clause.text)
			beside[clause.text] = clause.beside
		} else {
			context = append(context, clause.text)
		}
	}
	if len(asking) == 0 && len(context) > 0 {
		last := len(context) - 1
		asking, context = context[last:], context[:last]
	}
	if len(asking) > maxAsks {
		asking = asking[len(asking)-maxAsks:]
	}
	var lent []unit
	for _, text := range context {
		lent = append(lent, s.units(text)...)
	}
	asks := make([]Ask, 0, len(asking))
	for _, text := range asking {
		ask := Ask{Text: text, Wants: s.wants(text), units: s.units(text)}
		needs := s.language.leans(text) || !ask.hasSubject()
		if needs {
			ask.inherit(s.units(beside[text]), s.language, true, true)
		}
		ask.inherit(lent, s.language, true, false)
		if len(asks) > 0 {
			ask.inherit(asks[0].units, s.language, true, needs)
		}
		if len(question.Turns) > 0 && needs {
			s.inheritTurn(&ask, question.Turns)
		}
		ask.conditions = s.conditionsNamed(ask.units)
		if ask.asksAnything() {
			asks = append(asks, ask)
		}
	}
	return asks
}

// wants returns the kinds of answer that a clause asks for, misspelled or not.
func (s *reader) wants(text string) []string {
	tokens := s.language.analyzer.Tokens(text)
	s.correct(tokens)
	return s.language.wants(tokens)
}

// correct replaces misspelled words by words of the documents.
func (s *reader) correct(tokens []analysis.Token) {
	l := s.language
	if l.names != nil {
		return // the words of the documents are those of another language
	}
	for i, token := range tokens {
		if l.stop[token.Word] || l.chatter[token.Stem] || s.knows(analysis.Term(token.Stem)) || s.vocabulary.count(token.Word) > 0 {
			continue
		}
		if word, found := s.vocabulary.correct(token.Word); found {
			tokens[i].Word, tokens[i].Stem = word, l.analyzer.Stem(word)
		}
	}
}

// knows reports whether a passage holds a term.
func (s *Engine) knows(term uint64) bool { return s.index().Frequency(term) > 0 }

// inherit adds the units of the surrounding message that name things of the
// field, unless the ask names a thing of the same kind itself. With namedOnly
// unset, other words that ask are added, too. With subject set they are what the
// ask is about; else they only rank.
func (a *Ask) inherit(units []unit, l *language, namedOnly, subject bool) {
	kinds := map[spsbot.ConceptKind]bool{}
	for _, u := range a.units {
		if l.pointsBack(a.Text) {
			break // "how does it differ from that one": both are the subject
		}
		for _, concept := range u.concepts {
			kinds[l.glossary.Concepts[concept].Kind] = true
		}
	}
	for _, u := range units {
		if !u.required || slices.ContainsFunc(a.units, u.same) {
			continue
		}
		if u.named && kinds[l.glossary.Concepts[u.concepts[0]].Kind] || !u.named && namedOnly && !u.symptom {
			continue
		}
		if !subject || !u.named {
			u.weight = min(u.weight, inheritedWeight)
			u.required = false
		}
		a.units = append(a.units, u)
	}
}

// inheritTurn adds what the last turn with a subject asked for.
func (s *reader) inheritTurn(ask *Ask, turns []string) {
	own := ask.contentWords()
	for _, turn := range slices.Backward(turns) {
		units := s.units(turn)
		ask.inherit(units, s.language, own > 0, true)
		if slices.ContainsFunc(units, func(u unit) bool { return u.named }) {
			return
		}
	}
}

// contentWords counts the words of the ask that are neither chatter nor names.
func (a *Ask) contentWords() int {
	count := 0
	for _, u := range a.units {
		if u.required && !u.named {
			count++
		}
	}
	return count
}

// hasSubject reports whether the ask names a thing of the field itself.
func (a *Ask) hasSubject() bool {
	return slices.ContainsFunc(a.units, func(u unit) bool { return u.named && u.required })
}

func (a *Ask) asksAnything() bool {
	return slices.ContainsFunc(a.units, func(u unit) bool { return u.required || u.weight > chatterWeight })
}

// conditionsNamed returns the conditions that units name, with all narrower ones.
func (s *Engine) conditionsNamed(units []unit) []int {
	var conditions []int
	for _, u := range units {
		for _, concept := range u.concepts {
			if s.language.glossary.Concepts[concept].Kind != spsbot.ConceptCondition {
				continue
			}
			for _, narrower := range s.language.narrower[concept] {
				conditions = append(conditions, narrower.concept)
			}
		}
	}
	for _, concept := range slices.Clone(conditions) {
		conditions = append(conditions, s.language.broader[concept]...)
	}
	slices.Sort(conditions)
	return slices.Compact(conditions)
}

// Debug is for tuning.
func (a *Ask) Debug() string {
	var out []string
	for _, u := range a.units {
		mark := ""
		if u.required {
			mark = "!"
		}
		if u.named {
			mark += "#"
		}
		if len(u.terms) == 0 {
			mark += "?"
		}
		out = append(out, fmt.Sprintf("%s%s", u.text, mark))
	}
	return strings.Join(out, " ")
}
