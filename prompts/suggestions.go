package prompts

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"unicode"
)

// Suggestion is a general question that the bot can offer, in one language.
// Only this package makes one that is not empty, so that no other text is ever
// offered.
type Suggestion struct {
	ask      string
	language string
	near     []string // folded phrases, each with a space on either side
}

// Text returns the question.
func (s Suggestion) Text() string { return s.ask }

// Language returns the tag of the language that the question is in.
func (s Suggestion) Language() string { return s.language }

// LoadSuggestions reads suggestions.yaml: the questions of each language, by
// tag. That no translation is missing is held by a test.
func LoadSuggestions(words fs.FS) (map[string][]Suggestion, error) {
	var file struct {
		Questions []struct {
			Ask  map[string]string `yaml:"ask"`
			Near []string          `yaml:"near"`
		} `yaml:"questions"`
	}
	if err := decode(words, "suggestions.yaml", &file); err != nil {
		return nil, err
	}
	suggestions := map[string][]Suggestion{}
	for i, entry := range file.Questions {
		var near []string
		for _, phrase := range entry.Near {
			near = append(near, spaced(phrase))
		}
		if _, found := entry.Ask["en"]; !found {
			return nil, fmt.Errorf("suggestions.yaml: question %d has no English", i+1)
		}
		for language, ask := range entry.Ask {
			if strings.TrimSpace(ask) == "" {
				return nil, fmt.Errorf("suggestions.yaml: question %d asks nothing in %q", i+1, language)
			}
			suggestions[language] = append(suggestions[language], Suggestion{ask, language, near})
		}
	}
	return suggestions, nil
}

// Nearest returns the k suggestions that fit a message best, those that stand
// first in the list first where they fit alike.
func Nearest(suggestions []Suggestion, message string, k int) []Suggestion {
	line := spaced(message)
	fits := func(s Suggestion) int {
		count := 0
		for _, phrase := range s.near {
			if strings.Contains(line, phrase) {
				count++
			}
		}
		return count
	}
	sorted := slices.Clone(suggestions)
	slices.SortStableFunc(sorted, func(a, b Suggestion) int { return fits(b) - fits(a) })
	return sorted[:min(k, len(sorted))]
}

// spaced returns the lower-case words of a text, each with a space on either side.
func spaced(text string) string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return " " + strings.Join(words, " ") + " "
}
