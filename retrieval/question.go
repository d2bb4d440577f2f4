package retrieval

import (
	"fmt"
	"slices"
	"strings"

	"spsbot"
	"spsbot/retrieval/analysis"
	"spsbot/retrieval/index"
)

// Weights of a question's units in the ranking, relative to a word that asks.
const (
	chatterWeight   = 0.2
	inheritedWeight = 0.5
	correctedWeight = 0.9
	narrowerWeight  = 0.8 // for each step to a narrower concept
	partWeight      = 0.4 // one word of an everyday phrase
	exactWeight     = 1.1 // the very word, against another name of the same concept
)

// rarerAtMost is by how much a narrower concept may be rarer than the asked-for
// one to its advantage, in nats.
const rarerAtMost = 0.5

// unknownTerm stands for a word that no document holds.
const unknownTerm = ^uint32(0)

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

// unit is a word or a name in a question, with all terms that serve it.
type unit struct {
	text     string
	stems    []string
	terms    []index.Term
	concepts []int
	weight   float64
	base     uint32   // the term of the asked word or concept itself, unknownTerm when it is not in the set
	parts    []uint32 // the words of an everyday phrase that carry something
	broader  []uint32 // the concepts of which a name is a kind
	weak     bool     // merely phrases a question
	required bool     // has to be covered by what answers
	named    bool     // names a thing of the field: a condition, a medicine, a treatment …
	symptom  bool     // names a symptom: those are told in many words
}

// read splits a message into what it asks for. Earlier turns lend their subject
// to a message that leans on them.
func (s *Set) read(question spsbot.Question) []Ask {
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
		ask.conditions = s.conditionsOf(ask.units)
		if ask.asksAnything() {
			asks = append(asks, ask)
		}
	}
	return asks
}

// units reads a clause into its units.
func (s *Set) units(text string) []unit {
	l := s.language
	tokens := l.analyzer.Tokens(text)
	s.correct(tokens)
	matches := analysis.Longest(l.analyzer.Concepts(tokens))
	var units []unit
	for at := 0; at < len(tokens); {
		end := at + 1
		var concepts []int
		for _, match := range matches {
			if match.From == at {
				end, concepts = match.To, append(concepts, match.Concept)
			}
		}
		if u, ok := s.unit(tokens[at:end], concepts); ok && !slices.ContainsFunc(units, u.same) {
			units = append(units, u)
		}
		at = end
	}
	return units
}

// wants returns the kinds of answer that a clause asks for, misspelled or not.
func (s *Set) wants(text string) []string {
	tokens := s.language.analyzer.Tokens(text)
	s.correct(tokens)
	return s.language.wants(tokens)
}

// correct replaces misspelled words by words of the documents.
func (s *Set) correct(tokens []analysis.Token) {
	l := s.language
	for i, token := range tokens {
		_, known := s.terms[token.Stem]
		if known || s.vocabulary.count[token.Word] > 0 || l.stop[token.Word] || l.chatter[token.Stem] {
			continue
		}
		if word, found := s.vocabulary.correct(token.Word); found {
			tokens[i].Word, tokens[i].Stem = word, l.analyzer.Stem(word)
		}
	}
}

// unit makes a unit of the tokens of one name or word; false for function words.
func (s *Set) unit(tokens []analysis.Token, concepts []int) (unit, bool) {
	l := s.language
	u := unit{concepts: concepts, weight: chatterWeight, base: unknownTerm}
	for _, token := range tokens {
		if l.stop[token.Word] && len(concepts) == 0 {
			return u, false
		}
		u.text = strings.TrimSpace(u.text + " " + token.Word)
		u.stems = append(u.stems, token.Stem)
	}
	for _, concept := range concepts {
		u.symptom = u.symptom || l.glossary.Concepts[concept].Kind == spsbot.ConceptSymptom
		u.named = u.named || isName(l.glossary.Concepts[concept].Kind)
	}
	carries := slices.ContainsFunc(tokens, l.carries)
	if carries || len(concepts) > 0 {
		u.weight, u.required = 1, carries || u.named
	}
	for _, token := range tokens {
		switch {
		case len(tokens) == 1:
			u.add(s.terms, token.Stem, exactWeight)
		case !u.named && l.carries(token):
			u.add(s.terms, token.Stem, partWeight)
			part, known := s.terms[token.Stem]
			if !known {
				part = unknownTerm
			}
			u.parts = append(u.parts, part)
		}
	}
	u.weak = len(tokens) == 1 && len(concepts) == 0 && l.weak[tokens[0].Stem]
	for _, concept := range concepts {
		for _, other := range l.broader[concept] {
			if id, known := s.terms[conceptTerm(l.glossary.Concepts[other].ID)]; known && l.glossary.Concepts[other].Kind != spsbot.ConceptPlain {
				u.broader = append(u.broader, id)
			}
		}
		for other, steps := range l.narrower(concept) {
			s.addConcept(&u, concept, other, steps)
		}
	}
	if id, known := s.terms[tokens[0].Stem]; known && len(concepts) == 0 {
		u.base = id
	}
	for _, concept := range concepts {
		if id, known := s.terms[conceptTerm(l.glossary.Concepts[concept].ID)]; known {
			u.base = id
		}
	}
	slices.SortFunc(u.terms, func(a, b index.Term) int { return int(a.ID) - int(b.ID) })
	return u, true
}

// addConcept adds a narrower concept, or the concept itself at no step. A rare
// narrower one counts hardly more than the concept that was asked for.
func (s *Set) addConcept(u *unit, asked, other, steps int) {
	weight := 1.0
	for range steps {
		weight *= narrowerWeight
	}
	base, known := s.terms[conceptTerm(s.language.glossary.Concepts[asked].ID)]
	term, found := s.terms[conceptTerm(s.language.glossary.Concepts[other].ID)]
	if !found {
		return
	}
	if known && steps > 0 {
		weight *= min(1, (s.index.Rarity(base)+rarerAtMost)/s.index.Rarity(term))
	}
	u.terms = append(u.terms, index.Term{ID: term, Weight: weight})
}

// isName reports whether concepts of a kind have to be in what answers by name.
// Symptoms are told in many words.
func isName(kind spsbot.ConceptKind) bool {
	return kind != spsbot.ConceptPlain && kind != spsbot.ConceptSymptom
}

func (u *unit) add(terms map[string]uint32, name string, weight float64) {
	if id, known := terms[name]; known {
		u.terms = append(u.terms, index.Term{ID: id, Weight: weight})
	}
}

// same reports whether two units search for the same thing.
func (u *unit) same(other unit) bool {
	if len(u.concepts) > 0 || len(other.concepts) > 0 {
		return slices.Equal(u.concepts, other.concepts)
	}
	return slices.Equal(u.stems, other.stems)
}

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
func (s *Set) inheritTurn(ask *Ask, turns []string) {
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

// conditionsOf returns the conditions that units name, with all narrower ones.
func (s *Set) conditionsOf(units []unit) []int {
	var conditions []int
	for _, u := range units {
		for _, concept := range u.concepts {
			if s.language.glossary.Concepts[concept].Kind != spsbot.ConceptCondition {
				continue
			}
			for other := range s.language.narrower(concept) {
				conditions = append(conditions, other)
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
