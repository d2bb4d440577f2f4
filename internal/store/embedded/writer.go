package embedded

import (
	"context"
	"database/sql"
	"errors"
	"sync"
	"sync/atomic"

	"spsbot"
)

// largestGroup is the most operations that share a transaction.
const largestGroup = 256

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
