package reply

import (
	"fmt"
	"strings"

	"spsbot"
	"spsbot/answer/verify"
	"spsbot/prompts"
)

// Part is one message of a sealed reply, with what belongs under it. Its text
// is out of reach, so that a transport that takes parts sends nothing else. The
// zero value says the disclaimer alone.
type Part struct {
	text    string
	buttons []Button
	card    Card
	locale  prompts.Locale
}

// Text returns the text of the part; it ends with the disclaimer.
func (p Part) Text() string {
	if p.text == "" {
		return p.locale.Disclaimer()
	}
	return p.text
}

// Buttons returns the buttons under the part.
func (p Part) Buttons() []Button { return append([]Button(nil), p.buttons...) }

// Card returns the card beside the part, if there is one.
func (p Part) Card() (Card, bool) { return p.card, len(p.card.fields) > 0 }

// Locale returns the language in which the part is written.
func (p Part) Locale() prompts.Locale { return p.locale }

// Parts returns the reply as it is sent, at least one part. The card and the
// buttons belong to the last one, below which a reader looks for them.
func (s Sealed) Parts() []Part {
	messages := s.Messages()
	parts := make([]Part, len(messages))
	for i, text := range messages {
		parts[i] = Part{text: text, locale: s.locale}
	}
	last := &parts[len(parts)-1]
	last.buttons, last.card = s.buttons, s.card
	return parts
}

// Action is what a button does.
type Action string

// The actions. Their names stand in the ids of buttons that were sent: a name
// that changes breaks the buttons of older messages.
const (
	ActionPassages   Action = "passages"
	ActionHelpful    Action = "helpful"
	ActionWrong      Action = "wrong"
	ActionFollowUp   Action = "follow"
	ActionGeneral    Action = "general"
	ActionSuggestion Action = "suggest"
	ActionMine       Action = "mine"
	ActionForget     Action = "forget"
	ActionForgetSure Action = "forgetsure"
	ActionSource     Action = "source" // a menu of the documents
	ActionMore       Action = "more"
)

// Button is one thing that can be pressed under a reply.
type Button struct {
	Action Action
	// Suggestion is the question that is asked by pressing, for ActionSuggestion.
	Suggestion prompts.Suggestion
	// Sources are the documents of the menu, for ActionSource.
	Sources []*spsbot.Source
	// Source and First say which passages are shown next, for ActionMore.
	Source string
	First  int
}

func answerButtons() []Button {
	return []Button{{Action: ActionPassages}, {Action: ActionHelpful}, {Action: ActionWrong}, {Action: ActionFollowUp}}
}

// noticeButtons returns the buttons of a notice: what may be done next, and the
// questions that can be asked instead.
func noticeButtons(notice Notice, params Params) []Button {
	buttons := map[Notice][]Button{
		EmergencyMedical:  {{Action: ActionGeneral}},
		EmergencySelfHarm: {{Action: ActionGeneral}},
		EmergencyPoison:   {{Action: ActionGeneral}},
		EmergencyViolence: {{Action: ActionGeneral}},
		PrivacyPolicy:     {{Action: ActionMine}, {Action: ActionForget}},
		Forget:            {{Action: ActionForgetSure}},
		Sources:           {{Action: ActionSource, Sources: params.Shelf.Sources()}},
	}[notice]
	if source, first, more := params.Opened.Rest(); more {
		buttons = append(buttons, Button{Action: ActionMore, Source: source, First: first})
	}
	for _, suggestion := range params.Suggestions {
		buttons = append(buttons, Button{Action: ActionSuggestion, Suggestion: suggestion})
	}
	return buttons
}

// Card repeats the sources of an answer with links, for those who see cards;
// the text alone is complete.
type Card struct{ fields []CardField }

// CardField is one source of a card.
type CardField struct {
	// Name says the citation's numbers and the kind of source, at most 256 characters.
	Name string
	// Value is the title, linked where the source has an address, at most 1,024 characters.
	Value string
}

// Fields returns the sources, in the order of their numbers.
func (c Card) Fields() []CardField { return append([]CardField(nil), c.fields...) }

// Limits on what a card shows, in characters; Discord's own are 25 fields of
// 256 and 1,024, 6,000 in all.
const (
	mostFields   = 6
	longestTitle = 200
)

// answerCard makes the card of an answer.
func answerCard(checked verify.Checked, locale prompts.Locale) Card {
	texts := locale.Texts().Answer
	var card Card
	at := map[string]int{}
	for _, citation := range checked.Citations() {
		source := citation.Source
		if i, known := at[source.ID]; known {
			marks, kind, _ := strings.Cut(card.fields[i].Name, " ")
			card.fields[i].Name = marks + fmt.Sprintf("[%d] ", citation.N) + kind
			continue
		}
		if len(card.fields) == mostFields {
			break
		}
		at[source.ID] = len(card.fields)
		title := said(source.Title, texts)
		if runes := []rune(title); len(runes) > longestTitle {
			title = string(runes[:longestTitle]) + "…"
		}
		if address := safeURL(source.URL); address != "" && source.Title != verify.Withheld {
			title = "[" + title + "](<" + address + ">)"
		}
		card.fields = append(card.fields, CardField{Name: fmt.Sprintf("[%d] %s", citation.N, texts.Kinds[source.Kind]), Value: title})
	}
	return card
}
