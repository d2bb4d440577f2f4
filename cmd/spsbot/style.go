package main

import (
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/fatih/color"
	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"spsbot"
)

// Widths of wrapped text, in characters.
const (
	narrowest = 40
	usual     = 80
	widest    = 100
)

// style writes text for people.
type style struct {
	width    int // 0 when the text is not wrapped
	coloured bool
}

// newStyle wraps and colours when out is a terminal; NO_COLOR turns colours off.
func newStyle(out io.Writer) style {
	file, ok := out.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		return style{}
	}
	width, _, err := term.GetSize(int(file.Fd()))
	if err != nil || width == 0 {
		width = usual // the terminal does not say
	}
	return style{width: min(max(width, narrowest), widest), coloured: os.Getenv("NO_COLOR") == ""}
}

// body writes the words of a reply: an emergency in red, citation marks and
// sources in a quieter colour.
func (s style) body(text string, route spsbot.Route) string {
	text = s.wrap(text)
	if route == spsbot.RouteEmergency {
		first, rest, _ := strings.Cut(text, "\n\n")
		return s.paint(color.FgRed, first) + "\n\n" + rest
	}
	if route == spsbot.RouteAnswer {
		return s.marks(text)
	}
	return text
}

// marks colours citation marks such as [2].
func (s style) marks(text string) string {
	if !s.coloured {
		return text
	}
	var out strings.Builder
	for rest := text; ; {
		open := strings.IndexByte(rest, '[')
		if open < 0 {
			out.WriteString(rest)
			return out.String()
		}
		end := strings.IndexByte(rest[open:], ']')
		if end < 0 || strings.Trim(rest[open+1:open+end], "0123456789") != "" {
			out.WriteString(rest[:open+1])
			rest = rest[open+1:]
			continue
		}
		out.WriteString(rest[:open] + s.paint(color.FgCyan, rest[open:open+end+1]))
		rest = rest[open+end+1:]
	}
}

func (s style) faint(text string) string { return s.paint(color.Faint, text) }

func (s style) paint(attribute color.Attribute, text string) string {
	if !s.coloured {
		return text
	}
	painter := color.New(attribute)
	painter.EnableColor()
	return painter.Sprint(text)
}

// wrap breaks lines at spaces; a list item goes on under its first word.
func (s style) wrap(text string) string {
	if s.width == 0 {
		return text
	}
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		indent := ""
		if strings.HasPrefix(line, "• ") {
			indent = "  "
		}
		lines[i] = wrapLine(line, indent, s.width)
	}
	return strings.Join(lines, "\n")
}

func wrapLine(line, indent string, width int) string {
	var out strings.Builder
	column := 0
	for i, word := range strings.Split(line, " ") {
		length := utf8.RuneCountInString(word)
		switch {
		case i == 0:
		case column+1+length > width:
			out.WriteString("\n" + indent)
			column = len(indent)
		default:
			out.WriteByte(' ')
			column++
		}
		out.WriteString(word)
		column += length
	}
	return out.String()
}

// progress is a bar on standard error; nothing when that is no terminal, or
// when the replies themselves go to the terminal.
type progress struct{ bar *progressbar.ProgressBar }

func newProgress(std streams) progress {
	if !isTerminal(std.err) || isTerminal(std.out) || isTerminal(std.in) {
		return progress{}
	}
	return progress{progressbar.NewOptions(-1,
		progressbar.OptionSetWriter(std.err),
		progressbar.OptionSetDescription("answering"),
		progressbar.OptionShowCount(),
		progressbar.OptionShowIts(),
		progressbar.OptionSetItsString("questions"),
		progressbar.OptionClearOnFinish(),
	)}
}

// step counts one question. The bar is decoration: a failure to draw it is no
// failure of the work.
func (p progress) step() {
	if p.bar != nil {
		_ = p.bar.Add(1)
	}
}

func (p progress) finish() {
	if p.bar != nil {
		_ = p.bar.Finish()
	}
}

func isTerminal(stream any) bool {
	file, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}
