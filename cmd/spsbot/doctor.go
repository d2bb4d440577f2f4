package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"unicode"

	"github.com/fatih/color"

	"spsbot/config"
	"spsbot/internal/store/embedded"
	"spsbot/prompts"
)

type doctorCommand struct {
	configOptions
	Server string `help:"Look at this server's channels alone." placeholder:"ID"`
	JSON   bool   `help:"One JSON object for each check."`
}

// Run looks at everything that serving needs, and says what to do about what is
// missing. It changes nothing.
func (c *doctorCommand) Run(ctx context.Context, std streams) error {
	d := &doctor{out: &printer{out: std.out}, style: newStyle(std.out), json: c.JSON}
	settings, usable := d.configuration(c.configOptions)
	if usable {
		d.answering(ctx, settings)
		d.operator(settings)
		d.localChecks(ctx, settings, c.Server)
		d.model(os.Environ())
	}
	return d.done()
}

// localChecks looks at Discord and at the folders; the settings of servers
// stand in a folder, and Discord says how they suit.
func (d *doctor) localChecks(ctx context.Context, settings config.Config, server string) {
	folders := dataOptions{Data: settings.Data, Keys: settings.Keys}
	state, err := embedded.OpenReader(folders.state())
	if err != nil {
		state = nil // the check of the data folder says why
	}
	d.discord(ctx, settings, state, server)
	d.data(ctx, folders, state)
	d.keys(folders, state != nil)
	if state == nil {
		return
	}
	if err := state.Close(); err != nil {
		d.failed("data folder", "Look at the disk.", "The database could not be closed: %v.", err)
	}
}

// status is the outcome of a check.
type status string

const (
	statusOK      status = "ok"
	statusWarning status = "warning"
	statusFailed  status = "failed"
	statusSkipped status = "skipped" // something else has to be well first
)

// finding is what a check says.
type finding struct {
	Check  string `json:"check"`
	Status status `json:"status"`
	Text   string `json:"text"`
	// Advice says what to do; empty when there is nothing to do.
	Advice string `json:"advice,omitempty"`
}

// doctor prints findings as they come.
type doctor struct {
	out   *printer
	style style
	json  bool
	count map[status]int
}

func (d *doctor) ok(check, format string, args ...any) {
	d.say(finding{check, statusOK, fmt.Sprintf(format, args...), ""})
}

func (d *doctor) warning(check, advice, format string, args ...any) {
	d.say(finding{check, statusWarning, fmt.Sprintf(format, args...), advice})
}

func (d *doctor) failed(check, advice, format string, args ...any) {
	d.say(finding{check, statusFailed, fmt.Sprintf(format, args...), advice})
}

func (d *doctor) skipped(why string, checks ...string) {
	for _, check := range checks {
		d.say(finding{check, statusSkipped, "Not looked at: " + why, ""})
	}
}

func (d *doctor) say(f finding) {
	if d.count == nil {
		d.count = map[status]int{}
	}
	d.count[f.Status]++
	f.Text = printable(f.Text) // names of servers and channels are other people's words
	if d.json {
		line, err := json.Marshal(f)
		if err != nil {
			d.out.err = errors.Join(d.out.err, err)
		}
		d.out.printf("%s\n", line)
		return
	}
	colours := map[status]color.Attribute{
		statusOK: color.FgGreen, statusWarning: color.FgYellow, statusFailed: color.FgRed, statusSkipped: color.Faint,
	}
	d.out.printf("%s %-13s %s\n", d.style.paint(colours[f.Status], fmt.Sprintf("%-8s", f.Status)), f.Check, f.Text)
	if f.Advice != "" {
		d.out.printf("%-8s %-13s → %s\n", "", "", f.Advice)
	}
}

// printable takes out of a text what a terminal could obey.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return '?'
		}
		return r
	}, text)
}

// done sums up; the exit status is 1 when a check failed.
func (d *doctor) done() error {
	if !d.json {
		switch failed, warned := d.count[statusFailed], d.count[statusWarning]; {
		case failed > 0:
			d.out.printf("\nFailed: %d. The arrows say what to do; run this again afterwards.\n", failed)
		case warned > 0:
			d.out.printf("\nNothing failed. Warnings: %d; the arrows say what could be better.\n", warned)
		default:
			d.out.printf("\nAll is well.\n")
		}
	}
	if err := d.out.done("the findings"); err != nil {
		return err
	}
	if d.count[statusFailed] > 0 {
		return errReported
	}
	return nil
}

// configuration reads the configuration; usable is false when there is no use
// in looking further.
func (d *doctor) configuration(options configOptions) (settings config.Config, usable bool) {
	settings, err := options.read()
	if err != nil {
		d.failed("configuration", "Correct this first. The other checks follow when it is done.", "%s.", strings.ReplaceAll(err.Error(), "\n", "; "))
		return settings, false
	}
	from := "the environment"
	if options.Config != "" {
		from = options.Config + " and the environment"
	}
	d.ok("configuration", "It was read from %s.", from)
	return settings, true
}

// answering looks at the words and documents that questions are answered from.
func (d *doctor) answering(ctx context.Context, settings config.Config) {
	if _, err := prompts.LoadInterfaces(prompts.Files()); err != nil {
		d.failed("words", "The program is damaged: build or install it again.", "%v.", err)
		return
	}
	var said strings.Builder // the same that stands in set.Problems
	all, err := sourceOptions{Sources: settings.Sources}.load(ctx, streams{err: &said})
	if err != nil {
		d.failed("documents", "docs/sources.md says what a folder of documents looks like.", "%v.", err)
		return
	}
	for _, problem := range all.set.Problems {
		d.warning("documents", "docs/sources.md explains the facts that a document needs.", "%s.", problem)
	}
	name := sourceOptions{Sources: settings.Sources}.name()
	d.ok("documents", "Words and %d documents are loaded (%s, version %s).", len(all.set.Documents), name, all.set.Version)
}

// operator looks at what /privacy says of who runs the bot.
func (d *doctor) operator(settings config.Config) {
	if _, err := prompts.NewOperator(settings.Operator, settings.PrivacyURL, settings.TermsURL); err != nil {
		d.failed("operator", "Correct SPSBOT_OPERATOR, SPSBOT_PRIVACY_URL or SPSBOT_TERMS_URL.", "%v.", err)
		return
	}
	var missing []string
	for _, one := range []struct{ name, value string }{
		{"SPSBOT_OPERATOR", settings.Operator}, {"SPSBOT_PRIVACY_URL", settings.PrivacyURL}, {"SPSBOT_TERMS_URL", settings.TermsURL},
	} {
		if one.value == "" {
			missing = append(missing, one.name)
		}
	}
	if len(missing) > 0 {
		d.warning("operator", "Set "+strings.Join(missing, ", ")+", so that people know whom they trust.",
			"/privacy cannot say who runs the bot and under which terms.")
		return
	}
	d.ok("operator", "/privacy names %q.", settings.Operator)
}

// model says that a language model is configured in vain.
func (d *doctor) model(environment []string) {
	for _, entry := range environment {
		name, value, _ := strings.Cut(entry, "=")
		if value != "" && (name == "OPENAI_BASE_URL" || name == "OPENAI_API_KEY" || name == "OPENAI_API_KEY_FILE") {
			d.warning("model", "Take it away, or leave it for a later version.", "%s is set, but not used yet: no question leaves for a language model.", name)
		}
	}
}
