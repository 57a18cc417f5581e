package auth

import (
	"crypto/rand"
	"time"

	"entgo.io/ent/dialect/sql"

	"usher/ent"
	"usher/ent/device"
	"usher/ent/invitation"
	"usher/ent/predicate"
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

// OnDevices selects the invitations that devices redeemed, by the hashes of their secrets. It asks for a list of devices, because ent's
// predicate asks of each invitation whether its device fits, and SQLite reads all invitations for that.
func OnDevices(hashes ...[]byte) predicate.Invitation {
	return func(s *sql.Selector) {
		of := sql.Dialect(s.Dialect()).Table(device.Table)
		values := make([]any, len(hashes))
		for i, hash := range hashes {
			values[i] = hash
		}
		s.Where(sql.In(s.C(invitation.FieldDeviceID),
			sql.Dialect(s.Dialect()).Select(of.C(device.FieldID)).From(of).Where(sql.In(of.C(device.FieldSecretHash), values...))))
	}
}

// GivesAccess reports whether an invitation gives access at now to the device that redeemed it: it is redeemed and not revoked, and
// its session has not been over for GuestGrace. The query must leave out disabled accounts with Enabled.
func GivesAccess(i *ent.Invitation, of *ent.Session, now time.Time) bool {
	over := of.State == session.StateEnded || of.State == session.StateCancelled
	return i.RedeemedAt != nil && i.RevokedAt == nil && (!over || of.EndedAt != nil && now.Before(of.EndedAt.Add(GuestGrace)))
}
