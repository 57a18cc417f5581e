package live

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
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

// SQLiteFile returns the file of a sqlite:// URL, and whether the URL is one.
func SQLiteFile(databaseURL string) (string, bool) {
	file, ok := strings.CutPrefix(databaseURL, "sqlite://")
	return file, ok && file != ""
}

// openSQLite opens the database. alone means that the caller has locked it.
func openSQLite(ctx context.Context, file string, log *slog.Logger, alone bool) (*Database, error) {
	if err := makeFolder(file); err != nil {
		return nil, err
	}
	if err := createPrivate(file); err != nil {
		return nil, err
	}
	if err := dropParts(filepath.Dir(file)); err != nil { // they only take space
		log.Warn("an unfinished copy of the database is left over", "error", err)
	}
	if err := updateSQLite(ctx, file, log, alone); err != nil {
		return nil, err
	}
	// One connection writes, so that writers queue in the program instead of failing on a locked database. Transactions are immediate,
	// so that none reads before it may write. Syncing is FULL, because go-sqlite3 would make it NORMAL in WAL mode, and a crash of the
	// machine would lose acknowledged commits.
	writeDB := openKeeping(writing(file))
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

// walLimit limits the size of SQLite's WAL file after its content is in the database. Without it, the file would keep its largest size
// ever, for example after a long read or a large import.
const walLimit = 16 << 20

func makeFolder(file string) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return fmt.Errorf("make the database's folder: %w", err)
	}
	return nil
}

// createPrivate creates a missing file that only its owner can read, whatever the umask. SQLite's other files take over its mode. It
// does not open an existing file, because closing that would drop this process's locks on it.
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
	// The path becomes part of a URI, so special characters must be escaped.
	return "file:" + (&url.URL{Path: file}).EscapedPath() + "?" + v.Encode()
}

// writing returns the DSN of a connection that writes. It overwrites what it deletes, so that no text stays in free space of the file.
func writing(file string, pairs ...string) string {
	return dsn(file, append([]string{"_txlock", "immediate", "_journal_mode", "WAL", "_synchronous", "FULL", "_secure_delete", "on"}, pairs...)...)
}

func (db *Database) assertDurable(ctx context.Context) error {
	for pragma, want := range map[string]string{"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "secure_delete": "1"} {
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

// updateSQLite brings the tables up to date. Unless the database is locked, it locks it while the tables change, because a server of an
// earlier program may be using it.
func updateSQLite(ctx context.Context, file string, log *slog.Logger, alone bool) (err error) {
	if !alone {
		if missing, err := missingSQLite(ctx, file); err != nil || len(missing) == 0 {
			return err
		}
		lock, err := lockSQLite(ctx, file)
		if err != nil {
			return fmt.Errorf("update the database: %w", err)
		}
		defer func() { err = errors.Join(err, lock.Close()) }()
	}
	_, err = migrateSQLite(ctx, file, log, true)
	return err
}

// missingSQLite returns the migrations that an existing database lacks.
func missingSQLite(ctx context.Context, file string) ([]*goose.Source, error) {
	db, tables, err := peekSQLite(ctx, file)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	return missingIn(ctx, db, goose.DialectSQLite3, tables)
}

// migrateSQLite brings the tables up to date and returns the migrations that it ran. It uses a connection without foreign keys, because
// rebuilding a table would otherwise silently delete the rows that refer to it. With keep, it copies the file before it changes tables.
func migrateSQLite(ctx context.Context, file string, log *slog.Logger, keep bool) (ran []Migration, err error) {
	db, err := sql.Open("sqlite3", writing(file, "_foreign_keys", "0"))
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	var first func(update int64) error
	if keep {
		first = func(update int64) error { return keepEarlier(ctx, db, file, update, log) }
	}
	ran, err = migrateUp(ctx, db, goose.DialectSQLite3, log, first)
	if err != nil || len(ran) == 0 {
		return ran, err
	}
	return ran, checkForeignKeys(ctx, db)
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

// peekSQLite opens an existing database for reading only.
func peekSQLite(ctx context.Context, file string) (db *sql.DB, tables bool, err error) {
	db, err = sql.Open("sqlite3", dsn(file, "mode", "ro"))
	if err != nil {
		return nil, false, fmt.Errorf("open database: %w", err)
	}
	const history = "SELECT count(*) FROM sqlite_schema WHERE name = ?"
	if err := db.QueryRowContext(ctx, history, goose.DefaultTablename).Scan(&tables); err != nil {
		return nil, false, errors.Join(fmt.Errorf("read %s: %w", file, err), db.Close())
	}
	return db, tables, nil
}

func inspectSQLite(ctx context.Context, file string, visit func(read *ent.Client) error) (string, error) {
	if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
		return file + " will be created at the first start", nil
	}
	db, tables, err := peekSQLite(ctx, file)
	if err != nil {
		return "", err
	}
	defer db.Close()
	if !tables {
		return file + " is empty; its tables will be created at the first start", nil
	}
	status, err := inspect(ctx, db, goose.DialectSQLite3, file, visit)
	if err != nil {
		return "", err
	}
	inUse, err := locked(file)
	if inUse {
		status += ", and a server is using it"
	}
	return status, err
}

// sqliteTemporary reports whether err is a temporary failure of SQLite.
func sqliteTemporary(err error) bool {
	var s sqlite3.Error
	if errors.As(err, &s) {
		switch s.Code {
		case sqlite3.ErrBusy, sqlite3.ErrLocked, sqlite3.ErrFull, sqlite3.ErrIoErr, sqlite3.ErrCantOpen, sqlite3.ErrReadonly:
			return true
		}
	}
	return false
}
