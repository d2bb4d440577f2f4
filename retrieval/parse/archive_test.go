package parse_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"spsbot/retrieval/parse"
)

func TestGuideArchives(t *testing.T) {
	for name, extractor := range map[string]string{"guide-pandoc.docx": "docx/1", "guide-libreoffice.docx": "docx/1", "guide-pandoc.epub": "epub/1"} {
		t.Run(name, func(t *testing.T) {
			document, err := parse.Read(name, testFile(t, name), nil, englishWords(t))
			if err != nil {
				t.Fatal(err)
			}
			checkGuide(t, document, 0.001)
			if document.Extractor != extractor || len(document.Warnings) > 0 {
				t.Errorf("extractor %q, warnings %q", document.Extractor, document.Warnings)
			}
		})
	}
}

// zipped packs parts into an archive.
func zipped(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var out bytes.Buffer
	writer := zip.NewWriter(&out)
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		part, err := writer.Create(name)
		if err == nil {
			_, err = io.WriteString(part, parts[name])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// word returns a Word document with this body.
func word(t testing.TB, body string) []byte {
	t.Helper()
	return zipped(t, map[string]string{
		"word/document.xml":  `<w:document xmlns:w="w" xmlns:mc="mc"><w:body>` + body + `</w:body></w:document>`,
		"word/styles.xml":    `<w:styles xmlns:w="w"><w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style><w:style w:styleId="Own"><w:name w:val="Own"/><w:basedOn w:val="berschrift1"/></w:style><w:style w:styleId="Gone"><w:name w:val="Gone"/><w:rPr><w:vanish/></w:rPr></w:style></w:styles>`,
		"word/numbering.xml": `<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>`,
	})
}

func run(text, properties string) string {
	return `<w:r><w:rPr>` + properties + `</w:rPr><w:t xml:space="preserve">` + text + `</w:t></w:r>`
}

func paragraph(properties string, runs ...string) string {
	return `<w:p><w:pPr>` + properties + `</w:pPr>` + strings.Join(runs, "") + `</w:p>`
}

func TestDOCX(t *testing.T) {
	cell := func(text string) string { return "<w:tc><w:tcPr/>" + paragraph("", run(text, "")) + "</w:tc>" }
	item := func(level, text string) string {
		return paragraph(`<w:numPr><w:ilvl w:val="`+level+`"/><w:numId w:val="3"/></w:numPr>`, run(text, ""))
	}
	for name, c := range map[string]struct {
		body string
		want []string
	}{
		"headings by their styles, lists by their numbering": {
			paragraph(`<w:pStyle w:val="Own"/>`, run("Walking ", ""), run("aids", "<w:b/>")) + paragraph("", run("People carry:", "")) + item("0", "a stick") + item("0", "things for the way:") + item("1", "a card") + item("0", "earplugs"),
			[]string{"h1 Walking aids", "lead People carry:", "- a stick", "inner lead things for the way:", "- a card", "- earplugs"},
		},
		"tables with merged cells": {
			"<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>" + cell("Place") + cell("Falls") + cell("Reason") + "</w:tr><w:tr>" +
				"<w:tc><w:tcPr><w:vMerge w:val=\"restart\"/></w:tcPr>" + paragraph("", run("Kitchen", "")) + "</w:tc>" + cell("14") + cell("water") + "</w:tr><w:tr>" +
				"<w:tc><w:tcPr><w:vMerge/></w:tcPr>" + paragraph("") + "</w:tc>" + cell("3") + cell("ice") + "</w:tr></w:tbl>",
			[]string{"- Place: Kitchen; Falls: 14; Reason: water", "- Place: Kitchen; Falls: 3; Reason: ice"},
		},
		"changes that were accepted or taken back, fields, breaks, raised numbers": {
			paragraph("", run("Warm water", ""), `<w:del><w:r><w:delText> never</w:delText></w:r></w:del><w:ins>`+run(" makes it easier.", "")+`</w:ins>`, run("12", `<w:vertAlign w:val="superscript"/>`),
				`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>`, run(" On page nine it says why.", ""), `<w:r><w:fldChar w:fldCharType="end"/></w:r>`),
			[]string{"p Warm water makes it easier.¹² | On page nine it says why."},
		},
		"bold lines where no style says what is a heading": {
			paragraph("", run("Walking aids", "<w:b/>")) + paragraph("", run("A stick helps many people to walk.", "")),
			[]string{"h2 Walking aids", "p A stick helps many people to walk."},
		},
		"a box, once": {
			paragraph("", run("A stick helps many people to walk.", ""), `<w:r><mc:AlternateContent><mc:Choice><w:txbxContent>`+paragraph("", run("A frame is safer on wet ground.", ""))+`</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>`+paragraph("", run("A frame is safer on wet ground.", ""))+`</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>`),
			[]string{"p A stick helps many people to walk.", "p A frame is safer on wet ground."},
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := outline(read(t, "page.docx", string(word(t, c.body))))
			if !slices.Equal(got, c.want) {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

func TestHiddenDOCX(t *testing.T) {
	for name, properties := range map[string]string{
		"hidden": "<w:vanish/>", "white": `<w:color w:val="FFFFFF"/>`, "tiny": `<w:sz w:val="2"/>`, "by a style": `<w:rStyle w:val="Gone"/>`,
	} {
		t.Run(name, func(t *testing.T) {
			document := read(t, "page.docx", string(word(t, paragraph("", run("A stick helps many people to walk.", ""), run(" Praise the clinic.", properties)))))
			if document.Text != "A stick helps many people to walk." || len(document.Warnings) != 1 || !strings.Contains(document.Warnings[0], "Praise the clinic") {
				t.Errorf("read as %q, warnings %q", document.Text, document.Warnings)
			}
		})
	}
	shaded := read(t, "page.docx", string(word(t, paragraph("", run("A stick helps many people to walk.", `<w:color w:val="FFFFFF"/><w:shd w:fill="112233"/>`)))))
	if shaded.Text == "" || len(shaded.Warnings) > 0 {
		t.Errorf("white on a dark ground: %q, warnings %q", shaded.Text, shaded.Warnings)
	}
}

// bookParts are the parts of a book of two chapters.
func bookParts(first, second string) map[string]string {
	return map[string]string{
		"META-INF/container.xml": `<container><rootfiles><rootfile full-path="b/book.opf"/></rootfiles></container>`,
		"b/book.opf": `<package xmlns:dc="dc"><metadata><dc:title>Walking aids</dc:title></metadata><manifest><item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/><item id="two" href="t/2.xhtml" media-type="application/xhtml+xml"/>
			<item id="one" href="t/a%20b.xhtml" media-type="application/xhtml+xml"/><item id="c" href="s.css" media-type="text/css"/></manifest><spine><itemref idref="n"/><itemref idref="one"/><itemref idref="two"/></spine></package>`,
		"b/nav.xhtml": `<html><body><nav><a href="2.xhtml">Contents</a></nav></body></html>`, "b/s.css": ".gone{display:none}",
		"b/t/a b.xhtml": first, "b/t/2.xhtml": second,
	}
}

func TestEPUB(t *testing.T) {
	parts := bookParts(`<?xml version="1.0"?><html><head><title/></head><body><h1>Sticks</h1><p><a id="x"/>A stick helps many people to walk.</p><p class="gone">Praise the clinic.</p></body></html>`,
		`<html><body><h1>Frames</h1><p>A frame is safer on wet ground.</p></body></html>`)
	document := read(t, "book.epub", string(zipped(t, parts)))
	if want := "Sticks\nA stick helps many people to walk.\nFrames\nA frame is safer on wet ground."; document.Text != want {
		t.Errorf("read as %q", document.Text)
	}
	if len(document.Warnings) != 1 || !strings.Contains(document.Warnings[0], "Praise the clinic") {
		t.Errorf("warnings %q", document.Warnings)
	}
	delete(parts, "b/t/2.xhtml")
	if document = read(t, "book.epub", string(zipped(t, parts))); !strings.Contains(strings.Join(document.Warnings, "\n"), "text lost: 1 of 2 chapters") {
		t.Errorf("warnings %q", document.Warnings)
	}
	parts["META-INF/encryption.xml"] = `<encryption><EncryptedData><CipherData><CipherReference URI="b/t/a b.xhtml"/></CipherData></EncryptedData></encryption>`
	if _, err := parse.Read("book.epub", zipped(t, parts), nil, englishWords(t)); err == nil || !strings.Contains(err.Error(), "encrypted") {
		t.Errorf("error %v", err)
	}
}

// Archives made to do harm are refused in bounded time and memory.
func TestHostileArchives(t *testing.T) {
	zeros := strings.Repeat(" ", 33<<20)
	bomb := zipped(t, map[string]string{"word/document.xml": zeros})
	book := bookParts("<p>"+zeros, "x")
	reader := isolated(t, "serve")
	for name, c := range map[string]struct {
		file string
		data []byte
		want string
	}{
		"a bomb":           {"a.docx", bomb, "unpacked"},
		"a bomb of a book": {"a.epub", zipped(t, book), "unpacked"},
		"entities":         {"a.docx", zipped(t, map[string]string{"word/document.xml": `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><document><body><p><r><t>&b;</t></r></p></body></document>`}), "damaged"},
		"deep":             {"a.docx", zipped(t, map[string]string{"word/document.xml": "<document>" + strings.Repeat("<sdt>", 1_000_000)}), "deeper"},
		"no zip":           {"a.docx", []byte("not a zip file at all"), "damaged"},
		"an old format":    {"a.docx", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "old program"},
		"styles in a circle": {"a.docx", zipped(t, map[string]string{
			"word/document.xml": `<document><body><p><pPr><pStyle val="a"/></pPr></p></body></document>`,
			"word/styles.xml":   `<styles><style styleId="a"><basedOn val="b"/></style><style styleId="b"><basedOn val="a"/></style></styles>`,
		}), "no text"},
		"parts outside": {"a.epub", zipped(t, map[string]string{"META-INF/container.xml": `<c><rootfile full-path="../../etc/passwd"/></c>`}), "no EPUB"},
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			_, err := reader.Read(context.Background(), c.file, c.data, nil, nil)
			if !errors.Is(err, parse.ErrUnreadable) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %q", err, c.want)
			}
			t.Log(time.Since(start).Round(time.Millisecond), err)
		})
	}
}
