package parse

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// readDOCX yields the blocks of a Word document: headings by their styles,
// lists by their numbering, tables row by row.
func readDOCX(data []byte, _ Progress) (rawDocument, error) {
	parts, err := openArchive(data, "DOCX")
	if err != nil {
		return rawDocument{}, err
	}
	main, err := parts.part(mainPart(parts))
	if err != nil {
		return rawDocument{}, &fileError{Reason: "it is no DOCX file: " + err.Error(), Hint: "open it in a word processor and save it as DOCX"}
	}
	tree, err := readXML(main)
	if err != nil {
		return rawDocument{}, err
	}
	w := &docxWalk{styles: docxStyles(parts), numbered: docxNumbers(parts)}
	w.body(tree.child("document", "body"), false)
	if !slices.ContainsFunc(w.blocks, func(b rawBlock) bool { return b.Kind == Heading }) {
		w.boldHeadings()
	}
	raw := rawDocument{Blocks: w.blocks, Title: docxTitle(parts), Extractor: "docx/1", Warnings: w.warnings()}
	return raw, nil
}

// mainPart returns the name of the part that holds the text.
func mainPart(parts *archive) string {
	const usual = "word/document.xml"
	data, err := parts.part("_rels/.rels")
	if err != nil {
		return usual
	}
	tree, err := readXML(data)
	if err != nil {
		return usual
	}
	name := usual
	tree.each("Relationship", func(e *element) {
		if strings.HasSuffix(e.attr("Type"), "/officeDocument") {
			name = e.attr("Target")
		}
	})
	return name
}

func docxTitle(parts *archive) string {
	data, err := parts.part("docProps/core.xml")
	if err != nil {
		return ""
	}
	tree, err := readXML(data)
	if err != nil {
		return ""
	}
	title := ""
	tree.each("title", func(e *element) { title = strings.Join(strings.Fields(clean(e.text)), " ") })
	return title
}

// docxStyle is what a paragraph or run style says.
type docxStyle struct {
	level   int // of a heading, 0 for none
	list    string
	depth   int
	look    docxLook
	basedOn string
}

// titleStyle and headingStyle are the names that every word processor writes,
// whatever its language.
const (
	titleStyle   = "title"
	headingStyle = "heading "
)

// docxStyles reads the styles, by their ids.
func docxStyles(parts *archive) map[string]docxStyle {
	styles := map[string]docxStyle{}
	data, err := parts.part("word/styles.xml")
	if err != nil {
		return styles
	}
	tree, err := readXML(data)
	if err != nil {
		return styles
	}
	tree.each("style", func(e *element) {
		s := docxStyle{basedOn: e.child("basedOn").attr("val")}
		name := strings.ToLower(e.child("name").attr("val"))
		if rest, found := strings.CutPrefix(name, headingStyle); found {
			s.level, _ = strconv.Atoi(rest)
		}
		if name == titleStyle {
			s.level = 1
		}
		properties := e.child("pPr")
		if outline, err := strconv.Atoi(properties.child("outlineLvl").attr("val")); err == nil && s.level == 0 && outline < 9 {
			s.level = outline + 1
		}
		s.list = properties.child("numPr", "numId").attr("val")
		s.depth, _ = strconv.Atoi(properties.child("numPr", "ilvl").attr("val"))
		s.look = readDocxLook(e.child("rPr"), docxLook{})
		styles[e.attr("styleId")] = s
	})
	for id := range styles {
		styles[id] = inherit(styles, id, 0)
	}
	return styles
}

// inherit fills what a style leaves to the one that it is based on.
func inherit(styles map[string]docxStyle, id string, depth int) docxStyle {
	s, known := styles[id]
	if !known || s.basedOn == "" || s.basedOn == id || depth > 16 {
		return s
	}
	base := inherit(styles, s.basedOn, depth+1)
	if s.level == 0 {
		s.level = base.level
	}
	if s.list == "" {
		s.list, s.depth = base.list, base.depth
	}
	s.look = base.look.with(s.look)
	return s
}

// docxNumbers tells which lists are numbered: by list and depth.
func docxNumbers(parts *archive) map[string]bool {
	numbered := map[string]bool{}
	data, err := parts.part("word/numbering.xml")
	if err != nil {
		return numbered
	}
	tree, err := readXML(data)
	if err != nil {
		return numbered
	}
	shapes := map[string]map[string]bool{}
	tree.each("abstractNum", func(e *element) {
		levels := map[string]bool{}
		e.each("lvl", func(level *element) {
			format := level.child("numFmt").attr("val")
			levels[level.attr("ilvl")] = format != "bullet" && format != "none" && format != ""
		})
		shapes[e.attr("abstractNumId")] = levels
	})
	tree.each("num", func(e *element) {
		for level, is := range shapes[e.child("abstractNumId").attr("val")] {
			numbered[e.attr("numId")+"."+level] = is
		}
	})
	return numbered
}

func (w *docxWalk) warnings() []string {
	var list []string
	if hidden := strings.Join(strings.Fields(w.hidden.String()), " "); countLetters(hidden) > 0 {
		list = append(list, hiddenWarning(hidden))
	}
	if w.notes > 0 {
		list = append(list, fmt.Sprintf("text lost: %d footnotes were left out", w.notes))
	}
	if w.invisible > 0 {
		list = append(list, invisibleWarning(w.invisible))
	}
	return list
}

// boldHeadings makes headings of short bold paragraphs, in a document that has
// no styles for headings.
func (w *docxWalk) boldHeadings() {
	for i := range w.blocks {
		block := &w.blocks[i]
		followed := i+1 < len(w.blocks) && w.blocks[i+1].Kind != Heading
		if w.bold[i] && followed && block.Kind == Paragraph && countWords(block.Text) <= headingWords && (!endsSentence(block.Text) || strings.HasSuffix(block.Text, "?")) {
			block.Kind, block.Level = Heading, textHeading
		}
	}
}
