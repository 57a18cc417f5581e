package live

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
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

// Database is an open database: a client that reads, and the pools beneath it. Log writes.
type Database struct {
	Read     *ent.Client
	write    *ent.Client
	readDB   *sql.DB
	writeDB  *sql.DB
	probeDB  *sql.DB         // Check's own connection
	spare    uint64          // bytes that must be free on a SQLite database's disk
	File     string          // of a SQLite database, else empty
	lock     *lock           // of a SQLite database that Serve opened, else nil
	failing  atomic.Bool     // the last write failed because of the storage
	postgres *pgx.ConnConfig // of a PostgreSQL database, else nil
}

var errScheme = errors.New("the database URL must begin with sqlite:// or postgres://")

// Open opens the database, creates a missing SQLite file, migrates the tables, and checks that commits are durable. It rejects a
// database of a newer program that this one cannot work with, and leaves it unchanged. It returns ErrInUse if the tables of a SQLite database
// must change while a server uses it.
func Open(ctx context.Context, databaseURL string) (*Database, error) {
	return open(ctx, databaseURL, slog.New(slog.DiscardHandler), false)
}

// open is Open with a log. alone means that the caller has locked a SQLite database.
func open(ctx context.Context, databaseURL string, log *slog.Logger, alone bool) (*Database, error) {
	if file, ok := SQLiteFile(databaseURL); ok {
		return openSQLite(ctx, file, log, alone)
	}
	if isPostgres(databaseURL) {
		return openPostgres(ctx, databaseURL, log)
	}
	return nil, errScheme
}

// Inspect describes the state of the database in a few words and changes nothing. If the tables are up to date, it also calls visit,
// unless that is nil.
func Inspect(ctx context.Context, databaseURL string, visit func(read *ent.Client) error) (string, error) {
	if file, ok := SQLiteFile(databaseURL); ok {
		return inspectSQLite(ctx, file, visit)
	}
	if isPostgres(databaseURL) {
		return inspectPostgres(ctx, databaseURL, visit)
	}
	return "", errScheme
}

// newDatabase creates the clients on top of the pools.
func newDatabase(dialectName string, readDB, writeDB, probeDB *sql.DB) *Database {
	probeDB.SetMaxOpenConns(1)
	write := ent.NewClient(ent.Driver(driver{entsql.OpenDB(dialectName, writeDB)}))
	keepFolded(write)
	return &Database{
		Read:   ent.NewClient(ent.Driver(driver{entsql.OpenDB(dialectName, readDB)})),
		write:  write,
		readDB: readDB, writeDB: writeDB, probeDB: probeDB, spare: spareSpace,
	}
}

// Log returns the log, through which everything is written. now is the clock; wake is called after each commit with events.
func (db *Database) Log(now func() time.Time, wake Waker) *Log {
	return &Log{write: db.write, rowLocks: db.postgres != nil, wake: wake, now: now, failing: &db.failing}
}

// Close closes the pools and lets other servers use the database.
func (db *Database) Close() error {
	err := errors.Join(db.probeDB.Close(), db.Read.Close(), db.write.Close())
	if db.lock != nil {
		err = errors.Join(err, db.lock.Close())
	}
	return err
}

// storageError turns temporary storage failures into problem.ErrUnavailable.
func storageError(err error) error {
	if err == nil || errors.Is(err, problem.ErrUnavailable) || !sqliteTemporary(err) && !postgresTemporary(err) {
		return err
	}
	return fmt.Errorf("%w: %w", problem.ErrUnavailable, err)
}

// driver turns failures of reads into storageError. Log does so for transactions.
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
	did, ok := ctx.Value(statementsKey{}).(*statements)
	if !ok {
		did = &statements{}
	}
	return transaction{tx.(*entsql.Tx), d.Dialect(), did}, nil
}

// BeginTx begins a snapshot for reading.
func (d driver) BeginTx(ctx context.Context, opts *sql.TxOptions) (dialect.Tx, error) {
	tx, err := d.Driver.BeginTx(ctx, opts)
	if err != nil {
		return nil, storageError(err)
	}
	return snapshot{transaction{tx.(*entsql.Tx), d.Dialect(), &statements{}}}, nil
}

// snapshot is a transaction that only reads. Its failures are turned into storageError.
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

// withoutNUL replaces NUL characters in arguments, because PostgreSQL rejects them. No stored text contains NUL or the replacement, so
// a search for such a text finds nothing.
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
