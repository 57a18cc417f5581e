package live

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"usher/problem"
)

const (
	// probeLimit is how long a probe waits for who writes.
	probeLimit = time.Second
	// spareSpace is how many bytes must be free where a SQLite database lies: writes fail soon where there are fewer.
	spareSpace = 32 << 20
)

// Check reports whether the database can be written to right now: an error says why not. It has a connection of its own, so that
// it waits neither for writers nor for readers. Where the last write failed for storage's sake it tries one.
func (db *Database) Check(ctx context.Context) error {
	if db.File != "" {
		if free, ok := freeSpace(filepath.Dir(db.File)); ok && free < db.spare {
			return fmt.Errorf("%w: the database has %d bytes free and needs %d", problem.ErrUnavailable, free, db.spare)
		}
	}
	if db.failing.Load() { // a disk that is full shows at writing alone
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
	var readOnly string // as of a standby
	if err := db.probeDB.QueryRowContext(ctx, "SHOW transaction_read_only").Scan(&readOnly); err != nil {
		return unavailable("check database", err)
	}
	if readOnly != "off" {
		return fmt.Errorf("%w: the database is read-only", problem.ErrUnavailable)
	}
	return nil
}

// probe commits a write that changes nothing, but is written all the same.
func (db *Database) probe(ctx context.Context) error {
	touch := "PRAGMA user_version = 0" // as it always is
	if db.postgres != nil {
		touch = "UPDATE goose_db_version SET is_applied = is_applied WHERE id = (SELECT MAX(id) FROM goose_db_version)"
	}
	_, err := db.probeDB.ExecContext(ctx, touch)
	return err
}
