package reply

import (
	"fmt"
	"strings"

	"spsbot/answer/verify"
	"spsbot/prompts"
)

// openedBlocks writes passages word for word: each with its heading and, once,
// the source that it stands in.
func openedBlocks(opened verify.Opened, texts prompts.AnswerTexts) []string {
	var blocks []string
	source := ""
	for _, citation := range opened.Citations() {
		head := fmt.Sprintf("[%d]", citation.N)
		if citation.Source.ID != source {
			source = citation.Source.ID
			head += " " + sourceLine(citation, texts)
		}
		if citation.Heading != "" {
			head += "\n" + said(citation.Heading, texts)
		}
		blocks = append(blocks, head, quoted(citation.Quote, texts))
	}
	return blocks
}

// quoted writes a passage as a quotation, with the words for what is withheld.
func quoted(passage string, texts prompts.AnswerTexts) string {
	var lines []string
	for line := range strings.Lines(passage) {
		line = strings.TrimRight(line, "\n")
		if strings.TrimSpace(line) == "" {
			continue
		}
		parts := strings.Split(line, verify.Withheld)
		for i, part := range parts {
			parts[i] = escape(part)
		}
		lines = append(lines, "> "+strings.Join(parts, texts.Withheld))
	}
	return strings.Join(lines, "\n")
}

// shelfBlocks lists documents, each with what a reader has to know of it.
func shelfBlocks(shelf verify.Shelf, texts prompts.Texts) []string {
	var lines []string
	for _, source := range shelf.Sources() {
		vetted := texts.Notices.NotVetted
		if source.Vetted != "" && source.Vetted != verify.Withheld {
			vetted = strings.ReplaceAll(texts.Notices.Vetted, "{date}", escape(source.Vetted))
		}
		lines = append(lines, "• "+sourceLine(verify.Citation{Source: source}, texts.Answer)+", "+vetted)
	}
	return lines
}

// privacyBlocks say who runs the bot and who else sees a question.
func privacyBlocks(texts prompts.NoticeTexts, params Params) []string {
	blocks := []string{texts.NoModel}
	if params.Model {
		blocks[0] = texts.Model
	}
	var lines []string
	add := func(line, place, value string) {
		if value != "" {
			lines = append(lines, strings.ReplaceAll(line, place, value))
		}
	}
	add(texts.Operator, "{operator}", escape(params.Operator.Name()))
	add(texts.Policy, "{link}", bracketed(params.Operator.Policy()))
	add(texts.Terms, "{link}", bracketed(params.Operator.Terms()))
	if len(lines) > 0 {
		blocks = append(blocks, strings.Join(lines, "\n"))
	}
	return blocks
}

// bracketed returns an address in the brackets that keep Discord from showing a
// preview, or nothing when it is not safe to show.
func bracketed(address string) string {
	if address = safeURL(address); address == "" {
		return ""
	}
	return "<" + address + ">"
}
