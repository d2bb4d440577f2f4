package parse

import (
	"errors"
	"fmt"
	"strings"

	"spsbot/retrieval/parse/pdftext"
)

// scanLetters is the number of letters on a page below which it counts as a picture.
const scanLetters = 16

// readPDF yields the blocks of a PDF file. progress hears of each page.
func readPDF(data []byte, progress Progress) (rawDocument, error) {
	layout := &pdfLayout{}
	seen := pdfFaults{}
	err := pdftext.Extract(data, func(number, count int, page pdftext.Page) error {
		seen.add(number, &page)
		layout.add(&page)
		progress(number, count)
		return nil
	})
	switch {
	case errors.Is(err, pdftext.ErrEncrypted):
		return rawDocument{}, &fileError{Reason: "it is an encrypted PDF that opens with a password only, or in a way that is not understood", Hint: "save a copy without protection, or print it into a new PDF", Retry: true}
	case err != nil:
		return rawDocument{}, &fileError{Reason: err.Error(), Hint: "open it in a PDF viewer and print it into a new PDF", Retry: true}
	case seen.letters < scanLetters && seen.images > 0:
		return rawDocument{}, &fileError{Reason: fmt.Sprintf("it is a scan: its %d pages are pictures without text", seen.pages), Hint: "have the letters recognised first, for example with ocrmypdf, and read the result before you publish it", Retry: true}
	case seen.letters == 0:
		return rawDocument{}, &fileError{Reason: "it holds no text", Hint: "the PDF may be damaged or empty; open it in a PDF viewer", Retry: true}
	}
	raw := rawDocument{
		Blocks:    layout.blocks(),
		Extractor: fmt.Sprintf("pdf/%d", pdftext.Version),
		Warnings:  seen.warnings(),
		Letters:   seen.letters, Lost: seen.lost + seen.broken*scanLetters,
	}
	return raw, nil
}

// pdfFaults counts what an admin has to know of a PDF.
type pdfFaults struct {
	pages, letters, lost, images, sideways, broken, recognised int
	lostAt, brokenAt, scanned, hiddenAt                        []int
	hidden                                                     string
}

func (f *pdfFaults) add(number int, page *pdftext.Page) {
	f.pages++
	f.letters += page.Letters
	f.lost += page.Lost
	f.images += page.Images
	f.sideways += page.Sideways
	if page.Lost > 0 {
		f.lostAt = append(f.lostAt, number)
	}
	if page.Broken {
		f.broken++
		f.brokenAt = append(f.brokenAt, number)
	}
	if page.Letters < scanLetters && page.Images > 0 {
		f.scanned = append(f.scanned, number)
	}
	if page.Hidden != "" {
		f.hiddenAt = append(f.hiddenAt, number)
		f.hidden += " " + page.Hidden
	}
	if page.Recognised {
		f.recognised++
	}
}

func (f *pdfFaults) warnings() []string {
	var list []string
	if f.lost > 0 {
		list = append(list, fmt.Sprintf("text lost: %d of %d letters are not named by their fonts (%s); compare with the original", f.lost, f.letters, pageList(f.lostAt)))
	}
	if f.broken > 0 {
		list = append(list, fmt.Sprintf("text lost: damaged content (%s); compare with the original", pageList(f.brokenAt)))
	}
	if len(f.scanned) > 0 && len(f.scanned) < f.pages {
		list = append(list, fmt.Sprintf("text lost: pictures without text (%s)", pageList(f.scanned)))
	}
	if f.recognised > 0 {
		list = append(list, fmt.Sprintf("the letters of %d pages were recognised in pictures by a program; compare with the original", f.recognised))
	}
	if f.sideways > 0 {
		list = append(list, fmt.Sprintf("text lost: %d letters that do not stand upright were left out", f.sideways))
	}
	if f.hidden != "" {
		list = append(list, hiddenWarning(f.hidden)+" ("+pageList(f.hiddenAt)+")")
	}
	return list
}

// hiddenWarning says which text nobody can see.
func hiddenWarning(text string) string {
	text = strings.Join(strings.Fields(clean(text)), " ")
	return fmt.Sprintf("hidden text that no reader sees was left out: %q", shorten(text, 80))
}

// shorten cuts a text after so many characters.
func shorten(text string, longest int) string {
	runes := []rune(text)
	if len(runes) <= longest {
		return text
	}
	return strings.TrimSpace(string(runes[:longest])) + "…"
}

// pageList names the first of some pages.
func pageList(pages []int) string {
	const most = 5
	names := make([]string, 0, most)
	for _, page := range pages[:min(most, len(pages))] {
		names = append(names, fmt.Sprint(page))
	}
	switch {
	case len(pages) > most:
		return fmt.Sprintf("pages %s and %d more", strings.Join(names, ", "), len(pages)-most)
	case len(pages) == 1:
		return "page " + names[0]
	}
	return "pages " + strings.Join(names, ", ")
}
