package embedded

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"spsbot"
)

// largestGroup is the most operations that share a transaction.
const largestGroup = 256

// schemaVersion is the version of the schema, kept in the file.
const schemaVersion = 1

// schema is what an empty database gets. Times are milliseconds since 1970.
const schema = `
CREATE TABLE jobs (
	id           TEXT PRIMARY KEY,
	lane         TEXT NOT NULL,
	payload      BLOB,
	accepted     INTEGER NOT NULL,
	due          INTEGER NOT NULL, -- from when it may be claimed: acceptance, or the end of the lease
	worker       TEXT,
	deliveries   INTEGER NOT NULL DEFAULT 0,
	outcome      BLOB,
	acknowledged INTEGER
);
CREATE INDEX jobs_waiting ON jobs (lane, due) WHERE acknowledged IS NULL;
CREATE INDEX jobs_done ON jobs (acknowledged) WHERE acknowledged IS NOT NULL;
CREATE TABLE log (
	number  INTEGER PRIMARY KEY AUTOINCREMENT,
	subject TEXT NOT NULL,
	kind    TEXT NOT NULL,
	at      INTEGER NOT NULL,
	server  TEXT NOT NULL,
	route   TEXT NOT NULL,
	status  TEXT NOT NULL,
	person  TEXT NOT NULL,
	data    BLOB NOT NULL
);
CREATE INDEX log_subject ON log (subject);
CREATE INDEX log_at ON log (at);
CREATE INDEX log_server ON log (server, kind);
CREATE INDEX log_person ON log (person) WHERE person != '';
CREATE TABLE vals (
	key     TEXT PRIMARY KEY,
	value   BLOB NOT NULL,
	expires INTEGER
);
CREATE INDEX vals_expires ON vals (expires) WHERE expires IS NOT NULL;
`

// writer owns the one connection that writes.
type writer struct {
	db   *sql.DB
	conn *sql.Conn
	// statements are prepared once; only the writer's goroutine uses them.
	statements map[string]*sql.Stmt

	mutex  sync.Mutex
	queue  []*operation
	closed bool
	wake   chan struct{} // holds one token when the queue was touched
	done   chan struct{} // closed when the goroutine has ended
}

// operation is one piece of work for the writer.
type operation struct {
	apply func(*transaction) error
	// alone operations run outside a transaction.
	alone bool
	// state is waiting until the writer takes the operation or its caller
	// abandons it; whoever is first decides.
	state atomic.Int32
	done  chan error
}

const (
	waiting = iota
	taken
	abandoned
)

func newWriter(ctx context.Context, path string) (*writer, error) {
	db, err := openDatabase(path, "journal_mode(WAL)", "synchronous(FULL)", "secure_delete(ON)", "busy_timeout(5000)")
	if err != nil {
		return nil, err
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	if err := migrate(ctx, conn); err != nil {
		return nil, errors.Join(err, conn.Close(), db.Close())
	}
	w := &writer{db: db, conn: conn, statements: map[string]*sql.Stmt{}, wake: make(chan struct{}, 1), done: make(chan struct{})}
	go w.run()
	return w, nil
}

// migrate makes the tables of an empty database and refuses those of a newer program.
func migrate(ctx context.Context, conn *sql.Conn) error {
	var version int
	if err := conn.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return fmt.Errorf("read the schema's version: %w", err)
	}
	switch version {
	case schemaVersion:
		return nil
	case 0:
		script := fmt.Sprintf("BEGIN IMMEDIATE; %s PRAGMA user_version = %d; COMMIT", schema, schemaVersion)
		if _, err := conn.ExecContext(ctx, script); err != nil {
			return fmt.Errorf("make the tables: %w", err)
		}
		return nil
	}
	return fmt.Errorf("the database has schema version %d, this program knows %d: use the program that wrote it, or a newer one", version, schemaVersion)
}

// do runs an operation in a transaction and returns when it is durable. When
// the context ends before the writer took the operation, nothing was done.
func (w *writer) do(ctx context.Context, apply func(*transaction) error) error {
	return w.submit(ctx, &operation{apply: apply, done: make(chan error, 1)})
}

// checkpoint moves the write-ahead log into the database and empties its file.
// A reader in the middle of something prevents that: then the next one does it.
func (w *writer) checkpoint(ctx context.Context) error {
	return w.submit(ctx, &operation{alone: true, done: make(chan error, 1), apply: func(tx *transaction) error {
		_, err := tx.conn.ExecContext(context.Background(), "PRAGMA wal_checkpoint(TRUNCATE)")
		return err
	}})
}

func (w *writer) submit(ctx context.Context, op *operation) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	w.mutex.Lock()
	if w.closed {
		w.mutex.Unlock()
		return spsbot.ErrClosed
	}
	w.queue = append(w.queue, op)
	w.mutex.Unlock()
	w.poke()
	select {
	case err := <-op.done:
		return err
	case <-ctx.Done():
		if op.state.CompareAndSwap(waiting, abandoned) {
			return ctx.Err()
		}
		return <-op.done
	}
}

func (w *writer) poke() {
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

// run takes what is waiting, group by group, until the writer is closed and
// nothing is left.
func (w *writer) run() {
	defer close(w.done)
	for range w.wake {
		for {
			group, closed := w.take()
			if len(group) == 0 {
				if closed {
					return
				}
				break
			}
			w.commit(group)
		}
	}
}

// take returns the next operations: a group for one transaction, or one that
// wants to be alone.
func (w *writer) take() (group []*operation, closed bool) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	used := 0
	for _, op := range w.queue {
		if len(group) == largestGroup || op.alone && len(group) > 0 {
			break
		}
		used++
		if !op.state.CompareAndSwap(waiting, taken) {
			continue
		}
		group = append(group, op)
		if op.alone {
			break
		}
	}
	w.queue = append([]*operation(nil), w.queue[used:]...)
	return group, w.closed
}

// commit carries out a group in one transaction. An operation that fails is
// undone alone; when the commit fails, all have failed.
func (w *writer) commit(group []*operation) {
	if group[0].alone {
		group[0].done <- group[0].apply(&transaction{writer: w, conn: w.conn})
		return
	}
	tx := &transaction{writer: w, conn: w.conn}
	results := make([]error, len(group))
	_, err := tx.exec("BEGIN IMMEDIATE")
	for i := 0; err == nil && i < len(group); i++ {
		results[i], err = tx.try(group[i].apply)
	}
	if err == nil {
		_, err = tx.exec("COMMIT")
	}
	if err != nil {
		if _, undo := tx.exec("ROLLBACK"); undo != nil {
			err = errors.Join(err, undo)
		}
	}
	for i, op := range group {
		if err != nil {
			results[i] = err
		}
		op.done <- results[i]
	}
}

// close refuses new operations, carries out the waiting ones and closes the database.
func (w *writer) close() error {
	w.mutex.Lock()
	w.closed = true
	w.mutex.Unlock()
	w.poke()
	<-w.done
	var errs []error
	for _, statement := range w.statements {
		errs = append(errs, statement.Close())
	}
	return errors.Join(append(errs, w.conn.Close(), w.db.Close())...)
}

// transaction is what an operation works with; it is used by the writer's
// goroutine alone. Its statements run to their end: who cancels waits for them,
// and they take microseconds.
type transaction struct {
	writer *writer
	conn   *sql.Conn
	// depths are the lengths of lanes as counted in this transaction.
	depths map[string]int
}

// try runs one operation; failed is its own error, err one that spoils the group.
func (tx *transaction) try(apply func(*transaction) error) (failed, err error) {
	if _, err := tx.exec("SAVEPOINT operation"); err != nil {
		return nil, err
	}
	if failed = apply(tx); failed != nil {
		tx.depths = nil
		if _, err := tx.exec("ROLLBACK TO operation"); err != nil {
			return failed, err
		}
	}
	_, err = tx.exec("RELEASE operation")
	return failed, err
}

func (tx *transaction) exec(query string, args ...any) (int, error) {
	statement, err := tx.prepare(query)
	if err != nil {
		return 0, err
	}
	result, err := statement.ExecContext(context.Background(), args...)
	if err != nil {
		return 0, err
	}
	count, err := result.RowsAffected()
	return int(count), err
}

// row reads one row; ok is false when there is none.
func (tx *transaction) row(query string, args []any, into ...any) (ok bool, err error) {
	statement, err := tx.prepare(query)
	if err != nil {
		return false, err
	}
	err = statement.QueryRowContext(context.Background(), args...).Scan(into...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

func (tx *transaction) prepare(query string) (*sql.Stmt, error) {
	if statement, ok := tx.writer.statements[query]; ok {
		return statement, nil
	}
	statement, err := tx.conn.PrepareContext(context.Background(), query)
	if err != nil {
		return nil, err
	}
	tx.writer.statements[query] = statement
	return statement, nil
}
