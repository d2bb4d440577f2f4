package parse

import (
	"strconv"
	"strings"
)

// docxLook is how the letters of a run look, as far as that matters. Zero values
// say nothing.
type docxLook struct {
	hidden, shown bool // hidden, or expressly not
	bold, plain   bool
	colour        string // six hexadecimal digits, or "auto"
	ground        string
	size          float64 // points
	raised        bool
}

// with returns the look with what another says in its place.
func (l docxLook) with(other docxLook) docxLook {
	if other.hidden || other.shown {
		l.hidden, l.shown = other.hidden, other.shown
	}
	if other.bold || other.plain {
		l.bold, l.plain = other.bold, other.plain
	}
	if other.colour != "" {
		l.colour = other.colour
	}
	if other.ground != "" {
		l.ground = other.ground
	}
	if other.size > 0 {
		l.size = other.size
	}
	l.raised = l.raised || other.raised
	return l
}

// readDocxLook reads the properties of a run over a look.
func readDocxLook(properties *element, l docxLook) docxLook {
	if properties == nil {
		return l
	}
	own := docxLook{}
	for _, p := range properties.children {
		value := p.attr("val")
		off := value == "0" || value == "false" || value == "none"
		switch p.name {
		case "vanish", "webHidden", "specVanish":
			own.hidden, own.shown = !off, off
		case "b":
			own.bold, own.plain = !off, off
		case "color":
			own.colour = strings.ToLower(value)
		case "shd":
			own.ground = strings.ToLower(p.attr("fill"))
		case "highlight":
			own.ground = value
		case "sz":
			if half, err := strconv.ParseFloat(value, 64); err == nil {
				own.size = half / 2
			}
		case "vertAlign":
			own.raised = value == "superscript"
		}
	}
	return l.with(own)
}

// seen reports whether a reader can see letters that look so.
func (l docxLook) seen() bool {
	if l.hidden || l.size > 0 && l.size < 1.6 {
		return false
	}
	colour, ok := readColour("#" + l.colour)
	if !ok {
		return true
	}
	ground := rgb{1, 1, 1, 1}
	switch named, known := readColour("#" + l.ground); {
	case known:
		ground = named
	case l.ground != "" && l.ground != "auto" && l.ground != "clear":
		return true // a named colour behind it
	}
	return !colour.like(ground)
}
