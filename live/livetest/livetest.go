// Package livetest runs tests on real storage: on SQLite and on PostgreSQL, each with its own database. Only tests import it.
package livetest

import (
	"context"
	"database/sql"
	"errors"
	"hash/fnv"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pressly/goose/v3"

	"usher/ent/migrate"
	"usher/live"
)

// Each runs a test on both databases, with the URL of one that has the tables and no rows. Without PostgreSQL that half is skipped, or
// fails if CI=true.
func Each(t *testing.T, test func(t *testing.T, databaseURL string)) {
	t.Helper()
	onSQLite(t, func(t *testing.T) { test(t, SQLite(t)) })
	onPostgres(t, func(t *testing.T) { test(t, Postgres(t)) })
}

// EachParallel runs a story in parallel with others: at night on both databases, by day on one of them. Its name decides on which:
// PostgreSQL, which takes longer, has a quarter of the stories, and always the same ones. A story takes its database when its
// turn comes.
func EachParallel(t *testing.T, test func(t *testing.T, databaseURL string)) {
	t.Helper()
	t.Parallel()
	name := fnv.New32a()
	_, _ = name.Write([]byte(t.Name()))
	postgres := name.Sum32()%4 == 1 && !testing.Short()
	if atNight || !postgres {
		onSQLite(t, func(t *testing.T) {
			t.Parallel()
			test(t, SQLite(t))
		})
	}
	if atNight || postgres {
		onPostgres(t, func(t *testing.T) {
			t.Parallel()
			test(t, Postgres(t))
		})
	}
}

// EachEmpty is like Each, but without tables.
func EachEmpty(t *testing.T, test func(t *testing.T, databaseURL string)) {
	t.Helper()
	onSQLite(t, func(t *testing.T) { test(t, EmptySQLite(t)) })
	onPostgres(t, func(t *testing.T) { test(t, EmptyPostgres(t)) })
}

func onSQLite(t *testing.T, test func(t *testing.T)) {
	t.Helper()
	t.Run("on SQLite", test)
}

func onPostgres(t *testing.T, test func(t *testing.T)) {
	t.Helper()
	t.Run("on PostgreSQL", func(t *testing.T) {
		Long(t)
		test(t)
	})
}

// Long skips a test under go test -short, which is to answer within a minute. Whatever is skipped runs in make test.
func Long(t testing.TB) {
	t.Helper()
	if testing.Short() {
		t.Skip("left out by -short")
	}
}

// EmptySQLite returns the URL of a database that does not exist yet.
func EmptySQLite(t testing.TB) (databaseURL string) {
	t.Helper()
	return "sqlite://" + filepath.Join(t.TempDir(), "usher.db")
}

// SQLite returns the URL of a database with the tables and no rows.
func SQLite(t testing.TB) (databaseURL string) {
	t.Helper()
	databaseURL = EmptySQLite(t)
	tables, err := tablesOfSQLite()
	if err != nil {
		t.Fatal(err)
	}
	file, _ := live.SQLiteFile(databaseURL)
	if err := os.WriteFile(file, tables, 0o600); err != nil {
		t.Fatal(err)
	}
	return databaseURL
}

// EmptyPostgres returns the URL of an empty database in a cluster shared by the package's tests.
func EmptyPostgres(t testing.TB) (databaseURL string) {
	t.Helper()
	cluster, err := shared()
	mustHave(t, err)
	return until(t, cluster.Create)
}

// Postgres returns the URL of a database in that cluster with the tables and no rows.
func Postgres(t testing.TB) (databaseURL string) {
	t.Helper()
	tables, err := tablesOfPostgres()
	mustHave(t, err)
	return until(t, tables.take)
}

// Counted returns the URL of a database like that of Postgres, which logs its statements. statements returns the log's lines of those that
// were begun since the last call. No two tests of a package may use one at the same time.
func Counted(t testing.TB) (databaseURL string, statements func() []string) {
	t.Helper()
	databaseURL = Postgres(t)
	cluster, err := shared()
	mustHave(t, err)
	var read int
	statements = func() []string {
		log, err := os.ReadFile(cluster.Log())
		if err != nil {
			t.Fatal(err)
		}
		fresh := log[read:]
		read = len(log)
		return slices.DeleteFunc(strings.Split(string(fresh), "\n"), func(line string) bool {
			return !strings.Contains(line, "LOG:  execute ") && !strings.Contains(line, "LOG:  statement: ")
		})
	}
	statements()
	return databaseURL + "&log_statement=all", statements
}

// until takes a database until the test ends.
func until(t testing.TB, take func(context.Context) (databaseURL string, release func(context.Context) error, err error)) (databaseURL string) {
	t.Helper()
	databaseURL, release, err := take(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := release(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return databaseURL
}

// MustStart starts a cluster for a single test, which may stop it.
func MustStart(t testing.TB) *Cluster {
	t.Helper()
	cluster, err := Start(t.Context())
	mustHave(t, err)
	t.Cleanup(func() {
		if err := cluster.Stop(); err != nil {
			t.Error(err)
		}
	})
	return cluster
}

// MustStartEmpty is MustStart, with the URL of an empty database.
func MustStartEmpty(t testing.TB) (cluster *Cluster, databaseURL string) {
	t.Helper()
	cluster = MustStart(t)
	databaseURL, _, err := cluster.Create(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return cluster, databaseURL
}

func mustHave(t testing.TB, err error) {
	t.Helper()
	if errors.Is(err, ErrAbsent) && os.Getenv("CI") != "true" {
		t.Skip("PostgreSQL is not on this machine: what concerns it is left out")
	}
	if err != nil {
		t.Fatal(err)
	}
}

// MustConnect connects to a database directly, beside the program, until the test ends. Parameters are $1, $2 … on both databases, each
// once and in order.
func MustConnect(t testing.TB, databaseURL string) *sql.DB {
	t.Helper()
	driver, name := "pgx", databaseURL
	if file, ok := live.SQLiteFile(databaseURL); ok {
		driver, name = "sqlite3", "file:"+file+"?_busy_timeout=5000"
	}
	db, err := sql.Open(driver, name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// MustOpen opens a database until the test ends.
func MustOpen(t testing.TB, databaseURL string) *live.Database {
	t.Helper()
	db, err := live.Open(t.Context(), databaseURL)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// inGo is the number of the migration that is written in Go.
const inGo = 20261127080000

// MustMigrateTo makes the tables of an earlier version, as its program left them. It returns a connection for filling them.
func MustMigrateTo(t testing.TB, databaseURL string, version int64) *sql.DB {
	t.Helper()
	dialect, folder := goose.DialectPostgres, "postgres"
	if _, ok := live.SQLiteFile(databaseURL); ok {
		dialect, folder = goose.DialectSQLite3, "sqlite"
	}
	db := MustConnect(t, databaseURL)
	versions, err := fs.Sub(migrate.Versions, folder)
	if err != nil {
		t.Fatal(err)
	}
	p, err := goose.NewProvider(dialect, db, versions)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.UpTo(t.Context(), version); err != nil {
		t.Fatal(err)
	}
	if version > inGo { // which changes rows alone, and there are none
		if _, err := db.ExecContext(t.Context(), "INSERT INTO goose_db_version (version_id, is_applied) VALUES ($1, true)", inGo); err != nil {
			t.Fatal(err)
		}
	}
	if at, err := p.GetDBVersion(t.Context()); err != nil || at != version {
		t.Fatalf("the tables are of version %d, not %d (%v)", at, version, err)
	}
	return db
}
