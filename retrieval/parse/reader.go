package parse

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"spsbot"
)

// Reader reads documents in one language. It is safe for concurrent use.
type Reader struct {
	lines *lineReader
	// Isolate is the command that runs Serve in a process of its own; empty to
	// read every format in this process, which a hostile file can harm.
	Isolate []string
	// Tool is the path of pdftotext, which is asked where the own reader fails or
	// loses letters; empty for none.
	Tool string

	limits limits
}

// NewReader returns a reader that reads everything in this process.
func NewReader(words *spsbot.Words) *Reader {
	return &Reader{lines: newLineReader(words), limits: usualLimits()}
}

// Progress hears how many pages of a document are read.
type Progress func(page, pages int)

// format is one format of documents.
type format struct {
	endings []string
	// read yields the raw document; text formats get data as it stands in the file.
	read func(data []byte, progress Progress) (rawDocument, error)
	// facts says that the file may begin with front matter.
	facts bool
	// tame says that reading these bytes in this process does no harm.
	tame func(data []byte) bool
}

// formats returns all formats.
func formats() []format {
	never := func([]byte) bool { return false }
	return []format{
		{endings: []string{".md", ".markdown"}, read: readMarkdown, facts: true, tame: tameMarkdown},
		{endings: []string{".txt", ".text"}, read: readPlain, facts: true, tame: func([]byte) bool { return true }},
		{endings: []string{".html", ".htm", ".xhtml"}, read: readHTML, tame: never},
		{endings: []string{".pdf"}, read: readPDF, tame: never},
		{endings: []string{".docx"}, read: readDOCX, tame: never},
		{endings: []string{".epub"}, read: readEPUB, tame: never},
	}
}

// Formats returns the endings of file names that are understood, lower case.
func Formats() []string {
	var endings []string
	for _, f := range formats() {
		endings = append(endings, f.endings...)
	}
	return endings
}

func formatOf(name string) (format, bool) {
	ending := strings.ToLower(filepath.Ext(name))
	for _, f := range formats() {
		if slices.Contains(f.endings, ending) {
			return f, true
		}
	}
	return format{}, false
}

// Read parses one document in this process: NewReader(words).Read without
// progress. Errors wrap ErrUnreadable.
func Read(name string, data, side []byte, words *spsbot.Words) (*Document, error) {
	return NewReader(words).Read(context.Background(), name, data, side, nil)
}

// Read parses one document. name is the file's name; its ending chooses the
// format. data is the file, side the content of its side file or nil. progress
// may be nil. Errors about the file wrap ErrUnreadable.
func (r *Reader) Read(ctx context.Context, name string, data, side []byte, progress Progress) (*Document, error) {
	if len(data) > MaxSize {
		return nil, fmt.Errorf("%w: it is larger than %d MB", ErrUnreadable, MaxSize>>20)
	}
	if progress == nil {
		progress = func(int, int) {}
	}
	source, raw, err := r.raw(ctx, name, data, side, progress)
	var fault *fileError
	switch {
	case errors.As(err, &fault):
		return nil, fmt.Errorf("%w: %w", ErrUnreadable, fault)
	case err != nil:
		return nil, err
	case len(raw.Blocks) == 0:
		return nil, fmt.Errorf("%w: it holds no text", ErrUnreadable)
	}
	document := raw.structure(r.lines)
	document.Source, document.Extractor = source, raw.Extractor
	document.Warnings = append(raw.Warnings, document.Warnings...)
	if document.Source.Title == "" {
		document.Source.Title = titleOf(document, raw.Title, name)
	}
	return document, nil
}

// raw reads the facts and the raw document, where it does no harm.
func (r *Reader) raw(ctx context.Context, name string, data, side []byte, progress Progress) (spsbot.Source, rawDocument, error) {
	known, ok := formatOf(name)
	if !ok {
		return spsbot.Source{}, rawDocument{}, &fileError{Reason: "its format is not known", Hint: "save it as PDF, DOCX or text"}
	}
	if !known.facts {
		source, _, err := frontMatter(name, "", side)
		if err != nil {
			return source, rawDocument{}, err
		}
		raw, err := r.extract(ctx, known.endings[0], known, data, progress)
		return source, raw, err
	}
	text, warnings, err := decode(data, "")
	if err != nil {
		return spsbot.Source{}, rawDocument{}, err
	}
	source, body, err := frontMatter(name, text, side)
	if err != nil {
		return source, rawDocument{}, err
	}
	raw, err := r.extract(ctx, known.endings[0], known, []byte(body), progress)
	raw.Warnings = append(warnings, raw.Warnings...)
	return source, raw, err
}
