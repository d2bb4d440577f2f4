package route

import (
	"cmp"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"spsbot"
	"spsbot/internal/figures"
	"spsbot/prompts"
)

// folds and wrong are flags and so belong to the whole test program.
var (
	folds = flag.Int("folds", 0, "cross-validate the router with so many folds")                      //nolint:gochecknoglobals // a test flag
	wrong = flag.String("wrong", "", "write the messages that cross-validation gets wrong to a file") //nolint:gochecknoglobals // a test flag
)

// TestCrossValidation measures the router on each part of its examples after
// learning from the others, against a golden file. Messages that nearly say the
// same fall into one part. Phrases and rules do not change from part to part, so
// the figures are kind to messages that phrases were written for.
func TestCrossValidation(t *testing.T) {
	if *folds < 2 {
		t.Skip("takes a minute; run it with -folds 10")
	}
	_, rules, glossary := load(t)
	examples, origins := examplesByFile(t)
	parts := deal(newFolder(rules.Folding), examples, *folds)
	decisions := make([]spsbot.Decision, len(examples))
	inParallel(*folds, func(n int) {
		var rest []prompts.Example
		for i, e := range examples {
			if parts[i] != n {
				rest = append(rest, e)
			}
		}
		router, err := New(rest, rules, glossary)
		if err != nil {
			t.Error(err)
			return
		}
		for i, e := range examples {
			if parts[i] == n {
				decisions[i] = router.Decide(spsbot.Question{Text: e.Text})
			}
		}
	})
	if t.Failed() {
		return
	}
	var all []figures.Outcome
	byFile := map[string][2]int{}
	var list strings.Builder
	for i, e := range examples {
		d := decisions[i]
		if d.Route == spsbot.RouteAnswer && e.Route == spsbot.RouteNoSource {
			d.Route = spsbot.RouteNoSource
		}
		all = append(all, figures.Outcome{Case: figures.Case{Route: e.Route, Language: e.Language}, Record: spsbot.Record{Route: d.Route, Why: d.Why}})
		count := byFile[origins[i]]
		count[1]++
		if d.Route == e.Route {
			count[0]++
		} else {
			fmt.Fprintf(&list, "%s\t%s→%s\t%q\t%q\n", origins[i], e.Route, d.Route, e.Text, d.Why)
		}
		byFile[origins[i]] = count
	}
	got := fmt.Sprintf("%d folds\n\n%s\nright route by file\n", *folds, figures.Of(all))
	for _, name := range slices.Sorted(maps.Keys(byFile)) {
		count := byFile[name]
		got += fmt.Sprintf("  %5.1f%% of %4d  %s\n", 100*float64(count[0])/float64(count[1]), count[1], name)
	}
	if *wrong != "" {
		if err := os.WriteFile(*wrong, []byte(list.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	compareGolden(t, "crossvalidation.golden", got)
}

// examplesByFile returns all examples with the file that each stands in.
func examplesByFile(t *testing.T) (examples []prompts.Example, origins []string) {
	t.Helper()
	names, err := fs.Glob(prompts.Files(), "routes/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		data, err := fs.ReadFile(prompts.Files(), name)
		if err != nil {
			t.Fatal(err)
		}
		list, err := prompts.Examples(fstest.MapFS{name: &fstest.MapFile{Data: data}})
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range list {
			examples, origins = append(examples, e), append(origins, name)
		}
	}
	return examples, origins
}

// deal gives each example a part below n. Examples that share most of their
// words fall into the same one.
func deal(folder *folder, examples []prompts.Example, n int) []int {
	words := make([]map[string]bool, len(examples))
	holders := map[string][]int{}
	for i, e := range examples {
		words[i] = map[string]bool{}
		for _, t := range scanText(folder.fold(e.Text)).tokens {
			words[i][t.text] = true
		}
		for w := range words[i] {
			holders[w] = append(holders[w], i)
		}
	}
	leader := make([]int, len(examples))
	find := func(i int) int {
		for leader[i] != i {
			i = leader[i]
		}
		return i
	}
	for i := range examples {
		leader[i] = i
		shared := map[int]int{}
		for w := range words[i] {
			for _, j := range holders[w] {
				if j >= i {
					break
				}
				shared[j]++
			}
		}
		for j, common := range shared {
			if total := len(words[i]) + len(words[j]) - common; common*10 >= total*6 && find(j) != find(i) {
				a, b := find(i), find(j)
				leader[max(a, b)] = min(a, b)
			}
		}
	}
	order := make([]int, len(examples))
	for i := range order {
		order[i] = i
	}
	key := func(i int) uint32 { return hashString(hashStart, examples[find(i)].Text) }
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(key(a), key(b)), cmp.Compare(a, b)) })
	parts := make([]int, len(examples))
	at, last := -1, -1
	for _, i := range order {
		if find(i) != last {
			at, last = at+1, find(i)
		}
		parts[i] = at % n
	}
	return parts
}
