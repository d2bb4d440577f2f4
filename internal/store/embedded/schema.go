package embedded

import (
	"context"
	"database/sql"
	"fmt"
)

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
