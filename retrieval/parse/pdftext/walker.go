package pdftext

import (
	"math"
	"slices"
	"unicode/utf8"

	"github.com/ledongthuc/pdf"
)

// Limits on one page: more than any page that people read, so that a hostile
// one ends.
const (
	pageOperators = 2 << 20
	pageGlyphs    = 200_000
	formDepth     = 12
	pageForms     = 20_000
	stackDepth    = 512
	pageContent   = 64 << 20 // bytes, after unpacking
	pageShapes    = 20_000
)

// smallest is the size of letters below which nobody can read them, in points.
const smallest = 1.5

// white is the lightness from which on a colour cannot be told from paper.
const white = 0.93

// matrix is a transformation of the plane: a b c d e f, as PDF writes it.
type matrix [6]float64

// then returns the transformation that first does m, then after.
func (m matrix) then(after matrix) matrix {
	return matrix{
		m[0]*after[0] + m[1]*after[2], m[0]*after[1] + m[1]*after[3],
		m[2]*after[0] + m[3]*after[2], m[2]*after[1] + m[3]*after[3],
		m[4]*after[0] + m[5]*after[2] + after[4], m[4]*after[1] + m[5]*after[3] + after[5],
	}
}

func (m matrix) apply(x, y float64) (float64, float64) {
	return x*m[0] + y*m[2] + m[4], x*m[1] + y*m[3] + m[5]
}

func identity() matrix { return matrix{1, 0, 0, 1, 0, 0} }

// glyph is one letter on the page, or the few that one code stands for.
type glyph struct {
	text   string
	x0, x1 float64 // from the left edge
	y      float64 // the baseline, from the lower edge
	size   float64 // in points
	bold   bool
	hidden bool // nobody can see it
	ghost  bool // drawn invisibly, as programs do that recognise letters in pictures
	shape  bool // a small shape, which is the mark of a list item if text follows
}

// rectangle is a place on the page.
type rectangle struct{ x0, y0, x1, y1 float64 }

func (r rectangle) holds(x, y float64) bool {
	return x >= r.x0-1 && x <= r.x1+1 && y >= r.y0-1 && y <= r.y1+1
}

func (r *rectangle) include(x, y float64) {
	r.x0, r.x1 = math.Min(r.x0, x), math.Max(r.x1, x)
	r.y0, r.y1 = math.Min(r.y0, y), math.Max(r.y1, y)
}

// state is the graphics state, as far as text needs it.
type state struct {
	ctm                                  matrix
	charSpace, wordSpace, scale, leading float64
	rise, size                           float64
	font                                 *font
	mode                                 int
	light                                bool // the colour of letters cannot be told from paper
	clear                                bool // letters are drawn with no opacity
}

// walker interprets the content of one page.
type walker struct {
	fonts     map[string]*font // of the whole file
	page      rectangle
	glyphs    []glyph
	sideways  int // letters that do not stand upright
	dark      []rectangle
	images    int
	operators int

	state
	saved      []state
	text, line matrix
	path       rectangle
	drawn      bool   // path holds something
	artifacts  int    // open marks of running heads, page numbers and ornaments
	marks      []bool // the open marks: whether each is an artifact
	resources  pdf.Value
	depth      int
	forms      int      // drawn so far
	drawing    []string // the forms that are being drawn, one inside the other
}

func newWalker(fonts map[string]*font, page rectangle, turned int) *walker {
	w := &walker{fonts: fonts, page: page}
	w.ctm = matrix{1, 0, 0, 1, -page.x0, -page.y0}
	width, height := page.x1-page.x0, page.y1-page.y0
	switch ((turned % 360) + 360) % 360 {
	case 90:
		w.ctm = w.ctm.then(matrix{0, -1, 1, 0, 0, width})
		width, height = height, width
	case 180:
		w.ctm = w.ctm.then(matrix{-1, 0, 0, -1, width, height})
	case 270:
		w.ctm = w.ctm.then(matrix{0, 1, -1, 0, height, 0})
		width, height = height, width
	}
	w.page = rectangle{0, 0, width, height}
	w.scale = 1
	w.path = emptyPath()
	return w
}

func emptyPath() rectangle {
	return rectangle{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
}

// run interprets content with its resources.
func (w *walker) run(content []byte, resources pdf.Value) {
	before := w.resources
	w.resources = resources
	t := &tokenizer{data: content}
	var arguments []token
	for w.operators < pageOperators && len(w.glyphs) < pageGlyphs {
		next := t.next()
		switch next.kind {
		case tokenEnd:
			w.resources = before
			return
		case tokenOperator:
			w.operators++
			if next.text == "ID" {
				t.skipImage()
				w.images++
			} else {
				w.operator(next.text, arguments)
			}
			arguments = arguments[:0]
		default:
			if len(arguments) < 1<<16 {
				arguments = append(arguments, next)
			}
		}
	}
	w.resources = before
}

// numbers returns the last n arguments as numbers; false when there are fewer.
func numbers(arguments []token, n int) ([]float64, bool) {
	if len(arguments) < n {
		return nil, false
	}
	list := make([]float64, n)
	for i, argument := range arguments[len(arguments)-n:] {
		if argument.kind != tokenNumber || math.IsNaN(argument.number) || math.Abs(argument.number) > 1e9 {
			return nil, false
		}
		list[i] = argument.number
	}
	return list, true
}

func (w *walker) operator(name string, arguments []token) {
	switch name {
	case "q":
		if len(w.saved) < stackDepth {
			w.saved = append(w.saved, w.state)
		}
	case "Q":
		if last := len(w.saved) - 1; last >= 0 {
			w.state, w.saved = w.saved[last], w.saved[:last]
		}
	case "cm":
		if m, ok := numbers(arguments, 6); ok {
			w.ctm = matrix(m).then(w.ctm)
		}
	case "Do":
		if len(arguments) > 0 {
			w.object(arguments[len(arguments)-1].text)
		}
	case "gs":
		if len(arguments) > 0 {
			w.extended(w.resources.Key("ExtGState").Key(arguments[len(arguments)-1].text))
		}
	case "BDC", "BMC":
		w.beginMark(arguments)
	case "EMC":
		w.endMark()
	default:
		if !w.textOperator(name, arguments) && !w.colour(name, arguments) {
			w.draw(name, arguments)
		}
	}
}

func (w *walker) beginMark(arguments []token) {
	artifact := len(arguments) > 0 && arguments[0].kind == tokenName && arguments[0].text == "Artifact"
	if len(w.marks) < stackDepth {
		w.marks = append(w.marks, artifact)
		if artifact {
			w.artifacts++
		}
	}
}

func (w *walker) endMark() {
	if last := len(w.marks) - 1; last >= 0 {
		if w.marks[last] {
			w.artifacts--
		}
		w.marks = w.marks[:last]
	}
}

// extended applies a named graphics state: its font and its opacity.
func (w *walker) extended(values pdf.Value) {
	if list := values.Key("Font"); list.Len() == 2 {
		w.font, w.size = w.fontOf(list.Index(0)), list.Index(1).Float64()
	}
	if opacity := values.Key("ca"); opacity.Kind() == pdf.Real || opacity.Kind() == pdf.Integer {
		w.clear = opacity.Float64() < 1-white
	}
}

// object draws a form, or notes the place of an image.
func (w *walker) object(name string) {
	object := w.resources.Key("XObject").Key(name)
	if object.Kind() != pdf.Stream {
		return
	}
	if object.Key("Subtype").Name() != "Form" {
		w.images++
		w.cover(rectangle{0, 0, 1, 1})
		return
	}
	key := object.String()
	if w.depth >= formDepth || w.forms >= pageForms || slices.Contains(w.drawing, key) {
		return
	}
	w.forms++
	w.drawing = append(w.drawing, key)
	before, saved := w.state, w.saved
	w.saved = nil
	w.depth++
	if list := object.Key("Matrix"); list.Len() == 6 {
		var m matrix
		for i := range m {
			m[i] = list.Index(i).Float64()
		}
		w.ctm = m.then(w.ctm)
	}
	resources := object.Key("Resources")
	if resources.Kind() == pdf.Null {
		resources = w.resources
	}
	w.run(readStream(object, pageContent), resources)
	w.depth--
	w.drawing = w.drawing[:len(w.drawing)-1]
	w.state, w.saved = before, saved
}

// add adds the text of one code at the place of the text matrix.
func (w *walker) add(text string, width float64) {
	place := matrix{w.size * w.scale, 0, 0, w.size, 0, w.rise}.then(w.text).then(w.ctm)
	size := math.Hypot(place[2], place[3])
	if text == "" || w.artifacts > 0 || math.IsNaN(size) || math.IsInf(size, 0) {
		return
	}
	if math.Abs(place[1]) > math.Abs(place[0])*0.2 || place[0] < 0 {
		w.sideways += utf8.RuneCountInString(text)
		return
	}
	x, y := place[4], place[5]
	w.glyphs = append(w.glyphs, glyph{
		text: text, x0: x, x1: x + width*place[0], y: y, size: size,
		bold: w.font.bold, ghost: w.mode == 3 || w.mode == 7,
		hidden: !w.visible(x, y, size),
	})
}
