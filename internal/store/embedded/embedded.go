// Package embedded is the store of a bot that runs as one process: an SQLite
// database in a folder. One goroutine writes; what is asked of it at the same
// time shares a transaction, and so one sync of the disk (group commit). Only
// one process may own a folder; others may read its log. The package must never
// weaken a commit (synchronous stays FULL), and nothing but it may write there.
package embedded

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"time"

	"spsbot"
	"spsbot/internal/store"
)

// Files of the folder, beside which SQLite keeps its own.
const (
	databaseFile = "state.db"
	ownerFile    = "owner.db"
)

// readers is how many reads may run at once.
const readers = 4

// tidyEvery is the time between two cleanings.
const tidyEvery = time.Minute

// Options are the limits of a store; a zero field is its default.
type Options struct {
	// DepthLimit is the most jobs that a lane holds before it refuses: 5,000.
	DepthLimit int
	// DeliveryLimit is how often a job is given out before it counts as exhausted: 5.
	DeliveryLimit int
	// Memory is how long the ID of an acknowledged job stays known: one hour,
	// four times the life of an interaction of Discord.
	Memory time.Duration
}

func (o Options) withDefaults() Options {
	if o.DepthLimit == 0 {
		o.DepthLimit = 5_000
	}
	if o.DeliveryLimit == 0 {
		o.DeliveryLimit = 5
	}
	if o.Memory == 0 {
		o.Memory = time.Hour
	}
	return o
}

// Store is the embedded store.
type Store struct {
	Reader
	options  Options
	owner    *owner
	write    *writer
	bells    bells
	counters counters

	stopTidying context.CancelFunc
	tidying     sync.WaitGroup
	closing     sync.Once
	closed      error
}

var _ store.Store = (*Store)(nil)

// Open opens the store of a folder, makes it when it is not there yet, and ends
// all leases: whoever held one is gone. It fails when another process owns the folder.
func Open(ctx context.Context, folder string, options Options) (*Store, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("make the data folder: %w", err)
	}
	owner, err := own(ctx, filepath.Join(folder, ownerFile))
	if err != nil {
		return nil, err
	}
	s, err := openOwned(ctx, filepath.Join(folder, databaseFile), options.withDefaults())
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open the store in %s: %w", folder, err), owner.close())
	}
	s.owner = owner
	tidying, stop := context.WithCancel(context.Background())
	s.stopTidying = stop
	s.tidying.Go(func() { s.tidyUntil(tidying) })
	return s, nil
}

func openOwned(ctx context.Context, path string, options Options) (*Store, error) {
	if err := touch(path); err != nil {
		return nil, err
	}
	write, err := newWriter(ctx, path)
	if err != nil {
		return nil, err
	}
	reader, err := openReader(path)
	if err != nil {
		return nil, errors.Join(err, write.close())
	}
	s := &Store{Reader: *reader, options: options, write: write}
	if err := s.begin(ctx); err != nil {
		return nil, errors.Join(err, write.close(), reader.Close())
	}
	return s, nil
}

// begin voids the leases of the process that owned the folder before.
func (s *Store) begin(ctx context.Context) error {
	return s.write.do(ctx, func(tx *transaction) error {
		_, err := tx.exec(`UPDATE jobs SET worker = NULL, due = accepted WHERE acknowledged IS NULL AND worker IS NOT NULL`)
		return err
	})
}

// Close is Store.Close of package store.
func (s *Store) Close() error {
	s.closing.Do(func() {
		s.stopTidying()
		s.tidying.Wait()
		s.bells.close()
		s.closed = errors.Join(s.write.close(), s.Reader.Close(), s.owner.close())
	})
	return s.closed
}

// tidyUntil cleans once a minute.
func (s *Store) tidyUntil(ctx context.Context) {
	ticker := time.NewTicker(tidyEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case now := <-ticker.C:
			// What a cleaning leaves behind, the next one takes: a full disk is
			// told to those whose writing fails.
			_ = s.tidy(ctx, now)
		}
	}
}

// tidy forgets what is over and empties the write-ahead log, so that no file
// holds what was deleted.
func (s *Store) tidy(ctx context.Context, now time.Time) error {
	s.counters.tidy(now)
	err := s.write.do(ctx, func(tx *transaction) error {
		if _, err := tx.exec(`DELETE FROM jobs WHERE acknowledged <= ?`, now.Add(-s.options.Memory).UnixMilli()); err != nil {
			return err
		}
		_, err := tx.exec(`DELETE FROM vals WHERE expires <= ?`, now.UnixMilli())
		return err
	})
	if err != nil {
		return fmt.Errorf("tidy the store: %w", err)
	}
	return s.write.checkpoint(ctx)
}

// touch makes a file that nobody else can read.
func touch(path string) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600) //nolint:gosec // the operator names the folder
	if err != nil {
		return err
	}
	return file.Close()
}

// openDatabase opens a file with pragmas that hold for each connection.
func openDatabase(path string, pragmas ...string) (*sql.DB, error) {
	options := url.Values{"_pragma": pragmas}
	db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Opaque: url.PathEscape(path), RawQuery: options.Encode()}).String())
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", filepath.Base(path), err)
	}
	return db, nil
}

// millis is the form in which times are stored.
func millis(t time.Time) int64 { return t.UnixMilli() }

// wrap says what was being done; the errors that callers tell apart stay visible.
func wrap(err error, doing string) error {
	if err == nil || errors.Is(err, spsbot.ErrFull) {
		return err
	}
	return fmt.Errorf("store: %s: %w", doing, err)
}
