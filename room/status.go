package room

import (
	"time"

	"usher/auth"
	"usher/ent"
	"usher/ent/invitation"
	"usher/ent/predicate"
	"usher/ent/session"
)

// InvitationStatus is the status of an invitation: the first that applies (I6). EXPIRED and CLOSED follow clock and session.
type InvitationStatus string

const (
	StatusClosed   InvitationStatus = "CLOSED"
	StatusRevoked  InvitationStatus = "REVOKED"
	StatusRedeemed InvitationStatus = "REDEEMED"
	StatusExpired  InvitationStatus = "EXPIRED"
	StatusOpened   InvitationStatus = "OPENED"
	StatusPending  InvitationStatus = "PENDING"
)

// statusOf returns the status of an invitation at an instant.
func statusOf(i *ent.Invitation, of *ent.Session, r *ent.Room, now time.Time) InvitationStatus {
	switch {
	case of.State == session.StateEnded || of.State == session.StateCancelled || r.DeletedAt != nil:
		return StatusClosed
	case i.RevokedAt != nil:
		return StatusRevoked
	case i.RedeemedAt != nil:
		return StatusRedeemed
	case expired(i, of, now):
		return StatusExpired
	case i.OpenedAt != nil:
		return StatusOpened
	}
	return StatusPending
}

// usable reports whether an invitation with this status can be redeemed, or has been.
func usable(s InvitationStatus) bool {
	return s == StatusPending || s == StatusOpened || s == StatusRedeemed
}

// expired reports whether the link has expired: by its own expiry, or by the session's end. An open session keeps links working
// (I5).
func expired(i *ent.Invitation, of *ent.Session, now time.Time) bool {
	if i.ExpiresAt != nil {
		return now.After(*i.ExpiresAt)
	}
	return of.State == session.StateScheduled && now.After(linksEnd(of))
}

// hasStatus is statusOf as a predicate, for a room that exists.
func hasStatus(s InvitationStatus, roomID string, now time.Time) predicate.Invitation {
	these := session.RoomID(roomID)
	open := invitation.HasSessionWith(these, notOver)
	switch s {
	case StatusClosed:
		return invitation.HasSessionWith(these, session.Not(notOver))
	case StatusRevoked:
		return invitation.And(open, invitation.RevokedAtNotNil())
	case StatusRedeemed:
		return invitation.And(open, invitation.RevokedAtIsNil(), invitation.RedeemedAtNotNil())
	case StatusExpired:
		return invitation.And(open, unredeemed(), expiredAt(these, now))
	case StatusOpened:
		return invitation.And(open, unredeemed(), invitation.Not(expiredAt(these, now)), invitation.OpenedAtNotNil())
	case StatusPending:
		return invitation.And(open, unredeemed(), invitation.Not(expiredAt(these, now)), invitation.OpenedAtIsNil())
	}
	return invitation.ID("")
}

func unredeemed() predicate.Invitation {
	return invitation.And(invitation.RevokedAtIsNil(), invitation.RedeemedAtIsNil())
}

// notOver selects the sessions that are open or to come.
var notOver = session.StateIn(session.StateScheduled, session.StateOpen)

// expiredAt is expired as a predicate, for the invitations of these sessions.
func expiredAt(these predicate.Session, now time.Time) predicate.Invitation {
	return invitation.Or(
		invitation.And(invitation.ExpiresAtNotNil(), invitation.ExpiresAtLT(now)),
		invitation.And(invitation.ExpiresAtIsNil(), invitation.HasSessionWith(
			these,
			session.StateEQ(session.StateScheduled),
			session.Or(
				session.And(session.EndsAtNotNil(), session.EndsAtLT(now.Add(-auth.GuestGrace))),
				session.And(session.EndsAtIsNil(), session.StartsAtLT(now.Add(-maxLength))),
			),
		)),
	)
}

// usableAt selects the usable invitations of these sessions, which are open or to come.
func usableAt(these predicate.Session, now time.Time) predicate.Invitation {
	return invitation.And(invitation.RevokedAtIsNil(), invitation.Or(invitation.RedeemedAtNotNil(), invitation.Not(expiredAt(these, now))))
}
