package spsbot

// Language is a language, other than that of the documents, in which questions
// are understood.
type Language struct {
	Words Words
	// Names are the names of concepts in that language, by concept id.
	Names map[string][]string
}

// Words are the word lists of one language that reading documents and
// questions needs. All entries are lower case; phrases have single spaces.
type Words struct {
	// Language is the BCP 47 tag of the lists.
	Language string `yaml:"language"`
	// Stems are the stems of words that the stemmer would throw together with
	// words of another meaning ("medication" and "medical").
	Stems map[string]string `yaml:"stems"`
	// Spellings are endings of words and how they are spelled otherwise ("ised", "ized").
	Spellings map[string]string `yaml:"spellings"`
	// Stop are function words: never searched for.
	Stop []string `yaml:"stop"`
	// Chatter are words that people use around a question and that ask for
	// nothing themselves ("wondering", "recently", "please"). They may rank a
	// passage, but no passage has to cover them.
	Chatter []string `yaml:"chatter"`
	// Weak are words that phrase a question and are no topic ("knock", "proper"):
	// a document hardly has to hold them.
	Weak []string `yaml:"weak"`
	// Openers are the words with which a sentence leans on the one before it ("it", "these").
	Openers []string `yaml:"openers"`
	// Copulas are the verbs of sentences that define something ("is", "means").
	Copulas []string `yaml:"copulas"`
	// Joiners are the words after which a question may begin inside a sentence
	// ("and", "also", "wondering").
	Joiners []string `yaml:"joiners"`
	// Abbreviations end with a period that does not end a sentence ("dr.", "e.g.").
	Abbreviations []string `yaml:"abbreviations"`
	// LeadEnds are the last words of a line that introduces a list and is no heading.
	LeadEnds []string `yaml:"lead_ends"`
	// QuestionStarts are the words and phrases with which a question begins.
	QuestionStarts []string `yaml:"question_starts"`
	// QuestionWords are those of QuestionStarts that ask even without a question mark ("what").
	QuestionWords []string `yaml:"question_words"`
	// Asks names what kind of answer is wanted, by the phrases that show it:
	// "figure", "duration", "money", "list", "definition", "place", "people".
	Asks map[string][]string `yaml:"asks"`
	// Shows names, for the keys of Asks, the words of a sentence that gives such an answer.
	Shows map[string][]string `yaml:"shows"`
	// Claims are the words of a claim of benefit ("improve", "effective").
	Claims []string `yaml:"claims"`
	// Furniture are phrases of menus, greetings, advertising and calls to act:
	// a line that holds one is never quoted.
	Furniture []string `yaml:"furniture"`
	// OwnStory are headings after which a patient tells and asks, until the
	// reply begins with one of ReplyStarts: never quoted.
	OwnStory []string `yaml:"own_story"`
	// ReplyStarts are the lines with which a reply to a patient begins.
	ReplyStarts []string `yaml:"reply_starts"`
	// FirstPerson are the words that mark a sentence as somebody's own telling.
	FirstPerson []string `yaml:"first_person"`
}
