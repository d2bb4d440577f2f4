package retrieval

import (
	"context"
	"fmt"
	"strings"

	"spsbot"
	"spsbot/retrieval/index"
	"spsbot/retrieval/vector"
)

// Vectors are the vectors of a set's passages, as far as they are known.
type Vectors struct {
	matrix *vector.Matrix
	embed  vector.Embedder
}

// TextFor returns what a model reads of a passage: what it is about, and its text.
func TextFor(passage *spsbot.Passage) string {
	return strings.Join(append(append([]string{passage.Source.Title}, passage.Heading...), passage.Text), "\n")
}

// Vectors gathers the vectors that a cache knows; passages without one are
// still found by their words. Embed turns queries into vectors.
func (s *Set) Vectors(cache *vector.Cache, embed vector.Embedder) (*Vectors, error) {
	texts := make([]string, len(s.passages))
	for i, passage := range s.passages {
		texts[i] = TextFor(passage)
	}
	v := &Vectors{embed: embed}
	for i, known := range cache.Known(texts) {
		if known == nil {
			continue
		}
		if v.matrix == nil {
			v.matrix = vector.NewMatrix(len(known))
		}
		if err := v.matrix.Add(i, known); err != nil {
			return nil, fmt.Errorf("gather the vectors of passages: %w", err)
		}
	}
	return v, nil
}

// SearchBoth returns the k best passages by words and by vectors: the two
// rankings are joined by their ranks. When the query cannot be turned into a
// vector, it returns the hits by words and the error.
func (s *Set) SearchBoth(ctx context.Context, query string, k int, vectors *Vectors) ([]Hit, error) {
	if vectors.matrix == nil {
		return s.Search(query, k), nil
	}
	asked, err := vectors.embed(ctx, []string{query})
	if err == nil && len(asked) != 1 {
		err = fmt.Errorf("%d vectors for one query", len(asked))
	}
	if err != nil {
		return s.Search(query, k), fmt.Errorf("turn a query into a vector: %w", err)
	}
	near, err := vectors.matrix.Search(asked[0], k+spare)
	if err != nil {
		return s.Search(query, k), err
	}
	var byWords, byVectors []int
	for _, hit := range s.Rank(nil, query, k+spare) {
		byWords = append(byWords, hit.Passage)
	}
	for _, hit := range near {
		byVectors = append(byVectors, hit.Row)
	}
	var joined []index.Hit
	for _, hit := range vector.Fuse(k+spare, byWords, byVectors) {
		joined = append(joined, index.Hit{Passage: hit.Row, Score: hit.Score})
	}
	hits := s.fold(s.spread(joined), s.reader("").units(query), k)
	return hits[:min(k, len(hits))], nil
}
