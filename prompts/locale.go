package prompts

import (
	_ "embed" // for the disclaimer
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"spsbot"
)

//go:embed replies/disclaimer.txt
var disclaimer string

// Texts are the reply texts of one language, as its file in replies/ holds them.
// Words in braces are places that the reply fills in.
type Texts struct {
	Language   string      `yaml:"language"`
	Name       string      `yaml:"name"`
	Disclaimer string      `yaml:"disclaimer"`
	Answer     AnswerTexts `yaml:"answer"`
	Notices    NoticeTexts `yaml:"notices"`
	Numbers    NumberTexts `yaml:"numbers"`
}

// AnswerTexts frame the sentences of a cited answer.
type AnswerTexts struct {
	About      string                 `yaml:"about"`
	Withheld   string                 `yaml:"withheld"`
	Sources    string                 `yaml:"sources"`
	Summary    string                 `yaml:"summary"`
	Published  string                 `yaml:"published"`
	Reviewed   string                 `yaml:"reviewed"`
	Undated    string                 `yaml:"undated"`
	Commercial string                 `yaml:"commercial"`
	Overdue    string                 `yaml:"overdue"`
	Passages   string                 `yaml:"passages"`
	Strength   StrengthTexts          `yaml:"strength"`
	Kinds      map[spsbot.Kind]string `yaml:"kinds"`
}

// StrengthTexts say in plain words how strong the sources of an answer are.
type StrengthTexts struct {
	Strong     string `yaml:"strong"`
	Reviewed   string `yaml:"reviewed"`
	Mixed      string `yaml:"mixed"`
	Weak       string `yaml:"weak"`
	Commercial string `yaml:"commercial"`
}

// NoticeTexts are the fixed replies.
type NoticeTexts struct {
	Emergency  map[spsbot.Crisis]string `yaml:"emergency"`
	Dosing     string                   `yaml:"dosing"`
	Personal   string                   `yaml:"personal"`
	Support    string                   `yaml:"support"`
	Misuse     string                   `yaml:"misuse"`
	Smalltalk  SmalltalkTexts           `yaml:"smalltalk"`
	OutOfScope string                   `yaml:"out_of_scope"`
	Language   string                   `yaml:"language"`
	NoSource   string                   `yaml:"no_source"`
	Apology    string                   `yaml:"apology"`
	Limited    string                   `yaml:"limited"`
	Expired    string                   `yaml:"expired"`
	Elsewhere  string                   `yaml:"elsewhere"`
	// Helping are for somebody who has another person's message checked.
	Helping      map[spsbot.Crisis]string `yaml:"helping"`
	Opened       string                   `yaml:"opened"`
	OpenedSource string                   `yaml:"opened_source"`
	Sources      string                   `yaml:"sources"`
	Vetted       string                   `yaml:"vetted"`
	NotVetted    string                   `yaml:"not_vetted"`
	PrivacyTexts `yaml:",inline"`
	Helpful      string `yaml:"helpful"`
	Wrong        string `yaml:"wrong"`
	Nearest      string `yaml:"nearest"`
	Suggestions  string `yaml:"suggestions"`
}

// SmalltalkTexts answer greetings, thanks and questions about the bot itself.
type SmalltalkTexts struct {
	Hello   string `yaml:"hello"`
	Thanks  string `yaml:"thanks"`
	About   string `yaml:"about"`
	Privacy string `yaml:"privacy"`
	Empty   string `yaml:"empty"`
}

// PrivacyTexts say what is kept, and answer who wants to see or lose it.
type PrivacyTexts struct {
	Privacy   string `yaml:"privacy"`
	Model     string `yaml:"privacy_model"`
	NoModel   string `yaml:"privacy_no_model"`
	Operator  string `yaml:"privacy_operator"`
	Policy    string `yaml:"privacy_policy"`
	Terms     string `yaml:"privacy_terms"`
	Mine      string `yaml:"mine"`
	MineNone  string `yaml:"mine_none"`
	Forget    string `yaml:"forget"`
	Forgotten string `yaml:"forgotten"`
}

// NumberTexts write numbers to call.
type NumberTexts struct {
	Line          string `yaml:"line"`
	Local         string `yaml:"local"`
	LocalCrisis   string `yaml:"local_crisis"`
	LocalPoison   string `yaml:"local_poison"`
	LocalViolence string `yaml:"local_violence"`
}

// Locale is a language in which the bot can reply. The zero value is English
// without any text but the disclaimer.
type Locale struct {
	texts *Texts
	names map[string]string // of all languages with reply texts, by tag
}

// Tag returns the BCP 47 tag of the language.
func (l Locale) Tag() string {
	if l.texts == nil {
		return "en"
	}
	return l.texts.Language
}

// Texts returns a copy of the reply texts; the zero value of a locale has none.
func (l Locale) Texts() Texts {
	if l.texts == nil {
		return Texts{}
	}
	texts := *l.texts
	texts.Answer.Kinds = maps.Clone(texts.Answer.Kinds)
	texts.Notices.Emergency = maps.Clone(texts.Notices.Emergency)
	texts.Notices.Helping = maps.Clone(texts.Notices.Helping)
	return texts
}

// NameOf returns a language's own name for itself, or its tag when it has no reply texts.
func (l Locale) NameOf(tag string) string {
	if name, known := l.names[tag]; known {
		return name
	}
	return tag
}

// Disclaimer returns the see-your-doctor words that end every message.
func (l Locale) Disclaimer() string {
	if l.texts == nil || l.texts.Disclaimer == "" {
		return strings.TrimSpace(disclaimer)
	}
	return l.texts.Disclaimer
}

// Locales are the languages that have reply texts, by tag.
type Locales map[string]Locale

// LoadLocales reads all files of replies/. It checks form only; that no text
// and no place in a text is missing is held by a test.
func LoadLocales(words fs.FS) (Locales, error) {
	files, err := fs.Glob(words, "replies/*.yaml")
	if err != nil {
		return nil, fmt.Errorf("list the reply texts: %w", err)
	}
	locales := Locales{}
	names := map[string]string{}
	for _, file := range files {
		texts := &Texts{}
		if err := decode(words, file, texts); err != nil {
			return nil, err
		}
		if want := strings.TrimSuffix(path.Base(file), ".yaml"); texts.Language != want {
			return nil, fmt.Errorf("%s: its language is %q, its name says %q", file, texts.Language, want)
		}
		locales[texts.Language] = Locale{texts, names}
		names[texts.Language] = texts.Name
	}
	if _, found := locales["en"]; !found {
		return nil, fmt.Errorf("the reply texts have no English")
	}
	return locales, nil
}

// Tags returns the tags of all locales, sorted.
func (l Locales) Tags() []string {
	tags := make([]string, 0, len(l))
	for tag := range l {
		tags = append(tags, tag)
	}
	slices.Sort(tags)
	return tags
}

// For returns the locale of the first tag that has one; "pt-BR" is served by
// "pt". English when none has.
func (l Locales) For(tags ...string) Locale {
	for _, tag := range tags {
		if locale, found := l[primary(tag)]; found {
			return locale
		}
	}
	return l["en"]
}

// primary returns the language of a tag: "pt" of "pt-BR".
func primary(tag string) string {
	language, _, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(tag, "_", "-")), "-")
	return language
}
