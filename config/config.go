// Package config reads how the bot is to run, from a file and the environment,
// into one checked struct. It must never be imported by anything but cmd, never
// act on what it reads, and never show a secret.
package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"reflect"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Config is everything that an operator can set. Each field can stand in the
// file under its yaml name, and in the environment under its env name, which
// wins. A secret can also stand in a file that NAME_FILE names.
type Config struct {
	// Data is the folder of the database; Keys the folder of the keys, which
	// must not be in the backups of Data: Data/keys when empty.
	Data string `yaml:"data" env:"SPSBOT_DATA"`
	Keys string `yaml:"keys" env:"SPSBOT_KEYS"`
	// Sources is a folder of documents, empty for the starter set.
	Sources string `yaml:"sources" env:"SPSBOT_SOURCES"`
	// Token is the bot's token.
	Token Secret `yaml:"discord_token" env:"DISCORD_TOKEN"`
	// PublicKey is the application's key: when set, interactions come by HTTP
	// to Listen instead of over the gateway.
	PublicKey string `yaml:"discord_public_key" env:"DISCORD_PUBLIC_KEY"`
	// DiscordAPI is the address of Discord's REST interface.
	DiscordAPI string `yaml:"discord_api" env:"SPSBOT_DISCORD_API"`
	// MessageContent says that the application has the message content intent,
	// which posts need that do not mention the bot.
	MessageContent bool `yaml:"message_content" env:"SPSBOT_MESSAGE_CONTENT"`
	// Listen is where /healthz and, with PublicKey, /interactions are served.
	Listen string `yaml:"listen" env:"SPSBOT_LISTEN"`
	// Operator, PrivacyURL and TermsURL are named by /privacy.
	Operator   string `yaml:"operator" env:"SPSBOT_OPERATOR"`
	PrivacyURL string `yaml:"privacy_url" env:"SPSBOT_PRIVACY_URL"`
	TermsURL   string `yaml:"terms_url" env:"SPSBOT_TERMS_URL"`
	// RetentionDays is how long records are kept.
	RetentionDays int `yaml:"retention_days" env:"SPSBOT_RETENTION_DAYS"`
	// Workers is how many questions are answered at the same time.
	Workers int `yaml:"workers" env:"SPSBOT_WORKERS"`
	// The limits: questions of one person in ten minutes, of a channel and of a
	// server in one minute, attempts at misuse of one person in ten minutes; 0
	// is no limit.
	LimitPerson  int `yaml:"limit_person" env:"SPSBOT_LIMIT_PERSON"`
	LimitChannel int `yaml:"limit_channel" env:"SPSBOT_LIMIT_CHANNEL"`
	LimitServer  int `yaml:"limit_server" env:"SPSBOT_LIMIT_SERVER"`
	LimitMisuse  int `yaml:"limit_misuse" env:"SPSBOT_LIMIT_MISUSE"`
	// LogLevel is "debug", "info", "warn" or "error".
	LogLevel string `yaml:"log_level" env:"SPSBOT_LOG_LEVEL"`
}

// Secret is a text that no output shows.
type Secret string

// String hides the secret.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return "(secret)"
}

// GoString hides the secret.
func (s Secret) GoString() string { return s.String() }

// MarshalText hides the secret.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Reveal returns the secret.
func (s Secret) Reveal() string { return string(s) }

// Default returns the settings of a bot of which nothing was said.
func Default() Config {
	return Config{
		Data: "data", DiscordAPI: "https://discord.com/api/v10", Listen: "127.0.0.1:8080", RetentionDays: 180, Workers: 32,
		LimitPerson: 20, LimitChannel: 120, LimitServer: 600, LimitMisuse: 5, LogLevel: "info",
	}
}

// Load reads a file, if a name is given, then the environment as os.Environ
// returns it, and checks the result.
func Load(file string, environment []string) (Config, error) {
	c := Default()
	if file != "" {
		data, err := os.ReadFile(file) //nolint:gosec // the operator names the file
		if err != nil {
			return c, fmt.Errorf("read the configuration: %w", err)
		}
		decoder := yaml.NewDecoder(bytes.NewReader(data))
		decoder.KnownFields(true)
		if err := decoder.Decode(&c); err != nil && !errors.Is(err, io.EOF) {
			return c, fmt.Errorf("read the configuration %s: %w", file, err)
		}
	}
	if err := c.overlay(environment); err != nil {
		return c, err
	}
	return c, c.check()
}

// overlay lets the environment win.
func (c *Config) overlay(environment []string) error {
	values := map[string]string{}
	for _, entry := range environment {
		name, value, _ := strings.Cut(entry, "=")
		values[name] = value
	}
	fields := reflect.ValueOf(c).Elem()
	for n := range fields.NumField() {
		name := fields.Type().Field(n).Tag.Get("env")
		value, found := values[name]
		if path := values[name+"_FILE"]; path != "" && fields.Field(n).Type() == reflect.TypeFor[Secret]() {
			data, err := os.ReadFile(path) //nolint:gosec // the operator names the file
			if err != nil {
				return fmt.Errorf("read %s_FILE: %w", name, err)
			}
			value, found = strings.TrimSpace(string(data)), true
		}
		if !found {
			continue
		}
		if err := set(fields.Field(n), value); err != nil {
			return fmt.Errorf("the environment variable %s: %w", name, err)
		}
	}
	return nil
}

// set writes a text into a field. What is wrong with a secret is said without it.
func set(field reflect.Value, value string) error {
	switch field.Interface().(type) {
	case int:
		number, err := strconv.Atoi(value)
		if err != nil {
			return fmt.Errorf("%q is no whole number", value)
		}
		field.SetInt(int64(number))
	case bool:
		on, err := strconv.ParseBool(value)
		if err != nil {
			return fmt.Errorf("%q is neither true nor false", value)
		}
		field.SetBool(on)
	default:
		field.SetString(value)
	}
	return nil
}

// check says what is wrong, all of it at once.
func (c *Config) check() error {
	var wrong []error
	complain := func(format string, args ...any) { wrong = append(wrong, fmt.Errorf(format, args...)) }
	if c.Data == "" {
		complain("data: a folder is needed (SPSBOT_DATA)")
	}
	if parsed, err := url.Parse(c.DiscordAPI); err != nil || parsed.Host == "" {
		complain("discord_api: %q is no address", c.DiscordAPI)
	}
	if key := c.PublicKey; key != "" && (len(key) != 64 || strings.Trim(strings.ToLower(key), "0123456789abcdef") != "") {
		complain("discord_public_key: it has 64 hexadecimal digits; copy it from the application's general information")
	}
	if c.RetentionDays < 1 {
		complain("retention_days: at least one day, not %d", c.RetentionDays)
	}
	if c.Workers < 1 || c.Workers > 1024 {
		complain("workers: from 1 to 1024, not %d", c.Workers)
	}
	for name, limit := range map[string]int{"limit_person": c.LimitPerson, "limit_channel": c.LimitChannel, "limit_server": c.LimitServer, "limit_misuse": c.LimitMisuse} {
		if limit < 0 {
			complain("%s: 0 for no limit, or more, not %d", name, limit)
		}
	}
	switch c.LogLevel {
	case "debug", "info", "warn", "error":
	default:
		complain("log_level: debug, info, warn or error, not %q", c.LogLevel)
	}
	return errors.Join(wrong...)
}
