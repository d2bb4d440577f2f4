package parse

import (
	"math"
	"slices"
	"strings"
	"unicode"

	"spsbot/retrieval/parse/pdftext"
)

// tableShape is the columns and the header of a table.
type tableShape struct {
	columns []pdftext.Cell // Text is the header
	headed  bool
}

// readTable reads a table at the beginning of lines and returns how many lines
// it took; 0 when there is none. A table is three rows, or two of three cells
// and more, whose cells stand in the same columns.
func (l *pdfLayout) readTable(lines []pdfLine) int {
	n := tableLines(lines)
	if n == 0 {
		return 0
	}
	rows := tableRows(lines[:n])
	bold := rows[0].Bold && !rows[len(rows)-1].Bold
	columns := columnsOf(rows)
	full := 0
	for _, row := range rows {
		if len(row.Cells) >= 2 {
			full++
		}
	}
	if len(columns) < 2 || full < 2 || full == 2 && len(columns) < 3 {
		return 0
	}
	cells := mergeRows(rows, columns, l.words)
	l.addTable(cells, columns, bold, lines[0].first)
	l.last, l.open = &lines[n-1], false
	return n
}

// tableLines counts the lines at the beginning that may be those of a table:
// with several cells, or narrow ones between them.
func tableLines(lines []pdfLine) int {
	last, narrow := 0, 0
	for i := range lines {
		line := &lines[i]
		if leaders.MatchString(line.Text) {
			break
		}
		if i > 0 && line.page != lines[0].page || i > 0 && line.Y > lines[i-1].Y+4*line.Size {
			break
		}
		if len(line.Cells) >= 2 && !bulletMark.MatchString(line.Cells[0].Text+" ") {
			last, narrow = i+1, 0
			continue
		}
		narrow++
		if narrow > 4 || len(line.Cells) > 1 || !besideTable(lines[:i], line) {
			break
		}
		if last > 0 && narrow == 1 && math.Abs(lines[i-1].Y-line.Y) < 1.6*line.Size && line.X0 > lines[0].X0+2*line.Size {
			last = i + 1 // a cell that goes on below its row
		}
	}
	return last
}

// besideTable reports whether a line with one cell may belong to a cell of a
// table: it is narrow, and stands under or over one of the cells seen so far.
func besideTable(before []pdfLine, line *pdfLine) bool {
	if line.X1-line.X0 > 0.5*(line.right-line.left) {
		return false
	}
	if len(before) == 0 {
		return line.X0 > line.left+2*line.Size
	}
	return before[len(before)-1].Y-line.Y < 2.2*line.Size
}

// tableRows sorts the lines of a table from above to below and joins those on
// one height.
func tableRows(lines []pdfLine) []pdftext.Line {
	rows := make([]pdftext.Line, 0, len(lines))
	for _, line := range lines {
		rows = append(rows, line.Line)
	}
	slices.SortStableFunc(rows, func(a, b pdftext.Line) int {
		switch {
		case a.Y > b.Y:
			return -1
		case a.Y < b.Y:
			return 1
		}
		return 0
	})
	var out []pdftext.Line
	for _, row := range rows {
		if last := len(out) - 1; last >= 0 && math.Abs(out[last].Y-row.Y) < 0.3*row.Size {
			out[last].Cells = append(slices.Clone(out[last].Cells), row.Cells...)
			slices.SortFunc(out[last].Cells, func(a, b pdftext.Cell) int { return int(math.Copysign(1, a.X0-b.X0)) })
			continue
		}
		out = append(out, row)
	}
	return out
}

// columnsOf returns the columns on which the rows with most cells agree; nil
// when they do not.
func columnsOf(rows []pdftext.Line) []pdftext.Cell {
	counts := map[int]int{}
	most := 0
	for _, row := range rows {
		if n := len(row.Cells); n >= 2 {
			counts[n]++
			if counts[n] > counts[most] || counts[n] == counts[most] && n > most {
				most = n
			}
		}
	}
	var columns []pdftext.Cell
	for _, row := range rows {
		if len(row.Cells) != most {
			continue
		}
		if columns == nil {
			columns = slices.Clone(row.Cells)
			continue
		}
		for i, cell := range row.Cells {
			columns[i].X0, columns[i].X1 = math.Min(columns[i].X0, cell.X0), math.Max(columns[i].X1, cell.X1)
		}
	}
	for i := range columns {
		columns[i].Text = ""
		if i > 0 && columns[i].X0 <= columns[i-1].X1 {
			return nil
		}
	}
	return columns
}

// mergeRows puts the cells into the columns, and what goes on in the next line
// back to its row: a line without a first cell belongs to the nearer row.
func mergeRows(rows []pdftext.Line, columns []pdftext.Cell, words map[string]bool) [][]string {
	var out [][]string
	var ys []float64
	var whole []bool
	for _, row := range rows {
		cells := make([]string, len(columns))
		for _, cell := range row.Cells {
			for _, part := range splitCell(cell, columns) {
				at := nearestColumn(part, columns)
				cells[at] = strings.TrimSpace(cells[at] + " " + part.Text)
			}
		}
		out, ys, whole = append(out, cells), append(ys, row.Y), append(whole, cells[0] != "")
	}
	var merged [][]string
	for i, cells := range out {
		up := i > 0 && len(merged) > 0
		down := i+1 < len(out)
		switch {
		case whole[i] || !up && !down:
			merged = append(merged, cells)
		case up && (!down || ys[i-1]-ys[i] <= 1.05*(ys[i]-ys[i+1])):
			joinCells(merged[len(merged)-1], cells, words, false)
		default:
			joinCells(out[i+1], cells, words, true)
			if !whole[i+1] {
				ys[i] = ys[i+1]
			}
		}
	}
	return merged
}

func joinCells(into, cells []string, words map[string]bool, before bool) {
	for i, cell := range cells {
		switch {
		case cell == "":
		case into[i] == "":
			into[i] = cell
		case before:
			into[i] = joinLines(cell, into[i], words)
		default:
			into[i] = joinLines(into[i], cell, words)
		}
	}
}

// splitCell parts a cell that reaches over several columns into its words.
func splitCell(cell pdftext.Cell, columns []pdftext.Cell) []pdftext.Cell {
	under := 0
	for _, column := range columns {
		if column.X0 < cell.X1 && column.X1 > cell.X0 {
			under++
		}
	}
	words := strings.Fields(cell.Text)
	if under < 2 || len(words) != len(cell.Starts) {
		return []pdftext.Cell{cell}
	}
	parts := make([]pdftext.Cell, len(words))
	for i, word := range words {
		until := cell.X1
		if i+1 < len(words) {
			until = cell.Starts[i+1]
		}
		parts[i] = pdftext.Cell{X0: cell.Starts[i], X1: (cell.Starts[i] + 2*until) / 3, Text: word}
	}
	return parts
}

func nearestColumn(cell pdftext.Cell, columns []pdftext.Cell) int {
	best, distance := 0, math.Inf(1)
	for i, column := range columns {
		apart := math.Max(column.X0-cell.X1, cell.X0-column.X1)
		if middle := math.Abs(cell.X0 + cell.X1 - column.X0 - column.X1); apart < 0 {
			apart = middle/1e4 - 1
		}
		if apart < distance {
			best, distance = i, apart
		}
	}
	return best
}

// addTable adds the rows as blocks. A table at the top of a column that repeats
// the header of the one before, or has its columns, goes on with it.
func (l *pdfLayout) addTable(rows [][]string, columns []pdftext.Cell, bold, first bool) {
	shape := &tableShape{columns: columns}
	goesOn := first && l.table != nil && len(l.table.columns) == len(columns)
	switch {
	case goesOn && sameHeader(l.table.columns, rows[0]):
		shape, rows = l.table, rows[1:]
	case isHeader(rows, bold):
		shape.headed = true
		for i := range columns {
			shape.columns[i].Text = rows[0][i]
		}
		rows = rows[1:]
	case goesOn && math.Abs(l.table.columns[0].X0-columns[0].X0) < 3:
		shape = l.table
	}
	l.table = shape
	header := make([]string, len(columns))
	for i, column := range shape.columns {
		header[i] = column.Text
	}
	for _, row := range rows {
		l.raw = append(l.raw, tableRow(header, row)...)
	}
}

func sameHeader(columns []pdftext.Cell, row []string) bool {
	for i, column := range columns {
		if column.Text != row[i] {
			return false
		}
	}
	return true
}

// isHeader reports whether the first row names the columns. A wrong name would
// make a row say what it does not, so there has to be a sign: it is bold and the
// others are not, or it has no figures and a column below has nothing else, or
// its names are shorter than what stands below them.
func isHeader(rows [][]string, bold bool) bool {
	if len(rows) < 2 {
		return false
	}
	figures, longer, named := false, 0, 0
	for column, name := range rows[0] {
		if isFigure(name) {
			return false
		}
		if name == "" {
			continue
		}
		named++
		count, words := 0, 0
		for _, row := range rows[1:] {
			words += countWords(row[column])
			if isFigure(row[column]) {
				count++
			}
		}
		figures = figures || 2*count > len(rows)-1
		if words > 2*countWords(name)*(len(rows)-1) && countWords(name) <= headerWords {
			longer++
		}
	}
	if named < len(rows[0])-1 || named == 0 {
		return false
	}
	return bold || figures || named > 2 && longer >= named-1
}

// headerWords is the length of the longest name of a column without other signs.
const headerWords = 4

// isFigure reports whether a cell begins with a number.
func isFigure(cell string) bool {
	first := strings.TrimLeft(cell, "(<>≥≤~±$€£− -")
	return first != "" && unicode.IsDigit(rune(first[0]))
}
