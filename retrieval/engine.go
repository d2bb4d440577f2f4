package retrieval

import (
	"sync"
	"sync/atomic"

	"spsbot"
	"spsbot/retrieval/index"
)

// Engine ranks passages by their numbers: the index with the words that it was
// made of, and what reads a query. It is safe for concurrent use.
type Engine struct {
	current    atomic.Pointer[index.Index]
	vocabulary *vocabulary
	sketches   sketches
	language   *language // that of the documents
	// languages are the others in which questions are understood, by tag; read
	// when the first such question comes.
	languages func() map[string]*language
	// expansions are the terms that serve each concept, worked out when it is
	// first asked for.
	expansions []atomic.Pointer[expansion]
}

func newEngine(glossary spsbot.Glossary, words *spsbot.Words, others func() []spsbot.Language) *Engine {
	e := &Engine{
		language:   newLanguage(glossary, words),
		expansions: make([]atomic.Pointer[expansion], len(glossary.Concepts)),
	}
	e.languages = sync.OnceValue(func() map[string]*language {
		languages := map[string]*language{}
		if others == nil {
			return languages
		}
		for _, other := range others() {
			languages[other.Words.Language] = e.language.in(&other)
		}
		return languages
	})
	return e
}

func (e *Engine) index() *index.Index { return e.current.Load() }

// Len returns the number of passages.
func (e *Engine) Len() int { return e.index().Len() }

// Rank appends the k best passages for a query to hits, best first, with the
// configuration of every search: names of the glossary, misspelled words.
func (e *Engine) Rank(hits []index.Hit, query string, k int) []index.Hit {
	return e.index().Search(hits, groupsOf(e.reader("").units(query)), k)
}

// Damaged reports whether a search met a part of a snapshot that is not as it
// was written. Such a search found nothing; the engine has to be built anew.
func (e *Engine) Damaged() bool { return e.index().Damaged() }
