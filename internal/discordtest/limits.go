package discordtest

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Discord's limits, in characters or in pieces (its documentation, August 2026).
// The OpenAPI document has most of them, but not those of content, rows and all
// embed text together.
const (
	mostContent          = 2000
	mostEmbeds           = 10
	mostEmbedText        = 6000
	mostEmbedTitle       = 256
	mostEmbedDescription = 4096
	mostEmbedFields      = 25
	mostFieldName        = 256
	mostFieldValue       = 1024
	mostFooter           = 2048
	mostEmbedAuthor      = 256
	mostRows             = 5
	mostInRow            = 5
	mostCustomID         = 100
	mostButtonLabel      = 80
	mostURL              = 512
	mostPlaceholder      = 150
	mostOptions          = 25
	mostOptionText       = 100
	mostModalTitle       = 45
	mostFieldLabel       = 45
	mostInput            = 4000
	mostInputPlaceholder = 100
	mostFiles            = 10
	mostChoices          = 25
	mostChoice           = 100
	mostMentions         = 100
)

// length counts characters as Discord does.
func length(text string) int { return utf8.RuneCountInString(text) }

func between(text string, least, most int) bool {
	n := length(text)
	return n >= least && n <= most
}

// problems collects what is beyond a limit.
type problems []string

// most notes a text that is too long.
func (p *problems) most(where, text string, most int) {
	if n := length(text); n > most {
		*p = append(*p, fmt.Sprintf("%s: %d characters, at most %d", where, n, most))
	}
}

// some notes a text that is missing or too long.
func (p *problems) some(where, text string, most int) {
	if text == "" {
		*p = append(*p, where+": required")
	}
	p.most(where, text, most)
}

// count notes too many of something.
func (p *problems) count(where string, n, most int) {
	if n > most {
		*p = append(*p, fmt.Sprintf("%s: %d, at most %d", where, n, most))
	}
}

func (p *problems) add(format string, arguments ...any) {
	*p = append(*p, fmt.Sprintf(format, arguments...))
}

// refuse makes Discord's refusal of what is beyond its limits, nil for nothing.
func refuse(wrong problems) error {
	if len(wrong) == 0 {
		return nil
	}
	return badRequest(strings.Join(wrong, "; "))
}

// beyond lists what a message has too much of.
func (b messageBody) beyond(text string, embeds []Embed, components []Component, files int) problems {
	var wrong problems
	wrong.most("content", text, mostContent)
	wrong.count("embeds", len(embeds), mostEmbeds)
	wrong.count("files", files, mostFiles)
	total := 0
	for i, e := range embeds {
		total += e.beyond(fmt.Sprintf("embeds[%d]", i), &wrong)
	}
	wrong.count("characters of all embeds", total, mostEmbedText)
	if b.Flags&flagComponentsV2 == 0 {
		rowsBeyond(components, &wrong)
	}
	if m := b.AllowedMentions; m != nil {
		wrong.count("allowed_mentions.users", len(m.Users), mostMentions)
		wrong.count("allowed_mentions.roles", len(m.Roles), mostMentions)
		if m.Parse != nil && (slices.Contains(*m.Parse, "users") && len(m.Users) > 0 || slices.Contains(*m.Parse, "roles") && len(m.Roles) > 0) {
			wrong.add("allowed_mentions: parse and a list exclude each other")
		}
	}
	return wrong
}

// beyond checks a card and returns how many characters count for the sum.
func (e Embed) beyond(where string, wrong *problems) int {
	wrong.most(where+".title", e.Title, mostEmbedTitle)
	wrong.most(where+".description", e.Description, mostEmbedDescription)
	wrong.most(where+".footer", e.Footer.Text, mostFooter)
	wrong.most(where+".author", e.Author.Name, mostEmbedAuthor)
	wrong.count(where+".fields", len(e.Fields), mostEmbedFields)
	total := length(e.Title) + length(e.Description) + length(e.Footer.Text) + length(e.Author.Name)
	for i, field := range e.Fields {
		wrong.some(fmt.Sprintf("%s.fields[%d].name", where, i), field.Name, mostFieldName)
		wrong.some(fmt.Sprintf("%s.fields[%d].value", where, i), field.Value, mostFieldValue)
		total += length(field.Name) + length(field.Value)
	}
	return total
}

// rowsBeyond checks the rows under a message and that no custom id stands twice.
func rowsBeyond(rows []Component, wrong *problems) {
	wrong.count("rows", len(rows), mostRows)
	ids := map[string]bool{}
	for i, row := range rows {
		where := fmt.Sprintf("components[%d]", i)
		if row.Type != TypeRow {
			wrong.add("%s: a message has rows, this is type %d", where, row.Type)
			continue
		}
		wrong.count(where, len(row.Components), mostInRow)
		if len(row.Components) == 0 {
			wrong.add("%s: an empty row", where)
		}
		for j, c := range row.Components {
			c.beyond(fmt.Sprintf("%s.components[%d]", where, j), wrong)
			if c.Type != TypeButton && len(row.Components) > 1 {
				wrong.add("%s: a menu stands alone in its row", where)
			}
			if c.CustomID != "" && ids[c.CustomID] {
				wrong.add("%s: the custom_id %q stands twice", where, c.CustomID)
			}
			ids[c.CustomID] = true
		}
	}
}

// beyond checks a button or a menu.
func (c Component) beyond(where string, wrong *problems) {
	switch c.Type {
	case TypeButton:
		c.buttonBeyond(where, wrong)
	case TypeStringSelect:
		wrong.some(where+".custom_id", c.CustomID, mostCustomID)
		wrong.most(where+".placeholder", c.Placeholder, mostPlaceholder)
		c.optionsBeyond(where, wrong)
	case TypeUserSelect, TypeRoleSelect, TypeMentionableSelect, TypeChannelSelect:
		wrong.some(where+".custom_id", c.CustomID, mostCustomID)
		wrong.most(where+".placeholder", c.Placeholder, mostPlaceholder)
	default:
		wrong.add("%s: type %d has no place in a row of a message", where, c.Type)
	}
	c.valuesBeyond(where, wrong)
}

func (c Component) buttonBeyond(where string, wrong *problems) {
	wrong.most(where+".label", c.Label, mostButtonLabel)
	if c.Label == "" && c.Emoji == nil {
		wrong.add("%s: a button without label and emoji", where)
	}
	switch {
	case c.Style < 1 || c.Style > StyleLink:
		wrong.add("%s.style: %d", where, c.Style)
	case c.Style == StyleLink:
		wrong.some(where+".url", c.URL, mostURL)
		if c.CustomID != "" {
			wrong.add("%s: a link has no custom_id", where)
		}
	default:
		wrong.some(where+".custom_id", c.CustomID, mostCustomID)
	}
}

func (c Component) optionsBeyond(where string, wrong *problems) {
	if len(c.Options) == 0 {
		wrong.add("%s: a menu without options", where)
	}
	wrong.count(where+".options", len(c.Options), mostOptions)
	values := map[string]bool{}
	for i, o := range c.Options {
		at := fmt.Sprintf("%s.options[%d]", where, i)
		wrong.some(at+".label", o.Label, mostOptionText)
		wrong.some(at+".value", o.Value, mostOptionText)
		wrong.most(at+".description", o.Description, mostOptionText)
		if values[o.Value] {
			wrong.add("%s: the value %q stands twice", at, o.Value)
		}
		values[o.Value] = true
	}
}

func (c Component) valuesBeyond(where string, wrong *problems) {
	if c.MinValues != nil && (*c.MinValues < 0 || *c.MinValues > mostOptions) {
		wrong.add("%s.min_values: %d", where, *c.MinValues)
	}
	if c.MaxValues != nil && (*c.MaxValues < 1 || *c.MaxValues > mostOptions || c.Type == TypeStringSelect && *c.MaxValues > len(c.Options)) {
		wrong.add("%s.max_values: %d", where, *c.MaxValues)
	}
}

// choicesBeyond checks the suggestions of autocomplete.
func choicesBeyond(choices []Choice) problems {
	var wrong problems
	wrong.count("choices", len(choices), mostChoices)
	for i, choice := range choices {
		wrong.some(fmt.Sprintf("choices[%d].name", i), choice.Name, mostChoice)
		if text, is := choice.Value.(string); is {
			wrong.some(fmt.Sprintf("choices[%d].value", i), text, mostChoice)
		}
	}
	return wrong
}

// beyond checks a form.
func (m Modal) beyond() problems {
	var wrong problems
	wrong.some("title", m.Title, mostModalTitle)
	wrong.some("custom_id", m.CustomID, mostCustomID)
	wrong.count("components", len(m.Components), mostRows)
	if len(m.Components) == 0 {
		wrong.add("components: a form without fields")
	}
	for i, c := range m.Components {
		where := fmt.Sprintf("components[%d]", i)
		switch {
		case c.Type == TypeTextDisplay:
		case c.Type == TypeLabel && c.Component != nil:
			wrong.some(where+".label", c.Label, mostFieldLabel)
			wrong.most(where+".description", c.Description, mostOptionText)
			c.Component.fieldBeyond(where, &wrong)
		case c.Type == TypeRow && len(c.Components) == 1:
			wrong.some(where+".label", c.Components[0].Label, mostFieldLabel)
			c.Components[0].fieldBeyond(where, &wrong)
		default:
			wrong.add("%s: type %d has no place in a form", where, c.Type)
		}
	}
	return wrong
}

// fieldBeyond checks a field of a form.
func (c Component) fieldBeyond(where string, wrong *problems) {
	wrong.some(where+".custom_id", c.CustomID, mostCustomID)
	if c.Type != TypeTextInput {
		return
	}
	wrong.most(where+".placeholder", c.Placeholder, mostInputPlaceholder)
	wrong.most(where+".value", c.Value, mostInput)
	if c.Style != 1 && c.Style != 2 {
		wrong.add("%s.style: %d", where, c.Style)
	}
	if c.MinLength != nil && (*c.MinLength < 0 || *c.MinLength > mostInput) {
		wrong.add("%s.min_length: %d", where, *c.MinLength)
	}
	if c.MaxLength != nil && (*c.MaxLength < 1 || *c.MaxLength > mostInput) {
		wrong.add("%s.max_length: %d", where, *c.MaxLength)
	}
}
