package page

import (
	"errors"
	"strconv"
	"strings"

	"spsbot/internal/discordtest"
)

// actions are what a person can do, by the last part of the address.
func (p *page) actions() map[string]deed {
	return map[string]deed{
		"say":     p.say,
		"command": p.command,
		"suggest": p.suggest,
		"check":   p.check,
		"press":   p.press,
		"choose":  p.choose,
		"submit":  p.submit,
		"cancel":  p.cancel,
		"edit":    p.edit,
		"delete":  p.remove,
	}
}

// say writes a message, a reply, or a post.
func (p *page) say(v visit) (*discordtest.Action, error) {
	text := strings.TrimSpace(v.Form.Get("text"))
	if text == "" {
		return nil, errors.New("the message is empty")
	}
	if v.channel.Type == discordtest.ForumChannel {
		title := strings.TrimSpace(v.Form.Get("title"))
		if title == "" {
			return nil, errors.New("a post needs a title")
		}
		return p.fake.Post(v.viewer, v.channel, title, text), nil
	}
	if to, found := p.fake.Message(v.Form.Get("reply")); found {
		return p.fake.ReplyTo(v.viewer, to, text), nil
	}
	if v.Form.Get("mention") != "" {
		return p.fake.Mention(v.viewer, v.channel, text), nil
	}
	return p.fake.Say(v.viewer, v.channel, text), nil
}

func (p *page) command(v visit) (*discordtest.Action, error) {
	values, err := p.values(v)
	if err != nil {
		return nil, err
	}
	return p.fake.Slash(v.viewer, v.channel, v.Form.Get("command"), values), nil
}

// suggest asks for suggestions for the option that the button names.
func (p *page) suggest(v visit) (*discordtest.Action, error) {
	values, err := p.values(v)
	if err != nil {
		return nil, err
	}
	option := v.Form.Get("suggest")
	typed := v.Form.Get("option." + option)
	delete(values, option)
	return p.fake.Autocomplete(v.viewer, v.channel, v.Form.Get("command"), option, typed, values), nil
}

// values reads the options of a command from the form.
func (p *page) values(v visit) (discordtest.Values, error) {
	values := discordtest.Values{}
	for _, option := range p.options(v, v.Form.Get("command")) {
		text := v.Form.Get("option." + option.Name)
		if picked := v.Form.Get("pick." + option.Name); picked != "" {
			text = picked
		}
		if text == "" {
			continue
		}
		value, err := typed(option.Type, text)
		if err != nil {
			return nil, err
		}
		values[option.Name] = value
	}
	return values, nil
}

// Types of options whose values are not texts.
const (
	optionWhole  = 4
	optionTruth  = 5
	optionNumber = 10
)

// typed reads a value as its option wants it.
func typed(kind int, text string) (any, error) {
	switch kind {
	case optionWhole:
		return strconv.ParseInt(text, 10, 64)
	case optionTruth:
		return strconv.ParseBool(text)
	case optionNumber:
		return strconv.ParseFloat(text, 64)
	}
	return text, nil
}

// options finds the options of a command or subcommand that is offered.
func (p *page) options(v visit, path string) []discordtest.CommandOption {
	for _, form := range commandForms(p.fake.Offered(v.viewer, v.channel), v.viewer) {
		if form.Path == path {
			return form.Options
		}
	}
	return nil
}

// message finds the message that a form is about, as the person sees it.
func (p *page) message(v visit) (discordtest.Message, error) {
	for _, m := range p.fake.Visible(v.channel, v.viewer) {
		if m.ID == v.Form.Get("message") {
			return m, nil
		}
	}
	return discordtest.Message{}, errors.New("the message is gone")
}

// on does something with the message that the form is about.
func (p *page) on(v visit, do func(discordtest.Message) *discordtest.Action) (*discordtest.Action, error) {
	m, err := p.message(v)
	if err != nil {
		return nil, err
	}
	return do(m), nil
}

func (p *page) check(v visit) (*discordtest.Action, error) {
	return p.on(v, func(m discordtest.Message) *discordtest.Action {
		return p.fake.MessageCommand(v.viewer, v.Form.Get("command"), m)
	})
}

func (p *page) press(v visit) (*discordtest.Action, error) {
	return p.on(v, func(m discordtest.Message) *discordtest.Action {
		return p.fake.Press(v.viewer, m, v.Form.Get("button"))
	})
}

func (p *page) choose(v visit) (*discordtest.Action, error) {
	return p.on(v, func(m discordtest.Message) *discordtest.Action {
		return p.fake.Choose(v.viewer, m, v.Form.Get("menu"), v.Form["value"]...)
	})
}

func (p *page) edit(v visit) (*discordtest.Action, error) {
	return p.on(v, func(m discordtest.Message) *discordtest.Action {
		return p.fake.Edit(v.viewer, m, v.Form.Get("text"))
	})
}

func (p *page) remove(v visit) (*discordtest.Action, error) {
	m, err := p.message(v)
	if err != nil {
		return nil, err
	}
	return nil, p.fake.Delete(v.viewer, m).Err()
}

// submit sends the form that the bot opened.
func (p *page) submit(v visit) (*discordtest.Action, error) {
	modal := p.modal(v.viewer)
	if modal == nil {
		return nil, errors.New("the form is no longer open")
	}
	fields := map[string]string{}
	for _, field := range modal.Fields() {
		fields[field.CustomID] = v.Form.Get("field." + field.CustomID)
	}
	action := p.fake.Submit(v.viewer, *modal, fields)
	if action.Err() == nil {
		p.shut(v.viewer)
	}
	return action, nil
}

func (p *page) cancel(v visit) (*discordtest.Action, error) {
	p.shut(v.viewer)
	return nil, nil
}
