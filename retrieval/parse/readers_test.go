package parse_test

import (
	"crypto/sha256"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"spsbot/retrieval/parse"
)

// TestReaders holds that the text that a reader makes of a file changes only
// with the reader's version: stored texts are compared to the byte. After a
// change that is meant, raise the version of the format and run
// "go test ./retrieval/parse -run TestReaders -update".
func TestReaders(t *testing.T) {
	const golden = "testdata/readers.golden"
	var lines strings.Builder
	for _, name := range []string{
		"guide.md", "guide.txt", "guide-pandoc.html", "guide-pandoc.docx", "guide-libreoffice.docx", "guide-pandoc.epub",
		"guide-chromium.pdf", "guide-libreoffice.pdf", "guide-latex.pdf",
	} {
		document, err := parse.Read(name, testFile(t, name), nil, englishWords(t))
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256([]byte(document.Text))
		fmt.Fprintf(&lines, "%-11s %x %s\n", document.Extractor, sum[:8], name)
	}
	if flag.Lookup("update").Value.String() == "true" {
		if err := os.WriteFile(golden, []byte(lines.String()), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(testFile(t, "readers.golden")), lines.String()); diff != "" {
		t.Errorf("stored texts changed (-golden +now):\n%s", diff)
	}
}
