package reply

import (
	"strings"

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
)

// Params are what the program fills into a notice. None of it is free text:
// numbers come from the directory, suggestions from the word files, topics from
// headings that passed the dose guard.
type Params struct {
	Numbers     prompts.Numbers
	Suggestions []prompts.Suggestion
	Topics      []verify.Topic
}

// noticeBlocks writes a notice: its words, near topics, questions to ask instead.
func noticeBlocks(notice Notice, texts prompts.Texts, params Params) []string {
	numbers, words := params.Numbers, texts.Numbers
	emergency := numbers.Emergency
	if notice == EmergencyViolence {
		emergency = numbers.Police
	}
	filled := strings.NewReplacer(
		"{emergency}", numberList(emergency, numbers.Known, words.Line, words.Local),
		"{crisis}", numberList(numbers.Crisis, numbers.Known, words.Line, words.LocalCrisis),
		"{poison}", numberList(numbers.Poison, numbers.Known, words.Line, words.LocalPoison),
		"{violence}", numberList(numbers.Violence, numbers.Known, words.Line, words.LocalViolence),
	).Replace(noticeText(notice, texts.Notices))
	var blocks []string
	if filled != "" {
		blocks = append(blocks, strings.Split(filled, "\n\n")...)
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

func noticeText(notice Notice, texts prompts.NoticeTexts) string {
	switch notice {
	case EmergencyMedical:
		return texts.Emergency[spsbot.CrisisMedical]
	case EmergencySelfHarm:
		return texts.Emergency[spsbot.CrisisSelfHarm]
	case EmergencyPoison:
		return texts.Emergency[spsbot.CrisisPoison]
	case EmergencyViolence:
		return texts.Emergency[spsbot.CrisisViolence]
	case Dosing:
		return texts.Dosing
	case Personal:
		return texts.Personal
	case Support:
		return texts.Support
	case Misuse:
		return texts.Misuse
	case Hello:
		return texts.Smalltalk.Hello
	case Thanks:
		return texts.Smalltalk.Thanks
	case About:
		return texts.Smalltalk.About
	case Privacy:
		return texts.Smalltalk.Privacy
	case Empty:
		return texts.Smalltalk.Empty
	case OutOfScope:
		return texts.OutOfScope
	case Language:
		return texts.Language
	case NoSource:
	}
	return texts.NoSource
}
