package main

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"spsbot/config"
)

// composed is what docker-compose.yml says, as far as something is promised.
type composed struct {
	Services map[string]struct {
		User        string
		ReadOnly    bool     `yaml:"read_only"`
		Privileged  bool     `yaml:"privileged"`
		CapDrop     []string `yaml:"cap_drop"`
		CapAdd      []string `yaml:"cap_add"`
		SecurityOpt []string `yaml:"security_opt"`
		Restart     string
		Grace       string `yaml:"stop_grace_period"`
		Environment map[string]string
		Secrets     []string
		Volumes     []string
		Ports       []string
		Healthcheck struct{ Test []string }
		Deploy      struct {
			Resources struct {
				Limits struct {
					CPUs   string `yaml:"cpus"`
					Memory string
					Pids   int
				}
			}
		}
		Logging struct{ Options map[string]string }
	}
	Volumes map[string]any
	Secrets map[string]struct{ File string }
}

func TestTheComposeFileKeepsItsPromises(t *testing.T) {
	var file composed
	if err := yaml.Unmarshal([]byte(readText(t, "../../docker-compose.yml")), &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Services) != 1 {
		t.Fatalf("%d services, want one process", len(file.Services))
	}
	bot := file.Services["bot"]
	limits := bot.Deploy.Resources.Limits
	for promise, kept := range map[string]bool{
		"no root":                       regexp.MustCompile(`^[1-9]\d*:[1-9]\d*$`).MatchString(bot.User),
		"a root that is read-only":      bot.ReadOnly,
		"no privileges":                 !bot.Privileged && slices.Equal(bot.CapDrop, []string{"ALL"}) && len(bot.CapAdd) == 0,
		"no new privileges":             slices.Contains(bot.SecurityOpt, "no-new-privileges:true"),
		"it is started again":           bot.Restart == "unless-stopped",
		"answers are finished":          bot.Grace == "45s",
		"the token is a file":           bot.Environment["DISCORD_TOKEN_FILE"] == "/run/secrets/discord_token" && slices.Equal(bot.Secrets, []string{"discord_token"}),
		"the file of the token":         file.Secrets["discord_token"].File == "./secrets/discord_token",
		"nothing is open to the world":  len(bot.Ports) == 0,
		"limits of processor, memory":   limits.CPUs != "" && limits.Memory != "" && limits.Pids > 0,
		"a limit of the program's log":  bot.Logging.Options["max-size"] != "" && bot.Logging.Options["max-file"] != "",
		"the health check is a command": slices.Equal(bot.Healthcheck.Test, []string{"CMD", "/spsbot", "health"}),
	} {
		if !kept {
			t.Errorf("this promise is not kept: %s", promise)
		}
	}
	checkVolumes(t, bot.Volumes, bot.Environment, file.Volumes)
	checkEnvironment(t, bot.Environment)
}

// checkVolumes holds that data and keys are on volumes of their own, neither
// inside the other.
func checkVolumes(t *testing.T, mounts []string, environment map[string]string, declared map[string]any) {
	t.Helper()
	data, keys := environment["SPSBOT_DATA"], environment["SPSBOT_KEYS"]
	if want := []string{"data:" + data, "keys:" + keys}; !slices.Equal(mounts, want) {
		t.Errorf("the volumes are %q, want %q", mounts, want)
	}
	if data == "" || keys == "" || strings.HasPrefix(keys+"/", data+"/") || strings.HasPrefix(data+"/", keys+"/") {
		t.Errorf("data are in %q, keys in %q", data, keys)
	}
	for _, name := range []string{"data", "keys"} {
		if _, found := declared[name]; !found {
			t.Errorf("the volume %s is not declared", name)
		}
	}
	image := readText(t, "../../Dockerfile")
	for variable, folder := range map[string]string{"SPSBOT_DATA": data, "SPSBOT_KEYS": keys} {
		if !strings.Contains(image, variable+"="+folder) || !strings.Contains(image, "/folders"+folder) || !strings.Contains(image, `"`+folder+`"`) {
			t.Errorf("the image does not make %s, or does not know it as %s", folder, variable)
		}
	}
}

// checkEnvironment holds that the file sets only what the program reads, and
// that it is valid as it stands.
func checkEnvironment(t *testing.T, environment map[string]string) {
	t.Helper()
	var entries []string
	for name, value := range environment {
		if name == "GOMEMLIMIT" { // Go's own
			continue
		}
		if !strings.Contains(readText(t, guide), "`"+name+"`") {
			t.Errorf("nobody reads %s", name)
		}
		if substitution := regexp.MustCompile(`^\$\{` + name + `:-(.*)\}$`).FindStringSubmatch(value); substitution != nil {
			value = substitution[1]
		}
		if name != "DISCORD_TOKEN_FILE" { // it is not here
			entries = append(entries, name+"="+value)
		}
	}
	if _, err := config.Load("", entries); err != nil {
		t.Error(err)
	}
}

func TestTheImageIsSmallAndRunsAsNobody(t *testing.T) {
	image := readText(t, "../../Dockerfile")
	for _, want := range []string{
		"CGO_ENABLED=0", "-trimpath", "\nFROM scratch\n", "\nUSER 65532:65532\n", "ca-certificates.crt",
		`CMD ["/spsbot", "health"]`, `ENTRYPOINT ["/spsbot"]`, `CMD ["serve"]`,
	} {
		if !strings.Contains(image, want) {
			t.Errorf("%q is missing in the Dockerfile", want)
		}
	}
	for _, from := range regexp.MustCompile(`(?m)^FROM (\S+)`).FindAllStringSubmatch(image, -1) {
		_, tag, _ := strings.Cut(from[1], ":")
		if from[1] != "scratch" && (tag == "" || tag == "latest") {
			t.Errorf("%s has no fixed tag", from[1])
		}
	}
	built := regexp.MustCompile(`(?m)^FROM golang:1\.(\d+)`).FindStringSubmatch(image)
	needed := regexp.MustCompile(`(?m)^go 1\.(\d+)`).FindStringSubmatch(readText(t, "../../go.mod"))
	if built == nil || needed == nil {
		t.Fatal("the versions of Go cannot be read")
	}
	have, _ := strconv.Atoi(built[1]) // both are digits
	want, _ := strconv.Atoi(needed[1])
	if have < want {
		t.Errorf("the image is built with Go 1.%d, but go.mod needs 1.%d", have, want)
	}
}

// What must not come into an image or the repository is left out of both.
func TestSecretsAreLeftOut(t *testing.T) {
	for _, name := range []string{"../../.dockerignore", "../../.gitignore"} {
		for _, want := range []string{"/secrets/", ".env", "/data/", "/keys/"} {
			if !strings.Contains(readText(t, name), want) {
				t.Errorf("%s does not name %s", name, want)
			}
		}
	}
}
