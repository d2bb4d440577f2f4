package pdftext

import "github.com/ledongthuc/pdf"

// textOperator carries out the operators of text; false for others.
func (w *walker) textOperator(name string, arguments []token) bool {
	switch name {
	case "BT":
		w.text, w.line = identity(), identity()
	case "Tf":
		if n, ok := numbers(arguments, 1); ok && len(arguments) >= 2 {
			w.font, w.size = w.fontOf(w.resources.Key("Font").Key(arguments[len(arguments)-2].text)), n[0]
		}
	case "Tc", "Tw", "Tz", "TL", "Ts", "Tr":
		if n, ok := numbers(arguments, 1); ok {
			w.setting(name, n[0])
		}
	case "Td", "TD":
		if n, ok := numbers(arguments, 2); ok {
			if name == "TD" {
				w.leading = -n[1]
			}
			w.move(n[0], n[1])
		}
	case "Tm":
		if n, ok := numbers(arguments, 6); ok {
			w.text, w.line = matrix(n), matrix(n)
		}
	case "T*":
		w.move(0, -w.leading)
	case "'", "\"":
		if n, ok := numbers(arguments[:max(0, len(arguments)-1)], 2); ok && name == "\"" {
			w.wordSpace, w.charSpace = n[0], n[1]
		}
		w.move(0, -w.leading)
		w.show(arguments)
	case "Tj", "TJ":
		w.show(arguments)
	default:
		return false
	}
	return true
}

func (w *walker) setting(name string, value float64) {
	switch name {
	case "Tc":
		w.charSpace = value
	case "Tw":
		w.wordSpace = value
	case "Tz":
		w.scale = value / 100
	case "TL":
		w.leading = value
	case "Ts":
		w.rise = value
	case "Tr":
		w.mode = int(value)
	}
}

// move begins a new line at an offset from the beginning of this one.
func (w *walker) move(x, y float64) {
	w.line = matrix{1, 0, 0, 1, x, y}.then(w.line)
	w.text = w.line
}

// forward moves along the line, in units of the text space.
func (w *walker) forward(x float64) { w.text = matrix{1, 0, 0, 1, x, 0}.then(w.text) }

// show draws the strings among the arguments; numbers between them move along.
func (w *walker) show(arguments []token) {
	if w.font == nil {
		return
	}
	for _, argument := range arguments {
		switch argument.kind {
		case tokenNumber:
			w.forward(-argument.number / 1000 * w.size * w.scale)
		case tokenString:
			w.showString(argument.text)
		default:
		}
	}
}

func (w *walker) showString(raw string) {
	for len(raw) > 0 && len(w.glyphs) < pageGlyphs {
		length, text, width := w.font.next(raw)
		w.add(text, width)
		step := width*w.size + w.charSpace
		if length == 1 && raw[0] == ' ' {
			step += w.wordSpace
		}
		w.forward(step * w.scale)
		raw = raw[length:]
	}
}

// fontOf returns a font, each one read once. Its own notation tells it from
// others: it names the objects that it is made of.
func (w *walker) fontOf(value pdf.Value) *font {
	if value.Kind() != pdf.Dict {
		return nil
	}
	key := value.String()
	if known, ok := w.fonts[key]; ok {
		return known
	}
	f := newFont(value)
	if f.unit == 0 {
		f.unit = 0.001
	}
	if len(w.fonts) < 4096 {
		w.fonts[key] = f
	}
	return f
}
