package command

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"usher/settings"
	"usher/site"
)

type serveCommand struct {
	Demo bool `help:"Run with a temporary database and example data."`
	Open bool `negatable:"" default:"true" help:"Open the browser at the set-up or demo link, if a person starts the program in a terminal of this machine."`
}

// Run serves until ctx ends. It prints the address once the site is ready.
func (c *serveCommand) Run(ctx context.Context, out Console, chosen *settings.Settings) error {
	if c.Demo {
		dir, err := useTemporaryDatabase(chosen)
		if err != nil {
			return err
		}
		defer func() { _ = os.RemoveAll(dir) }()
	}
	return site.Serve(ctx, chosen, out.Out, out.Err,
		func(ctx context.Context, chosen *settings.Settings, log *slog.Logger) (*site.Site, error) {
			return c.assemble(ctx, out, chosen, log)
		})
}

// useTemporaryDatabase points the settings to a database and key in a new directory. The caller must remove it.
func useTemporaryDatabase(chosen *settings.Settings) (dir string, err error) {
	for _, setting := range []string{"database-url", "secret-key-file"} {
		if chosen.Given(setting) {
			return "", settings.Invalidf("--demo uses its own database; remove %s (%s)", setting, chosen.Source(setting))
		}
	}
	if dir, err = os.MkdirTemp("", "usher-demo-"); err != nil {
		return "", fmt.Errorf("create demo directory: %w", err)
	}
	chosen.DatabaseURL = settings.DatabaseURL("sqlite://" + filepath.Join(dir, "usher.db"))
	return dir, chosen.Complete()
}

// assemble builds the parts and puts them together.
func (c *serveCommand) assemble(ctx context.Context, out Console, settings *settings.Settings, log *slog.Logger) (*site.Site, error) {
	p, err := site.Build(ctx, settings, log, time.Now, site.DefaultLimits)
	if err != nil {
		return nil, err
	}
	if site.IsTerminal(out.Err) { // a line for each request would push the links out of sight
		p.Requests = slog.LevelDebug
	}
	if c.Demo {
		p.Demo = new(site.DemoDoor)
	}
	s, err := p.Site(settings, log)
	if err != nil {
		return nil, err
	}
	var link string
	if c.Demo {
		link, err = startDemo(ctx, s, p, settings, log)
	} else {
		s.Welcome, link, err = p.WayIn(ctx, settings)
	}
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	if c.Open {
		s.Welcomed = browserFor(ctx, out, settings, link, os.Getenv)
	}
	return s, nil
}
