package parse_test

import (
	"bytes"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"spsbot/retrieval/parse"
)

// deflated returns a stream object of packed data.
func deflated(t testing.TB, data string) string {
	t.Helper()
	var out bytes.Buffer
	writer := zlib.NewWriter(&out)
	if _, err := writer.Write([]byte(data)); err != nil {
		t.Fatal(err)
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream", out.Len(), out.String())
}

// hostilePDFs are files made to hang a reader, to fill its memory or to break it down.
func hostilePDFs(t testing.TB) map[string][]byte {
	t.Helper()
	const (
		catalog = "<< /Type /Catalog /Pages 2 0 R >>"
		pages   = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
		leaf    = "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F 5 0 R >> /XObject << /X 4 0 R /Y 6 0 R >> >> >>"
		letters = "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>"
	)
	stream := func(dictionary, content string) string {
		return fmt.Sprintf("<< %s /Length %d >>\nstream\n%s\nendstream", dictionary, len(content), content)
	}
	manyPages := pdfFile(catalog, "<< /Type /Pages /Kids ["+strings.Repeat("2 0 R ", 40)+"] /Count 40 >>")
	loop := page("BT /F 12 Tf (x) Tj ET")
	at := bytes.Index(loop, []byte("xref\n"))
	loop = bytes.Replace(loop, []byte("/Root 1 0 R"), fmt.Appendf(nil, "/Root 1 0 R /Prev %d", at), 1)
	return map[string][]byte{
		"pages in a circle":             pdfFile(catalog, "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"),
		"pages in many circles":         manyPages,
		"a page that is its parent":     pdfFile(catalog, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", "<< /Type /Page /Parent 3 0 R /Contents 3 0 R >>"),
		"a form that draws itself":      pdfFile(catalog, pages, leaf, stream("/Subtype /Form", strings.Repeat("/X Do ", 40)), letters),
		"forms that draw each other":    pdfFile(catalog, pages, leaf, stream("/Subtype /Form", "/Y Do /Y Do /Y Do"), letters, stream("/Subtype /Form /Resources << /XObject << /X 4 0 R >> >>", "/X Do /X Do /X Do")),
		"a length that is itself":       pdfFile(catalog, pages, leaf, "<< /Length 4 0 R >>\nstream\nx\nendstream"),
		"a table before itself":         loop,
		"a deep object":                 pdfFile(catalog, pages, strings.Repeat("[", 200_000)),
		"deep states":                   page(strings.Repeat("q ", 1_000_000)),
		"many numbers":                  page(strings.Repeat("1 ", 5_000_000) + "Tj"),
		"an endless string":             page("BT /F 12 Tf (" + strings.Repeat("(", 2_000_000)),
		"a huge table":                  []byte("%PDF-1.4\nxref\n0 1\n0000000000 65535 f \n4294967290 1\n0000000009 00000 n \ntrailer\n<< /Size 99999999999 /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"),
		"an absurd matrix":              page("1e300 0 0 1e300 0 0 cm BT /F 1e300 Tf 1e300 1e300 Td (A stick helps.) Tj ET"),
		"a map of all there is":         pdfFile(catalog, pages, leaf, stream("", "BT /F 12 Tf <0001> Tj ET"), "<< /Type /Font /Subtype /Type0 /Encoding /Identity-H /ToUnicode 6 0 R >>", stream("", "1 begincodespacerange <00> <ffffffff> endcodespacerange "+strings.Repeat("1 beginbfrange <00000000> <ffffffff> <0000> endbfrange ", 500))),
		"nothing but a head and a foot": []byte("%PDF-1.7\n%%EOF\n"),
	}
}

func TestHostilePDF(t *testing.T) {
	reader := isolated(t, "serve")
	reader.Limit(time.Second, 4*time.Second, 512<<20)
	files := hostilePDFs(t)
	files["a bomb"] = pdfFile("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", "<< /Type /Page /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
		deflated(t, strings.Repeat("BT /F 12 Tf (x) Tj ET ", 3_100_000)), "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>")
	for name, data := range files {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			_, err := reader.Read(context.Background(), "page.pdf", data, nil, nil)
			if err != nil && !errors.Is(err, parse.ErrUnreadable) {
				t.Error(err)
			}
			took := time.Since(start).Round(time.Millisecond)
			if took > 8*time.Second {
				t.Errorf("took %v", took)
			}
			t.Log(took, err)
		})
	}
}

// damaged returns a copy of a file that is cut short, or in which bytes were
// changed, taken out or doubled.
func damaged(data []byte, random *rand.Rand) []byte {
	out := bytes.Clone(data)
	if random.IntN(3) == 0 {
		return out[:random.IntN(len(out))]
	}
	for range 1 + random.IntN(30) {
		at := random.IntN(len(out) - 64)
		switch random.IntN(3) {
		case 0:
			out[at] = byte(random.IntN(256))
		case 1:
			out = append(out[:at], out[at+1+random.IntN(32):]...)
		default:
			out = append(out[:at+32], out[at:]...)
		}
	}
	return out
}

// Damaged files of every format are read as far as they go, or refused with a
// reason: none takes the program along.
func TestDamagedFiles(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	reader := isolated(t, "serve")
	reader.Limit(5*time.Second, 10*time.Second, 512<<20)
	for _, name := range []string{"guide-chromium.pdf", "guide-libreoffice.pdf", "guide-latex.pdf", "guide-pandoc.docx", "guide-pandoc.epub", "guide-pandoc.html"} {
		t.Run(name, func(t *testing.T) {
			data := testFile(t, name)
			readable := 0
			for range 15 {
				document, err := reader.Read(context.Background(), name, damaged(data, random), nil, nil)
				switch {
				case err == nil:
					readable++
					if err := checkSpans(document); err != nil {
						t.Error(err)
					}
				case !errors.Is(err, parse.ErrUnreadable):
					t.Error(err)
				}
			}
			t.Logf("%d of 15 were read", readable)
		})
	}
}
