package parse

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// hider takes out of a page what a reader would not see: by its style, its
// attributes, or because no browser shows it.
type hider struct {
	rules  []cssRule
	byTag  map[string][]int // the places of rules in rules, by the tag, class or id that they ask for first
	hidden strings.Builder
}

// look is how the text at a place looks, as far as that can hide it.
type look struct {
	colour, ground rgb
	size           float64 // CSS pixels
	unsure         bool    // a picture lies below
}

// hideInvisible takes out of the tree what cannot be seen, and returns its text.
func hideInvisible(page *html.Node) string { return hideWithSheets(page, nil) }

// hideWithSheets is hideInvisible with style sheets that stand outside of the page.
func hideWithSheets(page *html.Node, sheets []string) string {
	h := &hider{byTag: map[string][]int{}}
	for _, sheet := range sheets {
		h.add(readRules(sheet))
	}
	for node := range page.Descendants() {
		if node.Type == html.ElementNode && node.Data == "style" && node.FirstChild != nil {
			h.add(readRules(node.FirstChild.Data))
		}
	}
	h.walk(page, look{colour: rgb{0, 0, 0, 1}, ground: rgb{1, 1, 1, 1}, size: pixelsPerEm})
	return strings.Join(strings.Fields(h.hidden.String()), " ")
}

func (h *hider) add(rules []cssRule) {
	for _, rule := range rules {
		last := rule.selector[len(rule.selector)-1]
		key := last.tag
		switch {
		case last.id != "":
			key = "#" + last.id
		case len(last.classes) > 0:
			key = "." + last.classes[0]
		}
		h.byTag[key] = append(h.byTag[key], len(h.rules))
		h.rules = append(h.rules, rule)
	}
}

func (h *hider) walk(node *html.Node, around look) {
	for child := node.FirstChild; child != nil; {
		next := child.NextSibling
		switch {
		case child.Type == html.CommentNode:
			node.RemoveChild(child)
		case child.Type == html.TextNode:
			if !around.shows() {
				h.drop(child)
			}
		case child.Type != html.ElementNode:
			h.walk(child, around)
		case unseenTag(child.Data):
			node.RemoveChild(child)
		default:
			style := h.styleOf(child)
			if isUnseen(child, style, around.size) {
				h.drop(child)
			} else {
				h.walk(child, around.inside(child, style))
			}
		}
		child = next
	}
}

// drop takes a node out and keeps its text for the admin.
func (h *hider) drop(node *html.Node) {
	h.hidden.WriteString(" " + nodeText(node))
	node.Parent.RemoveChild(node)
}

// unseenTag reports whether a browser shows nothing of an element, or something
// else than its text.
func unseenTag(tag string) bool {
	switch tag {
	case "script", "style", "template", "noscript", "iframe", "object", "embed", "canvas", "audio", "video", "svg",
		"input", "select", "textarea", "button", "datalist", "map", "annotation", "annotation-xml", "rp", "noframes":
		return true
	}
	return false
}

// unseenClasses are the names by which style sheets of many sites hide text.
func unseenClasses() []string {
	return []string{"sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "screen-reader-only", "hidden", "d-none", "is-hidden", "hide", "invisible"}
}

// styleOf returns the declarations for an element.
func (h *hider) styleOf(node *html.Node) map[string]string {
	style := map[string]string{}
	var matching []int
	keys := []string{"", node.Data, "#" + attribute(node, "id")}
	for class := range strings.FieldsSeq(attribute(node, "class")) {
		keys = append(keys, "."+class)
	}
	for _, key := range keys {
		for _, place := range h.byTag[key] {
			if h.rules[place].matches(node) {
				matching = append(matching, place)
			}
		}
	}
	slices.Sort(matching)
	for _, place := range matching {
		declarations(h.rules[place].declarations, style)
	}
	if colour := attribute(node, "color"); colour != "" && node.Data == "font" {
		style["color"] = colour
	}
	if ground := attribute(node, "bgcolor"); ground != "" {
		style["background-color"] = ground
	}
	declarations(attribute(node, "style"), style)
	return style
}

// isUnseen reports whether an element with everything in it cannot be seen.
func isUnseen(node *html.Node, style map[string]string, size float64) bool {
	if hasAttribute(node, "hidden") || node.Data == "dialog" && !hasAttribute(node, "open") {
		return true
	}
	if style["display"] == "none" || style["visibility"] == "hidden" || style["visibility"] == "collapse" || style["content-visibility"] == "hidden" {
		return true
	}
	if opacity, ok := readLength(style["opacity"], 1); ok && opacity < faint {
		return true
	}
	for class := range strings.FieldsSeq(attribute(node, "class")) {
		if style["display"] == "" && slices.Contains(unseenClasses(), class) {
			return true
		}
	}
	return isOutside(style, size) || isClipped(style, size)
}

// isOutside reports whether an element stands where the page does not reach.
func isOutside(style map[string]string, size float64) bool {
	placed := style["position"] == "absolute" || style["position"] == "fixed" || style["position"] == "relative"
	for _, side := range []string{"left", "top", "right", "bottom"} {
		if n, ok := readLength(style[side], size); ok && placed && n < outside {
			return true
		}
	}
	for _, side := range []string{"text-indent", "margin-left", "margin-top", "margin-right"} {
		if n, ok := readLength(style[side], size); ok && n < outside {
			return true
		}
	}
	transform := style["transform"]
	if strings.HasPrefix(transform, "scale(0)") {
		return true
	}
	if _, rest, found := strings.Cut(transform, "translate"); found {
		_, first, _ := strings.Cut(rest, "(")
		first, _, _ = strings.Cut(first, ")")
		for part := range strings.SplitSeq(first, ",") {
			if n, ok := readLength(part, size); ok && n < outside {
				return true
			}
		}
	}
	return false
}

// isClipped reports whether an element is cut down to nothing.
func isClipped(style map[string]string, size float64) bool {
	if clip := strings.ReplaceAll(style["clip"], " ", ""); strings.HasPrefix(clip, "rect(0") && !strings.Contains(clip, "auto") || strings.HasPrefix(clip, "rect(1px,1px,1px,1px") {
		return true
	}
	if path := style["clip-path"]; strings.HasPrefix(path, "inset(50%") || strings.HasPrefix(path, "inset(100%") || strings.HasPrefix(path, "circle(0") {
		return true
	}
	if over := style["overflow"]; over != "hidden" && over != "clip" {
		return false
	}
	for _, side := range []string{"width", "height", "max-width", "max-height"} {
		if n, ok := readLength(style[side], size); ok && n <= 1 {
			return true
		}
	}
	return false
}

// inside returns how text inside an element looks.
func (l look) inside(node *html.Node, style map[string]string) look {
	if n, ok := readLength(style["font-size"], l.size); ok {
		l.size = n
	}
	ground := style["background-color"]
	if whole := style["background"]; whole != "" {
		first, _, _ := strings.Cut(whole, " ")
		if strings.HasPrefix(whole, "rgb") {
			first = whole
		}
		ground = first
		l.unsure = l.unsure || strings.Contains(whole, "url(") || strings.Contains(whole, "gradient")
	}
	if colour, ok := readColour(ground); ok {
		if colour.alpha > 0 {
			l.ground, l.unsure = colour.over(l.ground), l.unsure && colour.alpha < 1
		}
	} else if ground != "" && ground != "none" && ground != "inherit" && ground != "initial" {
		l.unsure = true
	}
	if style["background-image"] != "" && style["background-image"] != "none" || attribute(node, "background") != "" {
		l.unsure = true
	}
	if colour, ok := readColour(style["color"]); ok {
		l.colour = colour
	}
	return l
}

// shows reports whether text that looks so can be read.
func (l look) shows() bool {
	if l.size < smallestFont || l.colour.alpha < faint {
		return false
	}
	return l.unsure || !l.colour.over(l.ground).like(l.ground)
}

// nodeText returns all text below a node, with spaces between its elements.
func nodeText(node *html.Node) string {
	if node.Type == html.TextNode {
		return node.Data
	}
	var out strings.Builder
	for below := range node.Descendants() {
		if below.Type == html.TextNode && !unseenTag(below.Parent.Data) {
			out.WriteString(below.Data + " ")
		}
	}
	return out.String()
}
