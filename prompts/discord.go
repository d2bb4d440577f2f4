package prompts

import (
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// Interface are the words of the buttons, menus, commands and panels on Discord
// in one language, as its file in discord/ holds them.
type Interface struct {
	Language string `yaml:"language"`
	// Locales are Discord's own tags for the language; empty where it has none.
	Locales []string `yaml:"locales"`
	// Trials is the question that the command for clinical trials asks.
	Trials   string                  `yaml:"trials"`
	Commands map[string]CommandTexts `yaml:"commands"`
	Buttons  ButtonTexts             `yaml:"buttons"`
	Modals   ModalsTexts             `yaml:"modals"`
	Menus    MenuTexts               `yaml:"menus"`
	Panels   PanelTexts              `yaml:"panels"`
	Sections map[string]SectionTexts `yaml:"sections"`
	Alerts   AlertTexts              `yaml:"alerts"`
}

// CommandTexts name a command or one of its options.
type CommandTexts struct {
	Name        string `yaml:"name"`
	Description string `yaml:"description"`
}

// ButtonTexts are the labels of the buttons under a reply, at most 80 characters.
type ButtonTexts struct {
	Passages   string `yaml:"passages"`
	Helpful    string `yaml:"helpful"`
	Wrong      string `yaml:"wrong"`
	FollowUp   string `yaml:"follow_up"`
	General    string `yaml:"general"`
	Mine       string `yaml:"mine"`
	Forget     string `yaml:"forget"`
	ForgetSure string `yaml:"forget_sure"`
	More       string `yaml:"more"`
}

// ModalsTexts are those of the forms.
type ModalsTexts struct {
	Wrong    ModalTexts `yaml:"wrong"`
	FollowUp ModalTexts `yaml:"follow_up"`
	Duty     ModalTexts `yaml:"duty"`
	Country  ModalTexts `yaml:"country"`
}

// ModalTexts are those of a form with one field; title and label have at most 45 characters.
type ModalTexts struct {
	Title       string `yaml:"title"`
	Label       string `yaml:"label"`
	Placeholder string `yaml:"placeholder"`
}

// MenuTexts stand in menus where nothing is chosen yet.
type MenuTexts struct {
	Source string `yaml:"source"`
}

// PanelTexts are what moderators see in /settings and /setup.
type PanelTexts struct {
	Denied         string `yaml:"denied"`
	Summary        string `yaml:"summary"`
	Choose         string `yaml:"choose"`
	Saved          string `yaml:"saved"`
	Step           string `yaml:"step"`
	Done           string `yaml:"done"`
	NotSet         string `yaml:"not_set"`
	Everywhere     string `yaml:"everywhere"`
	On             string `yaml:"on"`
	Off            string `yaml:"off"`
	Next           string `yaml:"next"`
	Back           string `yaml:"back"`
	Clear          string `yaml:"clear"`
	InvalidCountry string `yaml:"invalid_country"`
	RefusedText    string `yaml:"refused_text"`
}

// SectionTexts are those of one group of settings.
type SectionTexts struct {
	Title string `yaml:"title"`
	Text  string `yaml:"text"`
}

// AlertTexts tell moderators what needs them.
type AlertTexts struct {
	Emergency string `yaml:"emergency"`
	Support   string `yaml:"support"`
	Feedback  string `yaml:"feedback"`
	Several   string `yaml:"several"`
	Report    string `yaml:"report"`
}

// Interfaces are those of all languages, by tag.
type Interfaces map[string]Interface

// LoadInterfaces reads all files of discord/.
func LoadInterfaces(words fs.FS) (Interfaces, error) {
	files, err := fs.Glob(words, "discord/*.yaml")
	if err != nil {
		return nil, fmt.Errorf("list the interface texts: %w", err)
	}
	all := Interfaces{}
	for _, file := range files {
		var texts Interface
		if err := decode(words, file, &texts); err != nil {
			return nil, err
		}
		if want := strings.TrimSuffix(path.Base(file), ".yaml"); texts.Language != want {
			return nil, fmt.Errorf("%s: its language is %q, its name says %q", file, texts.Language, want)
		}
		all[texts.Language] = texts
	}
	if _, found := all["en"]; !found {
		return nil, fmt.Errorf("the interface texts have no English")
	}
	return all, nil
}

// For returns the texts of the first tag that has some; "pt-BR" is served by
// "pt". English when none has.
func (i Interfaces) For(tags ...string) Interface {
	for _, tag := range tags {
		if texts, found := i[primary(tag)]; found {
			return texts
		}
	}
	return i["en"]
}
