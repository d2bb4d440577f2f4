package prompts

import (
	"io/fs"
	"strings"
)

// Search holds the words that explain the result of a search.
type Search struct {
	// Held, HeldAs and Missing say what a word of the query adds to a score;
	// Same names other sources that say the same, Differs shows another figure
	// beside a hit's own. They hold placeholders.
	Held    string `yaml:"held"`
	HeldAs  string `yaml:"held_as"`
	Missing string `yaml:"missing"`
	Same    string `yaml:"same"`
	Differs string `yaml:"differs"`
	// Nothing says that nothing was found.
	Nothing string `yaml:"nothing"`
	// And joins two places.
	And string `yaml:"and"`
	// Title, Heading and Text name the places in a passage.
	Title   string `yaml:"title"`
	Heading string `yaml:"heading"`
	Text    string `yaml:"text"`
}

// LoadSearch reads search.yaml.
func LoadSearch(words fs.FS) (Search, error) {
	var search Search
	err := decode(words, "search.yaml", &search)
	return search, err
}

// Fill puts values into the placeholders of a text: name, value, name, value …
func (Search) Fill(text string, values ...string) string {
	for i := 0; i+1 < len(values); i += 2 {
		text = strings.ReplaceAll(text, "{"+values[i]+"}", values[i+1])
	}
	return text
}
