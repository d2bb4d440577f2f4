package verify_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"spsbot/answer/verify"
	"spsbot/prompts"
	"spsbot/retrieval"
	"spsbot/sources"
)

// The guard errs on the side of withholding; of the starter set, which names no
// dose on purpose, it withholds nothing.
func TestStarterIsShown(t *testing.T) {
	words, err := prompts.Words(prompts.Files(), "en")
	if err != nil {
		t.Fatal(err)
	}
	starter, err := sources.Starter()
	if err != nil {
		t.Fatal(err)
	}
	set, err := sources.Load(starter, &words, time.Date(2026, time.May, 20, 0, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	guard := newGuard(t)
	for _, document := range set.Documents {
		for i, passage := range retrieval.Cut(document) {
			opened := guard.Open(passage).Citations()[0]
			if diff := cmp.Diff(document.Source, *opened.Source); i == 0 && diff != "" {
				t.Errorf("%s: facts (-document +opened):\n%s", document.Source.ID, diff)
			}
			if strings.Contains(opened.Heading+opened.Quote, verify.Withheld) {
				t.Errorf("%s: opened as %q: %q", passage.ID, opened.Heading, opened.Quote)
			}
		}
	}
}
