package retrieval_test

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"spsbot"
	"spsbot/retrieval"
	"spsbot/retrieval/index"
	"spsbot/retrieval/parse"
	"spsbot/retrieval/snapshot"
)

// update is a flag and so belongs to the whole test program.
var update = flag.Bool("update", false, "write the test data anew") //nolint:gochecknoglobals // a test flag

const stamp = "documents 1, words 1"

func queries() []string {
	return []string{"plasmapheresis", "baclofenn", "What is stiff person syndrome?", "cold weather spasms", "volcano", ""}
}

// fixedWords are words and names that never change, as those of the program do.
func fixedWords() (spsbot.Glossary, *spsbot.Words) {
	return spsbot.Glossary{Concepts: []spsbot.Concept{
		{ID: "baclofen", Kind: spsbot.ConceptMedicine, Names: []string{"baclofen", "Lioresal"}},
		{ID: "plasma", Kind: spsbot.ConceptTreatment, Names: []string{"plasma exchange", "plasmapheresis"}},
	}}, &spsbot.Words{Language: "en", Stop: []string{"the", "of", "what", "is", "from", "and", "it", "when", "they", "a"}}
}

func fixedSet(t *testing.T) *retrieval.Set {
	t.Helper()
	glossary, words := fixedWords()
	var read []*parse.Document
	for _, name := range []string{"sps.md", "baclofen.md", "plasma.md"} {
		document, err := parse.Read(name, []byte(documents()[name]), nil, words)
		if err != nil {
			t.Fatal(err)
		}
		read = append(read, document)
	}
	return retrieval.Build(read, glossary, words, nil)
}

func openEngine(path string) (*retrieval.Engine, error) {
	glossary, words := fixedWords()
	return retrieval.OpenEngine(path, stamp, glossary, words, nil)
}

func ranks(engine *retrieval.Engine) [][]index.Hit {
	var all [][]index.Hit
	for _, query := range queries() {
		all = append(all, engine.Rank(nil, query, 5))
	}
	return all
}

func sameRanks(a, b [][]index.Hit) bool {
	return slices.EqualFunc(a, b, func(x, y []index.Hit) bool { return slices.Equal(x, y) })
}

func TestSnapshotRanksAlike(t *testing.T) {
	set := fixedSet(t)
	path := filepath.Join(t.TempDir(), "engine")
	if err := set.Save(path, stamp); err != nil {
		t.Fatal(err)
	}
	engine, err := openEngine(path)
	if err != nil {
		t.Fatal(err)
	}
	if engine.Len() != len(set.Passages()) || !sameRanks(ranks(engine), ranks(set.Engine)) {
		t.Errorf("%d passages, ranks %v; want %d, %v", engine.Len(), ranks(engine), len(set.Passages()), ranks(set.Engine))
	}
	if err := set.Save(path, "of other documents"); err != nil {
		t.Fatal(err)
	}
	if _, err := openEngine(path); !errors.Is(err, snapshot.ErrVersion) {
		t.Errorf("a snapshot of other documents: %v, want ErrVersion", err)
	}
}

// TestDamageIsNeverRead changes one byte after the other: either the snapshot
// cannot be opened, or a search finds nothing and says why, or the result is right.
func TestDamageIsNeverRead(t *testing.T) {
	set := fixedSet(t)
	path := filepath.Join(t.TempDir(), "engine")
	if err := set.Save(path, stamp); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want := set.Rank(nil, "plasma exchange", 5)
	refused, met := 0, 0
	for at := 0; at < len(whole); at += 3 {
		changed := slices.Clone(whole)
		changed[at] ^= 4
		if err := os.WriteFile(path, changed, 0o600); err != nil {
			t.Fatal(err)
		}
		engine, err := openEngine(path)
		if err != nil {
			if !errors.Is(err, snapshot.ErrDamaged) && !errors.Is(err, snapshot.ErrVersion) {
				t.Fatalf("byte %d: %v", at, err)
			}
			refused++
			continue
		}
		got := engine.Rank(nil, "plasma exchange", 5)
		switch {
		case engine.Damaged() && len(got) == 0:
			met++
		case !slices.Equal(got, want):
			t.Fatalf("byte %d: got %v, want %v", at, got, want)
		}
	}
	if refused == 0 || met == 0 {
		t.Errorf("%d snapshots were refused, and damage was met in %d searches", refused, met)
	}
}

// TestSnapshotOfBefore holds that a snapshot that was written by an earlier
// program is read as it was, or refused as one of another version.
func TestSnapshotOfBefore(t *testing.T) {
	path := filepath.Join("testdata", "engine.snapshot")
	set := fixedSet(t)
	if *update {
		if err := set.Save(path, stamp); err != nil {
			t.Fatal(err)
		}
	}
	engine, err := openEngine(path)
	if errors.Is(err, snapshot.ErrVersion) {
		t.Fatalf("the version was raised; run the test with -update to write the snapshot anew: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	if !sameRanks(ranks(engine), ranks(set.Engine)) {
		t.Error("texts are read, or passages ranked, in another way than when the snapshot was written: raise snapshotVersion, then -update")
	}
}
