package discordtest

import (
	"errors"
	"fmt"
	"slices"
)

// useComponent presses a button or chooses from a menu.
func (f *Fake) useComponent(kind Kind, u User, m Message, idOrLabel string, values []string) *Action {
	a := f.newAction(kind, idOrLabel, u, f.world.channels[m.Channel])
	if a.err != nil {
		return a
	}
	on, there := f.world.messages[m.ID]
	switch {
	case !there || on.Deleted || on.EphemeralFor != "" && on.EphemeralFor != u.ID:
		a.err = errors.New("there is no such message")
	default:
		a.err = a.findOn(on, idOrLabel, values)
	}
	if a.err != nil {
		return a
	}
	c, _ := on.Component(idOrLabel) // findOn found it
	a.Name, a.pressed = c.CustomID, on
	data := object{"custom_id": c.CustomID, "component_type": c.Type, "id": 1}
	if c.Type != TypeButton {
		data["values"] = append([]string{}, values...)
		if resolved := f.resolve(values, a.Channel.Guild); c.Type != TypeStringSelect && len(resolved) > 0 {
			data["resolved"] = resolved
		}
	}
	f.send(a, data)
	return a
}

// findOn holds that the component is there and can be used as intended.
func (a *Action) findOn(on *message, idOrLabel string, values []string) error {
	c, found := on.Component(idOrLabel)
	switch {
	case !found:
		return fmt.Errorf("the message has no %q", idOrLabel)
	case c.Disabled:
		return fmt.Errorf("%q is switched off", idOrLabel)
	case a.Kind == KindButton && c.Type == TypeButton:
		if c.Style == StyleLink {
			return fmt.Errorf("%q only opens %s", idOrLabel, c.URL)
		}
		return nil
	case a.Kind == KindSelect && c.Type != TypeButton:
		return c.takes(values)
	}
	return fmt.Errorf("%q is not for that", idOrLabel)
}

// takes reports whether a menu lets a person choose these values.
func (c Component) takes(values []string) error {
	least, most := 1, 1
	if c.MinValues != nil {
		least = *c.MinValues
	}
	if c.MaxValues != nil {
		most = *c.MaxValues
	}
	if len(values) < least || len(values) > most {
		return fmt.Errorf("the menu takes %d to %d values", least, most)
	}
	for _, value := range values {
		if c.Type == TypeStringSelect && !slices.ContainsFunc(c.Options, func(o SelectOption) bool { return o.Value == value }) {
			return fmt.Errorf("the menu has no option %q", value)
		}
		if c.Type != TypeStringSelect && !snowflake(value) {
			return fmt.Errorf("%q is no id", value)
		}
	}
	return nil
}

// submit sends a form.
func (f *Fake) submit(u User, modal Modal, fields map[string]string) *Action {
	if modal.action == nil {
		return &Action{Trigger: Trigger{Kind: KindModal, User: u}, fake: f, err: errors.New("the bot opened no such form"), changed: make(chan struct{})}
	}
	a := f.newAction(KindModal, modal.CustomID, u, f.world.channels[modal.action.Channel.ID])
	if a.err != nil {
		return a
	}
	components, err := modal.filled(fields)
	if err != nil {
		a.err = err
		return a
	}
	a.pressed = modal.action.pressed
	f.send(a, object{"custom_id": modal.CustomID, "components": components})
	return a
}

// filled writes the form's fields with what the person typed.
func (m Modal) filled(fields map[string]string) ([]object, error) {
	var components []object
	known := map[string]bool{}
	for i, c := range m.Components {
		var field Component
		switch {
		case c.Type == TypeLabel && c.Component != nil:
			field = *c.Component
		case c.Type == TypeRow && len(c.Components) == 1:
			field = c.Components[0]
		default:
			continue
		}
		known[field.CustomID] = true
		value, given := fields[field.CustomID]
		if !given {
			value = field.Value
		}
		if err := field.admits(value); err != nil {
			return nil, err
		}
		written := object{"type": field.Type, "id": 2*i + 2, "custom_id": field.CustomID, "value": value}
		if field.Type != TypeTextInput {
			delete(written, "value")
			written["values"] = []string{value}
		}
		if c.Type == TypeLabel {
			components = append(components, object{"type": c.Type, "id": 2*i + 1, "component": written})
		} else {
			components = append(components, object{"type": c.Type, "id": 2*i + 1, "components": []object{written}})
		}
	}
	for id := range fields {
		if !known[id] {
			return nil, fmt.Errorf("the form has no field %q", id)
		}
	}
	return components, nil
}

// admits reports whether a field lets a person send the text.
func (c Component) admits(value string) error {
	required := c.Required == nil || *c.Required
	switch n := length(value); {
	case required && n == 0:
		return fmt.Errorf("the field %q is required", c.CustomID)
	case n == 0:
	case c.MinLength != nil && n < *c.MinLength:
		return fmt.Errorf("the field %q needs at least %d characters", c.CustomID, *c.MinLength)
	case c.MaxLength != nil && n > *c.MaxLength:
		return fmt.Errorf("the field %q takes at most %d characters", c.CustomID, *c.MaxLength)
	}
	return nil
}
