package auth

import (
	"crypto/rand"
	"time"

	"usher/ent/invitation"
	"usher/ent/predicate"
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

// GivesAccess selects the invitations by which their device has access at now: redeemed, not revoked, and the session not
// over for longer than GuestGrace.
func GivesAccess(now time.Time) predicate.Invitation {
	return invitation.And(
		invitation.RedeemedAtNotNil(), invitation.RevokedAtIsNil(),
		invitation.HasSessionWith(session.Or(
			session.StateIn(session.StateScheduled, session.StateOpen),
			session.EndedAtGT(now.Add(-GuestGrace)),
		)),
	)
}
