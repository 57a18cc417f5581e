package room

import (
	"context"
	"crypto/rand"
	"fmt"
	"time"

	"usher/auth"
	"usher/ent"
	"usher/ent/invitation"
	"usher/ent/manager"
	"usher/ent/participant"
	"usher/ent/session"
	"usher/ent/user"
	"usher/live"
	"usher/problem"
	"usher/role"
	"usher/text"
)

// maxExpiry is how long after the start of its session a link can be made to work at most (I5).
const maxExpiry = 30 * 24 * time.Hour

// InviteUserInput is whom to invite, and as what.
type InviteUserInput struct {
	RoomID, Email, FirstName, LastName string
	Role                               role.RoomRole
	ExpiresAt                          *time.Time
}

// Invite invites an email to the room's current session. An expired or revoked invitation of that email is revived, with a
// new link. Returns the first of I2's checks that fails: INVITATIONS_OFF, CHAT_AND_COLLABORATION_OFF, SESSION_ENDED or
// SESSION_CANCELLED, INVALID_EMAIL, INVALID_NAME, INVALID_TIME, EXPIRY_BEFORE_START, EMAIL_DOMAIN_BLOCKED, ACCOUNT_DISABLED,
// ALREADY_MANAGER, ALREADY_INVITED with the one that stands, QUOTA_EXCEEDED.
func (s *Rooms) Invite(ctx context.Context, actor auth.Actor, in InviteUserInput) (invited *Invitation, err error) {
	err = s.act(ctx, actor, in.RoomID, role.Invite, func(t *turn) error {
		by, err := t.actor.SignedIn()
		if err != nil {
			return err
		}
		if wait, ok := s.inviting.Allow(by.ID); !ok {
			return &problem.RateLimited{RetryAfter: wait, Of: "invitations"}
		}
		policy, err := t.invitable()
		if err != nil {
			return err
		}
		to, err := t.sessionToCome()
		if err != nil {
			return err
		}
		who, err := t.invitee(in)
		if err != nil {
			return err
		}
		if err := checkExpiry(t.At, to, in.ExpiresAt); err != nil {
			return err
		}
		if !text.DomainAllowed(text.DomainOf(who.email), policy.BlockedDomains, policy.AllowedDomains) {
			return problem.New(problem.EmailDomainBlocked).At("email").Then(problem.FixField, problem.ContactAdmin)
		}
		if who.disabled {
			return problem.New(problem.AccountDisabled).At("email").Then(problem.FixField, problem.ContactAdmin)
		}
		if err := t.notManager(who.email); err != nil {
			return err
		}
		earlier, err := t.Invitation.Query().Where(invitation.SessionID(to.ID), invitation.Email(who.email)).Only(ctx)
		if err != nil && !ent.IsNotFound(err) {
			return fmt.Errorf("read invitation: %w", err)
		}
		if earlier != nil && standing(statusOf(earlier, to, t.room, t.At)) {
			p := problem.New(problem.AlreadyInvited).At("email")
			p.StandingInvitationID = earlier.ID
			return p
		}
		if err := s.withinQuota(t, to); err != nil {
			return err
		}
		row, err := t.write(earlier, to, who, by, in)
		if err != nil {
			return err
		}
		invited = &Invitation{row, t.sight}
		return t.emit(live.Entry{Kind: live.InvitationCreated, SessionID: to.ID, InvitationID: row.ID})
	})
	return invited, err
}

// invitable answers INVITATIONS_OFF or CHAT_AND_COLLABORATION_OFF where nobody can be invited now (R7), else the policy.
func (t *turn) invitable() (*ent.SitePolicy, error) {
	policy, err := readPolicy(t.ctx, t.Client())
	if err != nil {
		return nil, err
	}
	if !policy.Invitations {
		return nil, problem.New(problem.InvitationsOff)
	}
	if !t.room.ChatAndCollaboration {
		return nil, problem.New(problem.ChatAndCollaborationOff)
	}
	return policy, nil
}

// sessionToCome returns the room's session where it is open or to come, else SESSION_ENDED or SESSION_CANCELLED.
func (t *turn) sessionToCome() (*ent.Session, error) {
	of, err := t.session()
	if err != nil {
		return nil, err
	}
	return of, overProblem(of)
}

// overProblem is SESSION_ENDED or SESSION_CANCELLED of a session that is over.
func overProblem(of *ent.Session) error {
	switch {
	case of == nil || of.State == session.StateEnded:
		return problem.New(problem.SessionEnded)
	case of.State == session.StateCancelled:
		return problem.New(problem.SessionCancelled)
	}
	return nil
}

type invitee struct {
	email, typed, first, last string
	disabled                  bool
}

// invitee reads whom the input names: an email with an account takes its names from the account (I3). One that is disabled
// tells nothing of itself.
func (t *turn) invitee(in InviteUserInput) (who invitee, err error) {
	var ok bool
	if who.email, ok = text.NormalizeEmail(in.Email); !ok {
		return who, problem.New(problem.InvalidEmail).At("email")
	}
	account, err := t.User.Query().Where(user.Email(who.email)).Only(t.ctx)
	switch {
	case err == nil && account.DisabledAt == nil:
		return invitee{account.Email, account.EmailTyped, account.FirstName, account.LastName, false}, nil
	case err == nil:
		who.disabled = true
	case !ent.IsNotFound(err):
		return who, fmt.Errorf("read account: %w", err)
	}
	who.typed = text.ShownEmail(in.Email)
	if who.first, ok = text.CleanName(in.FirstName); !ok {
		return who, problem.New(problem.InvalidName).At("firstName")
	}
	if who.last, ok = text.CleanName(in.LastName); !ok {
		return who, problem.New(problem.InvalidName).At("lastName")
	}
	return who, nil
}

// checkExpiry judges an expiry of a link's own (I5): INVALID_TIME or EXPIRY_BEFORE_START.
func checkExpiry(now time.Time, of *ent.Session, expiresAt *time.Time) error {
	switch {
	case expiresAt == nil:
		return nil
	case !expiresAt.After(now):
		return problem.New(problem.InvalidTime).At("expiresAt").Saying("Choose a time in the future.")
	case expiresAt.After(of.StartsAt.Add(maxExpiry)):
		return problem.New(problem.InvalidTime).At("expiresAt").Saying("Choose a time at most 30 days after the start.")
	case expiresAt.Before(of.StartsAt):
		return problem.New(problem.ExpiryBeforeStart).At("expiresAt")
	}
	return nil
}

// emailManages reports whether an email is that of an account that manages the room.
func (t *turn) emailManages(email string) (bool, error) {
	manages, err := t.Manager.Query().Where(manager.RoomID(t.room.ID), manager.HasUserWith(user.Email(email))).Exist(t.ctx)
	return manages, wrapped("look for manager", err)
}

func (t *turn) notManager(email string) error {
	manages, err := t.emailManages(email)
	if err != nil {
		return err
	}
	if manages {
		return problem.New(problem.AlreadyManager).At("email")
	}
	return nil
}

func (s *Rooms) withinQuota(t *turn, of *ent.Session) error {
	n, err := t.Invitation.Query().Where(invitation.SessionID(of.ID), standingAt(session.ID(of.ID), t.At)).Count(t.ctx)
	if err != nil {
		return fmt.Errorf("count invitations: %w", err)
	}
	if n >= s.Limits.InvitationsPerSession {
		return problem.New(problem.QuotaExceeded).
			Saying(fmt.Sprintf("This session has %d invitations, the maximum on this site.", n))
	}
	return nil
}

// write makes the invitation, or makes the earlier one of the same email and session again (I4).
func (t *turn) write(earlier *ent.Invitation, of *ent.Session, who invitee, by *ent.User, in InviteUserInput) (*ent.Invitation, error) {
	if earlier == nil {
		var publicID [16]byte
		_, _ = rand.Read(publicID[:])
		row, err := t.Invitation.Create().SetPublicID(publicID[:]).SetRoomID(t.room.ID).SetSessionID(of.ID).SetInvitedByID(by.ID).
			SetEmail(who.email).SetEmailTyped(who.typed).SetFirstName(who.first).SetLastName(who.last).
			SetRole(in.Role).SetNillableExpiresAt(in.ExpiresAt).SetCreatedAt(t.At).Save(t.ctx)
		if err != nil {
			return nil, fmt.Errorf("create invitation: %w", err)
		}
		return row, nil
	}
	u := t.renew(earlier).SetInvitedByID(by.ID).SetEmailTyped(who.typed).SetFirstName(who.first).SetLastName(who.last).
		SetRole(in.Role).SetCreatedAt(t.At)
	setOrClear(u.SetExpiresAt, u.ClearExpiresAt, in.ExpiresAt)
	row, err := u.Save(t.ctx)
	if err != nil {
		return nil, fmt.Errorf("revive invitation: %w", err)
	}
	// Its place waits for whoever redeems it, with the role and the name it is now given for.
	if err := t.grantAnew(row.ID, in.Role); err != nil {
		return nil, err
	}
	err = t.Participant.Update().Where(participant.InvitationID(row.ID), participant.UserIDIsNil()).
		SetDisplayName(text.FullName(who.first, who.last)).Exec(t.ctx)
	if err != nil {
		return nil, fmt.Errorf("set name: %w", err)
	}
	return row, nil
}

// grantAnew gives the place of an invitation that comes back the role that is granted on entry: a promotion ended with it.
func (t *turn) grantAnew(invitationID string, as role.RoomRole) error {
	err := t.Participant.Update().Where(participant.InvitationID(invitationID), participant.RoleNEQ(as)).
		SetRole(as).AddRoleRevision(1).Exec(t.ctx)
	return wrapped("set role", err)
}

// renew gives an invitation a new link, as unused as on the first day. The device that redeemed the old one has no access.
func (t *turn) renew(i *ent.Invitation) *ent.InvitationUpdateOne {
	return t.Invitation.UpdateOneID(i.ID).AddGeneration(1).
		ClearOpenedAt().ClearRedeemedAt().ClearRevokedAt().ClearDeviceID().
		SetWrongEmails(0).ClearWrongEmailAt().ClearHostAskedAt().SetHostMessage("")
}
