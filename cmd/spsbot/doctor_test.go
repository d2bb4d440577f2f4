package main

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"spsbot/bot"
	"spsbot/bot/outbox"
	"spsbot/config"
	"spsbot/internal/keyring"
	"spsbot/internal/store/embedded"
)

const (
	madeUpToken = "a-made-up-token-that-nobody-may-see"
	madeUpKey   = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
)

// patient is a bot to look at: a Discord of a few canned answers, and a
// configuration with folders that are well.
type patient struct {
	answers  map[string]any // by path; a number is a status
	late     time.Duration  // how far Discord's clock is behind ours
	config   config.Config
	server   string // whose settings those are
	settings bot.Settings
}

type (
	object = map[string]any
	list   = []any
)

func newPatient(t *testing.T) *patient {
	t.Helper()
	folder := t.TempDir()
	needed := "0"
	if data, err := json.Marshal(uint64(outbox.NeededPermissions)); err == nil {
		needed = string(data)
	}
	p := &patient{config: config.Default(), server: "10", settings: bot.Settings{Channels: []string{"20"}}}
	p.config.Data, p.config.Keys = filepath.Join(folder, "data"), filepath.Join(folder, "keys")
	p.config.Token = madeUpToken
	p.config.Operator, p.config.PrivacyURL, p.config.TermsURL = "Ana", "https://example.org/privacy", "https://example.org/terms"
	p.answers = map[string]any{
		"/applications/@me": object{"id": "1", "name": "helper", "flags": 0, "verify_key": madeUpKey, "interactions_endpoint_url": nil},
		"/gateway/bot": object{
			"url": "wss://gateway.example", "shards": 1,
			"session_start_limit": object{"total": 1000, "remaining": 999, "reset_after": 3600000, "max_concurrency": 1},
		},
		"/users/@me/guilds": list{object{"id": "10", "name": "Community"}},
		"/guilds/10": object{"id": "10", "name": "Community", "roles": list{
			object{"id": "10", "name": "@everyone", "permissions": "1024"},
			object{"id": "11", "name": "bot", "permissions": needed},
			object{"id": "12", "name": "moderators", "permissions": "0"},
		}},
		"/guilds/10/members/1": object{"roles": list{"11"}},
		"/channels/20":         object{"id": "20", "guild_id": "10", "name": "help", "permission_overwrites": list{}},
	}
	return p
}

// ServeHTTP is the patient's Discord.
func (p *patient) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Date", time.Now().Add(-p.late).UTC().Format(http.TimeFormat))
	answer, found := p.answers[r.URL.Path]
	switch status, refused := answer.(int); {
	case r.Header.Get("Authorization") != "Bot "+madeUpToken:
		w.WriteHeader(http.StatusUnauthorized)
	case !found:
		w.WriteHeader(http.StatusNotFound)
	case refused:
		w.WriteHeader(status)
	default:
		if err := json.NewEncoder(w).Encode(answer); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
	}
}

// fill makes the folders as a bot that served for a while leaves them.
func (p *patient) fill(t *testing.T) {
	t.Helper()
	ctx := context.Background()
	store, err := embedded.Open(ctx, dataOptions{Data: p.config.Data}.state(), embedded.Options{})
	if err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(p.settings)
	if err != nil {
		t.Fatal(err)
	}
	if err := store.Put(ctx, "settings:"+p.server, data, 0); err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	ring, err := keyring.Open(p.config.Keys)
	if err != nil {
		t.Fatal(err)
	}
	if err := ring.Close(); err != nil {
		t.Fatal(err)
	}
}

// examine looks at everything but the documents, which take a while to load.
func (p *patient) examine(t *testing.T) []finding {
	t.Helper()
	discord := httptest.NewServer(p)
	defer discord.Close()
	p.config.DiscordAPI = discord.URL
	return p.look(t)
}

func (p *patient) look(t *testing.T) []finding {
	t.Helper()
	var out bytes.Buffer
	d := &doctor{out: &printer{out: &out}, json: true}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	d.operator(p.config)
	d.localChecks(ctx, p.config, "")
	return readFindings(t, out.String())
}

func readFindings(t *testing.T, out string) []finding {
	t.Helper()
	if strings.Contains(out, madeUpToken) {
		t.Errorf("the token is shown: %s", out)
	}
	var findings []finding
	for line := range strings.Lines(out) {
		var f finding
		if err := json.Unmarshal([]byte(line), &f); err != nil {
			t.Fatalf("%q is no finding: %v", line, err)
		}
		findings = append(findings, f)
	}
	return findings
}

func TestTheDoctorFindsNothingWhereAllIsWell(t *testing.T) {
	p := newPatient(t)
	p.fill(t)
	checks := map[string]bool{}
	for _, f := range p.examine(t) {
		checks[f.Check] = true
		if f.Status != statusOK || f.Advice != "" {
			t.Errorf("%+v", f)
		}
	}
	for _, want := range strings.Split("operator,token,intents,interactions,gateway,permissions,clock,data folder,keys", ",") {
		if !checks[want] {
			t.Errorf("%s was not looked at", want)
		}
	}
}

// Each fault gives the finding that names it, and advice.
func TestTheDoctorFindsEachFault(t *testing.T) {
	overwrites := func(all ...any) object {
		return object{"id": "20", "guild_id": "10", "name": "help", "permission_overwrites": all}
	}
	application := func(p *patient) object { return p.answers["/applications/@me"].(object) } //nolint:errcheck // made above
	roles := func(p *patient) list {
		return p.answers["/guilds/10"].(object)["roles"].(list) //nolint:errcheck // made above
	}
	for name, test := range map[string]struct {
		harm   func(p *patient)               // before the folders are made
		after  func(t *testing.T, p *patient) // when they are there
		check  string
		status status
		text   string
	}{
		"the token is wrong":        {harm: func(p *patient) { p.answers["/applications/@me"] = 401 }, check: "token", status: statusFailed, text: "does not accept it"},
		"discord refuses otherwise": {harm: func(p *patient) { p.answers["/applications/@me"] = 403 }, check: "token", status: statusFailed, text: "could not be asked"},
		"an intent is missing":      {harm: func(p *patient) { p.config.MessageContent = true }, check: "intents", status: statusFailed, text: "no message content intent"},
		"threads without the intent": {
			harm: func(p *patient) { p.settings.Threads = []string{"20"} }, check: "intents", status: statusWarning, text: "new threads",
		},
		"the key is another one": {
			harm: func(p *patient) { p.config.PublicKey = strings.Repeat("0", 64) }, check: "interactions", status: statusFailed, text: "not the key of this application",
		},
		"an endpoint without a key": {
			harm:  func(p *patient) { application(p)["interactions_endpoint_url"] = "https://bot.example/interactions" },
			check: "interactions", status: statusFailed, text: "https://bot.example/interactions",
		},
		"a key without an endpoint": {
			harm: func(p *patient) { p.config.PublicKey = strings.ToUpper(madeUpKey) }, check: "interactions", status: statusWarning, text: "was not told",
		},
		"no gateway":  {harm: func(p *patient) { p.answers["/gateway/bot"] = 403 }, check: "gateway", status: statusFailed, text: "did not give its address"},
		"no sessions": {harm: func(p *patient) { p.sessions(0, 1) }, check: "gateway", status: statusFailed, text: "for 1h0m0s: all 1000"},
		"few sessions": {
			harm: func(p *patient) { p.sessions(99, 1) }, check: "gateway", status: statusWarning, text: "99 of 1000",
		},
		"too many servers": {harm: func(p *patient) { p.sessions(1000, 2) }, check: "gateway", status: statusWarning, text: "2 connections"},
		"no server":        {harm: func(p *patient) { p.answers["/users/@me/guilds"] = list{} }, check: "permissions", status: statusWarning, text: "in no server"},
		"a server that it left": {
			harm: func(p *patient) { p.answers["/guilds/10"] = 404 }, check: "permissions", status: statusFailed, text: "not in the server 10",
		},
		"a role without permissions": {
			harm: func(p *patient) {
				p.settings.Channels = nil
				p.answers["/guilds/10/members/1"] = object{"roles": list{}}
			},
			check: "permissions", status: statusWarning, text: "lacks: Send Messages, Send Messages in Threads, Embed Links, Attach Files, Read Message History",
		},
		"a channel that is gone":   {harm: func(p *patient) { p.answers["/channels/20"] = 404 }, check: "permissions", status: statusFailed, text: "(20) that is gone"},
		"a channel that is hidden": {harm: func(p *patient) { p.answers["/channels/20"] = 403 }, check: "permissions", status: statusFailed, text: "cannot see the channel 20"},
		"a channel that forbids": {
			harm: func(p *patient) {
				p.answers["/channels/20"] = overwrites(object{"id": "11", "allow": "0", "deny": "16384"})
			},
			check: "permissions", status: statusFailed, text: "#help the bot lacks: Embed Links",
		},
		"a name that a terminal could obey": {
			harm: func(p *patient) {
				p.answers["/channels/20"] = object{"id": "20", "name": "\x1b]0;help\x07", "permission_overwrites": list{}}
			},
			check: "permissions", status: statusOK, text: "#?]0;help? the bot may",
		},
		"a review channel for everybody": {
			harm: func(p *patient) { p.settings.Review = "20" }, check: "permissions", status: statusWarning, text: "everybody can read",
		},
		"alerts to nowhere": {
			harm: func(p *patient) { p.settings.Alerts = []outbox.AlertKind{outbox.AlertEmergency} }, check: "alerts", status: statusWarning, text: "no channel",
		},
		"a role that cannot be mentioned": {harm: func(p *patient) { p.alert("12") }, check: "alerts", status: statusWarning, text: "nobody is notified"},
		"a role that is gone":             {harm: func(p *patient) { p.alert("13") }, check: "alerts", status: statusWarning, text: "is gone"},
		"a role that can be mentioned": {
			harm: func(p *patient) {
				p.alert("12")
				roles(p)[2].(object)["mentionable"] = true //nolint:errcheck // made above
			},
			check: "alerts", status: statusOK, text: `"moderators" is notified`,
		},
		"a clock that is late":      {harm: func(p *patient) { p.late = -5 * time.Second }, check: "clock", status: statusWarning, text: "differs"},
		"a clock of another day":    {harm: func(p *patient) { p.late = 24 * time.Hour }, check: "clock", status: statusFailed, text: "24h0m"},
		"no operator":               {harm: func(p *patient) { p.config.Operator = "" }, check: "operator", status: statusWarning, text: "who runs the bot"},
		"an address that is no web": {harm: func(p *patient) { p.config.TermsURL = "terms.txt" }, check: "operator", status: statusFailed, text: "no https address"},
		"keys within the data": {
			harm: func(p *patient) { p.config.Keys = "" }, after: keysInData, check: "keys", status: statusWarning, text: "inside the data folder",
		},
		"keys that are gone": {
			after: func(t *testing.T, p *patient) { must(t, os.RemoveAll(p.config.Keys)) }, check: "keys", status: statusFailed, text: "holds no keys",
		},
		"keys that are damaged": {
			after: func(t *testing.T, p *patient) {
				must(t, os.WriteFile(filepath.Join(p.config.Keys, "pseudonym.key"), []byte("short"), 0o600))
			},
			check: "keys", status: statusFailed, text: "damaged",
		},
		"a data folder for everybody": {
			after: func(t *testing.T, p *patient) { must(t, os.Chmod(p.config.Data, 0o755)) }, check: "data folder", status: statusFailed, text: "mode 0755",
		},
		"keys for a group": {
			after: func(t *testing.T, p *patient) { must(t, os.Chmod(p.config.Keys, 0o750)) }, check: "keys", status: statusWarning, text: "mode 0750",
		},
		"a data folder that is a file": {
			after: func(t *testing.T, p *patient) {
				must(t, os.RemoveAll(p.config.Data))
				must(t, os.WriteFile(p.config.Data, nil, 0o600))
			},
			check: "data folder", status: statusFailed, text: "is a file",
		},
		"a database that is none": {
			after: func(t *testing.T, p *patient) {
				must(t, os.WriteFile(filepath.Join(dataOptions{Data: p.config.Data}.state(), "state.db"), bytes.Repeat([]byte("no database "), 1000), 0o600))
			},
			check: "data folder", status: statusFailed, text: "cannot be read",
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPatient(t)
			if test.harm != nil {
				test.harm(p)
			}
			if p.config.Keys != "" {
				p.fill(t)
			}
			if test.after != nil {
				test.after(t, p)
			}
			findings := p.examine(t)
			for _, f := range findings {
				if f.Check == test.check && f.Status == test.status && strings.Contains(f.Text, test.text) {
					if (f.Advice == "") != (f.Status == statusOK) {
						t.Errorf("the advice is %q", f.Advice)
					}
					return
				}
			}
			t.Errorf("nobody says %q (%s: %s):\n%+v", test.text, test.check, test.status, findings)
		})
	}
}

func (p *patient) sessions(remaining, shards int) {
	p.answers["/gateway/bot"] = object{
		"url": "wss://gateway.example", "shards": shards,
		"session_start_limit": object{"total": 1000, "remaining": remaining, "reset_after": 3600000},
	}
}

func (p *patient) alert(role string) {
	p.settings.Alerts, p.settings.AlertRole, p.settings.Review = []outbox.AlertKind{outbox.AlertSupport}, role, "20"
}

// keysInData makes folders in which the keys stand where they stand by default.
func keysInData(t *testing.T, p *patient) {
	t.Helper()
	p.config.Keys = filepath.Join(p.config.Data, "keys")
	p.fill(t)
	p.config.Keys = ""
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// The whole command, as an operator runs it.
func TestDoctorEndsWithAStatus(t *testing.T) {
	p := newPatient(t)
	p.fill(t)
	discord := httptest.NewServer(p)
	defer discord.Close()
	for name, value := range map[string]string{
		"SPSBOT_DATA": p.config.Data, "SPSBOT_KEYS": p.config.Keys, "OPENAI_API_KEY": "another-secret", "DISCORD_TOKEN": madeUpToken,
	} {
		t.Setenv(name, value)
	}
	var out, complaints bytes.Buffer
	std := streams{in: strings.NewReader(""), out: &out, err: &complaints}
	if status := run(context.Background(), []string{"doctor", "--discord-api", discord.URL}, std); status != exitDone {
		t.Errorf("ended with %d:\n%s%s", status, &out, &complaints)
	}
	for _, want := range []string{"documents are loaded", "OPENAI_API_KEY is set, but not used yet", "Nothing failed. Warnings: 2;"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is missing in\n%s", want, &out)
		}
	}
	for _, secret := range []string{madeUpToken, "another-secret"} {
		if strings.Contains(out.String()+complaints.String(), secret) {
			t.Errorf("%q is shown", secret)
		}
	}
}

func TestDoctorNeedsNoToken(t *testing.T) {
	t.Setenv("DISCORD_TOKEN", "")
	t.Setenv("SPSBOT_DATA", filepath.Join(t.TempDir(), "data"))
	var out, complaints bytes.Buffer
	std := streams{in: strings.NewReader(""), out: &out, err: &complaints}
	if status := run(context.Background(), []string{"doctor", "--json"}, std); status != exitFailed || complaints.Len() > 0 {
		t.Errorf("ended with %d and says %s", status, &complaints)
	}
	skipped := 0
	for _, f := range readFindings(t, out.String()) {
		switch {
		case f.Status == statusSkipped:
			skipped++
		case (f.Status == statusFailed) != (f.Check == "token"):
			t.Errorf("%+v", f)
		}
	}
	if skipped != 5 {
		t.Errorf("%d checks were skipped, want 5:\n%s", skipped, &out)
	}
}

func TestDoctorStopsAtAWrongConfiguration(t *testing.T) {
	t.Setenv("SPSBOT_WORKERS", "0")
	t.Setenv("SPSBOT_RETENTION_DAYS", "0")
	var out bytes.Buffer
	if status := run(context.Background(), []string{"doctor"}, streams{out: &out, err: &out}); status != exitFailed {
		t.Errorf("ended with %d", status)
	}
	for _, want := range []string{"workers: from 1 to 1024", "retention_days: at least one day", "Failed: 1."} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is missing in\n%s", want, &out)
		}
	}
}

// Discord that cannot be reached is told within the time that the context gives.
func TestTheDoctorSaysWhenDiscordCannotBeReached(t *testing.T) {
	p := newPatient(t)
	p.config.DiscordAPI = "http://127.0.0.1:1"
	var out bytes.Buffer
	d := &doctor{out: &printer{out: &out}, json: true}
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	d.discord(ctx, p.config, nil, "")
	findings := readFindings(t, out.String())
	if len(findings) == 0 || findings[0].Status != statusFailed || !strings.Contains(findings[0].Text, "could not be asked") {
		t.Errorf("%+v", findings)
	}
}
