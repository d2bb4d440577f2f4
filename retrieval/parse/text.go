package parse

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// bulletMark matches the mark of a list item: a bullet, a dash, or a number.
var bulletMark = regexp.MustCompile(`^\s*(?:[-*•◦▪‣·●○–—]|\d{1,2}[.)])\s+`)

// readPlain yields the blocks of a plain text.
func readPlain(body []byte, _ Progress) (rawDocument, error) {
	raw := readText(string(body))
	raw.Extractor = "text/1"
	return raw, nil
}

// readText splits plain text into lines or, where lines are wrapped, paragraphs.
func readText(body string) rawDocument {
	lines := strings.Split(body, "\n")
	wrapped := isWrapped(lines)
	width := 0
	for _, line := range lines {
		width = max(width, utf8.RuneCountInString(line))
	}
	var raw rawDocument
	open := false // whether the next line may continue the last block
	for _, line := range lines {
		trimmed := strings.TrimSpace(line)
		switch {
		case trimmed == "":
			open = false
		case isRule(trimmed):
			open = false
		case bulletMark.MatchString(line):
			text := strings.TrimSpace(bulletMark.ReplaceAllString(line, ""))
			if isRule(text) {
				continue
			}
			raw.Blocks = append(raw.Blocks, rawBlock{Text: text, Kind: Item, Mark: markOf(0, trimmed[0] >= '0' && trimmed[0] <= '9')})
			open = wrapped
		case open:
			last := &raw.Blocks[len(raw.Blocks)-1]
			last.Text += " " + trimmed
			open = !isShort(line, width)
		default:
			raw.Blocks = append(raw.Blocks, rawBlock{Text: trimmed, Kind: Paragraph})
			open = wrapped && !isShort(line, width)
		}
	}
	return raw
}

// markOf returns the mark of an item at a depth.
func markOf(depth int, numbered bool) int {
	if numbered {
		return 2*depth + 1
	}
	return 2 * depth
}

// isWrapped tells whether paragraphs run over several lines: most lines with
// another directly below them stop in the middle of a sentence.
func isWrapped(lines []string) bool {
	followed, cut := 0, 0
	for i := 0; i+1 < len(lines); i++ {
		line, next := strings.TrimSpace(lines[i]), lines[i+1]
		if line == "" || strings.TrimSpace(next) == "" || bulletMark.MatchString(next) {
			continue
		}
		followed++
		if !endsSentence(line) && !strings.HasSuffix(line, ":") && utf8.RuneCountInString(line) >= 40 {
			cut++
		}
	}
	return followed >= 3 && cut*2 > followed
}

// isShort reports whether a line of wrapped text ends its paragraph or is a
// heading: the next word would have had room in it.
func isShort(line string, width int) bool { return 2*utf8.RuneCountInString(line) < width }

// isRule reports whether a line only draws a rule.
func isRule(line string) bool {
	return strings.IndexFunc(line, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) < 0
}

// reference matches a number of a reference at the end of a text: "[3]", "(4)".
var reference = regexp.MustCompile(`\s*[\[(][\d,\s–-]{1,12}[\])]$`)

// endsSentence reports whether text ends with a mark that ends a sentence,
// brackets, quotation marks and reference numbers after it aside.
func endsSentence(text string) bool {
	text = reference.ReplaceAllString(strings.TrimSpace(text), "")
	text = strings.TrimRightFunc(text, func(r rune) bool {
		return unicode.Is(unicode.Pe, r) || unicode.Is(unicode.Pf, r) || strings.ContainsRune("⁰¹²³⁴⁵⁶⁷⁸⁹", r) || r == '"' || r == '\'' || unicode.IsSpace(r)
	})
	last, _ := utf8.DecodeLastRuneInString(text)
	return strings.ContainsRune(".!?…。！？।؟", last)
}
