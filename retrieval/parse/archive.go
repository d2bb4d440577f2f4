package parse

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// Limits on an archive: far more than any document that people write, so that
// one that unpacks for ever ends.
const (
	archiveEntries = 20_000
	archivePart    = 32 << 20 // bytes of one part, unpacked
	archiveWhole   = 96 << 20 // bytes of all parts that are read
	xmlElements    = 3_000_000
	xmlDepth       = 400
)

// archive is a document that is a zip file of parts.
type archive struct {
	parts map[string]*zip.File
	read  int64
}

func openArchive(data []byte, kind string) (*archive, error) {
	if bytes.HasPrefix(data, []byte{0xd0, 0xcf, 0x11, 0xe0}) {
		return nil, &fileError{Reason: "it is protected by a password, or written by a very old program", Hint: "open it, take the password off, and save it as " + kind}
	}
	reader, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, &fileError{Reason: "it is damaged or no " + kind + " file: " + err.Error(), Hint: "open it and save it anew"}
	}
	if len(reader.File) > archiveEntries {
		return nil, &fileError{Reason: fmt.Sprintf("it holds more than %d parts", archiveEntries)}
	}
	a := &archive{parts: make(map[string]*zip.File, len(reader.File))}
	for _, file := range reader.File {
		if _, twice := a.parts[partName(file.Name)]; !twice { // what a reader sees is the first
			a.parts[partName(file.Name)] = file
		}
	}
	return a, nil
}

// partName returns the name of a part without a slash before it and without dots.
func partName(name string) string { return strings.TrimPrefix(path.Clean("/"+name), "/") }

// errNoPart says that an archive does not have a part.
var errNoPart = errors.New("there is no such part")

// part unpacks one part.
func (a *archive) part(name string) ([]byte, error) {
	file, found := a.parts[partName(name)]
	if !found {
		return nil, fmt.Errorf("%s: %w", name, errNoPart)
	}
	in, err := file.Open()
	if err != nil {
		return nil, &fileError{Reason: fmt.Sprintf("its part %s cannot be unpacked: %v", name, err), Hint: "open it and save it anew"}
	}
	most := min(archivePart, archiveWhole-a.read)
	data, err := io.ReadAll(io.LimitReader(in, most+1))
	if closed := in.Close(); err == nil {
		err = closed
	}
	a.read += int64(len(data))
	switch {
	case int64(len(data)) > most:
		return nil, &fileError{Reason: fmt.Sprintf("its part %s is larger than %d MB when it is unpacked", name, most>>20)}
	case err != nil:
		return nil, &fileError{Reason: fmt.Sprintf("its part %s is damaged: %v", name, err), Hint: "open it and save it anew"}
	}
	return data, nil
}

// element is an element of an XML part, without its name spaces.
type element struct {
	name     string
	attrs    []xml.Attr
	children []*element
	text     string // of elements without children
}

// readXML reads an XML part into a tree. Entities that the part declares itself
// are not expanded: they are an error.
func readXML(data []byte) (*element, error) {
	decoder := xml.NewDecoder(bytes.NewReader(data))
	decoder.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	root := &element{}
	open := []*element{root}
	elements := 0
	for {
		next, err := decoder.Token()
		switch {
		case errors.Is(err, io.EOF):
			return root, nil
		case err != nil:
			return nil, &fileError{Reason: "its XML is damaged: " + err.Error(), Hint: "open it and save it anew"}
		}
		switch t := next.(type) {
		case xml.StartElement:
			if elements++; elements > xmlElements || len(open) > xmlDepth {
				return nil, &fileError{Reason: "its XML is larger or deeper than that of a document that people wrote"}
			}
			child := &element{name: t.Name.Local, attrs: t.Attr}
			last := open[len(open)-1]
			last.children = append(last.children, child)
			open = append(open, child)
		case xml.EndElement:
			open = open[:max(1, len(open)-1)]
		case xml.CharData:
			open[len(open)-1].text += string(t)
		}
	}
}

// attr returns an attribute by its local name.
func (e *element) attr(name string) string {
	if e == nil {
		return ""
	}
	for _, a := range e.attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// child returns the first child of a name; nil when there is none.
func (e *element) child(names ...string) *element {
	for _, name := range names {
		if e == nil {
			return nil
		}
		var found *element
		for _, c := range e.children {
			if c.name == name {
				found = c
				break
			}
		}
		e = found
	}
	return e
}

// each calls do for every element below of a name, in order.
func (e *element) each(name string, do func(*element)) {
	if e == nil {
		return
	}
	for _, c := range e.children {
		if c.name == name {
			do(c)
		}
		c.each(name, do)
	}
}
