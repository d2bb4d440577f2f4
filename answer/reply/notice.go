package reply

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"spsbot"
	"spsbot/answer/verify"
	"spsbot/prompts"
)

// Notice is one of the fixed replies.
type Notice int

// The fixed replies. NoSource comes first: the zero value is harmless.
const (
	NoSource Notice = iota
	EmergencyMedical
	EmergencySelfHarm
	EmergencyPoison
	EmergencyViolence
	Dosing
	Personal
	Support
	Misuse
	Hello
	Thanks
	About
	Privacy
	Empty
	OutOfScope
	Language
	HelpingMedical // another person's message tells of danger
	HelpingSelfHarm
	HelpingPoison
	HelpingViolence
	Apology
	Limited
	Expired
	Elsewhere
	Opened       // the passages behind an answer
	OpenedSource // passages of one source
	Sources
	PrivacyPolicy
	Mine
	MineNone
	Forget
	Forgotten
	Helpful
	Wrong
)

// Params are what the program fills into a notice. None of it is free text:
// numbers come from the directory, suggestions from the word files, topics,
// passages and sources passed the dose guard, the rest is counted or measured.
type Params struct {
	Numbers     prompts.Numbers
	Suggestions []prompts.Suggestion
	Topics      []verify.Topic
	// Opened are the passages of Opened and OpenedSource.
	Opened verify.Opened
	// Shelf are the documents of Sources.
	Shelf verify.Shelf
	// Note is added where moderators are away.
	Note verify.Note
	// Operator and Model are for PrivacyPolicy: who runs the bot, and whether
	// questions go to a language model.
	Operator prompts.Operator
	Model    bool
	// Days is how long records are kept, Count how many there are.
	Days, Count int
	// At is when a limit ends, or when the oldest record was made.
	At time.Time
	// Reference names what went wrong.
	Reference Reference
}

// noticeBlocks writes a notice: its words, near topics, questions to ask instead.
func noticeBlocks(notice Notice, texts prompts.Texts, params Params) []string {
	filled := fill(notice, texts, params)
	var blocks []string
	if filled != "" {
		blocks = append(blocks, strings.Split(filled, "\n\n")...)
	}
	if notice == Opened || notice == OpenedSource {
		blocks = append(blocks, openedBlocks(params.Opened, texts.Answer)...)
	}
	if notice == Sources {
		blocks = append(blocks, shelfBlocks(params.Shelf, texts)...)
	}
	if notice == PrivacyPolicy {
		blocks = append(blocks, privacyBlocks(texts.Notices, params)...)
	}
	if note := params.Note.Text(); note != "" {
		blocks = append(blocks, escape(note))
	}
	var topics, questions []string
	for _, topic := range params.Topics {
		topics = append(topics, escape(topic.Text()))
	}
	for _, suggestion := range params.Suggestions {
		questions = append(questions, escape(suggestion.Text()))
	}
	blocks = appendList(blocks, texts.Notices.Nearest, topics)
	return appendList(blocks, texts.Notices.Suggestions, questions)
}

// fill writes what is counted, measured or looked up into the words of a notice.
func fill(notice Notice, texts prompts.Texts, params Params) string {
	numbers, words := params.Numbers, texts.Numbers
	emergency := numbers.Emergency
	if notice == EmergencyViolence || notice == HelpingViolence {
		emergency = numbers.Police
	}
	return strings.NewReplacer(
		"{emergency}", numberList(emergency, numbers.Known, words.Line, words.Local),
		"{crisis}", numberList(numbers.Crisis, numbers.Known, words.Line, words.LocalCrisis),
		"{poison}", numberList(numbers.Poison, numbers.Known, words.Line, words.LocalPoison),
		"{violence}", numberList(numbers.Violence, numbers.Known, words.Line, words.LocalViolence),
		"{days}", strconv.Itoa(params.Days),
		"{count}", strconv.Itoa(params.Count),
		"{until}", timestamp(params.At, "R"),
		"{oldest}", timestamp(params.At, "D"),
		"{reference}", params.Reference.String(),
	).Replace(noticeText(notice, texts.Notices))
}

// timestamp writes a time so that Discord shows it in the reader's own zone and
// language; R is relative to now, D a date.
func timestamp(at time.Time, style string) string {
	return fmt.Sprintf("<t:%d:%s>", at.Unix(), style)
}

// Reference is the name under which moderators find something in the log. Only
// NewReference makes one that is not empty.
type Reference struct{ id string }

// longestReference is the length of the longest reference.
const longestReference = 40

// NewReference takes an id: letters, digits and hyphens. Anything else is shown
// as a dash.
func NewReference(id string) Reference {
	odd := func(r rune) bool {
		return (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && r != '-'
	}
	if len(id) > longestReference || strings.ContainsFunc(id, odd) {
		return Reference{}
	}
	return Reference{id}
}

// String returns the reference as it is shown.
func (r Reference) String() string {
	if r.id == "" {
		return "–"
	}
	return r.id
}

func appendList(blocks []string, intro string, entries []string) []string {
	if len(entries) == 0 {
		return blocks
	}
	return append(blocks, intro+"\n• "+strings.Join(entries, "\n• "))
}

// numberList writes numbers with their countries, joined by commas. Where the
// person's country is not known, or has none, it ends with the local one.
func numberList(numbers []prompts.Number, known bool, line, local string) string {
	var out []string
	for _, number := range numbers {
		out = append(out, strings.NewReplacer("{number}", number.Text(), "{country}", number.Country()).Replace(line))
	}
	if !known || len(out) == 0 {
		out = append(out, local)
	}
	return strings.Join(out, ", ")
}

// noticeText returns the words of a notice; those of NoSource for one that has none.
func noticeText(notice Notice, texts prompts.NoticeTexts) string {
	text, known := map[Notice]string{
		EmergencyMedical:  texts.Emergency[spsbot.CrisisMedical],
		EmergencySelfHarm: texts.Emergency[spsbot.CrisisSelfHarm],
		EmergencyPoison:   texts.Emergency[spsbot.CrisisPoison],
		EmergencyViolence: texts.Emergency[spsbot.CrisisViolence],
		Dosing:            texts.Dosing,
		Personal:          texts.Personal,
		Support:           texts.Support,
		Misuse:            texts.Misuse,
		Hello:             texts.Smalltalk.Hello,
		Thanks:            texts.Smalltalk.Thanks,
		About:             texts.Smalltalk.About,
		Privacy:           texts.Smalltalk.Privacy,
		Empty:             texts.Smalltalk.Empty,
		OutOfScope:        texts.OutOfScope,
		Language:          texts.Language,
		HelpingMedical:    texts.Helping[spsbot.CrisisMedical],
		HelpingSelfHarm:   texts.Helping[spsbot.CrisisSelfHarm],
		HelpingPoison:     texts.Helping[spsbot.CrisisPoison],
		HelpingViolence:   texts.Helping[spsbot.CrisisViolence],
		Apology:           texts.Apology,
		Limited:           texts.Limited,
		Expired:           texts.Expired,
		Elsewhere:         texts.Elsewhere,
		Opened:            texts.Opened,
		OpenedSource:      texts.OpenedSource,
		Sources:           texts.Sources,
		PrivacyPolicy:     texts.Privacy,
		Mine:              texts.Mine,
		MineNone:          texts.MineNone,
		Forget:            texts.Forget,
		Forgotten:         texts.Forgotten,
		Helpful:           texts.Helpful,
		Wrong:             texts.Wrong,
	}[notice]
	if !known {
		return texts.NoSource
	}
	return text
}
