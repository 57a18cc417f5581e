package live_test

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	atlas "ariga.io/atlas/sql/migrate"
	"ariga.io/atlas/sql/postgres"
	"ariga.io/atlas/sql/schema"
	"ariga.io/atlas/sql/sqlite"
	"github.com/pressly/goose/v3"

	"usher/live"
	"usher/live/livetest"
)

// A migration only adds, so that programs from before it go on working. One that does more adds the number of the migration that a program
// must know to the table needed_migrations.

// firstGuarded is the migration that made that table. No program with a release has migrated a database before.
const firstGuarded = "needed_migrations"

// more are the migrations before it that do more than add, by their names without numbers, and why.
var more = map[string]string{
	"search_chunks": "searches read other tables since then",
	"mailbox_codes": "several emails with codes may wait for an invitation, so each waiting email also counts by its code",
}

func mustOpenAtlas(t *testing.T, databaseURL string, db *sql.DB) (driver atlas.Driver, dialect goose.Dialect) {
	t.Helper()
	open, dialect := postgres.Open, goose.DialectPostgres
	if _, ok := live.SQLiteFile(databaseURL); ok {
		open, dialect = sqlite.Open, goose.DialectSQLite3
	}
	driver, err := open(db)
	if err != nil {
		t.Fatal(err)
	}
	return driver, dialect
}

func mustInspect(t *testing.T, driver atlas.Driver) *schema.Schema {
	t.Helper()
	s, err := driver.InspectSchema(t.Context(), "", nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func mustFindBreaks(t *testing.T, driver atlas.Driver, before, after *schema.Schema) []string {
	t.Helper()
	changes, err := driver.SchemaDiff(before, after)
	if err != nil {
		t.Fatal(err)
	}
	found := breaks(changes)
	slices.Sort(found)
	return found
}

// breaks tells what of a change a program from before may not be able to work with.
func breaks(changes []schema.Change) (found []string) {
	for _, change := range changes {
		switch c := change.(type) {
		case *schema.AddTable:
			for _, k := range c.T.ForeignKeys {
				found = append(found, breaksKey(k)...)
			}
		case *schema.ModifyTable:
			for _, within := range c.Changes {
				found = append(found, breaksTable(c, within)...)
			}
		case *schema.DropTable:
			found = append(found, "removes the table "+c.T.Name)
		default:
			found = append(found, fmt.Sprintf("does %T", c))
		}
	}
	return found
}

func breaksTable(of *schema.ModifyTable, change schema.Change) []string {
	added := func(c *schema.Column) bool {
		return slices.ContainsFunc(of.Changes, func(other schema.Change) bool {
			a, ok := other.(*schema.AddColumn)
			return ok && a.C.Name == c.Name
		})
	}
	switch c := change.(type) {
	case *schema.AddColumn:
		if !c.C.Type.Null && c.C.Default == nil {
			return []string{"adds the column " + of.T.Name + "." + c.C.Name + " without a default"}
		}
		return nil
	case *schema.AddIndex:
		// Rows of programs from before are NULL in new columns, and NULL equals nothing.
		if c.I.Unique && !slices.ContainsFunc(c.I.Parts, func(p *schema.IndexPart) bool { return p.C != nil && p.C.Type.Null && added(p.C) }) {
			return []string{"forbids by " + c.I.Name + " what was allowed"}
		}
		return nil
	case *schema.DropIndex:
		if c.I.Unique {
			return []string{"removes the unique index " + c.I.Name}
		}
		return nil
	case *schema.AddForeignKey:
		for _, column := range c.F.Columns {
			if !added(column) {
				return []string{"forbids by " + c.F.Symbol + " what was allowed"}
			}
		}
		return breaksKey(c.F)
	case *schema.DropColumn:
		return []string{"removes the column " + of.T.Name + "." + c.C.Name}
	case *schema.ModifyColumn:
		return []string{"changes the column " + of.T.Name + "." + c.To.Name}
	}
	return []string{fmt.Sprintf("does %T to %s", change, of.T.Name)}
}

// breaksKey tells whether rows of a new table keep a program from before from deleting the row that they belong to.
func breaksKey(k *schema.ForeignKey) []string {
	if k.OnDelete == schema.Cascade || k.OnDelete == schema.SetNull {
		return nil
	}
	return []string{"keeps rows of " + k.RefTable.Name + " by those of " + k.Table.Name}
}

func TestMigrationsOnlyAddOrSayWhatAProgramMustKnow(t *testing.T) {
	livetest.EachEmpty(t, func(t *testing.T, databaseURL string) {
		livetest.Long(t)
		db := livetest.MustConnect(t, databaseURL)
		driver, dialect := mustOpenAtlas(t, databaseURL, db)
		p, err := live.Migrations(db, dialect)
		if err != nil {
			t.Fatal(err)
		}
		all, err := live.DescribeAll(t.Context(), db, dialect)
		if err != nil {
			t.Fatal(err)
		}
		explained := maps.Clone(more)
		before, guarded, needed := mustInspect(t, driver), false, int64(0)
		for _, m := range all {
			step, err := p.UpByOne(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			after := mustInspect(t, driver)
			_, name, _ := strings.Cut(m.Name, "_")
			guarded = guarded || name == firstGuarded
			found := mustFindBreaks(t, driver, before, after)
			if guarded {
				last := needed
				if err := db.QueryRowContext(t.Context(), "SELECT coalesce(max(version), 0) FROM needed_migrations").Scan(&needed); err != nil {
					t.Fatal(err)
				}
				if needed > step.Source.Version || needed < last {
					t.Errorf("%s needs %d, and it was %d before", m.Name, needed, last)
				}
				if len(found) > 0 && needed == last {
					t.Errorf("%s %s. Programs from before may fail: add INSERT INTO needed_migrations (version) VALUES (…)", m.Name, strings.Join(found, ", and "))
				}
				if m.Breaks != (needed != last) {
					t.Errorf("%s is said to break programs from before: %t", m.Name, m.Breaks)
				}
			} else if name != "initial" && (len(found) > 0) != (explained[name] != "") {
				t.Errorf("%s %q, and the explanation is %q", m.Name, found, explained[name])
			}
			delete(explained, name)
			before = after
		}
		if !guarded || len(explained) > 0 {
			t.Errorf("the guard met the table: %t; explained are also %v", guarded, explained)
		}
	})
}

// Rows that a migration changes are read by programs from before, too.
func TestMigrationsThatChangeRowsSayWhatProgramsFromBeforeRead(t *testing.T) {
	for _, folder := range []string{"sqlite", "postgres"} {
		files, err := filepath.Glob("../ent/migrate/" + folder + "/*.sql")
		if err != nil || len(files) < 20 {
			t.Fatalf("the migrations are %q, %v", files, err)
		}
		first := slices.IndexFunc(files, func(file string) bool { return strings.HasSuffix(file, "_"+firstGuarded+".sql") })
		for _, file := range files[first:] {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if live.ChangesRows(string(text)) && !strings.Contains(string(text), "\n-- programs from before: ") {
				t.Errorf("%s changes rows: say in a line that begins with “-- programs from before:” what those make of them", file)
			}
		}
	}
}

func TestTheGuardFindsWhatProgramsFromBeforeCannotWorkWith(t *testing.T) {
	livetest.EachEmpty(t, func(t *testing.T, databaseURL string) {
		livetest.Long(t)
		db := livetest.MustConnect(t, databaseURL)
		driver, _ := mustOpenAtlas(t, databaseURL, db)
		run := func(statements ...string) {
			t.Helper()
			for _, statement := range statements {
				if _, err := db.ExecContext(context.Background(), statement); err != nil {
					t.Fatalf("%s: %v", statement, err)
				}
			}
		}
		run("CREATE TABLE rooms (id varchar(9) NOT NULL PRIMARY KEY, title varchar(9) NOT NULL DEFAULT '', note varchar(9) NULL)",
			"CREATE UNIQUE INDEX room_title ON rooms (title)", "CREATE INDEX room_note ON rooms (note)")
		for _, c := range []struct{ do, want string }{
			{"CREATE TABLE seats (id varchar(9) PRIMARY KEY, room_id varchar(9) NOT NULL REFERENCES rooms (id) ON DELETE CASCADE)", ""},
			{"CREATE TABLE chairs (id varchar(9) PRIMARY KEY, room_id varchar(9) NOT NULL REFERENCES rooms (id))", "keeps rows of rooms by those of chairs"},
			{"ALTER TABLE rooms ADD COLUMN a varchar(9) NOT NULL DEFAULT ''; ALTER TABLE rooms ADD COLUMN b varchar(9) NULL", ""},
			{"ALTER TABLE rooms ADD COLUMN c varchar(9) NULL; CREATE UNIQUE INDEX room_c ON rooms (title, c)", ""},
			{"CREATE UNIQUE INDEX room_a ON rooms (a)", "forbids by room_a what was allowed"},
			{"CREATE INDEX room_b ON rooms (b); DROP INDEX room_note", ""},
			{"DROP INDEX room_title", "removes the unique index room_title"},
			{"ALTER TABLE rooms DROP COLUMN note", "removes the column rooms.note"},
			{"DROP TABLE chairs; DROP TABLE seats", "removes the table chairs, removes the table seats"},
			// SQLite changes a column by making the table again.
			{
				"DROP TABLE rooms; CREATE TABLE rooms (id varchar(9) NOT NULL PRIMARY KEY, d varchar(9) NOT NULL, title integer NOT NULL DEFAULT 0)",
				"adds the column rooms.d without a default, changes the column rooms.title, removes the column rooms.a, removes the column rooms.b, " +
					"removes the column rooms.c, removes the unique index room_a, removes the unique index room_c",
			},
		} {
			before := mustInspect(t, driver)
			run(strings.Split(c.do, "; ")...)
			if got := strings.Join(mustFindBreaks(t, driver, before, mustInspect(t, driver)), ", "); got != c.want {
				t.Errorf("%q: %q, want %q", c.do, got, c.want)
			}
		}
	})
}
