package live

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/pressly/goose/v3"

	"usher/ent/migrate"
)

// ErrNewer says that the database was made by a newer program.
var ErrNewer = errors.New("the database is newer than this program: start the program that made it, or restore a backup")

// migrateSQLite brings the tables of the database up to date. It runs over a connection without foreign keys: a table that is
// rebuilt would otherwise take the rows that refer to it along, without an error.
func migrateSQLite(ctx context.Context, file string) error {
	db, err := sql.Open("sqlite3", dsn(file, "_txlock", "immediate", "_journal_mode", "WAL", "_synchronous", "FULL", "_foreign_keys", "0"))
	if err != nil {
		return fmt.Errorf("open database: %w", err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	p, err := migrations(db)
	if err != nil {
		return err
	}
	current, target, err := p.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("open database: %w", err)
	}
	if current > target {
		return ErrNewer
	}
	if current == target {
		return nil
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate database: %w", err)
	}
	return checkForeignKeys(ctx, db)
}

func migrations(db *sql.DB) (*goose.Provider, error) {
	versions, err := fs.Sub(migrate.Versions, "sqlite")
	if err != nil {
		return nil, err
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, db, versions)
	if err != nil {
		return nil, fmt.Errorf("read migrations: %w", err)
	}
	return p, nil
}

// Inspect says in a few words how the database stands, without changing it.
func Inspect(ctx context.Context, databaseURL string) (string, error) {
	file, ok := SQLiteFile(databaseURL)
	if !ok {
		return "", errScheme
	}
	if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
		return file + " is made at the first start", nil
	}
	db, err := sql.Open("sqlite3", dsn(file, "mode", "ro"))
	if err != nil {
		return "", fmt.Errorf("open database: %w", err)
	}
	defer db.Close()
	p, err := migrations(db)
	if err != nil {
		return "", err
	}
	current, target, err := p.GetVersions(ctx)
	switch {
	case err != nil:
		return "", fmt.Errorf("read %s: %w", file, err)
	case current > target:
		return "", ErrNewer
	case current < target:
		return file + " is brought up to date at the next start", nil
	}
	return file + " is up to date", nil
}

func checkForeignKeys(ctx context.Context, db *sql.DB) error {
	rows, err := db.QueryContext(ctx, "PRAGMA foreign_key_check")
	if err != nil {
		return fmt.Errorf("check foreign keys: %w", err)
	}
	defer rows.Close()
	if rows.Next() {
		return errors.New("migrate database: rows refer to rows that are gone")
	}
	return rows.Err()
}
