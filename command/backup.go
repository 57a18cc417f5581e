package command

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"usher/live"
	"usher/settings"
)

var errBackupSQLite = errors.New("this command is for SQLite; for PostgreSQL, use pg_dump and pg_restore")

type backupCommand struct {
	File string `arg:"" help:"The file to create; it must not exist yet."`
}

// Run copies a snapshot of the database to a file. The key file is never part of it, because whoever has both can make links.
func (c *backupCommand) Run(ctx context.Context, out Console, settings *settings.Settings) error {
	database, ok := settings.DatabaseURL.SQLiteFile()
	if !ok {
		return errBackupSQLite
	}
	if err := live.Backup(ctx, database, c.File); err != nil {
		return err
	}
	fmt.Fprintf(out.Out, "%s contains the database; also keep a copy of %s, in another place\n", c.File, settings.SecretKeyFile)
	return nil
}

// restoredText tells the operator what a restore ended, and what to review.
const restoredText = `All sign-ins, tokens and devices have ended, and the old links do not work.
Links to send again, for open and future sessions: %d.
Everything is as it was when the backup was made. Review what has changed since:
  accounts that can sign in: %d, with their old passwords (usher user disable --email E)
  site administrators: %s (usher user admin --off --email E)
  rooms: %d, with %d managers in all
  blocked people, and the site's policy
`

type restoreCommand struct {
	File string `arg:"" help:"The backup file."`
}

// Run replaces the database by a backup. No server may be using the database.
func (c *restoreCommand) Run(ctx context.Context, out Console, settings *settings.Settings) error {
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
		fmt.Fprintln(out.Out, err) // the next start would fail with it
	}
	return nil
}
