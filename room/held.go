package room

import (
	"bytes"
	"context"
	"time"

	"usher/auth"
	"usher/ent"
	"usher/ent/session"
	"usher/problem"
)

// held is a genuine link, with its invitation, room and session, and what is known of its holder.
type held struct {
	invitation  *ent.Invitation
	room        *ent.Room
	session     *ent.Session
	participant *ent.Participant // the place that it gave, if it was redeemed before
	policy      *ent.SitePolicy
	inviter     string // the name of who invited
	newest      bool   // the link's generation is the invitation's
	blocked     bool   // the email is blocked in the session
	disabled    bool   // the account of the email is disabled
	mine        bool   // the holder's device is the one that redeemed
	signedIn    bool   // the holder is signed in with the invited email
	byAccount   bool   // the holder is signed in
	mailOn      bool   // the site sends emails
	codeFailed  bool   // the last email with a code for the holder's device will not arrive
	codes       *codes
}

// After maxWrongEmails wrong emails, typed emails are refused for pauseTerm (L2.5). A wrong one is forgotten after the same time.
const (
	pauseTerm      = 15 * time.Minute
	maxWrongEmails = 5
)

// hold finds the invitation of a genuine link. It returns nil if it was deleted. Without a device, the holder of a guest's
// token has the device that the token was made for.
func (s *Links) hold(ctx context.Context, c *ent.Client, actor auth.Actor, device []byte, l link) (*held, error) {
	invited, err := s.readInvited(ctx, c, invitedByPublicID, ent.List([][]byte{l.publicID[:]}))
	if err != nil {
		return nil, err
	}
	return invited.find(actor, device, l), nil
}

// boundTo reports whether the device that redeemed is the one given, or the one that the guest's token was made for. hash is the SHA-256 of
// the secret of the device that redeemed.
func boundTo(i *ent.Invitation, hash, device []byte, guest *ent.GuestToken) bool {
	switch {
	case i.DeviceID == nil:
		return false
	case device != nil:
		return bytes.Equal(hash, device)
	}
	return guest != nil && guest.InvitationID == i.ID && guest.DeviceID == *i.DeviceID
}

// problem returns why the link cannot be used now: the first of L2's checks 2 to 4 that fails. The device that redeemed skips
// some (L3). It returns nil if the link works.
func (h *held) problem(now time.Time) *problem.Problem {
	switch {
	case !h.newest && !h.mine:
		return problem.New(problem.LinkReplaced)
	case h.room.DeletedAt != nil:
		return problem.New(problem.RoomDeleted)
	case !h.policy.Invitations || !h.room.ChatAndCollaboration:
		return problem.New(problem.RoomNotAvailable)
	case h.session.State == session.StateCancelled:
		return problem.New(problem.SessionCancelled)
	case h.invitation.RevokedAt != nil:
		return problem.New(problem.InvitationRevoked)
	case h.blocked:
		return problem.New(problem.ParticipantBlocked)
	case h.disabled:
		return problem.New(problem.AccountDisabled)
	case h.session.State == session.StateEnded:
		return problem.New(problem.SessionEnded)
	case h.mine:
		return nil
	case h.session.State == session.StateScheduled && now.After(linksEnd(h.session)):
		return problem.New(problem.SessionEnded)
	case expired(h.invitation, h.session, now):
		return problem.New(problem.LinkExpired)
	case h.invitation.RedeemedAt != nil:
		return h.usedElsewhere()
	}
	return nil
}

// usedElsewhere returns USED_ON_OTHER_DEVICE. It offers to move here if the site's policy allows that (W7), and a code for it (W8).
func (h *held) usedElsewhere() *problem.Problem {
	p := problem.New(problem.UsedOnOtherDevice)
	switch {
	case !h.policy.MoveDevices:
		p.Then(problem.AskHost)
	case h.movesByCode():
		p.Then(problem.MoveHere, problem.SendCode, problem.AskHost)
	}
	return p
}

// pause returns TOO_MANY_ATTEMPTS while typed emails are refused. It binds neither the device that redeemed nor somebody who is
// signed in with the invited email.
func (h *held) pause(now time.Time) *problem.Problem {
	if h.mine || h.signedIn || h.wrongEmails(now) < maxWrongEmails {
		return nil
	}
	return problem.New(problem.TooManyAttempts).Retry(h.invitation.WrongEmailAt.Add(pauseTerm))
}

// wrongEmails returns how many wrong emails were typed and are not forgotten yet.
func (h *held) wrongEmails(now time.Time) int {
	if at := h.invitation.WrongEmailAt; at == nil || !now.Before(at.Add(pauseTerm)) {
		return 0
	}
	return h.invitation.WrongEmails
}
