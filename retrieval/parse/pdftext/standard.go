package pdftext

import (
	_ "embed"
	"strconv"
	"strings"
)

// widthFile holds the widths of the fonts that a PDF may use without having them.
//
//go:embed widths.txt
var widthFile string

// Widths of letters that widthFile has none for, in thousandths of their size.
const (
	averageWidth    = 500
	typewriterWidth = 600
)

// standardWidths sets the widths of a font that every reader has, by its folded
// name, and returns the width of other letters.
func standardWidths(name string, widths map[int]float64) float64 {
	if strings.Contains(name, "courier") || strings.Contains(name, "mono") {
		return typewriterWidth
	}
	bold, slanted := strings.Contains(name, "bold"), strings.Contains(name, "italic") || strings.Contains(name, "oblique")
	family := "helvetica"
	if strings.Contains(name, "times") || strings.Contains(name, "serif") && !strings.Contains(name, "sans") {
		family = "times"
	}
	switch {
	case family == "helvetica" && bold:
		family += "-bold"
	case family == "times" && bold && slanted:
		family += "-bolditalic"
	case family == "times" && bold:
		family += "-bold"
	case family == "times" && slanted:
		family += "-italic"
	}
	for line := range strings.Lines(widthFile) {
		first, rest, _ := strings.Cut(line, " ")
		if first != family {
			continue
		}
		for i, field := range strings.Fields(rest) {
			if width, err := strconv.ParseFloat(field, 64); err == nil {
				widths[' '+i] = width
			}
		}
	}
	return averageWidth
}
