package verify

// tree is a prefix tree over bytes.
type tree struct {
	nodes []node
	first [256]int32 // the root's branches; 0 for none
}

type node struct {
	next []branch
	// exact are the classes of the entry that ends here, open those of an entry
	// that stands for every word that begins so.
	exact, open classes
}

type branch struct {
	b  byte
	to int32
}

func newTree() tree { return tree{nodes: make([]node, 1)} }

func (t *tree) add(text []byte, class classes, open bool) {
	at := int32(0)
	for _, b := range text {
		to := t.step(at, b)
		if to == 0 {
			to = int32(len(t.nodes))
			t.nodes = append(t.nodes, node{})
			if at == 0 {
				t.first[b] = to
			} else {
				t.nodes[at].next = append(t.nodes[at].next, branch{b, to})
			}
		}
		at = to
	}
	if open {
		t.nodes[at].open |= class
	} else {
		t.nodes[at].exact |= class
	}
}

func (t *tree) step(at int32, b byte) int32 {
	if at == 0 {
		return t.first[b]
	}
	for _, next := range t.nodes[at].next {
		if next.b == b {
			return next.to
		}
	}
	return 0
}
