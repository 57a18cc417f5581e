package auth

import (
	"crypto/rand"
	"time"

	"usher/ent"
	"usher/ent/session"
)

// deviceTerm is the longest that browsers keep a cookie.
const deviceTerm = 400 * 24 * time.Hour

// GuestGrace is how long after the end of its session a guest's access lasts.
const GuestGrace = 30 * time.Minute

// KeepDevice returns the device of the asker, and gives a browser that has none a secret to be known by from now on. The
// browser holds the secret before anything is bound to it: an answer that is lost later costs nothing. Nothing is stored.
func KeepDevice(actor Actor, jar *Jar) (hash []byte) {
	if actor.Device != nil {
		return actor.Device
	}
	secret, hash := NewSecret(DevicePrefix, rand.Reader)
	jar.set(deviceCookie, secret, int(deviceTerm.Seconds()))
	return hash
}

// AttemptDevice returns the device that an attemptKey stands for.
func AttemptDevice(attemptKey string) (hash []byte) { return HashSecret("attempt:" + attemptKey) }

// GivesAccess reports whether an invitation, read with its session, gives the device that redeemed it access at now: it is
// redeemed, not revoked, and its session not over for longer than GuestGrace. That its email is no disabled account's is for
// the query to see to (Enabled).
func GivesAccess(i *ent.Invitation, of *ent.Session, now time.Time) bool {
	over := of.State == session.StateEnded || of.State == session.StateCancelled
	return i.RedeemedAt != nil && i.RevokedAt == nil && (!over || of.EndedAt != nil && now.Before(of.EndedAt.Add(GuestGrace)))
}
