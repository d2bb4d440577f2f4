package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strconv"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	blevequery "github.com/blevesearch/bleve/v2/search/query"
	index "github.com/blevesearch/bleve_index_api"

	"spsbot"
)

// Boosts of the fields, the best of those that were tried on the original questions.
const (
	bleveTitle   = 8
	bleveHeading = 8
)

// bleveEngine is Bleve on disk: BM25, English analyzer, a boosted title and heading.
type bleveEngine struct{ index bleve.Index }

type bleveDocument struct {
	Title   string `json:"title"`
	Heading string `json:"heading"`
	Text    string `json:"text"`
}

func newBleve(folder string, passages []*spsbot.Passage) (*bleveEngine, error) {
	mapping := bleve.NewIndexMapping()
	mapping.DefaultAnalyzer = en.AnalyzerName
	mapping.ScoringModel = index.BM25Scoring
	field := bleve.NewTextFieldMapping()
	field.Store, field.IncludeInAll, field.DocValues = false, false, false
	document := bleve.NewDocumentStaticMapping()
	for _, name := range []string{"title", "heading", "text"} {
		document.AddFieldMappingsAt(name, field)
	}
	mapping.DefaultMapping = document
	x, err := bleve.New(filepath.Join(folder, "bleve"), mapping)
	if err != nil {
		return nil, fmt.Errorf("make the Bleve index: %w", err)
	}
	const batchSize = 1000
	batch := x.NewBatch()
	for i, p := range passages {
		if err := batch.Index(strconv.Itoa(i), bleveDocument{p.Source.Title, headingOf(p), p.Text}); err != nil {
			return nil, fmt.Errorf("index with Bleve: %w", err)
		}
		if batch.Size() == batchSize || i == len(passages)-1 {
			if err := x.Batch(batch); err != nil {
				return nil, fmt.Errorf("index with Bleve: %w", err)
			}
			batch.Reset()
		}
	}
	return &bleveEngine{x}, nil
}

func headingOf(p *spsbot.Passage) string {
	if len(p.Heading) == 0 {
		return ""
	}
	return p.Heading[len(p.Heading)-1]
}

// search returns the numbers of the k best passages.
func (e *bleveEngine) search(text string, k int) ([]int, error) {
	var fields []blevequery.Query
	for _, f := range []struct {
		name  string
		boost float64
	}{{"title", bleveTitle}, {"heading", bleveHeading}, {"text", 1}} {
		match := bleve.NewMatchQuery(text)
		match.SetField(f.name)
		match.SetBoost(f.boost)
		fields = append(fields, match)
	}
	result, err := e.index.SearchInContext(context.Background(), bleve.NewSearchRequestOptions(bleve.NewDisjunctionQuery(fields...), k, 0, false))
	if err != nil {
		return nil, fmt.Errorf("search with Bleve: %w", err)
	}
	hits := make([]int, 0, len(result.Hits))
	for _, hit := range result.Hits {
		number, err := strconv.Atoi(hit.ID)
		if err != nil {
			return nil, fmt.Errorf("read a hit of Bleve: %w", err)
		}
		hits = append(hits, number)
	}
	return hits, nil
}
