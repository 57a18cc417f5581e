package command

import (
	"context"
	"fmt"
	"log/slog"
	"slices"

	"usher/live"
	"usher/settings"
)

type migrateCommand struct {
	Show bool `help:"Show the migrations that the database lacks, and change nothing."`
}

// Run brings the tables up to date as the start of a server does, or shows what that would do.
func (c *migrateCommand) Run(ctx context.Context, out Console, settings *settings.Settings) error {
	database := string(settings.DatabaseURL)
	if c.Show {
		pending, err := live.Pending(ctx, database)
		if err != nil {
			return err
		}
		list(out, pending)
		fmt.Fprintln(out.Out, pendingInWords(pending))
		return nil
	}
	ran, err := live.Migrate(ctx, database, slog.New(slog.NewTextHandler(out.Err, nil)))
	list(out, ran) // also before an error
	if err != nil {
		return err
	}
	fmt.Fprintln(out.Out, "the tables are up to date")
	return nil
}

func list(out Console, migrations []live.Migration) {
	for _, m := range migrations {
		fmt.Fprintf(out.Out, "%s: %s\n", m.Name, m.Does)
	}
}

func pendingInWords(pending []live.Migration) string {
	switch {
	case len(pending) == 0:
		return "the tables are up to date"
	case slices.ContainsFunc(pending, func(m live.Migration) bool { return m.Breaks }):
		return amount(len(pending), "migration") + " to run; stop all servers of the version before first"
	}
	return amount(len(pending), "migration") + " to run"
}
