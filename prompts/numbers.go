package prompts

import (
	"cmp"
	"fmt"
	"io/fs"
	"strings"
)

// Number is one number to call, with its country. Only this package makes one
// that is not empty, so that no other text is ever shown as a number.
type Number struct{ country, text string }

// Country returns the ISO 3166-1 alpha-2 code of the number's country.
func (n Number) Country() string { return n.country }

// Text returns the number as it is shown.
func (n Number) Text() string { return n.text }

// Numbers are the numbers to call of one or several countries, by what they are for.
type Numbers struct {
	// Emergency is for medical help, Police for people who are hurt by somebody,
	// Crisis for thoughts of suicide, Poison for overdoses, Violence for
	// confidential help.
	Emergency, Police, Crisis, Poison, Violence []Number
	// Known says that they are those of the person's own country.
	Known bool
}

// Directory holds the numbers to call of all countries.
type Directory struct {
	standard  []string
	countries map[string]country
}

type country struct {
	Emergency string `yaml:"emergency"`
	Police    string `yaml:"police"`
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
	var numbers Numbers
	if _, numbers.Known = d.countries[strings.ToUpper(code)]; numbers.Known {
		codes = []string{strings.ToUpper(code)}
	}
	for _, code := range codes {
		add := func(list *[]Number, text string) {
			if text != "" {
				*list = append(*list, Number{country: code, text: text})
			}
		}
		c := d.countries[code]
		add(&numbers.Emergency, c.Emergency)
		add(&numbers.Police, cmp.Or(c.Police, c.Emergency))
		add(&numbers.Crisis, c.Crisis)
		add(&numbers.Poison, c.Poison)
		add(&numbers.Violence, c.Violence)
	}
	return numbers
}
