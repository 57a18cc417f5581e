package live

import (
	"context"
	"database/sql"
	"slices"

	"github.com/pressly/goose/v3"
)

// DetourTo makes hints connect to another place.
func (s *Servers) DetourTo(host string) { s.config.Host, s.config.Fallbacks = host, nil }

// WantFree makes Check require this many free bytes.
func (db *Database) WantFree(bytes uint64) { db.spare = bytes }

// Failing makes Check believe that the last write failed.
func (db *Database) Failing() { db.failing.Store(true) }

// Suffices is suffices.
var Suffices = suffices

// Waiting returns how many commands wait in line for a key.
func (c *Collect[C, V]) Waiting(key string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.lines[key])
}

// Receive receives a hint.
func (s *Servers) Receive(hint string) { s.receive(hint) }

// DescribeAll returns what the program says about each of its migrations, of SQLite or of PostgreSQL.
func DescribeAll(ctx context.Context, db *sql.DB, dialect goose.Dialect) ([]Migration, error) {
	sources, err := missingIn(ctx, db, dialect, false)
	return describeAll(dialect, sources), err
}

// Migrations is migrations.
var Migrations = migrations

// ChangesRows reports whether a migration changes rows that are there.
func ChangesRows(migration string) bool {
	return slices.ContainsFunc(stepsOf(migration), func(s step) bool {
		return s.does == "changes rows of" || s.does == "deletes rows of" || s.does == "fills" && s.table != neededTable
	})
}

// DescribeText tells what the statements of a migration do.
func DescribeText(migration string) string { return inWords(stepsOf(migration)) }
