package main

import (
	"fmt"
	"path"

	"github.com/schollz/progressbar/v3"

	"spsbot/sources"
)

// readingBar shows on standard error how far a folder is read; nothing when that
// is no terminal.
type readingBar struct {
	std streams
	bar *progressbar.ProgressBar
}

func newReadingBar(std streams) *readingBar { return &readingBar{std: std} }

// show draws how far the reading has come. The bar is decoration: a failure to
// draw it is no failure of the work.
func (b *readingBar) show(p sources.Progress) {
	if b.bar == nil {
		if !isTerminal(b.std.err) {
			return
		}
		b.bar = progressbar.NewOptions64(max(p.Total, 1),
			progressbar.OptionSetWriter(b.std.err),
			progressbar.OptionShowBytes(true),
			progressbar.OptionSetWidth(30),
			progressbar.OptionClearOnFinish(),
		)
	}
	b.bar.Describe(describe(p))
	_ = b.bar.Set64(p.Done)
}

// describe names what is being read, and its page where it has pages.
func describe(p sources.Progress) string {
	const width = 24 // characters of a file's name
	name := []rune(path.Base(p.File))
	if len(name) > width {
		name = append(name[:width-1], '…')
	}
	if p.Pages > 0 {
		return fmt.Sprintf("%s, page %d of %d", string(name), p.Page, p.Pages)
	}
	return string(name)
}

func (b *readingBar) finish() {
	if b.bar != nil {
		_ = b.bar.Finish()
	}
}
