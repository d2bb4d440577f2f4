package discordtest_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"spsbot/internal/discordtest"
)

// rules lists the rules that were broken, and forgets it.
func (r *robot) rules() string {
	var rules []string
	for _, violation := range r.fake.TakeViolations() {
		if violation.Rule != "openapi" { // it may see the same
			rules = append(rules, violation.Rule)
		}
	}
	return strings.Join(rules, " ")
}

func many(what string, count int) string {
	return strings.TrimSuffix(strings.Repeat(what+",", count), ",")
}

func TestWhatIsPromisedIsChecked(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordtest.Options{Exempt: func(m discordtest.Message, _ discordtest.Trigger) bool {
		return strings.HasPrefix(m.Content, "To the moderators")
	}})
	path := "/channels/" + p.help.ID + "/messages"
	const quiet = `"allowed_mentions":{"parse":[]}`
	for name, test := range map[string]struct{ body, rules string }{
		"as it should be":             {text("hello"), ""},
		"without disclaimer":          {`{"content":"hello",` + quiet + `}`, "disclaimer"},
		"disclaimer in a card":        {`{"content":"hello","embeds":[{"description":"` + disclaimer + `"}],` + quiet + `}`, "disclaimer"},
		"a card alone":                {`{"embeds":[{"description":"hello"}],` + quiet + `}`, "disclaimer"},
		"exempt":                      {`{"content":"To the moderators",` + quiet + `}`, ""},
		"mentions not limited":        {`{"content":"` + disclaimer + `"}`, "mentions"},
		"mentions without list":       {`{"content":"` + disclaimer + `","allowed_mentions":{}}`, "mentions"},
		"mentions of people":          {`{"content":"` + disclaimer + `","allowed_mentions":{"parse":["users"]}}`, "mentions"},
		"a ping":                      {`{"content":"<@` + p.ana.ID + `> ` + disclaimer + `","allowed_mentions":{"parse":[],"users":["` + p.ana.ID + `"]}}`, "mentions mentions"},
		"a mention that pings nobody": {`{"content":"@everyone <@` + p.ana.ID + `> ` + disclaimer + `",` + quiet + `}`, ""},
		"a role for moderators":       {`{"content":"To the moderators","allowed_mentions":{"parse":[],"roles":["` + p.guild.ID + `"]}}`, ""},
		"components v2":               {`{"content":"` + disclaimer + `","flags":32768,"components":[{"type":10,"content":"x"}],` + quiet + `}`, "components_v2 components_v2"},
	} {
		p.want(http.StatusOK, 0, "POST", path, test.body)
		if got := p.rules(); got != test.rules {
			t.Errorf("%s: broke %q, want %q", name, got, test.rules)
		}
	}
	sent := p.want(http.StatusOK, 0, "POST", path, text("hello"))
	p.want(http.StatusOK, 0, "PATCH", path+"/"+sent.id(), `{"components":[]}`)
	if got := p.rules(); got != "" {
		t.Errorf("a change that keeps the text broke %q", got)
	}
	p.want(http.StatusOK, 0, "PATCH", path+"/"+sent.id(), `{"content":"bare",`+quiet+`}`)
	if got := p.rules(); got != "disclaimer" {
		t.Errorf("an edit that takes the disclaimer away broke %q", got)
	}
}

func TestLimitsAreHeld(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordtest.Options{Disclaimer: func(string) bool { return true }})
	path := "/channels/" + p.help.ID + "/messages"
	button := func(label, id string) string {
		return fmt.Sprintf(`{"type":2,"style":1,"label":%q,"custom_id":%q}`, label, id)
	}
	row := func(content string) string { return `{"type":1,"components":[` + content + `]}` }
	distinct := func(count int) string {
		var all []string
		for i := range count {
			all = append(all, row(button("a", fmt.Sprint(i))))
		}
		return strings.Join(all, ",")
	}
	a := func(count int) string { return strings.Repeat("ä", count) }
	for name, test := range map[string]struct{ least, most string }{
		"content":       {`"content":"` + a(2000) + `"`, `"content":"` + a(2001) + `"`},
		"embeds":        {`"embeds":[` + many(`{"title":"a"}`, 10) + `]`, `"embeds":[` + many(`{"title":"a"}`, 11) + `]`},
		"embed title":   {`"embeds":[{"title":"` + a(256) + `"}]`, `"embeds":[{"title":"` + a(257) + `"}]`},
		"description":   {`"embeds":[{"description":"` + a(4096) + `"}]`, `"embeds":[{"description":"` + a(4097) + `"}]`},
		"all embeds":    {`"embeds":[` + many(`{"description":"`+a(3000)+`"}`, 2) + `]`, `"embeds":[` + many(`{"description":"`+a(3001)+`"}`, 2) + `]`},
		"fields":        {`"embeds":[{"fields":[` + many(`{"name":"a","value":"b"}`, 25) + `]}]`, `"embeds":[{"fields":[` + many(`{"name":"a","value":"b"}`, 26) + `]}]`},
		"field value":   {`"embeds":[{"fields":[{"name":"a","value":"` + a(1024) + `"}]}]`, `"embeds":[{"fields":[{"name":"a","value":"` + a(1025) + `"}]}]`},
		"rows":          {`"content":"x","components":[` + distinct(5) + `]`, `"content":"x","components":[` + distinct(6) + `]`},
		"label":         {`"content":"x","components":[` + row(button(a(80), "1")) + `]`, `"content":"x","components":[` + row(button(a(81), "1")) + `]`},
		"custom id":     {`"content":"x","components":[` + row(button("a", a(100))) + `]`, `"content":"x","components":[` + row(button("a", a(101))) + `]`},
		"same id twice": {`"content":"x"`, `"content":"x","components":[` + row(button("a", "1")+","+button("b", "1")) + `]`},
		"no label":      {`"content":"x"`, `"content":"x","components":[` + row(button("", "1")) + `]`},
		"options":       {`"content":"x"`, `"content":"x","components":[` + row(`{"type":3,"custom_id":"m","options":[`+many(`{"label":"a","value":"1"}`, 26)+`]}`) + `]`},
		"empty":         {`"content":"x"`, `"content":"  "`},
	} {
		p.want(http.StatusOK, 0, "POST", path, `{"allowed_mentions":{"parse":[]},`+test.least+`}`)
		if got := p.rules(); got != "" {
			t.Errorf("%s: what is allowed broke %q", name, got)
		}
		if got := p.do("POST", path, `{"allowed_mentions":{"parse":[]},`+test.most+`}`); got.status != http.StatusBadRequest {
			t.Errorf("%s: what is too much was answered with %d", name, got.status)
		}
		if got := p.rules(); got != "limits" {
			t.Errorf("%s: what is too much broke %q", name, got)
		}
	}
}

func TestLimitsOfFormsAndChoices(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordtest.Options{})
	field := `{"type":1,"components":[{"type":4,"custom_id":"a","label":"A","style":1}]}`
	action := p.ask()
	for name, data := range map[string]string{
		"title":  `{"custom_id":"m","title":"` + strings.Repeat("a", 46) + `","components":[` + field + `]}`,
		"fields": `{"custom_id":"m","title":"a","components":[` + many(field, 6) + `]}`,
		"none":   `{"custom_id":"m","title":"a","components":[]}`,
	} {
		p.respond(400, 50035, action, `{"type":9,"data":`+data+`}`)
		if got := p.rules(); got != "limits" {
			t.Errorf("%s: broke %q", name, got)
		}
	}
	typed := p.fake.Autocomplete(p.ana, p.help, "ask", "question", "", nil)
	p.respond(400, 50035, typed, `{"type":8,"data":{"choices":[`+many(`{"name":"a","value":"b"}`, 26)+`]}}`)
	if got := p.rules(); got != "limits" {
		t.Errorf("26 choices broke %q", got)
	}
}

func TestCommandsAreChecked(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordtest.Options{})
	path := "/applications/" + p.fake.Bot().ID + "/commands"
	for name, body := range map[string]string{
		"capitals":         `[{"name":"Ask","description":"x"}]`,
		"no description":   `[{"name":"ask"}]`,
		"long description": `[{"name":"ask","description":"` + strings.Repeat("a", 101) + `"}]`,
		"no such locale":   `[{"name":"ask","description":"x","name_localizations":{"es":"preguntar"}}]`,
		"twice":            `[{"name":"ask","description":"x"},{"name":"ask","description":"y"}]`,
		"order of options": `[{"name":"ask","description":"x","options":[{"type":3,"name":"a","description":"x"},{"type":3,"name":"b","description":"x","required":true}]}]`,
	} {
		p.want(400, 50035, "PUT", path, body)
		if got := p.rules(); got != "limits" {
			t.Errorf("%s: broke %q", name, got)
		}
	}
	before := p.fake.Commands()
	p.register()
	for i, command := range p.fake.Commands() {
		if command.ID != before[i].ID {
			t.Errorf("%s got another id when it was registered again", command.Name)
		}
	}
}

func TestHasteIsNoticed(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordtest.Options{})
	for range 60 {
		p.do("GET", "/users/@me", "")
	}
	if got := p.rules(); got != "rate" {
		t.Errorf("broke %q, want the rate", got)
	}
	for range 60 {
		action := p.ask()
		p.respond(204, 0, action, `{"type":5}`)
	}
	if got := p.rules(); got != "" {
		t.Errorf("answers to interactions broke %q", got)
	}
}

// recorder is a test that is watched.
type recorder struct {
	testing.TB
	cleanups []func()
	errors   []string
}

func (r *recorder) Helper() {}

func (r *recorder) Logf(string, ...any) {}

func (r *recorder) Cleanup(cleanup func()) { r.cleanups = append(r.cleanups, cleanup) }

func (r *recorder) Errorf(format string, arguments ...any) {
	r.errors = append(r.errors, fmt.Sprintf(format, arguments...))
}

func TestNewFailsByViolations(t *testing.T) {
	t.Parallel()
	watched := &recorder{TB: t}
	fake := discordtest.New(watched, nil, discordtest.Options{Disclaimer: discordtest.EndsWith(disclaimer)})
	guild := fake.NewGuild("Community")
	help := fake.NewChannel(guild, "help", discordtest.TextChannel)
	newRobot(t, fake).want(200, 0, "POST", "/channels/"+help.ID+"/messages", `{"content":"bare","allowed_mentions":{"parse":[]}}`)
	for _, cleanup := range watched.cleanups {
		cleanup()
	}
	if len(watched.errors) != 1 || !strings.Contains(watched.errors[0], "disclaimer") {
		t.Errorf("the test failed by %q", watched.errors)
	}
}
