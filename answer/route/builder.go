package route

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
)

// builder makes a lexicon phrase by phrase.
type builder struct {
	lexicon
	fold  *folder
	trie  map[trieKey]int32 // the edges that phrases share
	parts map[string][]item // words of patterns that were read before
	ended [][]phraseEnd     // by node
}

// trieKey is a shared edge.
type trieKey struct{ node, symbol int32 }

// Reasons why a pattern is refused.
var (
	errEnds  = errors.New("must begin and end with something to find")
	errEmpty = errors.New("may be empty")
)

// newBuilder returns a builder with a root and no phrases.
func newBuilder(f *folder) *builder {
	return &builder{
		lexicon: lexicon{
			exact: map[string]int32{}, stems: map[string]int32{}, starts: map[string]bool{}, nodes: make([]node, 1),
			number: map[string]int{}, names: map[string][]string{}, medicine: -1,
		},
		fold: f, trie: map[trieKey]int32{}, parts: map[string][]item{}, ended: make([][]phraseEnd, 1),
	}
}

// class returns the number of a class, a new one for a new name.
func (b *builder) class(name string) int {
	n, ok := b.number[name]
	if !ok {
		n = len(b.classes)
		b.number[name] = n
		b.classes = append(b.classes, name)
	}
	return n
}

// enter adds one pattern.
func (b *builder) enter(end phraseEnd, pattern string) error {
	items, err := b.parse(pattern)
	if err != nil {
		return err
	}
	if len(items) == 0 || items[0].kind == itemGap || items[len(items)-1].kind == itemGap {
		return errEnds
	}
	if int(end.class) == b.medicine && len(items) == 1 && items[0].kind <= itemStem {
		b.nameMedicine(items[0].text)
	}
	var ends []int32
	if literalItems(items) {
		ends, err = b.share(items)
	} else {
		ends, err = b.build(items, []int32{0}, b.node())
	}
	if err != nil {
		return err
	}
	for _, n := range ends {
		if n == 0 {
			return errEmpty
		}
		b.ended[n] = append(b.ended[n], end)
	}
	return nil
}

// share enters a sequence of words into the part of the automaton that is a
// trie: phrases that begin alike share nodes.
func (b *builder) share(items []item) ([]int32, error) {
	at := int32(0)
	for _, it := range items {
		symbol, err := b.symbol(it)
		if err != nil {
			return nil, err
		}
		next, ok := b.trie[trieKey{at, symbol}]
		if !ok {
			next = b.node()
			b.trie[trieKey{at, symbol}] = next
			b.connect(at, symbol, next)
		}
		at = next
	}
	return []int32{at}, nil
}

// build enters items behind the nodes of from, with the last leading to the
// node to, and returns where they end: to, and nodes of from where all of the
// items may be left out.
func (b *builder) build(items []item, from []int32, to int32) ([]int32, error) {
	for i, it := range items {
		target := to
		if i < len(items)-1 {
			target = b.node()
		}
		switch it.kind {
		case itemGap:
			var err error
			if from, err = b.gap(from, target); err != nil {
				return nil, err
			}
		case itemChoice:
			var ends []int32
			for _, choice := range it.choices {
				found, err := b.build(choice, from, target)
				if err != nil {
					return nil, err
				}
				ends = union(ends, found)
			}
			from = ends
		default:
			symbol, err := b.symbol(it)
			if err != nil {
				return nil, err
			}
			for _, n := range from {
				b.connect(n, symbol, target)
			}
			from = []int32{target}
		}
	}
	return from, nil
}

// gap lets a gap lead from each of the nodes, to target where none leads on yet.
func (b *builder) gap(from []int32, target int32) ([]int32, error) {
	var behind []int32
	for _, n := range from {
		if n == 0 {
			return nil, errEnds
		}
		if b.nodes[n].gap == 0 {
			b.nodes[n].gap = target
		}
		behind = union(behind, []int32{b.nodes[n].gap})
	}
	return behind, nil
}

// union returns the nodes of both lists.
func union(a, b []int32) []int32 {
	for _, n := range b {
		if !slices.Contains(a, n) {
			a = append(a, n)
		}
	}
	return a
}

// connect adds an edge.
func (b *builder) connect(from, symbol, to int32) {
	b.edges = append(b.edges, edge{from, symbol, to})
}

// node makes a new node.
func (b *builder) node() int32 {
	b.nodes = append(b.nodes, node{})
	b.ended = append(b.ended, nil)
	return int32(len(b.nodes) - 1)
}

// symbol returns the number of an item, a new one for a new word.
func (b *builder) symbol(it item) (int32, error) {
	if it.kind == itemWord || it.kind == itemStem {
		b.longest = max(b.longest, len(it.text))
	}
	switch it.kind {
	case itemNumber:
		return symbolNumber, nil
	case itemClass:
		n, ok := b.number[it.text]
		if !ok {
			return 0, fmt.Errorf("unknown class %q", it.text)
		}
		return symbolClass - int32(n), nil
	case itemStem:
		b.starts[start(it.text)] = true
		return number(b.stems, it.text, len(b.exact)), nil
	}
	return number(b.exact, it.text, len(b.stems)), nil
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

// freeze sorts edges and ends and returns the lexicon.
func (b *builder) freeze() *lexicon {
	slices.SortFunc(b.edges, func(l, r edge) int {
		return cmp.Or(cmp.Compare(l.node, r.node), cmp.Compare(l.symbol, r.symbol), cmp.Compare(l.to, r.to))
	})
	for i, e := range b.edges {
		n := &b.nodes[e.node]
		if n.to == 0 {
			n.from = int32(i)
		}
		n.to = int32(i + 1)
	}
	for i, ends := range b.ended {
		b.nodes[i].ends = int32(len(b.ends))
		b.ends = append(b.ends, ends...)
		b.nodes[i].endsTo = int32(len(b.ends))
	}
	return &b.lexicon
}
