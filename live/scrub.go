package live

import (
	"context"
	"fmt"
	"time"
)

// scrubLimit limits how long Scrub waits for readers of a SQLite database.
const scrubLimit = 10 * time.Second

// Scrub removes the remains of changed and deleted rows from where the database keeps them for a while. It rewrites a SQLite file,
// and empties its WAL. Meanwhile nothing else is written. In PostgreSQL it frees the rows' space and replaces the samples of the planner.
func (db *Database) Scrub(ctx context.Context) error {
	if db.postgres != nil {
		if _, err := db.writeDB.ExecContext(ctx, "VACUUM (ANALYZE) users, search_cells, sign_ins, managers, invitations, participants, devices, events"); err != nil {
			return unavailable("vacuum tables", err)
		}
		return nil
	}
	if _, err := db.writeDB.ExecContext(ctx, "VACUUM"); err != nil {
		return unavailable("rewrite database", err)
	}
	ctx, cancel := context.WithTimeout(ctx, scrubLimit)
	defer cancel()
	for {
		// A reader that began earlier keeps the WAL as it is.
		var busy, pages, done int
		if err := db.writeDB.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &pages, &done); err != nil {
			return unavailable("empty WAL", err)
		}
		if busy == 0 {
			return nil
		}
		if !pause(ctx, shortestWait) {
			return fmt.Errorf("empty WAL: %w", context.Cause(ctx))
		}
	}
}
