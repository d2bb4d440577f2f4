// Package parse reads documents: it turns the bytes of one file into stored
// text, the blocks of that text (headings, paragraphs, list items) and the
// document's facts. It decides what a reader would take for furniture, but it
// must never reword, reorder or drop a character inside a block: quotations are
// compared with the stored text to the byte.
package parse

import (
	"cmp"
	"errors"
	"path/filepath"
	"strings"

	"spsbot"
)

// BlockKind says what a block is to a reader.
type BlockKind int

// The kinds of blocks.
const (
	// Heading names what follows it, at Block.Level.
	Heading BlockKind = iota
	// Paragraph is running text.
	Paragraph
	// Lead is a line that introduces the list after it.
	Lead
	// Item is one item of a list.
	Item
)

// Block is a stretch of the stored text.
type Block struct {
	Kind BlockKind
	// Level is the depth of a heading, 1 for the outermost; 0 for other kinds.
	Level int
	// Span lies in Document.Text.
	Span spsbot.Span
	// Inner marks a lead that ends an item: its list stands inside that item's list.
	Inner bool
	// InItem marks a paragraph that goes on with an item.
	InItem bool
	// Mark tells the items of a list from those of a list inside it: by their
	// depth, where the format knows one, and by whether they are numbered.
	Mark int
	// Label is the span of an item's label line, which stands before Span, else empty.
	Label spsbot.Span
	// Row marks a row of a table: the names of its columns stand in it.
	Row bool
	// Furniture marks what is never quoted: menus, greetings, advertising, a patient's own words.
	Furniture bool
	// Sentences are the sentences of a block that is no heading, in order.
	Sentences []Sentence
}

// Sentence is one sentence of a block.
type Sentence struct {
	// Span lies in Document.Text.
	Span spsbot.Span
	// Quotable is false for furniture, questions, fragments and what is too long to quote.
	Quotable bool
}

// Document is one file after reading.
type Document struct {
	Source spsbot.Source
	// Text is the stored text: blocks, separated by line breaks.
	Text   string
	Blocks []Block
	// Extractor names the reader that made Text of the file, and its version:
	// "markdown/1". A later version may make another text of the same file.
	Extractor string
	// Warnings are plain lines for the admin, without the file's name.
	Warnings []string
}

// ErrUnreadable is wrapped by every error about a file's content.
var ErrUnreadable = errors.New("cannot be read as a document")

// titleOf returns the first heading of the first level, else the title that the
// format gives, else the first heading with text of its own below it, else the
// file's name.
func titleOf(document *Document, own, name string) string {
	titled := ""
	for i, block := range document.Blocks {
		if block.Kind != Heading {
			continue
		}
		text := document.Text[block.Span.Start:block.Span.End]
		if block.Level == 1 {
			return text
		}
		if titled == "" && i+1 < len(document.Blocks) && document.Blocks[i+1].Kind != Heading {
			titled = text
		}
	}
	return cmp.Or(own, titled, strings.TrimSuffix(filepath.Base(name), filepath.Ext(name)))
}
