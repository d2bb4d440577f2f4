package parse

import (
	"errors"
	"fmt"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// readEPUB yields the blocks of a book: its chapters in the order of reading.
func readEPUB(data []byte, progress Progress) (rawDocument, error) {
	parts, err := openArchive(data, "EPUB")
	if err != nil {
		return rawDocument{}, err
	}
	book, err := openBook(parts)
	if err != nil {
		return rawDocument{}, err
	}
	raw := rawDocument{Title: book.title, Extractor: "epub/1"}
	var hidden strings.Builder
	invisible := 0
	var lost []string
	for i, name := range book.chapters {
		text, err := parts.part(name)
		var refused *fileError
		if errors.As(err, &refused) {
			return rawDocument{}, refused
		}
		if err != nil {
			lost = append(lost, name)
			continue
		}
		page, err := book.chapter(text)
		if err != nil {
			lost = append(lost, name)
			continue
		}
		hidden.WriteString(" " + hideWithSheets(page, book.sheets))
		invisible += countHidden(nodeText(page))
		raw.Blocks = append(raw.Blocks, htmlBlocks(page)...)
		progress(i+1, len(book.chapters))
	}
	raw.Blocks = dropRepeatedHeadings(raw.Blocks)
	if text := strings.Join(strings.Fields(hidden.String()), " "); countLetters(text) > 0 {
		raw.Warnings = append(raw.Warnings, hiddenWarning(text))
	}
	if invisible > 0 {
		raw.Warnings = append(raw.Warnings, invisibleWarning(invisible))
	}
	if len(lost) > 0 {
		raw.Warnings = append(raw.Warnings, fmt.Sprintf("text lost: %d of %d chapters could not be read: %s", len(lost), len(book.chapters), strings.Join(lost[:min(3, len(lost))], ", ")))
	}
	return raw, nil
}

// book is what the package file of an EPUB says.
type book struct {
	title    string
	chapters []string // names of parts, in the order of reading
	sheets   []string
}

func openBook(parts *archive) (*book, error) {
	container, err := parts.part("META-INF/container.xml")
	if err != nil {
		return nil, &fileError{Reason: "it is no EPUB file: " + err.Error(), Hint: "save it as EPUB or HTML"}
	}
	tree, err := readXML(container)
	if err != nil {
		return nil, err
	}
	name := ""
	tree.each("rootfile", func(e *element) {
		if name == "" {
			name = e.attr("full-path")
		}
	})
	data, err := parts.part(name)
	if err != nil {
		return nil, &fileError{Reason: "it is no EPUB file: " + err.Error(), Hint: "save it as EPUB or HTML"}
	}
	if tree, err = readXML(data); err != nil {
		return nil, err
	}
	b := &book{}
	chapters := b.manifest(parts, tree, path.Dir(name))
	tree.each("itemref", func(e *element) {
		if part := chapters[e.attr("idref")]; part != "" && e.attr("linear") != "no" {
			b.chapters = append(b.chapters, part)
		}
	})
	if protected(parts, b.chapters) {
		return nil, &fileError{Reason: "its text is encrypted by its seller", Hint: "ask the publisher for a copy without protection"}
	}
	return b, nil
}

// manifest returns the parts that are chapters by their ids, and keeps the title
// and the style sheets.
func (b *book) manifest(parts *archive, tree *element, folder string) map[string]string {
	tree.each("title", func(e *element) {
		if b.title == "" {
			b.title = strings.Join(strings.Fields(clean(e.text)), " ")
		}
	})
	chapters := map[string]string{}
	tree.each("item", func(e *element) {
		part, err := url.PathUnescape(e.attr("href"))
		if err != nil {
			return
		}
		part = partName(path.Join(folder, part))
		switch kind := e.attr("media-type"); {
		case kind == "text/css":
			if sheet, err := parts.part(part); err == nil {
				b.sheets = append(b.sheets, string(sheet))
			}
		case strings.Contains(kind, "html") && !slices.Contains(strings.Fields(e.attr("properties")), "nav"):
			chapters[e.attr("id")] = part
		}
	})
	return chapters
}

// protected reports whether one of the chapters is encrypted.
func protected(parts *archive, chapters []string) bool {
	data, err := parts.part("META-INF/encryption.xml")
	if err != nil {
		return false
	}
	tree, err := readXML(data)
	if err != nil {
		return true
	}
	found := false
	tree.each("CipherReference", func(e *element) { found = found || slices.Contains(chapters, partName(e.attr("URI"))) })
	return found
}

// emptyTag matches elements that XML closes in themselves and HTML would leave open.
var emptyTag = regexp.MustCompile(`<((?:script|title|style|iframe|textarea|a|div|span|p|i|b|em|strong|td|th|li|section)\b[^<>]*?)/>`)

var tagName = regexp.MustCompile(`^\w+`)

// chapter reads a chapter, which is XML, as HTML.
func (b *book) chapter(data []byte) (*html.Node, error) {
	text, _, err := decode(data, declaredEncoding(data))
	if err != nil {
		return nil, err
	}
	page, err := html.Parse(strings.NewReader(closeEmptyTags(text)))
	if err != nil {
		return nil, fmt.Errorf("read a chapter: %w", err)
	}
	return page, nil
}

func closeEmptyTags(text string) string {
	return emptyTag.ReplaceAllStringFunc(text, func(tag string) string {
		inside := strings.TrimSuffix(strings.TrimPrefix(tag, "<"), "/>")
		return "<" + inside + "></" + tagName.FindString(inside) + ">"
	})
}

// dropRepeatedHeadings drops a heading that says the same as the one right
// before it, as title pages do.
func dropRepeatedHeadings(blocks []rawBlock) []rawBlock {
	var out []rawBlock
	for _, block := range blocks {
		if last := len(out) - 1; last >= 0 && block.Kind == Heading && out[last].Kind == Heading && out[last].Text == block.Text {
			out[last].Level = min(out[last].Level, block.Level)
			continue
		}
		out = append(out, block)
	}
	return out
}
