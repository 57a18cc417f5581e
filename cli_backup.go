package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

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

// restoredText tells the operator what a restore ended, and what it cannot know.
const restoredText = `All sign-ins, tokens and devices have ended, and the links of before do not work.
Links to send anew, for sessions that are open or to come: %d.
Look through what changed since the backup was made, for it is as it was then:
  accounts that can sign in: %d, with the passwords of then (usher user disable --email E)
  site administrators: %s (usher user admin --off --email E)
  rooms: %d, with %d managers in all
  whoever was blocked, and the site's policy
`

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
	restored, err := live.Review(ctx, database)
	if err != nil {
		return err
	}
	fmt.Fprintf(out.Out, "%s is restored from %s\n", database, c.File)
	fmt.Fprintf(out.Out, restoredText, restored.Links, restored.Accounts, strings.Join(restored.Administrators, ", "),
		restored.Rooms, restored.Managers)
	if _, err := checkKey(ctx, settings); err != nil {
		fmt.Fprintln(out.Out, err) // the next start would say so
	}
	return nil
}
