// Package sources holds the source set: the documents that a community answers
// from. It embeds the starter set, reads folders of documents, and says the
// version of what it read. It must never change a document, and it must never
// drop one without a word.
package sources

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"spsbot"
	"spsbot/retrieval/parse"
)

//go:embed starter/*.md
var starter embed.FS

// Starter returns the embedded starter set: digests in the project's own words.
func Starter() (fs.FS, error) { return fs.Sub(starter, "starter") }

// grace is how long a source past its review date is still used, with a label.
const grace = 90 * 24 * time.Hour

// Problem is what is to be said about one file.
type Problem struct {
	// File is the path inside the folder.
	File string
	// Err says why the file was left out; nil for a mere warning.
	Err error
	// Warning is a plain line about a file that was read.
	Warning string
}

func (p Problem) String() string {
	if p.Err != nil {
		return fmt.Sprintf("%s: left out: %v", p.File, p.Err)
	}
	return fmt.Sprintf("%s: %s", p.File, p.Warning)
}

// Set is a source set after reading.
type Set struct {
	Documents []*parse.Document
	// Files are the paths of the documents in the folder, in the same order.
	Files []string
	// Version is the first 12 hexadecimal digits of the SHA-256 over the names
	// and contents of the files that were read, and over what read them.
	Version string
	// Problems are sorted by file.
	Problems []Problem
}

// ErrNoDocuments says that a folder holds nothing to answer from.
var ErrNoDocuments = errors.New("no document could be read")

const sideEnding = ".meta.yaml"

// Load reads a folder with a loader that reads every format in this process.
func Load(folder fs.FS, words *spsbot.Words, now time.Time) (*Set, error) {
	return Loader{Reader: parse.NewReader(words), Now: now}.Load(context.Background(), folder)
}

// Loader reads folders of documents.
type Loader struct {
	Reader *parse.Reader
	Now    time.Time
	// Progress hears of each file and page that is read; nil for nobody.
	Progress func(Progress)
}

// Load reads every document in a folder and below, except hidden ones, several
// at a time. A file that cannot be read becomes a Problem and the others still
// work; a folder without any readable document is an error that wraps
// ErrNoDocuments.
func (l Loader) Load(ctx context.Context, folder fs.FS) (*Set, error) {
	set := &Set{}
	files, err := set.documentFiles(folder)
	if err != nil {
		return nil, err
	}
	sum := sha256.New()
	ids := map[string]string{}
	for _, file := range l.readAll(ctx, folder, files) {
		err := file.err
		if err == nil {
			err = admit(file.document, file.path, ids, l.Now)
		}
		if err != nil {
			set.Problems = append(set.Problems, Problem{File: file.path, Err: err})
			continue
		}
		ids[file.document.Source.ID] = file.path
		fmt.Fprintf(sum, "%s %s %x\n", file.path, file.document.Extractor, file.digest)
		for _, warning := range file.document.Warnings {
			set.Problems = append(set.Problems, Problem{File: file.path, Warning: warning})
		}
		set.Documents = append(set.Documents, file.document)
		set.Files = append(set.Files, file.path)
	}
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("read the documents: %w", err)
	}
	slices.SortStableFunc(set.Problems, func(a, b Problem) int { return strings.Compare(a.File, b.File) })
	if len(set.Documents) == 0 {
		return set, fmt.Errorf("%w: the folder needs files that end in %s", ErrNoDocuments, strings.Join(parse.Formats(), ", "))
	}
	set.Version = hex.EncodeToString(sum.Sum(nil))[:12]
	return set, nil
}

// documentFiles returns the paths of the files to read, sorted. Every other file
// that is not hidden becomes a Problem.
func (s *Set) documentFiles(folder fs.FS) ([]*fileRead, error) {
	var files []*fileRead
	var sides []string
	err := fs.WalkDir(folder, ".", func(file string, entry fs.DirEntry, err error) error {
		hidden := strings.HasPrefix(path.Base(file), ".") && file != "."
		switch {
		case err != nil && file == ".":
			return err
		case err != nil:
			s.Problems = append(s.Problems, Problem{File: file, Err: err})
		case hidden && entry.IsDir():
			return fs.SkipDir
		case hidden, entry.IsDir():
		case strings.HasSuffix(file, sideEnding):
			sides = append(sides, file)
		case slices.Contains(parse.Formats(), strings.ToLower(path.Ext(file))):
			files = append(files, newFileRead(file, entry))
		default:
			s.Problems = append(s.Problems, Problem{File: file, Err: fmt.Errorf("%w: its format is not known. Hint: save it as PDF, DOCX or text", parse.ErrUnreadable)})
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the folder of documents: %w", err)
	}
	slices.SortFunc(files, func(a, b *fileRead) int { return strings.Compare(a.path, b.path) })
	for _, side := range sides {
		fits := func(file *fileRead) bool { return sideOf(file.path) == side }
		if !slices.ContainsFunc(files, fits) {
			s.Problems = append(s.Problems, Problem{File: side, Warning: "no document belongs to this side file"})
		}
	}
	return files, nil
}

// sideOf returns the path of a document's side file.
func sideOf(file string) string { return strings.TrimSuffix(file, path.Ext(file)) + sideEnding }

// admit refuses a document whose id is taken or whose time is over.
func admit(document *parse.Document, file string, ids map[string]string, now time.Time) error {
	source := &document.Source
	if other, taken := ids[source.ID]; taken {
		return fmt.Errorf("its id %q is already that of %s", source.ID, other)
	}
	if source.Expires == "" {
		return nil
	}
	day, err := time.Parse(time.DateOnly, source.Expires)
	if err != nil {
		return fmt.Errorf("its date of expiry %q is not of the form 2026-12-31", source.Expires)
	}
	if now.After(day.Add(grace)) {
		return fmt.Errorf("its review date, %s, is over for more than %d days", source.Expires, int(grace.Hours()/24))
	}
	if now.After(day.AddDate(0, 0, 1)) {
		document.Warnings = append(document.Warnings, "its review date, "+source.Expires+", is over; it is still used, with a label")
		source.Overdue = true
	}
	return nil
}
