package sources

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"sync"

	"spsbot/retrieval/parse"
)

// mostAtOnce is how many files are read at once, at most: each may need as much
// memory as a process that reads a PDF is given.
const mostAtOnce = 4

// Progress is how far the reading of a folder has come.
type Progress struct {
	// File is the path of a file that is being read or was just read.
	File string
	// Page and Pages are how far it is read, for files that have pages.
	Page, Pages int
	// Done and Total are bytes of all files.
	Done, Total int64
}

// fileRead is one file, before and after it is read.
type fileRead struct {
	path     string
	size     int64 // bytes
	document *parse.Document
	digest   []byte // of the file and its side file
	err      error
}

func newFileRead(path string, entry fs.DirEntry) *fileRead {
	file := &fileRead{path: path}
	if info, err := entry.Info(); err == nil { // else reading it says what is wrong
		file.size = info.Size()
	}
	return file
}

// readAll reads the files, several at once, and returns them in their order.
func (l Loader) readAll(ctx context.Context, folder fs.FS, files []*fileRead) []*fileRead {
	count := &counter{tell: l.Progress}
	for _, file := range files {
		count.total += file.size
	}
	next := make(chan *fileRead)
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), mostAtOnce, len(files)) {
		workers.Go(func() {
			for file := range next {
				if file.err = ctx.Err(); file.err == nil {
					file.read(ctx, folder, l.Reader, count)
				}
			}
		})
	}
	for _, file := range files {
		next <- file
	}
	close(next)
	workers.Wait()
	return files
}

// read reads the file and its side file.
func (f *fileRead) read(ctx context.Context, folder fs.FS, reader *parse.Reader, count *counter) {
	defer func() { count.finish(f) }()
	info, err := fs.Stat(folder, f.path)
	if err != nil {
		f.err = fmt.Errorf("look at the file: %w", err)
		return
	}
	if info.Size() > parse.MaxSize {
		f.err = fmt.Errorf("%w: it is larger than %d MB", parse.ErrUnreadable, parse.MaxSize>>20)
		return
	}
	data, err := fs.ReadFile(folder, f.path)
	if err != nil {
		f.err = fmt.Errorf("read the file: %w", err)
		return
	}
	side, err := fs.ReadFile(folder, sideOf(f.path))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		f.err = fmt.Errorf("read its side file: %w", err)
		return
	}
	sum := sha256.New()
	sum.Write(data)
	sum.Write(side)
	f.digest = sum.Sum(nil)
	f.document, f.err = reader.Read(ctx, f.path, data, side, func(page, pages int) { count.page(f, page, pages) })
}

// counter adds up what is read; safe for concurrent use.
type counter struct {
	mutex       sync.Mutex
	tell        func(Progress)
	done, total int64
	parts       map[*fileRead]int64
}

// page notes how far a file is read.
func (c *counter) page(file *fileRead, page, pages int) {
	if c.tell == nil || pages <= 0 {
		return
	}
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if c.parts == nil {
		c.parts = map[*fileRead]int64{}
	}
	part := file.size * int64(page) / int64(pages)
	c.done += part - c.parts[file]
	c.parts[file] = part
	c.tell(Progress{File: file.path, Page: page, Pages: pages, Done: c.done, Total: c.total})
}

func (c *counter) finish(file *fileRead) {
	if c.tell == nil {
		return
	}
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.done += file.size - c.parts[file]
	delete(c.parts, file)
	c.tell(Progress{File: file.path, Done: c.done, Total: c.total})
}
