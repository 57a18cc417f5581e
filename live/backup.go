package live

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/mattn/go-sqlite3"
	"github.com/pressly/goose/v3"
)

// Backup copies the SQLite database as it is at one moment to a file that is not there yet, while others read and write it.
func Backup(ctx context.Context, database, to string) (err error) {
	if _, err := os.Stat(database); err != nil {
		return err
	}
	if _, err := os.Lstat(to); !errors.Is(err, fs.ErrNotExist) {
		return errors.Join(err, fmt.Errorf("%s is there already", to))
	}
	db, err := sql.Open("sqlite3", dsn(database, "mode", "ro"))
	if err != nil {
		return fmt.Errorf("open database: %w", err)
	}
	defer db.Close()
	part := to + ".part"
	defer func() { err = errors.Join(err, removed(part)) }()
	if err := copyTo(ctx, db, part); err != nil {
		return err
	}
	return os.Rename(part, to)
}

// copyTo writes the database to a file that its owner alone reads, and has it on the disk when it returns.
func copyTo(ctx context.Context, db *sql.DB, to string) error {
	file, err := os.OpenFile(to, os.O_CREATE|os.O_TRUNC|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	defer file.Close()
	if _, err := db.ExecContext(ctx, "VACUUM INTO ?", to); err != nil {
		return fmt.Errorf("copy database: %w", err)
	}
	return file.Sync()
}

func removed(file string) error {
	if err := os.Remove(file); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// Restore puts a backup in the place of the SQLite database, whole or not at all. All that it gave access by has ended
// (giveNothingBack), and clients that read what is not in the backup read the rooms anew. Returns ErrInUse while a server serves the
// database, or another program has it open.
func Restore(ctx context.Context, from, database string) (err error) {
	if _, err := os.Stat(from); err != nil {
		return err
	}
	source, err := sql.Open("sqlite3", dsn(from, "mode", "ro"))
	if err != nil {
		return fmt.Errorf("open backup: %w", err)
	}
	defer source.Close()
	if _, err := inspect(ctx, source, goose.DialectSQLite3, from, nil); err != nil {
		return err
	}
	lock, err := lockSQLite(ctx, database)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.Close()) }()
	part := database + ".part"
	defer func() { err = errors.Join(err, removed(part)) }()
	if err := copyTo(ctx, source, part); err != nil {
		return err
	}
	raised, err := sql.Open("sqlite3", dsn(part, "_journal_mode", "MEMORY"))
	if err != nil {
		return fmt.Errorf("open copy: %w", err)
	}
	defer raised.Close()
	if err := giveNothingBack(ctx, raised); err != nil {
		return err
	}
	target, err := sql.Open("sqlite3", dsn(database, "_busy_timeout", "200", "_synchronous", "FULL"))
	if err != nil {
		return fmt.Errorf("open database: %w", err)
	}
	defer target.Close()
	return replace(ctx, target, raised)
}

// replace copies one database over another that nobody else has open.
func replace(ctx context.Context, target, source *sql.DB) error {
	to, err := target.Conn(ctx)
	if err != nil {
		return fmt.Errorf("open database: %w", err)
	}
	defer to.Close()
	// Leaving WAL needs the database for oneself, and what holds it from here on is the copying.
	if _, err := to.ExecContext(ctx, "PRAGMA journal_mode = DELETE"); err != nil {
		if sqlitePasses(err) {
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
