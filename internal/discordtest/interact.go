package discordtest

import "strconv"

// Slash uses a slash command; a subcommand stands after a space ("trials find").
// The action fails where the person's Discord would not offer the command: it is
// not registered, not for this place, or not for this person, or an option is
// missing or none that the command has.
func (f *Fake) Slash(u User, c Channel, name string, options Values) *Action {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	return f.useCommand(KindSlash, u, c, name, "", options)
}

// Autocomplete types into an option of a command that suggests values; the
// other options are what was already filled in.
func (f *Fake) Autocomplete(u User, c Channel, name, option, typed string, others Values) *Action {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	values := Values{option: typed}
	for key, value := range others {
		values[key] = value
	}
	return f.useCommand(KindAutocomplete, u, c, name, option, values)
}

// MessageCommand uses a command of the menu on a message ("Apps").
func (f *Fake) MessageCommand(u User, name string, m Message) *Action {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	return f.useMessageCommand(u, name, m)
}

// Press presses a button, named by its custom id or its label.
func (f *Fake) Press(u User, m Message, button string) *Action {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	return f.useComponent(KindButton, u, m, button, nil)
}

// Choose chooses from a menu, named by its custom id or its placeholder: values of
// a menu of texts, ids of people, roles or channels of the others.
func (f *Fake) Choose(u User, m Message, menu string, values ...string) *Action {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	return f.useComponent(KindSelect, u, m, menu, values)
}

// Submit sends a form with its fields, named by custom id.
func (f *Fake) Submit(u User, modal Modal, fields map[string]string) *Action {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	return f.submit(u, modal, fields)
}

// send makes an interaction and hands it to the bot.
func (f *Fake) send(a *Action, data object) {
	if a.err != nil {
		return
	}
	in := f.world.channels[a.Channel.ID]
	a.ID = f.id()
	a.Token = "token-" + a.ID + "-" + strconv.FormatUint(f.chance.Uint64(), 36)
	a.owners, a.public = f.installs(a.User.ID, in), f.mayAnswerPublicly(a.User.ID, in)
	f.actions.byID[a.ID], f.actions.byToken[a.Token] = a, a
	f.expireActions()
	payload := f.interactionJSON(a, in, data)
	if _, struck := f.strike(FaultPlace{Event: "INTERACTION_CREATE"}, UnknownComponent); struck {
		addUnknownComponent(payload)
	}
	if f.endpoint != "" {
		f.post(a, f.endpoint, payload)
		return
	}
	f.dispatch(event{name: "INTERACTION_CREATE", guild: a.Channel.Guild, data: payload})
}

// expireActions drops interactions whose token is long dead, when there are many.
func (f *Fake) expireActions() {
	const many = 20_000
	if len(f.actions.byID) < many || len(f.actions.byID)%1000 != 0 {
		return
	}
	for id, a := range f.actions.byID {
		if f.now().Sub(a.created) > 2*f.options.TokenLife {
			delete(f.actions.byID, id)
			delete(f.actions.byToken, a.Token)
		}
	}
}

// interactionType is Discord's number for what the person did.
func (a *Action) interactionType() int {
	switch a.Kind {
	case KindButton, KindSelect:
		return 3
	case KindAutocomplete:
		return 4
	case KindModal:
		return 5
	case KindSlash, KindMessageCommand, KindMessage, KindEdit, KindDelete:
	}
	return 2
}

// installs says by whom the command is there: the guild (0), the person (1).
func (f *Fake) installs(person string, in *channel) map[string]string {
	owners := map[string]string{}
	switch g := f.world.guilds[in.Guild]; {
	case g != nil && g.present:
		owners["0"] = g.ID
	case in.Type == DirectChannel:
		owners["0"] = "0"
	}
	if f.world.users[person].installed {
		owners["1"] = person
	}
	return owners
}

// mayAnswerPublicly reports whether others may see the answer: where only the
// person installed the bot, that is up to the person's permissions.
func (f *Fake) mayAnswerPublicly(person string, in *channel) bool {
	return f.present(in) || in.Guild == "" || f.permissions(person, in).Has(UseExternalApps)
}

// context is Discord's number for the place: a guild, the bot's direct messages,
// or a conversation without the bot.
func (c *channel) context() int {
	switch {
	case c.Guild != "":
		return 0
	case c.Type == DirectChannel:
		return 1
	}
	return 2
}

func (f *Fake) interactionJSON(a *Action, in *channel, data object) object {
	locale := a.User.Locale
	if locale == "" {
		locale = "en-US"
	}
	o := object{
		"id": a.ID, "application_id": f.world.application, "type": a.interactionType(), "token": a.Token, "version": 1, "data": data,
		"channel_id": in.ID, "channel": f.channelJSON(in), "context": in.context(), "locale": locale, "entitlements": []any{},
		"app_permissions": f.appPermissions(in).String(), "authorizing_integration_owners": a.owners, "attachment_size_limit": 10 << 20,
	}
	if g := f.world.guilds[in.Guild]; g != nil {
		member := f.memberJSON(g, a.User.ID, true)
		member["permissions"] = f.permissions(a.User.ID, in).String()
		o["member"], o["guild_id"], o["guild_locale"] = member, g.ID, g.locale
		o["guild"] = object{"id": g.ID, "locale": g.locale, "features": []string{"COMMUNITY"}}
	} else {
		o["user"] = f.userJSON(a.User.ID)
	}
	if a.pressed != nil {
		o["message"] = f.messageJSON(a.pressed, true)
	}
	return o
}

// appPermissions are the bot's, or those that everybody lends to a guest.
func (f *Fake) appPermissions(in *channel) Permissions {
	if f.present(in) {
		return f.permissions(f.world.application, in)
	}
	return EmbedLinks | AttachFiles | MentionEveryone
}

// addUnknownComponent puts a type that no library has heard of where the
// payload has components: into the message, the form, or the resolved messages.
func addUnknownComponent(payload object) {
	strange := object{"type": 99, "id": 99, "novelty": true}
	if message, is := payload["message"].(object); is {
		message["components"] = []any{strange}
	}
	data, is := payload["data"].(object)
	if !is {
		return
	}
	if fields, is := data["components"].([]object); is {
		data["components"] = append(fields, strange)
	}
	if resolved, is := data["resolved"].(object); is {
		if messages, is := resolved["messages"].(object); is {
			for _, m := range messages {
				if message, is := m.(object); is {
					message["components"] = []any{strange}
				}
			}
		}
	}
}
