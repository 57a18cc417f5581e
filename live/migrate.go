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
	"usher/problem"
)

// ErrNewer means that a newer program has changed the database, in a way that this one cannot work with.
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

// migrateUp brings the tables up to date and returns the migrations that it ran. It returns ErrNewer if they are of a newer program that
// this one cannot work with. It logs its progress, unless there were no tables. Each migration is a transaction, so an interrupted run is
// continued by the next one. If there were tables, first runs before anything changes, with the number of the last migration. It may be nil.
func migrateUp(
	ctx context.Context, db *sql.DB, dialect goose.Dialect, log *slog.Logger, first func(update int64) error,
) (ran []Migration, err error) {
	p, err := migrations(db, dialect)
	if err != nil {
		return nil, err
	}
	missing, newer, err := compare(ctx, db, p)
	if err != nil {
		return nil, err
	}
	noteNewer(newer, log)
	if len(missing) == 0 {
		return nil, nil
	}
	if all := p.ListSources(); len(missing) == len(all) {
		log = slog.New(slog.DiscardHandler)
	} else if first != nil {
		if err := first(all[len(all)-1].Version); err != nil {
			return nil, err
		}
	}
	progress := Begin(log, "update tables", "migrations", len(missing))
	defer func() { progress.End(err) }()
	for _, source := range missing {
		if err := up(ctx, p, log); err != nil {
			return ran, fmt.Errorf("migrate database: %w", err)
		}
		ran = append(ran, describe(dialect, source))
		progress.Add(1)
	}
	return ran, nil
}

// up runs the next migration. While somebody uses a table that it changes, such as a backup, it gives up after tableLimit and tries again. If
// it waited on, everyone who wants to read that table would wait behind it.
func up(ctx context.Context, p *goose.Provider, log *slog.Logger) error {
	for {
		_, err := p.UpByOne(ctx)
		if !tableInUse(err) {
			return err
		}
		log.Info("waiting for a table that somebody uses, such as a backup")
		if !pause(ctx, tablePause) {
			return context.Cause(ctx)
		}
	}
}

func noteNewer(newer bool, log *slog.Logger) {
	if newer {
		log.Warn("a newer program has changed the database; this one works with it, but erases nobody")
	}
}

// compare returns the program's migrations that the database lacks, in order, and whether a newer program has added others. It returns
// ErrNewer if the program must know one of those.
func compare(ctx context.Context, db *sql.DB, p *goose.Provider) (missing []*goose.Source, newer bool, err error) {
	current, target, err := p.GetVersions(ctx)
	if err != nil {
		return nil, false, fmt.Errorf("open database: %w", err)
	}
	if current == target {
		return nil, false, nil
	}
	steps, err := p.Status(ctx)
	if err != nil {
		return nil, false, fmt.Errorf("read migrations: %w", err)
	}
	for _, step := range steps {
		if step.State == goose.StatePending {
			missing = append(missing, step.Source)
		}
	}
	if current < target {
		return missing, false, nil
	}
	if len(missing) > 0 { // those of the newer program came in another order
		return nil, true, ErrNewer
	}
	var needed int64
	if err := db.QueryRowContext(ctx, "SELECT coalesce(max(version), 0) FROM needed_migrations").Scan(&needed); err != nil {
		return nil, true, fmt.Errorf("read needed migrations: %w", err)
	}
	if needed > target {
		return nil, true, ErrNewer
	}
	return nil, true, nil
}

// KnowsAll returns ErrNewer, as a temporary failure, if a newer program has changed the database. There may be rows that this one does not
// know.
func (db *Database) KnowsAll(ctx context.Context) error {
	dialect := goose.DialectSQLite3
	if db.postgres != nil {
		dialect = goose.DialectPostgres
	}
	p, err := migrations(db.readDB, dialect)
	if err != nil {
		return err
	}
	_, newer, err := compare(ctx, db.readDB, p)
	if newer {
		return fmt.Errorf("%w: %w", problem.ErrUnavailable, ErrNewer)
	}
	return storageError(err)
}

// inspect describes the state of the database's tables in a few words; name names the database. If the program can work with the tables as
// they are, it also calls visit, unless that is nil.
func inspect(ctx context.Context, db *sql.DB, dialect goose.Dialect, name string, visit func(read *ent.Client) error) (string, error) {
	p, err := migrations(db, dialect)
	if err != nil {
		return "", err
	}
	missing, newer, err := compare(ctx, db, p)
	if err != nil {
		return "", fmt.Errorf("read %s: %w", name, err)
	}
	if len(missing) > 0 {
		return name + " will be updated at the next start", nil
	}
	if visit != nil {
		err = visit(ent.NewClient(ent.Driver(driver{entsql.OpenDB(string(dialect), db)})))
	}
	if newer {
		return name + " was changed by a newer program, and this one can work with it", err
	}
	return name + " is up to date", err
}
