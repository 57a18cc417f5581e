package room

import (
	"context"
	"fmt"
	"time"

	"usher/auth"
	"usher/ent"
	"usher/ent/guesttoken"
	"usher/ent/invitation"
	"usher/ent/participant"
	"usher/live"
	"usher/problem"
	"usher/role"
	"usher/text"
)

// UpdateInvitationInput is what to change of an invitation; nil leaves a thing as it is.
type UpdateInvitationInput struct {
	InvitationID     string
	Role             *role.RoomRole
	ExpiresAt        *time.Time
	UntilSessionEnds *bool
}

// actOnInvitation is act on the room of an invitation: fn finds it and its session as they are in the transaction.
func (s *Rooms) actOnInvitation(
	ctx context.Context, actor auth.Actor, id string, fn func(t *turn, i *ent.Invitation, of *ent.Session) error,
) (shown *Invitation, err error) {
	if err := s.someone(ctx, actor); err != nil {
		return nil, err
	}
	found, err := s.db.Invitation.Get(ctx, id)
	if ent.IsNotFound(err) {
		return nil, problem.ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("read invitation: %w", err)
	}
	err = s.act(ctx, actor, found.RoomID, role.SeeRoom, func(t *turn) error {
		if !t.sight.Can(role.Invite) {
			return problem.ErrNotFound // who may not list invitations may not know that this one exists
		}
		i, err := t.Invitation.Query().Where(invitation.ID(id)).WithSession().Only(ctx)
		if err != nil {
			return fmt.Errorf("read invitation: %w", err)
		}
		if err := fn(t, i, i.Edges.Session); err != nil {
			return err
		}
		if i, err = t.Invitation.Get(ctx, id); err != nil {
			return fmt.Errorf("read invitation: %w", err)
		}
		shown = &Invitation{i, t.sight}
		return nil
	})
	return shown, err
}

// UpdateInvitation changes role and expiry. Where it is redeemed, its participant's role changes with it (I9). Returns
// SESSION_ENDED, SESSION_CANCELLED, INVITATION_NOT_ACTIVE for a revoked one, INVALID_TIME or EXPIRY_BEFORE_START.
func (s *Rooms) UpdateInvitation(ctx context.Context, actor auth.Actor, in UpdateInvitationInput) (*Invitation, error) {
	untilEnd := in.UntilSessionEnds != nil && *in.UntilSessionEnds
	if untilEnd && in.ExpiresAt != nil {
		return nil, &problem.BadInput{Message: "give either untilSessionEnds or expiresAt, not both"}
	}
	return s.actOnInvitation(ctx, actor, in.InvitationID, func(t *turn, i *ent.Invitation, of *ent.Session) error {
		if err := overProblem(of); err != nil {
			return err
		}
		if i.RevokedAt != nil {
			return problem.New(problem.InvitationNotActive)
		}
		if in.ExpiresAt != nil && !sameTime(i.ExpiresAt, in.ExpiresAt) {
			if err := checkExpiry(t.At, of, in.ExpiresAt); err != nil {
				return err
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
			return nil
		}
		u := t.Invitation.UpdateOneID(i.ID).SetRole(next.Role)
		setOrClear(u.SetExpiresAt, u.ClearExpiresAt, next.ExpiresAt)
		if extended {
			u.ClearHostAskedAt().SetHostMessage("")
		}
		if err := u.Exec(t.ctx); err != nil {
			return fmt.Errorf("update invitation: %w", err)
		}
		if err := t.emit(live.Entry{Kind: live.InvitationUpdated, SessionID: i.SessionID, InvitationID: i.ID}); err != nil {
			return err
		}
		if i.RedeemedAt == nil || next.Role == i.Role {
			return nil
		}
		p, err := t.Participant.Query().Where(participant.InvitationID(i.ID)).Only(t.ctx)
		if err != nil {
			return fmt.Errorf("read participant: %w", err)
		}
		managed, err := t.managed(p)
		if err != nil || managed { // a manager's place stays a MODERATOR's (R3)
			return err
		}
		return t.setRole(p, next.Role)
	})
}

// setOrClear sets an instant, or clears it where there is none: doing both in one statement is an error to PostgreSQL.
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

// setRole gives a participant another role, with its event; the same one changes nothing.
func (t *turn) setRole(p *ent.Participant, to role.RoomRole) error {
	if p.Role == to {
		return nil
	}
	changed, err := t.Participant.UpdateOneID(p.ID).SetRole(to).AddRoleRevision(1).Save(t.ctx)
	if err != nil {
		return fmt.Errorf("set role: %w", err)
	}
	kind := live.RoleDemoted
	if to.Rank() > p.Role.Rank() {
		kind = live.RolePromoted
	}
	e := aboutPlace(kind, p)
	e.Detail.PreviousRole, e.Detail.Role, e.Detail.RoleRevision = p.Role, to, changed.RoleRevision
	e.Detail.Capabilities = role.Capabilities(to, t.room.ChatAndCollaboration)
	return t.emit(e)
}

// RegenerateLink makes a new link: the old one and the device that redeemed it lose access at once. A revoked or expired
// invitation comes back by it. Returns SESSION_ENDED or SESSION_CANCELLED, ACCOUNT_DISABLED, and where it comes back what
// Invite would.
func (s *Rooms) RegenerateLink(ctx context.Context, actor auth.Actor, id string) (*Invitation, error) {
	return s.actOnInvitation(ctx, actor, id, func(t *turn, i *ent.Invitation, of *ent.Session) error {
		if err := overProblem(of); err != nil {
			return err
		}
		disabled, err := auth.IsDisabled(t.ctx, t.Client(), i.Email)
		if err != nil {
			return err
		}
		if disabled {
			return problem.New(problem.AccountDisabled).Then(problem.ContactAdmin)
		}
		back := !standing(statusOf(i, of, t.room, t.At))
		if back {
			if err := s.revivable(t, i, of); err != nil {
				return err
			}
			if err := t.grantAnew(i.ID, i.Role); err != nil {
				return err
			}
		}
		u := t.renew(i)
		if back || i.ExpiresAt != nil && !i.ExpiresAt.After(t.At) {
			u.ClearExpiresAt() // until the session ends (I4)
		}
		if err := u.Exec(t.ctx); err != nil {
			return fmt.Errorf("renew link: %w", err)
		}
		return t.lose(live.LinkRegenerated, i)
	})
}

func (s *Rooms) revivable(t *turn, i *ent.Invitation, of *ent.Session) error {
	policy, err := t.invitable()
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

// ReleaseDevice ends the access of the device that redeemed; the same link can be redeemed again, by the same participant.
// Returns SESSION_ENDED, SESSION_CANCELLED, INVITATION_NOT_ACTIVE for a revoked one. One that no device has redeemed stays
// as it is.
func (s *Rooms) ReleaseDevice(ctx context.Context, actor auth.Actor, id string) (*Invitation, error) {
	return s.actOnInvitation(ctx, actor, id, func(t *turn, i *ent.Invitation, of *ent.Session) error {
		if err := overProblem(of); err != nil {
			return err
		}
		if i.RevokedAt != nil {
			return problem.New(problem.InvitationNotActive)
		}
		if i.RedeemedAt == nil {
			return nil
		}
		err := t.Invitation.UpdateOneID(i.ID).ClearRedeemedAt().ClearDeviceID().ClearHostAskedAt().SetHostMessage("").
			SetWrongEmails(0).ClearWrongEmailAt().Exec(t.ctx)
		if err != nil {
			return fmt.Errorf("release device: %w", err)
		}
		return t.lose(live.DeviceReleased, i)
	})
}

// Revoke stops the link, and whoever redeemed it is out at once; what a place had without the invitation stays (I9). A
// revoked one stays as it is.
func (s *Rooms) Revoke(ctx context.Context, actor auth.Actor, id string) (*Invitation, error) {
	return s.actOnInvitation(ctx, actor, id, func(t *turn, i *ent.Invitation, _ *ent.Session) error {
		if i.RevokedAt != nil {
			return nil
		}
		err := t.Invitation.UpdateOneID(i.ID).SetRevokedAt(t.At).ClearHostAskedAt().SetHostMessage("").Exec(t.ctx)
		if err != nil {
			return fmt.Errorf("revoke invitation: %w", err)
		}
		return t.lose(live.InvitationRevoked, i)
	})
}

// lose takes the access that an invitation gave: its own event first, then that of the place, where that changed (V3).
func (t *turn) lose(kind live.Kind, i *ent.Invitation) error {
	if err := t.emit(live.Entry{Kind: kind, SessionID: i.SessionID, InvitationID: i.ID}); err != nil {
		return err
	}
	if _, err := t.GuestToken.Delete().Where(guesttoken.InvitationID(i.ID)).Exec(t.ctx); err != nil {
		return fmt.Errorf("delete tokens: %w", err)
	}
	p, err := t.Participant.Query().
		Where(participant.InvitationID(i.ID), participant.StateIn(movedByEnd...)).Only(t.ctx)
	if ent.IsNotFound(err) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read participant: %w", err)
	}
	return t.move(p, participant.StateLeft)
}

// move changes a participant's state, with its event.
func (t *turn) move(p *ent.Participant, to participant.State) error {
	u := t.Participant.UpdateOneID(p.ID).SetState(to)
	if to == participant.StateWaiting {
		u.SetWaitingSince(t.At)
	} else {
		u.ClearWaitingSince()
	}
	if err := u.Exec(t.ctx); err != nil {
		return fmt.Errorf("move participant: %w", err)
	}
	return t.emit(changed(p, to))
}

// changed is the entry of a participant's change of state. It says the role too: that decides who gets it.
func changed(p *ent.Participant, to participant.State) live.Entry {
	e := aboutPlace(live.ParticipantChanged, p)
	e.Detail.PreviousState, e.Detail.State, e.Detail.Role = string(p.State), string(to), p.Role
	return e
}

// aboutPlace is the entry of an event about a participant. It names the account whose place it is, who may watch already.
func aboutPlace(kind live.Kind, p *ent.Participant) live.Entry {
	e := live.Entry{Kind: kind, SessionID: p.SessionID, ParticipantID: p.ID}
	if p.UserID != nil {
		e.UserID = *p.UserID
	}
	return e
}
