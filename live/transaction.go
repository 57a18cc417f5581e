package live

import (
	"context"
	"database/sql"
	"strings"

	entsql "entgo.io/ent/dialect/sql"
)

// statements records what the statements of a transaction did.
type statements struct {
	changes int  // statements that may have changed something
	failed  bool // some statement failed
}

// statementsKey is the key of a new transaction's *statements in its context.
type statementsKey struct{}

// transaction is a transaction that records what its statements did.
type transaction struct {
	*entsql.Tx
	dialect string
	did     *statements
}

func (t transaction) Query(ctx context.Context, query string, args, v any) error {
	t.did.note(query)
	if err := t.Tx.Query(ctx, query, prepared(t.dialect, query, withoutNUL(args)), v); err != nil {
		t.did.failed = true
		return err
	}
	if rows, ok := v.(*entsql.Rows); ok {
		rows.ColumnScanner = watched{rows.ColumnScanner, t.did}
	}
	return nil
}

func (t transaction) Exec(ctx context.Context, query string, args, v any) error {
	t.did.note(query)
	err := t.Tx.Exec(ctx, query, args, v)
	t.did.failed = t.did.failed || err != nil
	return err
}

func (t transaction) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	t.did.note(query)
	rows, err := t.Tx.QueryContext(ctx, query, args...)
	t.did.failed = t.did.failed || err != nil
	return rows, err
}

func (t transaction) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	t.did.note(query)
	result, err := t.Tx.ExecContext(ctx, query, args...)
	t.did.failed = t.did.failed || err != nil
	return result, err
}

// note counts every statement that is not a SELECT as a change.
func (s *statements) note(query string) {
	if !strings.HasPrefix(query, "SELECT") {
		s.changes++
	}
}

// watched records that reading rows failed.
type watched struct {
	entsql.ColumnScanner
	did *statements
}

func (w watched) Err() error {
	err := w.ColumnScanner.Err()
	w.did.failed = w.did.failed || err != nil
	return err
}
