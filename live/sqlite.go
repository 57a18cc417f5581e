package live

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"entgo.io/ent/dialect"
	"github.com/mattn/go-sqlite3"
	"github.com/pressly/goose/v3"

	"usher/ent"
)

// SQLiteFile returns the file that a sqlite:// URL names, and whether it is such a URL.
func SQLiteFile(databaseURL string) (string, bool) {
	file, ok := strings.CutPrefix(databaseURL, "sqlite://")
	return file, ok && file != ""
}

func openSQLite(ctx context.Context, file string) (*Database, error) {
	if err := makeFolder(file); err != nil {
		return nil, err
	}
	if err := createPrivate(file); err != nil {
		return nil, err
	}
	if err := migrateSQLite(ctx, file); err != nil {
		return nil, err
	}
	// One connection writes, so that writers queue in the program instead of failing as locked; immediate, so that no
	// transaction reads before it may write; FULL, because go-sqlite3 would otherwise turn WAL into NORMAL, which loses
	// acknowledged commits when the machine stops.
	writeDB := openKeeping(dsn(file, "_txlock", "immediate", "_journal_mode", "WAL", "_synchronous", "FULL"))
	writeDB.SetMaxOpenConns(1)
	readDB := openKeeping(dsn(file, "mode", "ro", "_query_only", "1"))
	readers := max(4, 2*runtime.NumCPU())
	readDB.SetMaxOpenConns(readers)
	readDB.SetMaxIdleConns(readers)
	probeDB, err := sql.Open("sqlite3", dsn(file, "_txlock", "immediate", "_busy_timeout", milliseconds(probeLimit), "_synchronous", "FULL"))
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	db := newDatabase(dialect.SQLite, readDB, writeDB, probeDB)
	db.File = file
	if err := db.assertDurable(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// walLimit is how large the file of SQLite's log stays once what it held is in the database: a reader that takes long, or a large
// import, would leave it as large as it ever was.
const walLimit = 16 << 20

func makeFolder(file string) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return fmt.Errorf("make the database's folder: %w", err)
	}
	return nil
}

// createPrivate makes the file where there is none, for nobody else on the machine to read, whatever the umask; the files beside
// it take over its mode. One that is there is not touched: to close it would drop the locks that this process holds on it.
func createPrivate(file string) error {
	f, err := os.OpenFile(file, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("open database: %w", err)
	}
	return f.Close()
}

func dsn(file string, pairs ...string) string {
	v := url.Values{"_busy_timeout": {"5000"}, "_foreign_keys": {"1"}}
	for i := 0; i < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	// The path is part of a URI here: what has a meaning in one must be escaped.
	return "file:" + (&url.URL{Path: file}).EscapedPath() + "?" + v.Encode()
}

func (db *Database) assertDurable(ctx context.Context) error {
	for pragma, want := range map[string]string{"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1"} {
		var got string
		if err := db.writeDB.QueryRowContext(ctx, "PRAGMA "+pragma).Scan(&got); err != nil {
			return fmt.Errorf("read %s: %w", pragma, err)
		}
		if got != want {
			return fmt.Errorf("the database has %s=%s but needs %s (is the folder on a network file system?)", pragma, got, want)
		}
	}
	return nil
}

// migrateSQLite brings the tables of the database up to date. It runs over a connection without foreign keys: a table that is
// rebuilt would otherwise take the rows that refer to it along, without an error.
func migrateSQLite(ctx context.Context, file string) error {
	db, err := sql.Open("sqlite3", dsn(file, "_txlock", "immediate", "_journal_mode", "WAL", "_synchronous", "FULL", "_foreign_keys", "0"))
	if err != nil {
		return fmt.Errorf("open database: %w", err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	changed, err := migrateUp(ctx, db, goose.DialectSQLite3)
	if err != nil || !changed {
		return err
	}
	return checkForeignKeys(ctx, db)
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

func inspectSQLite(ctx context.Context, file string, look func(read *ent.Client) error) (string, error) {
	if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
		return file + " will be created at the first start", nil
	}
	db, err := sql.Open("sqlite3", dsn(file, "mode", "ro"))
	if err != nil {
		return "", fmt.Errorf("open database: %w", err)
	}
	defer db.Close()
	standing, err := inspect(ctx, db, goose.DialectSQLite3, file, look)
	if err != nil {
		return "", err
	}
	served, err := locked(file)
	if served {
		standing += ", and a server is using it"
	}
	return standing, err
}

// sqlitePasses reports whether err is a fault of SQLite that passes by itself.
func sqlitePasses(err error) bool {
	var s sqlite3.Error
	if errors.As(err, &s) {
		switch s.Code {
		case sqlite3.ErrBusy, sqlite3.ErrLocked, sqlite3.ErrFull, sqlite3.ErrIoErr, sqlite3.ErrCantOpen, sqlite3.ErrReadonly:
			return true
		}
	}
	return false
}
