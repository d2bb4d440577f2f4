package route

import (
	"fmt"
	"runtime"
	"sync"

	"spsbot"
	"spsbot/prompts"
)

// learn makes the vocabulary and the model from examples.
func (r *Router) learn(examples []prompts.Example) error {
	index := map[spsbot.Route]int{}
	for i, route := range learnedRoutes() {
		index[route] = i
	}
	index[spsbot.RouteNoSource] = index[spsbot.RouteAnswer]
	for _, example := range examples {
		if _, ok := index[example.Route]; !ok {
			return fmt.Errorf("example %q: route %q is not learned", example.Text, example.Route)
		}
	}
	scans := make([]*scan, len(examples))
	inParallel(len(examples), func(i int) { scans[i] = scanText(r.folder.fold(examples[i].Text)) })
	r.countWords(examples, scans)
	r.intern(scans)
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
	r.model = train(learnedRoutes(), samples)
	return nil
}

// frequentWord is how often a frequent word of a language counts as seen in it.
const frequentWord = 3

// countWords makes the vocabulary of the examples.
func (r *Router) countWords(examples []prompts.Example, scans []*scan) {
	c := &counter{languages: len(r.tongues.list), words: map[string]*counted{}}
	for i, s := range scans {
		language, ok := r.tongues.number[examples[i].Language]
		if !ok {
			language = -1
		}
		for _, t := range s.tokens {
			c.add(t.text, language, 1, 1)
		}
	}
	for text, mask := range r.tongues.common {
		for n, tongue := range r.tongues.list {
			if tongue.Replies && mask>>n&1 == 1 {
				c.add(text, n, 0, frequentWord)
			}
		}
	}
	r.words = c.freeze()
	r.tongues.learn(r.words)
}

// intern fills in the words of examples. A word that a single example holds is
// as strange to the others as one that was never seen.
func (r *Router) intern(scans []*scan) {
	known := map[string]*word{}
	for _, s := range scans {
		for i := range s.tokens {
			t := &s.tokens[i]
			if known[t.text] == nil {
				w := r.wordOf(t.text)
				w.rare = r.rare(t.text, w, 1)
				w.strange = r.words.count(t.text) == 1 && len(w.symbols) == 0 && !isNumber(t.text)
				known[t.text] = w
			}
			t.word = known[t.text]
		}
	}
}

// rareWord is how many other examples may have a rare word.
const rareWord = 5

// rare reports whether a word is rare, own examples aside.
func (r *Router) rare(text string, w *word, own int) bool {
	return r.words.count(text)-own <= rareWord && !w.filler && len(w.symbols) == 0 && !isNumber(text)
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
