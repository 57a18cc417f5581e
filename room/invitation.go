package room

import (
	"context"
	"fmt"
	"time"

	"usher/auth"
	"usher/ent"
	"usher/ent/guesttoken"
	"usher/ent/invitation"
	"usher/ent/mail"
	"usher/ent/participant"
	"usher/live"
	"usher/problem"
	"usher/role"
	"usher/text"
)

// UpdateInvitationInput changes an invitation. Nil leaves a value as it is.
type UpdateInvitationInput struct {
	InvitationID     string
	Role             *role.RoomRole
	ExpiresAt        *time.Time
	UntilSessionEnds *bool
}

// actOn runs a command on an invitation and shows it afterwards. fn gets its session too, and returns the invitation afterwards.
func (s *Invitations) actOn(
	ctx context.Context, actor auth.Actor, id string, fn func(t *Turn, i *ent.Invitation, of *ent.Session) (*ent.Invitation, error),
) (shown *Invitation, err error) {
	err = actOn(ctx, s.core, actor, found[*ent.Invitation]{
		id: id,
		room: func(ctx context.Context, c *ent.Client, id string) ([]string, error) {
			return c.Invitation.Query().Where(invitation.ID(id)).Select(invitation.FieldRoomID).Strings(ctx)
		},
		read: func(ctx context.Context, tx *live.Tx, id string) (*ent.Invitation, error) {
			return tx.Invitation.Query().Where(invitation.ID(id)).WithSession().Only(ctx)
		},
		may: func(t *Turn, _ *ent.Invitation) error {
			if !t.Sight.Can(role.Invite) {
				return problem.ErrNotFound // who may not list invitations may not know that this one exists
			}
			return nil
		},
	}, func(t *Turn, i *ent.Invitation) error {
		after, err := fn(t, i, i.Edges.Session)
		if err != nil {
			return err
		}
		shown = &Invitation{after, t.Sight}
		return nil
	})
	return shown, err
}

// Update changes role and expiry. The role of the participant who redeemed it follows (I9). Returns
// SESSION_ENDED, SESSION_CANCELLED, INVITATION_NOT_ACTIVE for a revoked one, INVALID_TIME or EXPIRY_BEFORE_START.
func (s *Invitations) Update(ctx context.Context, actor auth.Actor, in UpdateInvitationInput) (*Invitation, error) {
	untilEnd := in.UntilSessionEnds != nil && *in.UntilSessionEnds
	if untilEnd && in.ExpiresAt != nil {
		return nil, &problem.BadInput{Message: "give either untilSessionEnds or expiresAt, not both"}
	}
	return s.actOn(ctx, actor, in.InvitationID, func(t *Turn, i *ent.Invitation, of *ent.Session) (*ent.Invitation, error) {
		if err := overProblem(of); err != nil {
			return nil, err
		}
		if i.RevokedAt != nil {
			return nil, problem.New(problem.InvitationNotActive)
		}
		if in.ExpiresAt != nil && !sameTime(i.ExpiresAt, in.ExpiresAt) {
			if err := checkExpiry(t.Tx.At, of, in.ExpiresAt); err != nil {
				return nil, err
			}
		}
		next := *i
		assign(&next.Role, in.Role)
		if in.ExpiresAt != nil {
			next.ExpiresAt = in.ExpiresAt
		}
		if untilEnd {
			next.ExpiresAt = nil
		}
		extended := in.ExpiresAt != nil || untilEnd
		if next.Role == i.Role && sameTime(next.ExpiresAt, i.ExpiresAt) && (!extended || i.HostAskedAt == nil) {
			return i, nil
		}
		u := t.Tx.Invitation.UpdateOneID(i.ID).SetRole(next.Role)
		setOrClear(u.SetExpiresAt, u.ClearExpiresAt, next.ExpiresAt)
		if extended {
			u.ClearHostAskedAt().SetHostMessage("").SetHostAskedFor("")
		}
		after, err := u.Save(t.ctx)
		if err != nil {
			return nil, fmt.Errorf("update invitation: %w", err)
		}
		if err := t.Emit(invitationUpdated, aboutInvitee(after)); err != nil {
			return nil, err
		}
		if i.RedeemedAt == nil || next.Role == i.Role {
			return after, nil
		}
		p, err := t.Tx.Participant.Query().Where(participant.InvitationID(i.ID)).Only(t.ctx)
		if err != nil {
			return nil, fmt.Errorf("read participant: %w", err)
		}
		managed, err := t.managed(p)
		if err != nil || managed { // a manager's place stays MODERATOR (R3)
			return after, err
		}
		_, err = t.setRole(p, next.Role)
		return after, err
	})
}

// setOrClear sets an instant, or clears it if there is none. PostgreSQL refuses both in one statement.
func setOrClear[U any](set func(time.Time) U, clear func() U, at *time.Time) {
	if at == nil {
		clear()
		return
	}
	set(*at)
}

func sameTime(a, b *time.Time) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Equal(*b)
}

// RegenerateLink replaces the link. The old link and the device that redeemed it lose access at once. It revives a revoked or
// expired invitation. With send it emails the new link. Returns MAIL_OFF, SESSION_ENDED or SESSION_CANCELLED, ACCOUNT_DISABLED, on
// revival what Invite returns, and TOO_MANY_ATTEMPTS if the invitation has had too many emails.
func (s *Invitations) RegenerateLink(ctx context.Context, actor auth.Actor, id string, send bool) (*Invitation, error) {
	return s.actOn(ctx, actor, id, func(t *Turn, i *ent.Invitation, of *ent.Session) (*ent.Invitation, error) {
		if err := s.options.Mailing.refuse(send); err != nil {
			return nil, err
		}
		if err := overProblem(of); err != nil {
			return nil, err
		}
		if text.IsErased(i.Email) {
			return nil, problem.New(problem.InvitationNotActive).Saying("This person was erased. Create a new invitation.").Then()
		}
		disabled, err := auth.IsDisabled(t.ctx, t.Tx.Client(), i.Email)
		if err != nil {
			return nil, err
		}
		if disabled {
			return nil, problem.New(problem.AccountDisabled).Then(problem.ContactAdmin)
		}
		back := !usable(statusOf(i, of, t.Room, t.Tx.At))
		if back {
			if err := s.revivable(t, i, of); err != nil {
				return nil, err
			}
			if err := grantAgain(t, i.ID, i.Role); err != nil {
				return nil, err
			}
		}
		u := newLink(t, i)
		if back || i.ExpiresAt != nil && !i.ExpiresAt.After(t.Tx.At) {
			u.ClearExpiresAt() // until the session ends (I4)
		}
		after, err := u.Save(t.ctx)
		if err != nil {
			return nil, fmt.Errorf("renew link: %w", err)
		}
		if err := endAccess(t, linkRegenerated, after); err != nil || !send {
			return after, err
		}
		return after, s.options.Mailing.sendNew(t, after)
	})
}

// sendNew emails a new link. An email that waits says the new link anyway, so asking for that again is no matter of a limit.
func (m Mailing) sendNew(t *Turn, i *ent.Invitation) error {
	waits, err := t.Tx.Mail.Query().Where(mail.InvitationID(i.ID), mail.KindEQ(mail.KindInvitation), mail.StateEQ(mail.StateWaiting)).Exist(t.ctx)
	if err != nil {
		return fmt.Errorf("look for waiting email: %w", err)
	}
	if !waits {
		again, err := sendableAt(t, []*ent.Invitation{i})
		if err != nil {
			return err
		}
		if at, limited := again[i.ID]; limited {
			return tooManyMails(at)
		}
	}
	return m.send(t, true, nil, i)
}

func (s *Invitations) revivable(t *Turn, i *ent.Invitation, of *ent.Session) error {
	policy, err := invitable(t.ctx, t.Tx.Client(), t.Room)
	if err != nil {
		return err
	}
	if !text.DomainAllowed(text.DomainOf(i.Email), policy.BlockedDomains, policy.AllowedDomains) {
		return problem.New(problem.EmailDomainBlocked).Then(problem.ContactAdmin)
	}
	if err := t.notManager(i.Email); err != nil {
		return err
	}
	return s.withinQuota(t, of)
}

// ReleaseDevice ends the access of the device that redeemed. The same participant can redeem the same link again. Returns
// SESSION_ENDED, SESSION_CANCELLED, INVITATION_NOT_ACTIVE for a revoked one. One that no device has redeemed stays as it is.
func (s *Invitations) ReleaseDevice(ctx context.Context, actor auth.Actor, id string) (*Invitation, error) {
	return s.actOn(ctx, actor, id, func(t *Turn, i *ent.Invitation, of *ent.Session) (*ent.Invitation, error) {
		if err := overProblem(of); err != nil {
			return nil, err
		}
		if i.RevokedAt != nil {
			return nil, problem.New(problem.InvitationNotActive)
		}
		if i.RedeemedAt == nil {
			return i, nil
		}
		after, err := t.Tx.Invitation.UpdateOneID(i.ID).ClearRedeemedAt().ClearDeviceID().ClearHostAskedAt().SetHostMessage("").SetHostAskedFor("").
			SetWrongEmails(0).ClearWrongEmailAt().Save(t.ctx)
		if err != nil {
			return nil, fmt.Errorf("release device: %w", err)
		}
		return after, endAccess(t, deviceReleased, after)
	})
}

// Revoke stops the link, and puts out whoever redeemed it. What a place had without the invitation stays (I9). A revoked one
// stays as it is. With notify, an invitee who got an email gets another one (D3).
func (s *Invitations) Revoke(ctx context.Context, actor auth.Actor, id string, notify bool) (*Invitation, error) {
	return s.actOn(ctx, actor, id, func(t *Turn, i *ent.Invitation, of *ent.Session) (*ent.Invitation, error) {
		if i.RevokedAt != nil {
			return i, nil
		}
		after, err := t.Tx.Invitation.UpdateOneID(i.ID).SetRevokedAt(t.Tx.At).ClearHostAskedAt().SetHostMessage("").SetHostAskedFor("").
			ClearVouchedUntil().Save(t.ctx)
		if err != nil {
			return nil, fmt.Errorf("revoke invitation: %w", err)
		}
		if err := endAccess(t, invitationRevoked, after); err != nil || !notify || !usable(statusOf(i, of, t.Room, t.Tx.At)) {
			return after, err
		}
		return after, s.options.Mailing.withdrawn(t, after)
	})
}

// aboutInvitee returns the entry of an event about an invitation. It names the invitee and the role that the invitation gives.
func aboutInvitee(i *ent.Invitation) live.Entry {
	e := live.Entry{SessionID: i.SessionID, InvitationID: i.ID}
	e.Detail.Subject, e.Detail.Role = text.FullName(i.FirstName, i.LastName), i.Role
	return e
}

// endAccess ends the access that an invitation gave. Its own event comes first, then that of the place if its state changed (V3).
func endAccess(t *Turn, kind *Kind, i *ent.Invitation) error {
	if err := t.Emit(kind, aboutInvitee(i)); err != nil {
		return err
	}
	if _, err := t.Tx.GuestToken.Delete().Where(guesttoken.InvitationID(i.ID)).Exec(t.ctx); err != nil {
		return fmt.Errorf("delete tokens: %w", err)
	}
	t.Tx.Stir(t.Room.ID) // a hand-over of the device has ended
	p, err := t.Tx.Participant.Query().
		Where(participant.InvitationID(i.ID), participant.StateIn(movedByEnd...)).Only(t.ctx)
	if ent.IsNotFound(err) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read participant: %w", err)
	}
	_, err = t.move(p, participant.StateLeft)
	return err
}
