package outbox

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"unicode/utf8"

	"spsbot"
	"spsbot/answer/reply"
	"spsbot/prompts"
)

// Types and styles of components.
const (
	typeRow        = 1
	typeButton     = 2
	typeStringMenu = 3
	typeText       = 4
	typeRoleMenu   = 6
	typeChannels   = 8

	styleSecondary = 2
	styleDanger    = 4
)

// Limits of Discord on components.
const (
	longestLabel  = 80
	longestOption = 100
	mostOptions   = 25
	mostInRow     = 5
	mostRows      = 5
)

// row is a line of components.
type row struct {
	Type       int         `json:"type"`
	Components []component `json:"components"`
}

// component is a button, a menu or a field of a form.
type component struct {
	Type         int            `json:"type"`
	ID           string         `json:"custom_id"`
	Style        int            `json:"style,omitempty"`
	Label        string         `json:"label,omitempty"`
	Placeholder  string         `json:"placeholder,omitempty"`
	Options      []option       `json:"options,omitempty"`
	Min          *int           `json:"min_values,omitempty"`
	Max          *int           `json:"max_values,omitempty"`
	ChannelTypes []int          `json:"channel_types,omitempty"`
	Defaults     []defaultValue `json:"default_values,omitempty"`
	MaxLength    int            `json:"max_length,omitempty"`
	Required     *bool          `json:"required,omitempty"`
	Value        string         `json:"value,omitempty"`
}

type option struct {
	Label       string `json:"label"`
	Value       string `json:"value"`
	Description string `json:"description,omitempty"`
	Default     bool   `json:"default,omitempty"`
}

type defaultValue struct {
	ID   string `json:"id"`
	Type string `json:"type"`
}

// rows writes the buttons and menus under a part: what can be done with the
// reply in one row, each question to ask instead in a row of its own, since
// they are long.
func (o *Outbox) rows(part reply.Part, record string) []row {
	words := o.words.For(part.Locale().Tag())
	rows := []row{}
	var actions []component
	for _, button := range part.Buttons() {
		if row, alone := o.rowOf(button, record, part.Locale()); alone {
			rows = append(rows, row...)
			continue
		}
		style := styleSecondary
		if button.Action == reply.ActionForgetSure {
			style = styleDanger
		}
		actions = append(actions, component{
			Type: typeButton, Style: style, Label: clip(labelOf(button.Action, words.Buttons), longestLabel),
			ID: ButtonID{button.Action, record, ""}.String(),
		})
	}
	if len(actions) > 0 {
		rows = append([]row{{typeRow, actions[:min(len(actions), mostInRow)]}}, rows...)
	}
	return rows[:min(len(rows), mostRows)]
}

// rowOf returns the rows of a button that stands alone.
func (o *Outbox) rowOf(button reply.Button, record string, locale prompts.Locale) (rows []row, alone bool) {
	press := component{Type: typeButton, Style: styleSecondary}
	id := ButtonID{Action: button.Action, Record: record}
	if button.Action == reply.ActionSource {
		return o.sourceMenus(button.Sources, record, locale), true
	}
	if button.Action == reply.ActionSuggestion {
		press.Label, id.Extra = clip(button.Suggestion.Text(), longestLabel), SuggestionKey(button.Suggestion)
	}
	if button.Action == reply.ActionMore {
		press.Label = clip(o.words.For(locale.Tag()).Buttons.More, longestLabel)
		id.Extra = strconv.Itoa(button.First) + ":" + button.Source
	}
	press.ID = id.String()
	return []row{{typeRow, []component{press}}}, id.Extra != ""
}

// labelOf returns the words on a button that shares a row.
func labelOf(action reply.Action, texts prompts.ButtonTexts) string {
	return map[reply.Action]string{
		reply.ActionPassages:   texts.Passages,
		reply.ActionHelpful:    texts.Helpful,
		reply.ActionWrong:      texts.Wrong,
		reply.ActionFollowUp:   texts.FollowUp,
		reply.ActionGeneral:    texts.General,
		reply.ActionMine:       texts.Mine,
		reply.ActionForget:     texts.Forget,
		reply.ActionForgetSure: texts.ForgetSure,
	}[action]
}

// sourceMenus lists documents in menus, as many as there is room for.
func (o *Outbox) sourceMenus(sources []*spsbot.Source, record string, locale prompts.Locale) []row {
	var rows []row
	kinds := locale.Texts().Answer.Kinds
	for first := 0; first < len(sources) && len(rows) < mostRows; first += mostOptions {
		menu := component{
			Type: typeStringMenu, ID: ButtonID{reply.ActionSource, record, strconv.Itoa(len(rows))}.String(),
			Placeholder: o.words.For(locale.Tag()).Menus.Source,
		}
		for _, source := range sources[first:min(first+mostOptions, len(sources))] {
			if len(source.ID) > longestOption {
				continue
			}
			menu.Options = append(menu.Options, option{
				Label: clip(source.Title, longestOption), Value: source.ID, Description: clip(kinds[source.Kind], longestOption),
			})
		}
		if len(menu.Options) > 0 {
			rows = append(rows, row{typeRow, []component{menu}})
		}
	}
	return rows
}

// ButtonID is what Discord hands back when a button is pressed: an action, the
// id of the record under which it stands, and perhaps one thing more.
type ButtonID struct {
	Action reply.Action
	Record string
	Extra  string
}

// String writes the id, at most 100 characters.
func (b ButtonID) String() string {
	return clip(string(b.Action)+":"+b.Record+":"+b.Extra, longestOption)
}

// ParseButton reads an id that String wrote; what is none gives false.
func ParseButton(id string) (ButtonID, bool) {
	parts := strings.SplitN(id, ":", 3)
	if len(parts) != 3 {
		return ButtonID{}, false
	}
	return ButtonID{reply.Action(parts[0]), parts[1], parts[2]}, true
}

// SuggestionKey names a suggestion in the id of its button.
func SuggestionKey(suggestion prompts.Suggestion) string {
	sum := sha256.Sum256([]byte(suggestion.Text()))
	return suggestion.Language() + "-" + hex.EncodeToString(sum[:6])
}

// SuggestionLanguage returns the language of the suggestion that a key names.
func SuggestionLanguage(key string) string {
	language, _, _ := strings.Cut(key, "-")
	return language
}

// clip shortens a text to a number of characters.
func clip(text string, most int) string {
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return string([]rune(text)[:most-1]) + "…"
}
