package livetest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/jackc/pgx/v5"

	"usher/live"
)

// Tests get databases that have the tables and no rows: on SQLite a copy, on PostgreSQL a copy or what an earlier test has used.
// Creating the tables takes longer than most tests. So do the hundreds of files of a database of PostgreSQL.

// tablesOfSQLite returns the file of such a database.
var tablesOfSQLite = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "usher-tables-")
	if err != nil {
		return nil, fmt.Errorf("make folder: %w", err)
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "usher.db")
	if err := createTables("sqlite://" + file); err != nil {
		return nil, err
	}
	return os.ReadFile(file)
})

// tables is such a database in a cluster.
type tables struct {
	*Cluster
	name  string
	shape string
	again chan copied // those that are empty again
}

// copied is a database like it. drop removes it.
type copied struct {
	url  string
	drop func(context.Context) error
}

// tablesOfPostgres returns it in the shared cluster.
var tablesOfPostgres = sync.OnceValues(func() (t tables, err error) {
	t = tables{name: "tables", again: make(chan copied, 100)}
	if t.Cluster, err = shared(); err != nil {
		return t, err
	}
	if err := t.exec(context.Background(), "CREATE DATABASE "+t.name); err != nil {
		return t, fmt.Errorf("create database: %w", err)
	}
	if err := createTables(t.URL(t.name)); err != nil {
		return t, err
	}
	conn, err := pgx.Connect(context.Background(), t.URL(t.name))
	if err != nil {
		return t, err
	}
	defer conn.Close(context.Background())
	t.shape, err = readShape(context.Background(), conn)
	return t, err
})

// take returns a copy. release gives it back.
func (t tables) take(ctx context.Context) (databaseURL string, release func(context.Context) error, err error) {
	var c copied
	select {
	case c = <-t.again:
	default:
		if c.url, c.drop, err = t.create(ctx, t.name); err != nil {
			return "", nil, err
		}
	}
	return c.url, func(ctx context.Context) error {
		same, err := t.empty(ctx, c.url)
		if err != nil {
			return err
		}
		if !same {
			return c.drop(ctx)
		}
		select {
		case t.again <- c:
			return nil
		default:
			return c.drop(ctx)
		}
	}, nil
}

// empty removes the rows of a copy, and reports whether its tables are still the same.
func (t tables) empty(ctx context.Context, databaseURL string) (same bool, err error) {
	conn, err := pgx.Connect(ctx, databaseURL)
	if err != nil {
		return false, err
	}
	defer conn.Close(ctx)
	if shape, err := readShape(ctx, conn); err != nil || shape != t.shape {
		return false, err
	}
	var used []string
	err = conn.QueryRow(ctx, `SELECT coalesce(array_agg(quote_ident(relname)), '{}') FROM pg_class
		WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'goose_db_version' AND pg_relation_size(oid) > 0`).Scan(&used)
	if err != nil {
		return false, fmt.Errorf("look for rows: %w", err)
	}
	remove := `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid();
		SET session_replication_role = replica; -- which rows refer to which does not matter
		SELECT setval(seqrelid, seqstart, false) FROM pg_sequence`
	for _, table := range used {
		remove += "; DELETE FROM " + table
	}
	if _, err := conn.Exec(ctx, remove); err != nil {
		return false, fmt.Errorf("remove rows: %w", err)
	}
	if len(used) > 0 { // without VACUUM, the tables keep their size
		if _, err := conn.Exec(ctx, "VACUUM "+strings.Join(used, ", ")); err != nil {
			return false, fmt.Errorf("remove rows: %w", err)
		}
	}
	return true, nil
}

// readShape returns a text that changes with the columns, indexes, triggers and migrations.
func readShape(ctx context.Context, conn *pgx.Conn) (shape string, err error) {
	err = conn.QueryRow(ctx, `SELECT concat_ws(' ', (SELECT md5(string_agg(concat_ws(' ', attrelid, attname, atttypid, attnotnull), ',' ORDER BY attrelid, attnum))
		FROM pg_attribute JOIN pg_class c ON c.oid = attrelid WHERE relnamespace = 'public'::regnamespace),
		(SELECT count(*) FROM pg_trigger), (SELECT max(version_id) FROM goose_db_version))`).Scan(&shape)
	if err != nil {
		return "", fmt.Errorf("read the tables: %w", err)
	}
	return shape, nil
}

func createTables(databaseURL string) error {
	db, err := live.Open(context.Background(), databaseURL)
	if err != nil {
		return fmt.Errorf("create tables: %w", err)
	}
	return db.Close()
}
