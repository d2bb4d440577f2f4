package bot

import "sync"

// mostThreads is the number of threads that are remembered.
const mostThreads = 20_000

// threads remembers in which channel each thread is, and which are new. It is
// safe for concurrent use.
type threads struct {
	mutex   sync.Mutex
	parents map[string]string
	fresh   map[string]string // threads without a first post yet, with their authors
}

func newThreads() *threads { return &threads{parents: map[string]string{}, fresh: map[string]string{}} }

// add remembers a thread; author is who began it just now, empty for an old one.
func (t *threads) add(thread, parent, author string) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	if len(t.parents) >= mostThreads {
		clear(t.parents)
		clear(t.fresh)
	}
	t.parents[thread] = parent
	if author != "" {
		t.fresh[thread] = author
	}
}

// parentOf returns the channel of a thread, empty for what is none, as far as
// is known.
func (t *threads) parentOf(channel string) string {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	return t.parents[channel]
}

// opens reports whether a message is the first post of a new thread by who
// began it, and remembers that it came.
func (t *threads) opens(channel, author string) bool {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	if author == "" || t.fresh[channel] != author {
		return false
	}
	delete(t.fresh, channel)
	return true
}
