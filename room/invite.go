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
	"usher/problem"
	"usher/role"
	"usher/text"
)

// maxExpiry limits how long after the start of its session a link can work (I5).
const maxExpiry = 30 * 24 * time.Hour

// InviteUserInput invites somebody to a room.
type InviteUserInput struct {
	RoomID, Email, FirstName, LastName string
	OneName                            bool // the last name may be empty
	Role                               role.RoomRole
	ExpiresAt                          *time.Time
}

// Invite invites an email to the room's current session. It revives an expired or revoked invitation of that email, with a new
// link. Returns the first of I2's checks that fails: INVITATIONS_OFF, CHAT_AND_COLLABORATION_OFF, SESSION_ENDED or
// SESSION_CANCELLED, INVALID_EMAIL, INVALID_NAME, INVALID_TIME, EXPIRY_BEFORE_START, EMAIL_DOMAIN_BLOCKED, ACCOUNT_DISABLED,
// ALREADY_MANAGER, ALREADY_INVITED with the invitation in the way, QUOTA_EXCEEDED.
func (s *Invitations) Invite(ctx context.Context, actor auth.Actor, in InviteUserInput) (invited *Invitation, err error) {
	err = s.act(ctx, actor, in.RoomID, role.Invite, func(t *Turn) error {
		g, err := s.inviting(t, in.Email)
		if err != nil {
			return err
		}
		row, err := g.invite(in)
		if err != nil {
			return err
		}
		invited = &Invitation{row, t.Sight}
		return nil
	})
	return invited, err
}

// inviting is what a turn needs to know to invite people to a session. It is read at once for all of them.
type inviting struct {
	*Turn
	by     *ent.User
	policy *ent.SitePolicy
	to     *ent.Session

	accounts map[string]*ent.User       // by email
	managers map[string]bool            // by email
	earlier  map[string]*ent.Invitation // by email, of this session
	left     int                        // how many more the quota allows
	quota    int
}

// inviting counts the emails against the manager's rate, checks what concerns all of them, and reads what each check needs. The
// expiry is checked after each email and name (I2).
func (s *Invitations) inviting(t *Turn, typed ...string) (g *inviting, err error) {
	g = &inviting{Turn: t, quota: s.options.Limits.InvitationsPerSession, managers: map[string]bool{}}
	if g.by, err = t.actor.SignedIn(); err != nil {
		return nil, err
	}
	if wait, ok := s.rate.AllowN(g.by.ID, len(typed)); !ok {
		return nil, &problem.RateLimited{RetryAfter: wait, Of: "invitations"}
	}
	if g.policy, err = t.invitable(); err != nil {
		return nil, err
	}
	if g.to, err = sessionToCome(t); err != nil {
		return nil, err
	}
	var emails []string
	for _, one := range typed {
		if email, ok := text.NormalizeEmail(one); ok {
			emails = append(emails, email)
		}
	}
	tx := t.Tx.Client()
	accounts, err := tx.User.Query().Where(user.EmailIn(emails...)).All(t.ctx)
	if g.accounts, err = byKey(accounts, err, "accounts", func(u *ent.User) string { return u.Email }); err != nil {
		return nil, err
	}
	managing, err := tx.Manager.Query().Where(manager.RoomID(t.Room.ID), manager.HasUserWith(user.EmailIn(emails...))).WithUser().All(t.ctx)
	if err != nil {
		return nil, fmt.Errorf("look for managers: %w", err)
	}
	for _, m := range managing {
		g.managers[m.Edges.User.Email] = true
	}
	earlier, err := tx.Invitation.Query().Where(invitation.SessionID(g.to.ID), invitation.EmailIn(emails...)).All(t.ctx)
	if g.earlier, err = byKey(earlier, err, "invitations", func(i *ent.Invitation) string { return i.Email }); err != nil {
		return nil, err
	}
	n, err := t.usableIn(g.to)
	g.left = g.quota - n
	return g, err
}

// invite invites one of the people for whom g was read, and reports it as an event.
func (g *inviting) invite(in InviteUserInput) (*ent.Invitation, error) {
	who, err := readInvitee(g.accounts, in)
	if err != nil {
		return nil, err
	}
	if err := checkExpiry(g.Tx.At, g.to, in.ExpiresAt); err != nil {
		return nil, err
	}
	if !text.DomainAllowed(text.DomainOf(who.email), g.policy.BlockedDomains, g.policy.AllowedDomains) {
		return nil, problem.New(problem.EmailDomainBlocked).At("email").Then(problem.FixField, problem.ContactAdmin)
	}
	if who.disabled {
		return nil, problem.New(problem.AccountDisabled).At("email").Then(problem.FixField, problem.ContactAdmin)
	}
	if g.managers[who.email] {
		return nil, problem.New(problem.AlreadyManager).At("email")
	}
	earlier := g.earlier[who.email]
	if earlier != nil && usable(statusOf(earlier, g.to, g.Room, g.Tx.At)) {
		p := problem.New(problem.AlreadyInvited).At("email")
		p.StandingInvitationID = earlier.ID
		return nil, p
	}
	if g.left <= 0 {
		return nil, quotaExceeded(g.quota)
	}
	row, err := writeInvitation(g.Turn, earlier, g.to, who, g.by, in)
	if err != nil {
		return nil, err
	}
	g.left--
	g.earlier[who.email] = row
	return row, g.Emit(invitationCreated, aboutInvitee(row))
}

// invitable returns the policy. Returns INVITATIONS_OFF or CHAT_AND_COLLABORATION_OFF if nobody can be invited now (R7).
func (t *Turn) invitable() (*ent.SitePolicy, error) {
	policy, err := readPolicy(t.ctx, t.Tx.Client())
	if err != nil {
		return nil, err
	}
	if !policy.Invitations {
		return nil, problem.New(problem.InvitationsOff)
	}
	if !t.Room.ChatAndCollaboration {
		return nil, problem.New(problem.ChatAndCollaborationOff)
	}
	return policy, nil
}

type invitee struct {
	email, typed, first, last string
	disabled                  bool
}

// readInvitee returns whom the input names. If the email has an account, the names are the account's (I3), unless it is
// disabled.
func readInvitee(accounts map[string]*ent.User, in InviteUserInput) (who invitee, err error) {
	address, wrong := text.ReadAddress(in.Email)
	if wrong != nil {
		return who, problem.New(problem.InvalidEmail).At("email").Saying(wrong.Message)
	}
	who.email, who.typed = address.Normal, address.Shown
	if account := accounts[who.email]; account != nil {
		if account.DisabledAt == nil {
			return invitee{account.Email, account.EmailTyped, account.FirstName, account.LastName, false}, nil
		}
		who.disabled = true
	}
	names, wrong := text.CleanNames(in.FirstName, in.LastName, in.OneName)
	if wrong != nil {
		return who, problem.New(problem.InvalidName).At(wrong.Field).Saying(wrong.Message)
	}
	who.first, who.last = names.First, names.Last
	return who, nil
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

func (s *Invitations) withinQuota(t *Turn, of *ent.Session) error {
	n, err := t.usableIn(of)
	if err != nil {
		return err
	}
	if limit := s.options.Limits.InvitationsPerSession; n >= limit {
		return quotaExceeded(limit)
	}
	return nil
}

// usableIn counts the usable invitations of a session.
func (t *Turn) usableIn(of *ent.Session) (int, error) {
	n, err := t.Tx.Invitation.Query().Where(invitation.SessionID(of.ID), usableAt(session.ID(of.ID), t.Tx.At)).Count(t.ctx)
	return n, wrapped("count invitations", err)
}

func quotaExceeded(limit int) error {
	return problem.New(problem.QuotaExceeded).Saying(fmt.Sprintf("This session has %d invitations, the maximum on this site.", limit))
}

// writeInvitation creates the invitation, or revives the earlier one of the same email and session (I4).
func writeInvitation(
	t *Turn, earlier *ent.Invitation, of *ent.Session, who invitee, by *ent.User, in InviteUserInput,
) (*ent.Invitation, error) {
	if earlier == nil {
		var publicID [16]byte
		_, _ = rand.Read(publicID[:])
		row, err := t.Tx.Invitation.Create().SetPublicID(publicID[:]).SetRoomID(t.Room.ID).SetSessionID(of.ID).SetInvitedByID(by.ID).
			SetEmail(who.email).SetEmailTyped(who.typed).SetFirstName(who.first).SetLastName(who.last).
			SetRole(in.Role).SetNillableExpiresAt(in.ExpiresAt).SetCreatedAt(t.Tx.At).Save(t.ctx)
		if err != nil {
			return nil, fmt.Errorf("create invitation: %w", err)
		}
		return row, nil
	}
	u := newLink(t, earlier).SetInvitedByID(by.ID).SetEmailTyped(who.typed).SetFirstName(who.first).SetLastName(who.last).
		SetRole(in.Role).SetCreatedAt(t.Tx.At)
	setOrClear(u.SetExpiresAt, u.ClearExpiresAt, in.ExpiresAt)
	row, err := u.Save(t.ctx)
	if err != nil {
		return nil, fmt.Errorf("revive invitation: %w", err)
	}
	// Whoever redeems it gets its place, with the role and the name of the new invitation.
	if err := grantAgain(t, row.ID, in.Role); err != nil {
		return nil, err
	}
	err = t.Tx.Participant.Update().Where(participant.InvitationID(row.ID), participant.UserIDIsNil()).
		SetDisplayName(text.FullName(who.first, who.last)).Exec(t.ctx)
	if err != nil {
		return nil, fmt.Errorf("set name: %w", err)
	}
	return row, nil
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
		SetWrongEmails(0).ClearWrongEmailAt().ClearHostAskedAt().SetHostMessage("")
}

// InvitableNow reports whether the asker may invite to a room now (R7): they manage it, invitations and Chat & Collaboration are
// on, and its session is open or to come.
func (r *Room) InvitableNow(of *ent.Session, policy *ent.SitePolicy) bool {
	return r.Sight.Can(role.Invite) && policy.Invitations && r.ChatAndCollaboration && overProblem(of) == nil
}
