package parse

import (
	"strings"

	"golang.org/x/net/html"

	"spsbot/retrieval/parse/pdftext"
)

// htmlWalk gathers the blocks below a node in the order of reading.
type htmlWalk struct {
	blocks []rawBlock
	text   strings.Builder // the text of the open block; \n is a line break
	block  rawBlock        // what the open block will be
	depth  int             // of lists
	first  bool            // the next block opens a list item
	pre    int
}

// htmlBlocks returns the blocks below a node.
func htmlBlocks(node *html.Node) []rawBlock {
	w := &htmlWalk{}
	w.reset()
	w.children(node)
	w.flush()
	headed := false
	for _, block := range w.blocks {
		headed = headed || block.Kind == Heading
	}
	if !headed { // then short lines may be headings, as in plain text
		for i := range w.blocks {
			w.blocks[i].Fixed = w.blocks[i].Kind != Paragraph
		}
	}
	return w.blocks
}

func (w *htmlWalk) reset() {
	w.block = rawBlock{Kind: Paragraph, Fixed: true, InItem: w.depth > 0 && !w.first}
}

func (w *htmlWalk) children(node *html.Node) {
	for child := node.FirstChild; child != nil; child = child.NextSibling {
		w.node(child)
	}
}

func (w *htmlWalk) node(node *html.Node) {
	if node.Type == html.TextNode {
		w.write(node.Data)
		return
	}
	if node.Type != html.ElementNode || unseenTag(node.Data) || node.Data == "head" {
		if node.Type == html.DocumentNode {
			w.children(node)
		}
		return
	}
	switch node.Data {
	case "h1", "h2", "h3", "h4", "h5", "h6":
		w.flush()
		w.block = rawBlock{Kind: Heading, Level: int(node.Data[1] - '0'), Fixed: true}
		w.children(node)
		w.flush()
	case "ul", "ol", "menu", "dl":
		w.list(node)
	case "table":
		w.table(node)
	case "br":
		w.text.WriteByte('\n')
	case "pre", "listing", "xmp":
		w.flush()
		w.pre++
		w.children(node)
		w.flush()
		w.pre--
	case "sup":
		w.write(pdftext.Superscript(strings.TrimSpace(nodeText(node))))
	case "td", "th":
		w.children(node)
		w.write(" ")
	default:
		if !isBlockTag(node.Data) {
			w.children(node)
			return
		}
		w.flush()
		w.children(node)
		w.flush()
	}
}

func isBlockTag(tag string) bool {
	switch tag {
	case "p", "div", "section", "article", "main", "header", "footer", "nav", "aside", "form", "fieldset", "legend", "figure",
		"figcaption", "blockquote", "address", "details", "summary", "hgroup", "hr", "center", "body", "html", "tr", "tbody",
		"thead", "tfoot", "caption", "dd", "dt", "li", "dir", "option", "dialog", "search":
		return true
	}
	return false
}

// write adds text to the open block; white space is one space, except in
// preformatted text.
func (w *htmlWalk) write(text string) {
	if w.pre > 0 {
		w.text.WriteString(text)
		return
	}
	if text != "" && isHTMLSpace(rune(text[0])) {
		w.text.WriteByte(' ')
	}
	w.text.WriteString(strings.Join(strings.FieldsFunc(text, isHTMLSpace), " "))
	if text != "" && isHTMLSpace(rune(text[len(text)-1])) {
		w.text.WriteByte(' ')
	}
}

func isHTMLSpace(c rune) bool {
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'
}

// flush ends the open block. Two line breaks part paragraphs.
func (w *htmlWalk) flush() {
	text := w.text.String()
	w.text.Reset()
	separator := "\n\n"
	if w.pre > 0 {
		separator = "\n"
	}
	for i, part := range strings.Split(strings.ReplaceAll(text, "\n \n", "\n\n"), separator) {
		block := w.block
		if i > 0 && block.Kind == Item {
			block.Kind, block.InItem = Paragraph, true
		}
		before := len(w.blocks)
		w.blocks = addLines(w.blocks, block, part)
		if len(w.blocks) > before {
			w.first = false
		}
	}
	w.reset()
	if w.first {
		w.block.Kind, w.block.InItem = Item, false
	}
}

// list reads a list; each entry's first block is an item.
func (w *htmlWalk) list(node *html.Node) {
	w.flush()
	w.depth++
	mark := markOf(w.depth-1, node.Data == "ol")
	for child := node.FirstChild; child != nil; child = child.NextSibling {
		if child.Type != html.ElementNode || child.Data != "li" && child.Data != "dt" && child.Data != "dd" {
			w.node(child)
			continue
		}
		w.flush()
		w.first = child.Data != "dd"
		w.reset()
		if w.first {
			w.block.Kind, w.block.Mark = Item, mark
		}
		w.item(child, mark)
	}
	w.depth--
	w.first = false
	w.flush()
}

// item reads one entry of a list, whose first block is marked even when an
// element inside opens it.
func (w *htmlWalk) item(node *html.Node, mark int) {
	from := len(w.blocks)
	w.children(node)
	w.flush()
	w.first = false
	w.reset()
	if from < len(w.blocks) && w.blocks[from].Kind == Item && w.blocks[from].Mark == 0 {
		w.blocks[from].Mark = mark
	}
}

// addLines adds the text of one block. A line of it that begins with a bullet
// is an item; other lines are joined.
func addLines(blocks []rawBlock, block rawBlock, text string) []rawBlock {
	open := false
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimSpace(clean(line)) // entities can stand for any character
		switch {
		case line == "":
		case bulletMark.MatchString(line+" ") && block.Kind != Heading:
			item := block
			item.Kind, item.Mark = Item, markOf(0, false)
			if item.Text = strings.TrimSpace(bulletMark.ReplaceAllString(line+" ", "")); item.Text != "" {
				blocks = append(blocks, item)
			}
			open = false
		case !open:
			block.Text = line
			blocks = append(blocks, block)
			open = true
		default:
			blocks[len(blocks)-1].Text += " " + line
		}
	}
	return blocks
}
