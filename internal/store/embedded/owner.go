package embedded

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"

	"modernc.org/sqlite" // registers the driver "sqlite" as well
)

// owner holds a folder for this process until the process ends, however it
// ends: the lock is the operating system's, on the file of an open transaction.
type owner struct {
	db   *sql.DB
	conn *sql.Conn
}

// own takes a folder by its file.
func own(ctx context.Context, path string) (*owner, error) {
	if err := touch(path); err != nil {
		return nil, fmt.Errorf("own the data folder: %w", err)
	}
	db, err := openDatabase(path, "locking_mode(EXCLUSIVE)")
	if err != nil {
		return nil, fmt.Errorf("own the data folder: %w", err)
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("own the data folder: %w", err), db.Close())
	}
	o := &owner{db, conn}
	if _, err = conn.ExecContext(ctx, "BEGIN EXCLUSIVE"); err == nil {
		return o, nil
	}
	const busy = 5 // SQLITE_BUSY
	var failed *sqlite.Error
	if errors.As(err, &failed) && failed.Code()&0xff == busy {
		err = fmt.Errorf("another process uses it: %w", err)
	}
	return nil, errors.Join(fmt.Errorf("own the data folder %s: %w", filepath.Dir(path), err), o.close())
}

func (o *owner) close() error { return errors.Join(o.conn.Close(), o.db.Close()) }
