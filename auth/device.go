package auth

import (
	"crypto/rand"
	"time"

	"usher/ent"
	"usher/ent/session"
)

// deviceTerm is the maximum time for which browsers keep a cookie.
const deviceTerm = 400 * 24 * time.Hour

// GuestGrace is the time for which a guest keeps access after the end of the session.
const GuestGrace = 30 * time.Minute

// KeepDevice returns the device of the asker. A browser without a device gets a new secret as a cookie. It gets the secret before
// anything depends on it, so that a lost answer costs nothing. Nothing is stored.
func KeepDevice(actor Actor, jar *Jar) (hash []byte) {
	if actor.Device != nil {
		return actor.Device
	}
	secret, hash := NewSecret(DevicePrefix, rand.Reader)
	jar.set(deviceCookie, secret, int(deviceTerm.Seconds()))
	return hash
}

// AttemptDevice returns the device of an attemptKey.
func AttemptDevice(attemptKey string) (hash []byte) { return HashSecret("attempt:" + attemptKey) }

// GivesAccess reports whether an invitation gives access at now to the device that redeemed it: it is redeemed and not revoked, and
// its session has not been over for GuestGrace. The query must leave out disabled accounts with Enabled.
func GivesAccess(i *ent.Invitation, of *ent.Session, now time.Time) bool {
	over := of.State == session.StateEnded || of.State == session.StateCancelled
	return i.RedeemedAt != nil && i.RevokedAt == nil && (!over || of.EndedAt != nil && now.Before(of.EndedAt.Add(GuestGrace)))
}
