package discordtest

import (
	"encoding/json"
	"slices"
	"strings"
)

// messageBody is what a request says of a message. What is absent is nil; null
// is written out.
type messageBody struct {
	Content         json.RawMessage  `json:"content"`
	Embeds          json.RawMessage  `json:"embeds"`
	Components      json.RawMessage  `json:"components"`
	AllowedMentions *allowedMentions `json:"allowed_mentions"`
	Flags           int              `json:"flags"`
	Nonce           any              `json:"nonce"`
	EnforceNonce    bool             `json:"enforce_nonce"`
	Reference       *struct {
		Type            int    `json:"type"`
		MessageID       string `json:"message_id"`
		ChannelID       string `json:"channel_id"`
		FailIfNotExists *bool  `json:"fail_if_not_exists"`
	} `json:"message_reference"`
	Attachments []struct {
		Description string `json:"description"`
	} `json:"attachments"`
}

type allowedMentions struct {
	Parse       *[]string `json:"parse"`
	Users       []string  `json:"users"`
	Roles       []string  `json:"roles"`
	RepliedUser *bool     `json:"replied_user"`
}

// content returns the text, and whether the request says anything of it.
func (b messageBody) content() (text string, given bool, err error) {
	if b.Content == nil {
		return "", false, nil
	}
	var said *string
	if err := json.Unmarshal(b.Content, &said); err != nil {
		return "", true, badRequest("content: " + err.Error())
	}
	if said == nil {
		return "", true, nil
	}
	return *said, true, nil
}

// apply changes a message as the request says and refuses what Discord refuses.
func (b messageBody) apply(f *Fake, m *message, files []File) error {
	text, given, err := b.content()
	if err != nil {
		return err
	}
	var embeds []Embed
	var components []Component
	if err := decodeInto(b.Embeds, &embeds, "embeds"); err != nil {
		return err
	}
	if err := decodeInto(b.Components, &components, "components"); err != nil {
		return err
	}
	if wrong := b.beyond(text, embeds, components, len(files)); len(wrong) > 0 {
		return badRequest(strings.Join(wrong, "; "))
	}
	changed := m.Message // taken over when all is well
	rawEmbeds, rawComponents := m.rawEmbeds, m.rawComponents
	if given {
		changed.Content = text
	}
	if b.Embeds != nil {
		changed.Embeds, rawEmbeds = embeds, b.Embeds
	}
	if b.Components != nil {
		changed.Components, rawComponents = components, b.Components
	}
	for i, file := range files {
		if i < len(b.Attachments) {
			file.Description = b.Attachments[i].Description
		}
		changed.Files = append(slices.Clone(changed.Files), file)
	}
	if strings.TrimSpace(changed.Content) == "" && len(changed.Embeds) == 0 && len(changed.Components) == 0 && len(changed.Files) == 0 {
		return &refusal{400, 50006, "Cannot send an empty message"}
	}
	if m.flags&flagSuppressEmbeds != 0 || b.Flags&flagSuppressEmbeds != 0 {
		changed.Embeds, rawEmbeds = nil, nil
	}
	changed.Loading = false
	if _, there := f.world.messages[m.ID]; given && (!there || m.Loading) { // a later change pings nobody
		changed.Pings = b.pings(f, text)
	}
	m.Message, m.rawEmbeds, m.rawComponents = changed, rawEmbeds, rawComponents
	m.flags = m.flags&^(flagLoading|flagSuppressEmbeds) | b.Flags&(flagSuppressEmbeds|flagComponentsV2)
	return nil
}

func decodeInto(raw json.RawMessage, target any, what string) error {
	if raw == nil {
		return nil
	}
	if err := json.Unmarshal(raw, target); err != nil {
		return badRequest(what + ": " + err.Error())
	}
	return nil
}

// pings finds whom a new text of the bot notifies: what it mentions, as far as
// allowed_mentions lets it. Without allowed_mentions, Discord notifies everybody
// who is mentioned.
func (b messageBody) pings(f *Fake, text string) []string {
	mentioned := mentionsIn(text)
	if b.AllowedMentions == nil {
		return mentioned
	}
	var parse []string
	if b.AllowedMentions.Parse != nil {
		parse = *b.AllowedMentions.Parse
	}
	return slices.DeleteFunc(mentioned, func(id string) bool {
		_, isUser := f.world.users[id]
		switch {
		case id == "everyone":
			return !slices.Contains(parse, "everyone")
		case isUser:
			return !slices.Contains(parse, "users") && !slices.Contains(b.AllowedMentions.Users, id)
		}
		return !slices.Contains(parse, "roles") && !slices.Contains(b.AllowedMentions.Roles, id)
	})
}

// repliesWithPing reports whether a reply notifies the author of the message before.
func (b messageBody) repliesWithPing() bool {
	return b.AllowedMentions == nil || b.AllowedMentions.RepliedUser != nil && *b.AllowedMentions.RepliedUser
}
