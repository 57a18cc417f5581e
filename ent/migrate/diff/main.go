// Command diff writes the next migration of each dialect: the difference between the migrations so far and ent/schema. It needs
// an empty PostgreSQL database to try things out in, which withpostgres makes where PostgreSQL is on the machine:
//
//	go run ./live/livetest/withpostgres go run ./ent/migrate/diff NAME
package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"

	atlas "ariga.io/atlas/sql/schema"
	"ariga.io/atlas/sql/sqlite"
	"ariga.io/atlas/sql/sqltool"
	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql/schema"
	"github.com/jackc/pgx/v5/stdlib"
	_ "github.com/mattn/go-sqlite3"

	"usher/ent/migrate"
)

func main() {
	if len(os.Args) != 2 || os.Getenv("POSTGRES_URL") == "" {
		fmt.Fprintln(os.Stderr, "usage: POSTGRES_URL=postgres://… go run ./ent/migrate/diff NAME")
		os.Exit(2)
	}
	sql.Register("postgres", stdlib.GetDefaultDriver()) // the name by which ent opens it
	ctx := context.Background()
	err := errors.Join(
		diff(ctx, dialect.SQLite, "sqlite://file?mode=memory&_fk=1", os.Args[1]),
		diff(ctx, dialect.Postgres, os.Getenv("POSTGRES_URL"), os.Args[1]),
	)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

var folders = map[string]string{dialect.SQLite: "sqlite", dialect.Postgres: "postgres"}

func diff(ctx context.Context, to, url, name string) error {
	dir, err := sqltool.NewGooseDir("ent/migrate/" + folders[to])
	if err != nil {
		return fmt.Errorf("open migrations: %w", err)
	}
	err = migrate.NamedDiff(ctx, url, name,
		schema.WithDir(dir), schema.WithMigrationMode(schema.ModeReplay), schema.WithDialect(to), schema.WithDiffHook(prepare(to)),
		schema.WithForeignKeys(true), schema.WithDropColumn(true), schema.WithDropIndex(true))
	if err != nil {
		return fmt.Errorf("%s: %w", to, err)
	}
	return nil
}

// prepare adds the table options that ent cannot express.
func prepare(to string) schema.DiffHook {
	return func(next schema.Differ) schema.Differ {
		return schema.DiffFunc(func(current, desired *atlas.Schema) ([]atlas.Change, error) {
			for _, t := range desired.Tables {
				switch {
				case to == dialect.Postgres:
					compareBytes(t)
				case t.Name == migrate.SearchCellsTable.Name:
					t.AddAttrs(&sqlite.WithoutRowID{}) // the key is most of what there is: keep it once
				}
			}
			return next.Diff(current, desired)
		})
	}
}

// compareBytes has PostgreSQL compare texts as SQLite does, byte by byte, whatever the language of the database: so lists and
// searches come in one order, and ranges of a text are ranges of its index.
func compareBytes(t *atlas.Table) {
	for _, c := range t.Columns {
		if _, text := c.Type.Type.(*atlas.StringType); text {
			c.SetCollation("C")
		}
	}
}
