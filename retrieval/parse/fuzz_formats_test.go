package parse_test

import (
	"context"
	"errors"
	"maps"
	"slices"
	"testing"
	"time"

	"spsbot/retrieval/parse"
)

// holds checks what every format promises for any file: it is read into blocks
// in order, or refused with a reason, within its time.
func holds(t *testing.T, reader *parse.Reader, name string, data []byte) {
	t.Helper()
	start := time.Now()
	document, err := reader.Read(context.Background(), name, data, nil, nil)
	if took := time.Since(start); took > 30*time.Second {
		t.Errorf("took %v", took)
	}
	if err != nil {
		if !errors.Is(err, parse.ErrUnreadable) {
			t.Errorf("the error does not say that the file is unreadable: %v", err)
		}
		return
	}
	if err := checkSpans(document); err != nil {
		t.Errorf("%v in %q", err, document.Text)
	}
	if document.Extractor == "" || document.Source.ID == "" || document.Source.Title == "" {
		t.Errorf("extractor %q, facts %+v", document.Extractor, document.Source)
	}
}

// FuzzPDF reads in a process of its own, as the program does: the library may
// end its process.
func FuzzPDF(f *testing.F) {
	hostile := hostilePDFs(f)
	for _, name := range slices.Sorted(maps.Keys(hostile)) {
		if len(hostile[name]) < 1<<16 && name != "a table before itself" { // that one waits for its limit
			f.Add(hostile[name])
		}
	}
	f.Add(page("0.5 g BT /F 12 Tf 1 0 0 1 72 700 Tm [(Warm) -300 (water)] TJ T* (helps.) ' ET q 1 0 0 1 5 5 cm 3 3 3 3 re f Q BI ID x EI"))
	reader := isolated(f, "serve")
	reader.Limit(time.Second, 2*time.Second, 512<<20) // the library has endless loops: waiting for them finds nothing
	f.Fuzz(func(t *testing.T, data []byte) { holds(t, reader, "page.pdf", data) })
}

// FuzzPageContent reads the drawing of a page in this process: it is ours alone.
func FuzzPageContent(f *testing.F) {
	for _, content := range []string{
		"BT /F 12 Tf 72 700 Td (Warm water helps.) Tj ET", "1 g BT /F 12 Tf 3 Tr [(a) -900 (b)] TJ 5 Ts 50 Tz 2 Tc 3 Tw T* (c) ' 1 2 (d) \" ET",
		"q 2 0 0 2 0 0 cm 0 0 5 5 re f Q /Clear gs /Artifact BMC (x) Tj EMC", "<48 65 6c> Tj <</A [1 2]>> BDC EMC BI /W 1 ID \x00\xff EI ET", columnsContent(),
	} {
		f.Add(content)
	}
	reader := parse.NewReader(englishWords(f))
	f.Fuzz(func(t *testing.T, content string) { holds(t, reader, "page.pdf", page(content)) })
}

func FuzzHTML(f *testing.F) {
	for _, seed := range []string{
		"<h1>Sticks</h1><p>They help:<ul><li>at home<ol><li>on stairs</ol><li><p>outside:</p><p>on ice</p></ul>",
		"<table><tr><th colspan=2>a<th>b<tr><td rowspan=3>c<td>d<table><tr><td>e</table>", "<style>.a .b>#c{display:none;color:#fff}</style><p class='a b' id=c style='font-size:0'>x<sup>1</sup>",
		"<meta charset=utf-16><dl><dt>a<dd>b</dl><pre>c\n- d\n</pre><br><br>&#8203;&shy;<!-- --><svg><p>", "<article><p>Warm water helps.</p></article><nav>x</nav>",
	} {
		f.Add([]byte(seed))
	}
	reader := parse.NewReader(englishWords(f))
	f.Fuzz(func(t *testing.T, data []byte) { holds(t, reader, "page.html", data) })
}

func FuzzDOCX(f *testing.F) {
	for _, seed := range []string{
		paragraph(`<w:pStyle w:val="Own"/>`, run("Sticks", "<w:b/>")), paragraph(`<w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr>`, run("a:", "")),
		"<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='3'/><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
		"<w:p><w:r><w:fldChar w:fldCharType='begin'/><w:sym w:char='F0B7'/><w:tab/><w:br/><w:txbxContent><w:p/></w:txbxContent></w:r></w:p>",
	} {
		f.Add(seed, []byte(nil))
	}
	f.Add("", testFile(f, "guide-libreoffice.docx"))
	reader := parse.NewReader(englishWords(f))
	f.Fuzz(func(t *testing.T, body string, data []byte) {
		if body != "" {
			data = word(t, body)
		}
		holds(t, reader, "page.docx", data)
	})
}

func FuzzEPUB(f *testing.F) {
	f.Add("<html><head><title/></head><body><h1>a</h1><p>b c d e.</p></body></html>", []byte(nil))
	f.Add("", testFile(f, "guide-pandoc.epub"))
	reader := parse.NewReader(englishWords(f))
	f.Fuzz(func(t *testing.T, chapter string, data []byte) {
		if chapter != "" {
			data = zipped(t, bookParts(chapter, "<p>Warm water helps many people.</p>"))
		}
		holds(t, reader, "book.epub", data)
	})
}
