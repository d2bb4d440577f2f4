package discordtest

import (
	"encoding/json"
	"net/http"
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
	changed := *m // taken over when all is well
	if given {
		changed.Content = text
	}
	if err := b.applyParts(&changed, text, files); err != nil {
		return err
	}
	if strings.TrimSpace(changed.Content) == "" && len(changed.Embeds) == 0 && len(changed.Components) == 0 && len(changed.Files) == 0 {
		return &refusal{http.StatusBadRequest, 50006, "Cannot send an empty message"}
	}
	if (m.flags|b.Flags)&flagSuppressEmbeds != 0 {
		changed.Embeds, changed.rawEmbeds = nil, nil
	}
	if _, there := f.world.messages[m.ID]; given && (!there || m.Loading) { // a later change pings nobody
		changed.Pings = b.pings(f, text)
	}
	changed.Loading = false
	changed.flags = m.flags&^(flagLoading|flagSuppressEmbeds) | b.Flags&(flagSuppressEmbeds|flagComponentsV2)
	*m = changed
	return nil
}

// applyParts changes cards, components and files, within Discord's limits.
func (b messageBody) applyParts(changed *message, text string, files []File) error {
	var embeds []Embed
	var components []Component
	if err := decodeInto(b.Embeds, &embeds, "embeds"); err != nil {
		return err
	}
	if err := decodeInto(b.Components, &components, "components"); err != nil {
		return err
	}
	if err := refuse(b.beyond(text, embeds, components, len(files))); err != nil {
		return err
	}
	if b.Embeds != nil {
		changed.Embeds, changed.rawEmbeds = embeds, b.Embeds
	}
	if b.Components != nil {
		changed.Components, changed.rawComponents = components, b.Components
	}
	for i, file := range files {
		if i < len(b.Attachments) {
			file.Description = b.Attachments[i].Description
		}
		changed.Files = append(slices.Clone(changed.Files), file)
	}
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
