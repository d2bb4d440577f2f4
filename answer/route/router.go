package route

import (
	"errors"
	"fmt"
	"io/fs"

	"spsbot"
	"spsbot/prompts"
)

// Router decides routes. It is made by New, never changes afterwards and is
// safe for concurrent use.
type Router struct {
	folder  *folder
	tongues *tongues
	lexicon *lexicon
	words   *vocabulary
	rules   []rule
	model   *model
	weights map[spsbot.Route]float32 // how much the model's opinion of a route counts
	reasons reasons
	sets    sets
	crises  map[spsbot.Crisis]classSet // classes of the rules for each kind of emergency
}

// learnedRoutes are the routes that the model tells apart: the fixed ones but
// language, which is no matter of meaning, and answer, which stands for
// no_source as well.
func learnedRoutes() []spsbot.Route {
	return []spsbot.Route{
		spsbot.RouteEmergency, spsbot.RouteDosing, spsbot.RoutePersonal, spsbot.RouteMisuse,
		spsbot.RouteSupport, spsbot.RouteSmalltalk, spsbot.RouteOutOfScope, spsbot.RouteAnswer,
	}
}

// New compiles the rules and trains the model, which takes seconds.
func New(examples []prompts.Example, rules prompts.RouteRules, glossary spsbot.Glossary) (*Router, error) {
	r := &Router{folder: newFolder(rules.Folding)}
	r.tongues = newTongues(r.folder, rules.Tongues)
	var err error
	if r.lexicon, err = newLexicon(r.folder, rules, glossary, r.tongues.number); err != nil {
		return nil, fmt.Errorf("compile route phrases: %w", err)
	}
	if err := r.equip(rules); err != nil {
		return nil, err
	}
	if err := r.learn(examples); err != nil {
		return nil, fmt.Errorf("train the router: %w", err)
	}
	return Load(r.Store(""), "", rules) // so that it decides as a stored one does
}

// equip adds to a router with a lexicon what the rules say.
func (r *Router) equip(rules prompts.RouteRules) error {
	r.folder.learn(r.lexicon, rules.Tongues)
	r.weights = rules.Weights
	var err error
	if r.rules, err = compileRules(r.lexicon, rules.Rules); err != nil {
		return fmt.Errorf("compile route rules: %w", err)
	}
	if r.reasons, err = newReasons(r.lexicon, rules); err != nil {
		return fmt.Errorf("compile route reasons: %w", err)
	}
	if r.sets, err = newSets(r.lexicon, rules); err != nil {
		return fmt.Errorf("compile route sets: %w", err)
	}
	r.crises = crisisClasses(r.rules)
	return nil
}

// lookup fills in the words of tokens. known are those of the message that were
// looked up before.
func (r *Router) lookup(tokens []token, known map[string]*word) {
	for i := range tokens {
		t := &tokens[i]
		if t.word = known[t.text]; t.word == nil {
			t.word = r.wordOf(t.text)
			known[t.text] = t.word
		}
	}
}

// wordOf returns what is known of a form. A form that is not known at all is
// taken for a slip of a known one, if there is one that is a slip away.
func (r *Router) wordOf(text string) *word {
	w := r.newWord(text)
	if len(w.symbols) == 0 && r.words.count(text) == 0 {
		if meant := r.meant(text); meant != "" {
			text = meant
			w = r.newWord(text)
		} else {
			w.strange = true
		}
	}
	w.rare = r.rare(text, w, 0)
	w.tongues = r.tongues.likelihoods(text, w.traits)
	return w
}

// newWord makes what is known of a form without its languages.
func (r *Router) newWord(text string) *word {
	w := &word{symbols: r.lexicon.symbolsOf(text), single: unblanked(first(text)), filler: r.tongues.common[text] != 0}
	if isNumber(text) {
		text = numberWord
	}
	w.self, w.traits = hashString(hashStart, text), grams(text)
	return w
}

// Open makes the router of a set of word files: the stored one, if it was made
// from these very words, else one that learns them now, which takes seconds;
// learned says so.
func Open(files fs.FS, glossary spsbot.Glossary) (router *Router, learned bool, err error) {
	inputs, err := prompts.RouterInputs(files, glossary)
	if err != nil {
		return nil, false, err
	}
	tables, err := prompts.RuleTables(files)
	if err != nil {
		return nil, false, err
	}
	if stored, err := fs.ReadFile(files, prompts.StoredRouter); err == nil {
		switch router, err = Load(stored, inputs, tables); {
		case err == nil:
			return router, false, nil
		case !errors.Is(err, ErrStale):
			return nil, false, fmt.Errorf("load the stored router: %w", err)
		}
	}
	examples, err := prompts.Examples(files)
	if err != nil {
		return nil, false, err
	}
	rules, err := prompts.Rules(files)
	if err != nil {
		return nil, false, err
	}
	router, err = New(examples, rules, glossary)
	return router, true, err
}
