package route

import (
	"cmp"
	"fmt"
	"slices"
	"unicode/utf8"

	"spsbot"
	"spsbot/prompts"
)

// lexicon holds the phrases of all classes as one automaton over symbols: exact
// words, stems, numbers, gaps, and classes whose words were found before.
type lexicon struct {
	exact   map[string]int32
	stems   map[string]int32
	starts  map[string]bool // the first three characters of each stem
	longest int             // length in bytes of the longest word or stem
	nodes   []node
	// edges are sorted by node and symbol; edges[nodes[n].from:nodes[n].to]
	// lead from node n.
	edges []edge
	// ends are sorted by node; ends[nodes[n].ends:nodes[n].endsTo] are the
	// phrases that end at node n.
	ends []phraseEnd

	classes  []string
	number   map[string]int
	masks    classSet
	names    map[string][]string // medicine names by first letter, for misspellings
	medicine int                 // the class that misspelt names belong to, -1 for none
}

// node is a state of the automaton.
type node struct {
	from, to     int32
	ends, endsTo int32
	gap          int32 // where a gap leads, 0 for nowhere
}

// edge leads from a node by a symbol to another.
type edge struct{ node, symbol, to int32 }

// phraseEnd says that a phrase of a class in a language ends at a node.
type phraseEnd struct{ class, language int16 }

// Symbols below zero are numbers and classes; words count from 1.
const (
	symbolNumber int32 = -1
	symbolClass  int32 = -2 // class n is symbolClass-n
)

// medicineClass is the class that holds the names of medicines.
const medicineClass = "medicine"

// newLexicon compiles the phrases of the rules and the glossary's names.
// languages gives each tag its number; phrases of others count in all.
func newLexicon(f *folder, rules prompts.RouteRules, glossary spsbot.Glossary, languages map[string]int) (*lexicon, error) {
	classes := append(glossaryClasses(glossary), rules.Classes...)
	b := newBuilder(f)
	for _, class := range classes {
		b.class(class.Name)
	}
	if len(b.classes) > 64*len(classSet{}) {
		return nil, fmt.Errorf("%d phrase classes are too many", len(b.classes))
	}
	var err error
	if b.masks, err = b.set(rules.Masks); err != nil {
		return nil, fmt.Errorf("masks: %w", err)
	}
	if n, ok := b.number[medicineClass]; ok {
		b.medicine = n
	}
	for _, class := range classes {
		language, ok := languages[class.Language]
		if !ok {
			language = -1
		}
		end := phraseEnd{class: int16(b.number[class.Name]), language: int16(language)}
		for _, phrase := range class.Phrases {
			if err := b.enter(end, phrase); err != nil {
				return nil, fmt.Errorf("phrase class %s (%s): pattern %q: %w", class.Name, class.Language, phrase, err)
			}
		}
	}
	return b.freeze(), nil
}

// glossaryClasses turns the glossary into phrase classes: medicines and
// treatments, what puts a message into the field, and other conditions.
func glossaryClasses(glossary spsbot.Glossary) []prompts.PhraseClass {
	medicines := prompts.PhraseClass{Name: medicineClass}
	treatments := prompts.PhraseClass{Name: "treatment"}
	field := prompts.PhraseClass{Name: "field"}
	elsewhere := prompts.PhraseClass{Name: "elsewhere"}
	for _, concept := range glossary.Concepts {
		for _, name := range concept.Names {
			phrase := literal(name)
			if concept.Kind == spsbot.ConceptMedicine {
				medicines.Phrases = append(medicines.Phrases, phrase)
			}
			if concept.Kind == spsbot.ConceptTreatment {
				treatments.Phrases = append(treatments.Phrases, phrase)
			}
			switch {
			case concept.Field:
				field.Phrases = append(field.Phrases, phrase)
			case concept.Kind == spsbot.ConceptCondition:
				elsewhere.Phrases = append(elsewhere.Phrases, phrase)
			}
		}
	}
	return []prompts.PhraseClass{medicines, treatments, field, elsewhere}
}

// literal makes a name safe as a pattern; a long name also stands for its
// inflected forms.
func literal(name string) string {
	plain := []rune(name)
	for i, r := range plain {
		switch r {
		case '(', ')', '|', '*', '<', '>', '#':
			plain[i] = ' '
		}
	}
	if len(plain) >= 6 {
		return string(plain) + "*"
	}
	return string(plain)
}

// fewEdges is how many edges are faster looked through than searched.
const fewEdges = 8

// follow calls step with each node that a symbol leads to.
func (x *lexicon) follow(from, symbol int32, step func(to int32)) {
	edges := x.edges[x.nodes[from].from:x.nodes[from].to]
	if len(edges) > fewEdges {
		first, _ := slices.BinarySearchFunc(edges, symbol, func(e edge, symbol int32) int { return cmp.Compare(e.symbol, symbol) })
		edges = edges[first:]
	}
	for _, e := range edges {
		if e.symbol == symbol {
			step(e.to)
		} else if e.symbol > symbol {
			return
		}
	}
}

// symbolsOf returns all symbols by which a word is known.
func (x *lexicon) symbolsOf(text string) []int32 {
	if isNumber(text) {
		var symbols []int32
		if !isYear(text) {
			symbols = append(symbols, symbolNumber)
		}
		if n, ok := x.exact[text]; ok {
			symbols = append(symbols, n)
		}
		return symbols
	}
	symbols := x.formSymbols(nil, text)
	for _, form := range bare(text) {
		symbols = x.formSymbols(symbols, form)
	}
	if len(symbols) == 0 {
		if name := x.misspelt(text); name != "" {
			symbols = x.formSymbols(symbols, name)
		}
	}
	return symbols
}

// formSymbols appends the symbols of one form.
func (x *lexicon) formSymbols(symbols []int32, text string) []int32 {
	if n, ok := x.exact[text]; ok {
		symbols = append(symbols, n)
	}
	short := start(text)
	for i := range short {
		if n, ok := x.stems[short[:i]]; ok && i > 0 {
			symbols = append(symbols, n)
		}
	}
	if !x.starts[short] {
		return symbols
	}
	for i := len(short); i <= min(len(text), x.longest); i++ {
		if i < len(text) && !utf8.RuneStart(text[i]) {
			continue
		}
		if n, ok := x.stems[text[:i]]; ok {
			symbols = append(symbols, n)
		}
	}
	return symbols
}

// start returns the first characters of a word, three at most.
func start(text string) string {
	count := 0
	for i := range text {
		if count == 3 {
			return text[:i]
		}
		count++
	}
	return text
}

// holds reports whether a phrase has a word, or a stem that is written like it.
func (x *lexicon) holds(text string) bool {
	if _, ok := x.exact[text]; ok {
		return true
	}
	_, ok := x.stems[text]
	return ok
}
