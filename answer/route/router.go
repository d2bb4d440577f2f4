package route

import (
	"fmt"
	"runtime"
	"sync"

	"spsbot"
	"spsbot/prompts"
)

// Router decides routes. It is made by New, never changes afterwards and is
// safe for concurrent use.
type Router struct {
	folder     *folder
	tongues    *tongues
	lexicon    *lexicon
	words      map[string]*word
	rules      []rule
	model      *model
	thresholds map[spsbot.Route]float64
	sets       sets
	crises     map[spsbot.Crisis]classSet // classes of the rules for each kind of emergency
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

// New compiles the rules and trains the model.
func New(examples []prompts.Example, rules prompts.RouteRules, glossary spsbot.Glossary) (*Router, error) {
	r := &Router{folder: newFolder(rules.Folding), words: map[string]*word{}, thresholds: rules.Thresholds}
	r.tongues = newTongues(r.folder, rules.Tongues)
	var err error
	if r.lexicon, err = newLexicon(r.folder, rules, glossary, r.tongues.number); err != nil {
		return nil, fmt.Errorf("compile route phrases: %w", err)
	}
	r.folder.learn(r.lexicon.vocabulary(), rules.Tongues)
	if r.rules, err = compileRules(r.lexicon, rules.Rules); err != nil {
		return nil, fmt.Errorf("compile route rules: %w", err)
	}
	r.sets, r.crises = newSets(r.lexicon), crisisClasses(r.rules)
	if r.model, err = r.learn(examples); err != nil {
		return nil, fmt.Errorf("train the router: %w", err)
	}
	return r, nil
}

// learn trains the model, and on the way the languages.
func (r *Router) learn(examples []prompts.Example) (*model, error) {
	routes := learnedRoutes()
	index := map[spsbot.Route]int{}
	for i, route := range routes {
		index[route] = i
	}
	index[spsbot.RouteNoSource] = index[spsbot.RouteAnswer]
	for _, example := range examples {
		if _, ok := index[example.Route]; !ok {
			return nil, fmt.Errorf("example %q: route %q is not learned", example.Text, example.Route)
		}
	}
	scans := make([]*scan, len(examples))
	inParallel(len(examples), func(i int) { scans[i] = scanText(r.folder.fold(examples[i].Text)) })
	r.intern(examples, scans)
	samples := make([]sample, len(examples))
	inParallel(len(examples), func(i int) {
		active := uint32(0)
		if n, ok := r.tongues.number[examples[i].Language]; ok {
			active = 1 << n
		}
		seen := r.view(scans[i], active)
		features, text := r.features(seen, 0, len(seen.tokens))
		samples[i] = sample{features: features, text: text, route: index[examples[i].Route]}
	})
	for _, w := range r.words {
		w.strange = false // from now on every example is another one
	}
	return train(routes, samples), nil
}

// intern makes the words of the examples and learns the languages from them.
func (r *Router) intern(examples []prompts.Example, scans []*scan) {
	for i, s := range scans {
		for j := range s.tokens {
			t := &s.tokens[j]
			if r.words[t.text] == nil {
				r.words[t.text] = r.newWord(t.text)
			}
			t.word = r.words[t.text]
			t.word.count++
			r.tongues.count(examples[i].Language, t.text)
		}
	}
	for text, w := range r.words {
		w.strange = w.count == 1 && len(w.symbols) == 0 && !isNumber(text)
	}
	r.tongues.learn(r.words)
}

// inParallel calls work for each number below n, on as many cores as there
// are. The calls must not depend on each other.
func inParallel(n int, work func(i int)) {
	cores := runtime.GOMAXPROCS(0)
	var all sync.WaitGroup
	for core := range cores {
		all.Go(func() {
			for i := core; i < n; i += cores {
				work(i)
			}
		})
	}
	all.Wait()
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

// lookup fills in the words of tokens.
func (r *Router) lookup(tokens []token) {
	for i := range tokens {
		tokens[i].word = r.wordOf(tokens[i].text)
	}
}

// wordOf returns what is known of a form. A form that is not known at all is
// taken for a slip of a known one, if there is one that is a slip away.
func (r *Router) wordOf(text string) *word {
	if w, ok := r.words[text]; ok {
		return w
	}
	w := r.newWord(text)
	if len(w.symbols) == 0 {
		if meant := r.meant(text); meant != "" {
			if known, ok := r.words[meant]; ok {
				return known
			}
			w = r.newWord(meant)
			text = meant
		} else {
			w.strange = true
		}
	}
	w.tongues = r.tongues.likelihoods(text, w.traits)
	return w
}
