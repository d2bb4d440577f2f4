package spsbot

// CheckWords are the words by which new documents are checked before an admin
// publishes them. All entries are lower case; phrases have single spaces.
type CheckWords struct {
	// Promotion are phrases of advertising.
	Promotion []string `yaml:"promotion"`
	// Instructions are phrases with which a text speaks to a language model.
	Instructions []string `yaml:"instructions"`
	// Markers are strings, compared as they are but for case, that set turns and
	// roles apart for a language model.
	Markers []string `yaml:"markers"`
	// Personal are labels before somebody's personal data.
	Personal []string `yaml:"personal"`
	// Negations turn a claim into its opposite.
	Negations []string `yaml:"negations"`
	// Turns are words that turn a claim around when one stands for another
	// ("increase", "decrease").
	Turns []string `yaml:"turns"`
	// Numbers are numbers that are written as words.
	Numbers []string `yaml:"numbers"`
}
