package pdftext

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Gaps between letters, in parts of their size.
const (
	wordGap  = 0.18 // from here on there is a space
	spaceGap = 0.04 // from here on a space that the file has is one
	cellGap  = 0.8  // from here on the next letter may belong to another cell or column
)

// Cell is a stretch of a line without a wide gap.
type Cell struct {
	X0, X1 float64
	Text   string
	// Starts are the left edges of the words of Text.
	Starts []float64
}

// Line is one line of a page as a reader sees it.
type Line struct {
	// X0 and X1 are its ends, Y its baseline, in points from the lower left corner.
	X0, X1, Y float64
	// Size is the size of most of its letters, in points.
	Size float64
	// Bold says that most of its letters are bold.
	Bold bool
	// Text is the text of its cells with single spaces between them.
	Text string
	// Cells are its parts between wide gaps.
	Cells []Cell
	// shape says that it is a small shape and nothing else.
	shape bool
}

// bullet is the mark of a list item.
const bullet = "•"

// linesOf puts glyphs together to lines, in the order in which the page draws
// them: that is how programs write columns, one after the other.
func linesOf(glyphs []glyph) []Line {
	var lines []Line
	for start := 0; start < len(glyphs); {
		end := start + 1
		for end < len(glyphs) && continues(glyphs[start:end], glyphs[end]) {
			end++
		}
		if line, ok := newLine(glyphs[start:end]); ok {
			lines = append(lines, line)
		}
		start = end
	}
	return slices.DeleteFunc(joinPieces(lines), func(l Line) bool { return l.shape })
}

// continues reports whether a glyph stands on the line of those before it.
func continues(line []glyph, next glyph) bool {
	last := line[len(line)-1]
	first := line[0]
	size := math.Max(math.Max(last.size, next.size), first.size)
	if math.Abs(next.y-first.y) > 0.5*size {
		return false
	}
	if math.Abs(next.y-first.y) > 0.12*size && next.size > 0.9*first.size && last.size > 0.9*first.size {
		return false // neither raised nor lowered, but the next line in small print
	}
	return next.x0 > last.x1-0.6*size
}

// newLine writes the text of glyphs on one line; false when they are only space.
func newLine(glyphs []glyph) (Line, bool) {
	size, bold := ordinary(glyphs)
	line := Line{X0: glyphs[0].x0, Size: size, Bold: bold, Y: glyphs[0].y}
	var cell strings.Builder
	var from, until float64
	var starts []float64
	flush := func() {
		if text := strings.TrimSpace(cell.String()); text != "" {
			line.Cells = append(line.Cells, Cell{X0: from, X1: until, Text: text, Starts: starts})
		}
		cell.Reset()
		starts = nil
	}
	seen, space := false, false
	for i, g := range glyphs {
		if strings.TrimSpace(g.text) == "" {
			space = true // whether it is one shows in the gap: some programs write a break that was not taken as one
			continue
		}
		switch gap := g.x0 - until; {
		case seen && gap > cellGap*size:
			flush()
		case seen && (gap > wordGap*size || space && gap > spaceGap*size):
			cell.WriteByte(' ')
		}
		if cell.Len() == 0 {
			from = g.x0
		}
		if cell.Len() == 0 || strings.HasSuffix(cell.String(), " ") {
			starts = append(starts, g.x0)
		}
		if math.Abs(g.size-size) < 0.1*size {
			line.Y = g.y
		}
		text := raised(mark(glyphs, i), size, line.Y, cell.Len() > 0)
		cell.WriteString(strings.TrimSpace(text))
		until, seen, space = g.x1, true, strings.HasSuffix(text, " ")
	}
	flush()
	if len(line.Cells) == 0 {
		return line, false
	}
	line.shape = len(glyphs) == 1 && glyphs[0].shape
	line.X0, line.X1 = line.Cells[0].X0, line.Cells[len(line.Cells)-1].X1
	line.Text = cellText(line.Cells)
	return line, true
}

// mark returns a glyph; one at the beginning of a line that its file does not
// name and that stands apart is the mark of a list item.
func mark(glyphs []glyph, i int) glyph {
	g := glyphs[i]
	r, _ := utf8.DecodeRuneInString(g.text)
	if i == 0 && len(glyphs) > 1 && (r == utf8.RuneError || unicode.Is(unicode.Co, r)) {
		if next := glyphs[1]; strings.TrimSpace(next.text) == "" || next.x0-g.x1 > wordGap*g.size {
			g.text = bullet
		}
	}
	return g
}

func cellText(cells []Cell) string {
	texts := make([]string, len(cells))
	for i, cell := range cells {
		texts[i] = cell.Text
	}
	return strings.Join(texts, " ")
}

// raised writes a small raised digit as such, so that the number of a note does
// not become part of a figure.
func raised(g glyph, size, y float64, inside bool) string {
	if !inside || g.size > 0.85*size || g.y < y+0.15*size || len(g.text) != 1 {
		return g.text
	}
	return Superscript(g.text)
}

// Superscript writes digits as raised ones.
func Superscript(text string) string {
	digits := [...]rune{'⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'}
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return digits[r-'0']
		}
		return r
	}, text)
}

// ordinary returns the size and weight of most letters.
func ordinary(glyphs []glyph) (float64, bool) {
	counts := map[float64]int{}
	bold, all := 0, 0
	best := glyphs[0].size
	for _, g := range glyphs {
		if strings.TrimSpace(g.text) == "" {
			continue
		}
		count := utf8.RuneCountInString(g.text)
		key := math.Round(g.size*10) / 10
		counts[key] += count
		if counts[key] > counts[math.Round(best*10)/10] {
			best = g.size
		}
		all += count
		if g.bold {
			bold += count
		}
	}
	return best, 2*bold > all
}

// joinPieces joins lines that the page drew in several goes: a list mark and its
// text, the cells of a row.
func joinPieces(lines []Line) []Line {
	var out []Line
	for _, line := range lines {
		if last := len(out) - 1; last >= 0 {
			before := &out[last]
			size := math.Max(before.Size, line.Size)
			if math.Abs(before.Y-line.Y) < 0.25*size && line.X0 > before.X1-0.3*size {
				before.join(line)
				continue
			}
		}
		out = append(out, line)
	}
	return out
}

func (l *Line) join(next Line) {
	if next.X0-l.X1 <= cellGap*math.Max(l.Size, next.Size) {
		last := &l.Cells[len(l.Cells)-1]
		starts := next.Cells[0].Starts
		if next.X0-l.X1 > wordGap*l.Size {
			last.Text += " "
		} else if len(starts) > 0 {
			starts = starts[1:]
		}
		last.Starts = append(last.Starts, starts...)
		last.Text += next.Cells[0].Text
		last.X1 = next.Cells[0].X1
		next.Cells = next.Cells[1:]
	}
	l.Cells = append(l.Cells, next.Cells...)
	l.X1 = next.X1
	if utf8.RuneCountInString(next.Text) > utf8.RuneCountInString(l.Text) {
		l.Size, l.Bold, l.Y = next.Size, next.Bold, next.Y
	}
	l.Text = cellText(l.Cells)
	l.shape = l.shape && next.shape
}

// Limits for telling two columns that were drawn line by line from a table.
const (
	columnLines = 8
	columnWords = 3
)

// splitColumns puts lines that run across two columns into the order of reading.
func splitColumns(lines []Line) []Line {
	low, high, count, words := math.Inf(-1), math.Inf(1), 0, 0
	for _, line := range lines {
		if len(line.Cells) != 2 {
			continue
		}
		from, until := math.Max(low, line.Cells[0].X1), math.Min(high, line.Cells[1].X0)
		if until-from < 0.5*line.Size {
			continue
		}
		low, high = from, until
		count++
		words += len(strings.Fields(line.Text))
	}
	if count < columnLines || words < 2*columnWords*count || 2*count < len(lines) {
		return lines
	}
	middle := (low + high) / 2
	var out, right []Line
	for _, line := range lines {
		switch {
		case len(line.Cells) == 2 && line.Cells[0].X1 < middle && line.Cells[1].X0 > middle:
			out = append(out, line.only(0))
			right = append(right, line.only(1))
		case line.X0 > middle:
			right = append(right, line)
		case line.X1 > middle: // across both columns: what stands above it comes first
			out = append(append(out, right...), line)
			right = nil
		default:
			out = append(out, line)
		}
	}
	return append(out, right...)
}

func (l Line) only(cell int) Line {
	l.Cells = l.Cells[cell : cell+1]
	l.X0, l.X1, l.Text = l.Cells[0].X0, l.Cells[0].X1, l.Cells[0].Text
	return l
}

// letters counts letters and digits, and those of them that are unknown.
func letters(lines []Line) (all, unknown int) {
	for _, line := range lines {
		for _, r := range line.Text {
			switch {
			case r == utf8.RuneError || unicode.Is(unicode.Co, r):
				unknown++
				all++
			case unicode.IsLetter(r) || unicode.IsDigit(r):
				all++
			}
		}
	}
	return all, unknown
}

// visible parts the glyphs that a reader sees from those that are hidden. Where
// a page shows a picture and all of its letters are ghosts, somebody had the
// letters of the picture recognised: then they are what a reader sees.
func visible(glyphs []glyph, images int) (seen []glyph, hidden string, recognised bool) {
	solid := slices.ContainsFunc(glyphs, func(g glyph) bool { return !g.ghost && !g.hidden && strings.TrimSpace(g.text) != "" })
	recognised = !solid && images > 0
	var out strings.Builder
	for _, g := range glyphs {
		if g.hidden || g.ghost && !recognised {
			out.WriteString(g.text)
			continue
		}
		seen = append(seen, g)
	}
	return seen, strings.Join(strings.Fields(out.String()), " "), recognised && len(seen) > 0
}
