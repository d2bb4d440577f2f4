package verify

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzGuard: whatever the text, nothing panics, findings lie in it, Has agrees
// with Find, and invisible characters unlock nothing.
func FuzzGuard(f *testing.F) {
	guard := newTestGuard(f)
	doses, others := doseSentences(f)
	for i, sentence := range append(doses, others...) {
		if i%5 == 0 {
			f.Add(sentence)
		}
	}
	for _, text := range []string{
		"", "\xff5\xfe mg", "5 m\u0301", "m g", "1^", "10¹²³ mg", "1-0-1", "q8h", "₅㎎", ". . .", "5\n\nmg", "a.b.c.d 5 m g",
		strings.Repeat("5 ", 300), strings.Repeat("a", 300), strings.Repeat("take every other ", 40), "ǅ ŉ ﬀ ㍿ ﷺ",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		found := guard.Find(text)
		checkFindings(t, text, found)
		if guard.Has(text) != (len(found) > 0) {
			t.Fatalf("Has(%q) = %v, Find = %+v", text, guard.Has(text), found)
		}
		if len(found) > 0 && utf8.ValidString(text) && !guard.Has(between("\u200b")(text)) {
			t.Fatalf("zero-width spaces unlock %q", text)
		}
	})
}
