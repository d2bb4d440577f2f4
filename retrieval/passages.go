package retrieval

import (
	"strconv"
	"strings"

	"spsbot"
	"spsbot/retrieval/parse"
)

// passageWords is the length from which on a passage is closed at the next block, in words.
const passageWords = 90

// listWords is the length from which on a list goes on in a passage of its own, in words.
const listWords = 4 * passageWords

// Cut divides a document into passages: stretches under one heading, closed
// where a list with a line of its own begins, or when they are long. A list
// stays with the line that introduces it. Furniture belongs to no passage.
func Cut(document *parse.Document) []*spsbot.Passage {
	c := &cutter{document: document, source: &document.Source}
	for _, block := range document.Blocks {
		if block.Kind == parse.Heading && block.Level == 1 {
			c.titles++
		}
	}
	for i := range document.Blocks {
		c.block(&document.Blocks[i])
	}
	c.close()
	return c.passages
}

type cutter struct {
	document *parse.Document
	source   *spsbot.Source
	passages []*spsbot.Passage
	path     []pathEntry
	open     *spsbot.Passage
	words    int
	keep     bool   // the open passage holds more than furniture
	titles   int    // headings of level 1: a single one is the title, which stands in no path
	lists    []list // the list that is being read last, those around it before
	afterLed bool   // a paragraph interrupted a list that a line introduces
}

// list is a list that is being read.
type list struct {
	led   bool // a line introduces it
	lead  int  // the sentence of the open passage that does, -1 when it has none
	mark  int
	items int
}

type pathEntry struct {
	level int
	text  string
}

func (c *cutter) block(block *parse.Block) {
	switch {
	case block.Furniture && (block.Kind != parse.Item || c.lead() < 0):
		c.close()
		return
	case block.Kind == parse.Heading:
		c.close()
		c.lists, c.afterLed = nil, false
		c.enter(block.Level, c.document.Text[block.Span.Start:block.Span.End])
		return
	case block.Kind == parse.Lead && (!block.Inner || len(c.lists) == 0):
		c.close()
		c.lists, c.afterLed = []list{{led: true, lead: -1}}, false
	case block.Kind == parse.Lead:
		c.lists = append(c.lists, list{led: true, lead: -1})
	case block.Kind == parse.Item:
		c.item(block)
	case !block.InItem:
		c.afterLed = c.afterLed || len(c.lists) > 0 && c.lists[0].led
		c.lists = nil
		if c.words >= passageWords {
			c.close()
		}
	}
	c.add(block)
}

// item takes up the list to which an item belongs: an item with another mark
// than those of the inner list goes on with the outer one.
func (c *cutter) item(block *parse.Block) {
	if len(c.lists) == 0 {
		c.lists = []list{{led: c.afterLed, lead: -1}}
	}
	inner := &c.lists[len(c.lists)-1]
	for len(c.lists) > 1 && inner.items > 0 && inner.mark != block.Mark {
		c.lists = c.lists[:len(c.lists)-1]
		inner = &c.lists[len(c.lists)-1]
	}
	inner.mark = block.Mark
	inner.items++
	if c.words >= listWords {
		c.close()
	}
}

// lead returns the sentence that introduces the open list, -1 when there is none.
func (c *cutter) lead() int {
	if len(c.lists) == 0 {
		return -1
	}
	return c.lists[len(c.lists)-1].lead
}

// lost reports whether the line that introduces the open list stands in an
// earlier passage: its items could say the opposite without it.
func (c *cutter) lost() bool {
	return len(c.lists) > 0 && c.lists[len(c.lists)-1].led && c.lead() < 0
}

// enter replaces the headings of the same or a deeper level.
func (c *cutter) enter(level int, text string) {
	for len(c.path) > 0 && c.path[len(c.path)-1].level >= level {
		c.path = c.path[:len(c.path)-1]
	}
	if text != c.source.Title && (level > 1 || c.titles > 1) {
		c.path = append(c.path, pathEntry{level, text})
	}
}

// add appends a block's sentences; a block of more words than a passage holds
// is spread over several.
func (c *cutter) add(block *parse.Block) {
	first := true
	inList := block.Kind == parse.Item || block.InItem
	for _, sentence := range block.Sentences {
		start := sentence.Span.Start
		if first && block.Label.End > 0 {
			start = block.Label.Start
		}
		if c.words >= 3*passageWords {
			c.close()
		}
		if c.open == nil {
			c.begin(start)
		}
		lost := inList && c.lost()
		c.keep = c.keep || sentence.Quotable
		entry := spsbot.Sentence{
			Span:     spsbot.Span{Start: sentence.Span.Start - c.open.Start, End: sentence.Span.End - c.open.Start},
			Quotable: sentence.Quotable && !lost,
			Item:     block.Kind == parse.Item && first,
			Inside:   block.Kind == parse.Item && !first || block.InItem,
			Lead:     -1,
		}
		if first && block.Label.End > 0 {
			entry.Label = spsbot.Span{Start: block.Label.Start - c.open.Start, End: block.Label.End - c.open.Start}
		}
		switch {
		case block.Kind == parse.Lead:
			c.lists[len(c.lists)-1].lead = len(c.open.Sentences)
		case inList:
			entry.Lead = c.lead()
		}
		c.open.Sentences = append(c.open.Sentences, entry)
		c.open.End = sentence.Span.End
		c.words += len(strings.Fields(c.document.Text[start:sentence.Span.End]))
		first = false
	}
}

func (c *cutter) begin(start int) {
	c.open = &spsbot.Passage{Source: c.source, Start: start}
	for _, entry := range c.path {
		c.open.Heading = append(c.open.Heading, entry.text)
	}
}

// close ends the open passage; one of furniture alone is dropped.
func (c *cutter) close() {
	p, keep := c.open, c.keep
	c.open, c.words, c.keep = nil, 0, false
	for i := range c.lists {
		c.lists[i].lead = -1
	}
	if p == nil || !keep {
		return
	}
	p.Text = c.document.Text[p.Start:p.End]
	p.ID = c.source.ID + "#" + strconv.Itoa(len(c.passages)+1)
	c.passages = append(c.passages, p)
}
