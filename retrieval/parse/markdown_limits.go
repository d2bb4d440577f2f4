package parse

import "bytes"

// Limits within which reading Markdown takes no more than a moment.
const (
	tameBytes  = 1 << 20
	blockLinks = 500 // in one block; the library looks through all of them for each that is not closed
)

// tameMarkdown reports whether a file can be read in this process: lists inside
// lists and the like cost the library time in the square of their depth, so that
// long files may take too long.
func tameMarkdown(data []byte) bool { return len(data) <= tameBytes }

// calmLinks takes the meaning from the brackets of blocks that hold more links
// than anybody writes; their text stays.
func calmLinks(source []byte) []byte {
	if bytes.Count(source, []byte("](")) <= blockLinks {
		return source
	}
	var out []byte
	for len(source) > 0 {
		end := bytes.Index(source, []byte("\n\n"))
		if end < 0 {
			end = len(source)
		} else {
			end += 2
		}
		block := source[:end]
		source = source[end:]
		if bytes.Count(block, []byte("](")) > blockLinks {
			block = bytes.ReplaceAll(block, []byte("["), []byte(`\[`))
		}
		out = append(out, block...)
	}
	return out
}
