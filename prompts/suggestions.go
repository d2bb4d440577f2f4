package prompts

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"unicode"
)

// Suggestion is a general question that the bot can offer. Only this package
// makes one that is not empty, so that no other text is ever offered.
type Suggestion struct {
	ask  string
	near []string // folded phrases, each with a space on either side
}

// Text returns the question.
func (s Suggestion) Text() string { return s.ask }

// LoadSuggestions reads suggestions.yaml.
func LoadSuggestions(words fs.FS) ([]Suggestion, error) {
	var file struct {
		Questions []struct {
			Ask  string   `yaml:"ask"`
			Near []string `yaml:"near"`
		} `yaml:"questions"`
	}
	if err := decode(words, "suggestions.yaml", &file); err != nil {
		return nil, err
	}
	var suggestions []Suggestion
	for i, entry := range file.Questions {
		if strings.TrimSpace(entry.Ask) == "" {
			return nil, fmt.Errorf("suggestions.yaml: question %d asks nothing", i+1)
		}
		suggestion := Suggestion{ask: entry.Ask}
		for _, phrase := range entry.Near {
			suggestion.near = append(suggestion.near, spaced(phrase))
		}
		suggestions = append(suggestions, suggestion)
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
