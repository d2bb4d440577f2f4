package prompts

import (
	"io/fs"
	"strings"
	"unicode"

	"spsbot"
)

// Smalltalk tells what a message that asks for nothing wants.
type Smalltalk struct {
	kinds []smalltalkKind // in the order in which they are tried
}

type smalltalkKind struct {
	kind    spsbot.Smalltalk
	phrases []string
}

// LoadSmalltalk reads smalltalk.yaml.
func LoadSmalltalk(words fs.FS) (Smalltalk, error) {
	var file struct {
		Privacy []string `yaml:"privacy"`
		Thanks  []string `yaml:"thanks"`
		Hello   []string `yaml:"hello"`
	}
	if err := decode(words, "smalltalk.yaml", &file); err != nil {
		return Smalltalk{}, err
	}
	return Smalltalk{kinds: []smalltalkKind{
		{spsbot.SmalltalkPrivacy, file.Privacy},
		{spsbot.SmalltalkThanks, file.Thanks},
		{spsbot.SmalltalkHello, file.Hello},
	}}, nil
}

// Kind returns what a message wants: nothing that can be read, one of the
// listed kinds, else something about the bot itself.
func (s Smalltalk) Kind(message string) spsbot.Smalltalk {
	line := spaced(message)
	if strings.TrimSpace(line) == "" {
		return spsbot.SmalltalkEmpty
	}
	for _, kind := range s.kinds {
		for _, phrase := range kind.phrases {
			// Scripts without spaces between words are searched as they are.
			whole := strings.ContainsFunc(phrase, func(r rune) bool { return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) })
			if whole && strings.Contains(line, phrase) || strings.Contains(line, spaced(phrase)) {
				return kind.kind
			}
		}
	}
	return spsbot.SmalltalkAbout
}
