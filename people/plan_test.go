package people

import (
	"context"
	stdsql "database/sql"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"

	"usher/ent"
	"usher/live"
	"usher/live/livetest"
)

// watched records the queries that it runs.
type watched struct {
	*sql.Driver
	mu  sync.Mutex
	ran []statement
}

type statement struct {
	query string
	args  []any
}

func (w *watched) Query(ctx context.Context, query string, args, v any) error {
	w.mu.Lock()
	w.ran = append(w.ran, statement{query, args.([]any)})
	w.mu.Unlock()
	return w.Driver.Query(ctx, query, args, v)
}

func (w *watched) BeginTx(ctx context.Context, opts *stdsql.TxOptions) (dialect.Tx, error) {
	tx, err := w.Driver.BeginTx(ctx, opts)
	return watchedTx{tx, w}, err
}

type watchedTx struct {
	dialect.Tx
	watched *watched
}

func (tx watchedTx) Query(ctx context.Context, query string, args, v any) error {
	tx.watched.mu.Lock()
	tx.watched.ran = append(tx.watched.ran, statement{query, args.([]any)})
	tx.watched.mu.Unlock()
	return tx.Tx.Query(ctx, query, args, v)
}

// A search reads the list of chunks, and nothing else, without an index.
var rangesOnly = map[string]struct {
	explain    string
	good, evil *regexp.Regexp
}{
	dialect.SQLite: {"EXPLAIN QUERY PLAN ", regexp.MustCompile(`SEARCH`), regexp.MustCompile(`SCAN (search_cells|users)|TEMP B-TREE`)},
	dialect.Postgres: {
		"EXPLAIN ", regexp.MustCompile(`Index (Only )?(Cond|Scan)|Bitmap Index Scan`),
		regexp.MustCompile(`Seq Scan on (search_cells|users)|Sort|Join`),
	},
}

func TestSearchesReadOnlyRangesOfIndexes(t *testing.T) {
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		s := mustSite(t, databaseURL)
		mustImport(t, s, many(12_000))
		mustImport(t, s, corpus)
		name, pool := dialect.Postgres, "pgx"
		source := databaseURL
		if file, ok := live.SQLiteFile(databaseURL); ok {
			name, pool, source = dialect.SQLite, "sqlite3", file
		}
		db, err := stdsql.Open(pool, source)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if _, err := db.ExecContext(t.Context(), "ANALYZE"); err != nil {
			t.Fatal(err)
		}
		w := &watched{Driver: sql.OpenDB(name, db)}
		c := ent.NewClient(ent.Driver(w))
		plan := rangesOnly[name]
		for _, query := range append(slices.Clone(queries), "user1", "us ex", "example user1", "user11@exam", "common name") {
			w.ran = nil
			mustSearch(t, c, query, 20)
			if len(w.ran) > 9 {
				t.Errorf("%q takes %d statements", query, len(w.ran))
			}
			for _, s := range w.ran {
				text := mustExplain(t, db, plan.explain+s.query, s.args)
				if !plan.good.MatchString(text) || plan.evil.MatchString(text) {
					t.Errorf("%q runs %s\n%s", query, s.query, text)
				}
			}
		}
	})
}

func mustExplain(t *testing.T, db *stdsql.DB, query string, args []any) string {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), query, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for rows.Next() {
		line := make([]any, len(columns))
		for i := range line {
			line[i] = new(any)
		}
		if err := rows.Scan(line...); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintln(&text, *line[len(line)-1].(*any))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return text.String()
}
