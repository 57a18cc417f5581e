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

// errKeyMissing means that the site's key file is missing although the site has one.
var errKeyMissing = errors.New("the key file that signs the site's links is missing; without it, all links would be invalid")

// siteKeys reads the keys, the first of which signs the site's links from now on. It creates a missing key file beside the SQLite
// database if none was configured and the site has no key yet. A configured key file must exist.
func siteKeys(ctx context.Context, settings *settings.Settings, database *live.Database, log *live.Log) (room.Keys, error) {
	fingerprint, err := room.LinkKey(ctx, database.Read)
	if err != nil {
		return room.Keys{}, err
	}
	keys, err := ReadKeys(settings, fingerprint)
	if MayMakeKeys(settings, err) {
		keys, err = MakeKeys(settings)
	}
	if err != nil {
		return keys, err
	}
	return keys, keyError(settings, keys.Claim(ctx, log, fingerprint))
}

// ReadKeys reads the key file. The fingerprint is that of the site's key, or empty if it has none yet. Another key is an error.
func ReadKeys(settings *settings.Settings, fingerprint string) (room.Keys, error) {
	keys, err := room.ReadKeys(settings.SecretKeyFile)
	if MayMakeKeys(settings, err) && fingerprint != "" {
		err = errKeyMissing
	}
	if err != nil {
		return keys, keyError(settings, err)
	}
	return keys, keyError(settings, keys.Fit(fingerprint))
}

// MayMakeKeys reports whether err only means that the key file has not been created yet.
func MayMakeKeys(settings *settings.Settings, err error) bool {
	return errors.Is(err, fs.ErrNotExist) && !settings.Given("secret-key-file")
}

// MakeKeys creates the key file unless it exists.
func MakeKeys(settings *settings.Settings) (room.Keys, error) {
	if err := os.MkdirAll(filepath.Dir(settings.SecretKeyFile), 0o700); err != nil {
		return room.Keys{}, fmt.Errorf("create secret-key-file: %w", err)
	}
	keys, err := room.CreateKeys(settings.SecretKeyFile)
	if errors.Is(err, fs.ErrExist) { // another process has just created it
		keys, err = room.ReadKeys(settings.SecretKeyFile)
	}
	return keys, keyError(settings, err)
}

// keyError adds the setting to an error with the key, and the way out if the key is not the site's.
func keyError(settings *settings.Settings, err error) error {
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
