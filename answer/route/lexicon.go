package route

import (
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"

	"spsbot"
	"spsbot/prompts"
)

// lexicon holds the phrases of all classes as one automaton over symbols: exact
// words, stems, numbers, gaps, and classes whose words were found before.
type lexicon struct {
	fold   *folder
	exact  map[string]int32
	stems  map[string]int32
	starts map[string]bool // the first three characters of each stem
	edges  map[edge][]int32
	trie   map[edge]int32 // the edges that phrases share
	ends   [][]phraseEnd  // by node
	gaps   []int32        // by node: where a gap leads, 0 for nowhere
	first  map[int32]bool // symbols with which a phrase begins

	classes  []string
	number   map[string]int
	masks    classSet
	names    map[string][]string // medicine names by first letter, for misspellings
	medicine int                 // the class that misspelt names belong to, -1 for none
}

// edge leads from a node by a symbol.
type edge struct{ node, symbol int32 }

// phraseEnd says that a phrase of a class ends at a node.
type phraseEnd struct {
	class    int16
	language int16
}

// Symbols below zero are numbers and classes; words count from 1.
const (
	symbolNumber int32 = -1
	symbolClass  int32 = -2 // class n is symbolClass-n
)

// classSet is a set of class numbers.
type classSet [4]uint64

func (s *classSet) add(n int)     { s[n>>6] |= 1 << (n & 63) }
func (s classSet) has(n int) bool { return n >= 0 && s[n>>6]>>(n&63)&1 == 1 }
func (s *classSet) join(o classSet) {
	for i := range s {
		s[i] |= o[i]
	}
}

// medicineClass is the class that holds the names of medicines.
const medicineClass = "medicine"

// newLexicon compiles the phrases of the rules and the glossary's names of
// medicines. languages gives each tag its number; -1 is for all.
func newLexicon(f *folder, rules prompts.RouteRules, glossary spsbot.Glossary, languages map[string]int) (*lexicon, error) {
	x := &lexicon{
		fold: f, exact: map[string]int32{}, stems: map[string]int32{}, starts: map[string]bool{},
		edges: map[edge][]int32{}, trie: map[edge]int32{}, ends: make([][]phraseEnd, 1), gaps: make([]int32, 1), first: map[int32]bool{},
		number: map[string]int{}, names: map[string][]string{}, medicine: -1,
	}
	classes := append(glossaryClasses(glossary), rules.Classes...)
	for _, class := range classes {
		if _, ok := x.number[class.Name]; !ok {
			x.number[class.Name] = len(x.classes)
			x.classes = append(x.classes, class.Name)
		}
	}
	if len(x.classes) > 64*len(classSet{}) {
		return nil, fmt.Errorf("%d phrase classes are too many", len(x.classes))
	}
	for _, name := range rules.Masks {
		n, ok := x.number[name]
		if !ok {
			return nil, fmt.Errorf("the masks name an unknown phrase class %q", name)
		}
		x.masks.add(n)
	}
	if n, ok := x.number[medicineClass]; ok {
		x.medicine = n
	}
	for _, class := range classes {
		language, ok := languages[class.Language]
		if !ok {
			language = -1
		}
		for _, phrase := range class.Phrases {
			if err := x.enter(x.number[class.Name], language, phrase); err != nil {
				return nil, fmt.Errorf("phrase class %s (%s): %w", class.Name, class.Language, err)
			}
		}
	}
	return x, nil
}

// glossaryClasses turns the glossary into phrase classes: medicines and
// treatments, and whatever puts a message into the field.
func glossaryClasses(glossary spsbot.Glossary) []prompts.PhraseClass {
	medicines := prompts.PhraseClass{Name: medicineClass, Language: "und"}
	treatments := prompts.PhraseClass{Name: "treatment", Language: "und"}
	field := prompts.PhraseClass{Name: "field", Language: "und"}
	elsewhere := prompts.PhraseClass{Name: "elsewhere", Language: "und"}
	for _, concept := range glossary.Concepts {
		for _, name := range concept.Names {
			phrase := literal(name)
			switch concept.Kind {
			case spsbot.ConceptMedicine:
				medicines.Phrases = append(medicines.Phrases, phrase)
			case spsbot.ConceptTreatment:
				treatments.Phrases = append(treatments.Phrases, phrase)
			case spsbot.ConceptCondition, spsbot.ConceptTest, spsbot.ConceptSymptom, spsbot.ConceptOrganisation, spsbot.ConceptPlain:
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

// enter adds one pattern.
func (x *lexicon) enter(class, language int, pattern string) error {
	items, err := x.fold.parsePattern(pattern)
	if err != nil {
		return err
	}
	if len(items) == 0 || items[0].kind == itemGap || items[len(items)-1].kind == itemGap {
		return fmt.Errorf("pattern %q must begin and end with something to find", pattern)
	}
	if class == x.medicine && len(items) == 1 && items[0].kind <= itemStem {
		x.nameMedicine(items[0].text)
	}
	var ends []int32
	if literalItems(items) {
		ends, err = x.share(items)
	} else {
		ends, err = x.build(items, []int32{0}, x.node())
	}
	if err != nil {
		return fmt.Errorf("pattern %q: %w", pattern, err)
	}
	for _, node := range ends {
		if node == 0 {
			return fmt.Errorf("pattern %q may be empty", pattern)
		}
		x.ends[node] = append(x.ends[node], phraseEnd{class: int16(class), language: int16(language)})
	}
	return nil
}

// share enters a sequence of words into the part of the automaton that is a
// trie: phrases that begin alike share nodes.
func (x *lexicon) share(items []item) ([]int32, error) {
	node := int32(0)
	for _, it := range items {
		symbol, err := x.symbol(it)
		if err != nil {
			return nil, err
		}
		next, ok := x.trie[edge{node, symbol}]
		if !ok {
			next = x.node()
			x.trie[edge{node, symbol}] = next
			x.connect(node, symbol, next)
		}
		node = next
	}
	return []int32{node}, nil
}

// build enters items behind the nodes of from, with the last leading to the
// node to, and returns where they end: to, and nodes of from where all of the
// items may be left out.
func (x *lexicon) build(items []item, from []int32, to int32) ([]int32, error) {
	for i, it := range items {
		target := to
		if i < len(items)-1 {
			target = x.node()
		}
		switch it.kind {
		case itemGap:
			var behind []int32
			for _, node := range from {
				if node == 0 {
					return nil, errors.New("begins with a gap")
				}
				if x.gaps[node] == 0 {
					x.gaps[node] = target
				}
				behind = union(behind, []int32{x.gaps[node]})
			}
			from = behind
		case itemChoice:
			var ends []int32
			for _, choice := range it.choices {
				found, err := x.build(choice, from, target)
				if err != nil {
					return nil, err
				}
				ends = union(ends, found)
			}
			from = ends
		default:
			symbol, err := x.symbol(it)
			if err != nil {
				return nil, err
			}
			for _, node := range from {
				x.connect(node, symbol, target)
			}
			from = []int32{target}
		}
	}
	return from, nil
}

// union returns the nodes of both lists.
func union(a, b []int32) []int32 {
	for _, node := range b {
		if !slices.Contains(a, node) {
			a = append(a, node)
		}
	}
	return a
}

// connect adds an edge.
func (x *lexicon) connect(from, symbol, to int32) {
	if from == 0 {
		x.first[symbol] = true
	}
	key := edge{from, symbol}
	x.edges[key] = append(x.edges[key], to)
}

// node makes a new node.
func (x *lexicon) node() int32 {
	x.ends = append(x.ends, nil)
	x.gaps = append(x.gaps, 0)
	return int32(len(x.ends) - 1)
}

// symbol returns the number of a step, a new one for a new word.
func (x *lexicon) symbol(s item) (int32, error) {
	switch s.kind {
	case itemNumber:
		return symbolNumber, nil
	case itemClass:
		n, ok := x.number[s.text]
		if !ok {
			return 0, fmt.Errorf("unknown class %q", s.text)
		}
		return symbolClass - int32(n), nil
	case itemStem:
		x.starts[start(s.text)] = true
		return number(x.stems, s.text, len(x.exact)), nil
	}
	return number(x.exact, s.text, len(x.stems)), nil
}

// number returns the number of text in table, the next free one over both
// tables where it is new.
func number(table map[string]int32, text string, others int) int32 {
	n, ok := table[text]
	if !ok {
		n = int32(len(table) + others + 1)
		table[text] = n
	}
	return n
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
	for i := len(short); i <= len(text); i++ {
		if i < len(text) && !utf8.RuneStart(text[i]) {
			continue
		}
		if n, ok := x.stems[text[:i]]; ok {
			symbols = append(symbols, n)
		}
	}
	return symbols
}
