package discordtest

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
