package route

// lexicon writes the automaton of the phrases.
func (w *writer) lexicon(x *lexicon) {
	w.count(len(x.classes))
	for _, name := range x.classes {
		w.text(name)
	}
	w.number(x.medicine)
	w.symbols(x)
	w.count(len(x.nodes))
	for i, n := range x.nodes {
		head := int(n.to-n.from) * 4
		if n.endsTo > n.ends {
			head |= nodeEnds
		}
		if n.gap != 0 {
			head |= nodeGap
		}
		w.count(head)
		if n.endsTo > n.ends {
			w.count(int(n.endsTo - n.ends))
		}
		if n.gap != 0 {
			w.count(int(n.gap))
		}
		for _, e := range x.edges[n.from:n.to] {
			w.number(int(e.symbol))
			w.number(int(e.to) - i)
		}
		for _, end := range x.ends[n.ends:n.endsTo] {
			w.count(int(end.class))
			w.number(int(end.language))
		}
	}
	w.names(x)
}

// Flags of a node, beside the number of its edges.
const (
	nodeEnds = 1 // phrases end at it
	nodeGap  = 2 // a gap begins at it
)

// symbols writes words and stems in the order of their numbers, which count from one.
func (w *writer) symbols(x *lexicon) {
	list := make([]string, len(x.exact)+len(x.stems))
	stem := make([]bool, len(list))
	for text, n := range x.exact {
		list[n-1] = text
	}
	for text, n := range x.stems {
		list[n-1], stem[n-1] = text, true
	}
	w.count(len(list))
	for i, text := range list {
		length := len(text) * 2
		if stem[i] {
			length++
		}
		w.count(length)
		w.data = append(w.data, text...)
	}
}

// names writes the names of medicines, those of one first letter in their order.
func (w *writer) names(x *lexicon) {
	var all []string
	for letter := 'a'; letter <= 'z'; letter++ {
		all = append(all, x.names[string(letter)]...)
	}
	w.count(len(all))
	for _, name := range all {
		w.text(name)
	}
}

func (r *reader) lexicon(t *tongues) *lexicon {
	x := &lexicon{starts: map[string]bool{}, number: map[string]int{}, names: map[string][]string{}}
	for n := range r.count() {
		name := r.text()
		x.classes = append(x.classes, name)
		x.number[name] = n
	}
	if len(x.classes) > 64*len(classSet{}) {
		r.fail()
		return nil
	}
	x.medicine = r.number()
	r.symbols(x)
	x.nodes = make([]node, r.count())
	for i := range x.nodes {
		r.node(x, i, len(t.list))
	}
	for range r.count() {
		x.nameMedicine(r.text())
	}
	return x
}

func (r *reader) symbols(x *lexicon) {
	total := r.count()
	x.exact, x.stems = make(map[string]int32, total), make(map[string]int32, total/4)
	for n := range total {
		length := r.count()
		text := r.bytes(length / 2)
		x.longest = max(x.longest, len(text))
		if length%2 == 1 {
			x.stems[text] = int32(n + 1)
			x.starts[start(text)] = true
		} else {
			x.exact[text] = int32(n + 1)
		}
	}
}

// node reads one node with what leads from it and what ends at it.
func (r *reader) node(x *lexicon, i, languages int) {
	n := &x.nodes[i]
	head, ends := r.count(), 0
	if head&nodeEnds != 0 {
		ends = r.count()
	}
	if head&nodeGap != 0 {
		n.gap = int32(r.below(len(x.nodes)))
	}
	n.from, n.ends = int32(len(x.edges)), int32(len(x.ends))
	for range head / 4 {
		e := edge{node: int32(i), symbol: int32(r.number())}
		to := i + r.number()
		if to < 0 || to >= len(x.nodes) {
			r.fail()
			return
		}
		e.to = int32(to)
		x.edges = append(x.edges, e)
	}
	for range ends {
		end := phraseEnd{class: int16(r.below(len(x.classes))), language: int16(r.number())}
		if int(end.language) >= languages {
			r.fail()
			return
		}
		x.ends = append(x.ends, end)
	}
	n.to, n.endsTo = int32(len(x.edges)), int32(len(x.ends))
}
