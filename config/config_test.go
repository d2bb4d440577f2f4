package config_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"spsbot/config"
)

func write(t *testing.T, text string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "spsbot.yaml")
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestTheEnvironmentWinsOverTheFile(t *testing.T) {
	file := write(t, "data: /var/lib/spsbot\nworkers: 4\nlimit_person: 7\n")
	c, err := config.Load(file, []string{"SPSBOT_WORKERS=8", "SPSBOT_MESSAGE_CONTENT=true", "OTHER=1"})
	if err != nil {
		t.Fatal(err)
	}
	if c.Data != "/var/lib/spsbot" || c.Workers != 8 || c.LimitPerson != 7 || !c.MessageContent || c.RetentionDays != 180 {
		t.Errorf("got %+v", c)
	}
}

func TestASecretComesFromAFileAndIsNeverShown(t *testing.T) {
	file := write(t, "topsecret\n")
	c, err := config.Load("", []string{"DISCORD_TOKEN_FILE=" + file})
	if err != nil {
		t.Fatal(err)
	}
	if c.Token.Reveal() != "topsecret" {
		t.Errorf("the token is %q", c.Token.Reveal())
	}
	written, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	for _, shown := range []string{fmt.Sprint(c), fmt.Sprintf("%+v", c), fmt.Sprintf("%#v", c), string(written)} {
		if strings.Contains(shown, "topsecret") {
			t.Errorf("the token is shown in %q", shown)
		}
	}
}

func TestWhatIsWrongIsSaid(t *testing.T) {
	for text, want := range map[string]string{
		"wokers: 3":                     "wokers",
		"workers: 0":                    "workers: from 1 to 1024",
		"retention_days: 0":             "retention_days: at least one day",
		"limit_person: -1":              "limit_person: 0 for no limit",
		"log_level: loud":               "log_level: debug, info, warn or error",
		"discord_public_key: abc":       "64 hexadecimal digits",
		"discord_api: nowhere":          "is no address",
		"data: \"\"":                    "a folder is needed",
		"workers: 0\nretention_days: 0": "retention_days",
	} {
		if _, err := config.Load(write(t, text), nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q gives %v, want something on %q", text, err, want)
		}
	}
	for entry, want := range map[string]string{
		"SPSBOT_WORKERS=many":            "SPSBOT_WORKERS",
		"SPSBOT_MESSAGE_CONTENT=perhaps": "SPSBOT_MESSAGE_CONTENT",
		"DISCORD_TOKEN_FILE=/not/there":  "DISCORD_TOKEN_FILE",
	} {
		if _, err := config.Load("", []string{entry}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q gives %v, want something on %q", entry, err, want)
		}
	}
}
