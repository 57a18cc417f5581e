package live

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"
	"github.com/jackc/pgx/v5"

	"usher/ent"
	"usher/problem"
)

// Database is the open storage: a client that reads, and the pools beneath. What writes goes through Log.
type Database struct {
	Read     *ent.Client
	write    *ent.Client
	readDB   *sql.DB
	writeDB  *sql.DB
	probeDB  *sql.DB         // Check's own connection
	spare    uint64          // bytes that must be free where a SQLite database lies
	File     string          // of a SQLite database; empty otherwise
	lock     *lock           // of a SQLite database that is served; nil otherwise
	failing  atomic.Bool     // the last write failed for storage's sake
	postgres *pgx.ConnConfig // how to reach a PostgreSQL database; nil otherwise
}

var errScheme = errors.New("the database URL must begin with sqlite:// or postgres://")

// Open opens the database, creates a SQLite one where there is none, brings its tables up to date, and asserts that commits
// are durable. A database newer than the program is refused and left as it is.
func Open(ctx context.Context, databaseURL string) (*Database, error) {
	if file, ok := SQLiteFile(databaseURL); ok {
		return openSQLite(ctx, file)
	}
	if isPostgres(databaseURL) {
		return openPostgres(ctx, databaseURL)
	}
	return nil, errScheme
}

// Inspect says in a few words how the database stands, without changing it. Where its tables are up to date, and look is given,
// look reads in them.
func Inspect(ctx context.Context, databaseURL string, look func(read *ent.Client) error) (string, error) {
	if file, ok := SQLiteFile(databaseURL); ok {
		return inspectSQLite(ctx, file, look)
	}
	if isPostgres(databaseURL) {
		return inspectPostgres(ctx, databaseURL, look)
	}
	return "", errScheme
}

// newDatabase puts the clients on top of the pools.
func newDatabase(speaks string, readDB, writeDB, probeDB *sql.DB) *Database {
	probeDB.SetMaxOpenConns(1)
	return &Database{
		Read:   ent.NewClient(ent.Driver(driver{entsql.OpenDB(speaks, readDB)})),
		write:  ent.NewClient(ent.Driver(driver{entsql.OpenDB(speaks, writeDB)})),
		readDB: readDB, writeDB: writeDB, probeDB: probeDB, spare: spareSpace,
	}
}

// Log returns the door through which everything is written. now is the clock; wake is told of every commit with events.
func (db *Database) Log(now func() time.Time, wake Waker) *Log {
	return &Log{write: db.write, rowLocks: db.postgres != nil, wake: wake, now: now, failing: &db.failing}
}

// Close closes the pools, and lets others serve the database.
func (db *Database) Close() error {
	err := errors.Join(db.probeDB.Close(), db.Read.Close(), db.write.Close())
	if db.lock != nil {
		err = errors.Join(err, db.lock.Close())
	}
	return err
}

// storageError turns faults of the storage that pass by themselves into problem.ErrUnavailable.
func storageError(err error) error {
	if err == nil || errors.Is(err, problem.ErrUnavailable) || !sqlitePasses(err) && !postgresPasses(err) {
		return err
	}
	return fmt.Errorf("%w: %w", problem.ErrUnavailable, err)
}

// driver is what everything runs over: faults of reads come as storageError; those of transactions Log turns into it.
type driver struct{ *entsql.Driver }

func (d driver) Query(ctx context.Context, query string, args, v any) error {
	if err := d.Driver.Query(ctx, query, prepared(d.Dialect(), query, withoutNUL(args)), v); err != nil {
		return storageError(err)
	}
	if rows, ok := v.(*entsql.Rows); ok {
		rows.ColumnScanner = scanner{rows.ColumnScanner}
	}
	return nil
}

type scanner struct{ entsql.ColumnScanner }

func (s scanner) Err() error { return storageError(s.ColumnScanner.Err()) }

func (d driver) Tx(ctx context.Context) (dialect.Tx, error) {
	tx, err := d.Driver.Tx(ctx)
	if err != nil {
		return nil, err
	}
	return transaction{tx.(*entsql.Tx), d.Dialect()}, nil
}

// BeginTx begins a snapshot to read from.
func (d driver) BeginTx(ctx context.Context, opts *sql.TxOptions) (dialect.Tx, error) {
	tx, err := d.Driver.BeginTx(ctx, opts)
	if err != nil {
		return nil, storageError(err)
	}
	return snapshot{transaction{tx.(*entsql.Tx), d.Dialect()}}, nil
}

// snapshot is a transaction that reads: its faults come as storageError.
type snapshot struct{ transaction }

func (s snapshot) Query(ctx context.Context, query string, args, v any) error {
	if err := s.transaction.Query(ctx, query, args, v); err != nil {
		return storageError(err)
	}
	if rows, ok := v.(*entsql.Rows); ok {
		rows.ColumnScanner = scanner{rows.ColumnScanner}
	}
	return nil
}

type transaction struct {
	*entsql.Tx
	dialect string
}

func (t transaction) Query(ctx context.Context, query string, args, v any) error {
	return t.Tx.Query(ctx, query, prepared(t.dialect, query, withoutNUL(args)), v)
}

// withoutNUL makes arguments fit for PostgreSQL, which refuses texts with the character zero: none that is kept has it, nor
// the one that stands in for it, so that what is looked for so is not found.
func withoutNUL(args any) any {
	values, ok := args.([]any)
	if !ok || !slices.ContainsFunc(values, hasNUL) {
		return args
	}
	values = slices.Clone(values)
	for i, v := range values {
		if hasNUL(v) {
			values[i] = strings.ReplaceAll(v.(string), "\x00", "\ufffe")
		}
	}
	return values
}

func hasNUL(v any) bool {
	text, ok := v.(string)
	return ok && strings.ContainsRune(text, 0)
}
