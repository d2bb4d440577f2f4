package parse

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"spsbot/retrieval/parse/pdftext"
)

// pdfLine is a line with its place in the flow of the text.
type pdfLine struct {
	pdftext.Line
	page        int
	left, right float64 // the edges of its column
	first       bool    // it opens a column
}

// pdfLayout puts the lines of pages together to blocks.
type pdfLayout struct {
	pages  []pdfPage
	body   float64 // the size of running text, in points
	bold   bool    // running text is bold
	leads  float64 // the usual distance of lines, in parts of their size
	levels map[float64]int
	words  map[string]bool // the words that stand inside lines, for broken ones

	raw   []rawBlock
	last  *pdfLine    // the last line of the open block
	open  bool        // the last block may go on
	start float64     // where the text of the open item begins
	style pdfStyle    // that of the open heading
	table *tableShape // the last table, which may go on
}

type pdfPage struct {
	height float64
	lines  []pdftext.Line
}

// pdfStyle is how a heading looks.
type pdfStyle struct {
	size float64
	bold bool
}

func (l *pdfLayout) add(page *pdftext.Page) {
	l.pages = append(l.pages, pdfPage{height: page.Height, lines: page.Lines})
}

// blocks returns the blocks of all pages.
func (l *pdfLayout) blocks() []rawBlock {
	dropRunningHeads(l.pages)
	lines := l.flow()
	l.measure(lines)
	l.edges(lines)
	for i := 0; i < len(lines); {
		if n := l.readTable(lines[i:]); n > 0 {
			i += n
			continue
		}
		l.line(&lines[i])
		i++
	}
	return l.finish()
}

// flow returns the lines of all pages with their columns. A column ends where
// the next line stands higher, or beside it.
func (l *pdfLayout) flow() []pdfLine {
	var lines []pdfLine
	for number, page := range l.pages {
		for start := 0; start < len(page.lines); {
			end := start + 1
			left, right := page.lines[start].X0, page.lines[start].X1
			for end < len(page.lines) && page.lines[end].Y < page.lines[end-1].Y+2*page.lines[end].Size && page.lines[end].X0 < right && page.lines[end].X1 > left {
				left, right = math.Min(left, page.lines[end].X0), math.Max(right, page.lines[end].X1)
				end++
			}
			for i := start; i < end; i++ {
				lines = append(lines, pdfLine{Line: page.lines[i], page: number, left: left, right: right, first: i == start})
			}
			start = end
		}
	}
	return lines
}

// edges finds where the running text of each column begins and ends: larger or
// smaller lines and the few widest do not count.
func (l *pdfLayout) edges(lines []pdfLine) {
	for start := 0; start < len(lines); {
		end := start + 1
		for end < len(lines) && !lines[end].first {
			end++
		}
		var lefts, rights []float64
		for _, line := range lines[start:end] {
			if roundSize(line.Size) == l.body {
				lefts, rights = append(lefts, line.X0), append(rights, line.X1)
			}
		}
		if len(lefts) > 2 {
			slices.Sort(lefts)
			slices.Sort(rights)
			for i := start; i < end; i++ {
				lines[i].left, lines[i].right = lefts[len(lefts)/10], rights[len(rights)-1-len(rights)/10]
			}
		}
		start = end
	}
}

// measure finds the size of running text, the distance of its lines, the levels
// of headings and the words inside lines.
func (l *pdfLayout) measure(lines []pdfLine) {
	letters, bold := map[float64]int{}, map[float64]int{}
	l.words = map[string]bool{}
	for _, line := range lines {
		size := roundSize(line.Size)
		letters[size] += len(line.Text)
		if line.Bold {
			bold[size] += len(line.Text)
		}
		words := strings.Fields(line.Text)
		for i, word := range words {
			if i+1 < len(words) {
				addWord(l.words, word)
			}
		}
	}
	for size, count := range letters {
		if count > letters[l.body] || count == letters[l.body] && size < l.body {
			l.body = size
		}
	}
	l.bold = 2*bold[l.body] > letters[l.body]
	var gaps []float64
	for i := 1; i < len(lines); i++ {
		gap := (lines[i-1].Y - lines[i].Y) / l.body
		if !lines[i].first && roundSize(lines[i].Size) == l.body && roundSize(lines[i-1].Size) == l.body && gap > 0.8 && gap < 2.5 {
			gaps = append(gaps, gap)
		}
	}
	l.leads = 1.25
	if len(gaps) > 0 {
		slices.Sort(gaps)
		l.leads = gaps[len(gaps)/3]
	}
	l.measureHeadings(lines)
}

// measureHeadings gives the sizes of headings their levels, the largest first.
// Bold headings in the size of the text stand below all of them.
func (l *pdfLayout) measureHeadings(lines []pdfLine) {
	counts := map[float64]int{}
	var sizes []float64
	for i := range lines {
		if style, ok := l.headingStyle(lines, i); ok {
			if counts[style.size] == 0 {
				sizes = append(sizes, style.size)
			}
			counts[style.size]++
		}
	}
	slices.Sort(sizes)
	slices.Reverse(sizes)
	l.levels = map[float64]int{}
	level := 1
	if len(sizes) > 0 && counts[sizes[0]] > 3 {
		level = 2 // no title: the largest are those of chapters
	}
	for _, size := range sizes {
		l.levels[size] = min(level, 6)
		level++
	}
}

func roundSize(size float64) float64 { return math.Round(size*2) / 2 }

// headingStyle reports whether a line looks like a heading: larger than the text,
// or bold and apart from it.
func (l *pdfLayout) headingStyle(lines []pdfLine, i int) (pdfStyle, bool) {
	line := &lines[i]
	style := pdfStyle{size: roundSize(line.Size), bold: line.Bold}
	if countWords(line.Text) > questionWords || !strings.ContainsFunc(line.Text, unicode.IsLetter) {
		return style, false
	}
	if line.Size > 1.08*l.body {
		return style, true
	}
	if !line.Bold || l.bold || len(line.Cells) > 1 || line.Size < 0.8*l.body || countWords(line.Text) > headingWords {
		return style, false
	}
	if bulletMark.MatchString(line.Text) && !numberedHeading.MatchString(line.Text) || endsSentence(line.Text) && !strings.HasSuffix(line.Text, "?") {
		return style, false
	}
	apart := line.first || i == 0 || lines[i-1].Y-line.Y > 1.25*l.leads*l.body || lines[i-1].Bold
	if i+1 < len(lines) && !lines[i+1].first && lines[i+1].Bold && lines[i+1].Size < 0.95*line.Size {
		apart = false
	}
	style.size = math.Min(style.size, l.body)
	return style, apart
}

// numberedHeading matches "2 Methods", "3.1 Results", which are no list items.
var numberedHeading = regexp.MustCompile(`^\d{1,2}(?:\.\d{1,2})*\.?\s+\p{Lu}`)

// line adds one line to the open block or begins another.
func (l *pdfLayout) line(line *pdfLine) {
	defer func() { l.last = line }()
	if leaders.MatchString(line.Text) {
		l.open = false // a line of a table of contents
		return
	}
	pair := []pdfLine{*line}
	if l.last != nil {
		pair = []pdfLine{*l.last, *line}
	}
	if style, ok := l.headingStyle(pair, len(pair)-1); ok {
		l.heading(line, style)
		return
	}
	match := bulletMark.FindString(line.Text + " ")
	switch {
	case match != "":
		l.item(line, match)
	case l.goesOn(line):
		l.append(line.Text)
	default:
		l.raw = append(l.raw, rawBlock{Text: line.Text, Kind: Paragraph, Fixed: len(l.levels) > 0})
		l.open, l.start = true, line.X0
	}
}

// leaders matches a line of a table of contents.
var leaders = regexp.MustCompile(`(?:\.\s?){5,}\s*\d{1,4}$`)

func (l *pdfLayout) heading(line *pdfLine, style pdfStyle) {
	last := len(l.raw) - 1
	if l.last != nil && last >= 0 && l.raw[last].Kind == Heading && l.style == style && !line.first && l.last.Y-line.Y < 1.7*line.Size {
		l.append(line.Text)
		return
	}
	level := l.levels[style.size]
	if level == 0 {
		level = textHeading
	}
	l.raw = append(l.raw, rawBlock{Text: line.Text, Kind: Heading, Level: level, Fixed: true})
	l.style, l.open = style, false
}

// item begins a list item. How far it is indented tells lists from those inside them.
func (l *pdfLayout) item(line *pdfLine, mark string) {
	text := strings.TrimSpace((line.Text + " ")[len(mark):])
	depth := min(max(int(math.Round((line.X0-line.left)/(1.5*line.Size))), 0), 9)
	first, _ := utf8.DecodeRuneInString(strings.TrimSpace(mark))
	l.raw = append(l.raw, rawBlock{Text: text, Kind: Item, Fixed: true, Mark: markOf(depth, unicode.IsDigit(first))})
	l.open, l.start = true, line.X0+0.4*line.Size
	if len(line.Cells) > 1 && line.Cells[0].Text == strings.TrimSpace(mark) {
		l.start = math.Max(l.start, line.Cells[1].X0-0.4*line.Size)
	}
}

// goesOn reports whether a line goes on with the open block.
func (l *pdfLayout) goesOn(line *pdfLine) bool {
	if !l.open || l.last == nil || len(l.raw) == 0 {
		return false
	}
	block := &l.raw[len(l.raw)-1]
	last := l.last
	sameSize := math.Abs(last.Size-line.Size) < 0.08*line.Size
	if block.Kind == Heading || !sameSize {
		return false
	}
	if line.first { // the next column or page
		return !endsSentence(block.Text) && !strings.HasSuffix(block.Text, ":") && line.Size > 0.9*l.body
	}
	if last.Y-line.Y > 1.3*math.Max(l.leads, 1)*line.Size {
		return false
	}
	ended := endsSentence(last.Text) || strings.HasSuffix(last.Text, ":")
	short := last.X1 < last.right-0.2*(last.right-last.left)
	if block.Kind == Item {
		return line.X0 >= l.start || !ended && !short
	}
	indented := line.X0 > line.left+0.7*line.Size && last.X0 < line.X0-0.7*line.Size
	return !ended || !indented && !short
}

// append adds a line to the last block, and mends a word that was broken at its end.
func (l *pdfLayout) append(text string) {
	block := &l.raw[len(l.raw)-1]
	block.Text = joinLines(block.Text, text, l.words)
}

// finish drops soft hyphens and what holds no letters or digits.
func (l *pdfLayout) finish() []rawBlock {
	var out []rawBlock
	for _, block := range l.raw {
		block.Text = strings.TrimSpace(clean(block.Text))
		if block.Text != "" && !isRule(block.Text) {
			out = append(out, block)
		}
	}
	return out
}
