package retrieval

import (
	"strconv"
	"strings"

	"spsbot"
	"spsbot/retrieval/parse"
)

// passageWords is the length from which on a passage is closed at the next block, in words.
const passageWords = 90

// Cut divides a document into passages: stretches under one heading, closed
// where a list with a line of its own begins, or when they are long. A list
// stays with the line that introduces it. Furniture belongs to no passage.
func Cut(document *parse.Document) []*spsbot.Passage {
	c := &cutter{document: document, source: &document.Source, lead: -1}
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
	titles   int // headings of level 1: a single one is the title, which stands in no path
	lead     int // index of the open list's lead in the open passage, -1 when there is none
	list     list
}

// list is the list that is being read, and the one around it.
type list struct {
	lead     string // the line that introduces it
	numbered bool
	items    int
	outer    string // the lead of the list around it
}

type pathEntry struct {
	level int
	text  string
}

func (c *cutter) block(block *parse.Block) {
	text := c.document.Text[block.Span.Start:block.Span.End]
	switch {
	case block.Furniture:
		c.close()
		return
	case block.Kind == parse.Heading:
		c.close()
		c.list = list{}
		c.enter(block.Level, text)
		return
	case block.Kind == parse.Lead:
		c.close()
		c.begins(text, block.Inner)
	case block.Kind != parse.Item:
		c.list = list{}
		if c.words >= passageWords {
			c.close()
		}
	case c.leavesInner(block):
		c.close()
		c.list = list{lead: c.list.outer, numbered: block.Numbered, items: 1, outer: c.list.outer}
	case c.words >= 2*passageWords:
		c.close()
	}
	if block.Kind == parse.Item {
		c.list.numbered = block.Numbered
		c.list.items++
	}
	c.add(block)
}

// begins opens a list; one that stands inside another remembers the outer lead.
func (c *cutter) begins(lead string, inner bool) {
	outer := ""
	if inner {
		outer = c.list.lead
	}
	c.list = list{lead: lead, outer: outer}
}

// leavesInner reports whether an item goes on with the outer list: its mark is
// of another kind than those of the inner one.
func (c *cutter) leavesInner(block *parse.Block) bool {
	return c.list.outer != "" && c.list.items > 0 && block.Numbered != c.list.numbered && c.list.lead != c.list.outer
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
		entry := spsbot.Sentence{
			Span:     spsbot.Span{Start: sentence.Span.Start - c.open.Start, End: sentence.Span.End - c.open.Start},
			Quotable: sentence.Quotable,
			Item:     block.Kind == parse.Item && first,
			Inside:   block.Kind == parse.Item && !first,
			Lead:     -1,
		}
		if first && block.Label.End > 0 {
			entry.Label = spsbot.Span{Start: block.Label.Start - c.open.Start, End: block.Label.End - c.open.Start}
		}
		switch block.Kind {
		case parse.Lead:
			c.lead = len(c.open.Sentences)
		case parse.Item:
			entry.Lead = c.lead
		case parse.Heading, parse.Paragraph:
			c.lead = -1
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
	if c.list.outer != "" {
		c.open.Heading = append(c.open.Heading, c.list.outer)
	}
}

// close ends the open passage; one without a sentence to quote is dropped.
func (c *cutter) close() {
	p := c.open
	c.open, c.words, c.lead = nil, 0, -1
	if p == nil {
		return
	}
	p.Text = c.document.Text[p.Start:p.End]
	for _, sentence := range p.Sentences {
		if sentence.Quotable {
			p.ID = c.source.ID + "#" + strconv.Itoa(len(c.passages)+1)
			c.passages = append(c.passages, p)
			return
		}
	}
}
