package parse

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"spsbot/retrieval/parse/pdftext"
)

// Limits on a table.
const (
	maxColumns = 64
	maxSpan    = 200
)

// htmlCell is one cell of a table, spread over the places that it covers.
type htmlCell struct {
	text   string
	header bool
	down   int // rows below that it covers, too
}

// table reads a table: row by row where it holds data, as a flow of text where
// it only lays out the page.
func (w *htmlWalk) table(node *html.Node) {
	w.flush()
	rows, headers, layout := tableCells(node)
	for child := node.FirstChild; child != nil; child = child.NextSibling {
		if child.Type == html.ElementNode && child.Data == "caption" {
			w.children(child)
			w.flush()
		}
	}
	if layout {
		for child := node.FirstChild; child != nil; child = child.NextSibling {
			if child.Data != "caption" {
				w.layout(child)
			}
		}
		w.flush()
		return
	}
	header := headerNames(rows[:headers])
	for _, row := range rows[headers:] {
		cells := make([]string, len(row))
		for i, cell := range row {
			cells[i] = cell.text
		}
		if headers == 0 && len(row) > 1 && row[0].header && cells[0] != "" { // the names stand before their rows
			cells[0] = strings.TrimSuffix(cells[0], ":") + ": " + cells[1]
			cells = append(cells[:1], cells[2:]...)
		}
		w.blocks = append(w.blocks, tableRow(header, cells)...)
	}
}

// layout reads the cells of a table that holds no data, each as text of its own.
func (w *htmlWalk) layout(node *html.Node) {
	if node.Type != html.ElementNode {
		return
	}
	switch node.Data {
	case "tbody", "thead", "tfoot", "tr":
		for child := node.FirstChild; child != nil; child = child.NextSibling {
			w.layout(child)
		}
	default:
		w.flush()
		w.children(node)
		w.flush()
	}
}

// tableCells returns the rows of a table, how many of them are headers, and
// whether it rather lays out the page: it has one row or one column, or its
// cells hold headings, lists, tables or several paragraphs.
func tableCells(table *html.Node) (rows [][]htmlCell, headers int, layout bool) {
	widest := 0
	var above []htmlCell
	for _, tr := range tableRowNodes(table) {
		row, holds := rowCells(tr, above)
		layout = layout || holds
		above = row
		widest = max(widest, len(row))
		if len(row) == 0 {
			continue
		}
		if headers == len(rows) && isHeaderRow(tr, row) {
			headers++
		}
		rows = append(rows, row)
	}
	if headers == len(rows) {
		headers = 0
	}
	return rows, headers, layout || widest < 2 || len(rows) < 2
}

// tableRowNodes returns the rows of a table, without those of tables inside.
func tableRowNodes(table *html.Node) []*html.Node {
	var rows []*html.Node
	for part := table.FirstChild; part != nil; part = part.NextSibling {
		if part.Type != html.ElementNode {
			continue
		}
		if part.Data == "tr" {
			rows = append(rows, part)
			continue
		}
		for row := part.FirstChild; row != nil; row = row.NextSibling {
			if row.Type == html.ElementNode && row.Data == "tr" {
				rows = append(rows, row)
			}
		}
	}
	return rows
}

func isHeaderRow(tr *html.Node, row []htmlCell) bool {
	if tr.Parent.Data == "thead" {
		return true
	}
	for _, cell := range row {
		if !cell.header && cell.text != "" {
			return false
		}
	}
	return true
}

// rowCells returns the cells of a row, those that reach into it from above
// included, and whether one holds more than a text.
func rowCells(tr *html.Node, above []htmlCell) (row []htmlCell, holds bool) {
	fromAbove := func() {
		for len(row) < len(above) && above[len(row)].down > 0 {
			cell := above[len(row)]
			cell.down--
			row = append(row, cell)
		}
	}
	for node := tr.FirstChild; node != nil && len(row) < maxColumns; node = node.NextSibling {
		if node.Type != html.ElementNode || node.Data != "td" && node.Data != "th" {
			continue
		}
		fromAbove()
		holds = holds || holdsBlocks(node)
		cell := htmlCell{text: cellText(node), header: node.Data == "th", down: span(node, "rowspan") - 1}
		for range min(span(node, "colspan"), maxColumns-len(row)) {
			row = append(row, cell)
			if !cell.header {
				cell.text = "" // a value is said once; the name of several columns holds for each
			}
		}
	}
	fromAbove()
	return row, holds
}

func span(node *html.Node, name string) int {
	n, err := strconv.Atoi(attribute(node, name))
	if err != nil || n < 1 {
		return 1
	}
	return min(n, maxSpan)
}

// cellText returns the text of a cell, with raised digits raised.
func cellText(cell *html.Node) string {
	var out strings.Builder
	for node := range cell.Descendants() {
		if node.Type != html.TextNode {
			if node.Data == "br" || isBlockTag(node.Data) {
				out.WriteByte(' ')
			}
			continue
		}
		if node.Parent.Data == "sup" {
			out.WriteString(pdftext.Superscript(node.Data))
		} else {
			out.WriteString(node.Data)
		}
	}
	return strings.Join(strings.Fields(out.String()), " ")
}

// holdsBlocks reports whether a cell holds headings, lists, tables or several paragraphs.
func holdsBlocks(cell *html.Node) bool {
	paragraphs := 0
	for node := range cell.Descendants() {
		switch node.Data {
		case "table", "h1", "h2", "h3", "h4", "ul", "ol", "article", "section":
			return node.Type == html.ElementNode
		case "p":
			paragraphs++
		}
	}
	return paragraphs > 1
}

// headerNames joins the names in the header rows, column by column.
func headerNames(rows [][]htmlCell) []string {
	var names []string
	for _, row := range rows {
		for i, cell := range row {
			if i >= len(names) {
				names = append(names, "")
			}
			if cell.text != names[i] {
				names[i] = strings.TrimSpace(names[i] + " " + cell.text)
			}
		}
	}
	return names
}
