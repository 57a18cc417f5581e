//go:build linux

package program

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/jackc/pgx/v5"
)

// CountStatements lets PostgreSQL log all statements of the server, which must not run yet. statements returns how many there were so
// far, with those that begin and commit.
func (u *Program) CountStatements(ctx context.Context) (statements func() (int, error), err error) {
	if u.cluster == nil {
		return nil, errors.New("only PostgreSQL logs statements")
	}
	conn, err := pgx.Connect(ctx, u.database)
	if err != nil {
		return nil, fmt.Errorf("log statements: %w", err)
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, "ALTER ROLE usher SET log_statement = 'all'"); err != nil {
		return nil, fmt.Errorf("log statements: %w", err)
	}
	return func() (int, error) {
		log, err := os.ReadFile(u.cluster.Log())
		return bytes.Count(log, []byte("LOG:  execute ")) + bytes.Count(log, []byte("LOG:  statement: ")), err
	}, nil
}
