package reply

import (
	"fmt"
	"net/url"
	"strings"

	"spsbot"
	"spsbot/answer/verify"
	"spsbot/prompts"
)

// answerBlocks writes a checked answer: the sentences with their citations, how
// strong the sources are, the sources.
func answerBlocks(checked verify.Checked, locale prompts.Locale) []string {
	texts := locale.Texts().Answer
	blocks := sentenceBlocks(checked, texts)
	sources := citedSources(checked.Citations())
	blocks = append(blocks, strength(sources, texts.Strength))
	blocks = append(blocks, texts.Sources+"\n"+strings.Join(sourceLines(checked.Citations(), texts), "\n"))
	if language := otherLanguage(sources, locale.Tag()); language != "" {
		blocks = append(blocks, strings.ReplaceAll(texts.Passages, "{language}", escape(locale.NameOf(language))))
	}
	return blocks
}

// sentenceBlocks writes the sentences: those of one passage, part of the
// question and condition read together; list items stand in lines of their own.
func sentenceBlocks(checked verify.Checked, texts prompts.AnswerTexts) []string {
	var blocks []string
	var before verify.Sentence
	about := "" // the condition that was named last
	for i, sentence := range checked.Sentences() {
		text := said(sentence.Text, texts) + marks(sentence.Citations)
		together := i > 0 && before.Ask == sentence.Ask && before.Citations[0] == sentence.Citations[0] &&
			before.Lead == sentence.Lead && (sentence.About == "" || sentence.About == about)
		item := sentence.Lead != ""
		switch {
		case together && item:
			blocks[len(blocks)-1] += "\n• " + text
		case together:
			blocks[len(blocks)-1] += " " + text
		default:
			head := ""
			if sentence.About != "" && sentence.About != about {
				about = sentence.About
				head = strings.ReplaceAll(texts.About, "{condition}", escape(sentence.About)) + "\n"
			}
			if item {
				head += said(sentence.Lead, texts) + "\n• "
			}
			blocks = append(blocks, head+text)
		}
		before = sentence
	}
	return blocks
}

// said returns a checked text, escaped, with the words for what is withheld.
func said(text string, texts prompts.AnswerTexts) string {
	if text == verify.Withheld {
		return texts.Withheld
	}
	return escape(text)
}

func marks(citations []int) string {
	var out strings.Builder
	for _, n := range citations {
		fmt.Fprintf(&out, " [%d]", n)
	}
	return out.String()
}

// sourceLines writes one line for each cited source, with the numbers of all of
// its passages that are cited.
func sourceLines(citations []verify.Citation, texts prompts.AnswerTexts) []string {
	var lines []string
	at := map[string]int{}
	for _, citation := range citations {
		mark := fmt.Sprintf("[%d]", citation.N)
		if i, known := at[citation.Source.ID]; known {
			marks, rest, _ := strings.Cut(lines[i], "] ")
			lines[i] = marks + "]" + mark + " " + rest
			continue
		}
		at[citation.Source.ID] = len(lines)
		lines = append(lines, mark+" "+sourceLine(citation, texts))
	}
	return lines
}

// sourceLine names a cited source: title, publisher, kind, dates, and what a
// reader has to know of it.
func sourceLine(citation verify.Citation, texts prompts.AnswerTexts) string {
	source := citation.Source
	title := said(source.Title, texts)
	if source.SummaryOf != "" {
		title = strings.ReplaceAll(texts.Summary, "{title}", said(source.SummaryOf, texts))
	}
	parts := []string{title}
	if source.Publisher != "" {
		parts = append(parts, said(source.Publisher, texts))
	}
	parts = append(parts, texts.Kinds[source.Kind])
	parts = append(parts, dates(source, texts)...)
	if source.Commercial {
		parts = append(parts, texts.Commercial)
	}
	if address := safeURL(source.URL); address != "" {
		parts = append(parts, "<"+address+">")
	}
	return strings.Join(parts, ", ")
}

// dates says when a source was published or reviewed, or that it is undated.
func dates(source *spsbot.Source, texts prompts.AnswerTexts) []string {
	var out []string
	dated := func(date string) bool { return strings.ContainsAny(date, "0123456789") }
	switch {
	case dated(source.Reviewed):
		out = append(out, strings.ReplaceAll(texts.Reviewed, "{date}", said(source.Reviewed, texts)))
	case dated(source.Published):
		out = append(out, strings.ReplaceAll(texts.Published, "{date}", said(source.Published, texts)))
	default:
		out = append(out, texts.Undated)
	}
	if source.Overdue {
		out = append(out, strings.ReplaceAll(texts.Overdue, "{date}", said(source.Expires, texts)))
	}
	return out
}

// longestURL is the length of the longest address that is shown, in bytes.
const longestURL = 300

// safeURL returns an address that may stand in angle brackets, where Discord
// shows it without a preview: https, no invite, nothing that ends the brackets
// or mentions anybody.
func safeURL(address string) string {
	parsed, err := url.Parse(address)
	if err != nil || parsed.Scheme != "https" || parsed.Host == "" || parsed.User != nil {
		return ""
	}
	address = parsed.String()
	if len(address) > longestURL || strings.ContainsAny(address, "<>@\\ \n") || invite.MatchString(address) {
		return ""
	}
	return address
}

func citedSources(citations []verify.Citation) []*spsbot.Source {
	sources := make([]*spsbot.Source, 0, len(citations))
	for _, citation := range citations {
		sources = append(sources, citation.Source)
	}
	return sources
}

// strength says how strong the cited sources are, by their kinds.
func strength(sources []*spsbot.Source, texts prompts.StrengthTexts) string {
	var strong, reviewed, weak, commercial int
	for _, source := range sources {
		switch source.Kind {
		case spsbot.KindGuideline, spsbot.KindPeerReviewed, spsbot.KindGovernment:
			strong++
		case spsbot.KindMedicallyReviewed, spsbot.KindProfessionalSociety:
			reviewed++
		case spsbot.KindPatientOrganisation, spsbot.KindNews, spsbot.KindBlog, spsbot.KindUnknown:
			weak++
		}
		if source.Commercial {
			commercial++
		}
	}
	switch {
	case commercial == len(sources):
		return texts.Commercial
	case strong == len(sources):
		return texts.Strong
	case reviewed == len(sources):
		return texts.Reviewed
	case weak == len(sources):
		return texts.Weak
	}
	return texts.Mixed
}

// otherLanguage returns the language of the first source that is not in the
// reply's language, or nothing.
func otherLanguage(sources []*spsbot.Source, tag string) string {
	for _, source := range sources {
		if source.Language != tag && source.Language != verify.Withheld {
			return source.Language
		}
	}
	return ""
}
