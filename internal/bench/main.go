// Command bench compares the project's own retrieval with Bleve and SQLite's
// FTS5: the same passages, the same queries, the same run. It is a module of its
// own, so that the product does not depend on them. It must never be imported.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"spsbot"
	"spsbot/answer"
	"spsbot/prompts"
	"spsbot/retrieval"
	"spsbot/retrieval/index"
)

// stamp names what the snapshots of a run are made of.
const stamp = "bench"

func main() {
	data := flag.String("data", "", "folder with the collection: its corpus, queries and synonyms")
	million := flag.Int("passages", 0, "also measure on so many passages made from the collection, such as 1000000")
	noFTS := flag.Bool("nofts", false, "leave SQLite out: it takes minutes on many passages")
	open := flag.String("open", "", "open a snapshot, search once and end (the bench starts itself so)")
	text := flag.String("query", "", "the query for -open")
	flag.Parse()
	err := error(nil)
	switch {
	case *open != "":
		err = openAndSearch(*open, *text)
	case *data == "":
		err = fmt.Errorf("-data names the folder of the collection")
	default:
		err = run(*data, *million, !*noFTS)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// bench is what one run needs.
type bench struct {
	words  *answer.Words
	folder string // for indexes on disk
	fts    bool
}

func run(data string, million int, fts bool) error {
	words, err := answer.LoadWords(prompts.Files())
	if err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "bench")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(folder) }() // the system's temporary folder
	b := &bench{words, folder, fts}
	c, err := readCorpus(data, &words.Lists)
	if err != nil {
		return err
	}
	fmt.Printf("%d answers in %d passages, %d queries\n\n", len(c.sources), len(c.passages), len(c.queries))
	if err := b.compare("the collection", c, true); err != nil {
		return err
	}
	vectors()
	if million == 0 {
		return nil
	}
	begun := time.Now()
	large := c.enlarge(million)
	fmt.Printf("\n%d passages made in %.0f s\n\n", len(large.passages), time.Since(begun).Seconds())
	return b.compare("many passages", large, false)
}

// compare builds every engine on a corpus and prints what it measures.
func (b *bench) compare(name string, c *corpus, judged bool) error {
	folder := filepath.Join(b.folder, fmt.Sprint(len(c.passages)))
	if err := os.Mkdir(folder, 0o700); err != nil {
		return err
	}
	fmt.Printf("== %s: %d passages\n\n", name, len(c.passages))
	own, set, err := b.own(folder, c)
	if err != nil {
		return err
	}
	results := []*result{own}
	if judged {
		synonyms, err := b.withSynonyms(c)
		if err != nil {
			return err
		}
		results = append(results, synonyms)
	}
	bleve, err := b.bleve(folder, c)
	if err != nil {
		return err
	}
	results = append(results, bleve)
	if b.fts {
		fts, err := b.sqlite(folder, c)
		if err != nil {
			return err
		}
		results = append(results, fts)
	}
	printTimes(results, bleve)
	if judged {
		printQuality(results)
		printDifference("own", own, "bleve", bleve)
		if err := printKinds(c, set); err != nil {
			return err
		}
	}
	return b.printOpen(folder, c)
}

// own builds and measures the project's engine: Rank is what each search and
// each answer begins with, Search what "spsbot search" does.
func (b *bench) own(folder string, c *corpus) (*result, *retrieval.Set, error) {
	r := &result{name: "own"}
	begun := cpuTime()
	set := retrieval.BuildPassages(c.sources, c.passages, b.words.Glossary, &b.words.Lists, b.words.Others)
	r.build = cpuTime() - begun
	path := filepath.Join(folder, snapshotFile)
	if err := set.Save(path, stamp); err != nil {
		return nil, nil, err
	}
	engine, err := retrieval.OpenEngine(path, stamp, b.words.Glossary, &b.words.Lists, b.words.Others)
	if err != nil {
		return nil, nil, err
	}
	if r.bytes, err = sizeOf(path); err != nil {
		return nil, nil, err
	}
	hits := make([]index.Hit, 0, 2*cutoff)
	err = r.measure(c, 5, func(text string, k int) ([]int, error) {
		hits = engine.Rank(hits[:0], text, k)
		found := make([]int, 0, k)
		for _, hit := range hits {
			found = append(found, hit.Passage)
		}
		return found, nil
	})
	return r, set, err
}

// withSynonyms measures with the collection's own synonym list as glossary.
func (b *bench) withSynonyms(c *corpus) (*result, error) {
	r := &result{name: "own, synonyms"}
	begun := cpuTime()
	set := retrieval.BuildPassages(c.sources, c.passages, join(b.words.Glossary, c.glossary), &b.words.Lists, nil)
	r.build = cpuTime() - begun
	hits := make([]index.Hit, 0, 2*cutoff)
	return r, r.measure(c, 3, func(text string, k int) ([]int, error) {
		hits = set.Rank(hits[:0], text, k)
		found := make([]int, 0, k)
		for _, hit := range hits {
			found = append(found, hit.Passage)
		}
		return found, nil
	})
}

func join(a, b spsbot.Glossary) spsbot.Glossary {
	return spsbot.Glossary{Concepts: append(append([]spsbot.Concept(nil), a.Concepts...), b.Concepts...)}
}

func (b *bench) bleve(folder string, c *corpus) (*result, error) {
	r := &result{name: "bleve"}
	begun := cpuTime()
	engine, err := newBleve(folder, c.passages)
	if err != nil {
		return nil, err
	}
	r.build = cpuTime() - begun
	if r.bytes, err = sizeOf(filepath.Join(folder, "bleve")); err != nil {
		return nil, err
	}
	return r, r.measure(c, 1, engine.search)
}

func (b *bench) sqlite(folder string, c *corpus) (*result, error) {
	r := &result{name: "fts5"}
	begun := cpuTime()
	engine, err := newFTS(folder, c.passages, &b.words.Lists)
	if err != nil {
		return nil, err
	}
	r.build = cpuTime() - begun
	if r.bytes, err = sizeOf(filepath.Join(folder, "fts.db")); err != nil {
		return nil, err
	}
	return r, r.measure(c, 0, engine.search)
}
