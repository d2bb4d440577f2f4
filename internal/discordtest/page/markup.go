package page

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"spsbot/internal/discordtest"
)

// block is a paragraph or the like, as Discord shows it.
type block struct {
	// Kind is "p", "h3", "h4", "h5", "small", "quote", "code", "ul" or "ol".
	Kind  string
	Text  string // of code
	Start int    // of a numbered list
	Lines [][]inline
}

// inline is a piece of a line.
type inline struct {
	// Kind is "text", "strong", "em", "u", "s", "code", "spoiler", "link" or "mention".
	Kind, Text, URL string
	Inner           []inline
}

// names resolves mentions.
type names struct{ fake *discordtest.Fake }

func (p *page) names() names { return names{p.fake} }

func (n names) user(id string) string {
	if u, found := n.fake.User(id); found {
		return u.Name
	}
	return "somebody"
}

func (n names) channel(id string) string {
	if c, found := n.fake.Channel(id); found {
		return "#" + c.Name
	}
	return "#unknown"
}

func (n names) role(id string) string {
	for _, g := range n.fake.Guilds() {
		for _, r := range n.fake.Roles(g) {
			if r.ID == id {
				return "@" + strings.TrimPrefix(r.Name, "@")
			}
		}
	}
	return "@unknown role"
}

// parse reads Discord's markup. What is none stays text; nothing is ever HTML.
func parse(text string, names names) []block {
	var blocks []block
	lines := strings.Split(text, "\n")
	for i := 0; i < len(lines); i++ {
		line := lines[i]
		if strings.HasPrefix(line, "```") {
			var code []string
			for i++; i < len(lines) && !strings.HasPrefix(lines[i], "```"); i++ {
				code = append(code, lines[i])
			}
			blocks = append(blocks, block{Kind: "code", Text: strings.Join(code, "\n")})
			continue
		}
		kind, rest, start := kindOf(line)
		if rest == "" && kind == "p" {
			blocks = append(blocks, block{}) // a gap ends what went before
			continue
		}
		if last := len(blocks) - 1; last >= 0 && blocks[last].Kind == kind && joins(kind) {
			blocks[last].Lines = append(blocks[last].Lines, parseInline(rest, names))
			continue
		}
		blocks = append(blocks, block{Kind: kind, Start: start, Lines: [][]inline{parseInline(rest, names)}})
	}
	return withoutGaps(blocks)
}

// joins reports whether neighbouring lines of a kind are one block.
func joins(kind string) bool { return kind != "h3" && kind != "h4" && kind != "h5" }

func withoutGaps(blocks []block) []block {
	var kept []block
	for _, b := range blocks {
		if b.Kind != "" {
			kept = append(kept, b)
		}
	}
	return kept
}

// kindOf tells what a line is by how it begins.
func kindOf(line string) (kind, rest string, start int) {
	trimmed := strings.TrimLeft(line, " ")
	for _, mark := range []struct{ begins, kind string }{
		{"### ", "h5"}, {"## ", "h4"}, {"# ", "h3"}, {"-# ", "small"}, {"> ", "quote"}, {"- ", "ul"}, {"* ", "ul"},
	} {
		if rest, is := strings.CutPrefix(trimmed, mark.begins); is {
			return mark.kind, rest, 0
		}
	}
	if number, rest, is := strings.Cut(trimmed, ". "); is && len(number) < 4 {
		if start, err := strconv.Atoi(number); err == nil && start >= 0 {
			return "ol", rest, start
		}
	}
	return "p", strings.TrimSpace(line), 0
}

// escapable are the characters that a backslash makes plain.
const escapable = "\\*_~|`<>@#[]():-.!"

// marks are pairs that enclose text, the longer ones first.
func marks() []struct{ mark, kind string } {
	return []struct{ mark, kind string }{
		{"**", "strong"}, {"__", "u"}, {"~~", "s"}, {"||", "spoiler"}, {"`", "code"}, {"*", "em"}, {"_", "em"},
	}
}

// parseInline reads the markup inside a line.
func parseInline(text string, names names) []inline {
	var out []inline
	var plain strings.Builder
	flush := func() {
		if plain.Len() > 0 {
			out = append(out, inline{Kind: "text", Text: plain.String()})
			plain.Reset()
		}
	}
	for text != "" {
		if text[0] == '\\' && len(text) > 1 && strings.ContainsRune(escapable, rune(text[1])) {
			plain.WriteByte(text[1])
			text = text[2:]
			continue
		}
		piece, rest, is := special(text, names)
		if !is {
			plain.WriteByte(text[0])
			text = text[1:]
			continue
		}
		flush()
		out = append(out, piece)
		text = rest
	}
	flush()
	return out
}

// special reads one piece that is not plain text.
func special(text string, names names) (inline, string, bool) {
	if piece, rest, is := angled(text, names); is {
		return piece, rest, true
	}
	if piece, rest, is := linked(text, names); is {
		return piece, rest, true
	}
	for _, m := range marks() {
		inner, begins := strings.CutPrefix(text, m.mark)
		if !begins {
			continue
		}
		end := closing(inner, m.mark)
		if end <= 0 || m.kind == "em" && !emphasizes(inner[:end], inner[end+len(m.mark):], m.mark) {
			continue
		}
		piece := inline{Kind: m.kind, Text: inner[:end]}
		if m.kind != "code" {
			piece.Inner = parseInline(inner[:end], names)
		}
		return piece, inner[end+len(m.mark):], true
	}
	return inline{}, "", false
}

// emphasizes reports whether single marks are meant as emphasis: "2 * 3 * 4" and
// the second half of "snake_case_name" are not.
func emphasizes(inner, after, mark string) bool {
	if strings.TrimSpace(inner) != inner {
		return false
	}
	next, _ := utf8.DecodeRuneInString(after)
	return mark != "_" || after == "" || !unicode.IsLetter(next) && !unicode.IsDigit(next)
}

// closing finds where a mark closes, passing over escaped characters.
func closing(text, mark string) int {
	for i := 0; i < len(text); i++ {
		if text[i] == '\\' {
			i++
			continue
		}
		if strings.HasPrefix(text[i:], mark) {
			return i
		}
	}
	return -1
}

// angled reads mentions, times and addresses in angle brackets.
func angled(text string, names names) (inline, string, bool) {
	match := regexp.MustCompile(`^<(?:(@!?|@&|#)([0-9]+)|t:(-?[0-9]{1,12})(?::[a-zA-Z])?|(https?://[^\s<>]+))>`).FindStringSubmatch(text)
	if match == nil {
		return inline{}, "", false
	}
	rest := text[len(match[0]):]
	switch {
	case match[1] == "#":
		return inline{Kind: "mention", Text: names.channel(match[2])}, rest, true
	case match[1] == "@&":
		return inline{Kind: "mention", Text: names.role(match[2])}, rest, true
	case match[1] != "":
		return inline{Kind: "mention", Text: "@" + names.user(match[2])}, rest, true
	case match[3] != "":
		at, err := strconv.ParseInt(match[3], 10, 64)
		return inline{Kind: "text", Text: time.Unix(at, 0).Format("2 January 2006 15:04")}, rest, err == nil
	}
	return inline{Kind: "link", URL: safeLink(match[4]), Inner: []inline{{Kind: "text", Text: match[4]}}}, rest, true
}

// linked reads addresses, masked and bare.
func linked(text string, names names) (inline, string, bool) {
	if match := regexp.MustCompile(`^\[([^\]\n]+)\]\(<?(https?://[^\s<>)]+)>?\)`).FindStringSubmatch(text); match != nil {
		return inline{Kind: "link", URL: safeLink(match[2]), Inner: parseInline(match[1], names)}, text[len(match[0]):], true
	}
	if address := regexp.MustCompile(`^https?://[^\s<>]+[^\s<>.,;:!?)'"]`).FindString(text); address != "" {
		return inline{Kind: "link", URL: safeLink(address), Inner: []inline{{Kind: "text", Text: address}}}, text[len(address):], true
	}
	return inline{}, "", false
}

// safeLink lets web addresses through and nothing else.
func safeLink(address string) string {
	parsed, err := url.Parse(address)
	if err != nil || parsed.Scheme != "https" && parsed.Scheme != "http" {
		return ""
	}
	return parsed.String()
}
