package retrieval_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"spsbot/retrieval"
	"spsbot/retrieval/parse"
)

// setOf indexes Markdown documents: each is its kind of source, then its text.
func setOf(t *testing.T, documents ...[2]string) *retrieval.Set {
	t.Helper()
	glossary, words := fixedWords()
	var read []*parse.Document
	for i, d := range documents {
		name := string(rune('a' + i))
		text := fmt.Sprintf("---\nid: %s\ntitle: Document %s\nkind: %s\npublisher: P\n---\n%s\n", name, name, d[0], d[1])
		document, err := parse.Read(name+".md", []byte(text), nil, words)
		if err != nil {
			t.Fatal(err)
		}
		read = append(read, document)
	}
	return retrieval.Build(read, glossary, words, nil)
}

func sourcesOf(hits []retrieval.Hit) string {
	var out []string
	for _, hit := range hits {
		name := hit.Passage.Source.ID
		for _, same := range hit.Same {
			name += "=" + same.Source.ID
		}
		out = append(out, name)
	}
	return strings.Join(out, " ")
}

const spasms = "Sudden noise, cold weather and strong emotion often set off long painful spasms of the back and of both legs in many people."

func TestHitsFold(t *testing.T) {
	for name, test := range map[string]struct {
		documents [][2]string
		want      string
	}{
		"the stronger source stands for both": {
			[][2]string{{"blog", spasms}, {"guideline", spasms}}, "b=a",
		},
		"the others stand in their order": {
			[][2]string{{"blog", spasms}, {"news", spasms}, {"peer_reviewed", spasms}}, "c=b=a",
		},
		"what one of them lacks keeps them apart": {
			[][2]string{{"blog", spasms}, {"guideline", strings.Replace(spasms, "Sudden noise, cold weather", "Loud bangs, cold weather", 1)}}, "a b",
		},
		"another figure keeps them apart": {
			[][2]string{{"blog", spasms + " It takes 3 hours."}, {"guideline", spasms + " It takes 5 hours."}}, "a b",
		},
		"other texts are other hits": {
			[][2]string{{"blog", spasms}, {"guideline", "A noise that is sudden may hurt the ears of a child."}}, "a b",
		},
	} {
		t.Run(name, func(t *testing.T) {
			hits := setOf(t, test.documents...).Search("noise and cold weather", 5)
			got := sourcesOf(hits)
			if !strings.Contains(test.want, "=") { // their order is no matter here
				fields := strings.Fields(got)
				slices.Sort(fields)
				got = strings.Join(fields, " ")
			}
			if got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// TestHitsSpread holds that of passages that are nearly as good, those of
// another source come before a third one of the same.
func TestHitsSpread(t *testing.T) {
	long := "## One\n\nPlasma exchange helps some people with rigid legs.\n\n## Two\n\nPlasma exchange helps some people with rigid arms.\n\n## Three\n\nPlasma exchange helps some people with rigid backs."
	set := setOf(t, [2]string{"blog", long}, [2]string{"blog", "## Four\n\nPlasma exchange now and then helps a few people with rigid feet and toes."})
	hits := set.Search("plasma exchange", 4)
	if got := sourcesOf(hits[:2]); got != "a b" {
		t.Errorf("the first two hits are of %q, want one of each source; all: %q", got, sourcesOf(hits))
	}
	if !slices.IsSortedFunc(hits, func(a, b retrieval.Hit) int {
		if a.Score < b.Score {
			return 1
		}
		return -1
	}) {
		t.Errorf("the scores do not fall: %v", hits)
	}
}

func TestConflicts(t *testing.T) {
	const says = "Stiff person syndrome is estimated to affect one to two people in %s worldwide each year."
	for name, test := range map[string]struct {
		other string
		want  int
	}{
		"another figure":           {fmt.Sprintf(says, "100,000"), 1},
		"the same figure":          {fmt.Sprintf(says, "1,000,000"), 0},
		"a figure of other things": {"The trial for stiff person syndrome was closed in 2021 after its sponsor withdrew the money.", 0},
		"no figure":                {fmt.Sprintf(says, "a million"), 0},
	} {
		t.Run(name, func(t *testing.T) {
			var conflicts []retrieval.Conflict
			set := setOf(t, [2]string{"blog", fmt.Sprintf(says, "1,000,000")}, [2]string{"news", test.other})
			hits := set.Search("how many people does stiff person syndrome affect", 5)
			for _, hit := range hits {
				if hit.Passage.Source.ID == "a" {
					conflicts = set.Conflicts(hit, hits)
				}
			}
			if len(conflicts) != test.want {
				t.Errorf("got %v, want %d", conflicts, test.want)
			}
			for _, conflict := range conflicts {
				if conflict.Passage.Source.ID != "b" || !strings.Contains(conflict.Other, "100,000") || !strings.Contains(conflict.Sentence, "1,000,000") {
					t.Errorf("got %+v", conflict)
				}
			}
		})
	}
}
