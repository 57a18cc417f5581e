package room

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"usher/ent"
	"usher/ent/invitation"
	"usher/ent/manager"
	"usher/ent/session"
	"usher/ent/user"
	"usher/problem"
	"usher/text"
)

// invitees is what the checks of people to invite to a session need to know (I2). It is read at once for all of them.
type invitees struct {
	policy *ent.SitePolicy
	room   *ent.Room
	to     *ent.Session
	at     time.Time
	typed  addresses

	accounts map[string]*ent.User       // by email
	managers map[string]bool            // by email
	earlier  map[string]*ent.Invitation // by email, of this session
	left     int                        // how many more the quota allows
	quota    int
}

// invitees checks what concerns all people to invite, and reads what each check needs. Returns INVITATIONS_OFF,
// CHAT_AND_COLLABORATION_OFF, SESSION_ENDED or SESSION_CANCELLED if nobody can be invited now.
func (s *Invitations) invitees(ctx context.Context, c *ent.Client, r *ent.Room, at time.Time, typed addresses) (*invitees, error) {
	k := &invitees{room: r, at: at, typed: typed, quota: s.options.Limits.InvitationsPerSession}
	var err error
	if k.policy, err = invitable(ctx, c, r); err != nil {
		return nil, err
	}
	if k.to, err = sessionToCome(ctx, c, r); err != nil {
		return nil, err
	}
	emails := typed.normals()
	accounts, err := c.User.Query().Where(columnAmong(user.FieldEmail, emails)).All(ctx)
	if k.accounts, err = ent.ByKey(accounts, err, "accounts", func(u *ent.User) string { return u.Email }); err != nil {
		return nil, err
	}
	if k.managers, err = managing(ctx, c, r, k.accounts); err != nil {
		return nil, err
	}
	earlier, err := c.Invitation.Query().Where(invitedTo(k.to.ID, emails)).All(ctx)
	if k.earlier, err = ent.ByKey(earlier, err, "invitations", func(i *ent.Invitation) string { return i.Email }); err != nil {
		return nil, err
	}
	n, err := usableIn(ctx, c, k.to, at)
	k.left = k.quota - n
	return k, err
}

// managing returns which of some accounts manage a room, by email.
func managing(ctx context.Context, c *ent.Client, r *ent.Room, accounts map[string]*ent.User) (map[string]bool, error) {
	manages := map[string]bool{}
	if len(accounts) == 0 {
		return manages, nil
	}
	emails := map[string]string{}
	for email, u := range accounts {
		emails[u.ID] = email
	}
	rows, err := c.Manager.Query().Where(manager.RoomID(r.ID), manager.UserIDIn(slices.Collect(maps.Keys(emails))...)).All(ctx)
	for _, m := range rows {
		manages[emails[m.UserID]] = true
	}
	return manages, wrapped("look for managers", err)
}

// check returns whom to invite, with their expired or revoked invitation if there is one. Otherwise it returns the first problem of I2
// from INVALID_EMAIL on.
func (k *invitees) check(in InviteUserInput) (who invitee, earlier *ent.Invitation, err error) {
	if who, err = k.read(in); err != nil {
		return who, nil, err
	}
	if err := checkExpiry(k.at, k.to, in.ExpiresAt); err != nil {
		return who, nil, err
	}
	if !text.DomainAllowed(text.DomainOf(who.email), k.policy.BlockedDomains, k.policy.AllowedDomains) {
		return who, nil, problem.New(problem.EmailDomainBlocked).At("email").Then(problem.FixField, problem.ContactAdmin)
	}
	if who.disabled {
		return who, nil, problem.New(problem.AccountDisabled).At("email").Then(problem.FixField, problem.ContactAdmin)
	}
	if k.managers[who.email] {
		return who, nil, problem.New(problem.AlreadyManager).At("email")
	}
	earlier = k.earlier[who.email]
	if earlier != nil && usable(statusOf(earlier, k.to, k.room, k.at)) {
		p := problem.New(problem.AlreadyInvited).At("email")
		p.StandingInvitationID = earlier.ID
		return who, nil, p
	}
	if k.left <= 0 {
		return who, nil, quotaExceeded(k.quota)
	}
	return who, earlier, nil
}

// invitable returns the policy. Returns INVITATIONS_OFF or CHAT_AND_COLLABORATION_OFF if nobody can be invited now (R7).
func invitable(ctx context.Context, c *ent.Client, r *ent.Room) (*ent.SitePolicy, error) {
	policy, err := readPolicy(ctx, c)
	if err != nil {
		return nil, err
	}
	if !policy.Invitations {
		return nil, problem.New(problem.InvitationsOff)
	}
	if !r.ChatAndCollaboration {
		return nil, problem.New(problem.ChatAndCollaborationOff)
	}
	return policy, nil
}

type invitee struct {
	email, typed, first, last string
	disabled                  bool
}

// read returns whom the input names. If the email has an account, the names are the account's (I3), unless it is
// disabled.
func (k *invitees) read(in InviteUserInput) (who invitee, err error) {
	address := k.typed[in.Email]
	if address.wrong != nil {
		return who, problem.New(problem.InvalidEmail).At("email").Saying(address.wrong.Message)
	}
	who.email, who.typed = address.Normal, address.Shown
	if account := k.accounts[who.email]; account != nil {
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

func (s *Invitations) withinQuota(t *Turn, of *ent.Session) error {
	n, err := usableIn(t.ctx, t.Tx.Client(), of, t.Tx.At)
	if err != nil {
		return err
	}
	if limit := s.options.Limits.InvitationsPerSession; n >= limit {
		return quotaExceeded(limit)
	}
	return nil
}

// usableIn counts the usable invitations of a session.
func usableIn(ctx context.Context, c *ent.Client, of *ent.Session, at time.Time) (int, error) {
	n, err := c.Invitation.Query().Where(invitation.SessionID(of.ID), usableAt(session.ID(of.ID), at)).Count(ctx)
	return n, wrapped("count invitations", err)
}

func quotaExceeded(limit int) error {
	return problem.New(problem.QuotaExceeded).Saying(fmt.Sprintf("This session has %d invitations, the maximum on this site.", limit))
}
