package livetest

import (
	"context"
	"database/sql"
	"testing"

	"usher/ent/migrate"
)

// MustAddLater changes a database as a later program may do while others use it: each table has one more column, and there is a table whose
// rows belong to rooms, participants and accounts. It returns a connection to the database.
func MustAddLater(t testing.TB, databaseURL string) *sql.DB {
	t.Helper()
	db := MustConnect(t, databaseURL)
	statements := []string{"CREATE TABLE later_things (id varchar PRIMARY KEY)"}
	for _, owner := range []string{"room", "participant", "user"} {
		statements = append(statements, "ALTER TABLE later_things ADD COLUMN "+owner+"_id varchar NULL REFERENCES "+owner+"s (id) ON DELETE CASCADE")
	}
	for _, table := range migrate.Tables {
		statements = append(statements, "ALTER TABLE "+table.Name+" ADD COLUMN later varchar NOT NULL DEFAULT 'now'")
	}
	// The next id, because a copied database may count its ids from the beginning.
	statements = append(statements, "INSERT INTO goose_db_version (id, version_id, is_applied) SELECT max(id) + 1, 99990101000000, true FROM goose_db_version")
	for _, statement := range statements { // each by itself, so that none waits for a server that waits for another one
		if _, err := db.ExecContext(context.Background(), statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	return db
}
