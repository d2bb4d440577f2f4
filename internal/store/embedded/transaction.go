package embedded

import (
	"context"
	"database/sql"
	"errors"
)

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
