package room

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"

	"usher/ent"
	"usher/live"
)

// A site remembers which key signs its links. With another key, a server would silently invalidate all existing links.

// ErrOtherKey means that the key that signs the site's links is not among the server's keys.
var ErrOtherKey = errors.New("this is not the key that signs the site's links; with it, all links would be invalid")

// fingerprintLabel separates fingerprints from anything else that the keys sign.
const fingerprintLabel = "usher key fingerprint v1\x00"

// fingerprint identifies the key of a number. The number is part of it, because links name their key by number.
func (k Keys) fingerprint(id byte) string {
	mac := hmac.New(sha256.New, k.byID[id])
	mac.Write([]byte(fingerprintLabel))
	mac.Write([]byte{id})
	return hex.EncodeToString(mac.Sum(nil))
}

// LinkKey returns the fingerprint of the key that signs the site's links. It is empty before the first start of a server.
func LinkKey(ctx context.Context, c *ent.Client) (fingerprint string, err error) {
	key, err := c.LinkKey.Query().First(ctx)
	if ent.IsNotFound(err) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("read the site's key: %w", err)
	}
	return key.Fingerprint, nil
}

// Fit returns ErrOtherKey if the key that signs a site's links is not among these. site is its fingerprint, as LinkKey returns it.
func (k Keys) Fit(site string) error {
	if site == "" {
		return nil
	}
	for id := range k.byID {
		if k.fingerprint(id) == site {
			return nil
		}
	}
	return ErrOtherKey
}

// Claim makes the first of the keys sign the site's links from now on. site is the fingerprint that LinkKey returned. Returns
// ErrOtherKey, and changes nothing, if the present key is not among these. If several servers start a new site at once with
// different keys, one of them claims it.
func (k Keys) Claim(ctx context.Context, log *live.Log, site string) error {
	if site == k.fingerprint(k.current) {
		return nil
	}
	_, err := k.sign(ctx, log, k.Fit)
	return err
}

// Replace makes the first of the keys sign the site's links, whichever key did so before. It reports whether that was another one.
// Links that were signed with a key not among these become invalid.
func (k Keys) Replace(ctx context.Context, log *live.Log) (changed bool, err error) {
	return k.sign(ctx, log, func(string) error { return nil })
}

// sign notes that the first of the keys signs the site's links, if it may follow the present one.
func (k Keys) sign(ctx context.Context, log *live.Log, may func(site string) error) (changed bool, err error) {
	err = log.Write(ctx, func(tx *live.Tx) error {
		if err := tx.LockSite(ctx); err != nil {
			return err
		}
		site, err := LinkKey(ctx, tx.Client())
		if err != nil {
			return err
		}
		if err := may(site); err != nil {
			return err
		}
		next := k.fingerprint(k.current)
		if changed = site != next; !changed {
			return nil
		}
		if site == "" {
			return tx.LinkKey.Create().SetFingerprint(next).Exec(ctx)
		}
		return tx.LinkKey.Update().SetFingerprint(next).Exec(ctx)
	})
	return changed, err
}
