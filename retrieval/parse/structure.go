package parse

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"spsbot"
)

// Limits on the length of a line that may be a heading, in words.
const (
	headingWords  = 14
	questionWords = 25
	menuWords     = 5
)

// textHeading is the level of headings in plain text, where levels do not show;
// a heading that ends with a colon stands one below.
const textHeading = 2

// structure turns raw blocks into the document: splits what is glued together,
// tells headings and leads from paragraphs, marks furniture, stores the text.
func (raw rawDocument) structure(reader *lineReader) *Document {
	blocks := reader.unglue(raw.Blocks)
	furniture := make([]bool, len(blocks))
	reader.classify(blocks, furniture)
	markMenus(blocks, furniture)
	reader.markStories(blocks, furniture)
	document := store(blocks, furniture)
	reader.markSentences(document)
	return document
}

// classify decides for each block whose kind the markup does not give whether
// it is a heading, a lead, a paragraph or a fragment.
func (r *lineReader) classify(blocks []rawBlock, furniture []bool) {
	for i := range blocks {
		block := &blocks[i]
		beforeItem := i+1 < len(blocks) && blocks[i+1].Kind == Item
		switch {
		case block.Kind == Heading, block.Row:
		case block.Kind == Item && strings.HasSuffix(block.Text, ":") && beforeItem && blocks[i+1].Mark != block.Mark:
			block.Kind, block.Inner = Lead, true
		case block.Kind == Item:
		case strings.HasSuffix(block.Text, ":") && beforeItem:
			block.Kind = Lead
		case block.Fixed:
		case r.isHeading(block.Text):
			block.Kind, block.Level = Heading, textHeading
			if strings.HasSuffix(block.Text, ":") {
				block.Level++
			}
		case !endsSentence(block.Text) && !strings.HasSuffix(block.Text, ":") && countWords(block.Text) <= headingWords:
			furniture[i] = true
		}
		if block.Kind != Heading && r.isFurniture(block.Text) && (!endsSentence(block.Text) || len(r.sentences(block.Text)) == 1) {
			furniture[i] = true
		}
	}
}

// isHeading reports whether a line of plain text looks like a heading: short,
// begun with a capital or a digit, and a question, a label, or without an end mark.
func (r *lineReader) isHeading(line string) bool {
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(line, "\"“‘'(¿¡"))
	if unicode.IsLower(first) || r.isFurniture(line) {
		return false
	}
	count := countWords(line)
	switch {
	case strings.HasSuffix(line, "?"):
		return count <= questionWords && len(r.sentences(line)) == 1
	case strings.HasSuffix(line, ":"):
		return !r.leadEnd[lastWord(line)] && count <= headingWords && len(r.sentences(line)) == 1
	case strings.HasSuffix(line, ",") || strings.HasSuffix(line, ";"):
		return false
	}
	return count <= headingWords && !endsSentence(line)
}

// markMenus marks lists of bare words that no line introduces: menus and tag clouds.
func markMenus(blocks []rawBlock, furniture []bool) {
	for start := 0; start < len(blocks); start++ {
		if blocks[start].Kind != Item {
			continue
		}
		end, bare := start, true
		for ; end < len(blocks) && blocks[end].Kind == Item; end++ {
			text := blocks[end].Text
			bare = bare && !blocks[end].Row && countWords(text) <= menuWords && !endsSentence(text) && !strings.HasSuffix(text, ":")
		}
		introduced := start > 0 && (blocks[start-1].Kind == Lead || blocks[start-1].Kind == Heading)
		if bare && !introduced {
			for i := start; i < end; i++ {
				furniture[i] = true
			}
		}
		start = end
	}
}

// markStories marks what a patient tells and asks: from a heading that
// announces it to the line with which the reply begins, and any paragraph in
// the first person.
func (r *lineReader) markStories(blocks []rawBlock, furniture []bool) {
	inside := false
	for i, block := range blocks {
		line := fold(block.Text)
		switch {
		case r.ownStory[strings.TrimSuffix(line, ":")]:
			inside = true
		case inside && r.beginsReply(line):
			inside = false
		}
		if inside || (block.Kind != Heading && r.isOwnTelling(block.Text)) {
			furniture[i] = true
		}
	}
}

// beginsReply reports whether a line ends what a patient tells: it is one of the
// lines with which replies begin, or begins with one of those that name who replies.
func (r *lineReader) beginsReply(line string) bool {
	if r.replyStart[line] {
		return true
	}
	words := strings.Fields(line)
	return len(words) > 2 && len(words) <= headingWords && !endsSentence(line) && r.replyStart[strings.Join(words[:2], " ")]
}

// store writes the stored text and the blocks' places in it. A label line that
// is followed by its item's text joins that item.
func store(blocks []rawBlock, furniture []bool) *Document {
	document := &Document{}
	var text strings.Builder
	write := func(s string) spsbot.Span {
		if text.Len() > 0 {
			text.WriteByte('\n')
		}
		start := text.Len()
		text.WriteString(s)
		return spsbot.Span{Start: start, End: text.Len()}
	}
	for i := 0; i < len(blocks); i++ {
		block := Block{Kind: blocks[i].Kind, Level: blocks[i].Level, Mark: blocks[i].Mark, InItem: blocks[i].InItem, Inner: blocks[i].Inner, Row: blocks[i].Row, Furniture: furniture[i]}
		block.Span = write(blocks[i].Text)
		isLabel := block.Kind == Item && !block.Row && strings.HasSuffix(blocks[i].Text, ":")
		if isLabel && i+1 < len(blocks) && blocks[i+1].Kind == Paragraph {
			i++
			block.Furniture = block.Furniture || furniture[i]
			block.Label = block.Span
			block.Span = write(blocks[i].Text)
		}
		document.Blocks = append(document.Blocks, block)
	}
	document.Text = text.String()
	return document
}

var (
	// gluedItem matches an item's label that stands at the end of the line before it.
	gluedItem = regexp.MustCompile(`^(.*[.!?…])\s+[-–•*]\s+(\S.{1,80}:)$`)
	// inlineBullet matches bullets inside a line.
	inlineBullet = regexp.MustCompile(`\s+[•◦▪‣●]\s+`)
)

// unglue splits lines that hold several blocks: bullets inside a line, a label
// at its end, a question in its middle.
func (r *lineReader) unglue(blocks []rawBlock) []rawBlock {
	var out []rawBlock
	for _, block := range blocks {
		if block.Kind == Heading || block.Row {
			out = append(out, block)
			continue
		}
		for i, part := range inlineBullet.Split(block.Text, -1) {
			if part = strings.TrimSpace(part); part == "" {
				continue
			}
			piece := block
			piece.Text = part
			if i > 0 {
				piece.Kind = Item
			}
			if match := gluedItem.FindStringSubmatch(part); match != nil {
				piece.Text = match[1]
				out = append(out, r.unglueSentences(piece)...)
				out = append(out, rawBlock{Text: match[2], Kind: Item})
				continue
			}
			out = append(out, r.unglueSentences(piece)...)
		}
	}
	return out
}

// unglueSentences cuts a block before and after a question in its middle,
// which is a heading that lost its line, and before a label at its end.
func (r *lineReader) unglueSentences(block rawBlock) []rawBlock {
	sentences := r.sentences(block.Text)
	if len(sentences) < 2 || r.isOwnTelling(block.Text) {
		return []rawBlock{block}
	}
	var out []rawBlock
	start := 0
	flush := func(end int) {
		if text := strings.TrimSpace(block.Text[start:end]); text != "" {
			piece := block
			if len(out) > 0 {
				piece.Kind = Paragraph
			}
			piece.Text = text
			out = append(out, piece)
		}
	}
	for i, span := range sentences {
		sentence := block.Text[span.Start:span.End]
		last := i == len(sentences)-1
		switch {
		case strings.HasSuffix(sentence, "?") && !last && !r.isFurniture(sentence) && countWords(sentence) <= questionWords:
			flush(span.Start)
			out = append(out, rawBlock{Text: sentence, Kind: Heading, Level: textHeading, Fixed: true})
			start = span.End
		case strings.HasSuffix(sentence, ":") && last:
			flush(span.Start)
			out = append(out, rawBlock{Text: sentence, Kind: Paragraph, Inner: block.Kind == Item})
			start = span.End
		}
	}
	flush(len(block.Text))
	return out
}

// lastWord returns the last word of a line, folded, without marks after it.
func lastWord(line string) string {
	words := strings.Fields(bareWords(line))
	if len(words) == 0 {
		return ""
	}
	return words[len(words)-1]
}

func countWords(text string) int { return len(strings.Fields(text)) }
