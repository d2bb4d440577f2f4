package outbox

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"spsbot/prompts"
)

// Moderator is the proof that who presses may manage the server. Only
// CheckModerator makes one that holds.
type Moderator struct{ checked bool }

// CheckModerator looks at a member's permissions as Discord sends them with an
// interaction: a decimal number, empty outside of servers.
func CheckModerator(permissions string) (Moderator, bool) {
	bits, err := strconv.ParseUint(permissions, 10, 64)
	if err != nil || Permissions(bits)&(permissionAdministrator|PermissionManageServer) == 0 {
		return Moderator{}, false
	}
	return Moderator{checked: true}, true
}

// Panel is what a moderator sees: text and controls. It is always private.
type Panel struct {
	Text string
	Rows [][]Control
}

// Control is one thing on a panel.
type Control struct {
	kind component
}

// PressControl is a button.
func PressControl(id, label string) Control {
	return Control{component{Type: typeButton, ID: id, Style: styleSecondary, Label: clip(label, longestLabel)}}
}

// Choice is an entry of a menu, or of an autocompleted option.
type Choice struct {
	Label, Value string
	Chosen       bool
}

// ChoiceControl is a menu of entries, of which from least to most may be chosen.
func ChoiceControl(id, placeholder string, choices []Choice, least, most int) Control {
	menu := component{Type: typeStringMenu, ID: id, Placeholder: placeholder}
	for _, choice := range choices[:min(len(choices), mostOptions)] {
		menu.Options = append(menu.Options, option{Label: clip(choice.Label, longestOption), Value: choice.Value, Default: choice.Chosen})
	}
	most = min(most, len(menu.Options))
	menu.Min, menu.Max = &least, &most
	return Control{menu}
}

// Types of channels that can be chosen.
const (
	ChannelText         = 0
	ChannelAnnouncement = 5
	ChannelForum        = 15
)

// ChannelControl is a menu of the server's channels.
func ChannelControl(id string, chosen []string, most int, types ...int) Control {
	return Control{entityMenu(typeChannels, id, "channel", chosen, most, types)}
}

// RoleControl is a menu of the server's roles.
func RoleControl(id string, chosen []string) Control {
	return Control{entityMenu(typeRoleMenu, id, "role", chosen, 1, nil)}
}

func entityMenu(kind int, id, entity string, chosen []string, most int, types []int) component {
	least := 0
	menu := component{Type: kind, ID: id, Min: &least, Max: &most, ChannelTypes: types}
	for _, one := range chosen[:min(len(chosen), most)] {
		menu.Defaults = append(menu.Defaults, defaultValue{ID: one, Type: entity})
	}
	return menu
}

// Panel answers a moderator's command with a panel; with update, a press on a
// panel changes it. Without the proof nothing is sent but the refusal.
func (o *Outbox) Panel(ctx context.Context, i Interaction, who Moderator, panel Panel, update bool, words prompts.Interface) error {
	if !who.checked {
		panel, update = Panel{Text: words.Panels.Denied}, false
	}
	kind := callbackMessage
	if update {
		kind = callbackUpdate
	}
	m := message{
		Content: clip(panel.Text, 2000), Embeds: []embed{}, Components: []row{}, AllowedMentions: noMentions(),
		Flags: flagEphemeral | flagSuppressEmbeds,
	}
	for _, controls := range panel.Rows {
		line := row{Type: typeRow}
		for _, control := range controls {
			line.Components = append(line.Components, control.kind)
		}
		m.Components = append(m.Components, line)
	}
	return o.acknowledge(ctx, i, callback{Type: kind, Data: m})
}

// Form opens a form with one field of text.
func (o *Outbox) Form(ctx context.Context, i Interaction, id string, words prompts.ModalTexts, value string, longest int, required bool) error {
	style := 2 // of several lines
	if longest <= 100 {
		style = 1
	}
	type form struct {
		ID         string `json:"custom_id"`
		Title      string `json:"title"`
		Components []row  `json:"components"`
	}
	return o.acknowledge(ctx, i, callback{Type: callbackForm, Data: form{
		ID: id, Title: clip(words.Title, 45),
		Components: []row{{typeRow, []component{{
			Type: typeText, ID: "text", Style: style, Label: clip(words.Label, 45),
			Placeholder: clip(words.Placeholder, 100), MaxLength: longest, Required: &required, Value: value,
		}}}},
	}})
}

// Choices fills in what a person is typing with questions that can be answered.
func (o *Outbox) Choices(ctx context.Context, i Interaction, suggestions []prompts.Suggestion) error {
	type choice struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	}
	choices := []choice{}
	for _, suggestion := range suggestions[:min(len(suggestions), mostOptions)] {
		text := clip(suggestion.Text(), longestOption)
		choices = append(choices, choice{text, text})
	}
	return o.acknowledge(ctx, i, callback{Type: callbackChoices, Data: map[string]any{"choices": choices}})
}

// Register makes the commands known, all at once; those that are not in the
// list are gone afterwards.
func (o *Outbox) Register(ctx context.Context, application string, commands []Command) error {
	return o.client.do(ctx, request{
		method: http.MethodPut, path: "/applications/" + url.PathEscape(application) + "/commands", body: commands, repeatable: true,
	}, nil)
}

// Command is a command as Discord lists it.
type Command struct {
	Type                     int               `json:"type"`
	Name                     string            `json:"name"`
	NameLocalizations        map[string]string `json:"name_localizations,omitempty"`
	Description              string            `json:"description,omitempty"`
	DescriptionLocalizations map[string]string `json:"description_localizations,omitempty"`
	Options                  []CommandOption   `json:"options,omitempty"`
	// DefaultMemberPermissions is a decimal number; nil lets everybody.
	DefaultMemberPermissions *string `json:"default_member_permissions,omitempty"`
	// IntegrationTypes are 0 for servers and 1 for people; Contexts are 0 for
	// servers, 1 for messages to the bot, 2 for private channels of people.
	IntegrationTypes []int `json:"integration_types"`
	Contexts         []int `json:"contexts"`
}

// CommandOption is what a command is told.
type CommandOption struct {
	Type                     int               `json:"type"`
	Name                     string            `json:"name"`
	NameLocalizations        map[string]string `json:"name_localizations,omitempty"`
	Description              string            `json:"description"`
	DescriptionLocalizations map[string]string `json:"description_localizations,omitempty"`
	Required                 bool              `json:"required,omitempty"`
	Autocomplete             bool              `json:"autocomplete,omitempty"`
	MinLength                int               `json:"min_length,omitempty"`
	MaxLength                int               `json:"max_length,omitempty"`
}
