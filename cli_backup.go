package main

import (
	"context"
	"errors"
	"fmt"

	"usher/live"
)

var errBackupSQLite = errors.New("this is for SQLite; PostgreSQL has pg_dump and pg_restore")

type backupCommand struct {
	File string `arg:"" help:"The file to write, which is not there yet."`
}

// Run copies the database to a file, as it is at one moment. The key file is never part of it: whoever has both makes links.
func (c *backupCommand) Run(ctx context.Context, out console, settings *Settings) error {
	database, ok := settings.DatabaseURL.SQLiteFile()
	if !ok {
		return errBackupSQLite
	}
	if err := live.Backup(ctx, database, c.File); err != nil {
		return err
	}
	fmt.Fprintf(out.Out, "%s holds the database; keep %s too, somewhere else\n", c.File, settings.SecretKeyFile)
	return nil
}

type restoreCommand struct {
	File string `arg:"" help:"The backup."`
}

// Run puts a backup in the place of the database, which no server may have open.
func (c *restoreCommand) Run(ctx context.Context, out console, settings *Settings) error {
	database, ok := settings.DatabaseURL.SQLiteFile()
	if !ok {
		return errBackupSQLite
	}
	if err := live.Restore(ctx, c.File, database); err != nil {
		return err
	}
	fmt.Fprintf(out.Out, "%s is restored from %s\n", database, c.File)
	if _, err := checkKey(ctx, settings); err != nil {
		fmt.Fprintln(out.Out, err) // the next start would say so
	}
	return nil
}
