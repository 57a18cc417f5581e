package live

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"

	entsql "entgo.io/ent/dialect/sql"
	"github.com/pressly/goose/v3"

	"usher/ent"
	"usher/ent/migrate"
)

// ErrNewer means that a newer program has migrated the database.
var ErrNewer = errors.New("the database is newer than this program; run the newer program, or restore a backup")

// folders names the folder of each dialect's migrations.
var folders = map[goose.Dialect]string{goose.DialectSQLite3: "sqlite", goose.DialectPostgres: "postgres"}

func migrations(db *sql.DB, dialect goose.Dialect) (*goose.Provider, error) {
	versions, err := fs.Sub(migrate.Versions, folders[dialect])
	if err != nil {
		return nil, err
	}
	p, err := goose.NewProvider(dialect, db, versions, goose.WithGoMigrations(fillFolded(dialect)))
	if err != nil {
		return nil, fmt.Errorf("read migrations: %w", err)
	}
	return p, nil
}

// migrateUp brings the tables up to date and reports whether they were behind. It returns ErrNewer if they are ahead. It logs its
// progress, unless there were no tables. Each migration is a transaction, so an interrupted run is continued by the next one. If there were
// tables, first runs before anything changes, with the number of the last migration. It may be nil.
func migrateUp(
	ctx context.Context, db *sql.DB, dialect goose.Dialect, log *slog.Logger, first func(update int64) error,
) (changed bool, err error) {
	p, err := migrations(db, dialect)
	if err != nil {
		return false, err
	}
	old, err := behind(ctx, p)
	if err != nil || !old {
		return false, err
	}
	steps, err := p.Status(ctx)
	if err != nil {
		return false, fmt.Errorf("read migrations: %w", err)
	}
	missing := 0
	for _, step := range steps {
		if step.State == goose.StatePending {
			missing++
		}
	}
	if missing == len(steps) {
		log = slog.New(slog.DiscardHandler)
	} else if first != nil {
		if err := first(steps[len(steps)-1].Source.Version); err != nil {
			return false, err
		}
	}
	progress := Begin(log, "update tables", "migrations", missing)
	defer func() { progress.End(err) }()
	for range missing {
		if _, err := p.UpByOne(ctx); err != nil {
			return false, fmt.Errorf("migrate database: %w", err)
		}
		progress.Add(1)
	}
	return true, nil
}

// behind reports whether migrations are missing. It returns ErrNewer if the database has some that the program does not know.
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

// inspect describes the state of the database's tables in a few words; name names the database. If the tables are up to date, it also
// calls visit, unless that is nil.
func inspect(ctx context.Context, db *sql.DB, dialect goose.Dialect, name string, visit func(read *ent.Client) error) (string, error) {
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
	if visit != nil {
		err = visit(ent.NewClient(ent.Driver(driver{entsql.OpenDB(string(dialect), db)})))
	}
	return name + " is up to date", err
}
