package command

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"usher/live"
	"usher/settings"
	"usher/site"
)

type keyCommand struct {
	Replace keyReplaceCommand `cmd:"" help:"Sign links with the current key file. Links that another key signed become invalid."`
}

type keyReplaceCommand struct{}

// Run makes the key in the key file sign the site's links. If no key file was configured and it is lost, Run creates one. On SQLite, no
// server may be running, because it would keep using its old key.
func (*keyReplaceCommand) Run(ctx context.Context, out Console, settings *settings.Settings) (err error) {
	database, err := live.Serve(ctx, string(settings.DatabaseURL), slog.New(slog.NewTextHandler(out.Err, nil)))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, database.Close()) }()
	keys, err := site.ReadKeys(settings, "")
	if site.MayMakeKeys(settings, err) {
		keys, err = site.MakeKeys(settings)
	}
	if err != nil {
		return err
	}
	changed, err := keys.Replace(ctx, database.Log(time.Now, live.NewHub(database)))
	if err != nil {
		return err
	}
	if !changed {
		fmt.Fprintf(out.Out, "%s already signs the site's links; nothing has changed\n", settings.SecretKeyFile)
		return nil
	}
	fmt.Fprintf(out.Out, "%s signs the site's links from now on. Links that another key signed are invalid; copy them again. "+
		"Start every server of the site with this key file.\n", settings.SecretKeyFile)
	return nil
}
