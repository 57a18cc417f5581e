package live

import (
	"context"
	"database/sql"
	sqldriver "database/sql/driver"
	"fmt"

	"github.com/mattn/go-sqlite3"
)

// Each connection keeps its most recent prepared statements, because preparing one takes as long as running it. Longer statements
// contain lists of ids and rarely repeat, so they are prepared for a single use. So a connection keeps at most 128 KiB of statements.
const (
	keptStatements   = 64
	keptStatementLen = 2 << 10 // bytes
)

// openKeeping opens a pool of SQLite connections that keep prepared statements.
func openKeeping(dsn string) *sql.DB { return sql.OpenDB(keeping{dsn}) }

type keeping struct{ dsn string }

// Driver sets the limit of the WAL file, for which the DSN has no parameter.
func (k keeping) Driver() sqldriver.Driver {
	return &sqlite3.SQLiteDriver{ConnectHook: func(c *sqlite3.SQLiteConn) error {
		_, err := c.Exec(fmt.Sprintf("PRAGMA journal_size_limit = %d", walLimit), nil)
		return err
	}}
}

func (k keeping) Connect(context.Context) (sqldriver.Conn, error) {
	conn, err := k.Driver().Open(fmt.Sprintf("%s&_stmt_cache_size=%d", k.dsn, keptStatements))
	if err != nil {
		return nil, err
	}
	return keeper{conn.(*sqlite3.SQLiteConn)}, nil
}

// keeper is a connection that keeps the statements prepared that it runs directly, but not those that callers prepare.
type keeper struct{ *sqlite3.SQLiteConn }

// QueryContext leaves long statements to database/sql, which prepares, runs and closes them.
func (k keeper) QueryContext(ctx context.Context, query string, args []sqldriver.NamedValue) (sqldriver.Rows, error) {
	if len(query) > keptStatementLen {
		return nil, sqldriver.ErrSkip
	}
	return k.SQLiteConn.QueryContext(ctx, query, args)
}

// ExecContext leaves a long statement to database/sql, as QueryContext does.
func (k keeper) ExecContext(ctx context.Context, query string, args []sqldriver.NamedValue) (sqldriver.Result, error) {
	if len(query) > keptStatementLen {
		return nil, sqldriver.ErrSkip
	}
	return k.SQLiteConn.ExecContext(ctx, query, args)
}
