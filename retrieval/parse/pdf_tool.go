package parse

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"os/exec"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"spsbot/retrieval/parse/pdftext"
)

// longestToolText is how much text of the tool is read, in bytes.
const longestToolText = 64 << 20

// withTool reads a PDF with pdftotext, which knows more damaged and protected
// files, but neither sizes nor what is hidden. -raw keeps columns apart.
func (r *Reader) withTool(ctx context.Context, data []byte) (rawDocument, error) {
	var text []byte
	err := r.limits.run(ctx, []string{r.Tool, "-raw", "-enc", "UTF-8", "-", "-"}, data, func(out io.Reader) error {
		var err error
		text, err = io.ReadAll(io.LimitReader(out, longestToolText))
		return err
	})
	if err != nil {
		return rawDocument{}, fmt.Errorf("read the PDF with %s: %w", r.Tool, err)
	}
	body, _, err := toUTF8(text, "")
	if err != nil {
		return rawDocument{}, err
	}
	raw := readText(joinToolPages(body))
	raw.Extractor = "pdftotext/" + r.toolVersion(ctx)
	for _, c := range body {
		if unicode.IsLetter(c) || unicode.IsDigit(c) || c == utf8.RuneError || unicode.Is(unicode.Co, c) {
			raw.Letters++
		}
		if c == utf8.RuneError || unicode.Is(unicode.Co, c) {
			raw.Lost++
		}
	}
	if raw.Letters < scanLetters {
		return rawDocument{}, fmt.Errorf("read the PDF with %s: %w", r.Tool, ErrUnreadable)
	}
	raw.Warnings = append(raw.Warnings, "read with pdftotext, since the own reader could not or lost letters: headings are guessed, and hidden text cannot be told from what readers see")
	if raw.Lost > 0 {
		raw.Warnings = append(raw.Warnings, fmt.Sprintf("text lost: %d of %d letters are not named by their fonts; compare with the original", raw.Lost, raw.Letters))
	}
	return raw, nil
}

var versionNumber = regexp.MustCompile(`\d+(?:\.\d+)+`)

// toolVersion asks the tool for its version.
func (r *Reader) toolVersion(ctx context.Context) string {
	said, err := exec.CommandContext(ctx, r.Tool, "-v").CombinedOutput() //nolint:gosec // the tool that the admin installed
	if err != nil {
		return "unknown"
	}
	return cmp.Or(versionNumber.FindString(string(said)), "unknown")
}

// joinToolPages drops running heads and mends words that were broken at the ends of lines.
func joinToolPages(text string) string {
	var pages []pdfPage
	for page := range strings.SplitSeq(text, "\f") {
		pages = append(pages, toolPage(page))
	}
	dropRunningHeads(pages)
	words := map[string]bool{}
	var lines []string
	for _, page := range pages {
		for _, line := range page.lines {
			lines = append(lines, line.Text)
			for _, word := range strings.Fields(line.Text) {
				addWord(words, word)
			}
		}
	}
	var out []string
	for i := 0; i < len(lines); i++ {
		line := lines[i]
		for i+1 < len(lines) && breaksWord(line) {
			first, rest, _ := strings.Cut(lines[i+1], " ")
			line = joinLines(line, first, words)
			if lines[i+1] = rest; rest != "" {
				break
			}
			i++
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n")
}

// breaksWord reports whether a line ends inside a word.
func breaksWord(line string) bool {
	before, found := cutHyphen(line)
	letter, _ := utf8.DecodeLastRuneInString(before)
	return found && unicode.IsLetter(letter)
}

// toolPage numbers the lines of a page from its top and from its foot, so that
// running heads stand at the same place everywhere.
func toolPage(text string) pdfPage {
	const height = 1e6
	page := pdfPage{height: height}
	lines := strings.Split(strings.Trim(text, "\n"), "\n")
	for i, line := range lines {
		y := height - 10*float64(i)
		if 2*i >= len(lines) {
			y = 10 * float64(len(lines)-i)
		}
		if line = strings.TrimSpace(line); line != "" {
			page.lines = append(page.lines, pdftext.Line{Text: line, Y: y, Size: 10})
		}
	}
	return page
}
