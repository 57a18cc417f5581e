package live

import (
	"context"
	"database/sql"
	sqldriver "database/sql/driver"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"runtime"
	"slices"
	"strings"
	"time"

	"entgo.io/ent/dialect"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"

	"usher/ent"
)

// migrationLock is the key of the advisory lock that a server holds while it migrates the tables.
const migrationLock = 0x7573686572 // "usher"

// These limit how long one statement takes: a read, and a write including its waits.
const (
	readLimit  = 5 * time.Second
	writeLimit = 10 * time.Second
)

func isPostgres(databaseURL string) bool {
	return strings.HasPrefix(databaseURL, "postgres://") || strings.HasPrefix(databaseURL, "postgresql://")
}

func openPostgres(ctx context.Context, databaseURL string, log *slog.Logger) (*Database, error) {
	config, err := pgx.ParseConfig(databaseURL)
	if err != nil {
		return nil, fmt.Errorf("read the database URL: %w", err) // pgx leaves the password out
	}
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = 5 * time.Second
	}
	if err := migratePostgres(ctx, config, log); err != nil {
		return nil, err
	}
	conns := max(8, 2*runtime.NumCPU())
	readDB := postgresPool(config, conns, map[string]string{
		"statement_timeout": milliseconds(readLimit), "default_transaction_read_only": "on",
	})
	writeDB := postgresPool(config, conns, map[string]string{
		"statement_timeout": milliseconds(writeLimit),
		// A server that no longer responds must not keep its room locked.
		"idle_in_transaction_session_timeout": milliseconds(2 * writeLimit),
		"default_transaction_isolation":       "read committed",
	})
	probeDB := postgresPool(config, 1, map[string]string{"statement_timeout": milliseconds(probeLimit)})
	db := newDatabase(dialect.Postgres, readDB, writeDB, probeDB)
	db.postgres = config
	return db, nil
}

func milliseconds(d time.Duration) string { return fmt.Sprint(d.Milliseconds()) }

// postgresPool opens no connection yet. Connections are made when needed, and again when they break.
func postgresPool(base *pgx.ConnConfig, conns int, params map[string]string) *sql.DB {
	config := base.Copy()
	config.StatementCacheCapacity = keptStatements
	config.RuntimeParams["timezone"] = "UTC"
	if config.RuntimeParams["application_name"] == "" {
		config.RuntimeParams["application_name"] = "usher"
	}
	for name, value := range params {
		config.RuntimeParams[name] = value
	}
	db := stdlib.OpenDB(*config, stdlib.OptionAfterConnect(func(ctx context.Context, conn *pgx.Conn) error {
		conn.TypeMap().RegisterType(&pgtype.Type{
			Name: "timestamptz", OID: pgtype.TimestamptzOID, Codec: &pgtype.TimestamptzCodec{ScanLocation: time.UTC},
		})
		// Acknowledged commits must survive a crash, whatever the server's default is.
		_, err := conn.Exec(ctx, "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'")
		return err
	}))
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns)
	db.SetConnMaxIdleTime(5 * time.Minute)
	return db
}

// prepared makes PostgreSQL prepare a long statement for a single use. Short statements stay prepared.
func prepared(dialectName, query string, args any) any {
	values, ok := args.([]any)
	if !ok || dialectName != dialect.Postgres || len(query) <= keptStatementLen {
		return args
	}
	return append([]any{pgx.QueryExecModeDescribeExec}, values...)
}

// migratePostgres brings the tables up to date. If several servers start at once, one does so and the others wait.
func migratePostgres(ctx context.Context, config *pgx.ConnConfig, log *slog.Logger) error {
	db := postgresPool(config, 2, nil)
	defer db.Close()
	var encoding string
	var tables bool
	err := db.QueryRowContext(ctx, "SELECT current_setting('server_encoding'), to_regclass($1) IS NOT NULL", goose.DefaultTablename).
		Scan(&encoding, &tables)
	if err != nil {
		return fmt.Errorf("open database: %w", err)
	}
	if encoding != "UTF8" {
		return fmt.Errorf("the database has the encoding %s; create it again with ENCODING 'UTF8'", encoding)
	}
	if tables {
		p, err := migrations(db, goose.DialectPostgres)
		if err != nil {
			return err
		}
		if old, err := behind(ctx, p); err != nil || !old { // most starts need no lock, and no second connection
			return err
		}
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		return fmt.Errorf("open database: %w", err)
	}
	defer conn.Close() // releases the lock
	var ours bool
	err = conn.QueryRowContext(ctx, "SELECT pg_try_advisory_lock($1)", int64(migrationLock)).Scan(&ours)
	if err == nil && !ours {
		log.Info("waiting for another server, which prepares the database")
		_, err = conn.ExecContext(ctx, "SELECT pg_advisory_lock($1)", int64(migrationLock))
	}
	if err != nil {
		return fmt.Errorf("wait for other servers: %w", err)
	}
	_, err = migrateUp(ctx, db, goose.DialectPostgres, log, nil) // its operators have backups of their own
	return err
}

func inspectPostgres(ctx context.Context, databaseURL string, visit func(read *ent.Client) error) (string, error) {
	config, err := pgx.ParseConfig(databaseURL)
	if err != nil {
		return "", fmt.Errorf("read the database URL: %w", err)
	}
	name := config.Database + " at " + config.Host
	db := postgresPool(config, 1, map[string]string{"default_transaction_read_only": "on", "statement_timeout": milliseconds(readLimit)})
	defer db.Close()
	var table *string
	if err := db.QueryRowContext(ctx, "SELECT to_regclass($1)::text", goose.DefaultTablename).Scan(&table); err != nil {
		return "", fmt.Errorf("open database: %w", err)
	}
	if table == nil {
		return name + " is empty; its tables will be created at the first start", nil
	}
	return inspect(ctx, db, goose.DialectPostgres, name, visit)
}

// temporary lists the prefixes of SQLSTATEs that stand for temporary failures.
var temporary = []string{
	"08",    // connection lost
	"53",    // out of memory, disk space or connections
	"57P",   // shutting down, or starting
	"57014", // statement timeout
	"55P03", // lock not available
	"25006", // a write on a standby
	"40",    // conflict with another transaction
	"58",    // failure of the operating system
}

// postgresTemporary reports whether err is a temporary failure of PostgreSQL, or of the connection to it.
func postgresTemporary(err error) bool {
	if refused, ok := errors.AsType[*pgconn.PgError](err); ok {
		return slices.ContainsFunc(temporary, func(state string) bool { return strings.HasPrefix(refused.Code, state) })
	}
	if errors.Is(err, context.Canceled) {
		return false
	}
	_, connecting := errors.AsType[*pgconn.ConnectError](err)
	_, network := errors.AsType[net.Error](err)
	return connecting || network || errors.Is(err, sqldriver.ErrBadConn) || errors.Is(err, io.EOF) ||
		errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, sql.ErrConnDone)
}

// conflicted reports whether a transaction failed because of another one, so that a retry may succeed. It may be a deadlock, a row that
// the other one inserted after this one looked for it, or a row that it deleted after this one found it.
func conflicted(err error) bool {
	refused, ok := errors.AsType[*pgconn.PgError](err)
	return ok && (refused.Code == "40001" || refused.Code == "40P01" || refused.Code == "23505" || refused.Code == "23503")
}
