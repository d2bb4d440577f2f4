package bot

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"spsbot"
	"spsbot/bot/outbox"
	"spsbot/prompts"
)

// panelPrefix begins the ids of everything on a panel: "panel:<mode>:<section>:<field>".
const panelPrefix = "panel:"

// Modes of a panel.
const (
	modeSettings = "settings"
	modeSetup    = "setup"
)

// Sections of the settings, in the order of the setup.
const (
	sectionChannels     = "channels"
	sectionReview       = "review"
	sectionVisibility   = "visibility"
	sectionConversation = "conversation"
	sectionLanguage     = "language"
	sectionCountry      = "country"
	sectionAlerts       = "alerts"
	sectionDuty         = "duty"
	sectionCards        = "cards"
)

func sections() []string {
	return []string{
		sectionChannels, sectionReview, sectionVisibility, sectionConversation, sectionLanguage,
		sectionCountry, sectionAlerts, sectionDuty, sectionCards,
	}
}

// Fields of a panel.
const (
	fieldOpen     = "open" // the menu of sections
	fieldBack     = "back"
	fieldStep     = "step" // the next or an earlier step of the setup
	fieldChosen   = "chosen"
	fieldThreads  = "threads"
	fieldRole     = "role"
	fieldHours    = "hours"
	fieldWrite    = "write" // opens a form, and comes back with what was written
	fieldSwitch   = "switch"
	fieldMentions = "mentions"
)

func panelID(mode, section, field string) string {
	return panelPrefix + mode + ":" + section + ":" + field
}

// moderated is a moderator at a panel.
type moderated struct {
	who    outbox.Moderator
	words  prompts.Interface
	update bool
}

// moderator checks who is at a panel; false for who may not change anything,
// to whom the outbox shows nothing but the refusal.
func (b *Bot) moderator(ctx context.Context, i *interaction) (moderated, bool) {
	who, ok := outbox.CheckModerator(i.permissions())
	if i.Server == "" {
		who, ok = outbox.Moderator{}, false
	}
	return moderated{who: who, words: b.Words.For(b.localesOf(ctx, i)...), update: i.Type != interactionCommand && i.Message != nil}, ok
}

// openSettings shows the settings of a server.
func (b *Bot) openSettings(ctx context.Context, i *interaction) {
	m, _ := b.moderator(ctx, i)
	b.showPanel(ctx, i, m, summaryPanel(m.words, b.settings.of(ctx, i.Server), ""))
}

// openSetup begins the setup of a server.
func (b *Bot) openSetup(ctx context.Context, i *interaction) {
	m, _ := b.moderator(ctx, i)
	b.showPanel(ctx, i, m, b.sectionPanel(m.words, b.settings.of(ctx, i.Server), modeSetup, sections()[0], ""))
}

func (b *Bot) showPanel(ctx context.Context, i *interaction, m moderated, panel outbox.Panel) {
	if err := b.Outbox.Panel(ctx, i.outgoing(), m.who, panel, m.update, m.words); err != nil {
		b.Logger.Warn("a panel could not be shown", "error", err)
	}
}

// panelPressed carries out a press on a panel.
func (b *Bot) panelPressed(ctx context.Context, i *interaction, id string, values []string, text string) {
	m, ok := b.moderator(ctx, i)
	if !ok {
		b.showPanel(ctx, i, m, outbox.Panel{})
		return
	}
	parts := strings.SplitN(strings.TrimPrefix(id, panelPrefix), ":", 3)
	if len(parts) != 3 {
		b.apologise(i)
		return
	}
	mode, section, field := parts[0], parts[1], parts[2]
	settings := b.settings.of(ctx, i.Server)
	switch {
	case field == fieldOpen && len(values) == 1:
		b.showPanel(ctx, i, m, b.sectionPanel(m.words, settings, mode, values[0], ""))
		return
	case field == fieldBack:
		b.showPanel(ctx, i, m, summaryPanel(m.words, settings, ""))
		return
	case field == fieldStep:
		b.step(ctx, i, m, settings, section)
		return
	case field == fieldWrite && i.Type != interactionModal:
		b.writeForm(ctx, i, m.words, id, section, settings)
		return
	}
	said := m.words.Panels.Saved
	settings, err := b.settings.change(ctx, i.Server, func(s *Settings) {
		if problem := b.apply(s, m.words, section, field, values, text); problem != "" {
			said = problem
		}
	})
	if err != nil {
		b.Logger.Error("settings could not be stored", "error", err)
		b.apologise(i)
		return
	}
	b.showPanel(ctx, i, m, b.sectionPanel(m.words, settings, mode, section, said))
}

// step shows a step of the setup; behind the last one stands the summary.
func (b *Bot) step(ctx context.Context, i *interaction, m moderated, settings Settings, section string) {
	if !slices.Contains(sections(), section) {
		b.showPanel(ctx, i, m, summaryPanel(m.words, settings, m.words.Panels.Done))
		return
	}
	b.showPanel(ctx, i, m, b.sectionPanel(m.words, settings, modeSetup, section, ""))
}

// writeForm opens the form of a section.
func (b *Bot) writeForm(ctx context.Context, i *interaction, words prompts.Interface, id, section string, settings Settings) {
	texts, value, longest := words.Modals.Country, settings.Country, 2
	if section == sectionDuty {
		texts, value, longest = words.Modals.Duty, settings.DutyNote, 300
	}
	if err := b.Outbox.Form(ctx, i.outgoing(), id, texts, value, longest, false); err != nil {
		b.Logger.Warn("a form could not be opened", "error", err)
	}
}

// apply changes one setting; the result says what is wrong with a value.
func (b *Bot) apply(s *Settings, words prompts.Interface, section, field string, values []string, text string) string {
	first := slices.Concat(values, []string{""})[0]
	switch section {
	case sectionChannels:
		s.Channels = values
	case sectionReview:
		s.Review = first
	case sectionVisibility:
		var routes []spsbot.Route
		for _, value := range values {
			routes = append(routes, spsbot.Route(value))
		}
		s.setPrivate(routes)
	case sectionConversation:
		if field == fieldMentions {
			s.NoMentions = !s.NoMentions
		} else {
			s.Threads = values
		}
	case sectionLanguage:
		s.Language = first
	case sectionCountry:
		code := strings.ToUpper(strings.TrimSpace(text))
		if code != "" && !b.Answers().Numbers(code).Known {
			return strings.ReplaceAll(words.Panels.InvalidCountry, "{country}", strings.Trim(code, "`*_~|<>@"))
		}
		s.Country = code
	case sectionAlerts:
		if field == fieldRole {
			s.AlertRole = first
			return ""
		}
		s.Alerts = nil
		for _, value := range values {
			s.Alerts = append(s.Alerts, outbox.AlertKind(value))
		}
	case sectionDuty:
		return b.applyDuty(s, words, field, values, text)
	case sectionCards:
		s.PlainCards = !s.PlainCards
	}
	return ""
}

// applyDuty changes when moderators are around, or what is said while they are not.
func (b *Bot) applyDuty(s *Settings, words prompts.Interface, field string, values []string, text string) string {
	if field == fieldWrite {
		if _, ok := b.Answers().Note(text); !ok && strings.TrimSpace(text) != "" {
			return words.Panels.RefusedText
		}
		s.DutyNote = strings.TrimSpace(text)
		return ""
	}
	if len(values) == 1 {
		from, until, _ := strings.Cut(values[0], "-")
		s.DutyFrom, _ = strconv.Atoi(from) // the values are our own; what is none is 0
		s.DutyUntil, _ = strconv.Atoi(until)
	}
	return ""
}
