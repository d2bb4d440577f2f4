package parse

import (
	"strings"

	"golang.org/x/net/html"
)

// maxRules is the largest number of style rules that is read.
const maxRules = 4000

// cssRule gives the elements that a selector matches some declarations.
type cssRule struct {
	selector     []cssCompound // the last one is the element's own, those before are its ancestors'
	declarations string
}

// cssCompound is a selector without spaces: a tag, an id and classes, each empty for any.
type cssCompound struct {
	tag, id string
	classes []string
}

// readRules reads the rules of a style sheet. Rules for some media only, and
// selectors of other forms, are passed over.
func readRules(sheet string) []cssRule {
	var rules []cssRule
	for sheet = dropCSSComments(sheet); len(rules) < maxRules; {
		open := strings.IndexByte(sheet, '{')
		if open < 0 {
			return rules
		}
		head := strings.TrimSpace(sheet[:open])
		if at := strings.LastIndexByte(head, ';'); at >= 0 {
			head = strings.TrimSpace(head[at+1:]) // after an @import
		}
		end := closingBrace(sheet, open)
		body := sheet[open+1 : end]
		sheet = sheet[min(end+1, len(sheet)):]
		if strings.HasPrefix(head, "@") {
			continue
		}
		for selector := range strings.SplitSeq(head, ",") {
			if compounds, ok := readSelector(selector); ok {
				rules = append(rules, cssRule{compounds, body})
			}
		}
	}
	return rules
}

func dropCSSComments(sheet string) string {
	var out strings.Builder
	for {
		open := strings.Index(sheet, "/*")
		if open < 0 {
			out.WriteString(sheet)
			return out.String()
		}
		out.WriteString(sheet[:open])
		end := strings.Index(sheet[open+2:], "*/")
		if end < 0 {
			return out.String()
		}
		sheet = sheet[open+2+end+2:]
	}
}

// closingBrace returns where the block that opens at open ends.
func closingBrace(sheet string, open int) int {
	depth := 0
	for i := open; i < len(sheet); i++ {
		switch sheet[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return len(sheet)
}

func readSelector(selector string) ([]cssCompound, bool) {
	var list []cssCompound
	for part := range strings.FieldsSeq(strings.ReplaceAll(selector, ">", " ")) {
		if strings.ContainsAny(part, ":[+~") {
			return nil, false
		}
		list = append(list, readCompound(part))
	}
	return list, len(list) > 0 && len(list) <= 8
}

func readCompound(part string) cssCompound {
	compound := cssCompound{}
	for len(part) > 0 {
		end := strings.IndexAny(part[1:], ".#")
		piece := part
		if end >= 0 {
			piece = part[:end+1]
		}
		part = part[len(piece):]
		switch {
		case piece[0] == '.':
			compound.classes = append(compound.classes, piece[1:])
		case piece[0] == '#':
			compound.id = piece[1:]
		case piece != "*":
			compound.tag = strings.ToLower(piece)
		}
	}
	return compound
}

func (c cssCompound) matches(node *html.Node) bool {
	if c.tag != "" && c.tag != node.Data || c.id != "" && c.id != attribute(node, "id") {
		return false
	}
	classes := strings.Fields(attribute(node, "class"))
	for _, class := range c.classes {
		found := false
		for _, own := range classes {
			found = found || own == class
		}
		if !found {
			return false
		}
	}
	return true
}

func (r cssRule) matches(node *html.Node) bool {
	last := len(r.selector) - 1
	if !r.selector[last].matches(node) {
		return false
	}
	for at := last - 1; at >= 0; at-- {
		node = node.Parent
		for node != nil && (node.Type != html.ElementNode || !r.selector[at].matches(node)) {
			node = node.Parent
		}
		if node == nil {
			return false
		}
	}
	return true
}

// declarations returns the properties of a list of declarations; later ones win.
func declarations(list string, into map[string]string) {
	for declaration := range strings.SplitSeq(list, ";") {
		name, value, found := strings.Cut(declaration, ":")
		if !found {
			continue
		}
		value = strings.TrimSpace(strings.ToLower(strings.ReplaceAll(value, "!important", "")))
		into[strings.ToLower(strings.TrimSpace(name))] = value
	}
}

func attribute(node *html.Node, name string) string {
	for _, a := range node.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func hasAttribute(node *html.Node, name string) bool {
	for _, a := range node.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}
