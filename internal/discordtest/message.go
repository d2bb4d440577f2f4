package discordtest

import (
	"encoding/json"
	"strings"
	"time"
)

// Message is a message as it stands at one moment.
type Message struct {
	ID, Channel, Guild, Author string
	// Content is the plain text; Embeds only add to it.
	Content    string
	Embeds     []Embed
	Components []Component
	Files      []File
	// Reference is the id of the message that this one replies to.
	Reference string
	// EphemeralFor is the id of the only person who sees it, empty for everybody.
	EphemeralFor string
	// Loading says that the bot is thinking: there is no text yet.
	Loading bool
	// Deleted says that nobody sees it any more.
	Deleted bool
	// Pings are the ids of the people and roles whom it notifies, "everyone" among
	// them; the author of the message that it replies to is not counted.
	Pings []string
	// Created and Edited are on the fake's clock.
	Created, Edited time.Time
	// Edits counts how often it was changed.
	Edits int
}

// Embed is a card under a message.
type Embed struct {
	Title       string       `json:"title"`
	Description string       `json:"description"`
	URL         string       `json:"url"`
	Fields      []EmbedField `json:"fields"`
	Footer      struct {
		Text string `json:"text"`
	} `json:"footer"`
	Author struct {
		Name string `json:"name"`
	} `json:"author"`
}

// EmbedField is a part of a card with a heading.
type EmbedField struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// File is an attachment.
type File struct {
	Name, Description string
	Size              int
	Data              []byte
}

// Component types that the fake knows.
const (
	TypeRow               = 1
	TypeButton            = 2
	TypeStringSelect      = 3
	TypeTextInput         = 4
	TypeUserSelect        = 5
	TypeRoleSelect        = 6
	TypeMentionableSelect = 7
	TypeChannelSelect     = 8
	TypeTextDisplay       = 10
	TypeLabel             = 18
)

// StyleLink is the style of a button that only opens an address.
const StyleLink = 5

// Component is a row, a button, a menu or a field of a modal.
type Component struct {
	Type         int            `json:"type"`
	CustomID     string         `json:"custom_id"`
	Label        string         `json:"label"`
	Description  string         `json:"description"`
	Content      string         `json:"content"`
	URL          string         `json:"url"`
	Placeholder  string         `json:"placeholder"`
	Value        string         `json:"value"`
	Style        int            `json:"style"`
	Disabled     bool           `json:"disabled"`
	Required     *bool          `json:"required"`
	MinLength    *int           `json:"min_length"`
	MaxLength    *int           `json:"max_length"`
	MinValues    *int           `json:"min_values"`
	MaxValues    *int           `json:"max_values"`
	ChannelTypes []ChannelType  `json:"channel_types"`
	Options      []SelectOption `json:"options"`
	Components   []Component    `json:"components"`
	Component    *Component     `json:"component"`
	Emoji        *struct {
		Name string `json:"name"`
	} `json:"emoji"`
}

// SelectOption is an entry of a menu.
type SelectOption struct {
	Label       string `json:"label"`
	Value       string `json:"value"`
	Description string `json:"description"`
	Default     bool   `json:"default"`
}

// Modal is a form that the bot opened for a person.
type Modal struct {
	CustomID, Title string
	Components      []Component
	action          *Action // by which it was opened
}

// Choice is a suggestion of autocomplete.
type Choice struct {
	Name  string `json:"name"`
	Value any    `json:"value"`
}

// Text is everything that a person reads in the message, its cards included.
func (m Message) Text() string {
	parts := []string{m.Content}
	for _, e := range m.Embeds {
		parts = append(parts, e.Author.Name, e.Title, e.Description)
		for _, field := range e.Fields {
			parts = append(parts, field.Name, field.Value)
		}
		parts = append(parts, e.Footer.Text)
	}
	var said []string
	for _, part := range parts {
		if part != "" {
			said = append(said, part)
		}
	}
	return strings.Join(said, "\n")
}

// Component finds a button or menu by its custom id or by its label.
func (m Message) Component(idOrLabel string) (Component, bool) {
	return findComponent(m.Components, idOrLabel)
}

// Buttons are the message's buttons, in order.
func (m Message) Buttons() []Component { return ofType(m.Components, TypeButton) }

// Fields are the form's fields, in order.
func (m Modal) Fields() []Component {
	var fields []Component
	for c := range walk(m.Components) {
		if c.CustomID != "" {
			fields = append(fields, c)
		}
	}
	return fields
}

func findComponent(components []Component, idOrLabel string) (Component, bool) {
	for c := range walk(components) {
		if c.CustomID == idOrLabel && idOrLabel != "" {
			return c, true
		}
	}
	for c := range walk(components) {
		if (c.Label == idOrLabel || c.Placeholder == idOrLabel) && idOrLabel != "" {
			return c, true
		}
	}
	return Component{}, false
}

func ofType(components []Component, kind int) []Component {
	var found []Component
	for c := range walk(components) {
		if c.Type == kind {
			found = append(found, c)
		}
	}
	return found
}

// walk goes through components and what they contain, each before its content.
func walk(components []Component) func(yield func(Component) bool) {
	return func(yield func(Component) bool) { walkInto(components, yield) }
}

func walkInto(components []Component, yield func(Component) bool) bool {
	for _, c := range components {
		if !yield(c) || !walkInto(c.Components, yield) {
			return false
		}
		if c.Component != nil && !walkInto([]Component{*c.Component}, yield) {
			return false
		}
	}
	return true
}

// Flags of messages.
const (
	flagSuppressEmbeds = 1 << 2
	flagHasThread      = 1 << 5
	flagEphemeral      = 1 << 6
	flagLoading        = 1 << 7
	flagComponentsV2   = 1 << 15
)

// message is a message with what only Discord knows of it.
type message struct {
	Message
	rawEmbeds, rawComponents json.RawMessage
	flags                    int
	reply                    bool     // it pings the author of the message that it refers to
	prompt                   *message // the person's message to which it belongs
	latest                   *Action  // of a person's message: what was last done with it
	interaction              *Action  // by which it was made
	thread                   string   // the thread that hangs on it
	forgotten                bool
}

// action returns what a message of the bot answers.
func (m *message) action() *Action {
	switch {
	case m.interaction != nil:
		return m.interaction
	case m.prompt != nil:
		return m.prompt.latest
	}
	return nil
}

// shown says that the message says something to somebody.
func (m *message) shown() bool {
	return !m.Deleted && !m.Loading && (m.Content != "" || len(m.Embeds) > 0 || len(m.Files) > 0)
}

// Message looks a message up by its id, deleted or not.
func (f *Fake) Message(id string) (Message, bool) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if m, ok := f.world.messages[id]; ok {
		return m.Message, true
	}
	return Message{}, false
}

// Trigger returns what a message of the bot answers; the zero value for nothing.
func (f *Fake) Trigger(m Message) Trigger {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if stored, ok := f.world.messages[m.ID]; ok {
		return stored.trigger()
	}
	return Trigger{}
}

// Visible lists what a person sees in a channel, the oldest first: ephemeral
// messages are among it for their addressee only.
func (f *Fake) Visible(c Channel, viewer User) []Message {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	in := f.world.channels[c.ID]
	if in == nil || !f.sees(viewer.ID, in) {
		return nil
	}
	var seen []Message
	for _, m := range in.messages {
		if !m.Deleted && !m.forgotten && (m.EphemeralFor == "" || m.EphemeralFor == viewer.ID) {
			seen = append(seen, m.Message)
		}
	}
	return seen
}

// Typing reports whether the bot is shown as typing in a channel.
func (f *Fake) Typing(c Channel) bool {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	in := f.world.channels[c.ID]
	return in != nil && f.now().Sub(in.typing) < 10*time.Second
}
