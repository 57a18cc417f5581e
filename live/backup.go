package live

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/mattn/go-sqlite3"
	"github.com/pressly/goose/v3"
)

// Backup copies a snapshot of the SQLite database to a new file, while others read and write the database. It then removes what backups
// left in that folder that were killed. An error of the removal names the file; the copy is complete.
func Backup(ctx context.Context, database, to string) (err error) {
	if _, err := os.Stat(database); err != nil {
		return err
	}
	if _, err := os.Lstat(to); !errors.Is(err, fs.ErrNotExist) {
		return errors.Join(err, fmt.Errorf("%s already exists; choose another file", to))
	}
	db, err := sql.Open("sqlite3", dsn(database, "mode", "ro"))
	if err != nil {
		return fmt.Errorf("open database: %w", err)
	}
	defer db.Close()
	part, err := copyBeside(ctx, db, to)
	if err != nil {
		return err
	}
	if err := part.become(to); err != nil {
		return err
	}
	if err := dropParts(filepath.Dir(to)); err != nil {
		return fmt.Errorf("%s is complete, but an earlier one is in the way: %w", to, err)
	}
	return nil
}

// Restore replaces the SQLite database by a backup, completely or not at all. It ends all access that the backup contains
// (endAllAccess) and makes clients read the rooms again. It returns ErrInUse while a server, or another program, uses the database.
func Restore(ctx context.Context, from, database string) (err error) {
	if _, err := os.Stat(from); err != nil {
		return err
	}
	source, tables, err := peekSQLite(ctx, from)
	if err != nil {
		return err
	}
	defer source.Close()
	if err := mayRestore(ctx, source, from, tables); err != nil {
		return err
	}
	lock, err := lockSQLite(ctx, database)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.Close()) }()
	part, err := copyBeside(ctx, source, database)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, part.drop()) }()
	// An older backup gets the tables of this program first. It stays as it is itself, so there is no copy from before.
	if _, err := migrateSQLite(ctx, part.name, slog.New(slog.DiscardHandler), false); err != nil {
		return err
	}
	raised, err := sql.Open("sqlite3", dsn(part.name, "_journal_mode", "MEMORY"))
	if err != nil {
		return fmt.Errorf("open copy: %w", err)
	}
	defer raised.Close()
	if err := endAllAccess(ctx, raised); err != nil {
		return err
	}
	target, err := sql.Open("sqlite3", dsn(database, "_busy_timeout", "200", "_synchronous", "FULL"))
	if err != nil {
		return fmt.Errorf("open database: %w", err)
	}
	defer target.Close()
	return replace(ctx, target, raised)
}

// mayRestore returns an error unless a file is a backup of this program or an earlier one. A newer one may have tables that give access, and
// endAllAccess would leave them as they are.
func mayRestore(ctx context.Context, source *sql.DB, from string, tables bool) error {
	if !tables {
		return fmt.Errorf("read %s: it is no backup of a site", from)
	}
	p, err := migrations(source, goose.DialectSQLite3)
	if err != nil {
		return err
	}
	_, newer, err := compare(ctx, source, p)
	if err == nil && newer {
		err = ErrNewer
	}
	if err != nil {
		return fmt.Errorf("read %s: %w", from, err)
	}
	return nil
}

// replace copies one database over another, which nobody else may have open.
func replace(ctx context.Context, target, source *sql.DB) error {
	to, err := target.Conn(ctx)
	if err != nil {
		return fmt.Errorf("open database: %w", err)
	}
	defer to.Close()
	// Leaving WAL needs exclusive use of the database. From here on, the copying keeps others out.
	if _, err := to.ExecContext(ctx, "PRAGMA journal_mode = DELETE"); err != nil {
		if sqliteTemporary(err) {
			return ErrInUse
		}
		return fmt.Errorf("open database: %w", err)
	}
	from, err := source.Conn(ctx)
	if err != nil {
		return fmt.Errorf("open copy: %w", err)
	}
	defer from.Close()
	return to.Raw(func(t any) error {
		return from.Raw(func(f any) error {
			b, err := t.(*sqlite3.SQLiteConn).Backup("main", f.(*sqlite3.SQLiteConn), "main")
			if err != nil {
				return fmt.Errorf("restore: %w", err)
			}
			done, err := b.Step(-1)
			if err == nil && !done {
				err = ErrInUse
			}
			return errors.Join(err, b.Finish())
		})
	})
}
