package parse

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/sentences"

	"spsbot"
)

// lineReader knows the word lists of one language.
type lineReader struct {
	abbreviations map[string]bool
	ownStory      map[string]bool
	replyStart    map[string]bool
	firstPerson   map[string]bool
	leadEnd       map[string]bool
	furniture     map[string][][]string // phrases, by their first word
}

func newLineReader(words *spsbot.Words) *lineReader {
	r := &lineReader{
		abbreviations: setOf(words.Abbreviations),
		ownStory:      setOf(words.OwnStory),
		replyStart:    setOf(words.ReplyStarts),
		firstPerson:   setOf(words.FirstPerson),
		leadEnd:       setOf(words.LeadEnds),
		furniture:     map[string][][]string{},
	}
	for _, phrase := range words.Furniture {
		if list := strings.Fields(bareWords(phrase)); len(list) > 0 {
			r.furniture[list[0]] = append(r.furniture[list[0]], list)
		}
	}
	return r
}

func setOf(list []string) map[string]bool {
	set := make(map[string]bool, len(list))
	for _, entry := range list {
		set[fold(entry)] = true
	}
	return set
}

// fold lowers the case and straightens apostrophes, for comparing with word lists only.
func fold(text string) string {
	return strings.TrimSpace(strings.ReplaceAll(strings.ToLower(text), "’", "'"))
}

// bareWords folds text to its words with single spaces between them.
func bareWords(text string) string {
	return strings.Join(strings.FieldsFunc(fold(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\''
	}), " ")
}

// isFurniture reports whether text holds a phrase of menus, greetings or advertising.
func (r *lineReader) isFurniture(text string) bool {
	line := strings.Fields(bareWords(text))
	for i, word := range line {
		for _, phrase := range r.furniture[word] {
			if i+len(phrase) <= len(line) && slices.Equal(line[i:i+len(phrase)], phrase) {
				return true
			}
		}
	}
	return false
}

// isOwnTelling reports whether one of the sentences is somebody's own telling:
// it begins with a word of the first person, or holds one in small letters
// ("my"; a capital "I" inside may be a Roman numeral).
func (r *lineReader) isOwnTelling(text string) bool {
	for _, span := range r.sentences(text) {
		sentence := text[span.Start:span.End]
		for i, word := range strings.Fields(sentence) {
			word = strings.TrimFunc(word, func(c rune) bool { return !unicode.IsLetter(c) && c != '\'' && c != '’' })
			first, _ := utf8.DecodeRuneInString(word)
			if (i == 0 || unicode.IsLower(first)) && r.firstPerson[fold(word)] {
				return true
			}
		}
	}
	return false
}

// sentences returns the spans of the sentences in text, without the white
// space around them: Unicode segmentation, joined again after abbreviations,
// initials and list numbers, and cut where a space is missing after a full stop.
func (r *lineReader) sentences(text string) []spsbot.Span {
	var spans []spsbot.Span
	joined := false
	offset := 0
	segments := sentences.FromString(text)
	for segments.Next() {
		segment := segments.Value()
		start, end := offset, offset+len(segment)
		offset = end
		trimmed := strings.TrimSpace(text[start:end])
		if trimmed == "" {
			continue
		}
		start += strings.Index(text[start:end], trimmed)
		end = start + len(trimmed)
		if joined {
			spans[len(spans)-1].End = end
		} else {
			spans = append(spans, spsbot.Span{Start: start, End: end})
		}
		joined = r.goesOn(text[spans[len(spans)-1].Start:end])
	}
	return splitGlued(text, joinReferences(text, spans))
}

// raisedNumber matches raised numbers of references at the beginning of a text.
var raisedNumber = regexp.MustCompile(`^[⁰¹²³⁴⁵⁶⁷⁸⁹]+(?:[,–-][⁰¹²³⁴⁵⁶⁷⁸⁹]+)*[\s\x{a0}]*`)

// joinReferences moves the number of a reference that was cut from its sentence
// ("… walks. [2]") back to it.
func joinReferences(text string, spans []spsbot.Span) []spsbot.Span {
	var out []spsbot.Span
	for _, span := range spans {
		if last := len(out) - 1; last >= 0 {
			if raised := raisedNumber.FindString(text[span.Start:span.End]); raised != "" {
				out[last].End = span.Start + len(strings.TrimRight(raised, " \t\u00a0"))
				span.Start += len(raised)
			}
			open := out[last].End - 1
			cut := (text[open] == '[' || text[open] == '(') && open > out[last].Start
			if end := strings.IndexAny(text[span.Start:span.End], "])"); cut && end >= 0 && strings.Trim(text[span.Start:span.Start+end], "0123456789, –-") == "" {
				out[last].End = span.Start + end + 1
				span.Start = out[last].End
				span.Start += len(text[span.Start:span.End]) - len(strings.TrimLeft(text[span.Start:span.End], " \t\u00a0"))
			}
		}
		if span.Start < span.End {
			out = append(out, span)
		}
	}
	return out
}

// goesOn reports whether a segment's final period does not end a sentence.
func (r *lineReader) goesOn(segment string) bool {
	if !strings.HasSuffix(segment, ".") {
		return false
	}
	word := segment[strings.LastIndexAny(segment, " \t\u00a0(")+1:]
	if r.abbreviations[fold(word)] {
		return true
	}
	bare := strings.TrimSuffix(word, ".")
	if word == segment {
		return strings.Trim(bare, "0123456789") == "" // the number of a list
	}
	initial, size := utf8.DecodeRuneInString(bare)
	return size == len(bare) && unicode.IsUpper(initial)
}

// splitGlued cuts spans where a full stop is followed by a capital without a
// space ("improve.Another"): two small letters before, a capital and a small one after.
func splitGlued(text string, spans []spsbot.Span) []spsbot.Span {
	var out []spsbot.Span
	for _, span := range spans {
		start := span.Start
		for i := span.Start + 3; i+2 < span.End; i++ {
			glued := strings.IndexByte(".!?", text[i]) >= 0 &&
				isLowerASCII(text[i-1]) && isLowerASCII(text[i-2]) && isLowerASCII(text[i-3]) &&
				text[i+1] >= 'A' && text[i+1] <= 'Z' && isLowerASCII(text[i+2])
			if glued {
				out = append(out, spsbot.Span{Start: start, End: i + 1})
				start = i + 1
			}
		}
		out = append(out, spsbot.Span{Start: start, End: span.End})
	}
	return out
}

func isLowerASCII(c byte) bool { return c >= 'a' && c <= 'z' }
