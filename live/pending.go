package live

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"

	"github.com/pressly/goose/v3"
)

// Migration is a change of the tables.
type Migration struct {
	// Name begins with the migration's number.
	Name string
	// Does says what it does to which tables, in a few words.
	Does string
	// Breaks means that programs from before it cannot work with the tables afterwards.
	Breaks bool
}

// Pending returns the migrations that the database lacks, in order. It changes nothing.
func Pending(ctx context.Context, databaseURL string) ([]Migration, error) {
	if file, ok := SQLiteFile(databaseURL); ok {
		return pendingSQLite(ctx, file)
	}
	if !isPostgres(databaseURL) {
		return nil, errScheme
	}
	db, _, tables, err := peekPostgres(ctx, databaseURL)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	missing, err := missingIn(ctx, db, goose.DialectPostgres, tables)
	return describeAll(goose.DialectPostgres, missing), err
}

func pendingSQLite(ctx context.Context, file string) ([]Migration, error) {
	if _, err := os.Stat(file); !errors.Is(err, fs.ErrNotExist) {
		missing, err := missingSQLite(ctx, file)
		return describeAll(goose.DialectSQLite3, missing), err
	}
	none, err := sql.Open("sqlite3", ":memory:")
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	defer none.Close()
	missing, err := missingIn(ctx, none, goose.DialectSQLite3, false)
	return describeAll(goose.DialectSQLite3, missing), err
}

// missingIn returns the migrations that a database lacks: all of them if it has no tables.
func missingIn(ctx context.Context, db *sql.DB, dialect goose.Dialect, tables bool) ([]*goose.Source, error) {
	p, err := migrations(db, dialect)
	if err != nil {
		return nil, err
	}
	if !tables {
		return p.ListSources(), nil
	}
	missing, _, err := compare(ctx, db, p)
	return missing, err
}

// Migrate brings the tables up to date as the start of a server does, and returns the migrations that it ran. If others do so at the same time,
// it waits for them and runs what is left. It returns ErrInUse while a server uses a SQLite database.
func Migrate(ctx context.Context, databaseURL string, log *slog.Logger) (ran []Migration, err error) {
	if file, ok := SQLiteFile(databaseURL); ok {
		lock, err := lockSQLite(ctx, file)
		if err != nil {
			return nil, err
		}
		ran, err = migrateSQLite(ctx, file, log, true)
		return ran, errors.Join(err, lock.Close())
	}
	if !isPostgres(databaseURL) {
		return nil, errScheme
	}
	config, err := readPostgresURL(databaseURL)
	if err != nil {
		return nil, err
	}
	return migratePostgres(ctx, config, log)
}
