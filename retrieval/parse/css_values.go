package parse

import (
	"math"
	"strconv"
	"strings"
)

// Limits of what a reader can see.
const (
	smallestFont  = 2.0    // CSS pixels
	outside       = -400.0 // CSS pixels left of or above the page
	faint         = 0.06   // of full opacity
	sameColour    = 0.09   // the largest difference of two colours that look the same, of full light
	pixelsPerEm   = 16.0
	pixelsPerInch = 96.0
)

// rgb is a colour, each part from 0 to 1; Alpha 0 shows nothing.
type rgb struct{ r, g, b, alpha float64 }

func (c rgb) like(other rgb) bool {
	return math.Max(math.Abs(c.r-other.r), math.Max(math.Abs(c.g-other.g), math.Abs(c.b-other.b))) < sameColour
}

// over returns the colour that shows when c lies over another.
func (c rgb) over(below rgb) rgb {
	mix := func(a, b float64) float64 { return a*c.alpha + b*(1-c.alpha) }
	return rgb{mix(c.r, below.r), mix(c.g, below.g), mix(c.b, below.b), 1}
}

func namedColours() map[string]string {
	return map[string]string{
		"white": "#ffffff", "black": "#000000", "red": "#ff0000", "green": "#008000", "blue": "#0000ff", "yellow": "#ffff00",
		"gray": "#808080", "grey": "#808080", "silver": "#c0c0c0", "navy": "#000080", "whitesmoke": "#f5f5f5", "snow": "#fffafa",
		"ivory": "#fffff0", "ghostwhite": "#f8f8ff", "floralwhite": "#fffaf0", "lightgray": "#d3d3d3", "lightgrey": "#d3d3d3",
		"maroon": "#800000", "teal": "#008080", "purple": "#800080", "orange": "#ffa500", "transparent": "#00000000",
	}
}

// readColour reads a colour; false for what is none or not known.
func readColour(value string) (rgb, bool) {
	value = strings.TrimSpace(strings.ToLower(value))
	if named, ok := namedColours()[value]; ok {
		value = named
	}
	if hex, found := strings.CutPrefix(value, "#"); found {
		return readHexColour(hex)
	}
	open, end := strings.IndexByte(value, '('), strings.IndexByte(value, ')')
	if !strings.HasPrefix(value, "rgb") || open < 0 || end < open {
		return rgb{}, false
	}
	parts := strings.FieldsFunc(value[open+1:end], func(r rune) bool { return r == ',' || r == ' ' || r == '/' })
	if len(parts) < 3 {
		return rgb{}, false
	}
	colour := rgb{alpha: 1}
	for i, into := range []*float64{&colour.r, &colour.g, &colour.b, &colour.alpha} {
		if i >= len(parts) {
			break
		}
		number, percent := strings.CutSuffix(parts[i], "%")
		n, err := strconv.ParseFloat(number, 64)
		if err != nil {
			return rgb{}, false
		}
		switch {
		case percent:
			n /= 100
		case i < 3:
			n /= 255
		}
		*into = n
	}
	return colour, true
}

func readHexColour(hex string) (rgb, bool) {
	if len(hex) == 3 || len(hex) == 4 {
		var long strings.Builder
		for i := range len(hex) {
			long.WriteByte(hex[i])
			long.WriteByte(hex[i])
		}
		hex = long.String()
	}
	if len(hex) == 6 {
		hex += "ff"
	}
	n, err := strconv.ParseUint(hex, 16, 32)
	if err != nil || len(hex) != 8 {
		return rgb{}, false
	}
	part := func(shift uint) float64 { return float64(n>>shift&0xff) / 255 }
	return rgb{part(24), part(16), part(8), part(0)}, true
}

// readLength returns a length in CSS pixels; base is what a percentage or an em is of.
func readLength(value string, base float64) (float64, bool) {
	value = strings.TrimSpace(value)
	for unit, factor := range map[string]float64{
		"px": 1, "pt": pixelsPerInch / 72, "rem": pixelsPerEm, "em": base, "ex": base / 2, "ch": base / 2, "%": base / 100,
		"vw": 10, "vh": 8, "vmin": 8, "vmax": 10, "cm": pixelsPerInch / 2.54, "mm": pixelsPerInch / 25.4, "in": pixelsPerInch,
	} {
		if number, found := strings.CutSuffix(value, unit); found {
			if n, err := strconv.ParseFloat(strings.TrimSpace(number), 64); err == nil {
				return n * factor, true
			}
		}
	}
	n, err := strconv.ParseFloat(value, 64)
	return n, err == nil
}
