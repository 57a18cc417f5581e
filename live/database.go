package live

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"
	"github.com/mattn/go-sqlite3"

	"usher/ent"
	"usher/problem"
)

// Database is the open storage: a client that reads, and the pools beneath. What writes goes through Log.
type Database struct {
	Read    *ent.Client
	write   *ent.Client
	readDB  *sql.DB
	writeDB *sql.DB
	File    string // of a SQLite database; empty otherwise
}

var errScheme = errors.New("the database URL must begin with sqlite://")

// SQLiteFile returns the file that a sqlite:// URL names, and whether it is such a URL.
func SQLiteFile(databaseURL string) (string, bool) {
	file, ok := strings.CutPrefix(databaseURL, "sqlite://")
	return file, ok && file != ""
}

// Open opens the database, creates it where there is none, brings its tables up to date, and asserts that commits are
// durable. A database newer than the program is refused and left as it is.
func Open(ctx context.Context, databaseURL string) (*Database, error) {
	file, ok := SQLiteFile(databaseURL)
	if !ok {
		return nil, errScheme
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return nil, fmt.Errorf("make the database's folder: %w", err)
	}
	if err := migrateSQLite(ctx, file); err != nil {
		return nil, err
	}
	// One connection writes, so that writers queue in the program instead of failing as locked; immediate, so that no
	// transaction reads before it may write; FULL, because go-sqlite3 would otherwise turn WAL into NORMAL, which loses
	// acknowledged commits when the machine stops.
	writeDB, err := sql.Open("sqlite3", dsn(file, "_txlock", "immediate", "_journal_mode", "WAL", "_synchronous", "FULL"))
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	writeDB.SetMaxOpenConns(1)
	readDB, err := sql.Open("sqlite3", dsn(file, "mode", "ro", "_query_only", "1"))
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	readers := max(4, 2*runtime.NumCPU())
	readDB.SetMaxOpenConns(readers)
	readDB.SetMaxIdleConns(readers)
	db := &Database{
		Read:   ent.NewClient(ent.Driver(entsql.OpenDB(dialect.SQLite, readDB))),
		write:  ent.NewClient(ent.Driver(entsql.OpenDB(dialect.SQLite, writeDB))),
		readDB: readDB, writeDB: writeDB, File: file,
	}
	if err := db.assertDurable(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
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
			return fmt.Errorf("the database runs with %s=%s where %s is needed (is the folder on a network file system?)", pragma, got, want)
		}
	}
	return nil
}

// Log returns the door through which everything is written. now is the clock; wake is told of every commit with events.
func (db *Database) Log(now func() time.Time, wake Waker) *Log {
	return &Log{write: db.write, wake: wake, now: now}
}

// Check reports whether the database can be written to right now: an error says why not.
func (db *Database) Check(ctx context.Context) error {
	tx, err := db.writeDB.BeginTx(ctx, nil) // immediate: takes the write lock
	if err != nil {
		return unavailable("begin", err)
	}
	return tx.Rollback()
}

// Close closes the pools.
func (db *Database) Close() error { return errors.Join(db.Read.Close(), db.write.Close()) }

// storageError turns faults of the storage that pass by themselves into problem.ErrUnavailable.
func storageError(err error) error {
	var s sqlite3.Error
	if errors.As(err, &s) {
		switch s.Code {
		case sqlite3.ErrBusy, sqlite3.ErrLocked, sqlite3.ErrFull, sqlite3.ErrIoErr, sqlite3.ErrCantOpen, sqlite3.ErrReadonly:
			return fmt.Errorf("%w: %w", problem.ErrUnavailable, err)
		}
	}
	return err
}
