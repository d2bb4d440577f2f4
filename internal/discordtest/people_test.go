package discordtest_test

import (
	"encoding/json"
	"strings"
	"testing"

	"spsbot/internal/discordtest"
)

const buttons = `{"content":"Choose. ` + disclaimer + `","allowed_mentions":{"parse":[]},"components":[
	{"type":1,"components":[{"type":2,"style":1,"label":"Helpful","custom_id":"helpful"},{"type":2,"style":2,"label":"Not right","custom_id":"wrong"},
		{"type":2,"style":2,"label":"Off","custom_id":"off","disabled":true},{"type":2,"style":5,"label":"Open","url":"https://example.org"}]},
	{"type":1,"components":[{"type":3,"custom_id":"source","placeholder":"A source","options":[{"label":"One","value":"1"},{"label":"Two","value":"2"}]}]},
	{"type":1,"components":[{"type":8,"custom_id":"channel","placeholder":"A channel"}]}]}`

// answered is a message with buttons and menus.
func (p place) answered() discordtest.Message {
	p.t.Helper()
	action := p.ask()
	p.respond(204, 0, action, `{"type":4,"data":`+buttons+`}`)
	message, err := action.WaitReply(patience(p.t))
	if err != nil {
		p.t.Fatal(err)
	}
	return message
}

func TestButtonsAndMenus(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordtest.Options{})
	gateway := identify(t, p.fake, "1")
	gateway.until("GUILD_CREATE")
	message := p.answered()
	gateway.until("INTERACTION_CREATE")

	press := p.fake.Press(p.ana, message, "Helpful")
	got := gateway.until("INTERACTION_CREATE")
	if data := asObject(got.Data["data"]); data["custom_id"] != "helpful" || got.Data["message"] == nil || press.Name != "helpful" {
		t.Errorf("got %v", got.Data)
	}
	p.respond(204, 0, press, `{"type":7,"data":`+text("Thank you.")+`}`)
	if changed, err := press.WaitReply(patience(t)); err != nil || changed.ID != message.ID || !strings.HasPrefix(changed.Content, "Thank") {
		t.Errorf("after the press: %+v, %v", changed, err)
	}

	choose := p.fake.Choose(p.ana, message, "A source", "2")
	got = gateway.until("INTERACTION_CREATE")
	if values, err := json.Marshal(asObject(got.Data["data"])["values"]); err != nil || string(values) != `["2"]` {
		t.Errorf("got %s, %v", values, err)
	}
	p.respond(204, 0, choose, `{"type":6}`)
	p.want(200, 0, "PATCH", p.hook(choose)+"/messages/@original", text("Source two."))
	if changed, err := choose.WaitReply(patience(t)); err != nil || changed.ID != message.ID {
		t.Errorf("after the choice: %+v, %v", changed, err)
	}

	place := p.fake.Choose(p.ana, message, "channel", p.help.ID)
	got = gateway.until("INTERACTION_CREATE")
	if channels := asObject(asObject(asObject(got.Data["data"])["resolved"])["channels"]); channels[p.help.ID] == nil {
		t.Errorf("the channel is not described: %v", got.Data["data"])
	}
	p.respond(204, 0, place, `{"type":4,"data":`+text("Set.")+`}`)

	for name, action := range map[string]*discordtest.Action{
		"a link":             p.fake.Press(p.ana, message, "Open"),
		"switched off":       p.fake.Press(p.ana, message, "off"),
		"not there":          p.fake.Press(p.ana, message, "nothing"),
		"a menu":             p.fake.Press(p.ana, message, "source"),
		"no such option":     p.fake.Choose(p.ana, message, "source", "3"),
		"too many":           p.fake.Choose(p.ana, message, "source", "1", "2"),
		"of a stranger":      p.fake.Press(p.fake.NewUser("Eve"), message, "helpful"),
		"a form never shown": p.fake.Submit(p.ana, discordtest.Modal{}, nil),
	} {
		if action.Err() == nil {
			t.Errorf("%s: it worked", name)
		}
	}
}

func asObject(value any) map[string]any {
	object, _ := value.(map[string]any) // nil for what is none
	return object
}

func TestModal(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordtest.Options{})
	press := p.fake.Press(p.ana, p.answered(), "wrong")
	gateway := identify(t, p.fake, "0")
	gateway.until("READY")
	p.respond(204, 0, press, `{"type":9,"data":{"custom_id":"report","title":"What is wrong?","components":[
		{"type":1,"components":[{"type":4,"custom_id":"what","label":"What?","style":2,"min_length":3}]},
		{"type":18,"label":"More","component":{"type":4,"custom_id":"more","style":1,"required":false}}]}}`)
	modal, err := press.WaitModal(patience(t))
	if err != nil || modal.Title != "What is wrong?" || len(modal.Fields()) != 2 {
		t.Fatalf("got %+v, %v", modal, err)
	}
	for name, fields := range map[string]map[string]string{
		"required": {"more": "x"}, "too short": {"what": "x"}, "unknown": {"what": "long enough", "who": "x"},
	} {
		if p.fake.Submit(p.ana, modal, fields).Err() == nil {
			t.Errorf("%s: it was sent", name)
		}
	}
	submit := p.fake.Submit(p.ana, modal, map[string]string{"what": "the date"})
	data := asObject(gateway.until("INTERACTION_CREATE").Data["data"])
	if written, err := json.Marshal(data["components"]); err != nil || !strings.Contains(string(written), `"value":"the date"`) {
		t.Errorf("got %s, %v", written, err)
	}
	p.respond(400, 50035, submit, `{"type":9,"data":{}}`) // a form is no answer to a form
	p.fake.TakeViolations()
	p.respond(204, 0, submit, `{"type":4,"data":`+strings.Replace(text("Thank you."), "{", `{"flags":64,`, 1)+`}`)
	if reply, err := submit.WaitReply(patience(t)); err != nil || reply.EphemeralFor != p.ana.ID {
		t.Errorf("got %+v, %v", reply, err)
	}
}

func TestCommandsAreOfferedWhereTheyShould(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordtest.Options{})
	mod := p.fake.NewMember(p.guild, "Mo", p.fake.NewRole(p.guild, "moderators", discordtest.ManageGuild))
	group := p.fake.NewGroup(p.ana, mod)
	question := discordtest.Values{"question": "?"}
	for name, action := range map[string]*discordtest.Action{
		"not registered":    p.fake.Slash(p.ana, p.help, "nothing", nil),
		"no option":         p.fake.Slash(p.ana, p.help, "ask", nil),
		"unknown option":    p.fake.Slash(p.ana, p.help, "ask", discordtest.Values{"question": "?", "who": "me"}),
		"too long":          p.fake.Slash(p.ana, p.help, "ask", discordtest.Values{"question": strings.Repeat("?", 51)}),
		"no permission":     p.fake.Slash(p.ana, p.help, "settings show", nil),
		"no subcommand":     p.fake.Slash(mod, p.help, "settings", nil),
		"not in messages":   p.fake.Slash(mod, p.fake.DirectChannel(mod), "settings show", nil),
		"not installed":     p.fake.Slash(p.ana, group, "ask", question),
		"nothing suggested": p.fake.Autocomplete(p.ana, p.help, "ask", "who", "a", nil),
	} {
		if action.Err() == nil {
			t.Errorf("%s: it was sent", name)
		}
	}
	p.fake.Install(p.ana)
	for name, action := range map[string]*discordtest.Action{
		"subcommand":        p.fake.Slash(mod, p.help, "settings show", nil),
		"with a channel":    p.fake.Slash(mod, p.help, "settings channel", discordtest.Values{"where": p.help.ID}),
		"in messages":       p.fake.Slash(p.ana, p.fake.DirectChannel(p.ana), "ask", question),
		"by user install":   p.fake.Slash(p.ana, group, "ask", question),
		"on a message":      p.fake.MessageCommand(p.ana, "Check", p.fake.Say(mod, p.help, "a claim").Message()),
		"while it is typed": p.fake.Autocomplete(p.ana, p.help, "ask", "question", "wh", nil),
	} {
		if action.Err() != nil {
			t.Errorf("%s: %v", name, action.Err())
		}
	}
}

func TestAutocomplete(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordtest.Options{})
	typed := p.fake.Autocomplete(p.ana, p.help, "ask", "question", "wh", nil)
	p.respond(400, 50035, typed, `{"type":4,"data":`+text("no")+`}`)
	p.respond(204, 0, typed, `{"type":8,"data":{"choices":[{"name":"What is it?","value":"What is it?"}]}}`)
	if choices, err := typed.WaitChoices(patience(t)); err != nil || len(choices) != 1 || choices[0].Name != "What is it?" {
		t.Errorf("got %v, %v", choices, err)
	}
}

func TestWithoutAnActionThereIsAnError(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordtest.Options{})
	action := p.fake.Slash(p.ana, p.help, "nothing", nil)
	if _, err := action.WaitReply(patience(t)); err == nil || !strings.Contains(err.Error(), `no command "nothing"`) {
		t.Errorf("got %v", err)
	}
}

func TestForgetDropsEverything(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordtest.Options{})
	for range 200 {
		action := p.ask()
		p.respond(204, 0, action, `{"type":4,"data":`+text("x")+`}`)
		action.Forget()
	}
	if seen := p.fake.Visible(p.help, p.ana); len(seen) != 0 {
		t.Errorf("%d messages are left", len(seen))
	}
}
