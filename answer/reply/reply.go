// Package reply holds the sealed message, and nothing else: the only form in
// which text may reach a patient. It can be made of a checked answer or of a
// fixed notice, it always ends with the disclaimer, and it must never take free
// text from anybody.
package reply

import (
	"strings"
	"unicode/utf16"

	"spsbot/answer/verify"
	"spsbot/prompts"
)

// Limit is the length of the longest message that Discord takes, in UTF-16 code units.
const Limit = 2000

// Sealed is a message that may be sent. Its fields are out of reach, so that no
// other package can make one with words of its own. The zero value says the
// disclaimer alone. It has no way back from JSON.
type Sealed struct {
	blocks  []string // each escaped, in the order of reading
	locale  prompts.Locale
	buttons []Button
	card    Card
}

// Answer seals a checked answer. One without a sentence seals to the words for
// "no vetted source".
func Answer(checked verify.Checked, locale prompts.Locale) Sealed {
	if len(checked.Sentences()) == 0 {
		return Fixed(NoSource, locale, Params{})
	}
	return Sealed{blocks: answerBlocks(checked, locale), locale: locale, buttons: answerButtons(), card: answerCard(checked, locale)}
}

// Fixed seals a fixed notice with what the program fills in.
func Fixed(notice Notice, locale prompts.Locale, params Params) Sealed {
	return Sealed{blocks: noticeBlocks(notice, locale.Texts(), params), locale: locale, buttons: noticeButtons(notice, params)}
}

// Locale returns the language in which the message is written.
func (s Sealed) Locale() prompts.Locale { return s.locale }

// Text returns the whole message, the disclaimer included.
func (s Sealed) Text() string {
	return strings.Join(append(append([]string{}, s.blocks...), s.locale.Disclaimer()), "\n\n")
}

// Messages returns the message in parts that each fit Discord's limit and end
// with the disclaimer. There is at least one part.
func (s Sealed) Messages() []string {
	end := "\n\n" + s.locale.Disclaimer()
	room := Limit - length(end)
	var parts []string
	part := ""
	flush := func() {
		if part != "" {
			parts = append(parts, part+end)
			part = ""
		}
	}
	for _, block := range s.blocks {
		if part != "" && length(part)+2+length(block) > room {
			flush()
		}
		for length(block) > room {
			head, tail := cut(block, room)
			if strings.TrimSpace(head) != "" {
				parts = append(parts, head+end)
			}
			block = inert(tail)
		}
		switch {
		case strings.TrimSpace(block) == "":
		case part == "":
			part = block
		default:
			part += "\n\n" + block
		}
	}
	flush()
	if len(parts) == 0 {
		return []string{s.locale.Disclaimer()}
	}
	return parts
}

// length counts UTF-16 code units, the strictest way in which Discord may count.
func length(text string) int {
	count := 0
	for _, r := range text {
		count += max(utf16.RuneLen(r), 1)
	}
	return count
}

// cut splits a text before room code units: at the last line break, else the
// last space, else anywhere but inside an escape.
func cut(text string, room int) (head, tail string) {
	count, end := 0, len(text)
	for i, r := range text {
		count += max(utf16.RuneLen(r), 1)
		if count > room {
			end = i
			break
		}
	}
	for _, at := range []string{"\n", " "} {
		if i := strings.LastIndex(text[:end], at); i > 0 {
			return text[:i], text[i+1:]
		}
	}
	trimmed := strings.TrimRight(text[:end], `\`)
	if (end-len(trimmed))%2 == 1 && end > 1 {
		end--
	}
	return text[:end], text[end:]
}

// inert keeps the rest of a text that was cut from beginning with what would be
// formatting at the beginning of a line.
func inert(text string) string { return opening.ReplaceAllString(text, `$1\$2`) }
