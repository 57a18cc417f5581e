package livetest_test

import (
	"testing"

	"usher/live/livetest"
)

func TestADatabaseIsUsedAgainWithoutItsRowsUnlessItsTablesHaveChanged(t *testing.T) {
	livetest.Long(t)
	used := func(statement string) (databaseURL string) {
		t.Run("", func(t *testing.T) {
			databaseURL = livetest.Postgres(t)
			db, rows := livetest.MustConnect(t, databaseURL), 0
			if err := db.QueryRowContext(t.Context(), "SELECT count(*) FROM link_key").Scan(&rows); err != nil || rows != 0 {
				t.Errorf("it has %d rows (%v)", rows, err)
			}
			if _, err := db.ExecContext(t.Context(), statement); err != nil {
				t.Fatal(err)
			}
		})
		return databaseURL
	}
	const add = "INSERT INTO link_key (fingerprint) VALUES ('town')"
	first := used(add)
	if again := used("ALTER TABLE link_key ADD COLUMN more text"); again != first {
		t.Errorf("%s was not used again", first)
	}
	if next := used(add); next == first {
		t.Errorf("%s is used again with other tables", first)
	}
}
