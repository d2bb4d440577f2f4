package parse

import (
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// readMarkdown yields the blocks of a Markdown document as a reader sees them:
// text without markup. Code, raw HTML and pictures are no text.
func readMarkdown(body string) rawDocument {
	source := []byte(body)
	tree := goldmark.DefaultParser().Parse(text.NewReader(source))
	walk := &markdownWalk{source: source}
	for node := tree.FirstChild(); node != nil; node = node.NextSibling() {
		walk.block(node, false)
	}
	return walk.raw
}

type markdownWalk struct {
	source []byte
	raw    rawDocument
}

// block adds one block node; first tells that it opens a list item.
func (w *markdownWalk) block(node ast.Node, first bool) {
	switch n := node.(type) {
	case *ast.Heading:
		w.add(rawBlock{kind: Heading, level: n.Level, fixed: true}, node)
	case *ast.Paragraph, *ast.TextBlock:
		kind := Paragraph
		if first {
			kind = Item
		}
		list, _ := node.Parent().Parent().(*ast.List)
		w.add(rawBlock{kind: kind, fixed: true, numbered: first && list != nil && list.IsOrdered()}, node)
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

func (w *markdownWalk) add(block rawBlock, node ast.Node) {
	var text strings.Builder
	w.inline(node, &text)
	if block.text = strings.TrimSpace(text.String()); block.text != "" {
		w.raw.blocks = append(w.raw.blocks, block)
	}
}

// inline writes the readable text below node.
func (w *markdownWalk) inline(node ast.Node, out *strings.Builder) {
	for child := node.FirstChild(); child != nil; child = child.NextSibling() {
		switch n := child.(type) {
		case *ast.Text:
			out.Write(n.Segment.Value(w.source))
			if n.SoftLineBreak() || n.HardLineBreak() {
				out.WriteByte(' ')
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
