package outbox

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"spsbot/prompts"
)

// Alert tells the moderators of a server that something needs them. It is the
// only message that may mention anybody: the one role that the server chose.
type Alert struct {
	// Channel is where moderators read; Role is whom to mention, empty for nobody.
	Channel, Role string
	// Kind says what happened.
	Kind AlertKind
	// Link leads to the message.
	Link Link
	// More is how many further ones the alert stands for.
	More int
	// Report is what a person wrote on an answer. It is shown behind a spoiler.
	Report string
}

// AlertKind says what an alert is about.
type AlertKind string

// The kinds of alerts; the first two are routes.
const (
	AlertEmergency AlertKind = "emergency"
	AlertSupport   AlertKind = "support"
	AlertFeedback  AlertKind = "feedback"
)

// Link names a message by the ids of its place; the message may be unknown.
type Link struct{ Server, Channel, Message string }

// String writes the address of the message, or of the channel.
func (l Link) String() string {
	if l.Message == "" {
		return "<#" + l.Channel + ">"
	}
	return "https://discord.com/channels/" + l.Server + "/" + l.Channel + "/" + l.Message
}

// longestReport is the length of what is shown of a report, in characters.
const longestReport = 600

// Alert posts an alert.
func (o *Outbox) Alert(ctx context.Context, alert Alert, words prompts.AlertTexts) error {
	text := words.Feedback
	switch alert.Kind {
	case AlertEmergency:
		text = words.Emergency
	case AlertSupport:
		text = words.Support
	case AlertFeedback:
	}
	lines := []string{strings.ReplaceAll(text, "{link}", alert.Link.String())}
	if alert.More > 0 {
		lines = append(lines, strings.ReplaceAll(words.Several, "{count}", strconv.Itoa(alert.More)))
	}
	if alert.Report != "" {
		lines = append(lines, strings.ReplaceAll(words.Report, "{text}", spoiler(alert.Report)))
	}
	m := message{Embeds: []embed{}, Components: []row{}, AllowedMentions: noMentions(), Flags: flagSuppressEmbeds}
	if alert.Role != "" {
		m.AllowedMentions.Roles = []string{alert.Role}
		lines[0] = "<@&" + alert.Role + "> " + lines[0]
	}
	m.Content = strings.Join(lines, "\n")
	return o.client.do(ctx, request{method: http.MethodPost, path: channelPath(alert.Channel), body: m}, nil)
}

// spoiler hides a text until it is pressed, with its own markup inert.
func spoiler(text string) string {
	var out strings.Builder
	out.WriteString("||")
	for _, r := range clip(strings.Join(strings.Fields(text), " "), longestReport) {
		if strings.ContainsRune("\\|*_~`<>@#[]():", r) {
			out.WriteByte('\\')
		}
		out.WriteRune(r)
	}
	out.WriteString("||")
	return out.String()
}
