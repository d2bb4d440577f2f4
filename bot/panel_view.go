package bot

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"spsbot"
	"spsbot/bot/outbox"
	"spsbot/prompts"
)

// summaryPanel shows all settings and a menu to change one. Said is a line
// before it.
func summaryPanel(words prompts.Interface, s Settings, said string) outbox.Panel {
	lines := []string{words.Panels.Summary}
	if said != "" {
		lines = []string{said}
	}
	var choices []outbox.Choice
	for _, section := range sections() {
		title := words.Sections[section].Title
		lines = append(lines, "**"+title+"**: "+valueOf(words, s, section))
		choices = append(choices, outbox.Choice{Label: title, Value: section})
	}
	return outbox.Panel{
		Text: strings.Join(lines, "\n"),
		Rows: [][]outbox.Control{{outbox.ChoiceControl(panelID(modeSettings, "all", fieldOpen), words.Panels.Choose, choices, 1, 1)}},
	}
}

// valueOf says what a section is set to.
func valueOf(words prompts.Interface, s Settings, section string) string {
	or := func(value string) string {
		if value == "" {
			return words.Panels.NotSet
		}
		return value
	}
	onOff := func(on bool) string {
		if on {
			return words.Panels.On
		}
		return words.Panels.Off
	}
	switch section {
	case sectionChannels:
		if len(s.Channels) == 0 {
			return words.Panels.Everywhere
		}
		return channelList(s.Channels)
	case sectionReview:
		return or(channelList(nonEmpty(s.Review)))
	case sectionVisibility:
		return or(strings.Join(privateRoutes(s), ", "))
	case sectionConversation:
		return strings.TrimSuffix(onOff(!s.NoMentions)+"; "+channelList(s.Threads), "; ")
	case sectionLanguage:
		return or(s.Language)
	case sectionCountry:
		return or(s.Country)
	case sectionAlerts:
		var parts []string
		for _, kind := range s.Alerts {
			parts = append(parts, string(kind))
		}
		if s.AlertRole != "" {
			parts = append(parts, "<@&"+s.AlertRole+">")
		}
		return or(strings.Join(parts, ", "))
	case sectionDuty:
		if s.DutyFrom == s.DutyUntil {
			return or(s.DutyNote)
		}
		return strings.TrimSuffix(hours(s.DutyFrom, s.DutyUntil)+"; "+s.DutyNote, "; ")
	}
	return onOff(s.PlainCards)
}

func nonEmpty(value string) []string {
	if value == "" {
		return nil
	}
	return []string{value}
}

func channelList(channels []string) string {
	var parts []string
	for _, channel := range channels {
		parts = append(parts, "<#"+channel+">")
	}
	return strings.Join(parts, " ")
}

func privateRoutes(s Settings) []string {
	var routes []string
	for _, route := range spsbot.Routes() {
		if s.private(route) {
			routes = append(routes, string(route))
		}
	}
	return routes
}

func hours(from, until int) string { return fmt.Sprintf("%02d:00–%02d:00 UTC", from, until) }

// mostChannels is how many channels can be chosen at once.
const mostChannels = 25

// sectionPanel shows one section with what can be changed in it.
func (b *Bot) sectionPanel(words prompts.Interface, s Settings, mode, section, said string) outbox.Panel {
	texts := words.Sections[section]
	lines := []string{"**" + texts.Title + "**", texts.Text, valueOf(words, s, section)}
	if at := slices.Index(sections(), section); mode == modeSetup && at >= 0 {
		step := strings.NewReplacer("{step}", strconv.Itoa(at+1), "{steps}", strconv.Itoa(len(sections()))).Replace(words.Panels.Step)
		lines = append([]string{step}, lines...)
	}
	if said != "" {
		lines = append(lines, said)
	}
	rows := b.controls(words, s, mode, section)
	return outbox.Panel{Text: strings.Join(lines, "\n"), Rows: append(rows, navigation(words, mode, section))}
}

// navigation is the last row: on and back.
func navigation(words prompts.Interface, mode, section string) []outbox.Control {
	if mode != modeSetup {
		return []outbox.Control{outbox.PressControl(panelID(mode, section, fieldBack), words.Panels.Back)}
	}
	all := append(sections(), "done")
	at := slices.Index(all, section)
	var row []outbox.Control
	if at > 0 {
		row = append(row, outbox.PressControl(panelID(mode, all[at-1], fieldStep), words.Panels.Back))
	}
	return append(row, outbox.PressControl(panelID(mode, all[min(at+1, len(all)-1)], fieldStep), words.Panels.Next))
}

// controls are what changes a section.
func (b *Bot) controls(words prompts.Interface, s Settings, mode, section string) [][]outbox.Control {
	id := func(field string) string { return panelID(mode, section, field) }
	toggle := func(field string, on bool) [][]outbox.Control {
		label := words.Panels.On
		if on {
			label = words.Panels.Off
		}
		return [][]outbox.Control{{outbox.PressControl(id(field), label)}}
	}
	switch section {
	case sectionChannels:
		return [][]outbox.Control{{outbox.ChannelControl(id(fieldChosen), s.Channels, mostChannels, outbox.ChannelText, outbox.ChannelAnnouncement, outbox.ChannelForum)}}
	case sectionReview:
		return [][]outbox.Control{{outbox.ChannelControl(id(fieldChosen), nonEmpty(s.Review), 1, outbox.ChannelText)}}
	case sectionVisibility:
		var choices []outbox.Choice
		for _, route := range spsbot.Routes() {
			choices = append(choices, outbox.Choice{Label: string(route), Value: string(route), Chosen: s.private(route)})
		}
		return [][]outbox.Control{{outbox.ChoiceControl(id(fieldChosen), words.Panels.NotSet, choices, 0, len(choices))}}
	case sectionConversation:
		return append(toggle(fieldMentions, !s.NoMentions),
			[]outbox.Control{outbox.ChannelControl(id(fieldThreads), s.Threads, mostChannels, outbox.ChannelText, outbox.ChannelForum)})
	case sectionLanguage:
		var choices []outbox.Choice
		for _, tag := range slices.Sorted(maps.Keys(b.Words)) {
			choices = append(choices, outbox.Choice{Label: tag, Value: tag, Chosen: tag == s.Language})
		}
		return [][]outbox.Control{{outbox.ChoiceControl(id(fieldChosen), words.Panels.NotSet, choices, 0, 1)}}
	case sectionCountry:
		return [][]outbox.Control{{outbox.PressControl(id(fieldWrite), words.Modals.Country.Title)}}
	case sectionAlerts:
		return alertControls(id, words, s)
	case sectionDuty:
		return dutyControls(id, words, s)
	}
	return toggle(fieldSwitch, s.PlainCards)
}

func alertControls(id func(string) string, words prompts.Interface, s Settings) [][]outbox.Control {
	var choices []outbox.Choice
	for _, kind := range []outbox.AlertKind{outbox.AlertEmergency, outbox.AlertSupport} {
		choices = append(choices, outbox.Choice{Label: string(kind), Value: string(kind), Chosen: slices.Contains(s.Alerts, kind)})
	}
	return [][]outbox.Control{
		{outbox.ChoiceControl(id(fieldChosen), words.Panels.NotSet, choices, 0, len(choices))},
		{outbox.RoleControl(id(fieldRole), nonEmpty(s.AlertRole))},
	}
}

// dutyControls offers common hours, which fit into a menu: Discord has no field
// for times.
func dutyControls(id func(string) string, words prompts.Interface, s Settings) [][]outbox.Control {
	choices := []outbox.Choice{{Label: "00:00–24:00 UTC", Value: "0-0", Chosen: s.DutyFrom == s.DutyUntil}}
	for from := 0; from < 24; from += 3 {
		for _, length := range []int{8, 12, 16} {
			until := (from + length) % 24
			choices = append(choices, outbox.Choice{
				Label: hours(from, until), Value: fmt.Sprintf("%d-%d", from, until), Chosen: from == s.DutyFrom && until == s.DutyUntil && from != until,
			})
		}
	}
	return [][]outbox.Control{
		{outbox.ChoiceControl(id(fieldHours), words.Panels.NotSet, choices, 1, 1)},
		{outbox.PressControl(id(fieldWrite), words.Modals.Duty.Title)},
	}
}
