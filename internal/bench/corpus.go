package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"spsbot"
	"spsbot/retrieval/parse"
)

// Names of the files of a data folder.
const (
	corpusFile   = "medquad_dev.corpus.jsonl.gz"
	queriesFile  = "medquad_dev.queries.jsonl"
	synonymsFile = "medquad_synonyms.jsonl"
)

// passageWords is the length at which a passage is closed, in words.
const passageWords = 70

// doc is one answer of the collection.
type doc struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Type  string `json:"qtype"`
	Text  string `json:"text"`
}

// query is one question with the answers that are right.
type query struct {
	ID   string   `json:"id"`
	Kind string   `json:"kind"`
	Text string   `json:"query"`
	Gold []string `json:"gold"`
}

// corpus is a collection cut into passages, those of each answer side by side.
type corpus struct {
	sources  []*spsbot.Source
	passages []*spsbot.Passage
	queries  []query
	// glossary is that of the collection's own synonym list.
	glossary spsbot.Glossary
}

func readCorpus(folder string, words *spsbot.Words) (*corpus, error) {
	c := &corpus{}
	var err error
	if c.queries, err = readLines[query](filepath.Join(folder, queriesFile)); err != nil {
		return nil, err
	}
	if c.glossary, err = readGlossary(filepath.Join(folder, synonymsFile)); err != nil {
		return nil, err
	}
	docs, err := readLines[doc](filepath.Join(folder, corpusFile))
	if err != nil {
		return nil, err
	}
	for _, d := range docs {
		source := &spsbot.Source{ID: d.ID, Title: d.Title, Kind: spsbot.KindGovernment, Publisher: "MedQuAD"}
		c.sources = append(c.sources, source)
		document, err := parse.Read(d.ID+".txt", []byte(d.Text), nil, words)
		if err != nil {
			return nil, fmt.Errorf("read the answer %s: %w", d.ID, err)
		}
		c.cut(document, source, d.Type)
	}
	return c, nil
}

// cut divides an answer into passages of whole sentences, since the collection
// lost the paragraphs: each is one long line.
func (c *corpus) cut(document *parse.Document, source *spsbot.Source, heading string) {
	var open *spsbot.Passage
	words := 0
	for _, block := range document.Blocks {
		for _, sentence := range block.Sentences {
			if open == nil {
				open = &spsbot.Passage{ID: fmt.Sprintf("%s#%d", source.ID, len(c.passages)), Source: source, Heading: []string{heading}, Start: sentence.Span.Start}
				c.passages = append(c.passages, open)
				words = 0
			}
			span := spsbot.Span{Start: sentence.Span.Start - open.Start, End: sentence.Span.End - open.Start}
			open.Sentences = append(open.Sentences, spsbot.Sentence{Span: span, Quotable: true, Lead: -1})
			open.End = sentence.Span.End
			open.Text = document.Text[open.Start:open.End]
			if words += len(strings.Fields(document.Text[sentence.Span.Start:sentence.Span.End])); words >= passageWords {
				open = nil
			}
		}
	}
}

// readGlossary makes a concept of each name with its synonyms.
func readGlossary(path string) (spsbot.Glossary, error) {
	type entry struct {
		Name     string   `json:"name"`
		Synonyms []string `json:"synonyms"`
	}
	entries, err := readLines[entry](path)
	if err != nil {
		return spsbot.Glossary{}, err
	}
	var glossary spsbot.Glossary
	for i, e := range entries {
		glossary.Concepts = append(glossary.Concepts, spsbot.Concept{
			ID: fmt.Sprintf("synonym_%d", i), Kind: spsbot.ConceptCondition, Names: append([]string{e.Name}, e.Synonyms...),
		})
	}
	return glossary, nil
}

// readLines reads a file of one JSON object a line, packed or not.
func readLines[T any](path string) ([]T, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open the data: %w", err)
	}
	defer func() { _ = file.Close() }() // it was only read
	var from io.Reader = file
	if strings.HasSuffix(path, ".gz") {
		if from, err = gzip.NewReader(file); err != nil {
			return nil, fmt.Errorf("unpack %s: %w", path, err)
		}
	}
	decoder := json.NewDecoder(bufio.NewReaderSize(from, 1<<20))
	var out []T
	for {
		var value T
		err := decoder.Decode(&value)
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", path, err)
		}
		out = append(out, value)
	}
}

// answers returns the answers that passages are of, each once, in their order.
func (c *corpus) answers(hits [][]int) [][]string {
	out := make([][]string, len(hits))
	for i, passages := range hits {
		seen := map[string]bool{}
		for _, p := range passages {
			if id := c.passages[p].Source.ID; !seen[id] {
				seen[id] = true
				out[i] = append(out[i], id)
			}
		}
	}
	return out
}
