package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"spsbot"
	"spsbot/answer"
	"spsbot/answer/verify"
	"spsbot/prompts"
	"spsbot/retrieval"
)

// mostHits is the number of hits that may be asked for.
const mostHits = 1000

type searchCommand struct {
	sourceOptions
	JSON    bool    `help:"Print one JSON object for each query."`
	Explain bool    `help:"Say what each word of the query adds to a score."`
	K       int     `short:"k" default:"10" help:"Number of hits."`
	Query   *string `arg:"" optional:"" help:"The query, or - to read one from each line of standard input."`
}

// Run searches for one query or a batch.
func (c *searchCommand) Run(ctx context.Context, std streams) error {
	if c.Query == nil {
		return usageError{`no query was given. Hint: spsbot search "your words", or - to read queries from standard input`}
	}
	if c.K < 1 || c.K > mostHits {
		return usageError{fmt.Sprintf("-k is the number of hits, from 1 to %d", mostHits)}
	}
	s, err := c.open(ctx, std)
	if err != nil {
		return err
	}
	if *c.Query == "-" {
		return s.batch(ctx, std)
	}
	return s.line(searchLine{Query: *c.Query})
}

// searcher answers the queries of one run.
type searcher struct {
	*searchCommand
	set   *retrieval.Set
	guard *verify.Guard
	words prompts.Search
	out   *printer
	err   io.Writer
	style style
}

// open reads the documents and builds the index; nothing else is needed.
func (c *searchCommand) open(ctx context.Context, std streams) (*searcher, error) {
	words, err := answer.LoadWords(prompts.Files())
	if err != nil {
		return nil, fmt.Errorf("read the word files: %w", err)
	}
	guard, err := newGuard()
	if err != nil {
		return nil, err
	}
	search, err := prompts.LoadSearch(prompts.Files())
	if err != nil {
		return nil, err
	}
	set, err := c.read(ctx, words, std)
	if err != nil {
		return nil, err
	}
	return &searcher{c, words.Index(set.Documents), guard, search, &printer{out: std.out}, std.err, newStyle(std.out)}, nil
}

// searchLine is one line of a batch: a query, or a JSON object that holds one.
type searchLine struct {
	ID       lineID `json:"id"`
	Query    string `json:"query"`
	Question string `json:"question"`
}

// batch searches for each line of standard input, in order.
func (s *searcher) batch(ctx context.Context, std streams) error {
	return eachLine(std, func(line string) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		query, err := parseSearchLine(line)
		if err != nil {
			return err
		}
		return s.line(query)
	}, s.fault)
}

// parseSearchLine reads a line that begins with a brace as JSON, any other as a query.
func parseSearchLine(line string) (searchLine, error) {
	trimmed := strings.TrimSpace(line)
	if !strings.HasPrefix(trimmed, "{") {
		return searchLine{Query: line}, nil
	}
	var query searchLine
	if err := json.Unmarshal([]byte(trimmed), &query); err != nil {
		return query, lineError{string(query.ID), fmt.Sprintf("the line begins like JSON but is broken: %v", err)}
	}
	if query.Query == "" {
		query.Query = query.Question
	}
	return query, nil
}

// line searches for one query and writes what was found.
func (s *searcher) line(line searchLine) error {
	if length := utf8.RuneCountInString(line.Query); length > longestQuestion {
		return lineError{string(line.ID), fmt.Sprintf("the query has %d characters; at most %d are read", length, longestQuestion)}
	}
	begun := time.Now()
	hits := s.set.Search(line.Query, s.K)
	took := time.Since(begun)
	if s.JSON {
		return s.writeJSON(line, hits, took)
	}
	s.writeText(line, hits)
	return s.out.done("the hits")
}

func (s *searcher) fault(fault lineError) error {
	if !s.JSON {
		_, _ = fmt.Fprintf(s.err, "spsbot: %s\n", fault.text)
		return nil
	}
	return s.encode(struct {
		ID    string `json:"id"`
		Error string `json:"error"`
	}{fault.id, fault.text})
}

type jsonResult struct {
	ID     lineID    `json:"id,omitempty"`
	Query  string    `json:"query"`
	Hits   []jsonHit `json:"hits"`
	TookUS int64     `json:"took_us"`
}

type jsonHit struct {
	Rank    int      `json:"rank"`
	Source  string   `json:"source"`
	Title   string   `json:"title"`
	Passage string   `json:"passage"`
	Heading string   `json:"heading"`
	Score   float64  `json:"score"`
	Text    string   `json:"text"`
	Same    []string `json:"same,omitempty"`
	Why     []string `json:"why,omitempty"`
}

func (s *searcher) writeJSON(line searchLine, hits []retrieval.Hit, took time.Duration) error {
	result := jsonResult{ID: line.ID, Query: line.Query, Hits: make([]jsonHit, 0, len(hits)), TookUS: took.Microseconds()}
	for i, hit := range hits {
		opened := s.open(hit)
		out := jsonHit{
			Rank: i + 1, Source: opened.Source.ID, Title: opened.Source.Title, Passage: opened.Passage,
			Heading: opened.Heading, Score: hit.Score, Text: opened.Quote,
		}
		for _, same := range hit.Same {
			out.Same = append(out.Same, same.ID)
		}
		if s.Explain {
			out.Why = s.reasons(line.Query, hit, hits)
		}
		result.Hits = append(result.Hits, out)
	}
	return s.encode(result)
}

func (s *searcher) encode(value any) error {
	encoder := json.NewEncoder(s.out.out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return fmt.Errorf("write the hits: %w", err)
	}
	return nil
}

// writeText writes the hits for people: doses withheld, as a reader may open them.
func (s *searcher) writeText(line searchLine, hits []retrieval.Hit) {
	if len(hits) == 0 {
		s.out.printf("%s\n", s.words.Nothing)
	}
	for i, hit := range hits {
		opened := s.open(hit)
		title := opened.Source.Title
		if opened.Heading != "" {
			title += " › " + opened.Heading
		}
		s.out.printf("%s\n", s.style.wrap(fmt.Sprintf("%d. %s", i+1, title)))
		s.out.printf("%s\n", s.style.faint(fmt.Sprintf("%s   %.2f", opened.Passage, hit.Score)))
		if s.Explain {
			for _, reason := range s.reasons(line.Query, hit, hits) {
				s.out.printf("%s\n", s.style.faint("   "+reason))
			}
		}
		s.out.printf("%s\n\n", s.style.wrap(strings.TrimSpace(opened.Quote)))
	}
}

// open returns the passage of a hit as a reader may open it; what may not be
// shown at all has no text.
func (s *searcher) open(hit retrieval.Hit) verify.Citation {
	for _, citation := range s.guard.Open(hit.Passage).Citations() {
		return citation
	}
	return verify.Citation{Source: &spsbot.Source{ID: hit.Passage.Source.ID}, Passage: hit.Passage.ID}
}

// reasons takes a score apart, in words.
func (s *searcher) reasons(query string, hit retrieval.Hit, hits []retrieval.Hit) []string {
	places := map[retrieval.Place]string{
		retrieval.InTitle: s.words.Title, retrieval.InHeading: s.words.Heading, retrieval.InText: s.words.Text,
	}
	var out []string
	for _, reason := range s.set.Explain(query, hit) {
		text := s.words.Held
		switch {
		case len(reason.Where) == 0:
			text = s.words.Missing
		case reason.As != "":
			text = s.words.HeldAs
		}
		var where []string
		for _, place := range reason.Where {
			where = append(where, places[place])
		}
		out = append(out, s.words.Fill(text,
			"where", strings.Join(where, s.words.And), "share", fmt.Sprintf("%.0f%%", 100*reason.Share),
			"as", reason.As, "asked", reason.Asked))
	}
	if len(hit.Same) > 0 {
		out = append(out, s.words.Fill(s.words.Same, "sources", strings.Join(sourceTitles(hit.Same), "; ")))
	}
	for _, conflict := range s.set.Conflicts(hit, hits) {
		if s.guard.Has(conflict.Sentence) || s.guard.Has(conflict.Other) {
			continue // doses are withheld
		}
		out = append(out, s.words.Fill(s.words.Differs, "title", conflict.Passage.Source.Title, "other", conflict.Other, "own", conflict.Sentence))
	}
	return out
}

func sourceTitles(passages []*spsbot.Passage) []string {
	titles := make([]string, 0, len(passages))
	for _, passage := range passages {
		titles = append(titles, passage.Source.Title)
	}
	return titles
}
