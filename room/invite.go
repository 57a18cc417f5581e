package room

import (
	"context"
	"time"

	"usher/auth"
	"usher/ent"
	"usher/ent/manager"
	"usher/ent/participant"
	"usher/ent/user"
	"usher/problem"
	"usher/role"
)

// maxExpiry limits how long after the start of its session a link can work (I5).
const maxExpiry = 30 * 24 * time.Hour

// InviteUserInput invites somebody to a room.
type InviteUserInput struct {
	RoomID, Email, FirstName, LastName string
	OneName                            bool // the last name may be empty
	Role                               role.RoomRole
	ExpiresAt                          *time.Time
	Send                               bool // the link, by email
	Language                           *Language
}

// Invite invites an email to the room's current session. It revives an expired or revoked invitation of that email, with a new
// link. Returns MAIL_OFF if Send is set and the site sends no emails, then the first of I2's checks that fails: INVITATIONS_OFF,
// CHAT_AND_COLLABORATION_OFF, SESSION_ENDED or SESSION_CANCELLED, INVALID_EMAIL, INVALID_NAME, INVALID_TIME, EXPIRY_BEFORE_START,
// EMAIL_DOMAIN_BLOCKED, ACCOUNT_DISABLED, ALREADY_MANAGER, ALREADY_INVITED with the invitation in the way, QUOTA_EXCEEDED.
func (s *Invitations) Invite(ctx context.Context, actor auth.Actor, in InviteUserInput) (invited *Invitation, err error) {
	typed := readAddresses(in.Email)
	err = s.act(ctx, actor, in.RoomID, role.Invite, func(t *Turn) error {
		if err := s.options.Mailing.refuse(in.Send); err != nil {
			return err
		}
		g, err := s.inviting(t, 1, typed)
		if err != nil {
			return err
		}
		row, err := g.invite(in)
		if err != nil {
			return err
		}
		if err := g.write(); err != nil {
			return err
		}
		invited = &Invitation{row, t.Sight}
		_, err = g.send(s.options.Mailing, in.Send, in.Language)
		return err
	})
	return invited, err
}

// checkExpiry checks a link's own expiry (I5). Returns INVALID_TIME or EXPIRY_BEFORE_START.
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

// emailManages reports whether an account with this email manages the room.
func (t *Turn) emailManages(email string) (bool, error) {
	manages, err := t.Tx.Manager.Query().Where(manager.RoomID(t.Room.ID), manager.HasUserWith(user.Email(email))).Exist(t.ctx)
	return manages, wrapped("look for manager", err)
}

func (t *Turn) notManager(email string) error {
	manages, err := t.emailManages(email)
	if err != nil {
		return err
	}
	if manages {
		return problem.New(problem.AlreadyManager).At("email")
	}
	return nil
}

// grantAgain gives the place of a revived invitation the invitation's role. An earlier promotion does not return.
func grantAgain(t *Turn, invitationID string, as role.RoomRole) error {
	err := t.Tx.Participant.Update().Where(participant.InvitationID(invitationID), participant.RoleNEQ(as)).
		SetRole(as).AddRoleRevision(1).Exec(t.ctx)
	return wrapped("set role", err)
}

// newLink gives an invitation a new, unused link. The device that redeemed the old one has no access.
func newLink(t *Turn, i *ent.Invitation) *ent.InvitationUpdateOne {
	return t.Tx.Invitation.UpdateOneID(i.ID).AddGeneration(1).
		ClearOpenedAt().ClearRedeemedAt().ClearRevokedAt().ClearDeviceID().
		SetWrongEmails(0).ClearWrongEmailAt().ClearHostAskedAt().SetHostMessage("").SetHostAskedFor("").ClearVouchedUntil()
}

// InvitableNow reports whether the asker may invite to a room now (R7): they manage it, invitations and Chat & Collaboration are
// on, and its session is open or to come.
func (r *Room) InvitableNow(of *ent.Session, policy *ent.SitePolicy) bool {
	return r.Sight.Can(role.Invite) && policy.Invitations && r.ChatAndCollaboration && overProblem(of) == nil
}
