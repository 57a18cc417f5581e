package site

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"usher/live"
	"usher/room"
	"usher/settings"
)

// errKeyMissing says that a site that has a key file lacks it.
var errKeyMissing = errors.New("the key file that signs the site's links is missing; without it, all links would be invalid")

// siteKeys reads the keys, the first of which signs the site's links from now on. Where no file was given it is made beside the
// SQLite database of a site that has no key yet; a file that was given must be there.
func siteKeys(ctx context.Context, settings *settings.Settings, database *live.Database, log *live.Log) (room.Keys, error) {
	site, err := room.LinkKey(ctx, database.Read)
	if err != nil {
		return room.Keys{}, err
	}
	keys, err := ReadKeys(settings, site)
	if MayMakeKeys(settings, err) {
		keys, err = MakeKeys(settings)
	}
	if err != nil {
		return keys, err
	}
	return keys, ofKey(settings, keys.Claim(ctx, log, site))
}

// ReadKeys reads the key file of a site whose key has that fingerprint, or has none yet. Another key is an error.
func ReadKeys(settings *settings.Settings, site string) (room.Keys, error) {
	keys, err := room.ReadKeys(settings.SecretKeyFile)
	if MayMakeKeys(settings, err) && site != "" {
		err = errKeyMissing
	}
	if err != nil {
		return keys, ofKey(settings, err)
	}
	return keys, ofKey(settings, keys.Fit(site))
}

// MayMakeKeys reports whether err only says that the file is not made yet.
func MayMakeKeys(settings *settings.Settings, err error) bool {
	return errors.Is(err, fs.ErrNotExist) && !settings.Given("secret-key-file")
}

// MakeKeys makes the key file, where there is still none.
func MakeKeys(settings *settings.Settings) (room.Keys, error) {
	if err := os.MkdirAll(filepath.Dir(settings.SecretKeyFile), 0o700); err != nil {
		return room.Keys{}, fmt.Errorf("create secret-key-file: %w", err)
	}
	keys, err := room.CreateKeys(settings.SecretKeyFile)
	if errors.Is(err, fs.ErrExist) { // another start made it in the meantime
		keys, err = room.ReadKeys(settings.SecretKeyFile)
	}
	return keys, ofKey(settings, err)
}

// ofKey says of a fault with the key which setting it lies in, and what to do where the key is not the site's.
func ofKey(settings *settings.Settings, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, room.ErrOtherKey):
		return fmt.Errorf("secret-key-file: %s: %w; restore the site's key file; if it is lost, run usher key replace to use this one, "+
			"then copy every link again", settings.SecretKeyFile, err)
	case errors.Is(err, errKeyMissing):
		return fmt.Errorf("secret-key-file: %s: %w; restore it; if it is lost, run usher key replace to create another, "+
			"then copy every link again", settings.SecretKeyFile, err)
	}
	return fmt.Errorf("secret-key-file: %w", err)
}
