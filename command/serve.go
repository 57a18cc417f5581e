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
}

// Run serves until ctx ends. It prints the address once the site is ready.
func (c *serveCommand) Run(ctx context.Context, out Console, settings *settings.Settings) error {
	if c.Demo {
		dir, err := useTemporaryDatabase(settings)
		if err != nil {
			return err
		}
		defer func() { _ = os.RemoveAll(dir) }()
	}
	return site.Serve(ctx, settings, out.Out, out.Err, c.open)
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

// open builds and assembles the parts.
func (c *serveCommand) open(ctx context.Context, settings *settings.Settings, log *slog.Logger) (*site.Site, error) {
	p, err := site.Build(ctx, settings, log, time.Now, site.DefaultLimits)
	if err != nil {
		return nil, err
	}
	s, err := p.Site(settings, log)
	if err != nil {
		return nil, err
	}
	if c.Demo {
		err = startDemo(ctx, s, p, settings, log)
	} else {
		s.Welcome, err = p.WayIn(ctx, settings)
	}
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}
