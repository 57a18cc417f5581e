package live

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"

	entsql "entgo.io/ent/dialect/sql"
	"github.com/pressly/goose/v3"

	"usher/ent"
	"usher/ent/migrate"
)

// ErrNewer says that the database was made by a newer program.
var ErrNewer = errors.New("the database is newer than this program; run the newer program, or restore a backup")

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
	old, err := behind(ctx, p)
	if err != nil || !old {
		return false, err
	}
	if _, err := p.Up(ctx); err != nil {
		return false, fmt.Errorf("migrate database: %w", err)
	}
	return true, nil
}

// behind reports whether the tables lack migrations. Returns ErrNewer where they have some that the program does not know.
func behind(ctx context.Context, p *goose.Provider) (bool, error) {
	current, target, err := p.GetVersions(ctx)
	if err != nil {
		return false, fmt.Errorf("open database: %w", err)
	}
	if current > target {
		return false, ErrNewer
	}
	return current < target, nil
}

// inspect says how the tables of the database, which goes by that name, stand. Where they are up to date, and look is given, look
// reads in them.
func inspect(ctx context.Context, db *sql.DB, dialect goose.Dialect, name string, look func(read *ent.Client) error) (string, error) {
	p, err := migrations(db, dialect)
	if err != nil {
		return "", err
	}
	old, err := behind(ctx, p)
	if err != nil {
		return "", fmt.Errorf("read %s: %w", name, err)
	}
	if old {
		return name + " will be updated at the next start", nil
	}
	if look != nil {
		err = look(ent.NewClient(ent.Driver(driver{entsql.OpenDB(string(dialect), db)})))
	}
	return name + " is up to date", err
}
