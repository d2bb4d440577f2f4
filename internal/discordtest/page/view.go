package page

import (
	"strings"
	"time"

	"spsbot/internal/discordtest"
)

// view is what the page shows.
type view struct {
	Viewer     discordtest.User
	People     []discordtest.User
	Guilds     []guildView
	Channel    discordtest.Channel
	Title      string
	Messages   []messageView
	Commands   []commandForm
	Modal      *modalView
	Problem    string
	Pending    bool // the bot is at work: the page comes again by itself
	Typing     bool
	Direct     bool
	Forum      bool
	Mute       bool // nothing can be written here
	Violations []discordtest.Violation
}

// guildView is a guild with the channels that the viewer sees.
type guildView struct {
	discordtest.Guild
	Channels []channelView
}

type channelView struct {
	discordtest.Channel
	Current bool
}

// Sign is what stands before a channel's name.
func (c channelView) Sign() string {
	if c.Type == discordtest.Thread {
		return "↳"
	}
	return "#"
}

// messageView is a message with what can be done with it.
type messageView struct {
	discordtest.Message
	Name      string
	Bot, Mine bool
	Only      bool // the viewer alone sees it
	Blocks    []block
	Cards     []cardView
	Rows      []discordtest.Component
	To        *quoteView
	Used      string // the command that it answers, as Discord shows it
	Checks    []discordtest.Command
	Place     place
	entries   func(kind int) []discordtest.SelectOption
}

// place is what every form has to say.
type place struct{ Channel, Viewer, Message string }

// quoteView is the message that another one replies to, in short.
type quoteView struct{ ID, Name, Text string }

type cardView struct {
	Title       []inline
	URL         string
	Description []block
	Fields      []fieldView
	Footer      string
}

type fieldView struct {
	Name  []inline
	Value []block
}

// commandForm is a command, or one of its subcommands, to be filled in.
type commandForm struct {
	Path, Name, Description string
	Options                 []discordtest.CommandOption
	Open                    bool
	Typed                   map[string]string
	Choices                 map[string][]discordtest.Choice
}

type modalView struct {
	Title  string
	Fields []discordtest.Component
	Labels map[string]string
	Notes  []string
}

// view gathers what a visitor sees.
func (p *page) view(v visit) view {
	shown := view{
		Viewer: v.viewer, People: p.fake.Users(), Channel: v.channel, Typing: p.fake.Typing(v.channel),
		Direct: v.channel.Type == discordtest.DirectChannel, Forum: v.channel.Type == discordtest.ForumChannel,
		Title: "#" + v.channel.Name, Modal: p.modalView(v.viewer), Violations: p.fake.Violations(),
	}
	if shown.Direct {
		shown.Title = "Direct messages with " + p.fake.Bot().Name
	}
	for _, g := range p.fake.Guilds() {
		of := guildView{Guild: g}
		for _, c := range p.fake.Channels(g, v.viewer) {
			of.Channels = append(of.Channels, channelView{c, c.ID == v.channel.ID})
		}
		if len(of.Channels) > 0 {
			shown.Guilds = append(shown.Guilds, of)
		}
	}
	offered := p.fake.Offered(v.viewer, v.channel)
	shown.Commands = commandForms(offered, v.viewer)
	if len(shown.Commands) > 0 {
		shown.Commands[0].Open = true // so that it is seen what a command is
	}
	may := p.fake.Permissions(v.viewer, v.channel)
	shown.Mute = !may.Has(discordtest.SendMessages)
	for _, m := range p.fake.Visible(v.channel, v.viewer) {
		shown.Messages = append(shown.Messages, p.messageView(m, v, offered))
		shown.Pending = shown.Pending || m.Loading && p.fake.Now().Sub(m.Created) < time.Minute
	}
	shown.Pending = (shown.Pending || shown.Typing) && shown.Modal == nil
	return shown
}

func (p *page) messageView(m discordtest.Message, v visit, offered []discordtest.Command) messageView {
	names := p.names()
	shown := messageView{
		Message: m, Name: names.user(m.Author), Bot: m.Author == p.fake.Bot().ID, Mine: m.Author == v.viewer.ID,
		Only: m.EphemeralFor != "", Blocks: parse(m.Content, names), Rows: m.Components,
		Place: place{v.channel.ID, v.viewer.ID, m.ID}, entries: func(kind int) []discordtest.SelectOption { return p.entries(v, kind) },
	}
	for _, e := range m.Embeds {
		card := cardView{Title: parseInline(e.Title, names), URL: safeLink(e.URL), Description: parse(e.Description, names), Footer: e.Footer.Text}
		for _, field := range e.Fields {
			card.Fields = append(card.Fields, fieldView{parseInline(field.Name, names), parse(field.Value, names)})
		}
		shown.Cards = append(shown.Cards, card)
	}
	if to, found := p.fake.Message(m.Reference); found {
		shown.To = &quoteView{to.ID, names.user(to.Author), shortened(plain(parse(to.Content, names)))}
	}
	shown.Used = used(p.fake.Trigger(m))
	for _, command := range offered {
		if command.Message && !shown.Only {
			shown.Checks = append(shown.Checks, command)
		}
	}
	return shown
}

// used says by which command a message came to be, if by any.
func used(by discordtest.Trigger) string {
	if by.Kind == discordtest.KindSlash {
		return by.User.Name + " used /" + by.Name
	}
	if by.Kind == discordtest.KindMessageCommand {
		return by.User.Name + " used “" + by.Name + "”"
	}
	return ""
}

// Clock is the time of the message as a person reads it.
func (m messageView) Clock() string { return m.Created.Local().Format("15:04") }

// Machine is the time of the message as a program reads it.
func (m messageView) Machine() string { return m.Created.UTC().Format(time.RFC3339) }

// plain is the text of blocks without their markup.
func plain(blocks []block) string {
	var out strings.Builder
	for _, b := range blocks {
		out.WriteString(b.Text + " ")
		for _, line := range b.Lines {
			out.WriteString(plainInline(line) + " ")
		}
	}
	return out.String()
}

func plainInline(pieces []inline) string {
	var out strings.Builder
	for _, piece := range pieces {
		if len(piece.Inner) > 0 {
			out.WriteString(plainInline(piece.Inner))
			continue
		}
		out.WriteString(piece.Text)
	}
	return out.String()
}

func shortened(text string) string {
	const most = 80
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}

// commandForms lists slash commands, each subcommand on its own, in the words of
// the person's language.
func commandForms(commands []discordtest.Command, viewer discordtest.User) []commandForm {
	var forms []commandForm
	for _, command := range commands {
		if command.Message {
			continue
		}
		name, description := localized(command.Name, command.NameIn, viewer), localized(command.Description, command.DescriptionIn, viewer)
		forms = append(forms, subcommandForms(command.Name, name, description, command.Options)...)
	}
	return forms
}

func subcommandForms(path, name, description string, options []discordtest.CommandOption) []commandForm {
	const group = 2 // types 1 and 2 are a subcommand and a group of them
	var forms []commandForm
	for _, option := range options {
		if option.Type <= group {
			forms = append(forms, subcommandForms(path+" "+option.Name, name+" "+option.Name, option.Description, option.Options)...)
		}
	}
	if len(forms) > 0 {
		return forms
	}
	return []commandForm{{Path: path, Name: name, Description: description, Options: options}}
}

func localized(text string, in map[string]string, viewer discordtest.User) string {
	if own, is := in[viewer.Locale]; is {
		return own
	}
	return text
}

// suggestions shows the command again, with what the bot suggests.
func (p *page) suggestions(shown view, v visit, action *discordtest.Action) view {
	option := v.Form.Get("suggest")
	choices, err := action.WaitChoices(v.Context())
	if err != nil {
		shown.Problem = sentence(err.Error())
	}
	for i := range shown.Commands {
		form := &shown.Commands[i]
		if form.Path != v.Form.Get("command") {
			continue
		}
		form.Open, form.Typed = true, map[string]string{}
		for _, one := range form.Options {
			form.Typed[one.Name] = v.Form.Get("option." + one.Name)
		}
		form.Choices = map[string][]discordtest.Choice{option: choices}
	}
	return shown
}

func (p *page) modalView(viewer discordtest.User) *modalView {
	modal := p.modal(viewer)
	if modal == nil {
		return nil
	}
	shown := &modalView{Title: modal.Title, Fields: modal.Fields(), Labels: map[string]string{}}
	for _, c := range modal.Components {
		switch {
		case c.Type == discordtest.TypeLabel && c.Component != nil:
			shown.Labels[c.Component.CustomID] = c.Label
		case c.Type == discordtest.TypeTextDisplay:
			shown.Notes = append(shown.Notes, c.Content)
		}
		for _, inner := range c.Components {
			shown.Labels[inner.CustomID] = inner.Label
		}
	}
	return shown
}

// filledForm is a command's form at its place.
type filledForm struct {
	Form            commandForm
	Channel, Viewer string
}

// Fill puts a form at its place; the template calls it.
func (v view) Fill(form commandForm) filledForm {
	return filledForm{form, v.Channel.ID, v.Viewer.ID}
}

// ID names the field of an option.
func (f filledForm) ID(option string) string {
	return "o-" + strings.ReplaceAll(f.Form.Path, " ", "-") + "-" + option
}

// Asked reports whether suggestions were asked for.
func (f filledForm) Asked(option string) bool {
	_, asked := f.Form.Choices[option]
	return asked
}

// Several reports whether more than one entry of a menu may be chosen.
func (m messageView) Several(menu discordtest.Component) bool {
	return menu.MaxValues != nil && *menu.MaxValues > 1
}

// Entries lists what a menu of people, roles or channels offers.
func (m messageView) Entries(menu discordtest.Component) []discordtest.SelectOption {
	return m.entries(menu.Type)
}

// entries lists people, roles or channels for a menu that lets choose among them.
func (p *page) entries(v visit, kind int) []discordtest.SelectOption {
	var entries []discordtest.SelectOption
	add := func(id, label string) {
		entries = append(entries, discordtest.SelectOption{Label: label, Value: id})
	}
	guild := discordtest.Guild{ID: v.channel.Guild}
	if guild.ID == "" {
		return nil
	}
	switch kind {
	case discordtest.TypeChannelSelect:
		for _, c := range p.fake.Channels(guild, v.viewer) {
			add(c.ID, "#"+c.Name)
		}
	case discordtest.TypeRoleSelect:
		for _, r := range p.fake.Roles(guild) {
			add(r.ID, r.Name)
		}
	default:
		for _, u := range p.fake.Users() {
			add(u.ID, u.Name)
		}
	}
	return entries
}
