package retrieval_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"spsbot"
	"spsbot/internal/figures"
	"spsbot/prompts"
	"spsbot/retrieval"
	"spsbot/retrieval/parse"
	"spsbot/sources"
)

// The figures of the ranking stand in golden files, so that a change shows what
// it costs in the diff: recall@1 and @5 (a right passage is the first, or among
// the first five), and the mean reciprocal rank of the first right one among ten.

// rankedQuestion is a question with what makes a passage right.
type rankedQuestion struct {
	kind, text string
	right      func(*spsbot.Passage) bool
}

// rankingFigures searches for each question and writes the figures by kind.
func rankingFigures(set *retrieval.Set, questions []rankedQuestion) string {
	type tally struct {
		count, first, five int
		reciprocal         float64
	}
	kinds := map[string]*tally{}
	for _, q := range questions {
		for _, kind := range []string{q.kind, "(all)"} {
			if kinds[kind] == nil {
				kinds[kind] = &tally{}
			}
			t := kinds[kind]
			t.count++
			at := slices.IndexFunc(set.Search(q.text, 10), func(h retrieval.Hit) bool {
				return q.right(h.Passage) || slices.ContainsFunc(h.Same, q.right)
			})
			if at < 0 {
				continue
			}
			t.reciprocal += 1 / float64(at+1)
			if at == 0 {
				t.first++
			}
			if at < 5 {
				t.five++
			}
		}
	}
	var out strings.Builder
	fmt.Fprintf(&out, "%-12s %9s %9s %9s %9s\n", "kind", "questions", "recall@1", "recall@5", "MRR@10")
	names := make([]string, 0, len(kinds))
	for kind := range kinds {
		names = append(names, kind)
	}
	slices.Sort(names)
	for _, kind := range names {
		t, n := kinds[kind], float64(kinds[kind].count)
		fmt.Fprintf(&out, "%-12s %9d %9.3f %9.3f %9.3f\n", kind, t.count, float64(t.first)/n, float64(t.five)/n, t.reciprocal/n)
	}
	return out.String()
}

func checkGolden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("the ranking changed; look at the difference, and run the test with -update when it is meant:\n%s", diff)
	}
}

// factQuestions are the questions of a set of which some passage holds a fact;
// such a passage is right.
func factQuestions(t *testing.T, set *retrieval.Set, file string) []rankedQuestion {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "answer", "testdata", file))
	if err != nil {
		t.Fatal(err)
	}
	cases, err := figures.ReadCases(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	var questions []rankedQuestion
	for _, c := range cases {
		right := func(p *spsbot.Passage) bool {
			return slices.ContainsFunc(c.Facts, func(fact string) bool { return holdsFact(p.Text, fact) })
		}
		if c.Route == spsbot.RouteAnswer && len(c.Turns) < 2 && slices.ContainsFunc(set.Passages(), right) {
			questions = append(questions, rankedQuestion{c.Style, c.Ask().Text, right})
		}
	}
	return questions
}

func holdsFact(text, fact string) bool {
	text = strings.ToLower(strings.Join(strings.Fields(text), " "))
	for alternative := range strings.SplitSeq(strings.ToLower(fact), "|") {
		if strings.Contains(text, alternative) {
			return true
		}
	}
	return false
}

// folderSet indexes a folder of documents as the program does.
func folderSet(t *testing.T, folder fs.FS) *retrieval.Set {
	t.Helper()
	glossary, err := prompts.Glossary(prompts.Files())
	if err != nil {
		t.Fatal(err)
	}
	words := englishWords(t)
	loaded, err := sources.Load(folder, words, time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	return retrieval.Build(loaded.Documents, glossary, words, nil)
}

func TestRankingOnTheStarterSet(t *testing.T) {
	folder, err := sources.Starter()
	if err != nil {
		t.Fatal(err)
	}
	set := folderSet(t, folder)
	checkGolden(t, "ranking_starter.golden", rankingFigures(set, factQuestions(t, set, "seed_questions.jsonl")))
}

func TestRankingOnTheSeeds(t *testing.T) {
	folder := os.Getenv("SPSBOT_SEEDS")
	if folder == "" {
		t.Skip("SPSBOT_SEEDS does not name the folder of the seed texts")
	}
	set := folderSet(t, os.DirFS(folder))
	checkGolden(t, "ranking_seeds.golden", rankingFigures(set, factQuestions(t, set, "seed_questions.jsonl")))
}

// TestRankingOnTheCollection reads a cut of MedQuAD as Markdown files, as an
// admin would have them: the disease as title, the kind of question as heading.
func TestRankingOnTheCollection(t *testing.T) {
	folder := os.Getenv("SPSBOT_EVAL")
	if folder == "" {
		t.Skip("SPSBOT_EVAL does not name the folder of the collection")
	}
	glossary, err := prompts.Glossary(prompts.Files())
	if err != nil {
		t.Fatal(err)
	}
	words := englishWords(t)
	var documents []*parse.Document
	for _, answer := range readObjects[struct{ ID, Title, QType, Text string }](t, filepath.Join(folder, "medquad_dev.corpus.jsonl.gz")) {
		title, err := json.Marshal(answer.Title) // a JSON text is a YAML text
		if err != nil {
			t.Fatal(err)
		}
		text := fmt.Sprintf("---\nid: %s\ntitle: %s\n---\n## %s\n\n%s\n", answer.ID, title, answer.QType, answer.Text)
		document, err := parse.Read(answer.ID+".md", []byte(text), nil, words)
		if err != nil {
			t.Fatal(err)
		}
		documents = append(documents, document)
	}
	set := retrieval.Build(documents, glossary, words, nil)
	var questions []rankedQuestion
	for _, q := range readObjects[struct {
		Kind, Query string
		Gold        []string
	}](t, filepath.Join(folder, "medquad_dev.queries.jsonl")) {
		questions = append(questions, rankedQuestion{q.Kind, q.Query, func(p *spsbot.Passage) bool { return slices.Contains(q.Gold, p.Source.ID) }})
	}
	checkGolden(t, "ranking_collection.golden", rankingFigures(set, questions))
}

// readObjects reads a file of one JSON object a line, packed or not.
func readObjects[T any](t *testing.T, path string) []T {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var from io.Reader = bytes.NewReader(data)
	if strings.HasSuffix(path, ".gz") {
		if from, err = gzip.NewReader(from); err != nil {
			t.Fatal(err)
		}
	}
	var out []T
	for decoder := json.NewDecoder(from); ; {
		var value T
		err := decoder.Decode(&value)
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, value)
	}
}
