package pdftext

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/ledongthuc/pdf"
)

// Version is raised whenever the text that comes out of a file may change.
const Version = 1

// Limits on a file.
const (
	maxPages  = 20_000
	treeNodes = 200_000
	treeDepth = 64
)

// Errors that an admin can do something about.
var (
	ErrEncrypted = errors.New("the PDF is protected by a password")
	ErrDamaged   = errors.New("the PDF is damaged")
)

// Page is what a reader sees on one page.
type Page struct {
	// Width and Height are in points.
	Width, Height float64
	Lines         []Line
	// Letters counts letters and digits, Lost those of them that the file does not name.
	Letters, Lost int
	// Hidden is text that no reader sees: invisible, tiny, white on white, off the page.
	Hidden string
	// Recognised says that a program read the letters from a picture.
	Recognised bool
	// Sideways counts letters that stand upright or upside down; they are left out.
	Sideways int
	// Images counts pictures.
	Images int
	// Broken says that the page could not be read to its end.
	Broken bool
}

// Extract reads a PDF file and hands over its pages in order, with their number
// from 1 and how many there are. An error wraps ErrEncrypted or ErrDamaged, or
// is the one that page returned.
func Extract(data []byte, page func(number, count int, page Page) error) (err error) {
	reader, err := open(data)
	if err != nil {
		return err
	}
	pages, err := pageTree(reader)
	if err != nil {
		return err
	}
	fonts := map[string]*font{}
	for i, node := range pages {
		if err := page(i+1, len(pages), readPage(node, fonts)); err != nil {
			return err
		}
	}
	return nil
}

// open opens a file; what stands before its header and after its end is left out.
func open(data []byte) (reader *pdf.Reader, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			reader, err = nil, fmt.Errorf("%w: %v", ErrDamaged, fault)
		}
	}()
	start := bytes.Index(data[:min(len(data), 1024)], []byte("%PDF-"))
	end := bytes.LastIndex(data, []byte("%%EOF"))
	if start < 0 || end < start+16 {
		return nil, fmt.Errorf("%w: it has no beginning or no end", ErrDamaged)
	}
	whole := bytes.Clone(data[start : end+len("%%EOF")])
	copy(whole, "%PDF-1.7\n") // the library takes no other versions; the rest is the same
	reader, err = pdf.NewReader(bytes.NewReader(whole), int64(len(whole)))
	switch {
	case err == nil:
		return reader, nil
	case bytes.Contains(data, []byte("/Encrypt")):
		return nil, fmt.Errorf("%w: %w", ErrEncrypted, err)
	}
	return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
}

// pageNode is a page with what it inherits.
type pageNode struct {
	value, resources, box, rotate pdf.Value
}

// pageTree returns the pages in order.
func pageTree(reader *pdf.Reader) (pages []pageNode, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			pages, err = nil, fmt.Errorf("%w: its pages cannot be found: %v", ErrDamaged, fault)
		}
	}()
	nodes := 0
	var above []string // the nodes above, as they are written: one that comes back there is a circle
	var walk func(node pageNode, depth int)
	walk = func(node pageNode, depth int) {
		nodes++
		if nodes > treeNodes || depth > treeDepth || len(pages) >= maxPages || node.value.Kind() != pdf.Dict {
			return
		}
		inherit := func(into *pdf.Value, key string) {
			if own := node.value.Key(key); own.Kind() != pdf.Null {
				*into = own
			}
		}
		inherit(&node.resources, "Resources")
		inherit(&node.box, "MediaBox")
		inherit(&node.box, "CropBox")
		inherit(&node.rotate, "Rotate")
		kids := node.value.Key("Kids")
		if kids.Kind() != pdf.Array {
			pages = append(pages, node)
			return
		}
		key := node.value.String()
		if slices.Contains(above, key) {
			return
		}
		above = append(above, key)
		for i := range kids.Len() {
			kid := node
			kid.value = kids.Index(i)
			walk(kid, depth+1)
		}
		above = above[:len(above)-1]
	}
	walk(pageNode{value: reader.Trailer().Key("Root").Key("Pages")}, 0)
	if len(pages) == 0 {
		return nil, fmt.Errorf("%w: it has no pages", ErrDamaged)
	}
	return pages, nil
}

// readPage reads one page; what a fault in it leaves readable is kept.
func readPage(node pageNode, fonts map[string]*font) (page Page) {
	w := newWalker(fonts, boxOf(node.box), int(node.rotate.Int64()))
	page.Width, page.Height = w.page.x1, w.page.y1
	func() {
		defer func() {
			if fault := recover(); fault != nil {
				page.Broken = true
			}
		}()
		content, whole := readContents(node.value.Key("Contents"))
		page.Broken = !whole
		w.run(content, node.resources)
	}()
	seen, hidden, recognised := visible(w.glyphs, w.images)
	page.Hidden, page.Recognised, page.Sideways, page.Images = hidden, recognised, w.sideways, w.images
	page.Lines = splitColumns(linesOf(seen))
	page.Letters, page.Lost = letters(page.Lines)
	return page
}

func boxOf(value pdf.Value) rectangle {
	if value.Len() == 4 {
		r := emptyPath()
		r.include(value.Index(0).Float64(), value.Index(1).Float64())
		r.include(value.Index(2).Float64(), value.Index(3).Float64())
		if r.x1-r.x0 > 1 && r.y1-r.y0 > 1 && r.x1-r.x0 < 1e6 && r.y1-r.y0 < 1e6 {
			return r
		}
	}
	return rectangle{0, 0, 612, 792}
}

// readContents joins the streams of a page.
func readContents(value pdf.Value) (content []byte, whole bool) {
	if value.Kind() != pdf.Array {
		return readWhole(value, pageContent)
	}
	whole = true
	for i := 0; i < value.Len() && len(content) < pageContent; i++ {
		part, complete := readWhole(value.Index(i), pageContent-len(content))
		whole = whole && complete
		content = append(append(content, part...), '\n')
	}
	return content, whole
}

// readStream unpacks a stream up to a limit; what can be read of a broken one.
func readStream(value pdf.Value, limit int) []byte {
	data, _ := readWhole(value, limit)
	return data
}

func readWhole(value pdf.Value, limit int) (data []byte, whole bool) {
	if value.Kind() != pdf.Stream {
		return nil, value.Kind() == pdf.Null
	}
	defer func() {
		if fault := recover(); fault != nil {
			whole = false
		}
	}()
	var out bytes.Buffer
	_, err := io.Copy(&out, io.LimitReader(value.Reader(), int64(limit)))
	return out.Bytes(), err == nil
}
