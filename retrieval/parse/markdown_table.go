package parse

import (
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// delimiterRow matches the line between the header of a table and its rows.
var delimiterRow = regexp.MustCompile(`^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$`)

// table reads a paragraph whose lines are a table, and text before it; false
// when they are none.
func (w *markdownWalk) table(node ast.Node, first bool) bool {
	lines := node.Lines()
	rows := make([]string, 0, lines.Len())
	for i := range lines.Len() {
		segment := lines.At(i)
		rows = append(rows, strings.TrimSpace(string(segment.Value(w.source))))
	}
	for i := 1; i < len(rows); i++ {
		if !strings.Contains(rows[i], "|") || !delimiterRow.MatchString(rows[i]) {
			continue
		}
		header := splitRow(rows[i-1])
		if len(header) != len(splitRow(rows[i])) {
			continue
		}
		if before := w.plain(strings.Join(rows[:i-1], "\n")); before != "" {
			block := rawBlock{Text: before, Kind: Paragraph, Fixed: true}
			if first {
				block.Kind, block.Mark = Item, listMark(node)
			}
			w.raw.Blocks = append(w.raw.Blocks, block)
		}
		w.tableRows(header, rows[i+1:])
		return true
	}
	return false
}

func (w *markdownWalk) tableRows(header, rows []string) {
	for i, name := range header {
		header[i] = w.plain(name)
	}
	for _, row := range rows {
		cells := splitRow(row)
		for i, cell := range cells {
			cells[i] = w.plain(cell)
		}
		w.raw.Blocks = append(w.raw.Blocks, tableRow(header, cells)...)
	}
}

// splitRow cuts a line at the bars that no backslash stands before.
func splitRow(line string) []string {
	line = strings.TrimPrefix(strings.TrimSpace(line), "|")
	var cells []string
	start := 0
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case '\\':
			i++
		case '|':
			cells = append(cells, strings.TrimSpace(line[start:i]))
			start = i + 1
		}
	}
	if last := strings.TrimSpace(line[start:]); last != "" {
		cells = append(cells, last)
	}
	return cells
}

// plain returns a piece of Markdown without its marks, in one line.
func (w *markdownWalk) plain(source string) string {
	if !strings.ContainsAny(source, "\\*_[`<&!\n") {
		return source
	}
	inner := &markdownWalk{source: []byte(source)}
	var out strings.Builder
	tree := goldmark.DefaultParser().Parse(text.NewReader(inner.source))
	for node := tree.FirstChild(); node != nil; node = node.NextSibling() {
		inner.inline(node, &out)
	}
	return strings.Join(strings.Fields(clean(out.String())), " ")
}
