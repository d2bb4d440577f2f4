package bot

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"spsbot/bot/outbox"
)

// Types of interactions.
const (
	interactionPing         = 1
	interactionCommand      = 2
	interactionComponent    = 3
	interactionAutocomplete = 4
	interactionModal        = 5
)

// commandOnMessage is the type of a command in the menu of a message.
const commandOnMessage = 3

// interaction is what a person did, as Discord describes it. We read it
// ourselves: a single part of an unknown type must not cost the rest.
type interaction struct {
	ID          string            `json:"id"`
	Application string            `json:"application_id"`
	Type        int               `json:"type"`
	Token       string            `json:"token"`
	Server      string            `json:"guild_id"`
	Channel     string            `json:"channel_id"`
	Locale      string            `json:"locale"`
	ServerTag   string            `json:"guild_locale"`
	Member      *member           `json:"member"`
	User        *user             `json:"user"`
	Owners      map[string]string `json:"authorizing_integration_owners"`
	Data        json.RawMessage   `json:"data"`
	Message     *message          `json:"message"`
	// respond takes the first answer where it came by HTTP.
	respond responder
}

type member struct {
	User        *user  `json:"user"`
	Permissions string `json:"permissions"`
}

type user struct {
	ID  string `json:"id"`
	Bot bool   `json:"bot"`
}

// message is a message in a channel.
type message struct {
	ID         string   `json:"id"`
	Channel    string   `json:"channel_id"`
	Server     string   `json:"guild_id"`
	Type       int      `json:"type"`
	Content    string   `json:"content"`
	Author     *user    `json:"author"`
	Webhook    string   `json:"webhook_id"`
	Mentions   []user   `json:"mentions"`
	Edited     string   `json:"edited_timestamp"`
	Referenced *message `json:"referenced_message"`
	Components []struct {
		Components []struct {
			ID string `json:"custom_id"`
		} `json:"components"`
	} `json:"components"`
}

// record returns the id of the question that a message of ours answers, from
// the ids of its buttons; empty when it has none.
func (m *message) record() string {
	for _, line := range m.Components {
		for _, part := range line.Components {
			if button, ok := outbox.ParseButton(part.ID); ok && button.Record != "" {
				return button.Record
			}
		}
	}
	return ""
}

// commandData is what a command was told.
type commandData struct {
	Name    string `json:"name"`
	Type    int    `json:"type"`
	Options []struct {
		Name    string          `json:"name"`
		Value   json.RawMessage `json:"value"`
		Focused bool            `json:"focused"`
	} `json:"options"`
	Target   string `json:"target_id"`
	Resolved struct {
		Messages map[string]message `json:"messages"`
	} `json:"resolved"`
}

// option returns the text of an option.
func (d *commandData) option(name string) string {
	for _, option := range d.Options {
		var text string
		if option.Name == name && json.Unmarshal(option.Value, &text) == nil {
			return text
		}
	}
	return ""
}

// componentData says which button was pressed, or what was chosen.
type componentData struct {
	ID     string   `json:"custom_id"`
	Values []string `json:"values"`
}

// formData is what was written into a form.
type formData struct {
	ID         string `json:"custom_id"`
	Components []struct {
		Components []struct {
			Value string `json:"value"`
		} `json:"components"`
	} `json:"components"`
}

// text returns what was written into the form's one field.
func (d *formData) text() string {
	for _, line := range d.Components {
		for _, field := range line.Components {
			return field.Value
		}
	}
	return ""
}

// errNothing says that an interaction holds nothing that can be read.
var errNothing = errors.New("the interaction has no data that can be read")

// read decodes the data of an interaction.
func (i *interaction) read(target any) error {
	if len(i.Data) == 0 || string(i.Data) == "null" {
		return errNothing
	}
	if err := json.Unmarshal(i.Data, target); err != nil {
		return fmt.Errorf("%w: %w", errNothing, err)
	}
	return nil
}

// person returns the id of who did it, empty when Discord does not say.
func (i *interaction) person() string {
	switch {
	case i.Member != nil && i.Member.User != nil:
		return i.Member.User.ID
	case i.User != nil:
		return i.User.ID
	}
	return ""
}

// permissions returns what the person may do, as Discord writes it.
func (i *interaction) permissions() string {
	if i.Member == nil {
		return ""
	}
	return i.Member.Permissions
}

// installed reports whether the bot is a member of the place, not only brought
// along by the person.
func (i *interaction) installed() bool {
	_, server := i.Owners["0"]
	return server || len(i.Owners) == 0
}

// outgoing returns what answering needs.
func (i *interaction) outgoing() outbox.Interaction {
	return outbox.Interaction{ID: i.ID, Token: i.Token, Application: i.Application, Respond: i.respond}
}

// discordEpoch is the first millisecond of Discord's ids.
const discordEpoch = 1420070400000

// timeOf returns when an id was made; now for what is no id.
func timeOf(id string) time.Time {
	number, err := strconv.ParseUint(id, 10, 63)
	if err != nil {
		return time.Now()
	}
	return time.UnixMilli(int64(number>>22) + discordEpoch)
}

// withoutMention takes the mention of the bot out of a message.
func withoutMention(text, bot string) string {
	return strings.TrimSpace(strings.NewReplacer("<@"+bot+">", " ", "<@!"+bot+">", " ").Replace(text))
}
