package discordtest

import (
	"errors"
	"fmt"
	"strings"
)

// breach records that Discord refused a body for what it says.
func (f *Fake) breach(c *call, err error) {
	var refused *refusal
	if errors.As(err, &refused) {
		f.violate("limits", c.route, refused.message)
	}
}

// inspect checks what this project promises of a message that the bot made or
// changed: that nobody is pinged, and that no text goes without the disclaimer.
func (f *Fake) inspect(route string, m *message, body messageBody) {
	exempt := f.options.Exempt != nil && f.options.Exempt(m.Message, m.trigger())
	if body.Flags&flagComponentsV2 != 0 {
		f.violate("components_v2", route, "the flag of Components V2 is set: plain text would not be shown")
	}
	for c := range walk(m.Components) {
		if c.Type > TypeChannelSelect {
			f.violate("components_v2", route, fmt.Sprintf("a component of type %d", c.Type))
		}
	}
	f.inspectMentions(route, m, body, exempt)
	if m.shown() && !exempt && (f.options.Disclaimer == nil || !f.options.Disclaimer(m.Content)) {
		f.violate("disclaimer", route, fmt.Sprintf("the text does not end with the disclaimer: %q", abridged(m.Content)))
	}
}

// trigger is what the message answers.
func (m *message) trigger() Trigger {
	if a := m.action(); a != nil {
		return a.Trigger
	}
	return Trigger{}
}

// inspectMentions holds that allowed_mentions is there, with an empty parse, on
// everything that has content, and that nobody is named in it. Only an exempt
// message may name roles.
func (f *Fake) inspectMentions(route string, m *message, body messageBody, exempt bool) {
	if text, given, err := body.content(); err == nil && given && text != "" {
		switch allowed := body.AllowedMentions; {
		case allowed == nil:
			f.violate("mentions", route, "allowed_mentions is missing: everybody who is mentioned would be pinged")
		case allowed.Parse == nil || len(*allowed.Parse) > 0:
			f.violate("mentions", route, "allowed_mentions.parse is not an empty list")
		case len(allowed.Users) > 0 || len(allowed.Roles) > 0 && !exempt:
			f.violate("mentions", route, "allowed_mentions names people or roles")
		}
	}
	if len(m.Pings) > 0 && !exempt {
		f.violate("mentions", route, "it pings "+strings.Join(m.Pings, ", "))
	}
}

// abridged shortens a text to its end, where the disclaimer would be.
func abridged(text string) string {
	const shown = 160
	runes := []rune(text)
	if len(runes) <= shown {
		return text
	}
	return "…" + string(runes[len(runes)-shown:])
}
