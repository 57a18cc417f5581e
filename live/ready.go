package live

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"usher/problem"
)

const (
	// probeLimit limits how long a probe waits for a writer.
	probeLimit = time.Second
	// spareSpace is how many bytes must be free on a SQLite database's disk. With less, writes would soon fail.
	spareSpace = 32 << 20
)

// Check reports whether the database can be written to now. Its error gives the reason. Check uses a connection of its own, so that it
// waits for neither writers nor readers. It tries a write if the last one failed because of the storage.
func (db *Database) Check(ctx context.Context) error {
	if db.File != "" {
		if free, ok := freeSpace(filepath.Dir(db.File)); ok && free < db.spare {
			return fmt.Errorf("%w: the database has %d bytes free and needs %d", problem.ErrUnavailable, free, db.spare)
		}
	}
	if db.failing.Load() { // only a write reveals a full disk
		if err := db.probe(ctx); err != nil {
			return unavailable("check database", err)
		}
		db.failing.Store(false)
	}
	if db.postgres == nil {
		var tables int
		if err := db.probeDB.QueryRowContext(ctx, "SELECT COUNT(*) FROM sqlite_schema").Scan(&tables); err != nil {
			return unavailable("check database", err)
		}
		return nil
	}
	var readOnly string // a standby is read-only
	if err := db.probeDB.QueryRowContext(ctx, "SHOW transaction_read_only").Scan(&readOnly); err != nil {
		return unavailable("check database", err)
	}
	if readOnly != "off" {
		return fmt.Errorf("%w: the database is read-only", problem.ErrUnavailable)
	}
	return nil
}

// probe commits a write that changes no content.
func (db *Database) probe(ctx context.Context) error {
	touch := "PRAGMA user_version = 0" // its usual value
	if db.postgres != nil {
		touch = "UPDATE goose_db_version SET is_applied = is_applied WHERE id = (SELECT MAX(id) FROM goose_db_version)"
	}
	_, err := db.probeDB.ExecContext(ctx, touch)
	return err
}
