package pdftext

import "math"

// cover notes that something darker than paper covers a rectangle of the user's space.
func (w *walker) cover(r rectangle) {
	place := emptyPath()
	for _, corner := range [][2]float64{{r.x0, r.y0}, {r.x1, r.y0}, {r.x0, r.y1}, {r.x1, r.y1}} {
		place.include(w.ctm.apply(corner[0], corner[1]))
	}
	if len(w.dark) == pageShapes {
		w.dark = append(w.dark[:0], w.dark[pageShapes/2:]...)
	}
	w.dark = append(w.dark, place)
}

// Sizes of the dots before list items, in points, and against the letters.
const (
	smallestDot = 1.8
	largestDot  = 9
	dotShare    = 0.36
	dotHeight   = 0.33 // of its middle over the baseline
)

// dot notes a small shape as wide as it is high.
func (w *walker) dot(place rectangle) {
	width, height := place.x1-place.x0, place.y1-place.y0
	if width < smallestDot || width > largestDot || math.Abs(width-height) > 0.2*width || w.artifacts > 0 {
		return
	}
	size := height / dotShare
	w.glyphs = append(w.glyphs, glyph{
		text: bullet, x0: place.x0, x1: place.x1, y: (place.y0+place.y1)/2 - dotHeight*size, size: size, shape: true,
		hidden: !w.page.holds(place.x0, place.y0),
	})
}

// draw follows paths, of which only what is filled matters.
func (w *walker) draw(name string, arguments []token) {
	switch name {
	case "re":
		if n, ok := numbers(arguments, 4); ok {
			w.path.include(n[0], n[1])
			w.path.include(n[0]+n[2], n[1]+n[3])
			w.drawn = true
		}
	case "m", "l", "c", "v", "y":
		if n, ok := numbers(arguments, 2); ok {
			w.path.include(n[0], n[1])
			w.drawn = true
		}
	case "f", "F", "f*", "B", "B*", "b", "b*":
		if w.drawn && !w.light && !w.clear {
			w.cover(w.path)
			w.dot(w.dark[len(w.dark)-1])
		}
		w.path, w.drawn = emptyPath(), false
	case "S", "s", "n":
		w.path, w.drawn = emptyPath(), false
	case "sh":
		w.cover(w.page)
	}
}

// colour follows the colour in which letters and shapes are filled.
func (w *walker) colour(name string, arguments []token) bool {
	switch name {
	case "g":
		if n, ok := numbers(arguments, 1); ok {
			w.light = n[0] > white
		}
	case "rg":
		if n, ok := numbers(arguments, 3); ok {
			w.light = min(n[0], n[1], n[2]) > white
		}
	case "k":
		if n, ok := numbers(arguments, 4); ok {
			w.light = n[0]+n[1]+n[2]+n[3] < 1-white
		}
	case "cs":
		w.light = false // every colour space begins with black
	case "sc", "scn":
		w.light = w.lightComponents(arguments)
	default:
		return false
	}
	return true
}

// lightComponents judges a colour by its number of components: grey, the three
// lights, or the four inks. What a pattern or another space shows is unknown.
func (w *walker) lightComponents(arguments []token) bool {
	for _, argument := range arguments {
		if argument.kind != tokenNumber {
			return false
		}
	}
	switch len(arguments) {
	case 3:
		return min(arguments[0].number, arguments[1].number, arguments[2].number) > white
	case 4:
		return arguments[0].number+arguments[1].number+arguments[2].number+arguments[3].number < 1-white
	}
	return false
}

// visible reports whether a reader sees letters at a place.
func (w *walker) visible(x, y, size float64) bool {
	if size < smallest || w.clear || !w.page.holds(x, y) {
		return false
	}
	if !w.light {
		return true
	}
	for i := len(w.dark) - 1; i >= 0; i-- {
		if w.dark[i].holds(x, y+size/3) {
			return true
		}
	}
	return false
}
