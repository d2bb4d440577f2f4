package parse

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"spsbot/retrieval/parse/pdftext"
)

// docxWalk gathers the blocks of a Word document.
type docxWalk struct {
	styles    map[string]docxStyle
	numbered  map[string]bool
	blocks    []rawBlock
	bold      []bool // by block: all of its letters are bold
	hidden    strings.Builder
	notes     int
	invisible int
	ground    string // of the cell that is being read
}

// body reads paragraphs and tables; content controls and the like are looked through.
func (w *docxWalk) body(e *element, inCell bool) {
	if e == nil {
		return
	}
	for _, child := range e.children {
		switch child.name {
		case "p":
			w.paragraph(child)
		case "tbl":
			w.table(child)
		case "del", "moveFrom", "sectPr", "tcPr", "Fallback":
		default:
			w.body(child, inCell)
		}
	}
}

func (w *docxWalk) add(block rawBlock, bold bool) {
	w.invisible += countHidden(block.Text)
	from := len(w.blocks)
	w.blocks = addLines(w.blocks, block, block.Text)
	for range len(w.blocks) - from {
		w.bold = append(w.bold, bold)
	}
}

// paragraph reads one paragraph, and the boxes that are tied to it.
func (w *docxWalk) paragraph(e *element) {
	properties := e.child("pPr")
	style := w.styles[properties.child("pStyle").attr("val")]
	run := &docxRuns{walk: w, bold: true}
	base := style.look
	if base.ground == "" {
		base.ground = w.ground
	}
	if fill := properties.child("shd").attr("fill"); fill != "" {
		base.ground = strings.ToLower(fill)
	}
	run.read(e, base)
	block := rawBlock{Text: run.text.String(), Kind: Paragraph, Fixed: true}
	list, depth := style.list, style.depth
	if own := properties.child("numPr"); own != nil {
		list = own.child("numId").attr("val")
		depth, _ = strconv.Atoi(own.child("ilvl").attr("val"))
	}
	level := style.level
	if outline, err := strconv.Atoi(properties.child("outlineLvl").attr("val")); err == nil && outline < 9 {
		level = outline + 1
	}
	switch {
	case level > 0:
		block.Kind, block.Level = Heading, min(level, 6)
		block.Text = strings.Join(strings.Fields(block.Text), " ")
	case list != "" && list != "0":
		block.Kind, block.Mark = Item, markOf(min(max(depth, 0), 9), w.numbered[list+"."+strconv.Itoa(depth)])
	}
	w.add(block, run.bold && strings.TrimSpace(block.Text) != "")
	for _, box := range run.boxes {
		w.body(box, false)
	}
}

// docxRuns gathers the text of the runs of one paragraph.
type docxRuns struct {
	walk  *docxWalk
	text  strings.Builder
	bold  bool // all letters so far are
	boxes []*element
	field int // open fields whose instruction is being read
}

func (r *docxRuns) read(e *element, look docxLook) {
	for _, child := range e.children {
		switch child.name {
		case "pPr", "rPr", "del", "moveFrom", "Fallback", "instrText", "delText":
		case "r":
			own := look
			if style, known := r.walk.styles[child.child("rPr", "rStyle").attr("val")]; known {
				own = own.with(style.look)
			}
			r.read(child, readDocxLook(child.child("rPr"), own))
		case "txbxContent":
			r.boxes = append(r.boxes, child)
		case "fldChar":
			r.fieldMark(child.attr("fldCharType"))
		default:
			if text, ok := r.piece(child); ok {
				r.write(text, look)
			} else {
				r.read(child, look)
			}
		}
	}
}

// fieldMark follows fields: what stands before "separate" is an instruction.
func (r *docxRuns) fieldMark(kind string) {
	switch kind {
	case "begin":
		r.field++
	case "separate", "end":
		r.field = max(0, r.field-1)
	}
}

// piece returns the text that an element of a run stands for.
func (r *docxRuns) piece(e *element) (string, bool) {
	switch e.name {
	case "t":
		return e.text, true
	case "tab", "ptab":
		return " ", true
	case "br", "cr":
		return "\n", true
	case "noBreakHyphen":
		return "-", true
	case "softHyphen":
		return "", true
	case "footnoteReference", "endnoteReference":
		r.walk.notes++
		return "", true
	case "sym":
		code, err := strconv.ParseInt(e.attr("char"), 16, 32)
		if err != nil || code >= 0xe000 && code < 0xf900 || !utf8.ValidRune(rune(code)) {
			return "•", true // a letter of a font of pictures
		}
		return string(rune(code)), true
	}
	return "", false
}

func (r *docxRuns) write(text string, look docxLook) {
	switch {
	case r.field > 0:
	case !look.seen():
		r.walk.hidden.WriteString(text)
	case look.raised:
		r.text.WriteString(pdftext.Superscript(text))
	default:
		r.text.WriteString(text)
		r.bold = r.bold && (look.bold || strings.TrimSpace(text) == "")
	}
}

// table reads a table. One with a single row or column only frames its text.
func (w *docxWalk) table(e *element) {
	var rows [][]string
	headers, columns := 0, 0
	bold := true
	holds := false
	for _, row := range docxRows(e) {
		cells, allBold, more := w.cells(row, rows)
		holds = holds || more
		columns = max(columns, len(cells))
		flag := row.child("trPr", "tblHeader")
		if value := flag.attr("val"); flag != nil && value != "0" && value != "false" && headers == len(rows) {
			headers++
		}
		if len(rows) == 0 {
			bold = allBold
		} else if allBold {
			bold = false // then it does not tell the first row from the others
		}
		rows = append(rows, cells)
	}
	if len(rows) < 2 || columns < 2 || holds {
		for _, row := range docxRows(e) {
			for _, cell := range row.children {
				w.cellBody(cell)
			}
		}
		return
	}
	for i := range rows {
		rows[i] = append(rows[i], make([]string, columns-len(rows[i]))...)
	}
	if headers == 0 && isHeader(rows, bold) {
		headers = 1
	}
	header := make([]string, columns)
	for _, row := range rows[:min(headers, len(rows)-1)] {
		for i, name := range row {
			if header[i] != name {
				header[i] = strings.TrimSpace(header[i] + " " + name)
			}
		}
	}
	for _, row := range rows[min(headers, len(rows)-1):] {
		w.blocks = append(w.blocks, tableRow(header, row)...)
		for len(w.bold) < len(w.blocks) {
			w.bold = append(w.bold, false)
		}
	}
}

// docxRows returns the rows of a table, those inside content controls included.
func docxRows(table *element) []*element {
	var rows []*element
	for _, child := range table.children {
		switch child.name {
		case "tr":
			rows = append(rows, child)
		case "sdt", "sdtContent", "ins", "customXml":
			rows = append(rows, docxRows(child)...)
		}
	}
	return rows
}

func (w *docxWalk) cellBody(cell *element) {
	if cell.name != "tc" && cell.name != "sdt" && cell.name != "sdtContent" {
		return
	}
	before := w.ground
	if fill := cell.child("tcPr", "shd").attr("fill"); fill != "" {
		w.ground = strings.ToLower(fill)
	}
	w.body(cell, true)
	w.ground = before
}

// cells returns the texts of a row over its columns, whether all are bold, and
// whether a cell holds more than a text.
func (w *docxWalk) cells(row *element, above [][]string) (cells []string, bold, holds bool) {
	bold = true
	for _, cell := range row.children {
		if cell.name != "tc" || len(cells) >= maxColumns {
			continue
		}
		inner := &docxWalk{styles: w.styles, numbered: w.numbered, ground: w.ground}
		inner.cellBody(cell)
		texts := make([]string, len(inner.blocks))
		for i, block := range inner.blocks {
			texts[i] = block.Text
		}
		holds = holds || len(texts) > 3 || slices.ContainsFunc(inner.blocks, func(b rawBlock) bool { return b.Kind == Heading || b.Row })
		bold = bold && !slices.Contains(inner.bold, false)
		w.hidden.WriteString(inner.hidden.String())
		w.notes += inner.notes
		text := strings.Join(texts, " ")
		if merge := cell.child("tcPr", "vMerge"); merge != nil && merge.attr("val") != "restart" && len(above) > 0 && len(cells) < len(above[len(above)-1]) {
			text = above[len(above)-1][len(cells)]
		}
		width, _ := strconv.Atoi(cell.child("tcPr", "gridSpan").attr("val"))
		cells = append(cells, text)
		for range min(max(width, 1), maxColumns) - 1 {
			if len(above) > 0 {
				text = "" // only the name of several columns holds for each
			}
			cells = append(cells, text)
		}
	}
	return cells, bold, holds
}
