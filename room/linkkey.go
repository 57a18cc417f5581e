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

// A site remembers which key signs its links, so that no server makes them with another one, which would leave all that were
// given out invalid without a word.

// ErrOtherKey says that the key that signs the site's links is not among those at hand.
var ErrOtherKey = errors.New("this is not the key that signs the site's links; with it, all links would be invalid")

// fingerprintLabel keeps fingerprints apart from all that the keys sign, so that they tell nothing of it.
const fingerprintLabel = "usher key fingerprint v1\x00"

// fingerprint tells the key of a number from all others, and from itself under another number: links name it by that.
func (k Keys) fingerprint(id byte) string {
	mac := hmac.New(sha256.New, k.byID[id])
	mac.Write([]byte(fingerprintLabel))
	mac.Write([]byte{id})
	return hex.EncodeToString(mac.Sum(nil))
}

// LinkKey returns the fingerprint of the key that signs the site's links; empty before the first start of a server.
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

// Fit returns ErrOtherKey where a site's links are signed with a key that is not among these. site is its fingerprint, as LinkKey
// returns it.
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

// Claim has the first of the keys sign the site's links from now on. site is the fingerprint of the key that did so when LinkKey
// was asked. Returns ErrOtherKey, and changes nothing, where the one that does so now is not among these: of servers that start a
// new site at once with different keys, one claims it.
func (k Keys) Claim(ctx context.Context, log *live.Log, site string) error {
	if site == k.fingerprint(k.current) {
		return nil
	}
	_, err := k.sign(ctx, log, k.Fit)
	return err
}

// Replace has the first of the keys sign the site's links, whatever key did so far, and reports whether it was another one. What
// was signed with a key that is not among these is invalid.
func (k Keys) Replace(ctx context.Context, log *live.Log) (changed bool, err error) {
	return k.sign(ctx, log, func(string) error { return nil })
}

// sign notes the first of the keys as the one that signs, where it may follow the one that does so now.
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
