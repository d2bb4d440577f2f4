package main

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"unicode"

	_ "modernc.org/sqlite" // the driver

	"spsbot"
)

// ftsEngine is SQLite's FTS5 on disk, in pure Go: Porter stems, boosted columns.
type ftsEngine struct {
	db   *sql.DB
	stop map[string]bool
}

func newFTS(folder string, passages []*spsbot.Passage, words *spsbot.Words) (*ftsEngine, error) {
	db, err := sql.Open("sqlite", filepath.Join(folder, "fts.db"))
	if err != nil {
		return nil, fmt.Errorf("open SQLite: %w", err)
	}
	db.SetMaxOpenConns(1)
	e := &ftsEngine{db, map[string]bool{}}
	for _, word := range words.Stop {
		e.stop[word] = true
	}
	if _, err := db.Exec(`PRAGMA synchronous=OFF; CREATE VIRTUAL TABLE p USING fts5(title, heading, text, content='', tokenize='porter unicode61')`); err != nil {
		return nil, fmt.Errorf("make the FTS5 table: %w", err)
	}
	tx, err := db.Begin()
	if err != nil {
		return nil, fmt.Errorf("fill the FTS5 table: %w", err)
	}
	insert, err := tx.Prepare(`INSERT INTO p(rowid, title, heading, text) VALUES (?, ?, ?, ?)`)
	if err != nil {
		return nil, fmt.Errorf("fill the FTS5 table: %w", err)
	}
	for i, p := range passages {
		if _, err := insert.Exec(i+1, p.Source.Title, headingOf(p), p.Text); err != nil {
			return nil, fmt.Errorf("fill the FTS5 table: %w", err)
		}
	}
	if err := tx.Commit(); err != nil {
		return nil, fmt.Errorf("fill the FTS5 table: %w", err)
	}
	return e, nil
}

// search returns the numbers of the k best passages.
func (e *ftsEngine) search(text string, k int) ([]int, error) {
	var terms []string
	for _, word := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if !e.stop[word] {
			terms = append(terms, `"`+word+`"`)
		}
	}
	if len(terms) == 0 {
		return nil, nil
	}
	rows, err := e.db.Query(`SELECT rowid FROM p WHERE p MATCH ? ORDER BY bm25(p, 8, 8, 1) LIMIT ?`, strings.Join(terms, " OR "), k)
	if err != nil {
		return nil, fmt.Errorf("search with FTS5: %w", err)
	}
	defer func() { _ = rows.Close() }() // what counts was read
	var hits []int
	for rows.Next() {
		var id int
		if err := rows.Scan(&id); err != nil {
			return nil, fmt.Errorf("search with FTS5: %w", err)
		}
		hits = append(hits, id-1)
	}
	return hits, rows.Err()
}
