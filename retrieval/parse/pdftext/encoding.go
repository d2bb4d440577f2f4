package pdftext

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/ledongthuc/pdf"
	"golang.org/x/text/encoding/charmap"
)

// unknownLetter stands for a letter that the file does not name.
const unknownLetter = "\ufffd"

// byteTable is the text of each code of a simple font.
type byteTable [256]string

// baseTable returns the table of a named encoding; the standard one for others.
func baseTable(encoding string) *byteTable {
	table := &byteTable{}
	for code := range 256 {
		text := ""
		switch {
		case encoding == "WinAnsiEncoding" && code >= ' ':
			text = string(charmap.Windows1252.DecodeByte(byte(code)))
		case encoding == "MacRomanEncoding" && code >= ' ':
			text = string(charmap.Macintosh.DecodeByte(byte(code)))
		case code >= ' ' && code < 0x7f:
			text = string(rune(code))
		}
		if text == "" || text == "\u0081" {
			text = unknownLetter
		}
		table[code] = text
	}
	if encoding != "WinAnsiEncoding" && encoding != "MacRomanEncoding" {
		for code, name := range standardNames() {
			table[code], _ = glyphText(name)
		}
	}
	return table
}

// standardNames are the codes of the standard encoding outside of ASCII, and
// those inside that differ.
func standardNames() map[int]string {
	names := map[int]string{'\'': "quoteright", '`': "quoteleft"}
	for first, list := range map[int]string{
		0xa1: "exclamdown cent sterling fraction yen florin section currency quotesingle quotedblleft guillemotleft guilsinglleft guilsinglright fi fl",
		0xb1: "endash dagger daggerdbl periodcentered",
		0xb6: "paragraph bullet quotesinglbase quotedblbase quotedblright guillemotright ellipsis perthousand",
		0xbf: "questiondown", 0xd0: "emdash", 0xe1: "AE", 0xe3: "ordfeminine", 0xe8: "Lslash Oslash OE ordmasculine",
		0xf1: "ae", 0xf5: "dotlessi", 0xf8: "lslash oslash oe germandbls",
	} {
		for i, name := range strings.Fields(list) {
			names[first+i] = name
		}
	}
	return names
}

// simpleTable returns the table of a font whose codes are single bytes, from its
// encoding or, where it has none, from the font program.
func simpleTable(font pdf.Value) *byteTable {
	encoding := font.Key("Encoding")
	base := encoding.Name()
	if encoding.Kind() == pdf.Dict {
		base = encoding.Key("BaseEncoding").Name()
	}
	table := baseTable(base)
	if base == "" {
		programTable(font, table)
	}
	differences(encoding.Key("Differences"), table)
	return table
}

func differences(list pdf.Value, table *byteTable) {
	code := 0
	for i := range min(list.Len(), 1024) {
		entry := list.Index(i)
		if entry.Kind() == pdf.Integer {
			code = int(entry.Int64())
			continue
		}
		if entry.Kind() == pdf.Name && code >= 0 && code < len(table) {
			setGlyph(table, code, entry.Name())
		}
		code++
	}
}

func setGlyph(table *byteTable, code int, name string) {
	text, ok := glyphText(name)
	switch {
	case ok:
		table[code] = text
	case name == "space" || name == "nbspace" || name == "nonbreakingspace":
		table[code] = " "
	case name == "sfthyphen" || name == "softhyphen":
		table[code] = "\u00ad"
	default:
		table[code] = unknownLetter
	}
}

// programEntry matches an entry of the encoding in the plain part of a font program.
var programEntry = regexp.MustCompile(`dup\s+(\d{1,3})\s*/(\S+)\s+put`)

// programTable adds the encoding that stands in the font program itself.
func programTable(font pdf.Value, table *byteTable) {
	program := font.Key("FontDescriptor").Key("FontFile")
	if program.Kind() != pdf.Stream {
		return
	}
	plain := readStream(program, 1<<20)
	if length := int(program.Key("Length1").Int64()); length > 0 && length < len(plain) {
		plain = plain[:length]
	}
	for _, match := range programEntry.FindAllSubmatch(plain, 256) {
		if code, err := strconv.Atoi(string(match[1])); err == nil && code < len(table) {
			setGlyph(table, code, string(match[2]))
		}
	}
}
