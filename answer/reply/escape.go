package reply

import (
	"regexp"
	"strings"
)

var (
	// markup matches what Discord would take for formatting wherever it stands.
	markup = regexp.MustCompile("[\\\\*_~`|]")
	// opening matches what is formatting at the beginning of a line only.
	opening = regexp.MustCompile(`(?m)^(\s*)([>#+-])`)
	// active matches mentions, custom emoji, time stamps and masked links where they begin.
	active = regexp.MustCompile(`[<@\[]`)
	// target matches the bracket that opens the address of a masked link.
	target = regexp.MustCompile(`\]\(`)
	// invite matches an address on a host that joins or hands out something.
	invite = regexp.MustCompile(`(?i)discord[\w-]*\.[a-z]|dsc\.gg|invite\.gg`)
	// address matches the first slash of a web address or an invite.
	address = regexp.MustCompile(`(?i)(:|discord[\w-]*\.[a-z]+|dsc\.gg|invite\.gg)(/)`)
)

// escape makes the markup, mentions, links and invites of a text inert by
// putting a backslash before the character that makes them work. Without these
// backslashes the text is the same to the byte.
func escape(text string) string {
	text = markup.ReplaceAllString(text, `\$0`)
	text = opening.ReplaceAllString(text, `$1\$2`)
	text = address.ReplaceAllString(text, `$1\$2`)
	if strings.ContainsAny(text, "<@[") {
		text = active.ReplaceAllString(text, `\$0`)
	}
	return target.ReplaceAllString(text, `]\(`)
}

// escaped matches a character that escape put a backslash before.
var escaped = regexp.MustCompile("\\\\([\\\\*_~`|>#+\\-/<@\\[(])")

// Unescape takes the backslashes of escape away, for a reader without markup.
func Unescape(text string) string { return escaped.ReplaceAllString(text, "$1") }
