package livetest

import (
	"testing"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"
)

// Plan returns the steps in which SQLite reads a table with what selects its rows.
func Plan(t testing.TB, table string, selects ...func(*entsql.Selector)) (steps []string) {
	s := entsql.Dialect(dialect.SQLite).Select("*").From(entsql.Dialect(dialect.SQLite).Table(table))
	for _, each := range selects {
		each(s)
	}
	query, args := s.Query()
	return PlanOf(t, query, args...)
}

// PlanOf returns the steps in which SQLite runs a statement.
func PlanOf(t testing.TB, query string, args ...any) (steps []string) {
	url := SQLite(t)
	MustOpen(t, url)
	rows, err := MustConnect(t, url).QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+query, args...)
	if err != nil {
		t.Fatalf("%v\n%s", err, query)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var id, parent, unused int
		var step string
		if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
			t.Fatal(err)
		}
		steps = append(steps, step)
	}
	if err := rows.Err(); err != nil || len(steps) == 0 {
		t.Fatalf("no plan: %v\n%s", err, query)
	}
	return steps
}
