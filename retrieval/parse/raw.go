package parse

// rawBlock is a block before its place in the structure is known. Its fields
// are exported so that they travel between processes.
type rawBlock struct {
	Text string
	// Kind and Level are final when Fixed is set, else a guess by form.
	Kind  BlockKind
	Level int
	Fixed bool
	// Mark and InItem are those of Block.
	Mark   int
	InItem bool
	// Inner marks the end of an item that introduces a list of its own.
	Inner bool
	// Row marks a row of a table, which is quoted whole.
	Row bool
}

// rawDocument is what a format's reader yields.
type rawDocument struct {
	Blocks []rawBlock
	// Title is the title that the format itself gives, if any.
	Title string
	// Extractor names the reader and its version: "pdf/1".
	Extractor string
	Warnings  []string
	// Letters counts the letters and digits of formats that can lose some, and
	// Lost those that are not known.
	Letters, Lost int
}

// fileError says why a file is not read, and what can be done about it.
type fileError struct {
	Reason, Hint string
	// Retry says that another program may be able to read the file.
	Retry bool
}

func (e *fileError) Error() string {
	if e.Hint == "" {
		return e.Reason
	}
	return e.Reason + ". Hint: " + e.Hint
}
