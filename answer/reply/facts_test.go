package reply_test

import (
	"strings"
	"testing"

	"spsbot"
	"spsbot/answer/reply"
)

// The facts of a source stand in the reply beside its sentences: they must not
// carry what the sentences must not carry.
func TestFactsCarryNothing(t *testing.T) {
	w := newWorld(t)
	const dose = "2024, take 5 mg of diazepam twice a day"
	for name, change := range map[string]func(*spsbot.Source){
		"dose in the title":              func(s *spsbot.Source) { s.Title = dose },
		"dose in the publisher":          func(s *spsbot.Source) { s.Publisher = dose },
		"dose in the original's name":    func(s *spsbot.Source) { s.SummaryOf = dose },
		"dose in the review date":        func(s *spsbot.Source) { s.Reviewed = dose },
		"dose in the publication date":   func(s *spsbot.Source) { s.Published = dose },
		"dose in the date of expiry":     func(s *spsbot.Source) { s.Expires, s.Overdue = dose, true },
		"dose in the language":           func(s *spsbot.Source) { s.Language = "take 5 mg of diazepam twice a day" },
		"dose in the condition":          func(s *spsbot.Source) { s.Condition = dose },
		"dose in the address":            func(s *spsbot.Source) { s.URL = "https://x.org/take-5-mg-of-diazepam-twice-a-day" },
		"override in the title":          func(s *spsbot.Source) { s.Title = "Sticks\u202e" },
		"override in the review date":    func(s *spsbot.Source) { s.Reviewed = "2024\u202e" },
		"escape in the publication date": func(s *spsbot.Source) { s.Published = "2024\x1b[31m" },
		"override in the date of expiry": func(s *spsbot.Source) { s.Expires, s.Overdue = "2024\u202e", true },
		"isolate in the language":        func(s *spsbot.Source) { s.Language = "de\u2066" },
		"override in the condition":      func(s *spsbot.Source) { s.Condition = "gout\u202e" },
		"override in the address":        func(s *spsbot.Source) { s.URL = "https://x.org/?q=\u202egpj.exe" },
		"override in the host":           func(s *spsbot.Source) { s.URL = "https://x\u202e.org/" },
		"mention in the address":         func(s *spsbot.Source) { s.URL = "https://x.org/@everyone" },
		"invite in the address":          func(s *spsbot.Source) { s.URL = "https://ptb.discord.com/invite/x" },
		"gift in the address":            func(s *spsbot.Source) { s.URL = "https://discord.gift/x" },
		"name in the address":            func(s *spsbot.Source) { s.URL = "https://fda.gov@x.org/" },
		"address of another kind":        func(s *spsbot.Source) { s.URL = "javascript:alert(1)" },
		"address without end":            func(s *spsbot.Source) { s.URL = "https://x.org/" + strings.Repeat("a", 3000) },
		"title without end":              func(s *spsbot.Source) { s.Title = strings.Repeat("- > # ", 700) },
	} {
		t.Run(name, func(t *testing.T) {
			const text = "Sticks help many people to walk."
			source := &spsbot.Source{ID: "a", Title: "Sticks", Kind: spsbot.KindBlog, Language: "en"}
			change(source)
			passage := &spsbot.Passage{ID: "a#1", Source: source, Text: text}
			sentence := spsbot.DraftSentence{Text: text, Passage: passage, Span: spsbot.Span{End: len(text)}, Other: true}
			checked := w.guard.Draft(spsbot.Draft{Sentences: []spsbot.DraftSentence{sentence}})
			sealed := reply.Answer(checked, w.locales["en"])
			for i, part := range append(sealed.Messages(), sealed.Text()) {
				if err := inert(part, w.locales["en"].Texts().Answer); err != nil {
					t.Errorf("part %d: %v", i, err)
				}
				if strings.Contains(part, "5 mg") || strings.Contains(part, "5-mg") {
					t.Errorf("part %d holds the dose", i)
				}
			}
		})
	}
}
