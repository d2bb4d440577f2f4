package embedded

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"time"

	"spsbot"
)

// eraseAtOnce is how many entries one transaction deletes, so that nobody waits
// long behind a sweep.
const eraseAtOnce = 500

// Reader reads the log and the values of a folder, also while another process owns it.
type Reader struct{ db *sql.DB }

// OpenReader opens the log of a folder for reading alone.
func OpenReader(folder string) (*Reader, error) {
	path := filepath.Join(folder, databaseFile)
	if _, err := os.Stat(path); err != nil {
		return nil, fmt.Errorf("open the log in %s: %w", folder, err)
	}
	return openReader(path)
}

func openReader(path string) (*Reader, error) {
	db, err := openDatabase(path, "query_only(ON)", "busy_timeout(5000)")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(readers)
	db.SetMaxIdleConns(readers)
	return &Reader{db}, nil
}

// Close ends reading.
func (r *Reader) Close() error { return r.db.Close() }

// Scan is Log.Scan of package store.
func (r *Reader) Scan(ctx context.Context, query spsbot.EntryQuery) iter.Seq2[spsbot.Entry, error] {
	return func(yield func(spsbot.Entry, error) bool) {
		if err := r.scan(ctx, query, func(entry spsbot.Entry) bool { return yield(entry, nil) }); err != nil {
			yield(spsbot.Entry{}, wrap(err, "scan the log"))
		}
	}
}

func (r *Reader) scan(ctx context.Context, query spsbot.EntryQuery, give func(spsbot.Entry) bool) error {
	where, args := conditions(query)
	if query.Beyond != 0 && query.Newest {
		where, args = append(where, "number < ?"), append(args, query.Beyond)
	} else if query.Beyond != 0 {
		where, args = append(where, "number > ?"), append(args, query.Beyond)
	}
	text := "SELECT number, subject, kind, at, server, route, status, person, data FROM log"
	if len(where) > 0 {
		text += " WHERE " + strings.Join(where, " AND ")
	}
	text += " ORDER BY number"
	if query.Newest {
		text += " DESC"
	}
	if query.Limit > 0 {
		text, args = text+" LIMIT ?", append(args, query.Limit)
	}
	rows, err := r.db.QueryContext(ctx, text, args...)
	if err != nil {
		return err
	}
	for rows.Next() {
		var entry spsbot.Entry
		var at int64
		err := rows.Scan(&entry.Number, &entry.Subject, &entry.Kind, &at, &entry.Server, &entry.Route, &entry.Status, &entry.Person, &entry.Data)
		if err != nil {
			return errors.Join(err, rows.Close())
		}
		entry.At = time.UnixMilli(at)
		if !give(entry) {
			return rows.Close()
		}
	}
	return errors.Join(rows.Err(), rows.Close())
}

// conditions turns a query into SQL; the parts are fixed texts, what was asked
// for is bound.
func conditions(query spsbot.EntryQuery) (where []string, args []any) {
	add := func(condition string, arg any) {
		where, args = append(where, condition), append(args, arg)
	}
	if len(query.Subjects) > 0 {
		where = append(where, "subject IN (?"+strings.Repeat(", ?", len(query.Subjects)-1)+")")
		for _, subject := range query.Subjects {
			args = append(args, subject)
		}
	}
	if query.Kind != "" {
		add("kind = ?", query.Kind)
	}
	if !query.Since.IsZero() {
		add("at >= ?", millis(query.Since))
	}
	if !query.Until.IsZero() {
		add("at < ?", millis(query.Until))
	}
	if query.Server != "" {
		add("server = ?", query.Server)
	}
	if query.Route != "" {
		add("route = ?", string(query.Route))
	}
	if query.Status != "" {
		add("status = ?", query.Status)
	}
	if query.Person != "" {
		// The second half lets SQLite use the index, which holds no empty handles.
		add("person = ? AND person != ''", query.Person)
	}
	return where, args
}

// Append is Log.Append of package store.
func (s *Store) Append(ctx context.Context, entries ...spsbot.Entry) error {
	return wrap(s.write.do(ctx, func(tx *transaction) error {
		for _, entry := range entries {
			if err := tx.append(entry); err != nil {
				return err
			}
		}
		return nil
	}), "append to the log")
}

func (tx *transaction) append(entry spsbot.Entry) error {
	if entry.Data == nil {
		entry.Data = []byte{}
	}
	_, err := tx.exec(`INSERT INTO log (subject, kind, at, server, route, status, person, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		entry.Subject, entry.Kind, millis(entry.At), entry.Server, string(entry.Route), entry.Status, entry.Person, entry.Data)
	return err
}

// Erase is Log.Erase of package store.
func (s *Store) Erase(ctx context.Context, query spsbot.EntryQuery) (int, error) {
	where, args := conditions(query)
	if len(where) == 0 {
		return 0, errors.New("store: erase from the log: the query is empty")
	}
	text := "DELETE FROM log WHERE number IN (SELECT number FROM log WHERE " + strings.Join(where, " AND ") + " LIMIT ?)"
	args = append(args, eraseAtOnce)
	total := 0
	for {
		count := 0
		err := s.write.do(ctx, func(tx *transaction) error {
			result, err := tx.conn.ExecContext(context.Background(), text, args...)
			if err != nil {
				return err
			}
			affected, err := result.RowsAffected()
			count = int(affected)
			return err
		})
		if err != nil {
			return total, wrap(err, "erase from the log")
		}
		total += count
		if count == 0 {
			break
		}
	}
	if total == 0 {
		return 0, nil
	}
	return total, wrap(s.write.checkpoint(ctx), "erase from the log")
}

// Disown is Log.Disown of package store.
func (s *Store) Disown(ctx context.Context, person string) (int, error) {
	if person == "" {
		return 0, nil
	}
	count := 0
	err := s.write.do(ctx, func(tx *transaction) error {
		var err error
		count, err = tx.exec(`UPDATE log SET person = '' WHERE person = ? AND person != ''`, person)
		return err
	})
	return count, wrap(err, "take a handle away from the log")
}
