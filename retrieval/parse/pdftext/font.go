package pdftext

import (
	"strings"

	"github.com/ledongthuc/pdf"
)

// font tells what the codes of a text mean and how wide they are.
type font struct {
	wide   bool     // codes are looked up in codes, with two bytes where it says nothing
	codes  *codeMap // the map from codes to text; nil for none
	parts  *codeMap // the map that parts codes, when it is another one
	table  *byteTable
	direct bool // codes are themselves UTF-16
	bold   bool
	// widths are in units of the text space, by code; missing ones have width.
	widths map[int]float64
	width  float64
	unit   float64 // of widths: a thousandth, except in fonts that are drawn by the page
}

// widestCodes is the largest number of widths that is read.
const widestCodes = 1 << 16

func newFont(value pdf.Value) *font {
	f := &font{widths: map[int]float64{}, unit: 0.001}
	if unicode := value.Key("ToUnicode"); unicode.Kind() == pdf.Stream {
		f.codes = readCodeMap(readStream(unicode, 16<<20))
	}
	name := strings.ToLower(value.Key("BaseFont").Name())
	f.bold = strings.Contains(name, "bold") || strings.Contains(name, "black") || strings.Contains(name, "heavy") || strings.Contains(name, "cmbx") || strings.Contains(name, "demi")
	if value.Key("Subtype").Name() == "Type0" {
		f.readWide(value)
		return f
	}
	f.table = simpleTable(value)
	first := int(value.Key("FirstChar").Int64())
	widths := value.Key("Widths")
	for i := range min(widths.Len(), 256) {
		f.widths[first+i] = widths.Index(i).Float64()
	}
	f.width = value.Key("FontDescriptor").Key("MissingWidth").Float64()
	if widths.Len() == 0 {
		f.width = standardWidths(name, f.widths)
	}
	if value.Key("Subtype").Name() == "Type3" {
		f.unit = value.Key("FontMatrix").Index(0).Float64()
	}
	return f
}

// readWide reads a font whose codes have several bytes.
func (f *font) readWide(value pdf.Value) {
	f.wide = true
	encoding := value.Key("Encoding")
	if encoding.Kind() == pdf.Stream {
		f.parts = readCodeMap(readStream(encoding, 4<<20))
	}
	if name := encoding.Name(); strings.Contains(name, "UCS2") || strings.Contains(name, "UTF16") {
		f.direct = true
	}
	inner := value.Key("DescendantFonts").Index(0)
	f.width = 1000
	if width := inner.Key("DW"); width.Kind() != pdf.Null {
		f.width = width.Float64()
	}
	list := inner.Key("W")
	for i := 0; i+1 < list.Len() && len(f.widths) < widestCodes; {
		first, second := int(list.Index(i).Int64()), list.Index(i+1)
		if second.Kind() == pdf.Array {
			for j := range min(second.Len(), widestCodes) {
				f.widths[first+j] = second.Index(j).Float64()
			}
			i += 2
			continue
		}
		width := list.Index(i + 2).Float64()
		for code := first; code <= int(second.Int64()) && len(f.widths) < widestCodes; code++ {
			f.widths[code] = width
		}
		i += 3
	}
}

// next returns the first code of raw: its length, its text and its width.
func (f *font) next(raw string) (length int, text string, width float64) {
	length = 1
	if f.wide {
		length = 2
		parts := f.codes
		if f.parts != nil {
			parts = f.parts
		}
		if parts != nil && parts.lengths[raw[0]] > 0 && (f.parts != nil || parts.lengths[raw[0]] == 2) {
			length = parts.lengths[raw[0]]
		}
		length = min(length, len(raw))
	}
	code := 0
	for i := range length {
		code = code<<8 | int(raw[i])
	}
	width, known := f.widths[code]
	if !known {
		width = f.width
	}
	return length, f.text(raw[:length]), width * f.unit
}

func (f *font) text(code string) string {
	if f.codes != nil {
		if text, ok := f.codes.text[codeKey(code)]; ok {
			return readable(text)
		}
	}
	switch {
	case f.direct:
		return readable(decodeUTF16(code))
	case f.table != nil:
		return readable(f.table[code[0]])
	}
	return unknownLetter
}

// readable writes ligatures as their letters, and letters that mean nothing
// outside of their font as unknown.
func readable(text string) string {
	for _, r := range text {
		if r >= 0x80 || r < ' ' {
			return readableRunes(text)
		}
	}
	return text
}

func readableRunes(text string) string {
	ligatures := map[rune]string{'ﬀ': "ff", 'ﬁ': "fi", 'ﬂ': "fl", 'ﬃ': "ffi", 'ﬄ': "ffl", 'ﬅ': "st", 'ﬆ': "st"}
	var out strings.Builder
	for _, r := range text {
		switch {
		case ligatures[r] != "":
			out.WriteString(ligatures[r])
		case r == '\t' || r == '\n' || r == '\r' || r == '\u00a0':
			out.WriteByte(' ')
		case r < ' ' || r >= 0x7f && r < 0xa0:
			out.WriteString(unknownLetter)
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}
