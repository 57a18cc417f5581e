package live

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"

	"usher/ent/migrate"
)

// ErrNewer says that the database was made by a newer program.
var ErrNewer = errors.New("the database is newer than this program: start the program that made it, or restore a backup")

// folders are where the migrations of each dialect lie.
var folders = map[goose.Dialect]string{goose.DialectSQLite3: "sqlite", goose.DialectPostgres: "postgres"}

func migrations(db *sql.DB, dialect goose.Dialect) (*goose.Provider, error) {
	versions, err := fs.Sub(migrate.Versions, folders[dialect])
	if err != nil {
		return nil, err
	}
	p, err := goose.NewProvider(dialect, db, versions)
	if err != nil {
		return nil, fmt.Errorf("read migrations: %w", err)
	}
	return p, nil
}

// migrateUp brings the tables up to date and reports whether they were behind. Returns ErrNewer where they are ahead.
func migrateUp(ctx context.Context, db *sql.DB, dialect goose.Dialect) (changed bool, err error) {
	p, err := migrations(db, dialect)
	if err != nil {
		return false, err
	}
	current, target, err := p.GetVersions(ctx)
	switch {
	case err != nil:
		return false, fmt.Errorf("open database: %w", err)
	case current > target:
		return false, ErrNewer
	case current == target:
		return false, nil
	}
	if _, err := p.Up(ctx); err != nil {
		return false, fmt.Errorf("migrate database: %w", err)
	}
	return true, nil
}

// upToDate says how the tables of the database, which goes by that name, stand.
func upToDate(ctx context.Context, db *sql.DB, dialect goose.Dialect, name string) (string, error) {
	p, err := migrations(db, dialect)
	if err != nil {
		return "", err
	}
	current, target, err := p.GetVersions(ctx)
	switch {
	case err != nil:
		return "", fmt.Errorf("read %s: %w", name, err)
	case current > target:
		return "", ErrNewer
	case current < target:
		return name + " is brought up to date at the next start", nil
	}
	return name + " is up to date", nil
}
