package live

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"time"
)

// scrubLimit limits how long Scrub waits for readers of a SQLite database.
const scrubLimit = 10 * time.Second

// Scrub removes the remains of changed and deleted rows from where the database keeps them for a while. It rewrites a SQLite file,
// empties its WAL, and removes the copies from before updates, also unfinished ones. Meanwhile nothing else is written. In PostgreSQL it frees the rows'
// space and replaces the samples of the planner.
func (db *Database) Scrub(ctx context.Context) error {
	if db.postgres != nil {
		if _, err := db.writeDB.ExecContext(ctx, "VACUUM (ANALYZE) users, search_cells, sign_ins, managers, invitations, participants, devices, events, messages"); err != nil {
			return unavailable("vacuum tables", err)
		}
		return nil
	}
	if err := errors.Join(dropEarlier(db.File, 0), dropParts(filepath.Dir(db.File))); err != nil {
		return err
	}
	if _, err := db.writeDB.ExecContext(ctx, "VACUUM"); err != nil {
		return unavailable("rewrite database", err)
	}
	ctx, cancel := context.WithTimeout(ctx, scrubLimit)
	defer cancel()
	for {
		if emptied, err := emptyWAL(ctx, db.writeDB); err != nil || emptied {
			return err
		}
		if !pause(ctx, shortestWait) {
			return fmt.Errorf("empty WAL: %w", context.Cause(ctx))
		}
	}
}

// EmptyWAL removes the remains of changed and deleted rows from SQLite's WAL. Other writes wait for a second at most. If a reader needs
// the WAL for longer, it stays as it is. It does nothing in PostgreSQL.
func (db *Database) EmptyWAL(ctx context.Context) error {
	if db.postgres != nil {
		return nil
	}
	_, err := emptyWAL(ctx, db.probeDB) // which waits no longer than that
	return err
}

// emptyWAL empties the WAL, unless a reader that began earlier still needs it.
func emptyWAL(ctx context.Context, on *sql.DB) (emptied bool, err error) {
	var busy, pages, done int
	if err := on.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &pages, &done); err != nil {
		return false, unavailable("empty WAL", err)
	}
	return busy == 0, nil
}
