package retrieval_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"spsbot/retrieval"
	"spsbot/retrieval/vector"
)

// fakeEmbed gives a direction to each of a few themes; a "swoon" is near what
// makes people dizzy, though no passage holds that word.
func fakeEmbed(_ context.Context, texts []string) ([][]float32, error) {
	themes := [][]string{{"plasma", "blood"}, {"drowsy", "dizzy", "swoon"}, {"spasm", "rigid"}}
	var out [][]float32
	for _, text := range texts {
		v := []float32{0.01, 0.01, 0.01}
		for i, words := range themes {
			for _, word := range words {
				v[i] += float32(strings.Count(strings.ToLower(text), word))
			}
		}
		out = append(out, v)
	}
	return out, nil
}

func TestSearchBoth(t *testing.T) {
	ctx, set := context.Background(), buildSet(t)
	if hits := set.Search("swoon", 3); len(hits) != 0 {
		t.Fatalf("by words alone, %d passages are found for a word that none holds", len(hits))
	}
	cache := vector.NewCache("fake", fakeEmbed)
	none, err := set.Vectors(cache, fakeEmbed)
	if err != nil {
		t.Fatal(err)
	}
	hits, err := set.SearchBoth(ctx, "plasma exchange", 1, none)
	if err != nil || len(hits) != 1 || hits[0].Passage.Source.ID != "plasma" {
		t.Errorf("without any vector: %v, %v", hits, err)
	}
	var texts []string
	for _, passage := range set.Passages() {
		if passage.Source.ID != "plasma" { // these have no vector yet
			texts = append(texts, retrieval.TextFor(passage))
		}
	}
	if err := cache.Learn(ctx, texts); err != nil {
		t.Fatal(err)
	}
	some, err := set.Vectors(cache, fakeEmbed)
	if err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string]string{"swoon": "baclofen", "plasma exchange": "plasma"} {
		hits, err := set.SearchBoth(ctx, query, 4, some)
		if err != nil || len(hits) == 0 || hits[0].Passage.Source.ID != want {
			t.Errorf("%q: %v, %v, want %s first", query, hits, err, want)
		}
	}
	away, err := set.Vectors(cache, func(context.Context, []string) ([][]float32, error) { return nil, errors.New("away") })
	if err != nil {
		t.Fatal(err)
	}
	hits, err = set.SearchBoth(ctx, "plasma exchange", 1, away)
	if err == nil || len(hits) != 1 || hits[0].Passage.Source.ID != "plasma" {
		t.Errorf("with the model away: %v, %v, want the hits by words and the error", hits, err)
	}
}
