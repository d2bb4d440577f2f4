package answer

import (
	"fmt"
	"io/fs"

	"spsbot"
	"spsbot/answer/compose"
	"spsbot/answer/route"
	"spsbot/answer/verify"
	"spsbot/prompts"
	"spsbot/retrieval"
	"spsbot/retrieval/parse"
)

// sourceLanguage is the language whose word lists read the documents. The
// stemmer of the retrieval engine is that of this language, too.
const sourceLanguage = "en"

// Words are what reading documents and questions needs.
type Words struct {
	Glossary spsbot.Glossary
	Lists    spsbot.Words
	Others   func() []spsbot.Language
}

// LoadWords reads the glossary and the word lists.
func LoadWords(files fs.FS) (*Words, error) {
	glossary, err := prompts.Glossary(files)
	if err != nil {
		return nil, err
	}
	lists, err := prompts.Words(files, sourceLanguage)
	if err != nil {
		return nil, err
	}
	others := func() []spsbot.Language {
		languages, err := prompts.Languages(files)
		if err != nil {
			return nil // the files are embedded, and a test holds that they can be read
		}
		return languages
	}
	return &Words{Glossary: glossary, Lists: lists, Others: others}, nil
}

// Index makes documents searchable with these words.
func (w *Words) Index(documents []*parse.Document) *retrieval.Set {
	return retrieval.Build(documents, w.Glossary, &w.Lists, w.Others)
}

// NewEngine reads every word file and loads the router, or trains it where the
// stored one was made from other words.
func NewEngine(files fs.FS, words *Words) (*Engine, error) {
	engine := &Engine{composer: compose.New(&words.Lists)}
	var err error
	if engine.version, err = prompts.Version(files); err != nil {
		return nil, err
	}
	if engine.locales, err = prompts.LoadLocales(files); err != nil {
		return nil, err
	}
	if engine.numbers, err = prompts.LoadNumbers(files); err != nil {
		return nil, err
	}
	if engine.suggestions, err = prompts.LoadSuggestions(files); err != nil {
		return nil, err
	}
	if engine.smalltalk, err = prompts.LoadSmalltalk(files); err != nil {
		return nil, err
	}
	rules, err := prompts.Dose(files)
	if err != nil {
		return nil, err
	}
	if engine.guard, err = verify.NewGuard(rules); err != nil {
		return nil, fmt.Errorf("read the dose rules: %w", err)
	}
	if engine.router, engine.learned, err = route.Open(files, words.Glossary); err != nil {
		return nil, fmt.Errorf("make the router: %w", err)
	}
	return engine, nil
}

// Learned reports that the words were changed since the stored router was made
// from them, so that it had to learn them anew, which takes seconds.
func (e *Engine) Learned() bool { return e.learned }
