package bot

import (
	"context"
	"encoding/json"
	"time"

	"spsbot"
	"spsbot/answer/reply"
	"spsbot/bot/outbox"
)

// Keys of the commands in the word files. Discord knows a command by its English name.
const (
	commandAsk      = "ask"
	commandSources  = "sources"
	commandTrials   = "trials"
	commandAbout    = "about"
	commandPrivacy  = "privacy"
	commandSettings = "settings"
	commandSetup    = "setup"
	commandCheck    = "check"
	optionQuestion  = "question"
)

// interactionTime bounds the handling of an interaction: the first answer has to
// come within three seconds, later ones within fifteen minutes.
const interactionTime = 25 * time.Second

// Interaction handles what a person did, as Discord sends it. Respond, if not
// nil, takes the first answer. It returns at once.
func (b *Bot) Interaction(data json.RawMessage, respond func(ctx context.Context, body []byte) error) {
	var i interaction
	if err := json.Unmarshal(data, &i); err != nil || i.ID == "" {
		b.Logger.Warn("an interaction could not be read", "bytes", len(data))
		return
	}
	if i.Application == "" {
		i.Application = b.Application
	}
	i.respond = respond
	if !b.seen.first(i.ID) {
		return
	}
	b.begin("an interaction", interactionTime, func(ctx context.Context) {
		answered := false
		defer func() {
			if !answered { // the handler panicked
				b.apologise(&i)
			}
		}()
		b.interact(ctx, &i)
		answered = true
	})
}

// interact tells the kinds of interactions apart.
func (b *Bot) interact(ctx context.Context, i *interaction) {
	switch i.Type {
	case interactionCommand:
		var data commandData
		if err := i.read(&data); err != nil {
			b.apologise(i)
			return
		}
		b.command(ctx, i, &data)
	case interactionComponent:
		var data componentData
		if err := i.read(&data); err != nil {
			b.apologise(i)
			return
		}
		b.pressed(ctx, i, data.ID, data.Values, "")
	case interactionModal:
		var data formData
		if err := i.read(&data); err != nil {
			b.apologise(i)
			return
		}
		b.pressed(ctx, i, data.ID, nil, data.text())
	case interactionAutocomplete:
		var data commandData
		if err := i.read(&data); err != nil {
			return // a menu of suggestions is worth no apology
		}
		offered := b.Answers().Offered(data.option(optionQuestion), 25, b.localesOf(ctx, i)...)
		if err := b.Outbox.Choices(ctx, i.outgoing(), offered); err != nil {
			b.Logger.Debug("suggestions came too late", "error", err)
		}
	default:
		b.apologise(i)
	}
}

// command carries out a command.
func (b *Bot) command(ctx context.Context, i *interaction, data *commandData) {
	answers := b.Answers()
	is := func(command string) bool { return data.Name == b.Words.For("en").Commands[command].Name }
	switch {
	case data.Type == commandOnMessage:
		b.check(ctx, i, data)
	case is(commandAsk):
		b.askFrom(ctx, i, b.question(ctx, i, data.option(optionQuestion), spsbot.SurfaceSlash))
	case is(commandTrials):
		b.askFrom(ctx, i, b.question(ctx, i, b.Words.For(b.localesOf(ctx, i)...).Trials, spsbot.SurfaceSlash))
	case is(commandSources):
		b.inform(ctx, i, reply.Sources, reply.Params{Shelf: answers.Shelf()}, true)
	case is(commandAbout):
		b.inform(ctx, i, reply.About, reply.Params{Suggestions: answers.Offered("", 3, b.localesOf(ctx, i)...)}, false)
	case is(commandPrivacy):
		b.inform(ctx, i, reply.PrivacyPolicy, reply.Params{Operator: b.Operator, Model: b.Model, Days: b.Days}, true)
	case is(commandSettings):
		b.openSettings(ctx, i)
	case is(commandSetup):
		b.openSetup(ctx, i)
	default:
		b.inform(ctx, i, reply.Expired, reply.Params{}, true)
	}
}

// inform answers an interaction with a notice that answers no question.
func (b *Bot) inform(ctx context.Context, i *interaction, notice reply.Notice, params reply.Params, private bool) {
	to := b.addressOf(i)
	to.Private = to.Private || private
	to.Plain = b.settings.of(ctx, i.Server).PlainCards
	b.say(ctx, to, b.Answers().Fixed(notice, params, b.localesOf(ctx, i)...), i.ID)
}

// apologise answers an interaction that cannot be handled.
func (b *Bot) apologise(i *interaction) {
	if i.Type == interactionAutocomplete {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	b.inform(ctx, i, reply.Apology, reply.Params{Reference: reply.NewReference(b.Journal.Reference(i.ID))}, true)
}

// localesOf returns the languages for a reply to an interaction, the best first:
// the person's own, the server's setting, the server's.
func (b *Bot) localesOf(ctx context.Context, i *interaction) []string {
	return []string{i.Locale, b.settings.of(ctx, i.Server).Language, i.ServerTag}
}

// addressOf returns where the reply to an interaction goes. Where the bot is no
// member, only the person sees it.
func (b *Bot) addressOf(i *interaction) address {
	return address{
		Interaction: i.ID, Token: i.Token, Application: i.Application, respond: i.respond,
		Private: i.Server != "" && !i.installed(),
	}
}

// question makes a question of what a person wrote or pressed.
func (b *Bot) question(ctx context.Context, i *interaction, text string, surface spsbot.Surface) spsbot.Question {
	settings := b.settings.of(ctx, i.Server)
	locale := i.Locale
	if locale == "" {
		locale = settings.Language
	}
	return spsbot.Question{
		ID: i.ID, Place: spsbot.Place{Server: i.Server, Channel: i.Channel, Surface: surface},
		Asker: b.Keys.Pseudonym(i.person()), Asked: timeOf(i.ID), Text: b.Scrub(text), Locale: locale, Country: settings.Country,
		Note: settings.note(time.Now()),
	}
}

// askFrom asks a question that came as an interaction, if the channel is open
// for questions; emergencies are answered everywhere.
func (b *Bot) askFrom(ctx context.Context, i *interaction, q spsbot.Question) {
	a := asking{answers: b.Answers(), question: q, settings: b.settings.of(ctx, i.Server), to: b.addressOf(i)}
	a.another = q.Place.Surface == spsbot.SurfaceMessageCommand
	a.to.Private = a.to.Private || a.another
	parent := b.threads.parentOf(i.Channel)
	if !a.settings.open(i.Channel, parent) && a.answers.Decide(q).Route != spsbot.RouteEmergency {
		b.inform(ctx, i, reply.Elsewhere, reply.Params{}, true)
		return
	}
	b.ask(ctx, a)
}

// check asks what the sources say on another person's message. The reply is for
// the asker alone, and the other person's words are not stored.
func (b *Bot) check(ctx context.Context, i *interaction, data *commandData) {
	target, found := data.Resolved.Messages[data.Target]
	if !found {
		b.apologise(i)
		return
	}
	q := b.question(ctx, i, target.Content, spsbot.SurfaceMessageCommand)
	q.Turns = []string{}
	b.askFrom(ctx, i, q)
}

// suggestion returns the offered question with a key.
func suggestion(answers Answers, key string) (string, bool) {
	const all = 1000
	for _, offered := range answers.Offered("", all, outbox.SuggestionLanguage(key)) {
		if outbox.SuggestionKey(offered) == key {
			return offered.Text(), true
		}
	}
	return "", false
}
