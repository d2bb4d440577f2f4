package prompts

import (
	"fmt"
	"io/fs"
	"strings"
)

// Number is one number to call, with its country.
type Number struct {
	Country string // ISO 3166-1 alpha-2
	Text    string
}

// Numbers are the numbers to call of one or several countries, by what they are for.
type Numbers struct {
	Emergency, Crisis, Poison, Violence []Number
}

// Directory holds the numbers to call of all countries.
type Directory struct {
	standard  []string
	countries map[string]country
}

type country struct {
	Emergency string `yaml:"emergency"`
	Crisis    string `yaml:"crisis"`
	Poison    string `yaml:"poison"`
	Violence  string `yaml:"violence"`
}

// LoadNumbers reads numbers.yaml.
func LoadNumbers(words fs.FS) (Directory, error) {
	var file struct {
		Default   []string           `yaml:"default"`
		Countries map[string]country `yaml:"countries"`
	}
	if err := decode(words, "numbers.yaml", &file); err != nil {
		return Directory{}, err
	}
	for _, code := range file.Default {
		if _, known := file.Countries[code]; !known {
			return Directory{}, fmt.Errorf("numbers.yaml: the default country %s has no numbers", code)
		}
	}
	return Directory{standard: file.Default, countries: file.Countries}, nil
}

// For returns the numbers of a country (ISO 3166-1 alpha-2), or of several when
// the country is unknown. A kind of help without a number there is empty.
func (d Directory) For(code string) Numbers {
	codes := d.standard
	if _, known := d.countries[strings.ToUpper(code)]; known {
		codes = []string{strings.ToUpper(code)}
	}
	var numbers Numbers
	for _, code := range codes {
		add := func(list *[]Number, text string) {
			if text != "" {
				*list = append(*list, Number{Country: code, Text: text})
			}
		}
		c := d.countries[code]
		add(&numbers.Emergency, c.Emergency)
		add(&numbers.Crisis, c.Crisis)
		add(&numbers.Poison, c.Poison)
		add(&numbers.Violence, c.Violence)
	}
	return numbers
}
