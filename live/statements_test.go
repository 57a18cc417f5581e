package live

import (
	"database/sql"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func TestAConnectionKeepsFewAndShortStatements(t *testing.T) {
	db := openKeeping(dsn(filepath.Join(t.TempDir(), "usher.db")))
	defer db.Close()
	conn, err := db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	kept := func() (n int) {
		err := conn.Raw(func(of any) error {
			n = reflect.ValueOf(of.(keeper).SQLiteConn).Elem().FieldByName("stmtCache").Len()
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	statement := func(length int) string { return "SELECT ?" + strings.Repeat(" ", length-len("SELECT ?, 1")) + ", 1" }
	ask := func(length int) {
		t.Helper()
		var first, second int
		if err := conn.QueryRowContext(t.Context(), statement(length), 7).Scan(&first, &second); err != nil || first != 7 {
			t.Fatalf("got %d, %v", first, err)
		}
	}
	ask(keptStatementLen + 1)
	if n := kept(); n != 0 {
		t.Errorf("a longer one: %d are kept", n)
	}
	ask(keptStatementLen)
	ask(keptStatementLen)
	if n := kept(); n != 1 {
		t.Errorf("as long as they may be: %d are kept", n)
	}
	for n := range keptStatements + 1 {
		ask(100 + n)
	}
	if n := kept(); n != keptStatements {
		t.Errorf("one more: %d are kept", n)
	}
	for _, length := range []int{keptStatementLen, keptStatementLen + 1} {
		create := "CREATE TABLE IF NOT EXISTS t (n INTEGER)"
		if _, err := conn.ExecContext(t.Context(), create); err != nil {
			t.Fatal(err)
		}
		insert := "INSERT INTO t VALUES (?)"
		made, err := conn.ExecContext(t.Context(), insert+strings.Repeat(" ", length-len(insert)-1)+";", sql.Named("n", 1))
		if err != nil {
			t.Fatal(err)
		}
		if rows, _ := made.RowsAffected(); rows != 1 {
			t.Errorf("a statement of %d bytes changed %d rows", length, rows)
		}
	}
}
