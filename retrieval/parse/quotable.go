package parse

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"spsbot"
)

// Limits on what is quoted, in words.
const (
	shortestSentence = 4
	shortestItem     = 1
	longestQuote     = 90
)

// markSentences cuts the blocks into sentences and says which may be quoted.
func (r *lineReader) markSentences(document *Document) {
	for i := range document.Blocks {
		block := &document.Blocks[i]
		if block.Kind == Heading {
			continue
		}
		text := document.Text[block.Span.Start:block.Span.End]
		if block.Row && countWords(text) <= longestQuote { // its cells belong together
			block.Sentences = []Sentence{{Span: block.Span, Quotable: !block.Furniture && !r.isFurniture(text)}}
			continue
		}
		for j, span := range r.sentences(text) {
			sentence := text[span.Start:span.End]
			quotable := !block.Furniture && r.isQuotable(sentence, block.Kind, j)
			block.Sentences = append(block.Sentences, Sentence{
				Span:     spsbot.Span{Start: block.Span.Start + span.Start, End: block.Span.Start + span.End},
				Quotable: quotable,
			})
		}
	}
}

// isQuotable reports whether a sentence can stand as a quotation. A list item
// may be a fragment, since it is shown with the line that introduces it.
func (r *lineReader) isQuotable(sentence string, kind BlockKind, place int) bool {
	count := countWords(sentence)
	if count > longestQuote || strings.HasSuffix(sentence, "?") || r.isFurniture(sentence) {
		return false
	}
	switch kind {
	case Item:
		return count >= shortestItem && !strings.HasSuffix(sentence, ":") && (place == 0 || endsSentence(sentence))
	case Paragraph:
		first, _ := utf8.DecodeRuneInString(strings.TrimLeft(sentence, "\"“‘'("))
		return count >= shortestSentence && endsSentence(sentence) && !unicode.IsLower(first)
	case Heading, Lead:
	}
	return false
}
