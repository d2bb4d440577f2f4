package reply_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"spsbot/answer/reply"
	"spsbot/prompts"
)

// live returns what Discord reads of a message: a character after a backslash
// shows as itself and does nothing, so the pair becomes one "\x00".
func live(message string) string {
	const escapable = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
	var out strings.Builder
	for i := 0; i < len(message); i++ {
		if message[i] == '\\' && i+1 < len(message) && strings.IndexByte(escapable, message[i+1]) >= 0 {
			out.WriteByte(0)
			i++
			continue
		}
		out.WriteByte(message[i])
	}
	return out.String()
}

// works are the forms in which a message does something beyond showing text.
func works() map[string]*regexp.Regexp {
	return map[string]*regexp.Regexp{
		"mention of everybody": regexp.MustCompile(`@(everyone|here)`),
		"mention or emoji":     regexp.MustCompile(`<(@|#|:|a:|t:|/|id:)`),
		"web address":          regexp.MustCompile(`(?i)[a-z]:/`),
		"invite":               regexp.MustCompile(`(?i)(discord(app)?\.(gg|com|me|io|li|gift|new)|dsc\.gg|invite\.gg)/`),
		"emphasis or spoiler":  regexp.MustCompile("[*_~`|]"),
		"heading":              regexp.MustCompile(`(?m)^ *-?#`),
		"block quote":          regexp.MustCompile(`(?m)^ *>`),
		"list":                 regexp.MustCompile(`(?m)^ *[-+] `),
		"bracket":              regexp.MustCompile(`[<@\[]`),
	}
}

// inert reports what in a message would work: nothing may, but for the reply's
// own citation marks, its words for what is withheld, and plain addresses in
// angle brackets.
func inert(message string, texts prompts.AnswerTexts) error {
	// Languages that are written from the right isolate numbers, references and commands.
	message = regexp.MustCompile("\u2066[/a-zA-Z0-9 +,*#–-]+\u2069").ReplaceAllString(message, "112")
	hidden := strings.IndexFunc(message, func(r rune) bool {
		return r != '\n' && r != '\u200c' && r != '\u200d' && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp)
	})
	if hidden >= 0 {
		return fmt.Errorf("hidden character %+q", message[hidden:min(len(message), hidden+8)])
	}
	// The reply's own "[1]" may open a masked link that the text behind it
	// closes, and no backslash before the bracket stops that.
	if at := strings.Index(message, "]("); at >= 0 {
		return fmt.Errorf("masked link: %q", message[max(0, at-15):min(len(message), at+15)])
	}
	text := live(message)
	if own := []rune(texts.Withheld); len(own) > 4 { // may be split between two parts
		text = strings.ReplaceAll(strings.ReplaceAll(text, texts.Withheld, ""), string(own[:4]), "")
	}
	text = regexp.MustCompile(`\[\d+\]`).ReplaceAllString(text, "¹")
	text = regexp.MustCompile(`<https://[^<>\s@\x00]+>`).ReplaceAllStringFunc(text, func(address string) string {
		if works()["invite"].MatchString(address) {
			return address
		}
		return ""
	})
	for name, form := range works() {
		if at := form.FindStringIndex(text); at != nil {
			return fmt.Errorf("%s: %q", name, text[max(0, at[0]-15):min(len(text), at[1]+15)])
		}
	}
	return nil
}

// The checker itself has to find what it is there for.
func TestInert(t *testing.T) {
	for _, active := range []string{
		"hey @everyone", "<@123>", "<@&5>", "see <#3>", "<t:0:R>", "[here](https://x.org)", "https://x.org", "*so*", "a\n# b", "> c", "- d",
		"discord.gg/abc", "<https://discord.gg/abc>", "<https://x.org/@everyone>", "\u202etxt", "a\u200bb", "||x||", "-# small", "[1](x)", "\\\\*x*",
	} {
		if inert(active, prompts.AnswerTexts{}) == nil {
			t.Errorf("%q passes", active)
		}
	}
	for _, quiet := range []string{
		"It helps. [1] [2]", "<https://x.org/a_b>", `\<\@123>`, `https:\//x.org`, `discord.gg\/abc`, "a > b", "3-4", `\\\*x\*`, "• item", "می\u200cشود", "#1 of 2"[1:],
	} {
		if err := inert(quiet, prompts.AnswerTexts{}); err != nil {
			t.Errorf("%q: %v", quiet, err)
		}
	}
}

func TestEscape(t *testing.T) {
	for text, want := range map[string]string{
		"It helps.":            "It helps.",
		"2 * 3 = 6":            `2 \* 3 = 6`,
		"a\n> b\n  # c":        "a\n\\> b\n  \\# c",
		"see [x](https://x.y)": `see \[x]\(https:\//x.y)`,
		"ask @here or <@1>":    `ask \@here or \<\@1>`,
		`back\slash`:           `back\\slash`,
		"Join DISCORD.gg/abc":  `Join DISCORD.gg\/abc`,
		"discord.com/invite/a": `discord.com\/invite/a`,
		"anti-GAD, 3–4 of 10":  "anti-GAD, 3–4 of 10",
	} {
		if got := reply.Escape(text); got != want {
			t.Errorf("escape(%q) = %q, want %q", text, got, want)
		}
	}
}

// FuzzEscape holds that escaping makes any text inert and loses nothing.
func FuzzEscape(f *testing.F) {
	for _, seed := range fragments() {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		escaped := reply.Escape(text)
		if got := reply.Unescape(escaped); got != text {
			t.Fatalf("%q came back as %q", text, got)
		}
		plain := strings.Map(func(r rune) rune { // hidden characters are the business of verify
			if r != '\n' && (unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) || r == unicode.ReplacementChar) {
				return -1
			}
			return r
		}, text)
		if err := inert(reply.Escape(plain), prompts.AnswerTexts{}); err != nil {
			t.Fatalf("%q is not inert: %v", plain, err)
		}
	})
}

// fragments are what people and documents may try.
func fragments() []string {
	return []string{
		"Sticks help many people. ", "@everyone ", "@here", "<@1>", "<@&2>", "<#3>", "<:smile:4>", "<a:wave:5>", "<t:0:R>", "</ask:6>", "<id:home>",
		"discord.gg/x", "Discord.GG/x ", "https://discord.com/invite/x", "discordapp.com/invite/x", "dsc.gg/x", "discord.gift/x ", "discord.new/x ",
		"[a](https://x.org)", "[b](<https://x.org>)", "](", "https://x.org/a_b?c=*d*", "<https://x.org>", "steam://run/1", "mailto:a@x.org",
		"**bold**", "__under__", "*", "_", "~~", "||spoiler||", "`code`", "```\nfence\n```", "\\", "\\\\", "\\*", "|", "~",
		"# big\n", "\n## mid\n", "\n-# small\n", "> quote\n", "\n>>> all\n", "\n- item\n", "\n+ item\n", "\n1. one\n", " > ", " # ", " - ", " + ", "\n\n", "\n", " ",
		"字", "🙂", "é", "می\u200cشود", "👩\u200d🦽", "5 mg twice a day ", "{number}", "{condition}", "{title}", "[1]", "[99] ", "•",
	}
}
