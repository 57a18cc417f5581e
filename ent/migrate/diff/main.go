// Command diff writes the next migration of each dialect: what stands between the migrations so far and ent/schema.
//
//	go run ./ent/migrate/diff NAME
package main

import (
	"context"
	"fmt"
	"os"

	"ariga.io/atlas/sql/sqltool"
	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql/schema"
	_ "github.com/mattn/go-sqlite3"

	"usher/ent/migrate"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: go run ./ent/migrate/diff NAME")
		os.Exit(2)
	}
	if err := diff(context.Background(), os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func diff(ctx context.Context, name string) error {
	dir, err := sqltool.NewGooseDir("ent/migrate/sqlite")
	if err != nil {
		return fmt.Errorf("open migrations: %w", err)
	}
	return migrate.NamedDiff(ctx, "sqlite://file?mode=memory&_fk=1", name,
		schema.WithDir(dir), schema.WithMigrationMode(schema.ModeReplay), schema.WithDialect(dialect.SQLite),
		schema.WithForeignKeys(true), schema.WithDropColumn(true), schema.WithDropIndex(true))
}
