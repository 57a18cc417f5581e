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

// These limit how long a migration waits for a table, and then lets others use it before it tries again.
const (
	tableLimit = time.Second
	tablePause = 2 * time.Second
)

func isPostgres(databaseURL string) bool {
	return strings.HasPrefix(databaseURL, "postgres://") || strings.HasPrefix(databaseURL, "postgresql://")
}

func openPostgres(ctx context.Context, databaseURL string, log *slog.Logger) (*Database, error) {
	config, err := readPostgresURL(databaseURL)
	if err != nil {
		return nil, err
	}
	if _, err := migratePostgres(ctx, config, log); err != nil {
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

func readPostgresURL(databaseURL string) (*pgx.ConnConfig, error) {
	config, err := pgx.ParseConfig(databaseURL)
	if err != nil {
		return nil, fmt.Errorf("read the database URL: %w", err) // pgx leaves the password out
	}
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = 5 * time.Second
	}
	return config, nil
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

// migratePostgres brings the tables up to date and returns the migrations that it ran. If several servers start at once, one does so and the
// others wait.
func migratePostgres(ctx context.Context, config *pgx.ConnConfig, log *slog.Logger) (ran []Migration, err error) {
	db := postgresPool(config, 2, map[string]string{"lock_timeout": milliseconds(tableLimit)})
	defer db.Close()
	tables, err := hasHistory(ctx, db)
	if err != nil {
		return nil, err
	}
	if tables { // most starts need no lock, and no second connection
		p, err := migrations(db, goose.DialectPostgres)
		if err != nil {
			return nil, err
		}
		missing, newer, err := compare(ctx, db, p)
		if err != nil || len(missing) == 0 {
			noteNewer(newer, log)
			return nil, err
		}
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	defer conn.Close() // releases the lock
	var ours bool
	err = conn.QueryRowContext(ctx, "SELECT pg_try_advisory_lock($1)", int64(migrationLock)).Scan(&ours)
	if err == nil && !ours {
		log.Info("waiting for another server, which prepares the database")
		_, err = conn.ExecContext(ctx, "SET lock_timeout = 0")
		if err == nil {
			_, err = conn.ExecContext(ctx, "SELECT pg_advisory_lock($1)", int64(migrationLock))
		}
	}
	if err != nil {
		return nil, fmt.Errorf("wait for other servers: %w", err)
	}
	return migrateUp(ctx, db, goose.DialectPostgres, log, nil) // its operators have backups of their own
}

// hasHistory reports whether the database has a history of migrations. It refuses an encoding that lacks characters.
func hasHistory(ctx context.Context, db *sql.DB) (tables bool, err error) {
	var encoding string
	err = db.QueryRowContext(ctx, "SELECT current_setting('server_encoding'), to_regclass($1) IS NOT NULL", goose.DefaultTablename).
		Scan(&encoding, &tables)
	if err != nil {
		return false, fmt.Errorf("open database: %w", err)
	}
	if encoding != "UTF8" {
		return false, fmt.Errorf("the database has the encoding %s; create it again with ENCODING 'UTF8'", encoding)
	}
	return tables, nil
}

// peekPostgres opens the database for reading only.
func peekPostgres(ctx context.Context, databaseURL string) (db *sql.DB, name string, tables bool, err error) {
	config, err := readPostgresURL(databaseURL)
	if err != nil {
		return nil, "", false, err
	}
	db = postgresPool(config, 1, map[string]string{"default_transaction_read_only": "on", "statement_timeout": milliseconds(readLimit)})
	if tables, err = hasHistory(ctx, db); err != nil {
		return nil, "", false, errors.Join(err, db.Close())
	}
	return db, config.Database + " at " + config.Host, tables, nil
}

func inspectPostgres(ctx context.Context, databaseURL string, visit func(read *ent.Client) error) (string, error) {
	db, name, tables, err := peekPostgres(ctx, databaseURL)
	if err != nil {
		return "", err
	}
	defer db.Close()
	if !tables {
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

// tableInUse reports whether a statement gave up because somebody uses a table: it waited too long, or each waited for the other.
func tableInUse(err error) bool {
	refused, ok := errors.AsType[*pgconn.PgError](err)
	return ok && (refused.Code == "55P03" || refused.Code == "40P01")
}

// conflicted reports whether a transaction failed because of another one, so that a retry may succeed. It may be a deadlock, a row that
// the other one inserted after this one looked for it, or a row that it deleted after this one found it.
func conflicted(err error) bool {
	refused, ok := errors.AsType[*pgconn.PgError](err)
	return ok && (refused.Code == "40001" || refused.Code == "40P01" || refused.Code == "23505" || refused.Code == "23503")
}
