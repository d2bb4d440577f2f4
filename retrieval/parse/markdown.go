package parse

import (
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// readMarkdown yields the blocks of a Markdown document as a reader sees them:
// text without markup. Code, raw HTML and pictures are no text.
func readMarkdown(source []byte, _ Progress) (rawDocument, error) {
	source = calmLinks(source)
	tree := goldmark.DefaultParser().Parse(text.NewReader(source))
	walk := &markdownWalk{source: source}
	for node := tree.FirstChild(); node != nil; node = node.NextSibling() {
		walk.block(node, false)
	}
	walk.raw.Extractor = "markdown/1"
	return walk.raw, nil
}

type markdownWalk struct {
	source []byte
	raw    rawDocument
}

// block adds one block node; first tells that it opens a list item.
func (w *markdownWalk) block(node ast.Node, first bool) {
	switch n := node.(type) {
	case *ast.Heading:
		w.add(rawBlock{Kind: Heading, Level: n.Level, Fixed: true}, node)
	case *ast.Paragraph, *ast.TextBlock:
		if w.table(node, first) {
			return
		}
		block := rawBlock{Kind: Paragraph, Fixed: true}
		if first {
			block.Kind, block.Mark = Item, listMark(node)
		}
		_, inside := node.Parent().(*ast.ListItem)
		block.InItem = inside && !first
		w.add(block, node)
	case *ast.List, *ast.Blockquote:
		for child := node.FirstChild(); child != nil; child = child.NextSibling() {
			w.block(child, false)
		}
	case *ast.ListItem:
		for child := node.FirstChild(); child != nil; child = child.NextSibling() {
			w.block(child, child == node.FirstChild())
		}
	}
}

// listMark returns the mark of the list item in which a block stands.
func listMark(node ast.Node) int {
	depth, numbered := 0, false
	for at := node.Parent(); at != nil; at = at.Parent() {
		if list, ok := at.(*ast.List); ok {
			if depth == 0 {
				numbered = list.IsOrdered()
			}
			depth++
		}
	}
	return markOf(depth, numbered)
}

// add adds the text of a node. A line of it that begins with a bullet which
// Markdown does not know is an item.
func (w *markdownWalk) add(block rawBlock, node ast.Node) {
	var text strings.Builder
	w.inline(node, &text)
	w.raw.Blocks = addLines(w.raw.Blocks, block, text.String())
}

// inline writes the readable text below node, with its line breaks.
func (w *markdownWalk) inline(node ast.Node, out *strings.Builder) {
	for child := node.FirstChild(); child != nil; child = child.NextSibling() {
		switch n := child.(type) {
		case *ast.Text:
			value := n.Segment.Value(w.source)
			if !n.IsRaw() {
				value = util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(value)))
			}
			out.Write(value)
			if n.SoftLineBreak() || n.HardLineBreak() {
				out.WriteByte('\n')
			}
		case *ast.String:
			out.Write(n.Value)
		case *ast.AutoLink:
			out.Write(n.Label(w.source))
		case *ast.Image, *ast.RawHTML:
		default:
			w.inline(child, out)
		}
	}
}
