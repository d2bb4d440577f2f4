package openapi

import (
	"os"
	"strings"
	"testing"
)

// load loads the document, or skips: it is not part of this project.
func load(t *testing.T) *Document {
	t.Helper()
	name := os.Getenv(Variable)
	if name == "" {
		t.Skipf("%s is not set: Discord's OpenAPI document is compared with nothing", Variable)
	}
	document, err := Load(name)
	if err != nil {
		t.Fatal(err)
	}
	return document
}

func TestCheckKnowsWrongFromRight(t *testing.T) {
	document := load(t)
	for name, test := range map[string]struct {
		method, path, body string
		wrong              bool
	}{
		"a message":             {"POST", "/api/v9/channels/123456789012345678/messages", `{"content":"hello","allowed_mentions":{"parse":[]}}`, false},
		"content too long":      {"POST", "/channels/1234/messages", `{"content":"` + strings.Repeat("a", 4001) + `"}`, true},
		"a deferral":            {"POST", "/interactions/1234/token/callback", `{"type":5}`, false},
		"a response unheard of": {"POST", "/interactions/1234/token/callback", `{"type":77}`, true},
		"an edit of the first":  {"PATCH", "/webhooks/1234/token/messages/@original", `{"content":"hello"}`, false},
		"26 choices":            {"POST", "/interactions/1234/token/callback", `{"type":8,"data":{"choices":[` + strings.TrimSuffix(strings.Repeat(`{"name":"a","value":"b"},`, 26), ",") + `]}}`, true},
		"a custom id too long":  {"POST", "/channels/1234/messages", `{"components":[{"type":1,"components":[{"type":2,"style":1,"label":"a","custom_id":"` + strings.Repeat("a", 101) + `"}]}]}`, true},
		"commands with permissions in a string": {
			"PUT", "/applications/1234/commands",
			`[{"name":"settings","description":"Settings","default_member_permissions":"32"}]`, false,
		},
		"an unknown path": {"POST", "/nowhere", `{}`, true},
	} {
		t.Run(name, func(t *testing.T) {
			err := document.Check(test.method, test.path, []byte(test.body))
			if (err != nil) != test.wrong {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestLoadNamesTheFile(t *testing.T) {
	if _, err := Load("testdata/none.json"); err == nil || !strings.Contains(err.Error(), "none.json") {
		t.Errorf("got %v", err)
	}
}

type talker struct {
	testing.TB
	said string
}

func (t *talker) Helper() {}

func (t *talker) Logf(format string, _ ...any) { t.said += format }

func TestOracleSaysThatItIsOff(t *testing.T) {
	t.Setenv(Variable, "")
	listener := &talker{TB: t}
	if Oracle(listener) != nil || !strings.Contains(listener.said, "NOT compared") {
		t.Errorf("it said %q", listener.said)
	}
}
