package auth

import (
	"context"
	"fmt"

	"entgo.io/ent/dialect/sql"

	"usher/ent"
	"usher/ent/guesttoken"
	"usher/ent/invitation"
	"usher/ent/predicate"
	"usher/ent/user"
)

// Enabled selects places and invitations whose email address does not belong to a disabled account. Disabling an account takes
// away all access of its address, with any credential, and enabling it gives the access back (R8).
func Enabled(s *sql.Selector) {
	u := sql.Dialect(s.Dialect()).Table(user.Table)
	s.Where(sql.NotExists(sql.Dialect(s.Dialect()).Select(u.C(user.FieldID)).From(u).Where(sql.And(
		sql.ColumnsEQ(u.C(user.FieldEmail), s.C(invitation.FieldEmail)), sql.NotNull(u.C(user.FieldDisabledAt)),
	))))
}

// IsDisabled reports whether a normalized email address belongs to a disabled account.
func IsDisabled(ctx context.Context, c *ent.Client, email string) (bool, error) {
	disabled, err := Disabled(ctx, c, email)
	return disabled[email], err
}

// Disabled returns those of some normalized email addresses that belong to disabled accounts.
func Disabled(ctx context.Context, c *ent.Client, emails ...string) (map[string]bool, error) {
	rows, err := c.User.Query().Where(user.EmailIn(emails...), user.DisabledAtNotNil()).Select(user.FieldEmail).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("look for accounts: %w", err)
	}
	disabled := make(map[string]bool, len(rows))
	for _, u := range rows {
		disabled[u.Email] = true
	}
	return disabled, nil
}

// ofInvitationsTo selects the tokens of the invitations of email addresses. It asks for a list of invitations, because ent's predicate asks
// of each token whether its invitation fits, and SQLite reads all tokens for that.
func ofInvitationsTo(emails []string) predicate.GuestToken {
	return func(s *sql.Selector) {
		i := sql.Dialect(s.Dialect()).Table(invitation.Table)
		values := make([]any, len(emails))
		for n, email := range emails {
			values[n] = email
		}
		s.Where(sql.In(s.C(guesttoken.FieldInvitationID),
			sql.Dialect(s.Dialect()).Select(i.C(invitation.FieldID)).From(i).Where(sql.In(i.C(invitation.FieldEmail), values...))))
	}
}

// disabledPage is the number of accounts that one query of Look reads.
const disabledPage = 200

// DisabledWatch finds accounts that were disabled since its last look, also by another program. Only one goroutine may use it.
type DisabledWatch struct {
	authenticator *Authenticator
	known         map[string]int // epochs of the accounts of the last look, by id
}

// WatchDisabled returns a new watch.
func (a *Authenticator) WatchDisabled() *DisabledWatch { return &DisabledWatch{authenticator: a} }

// Lost is a guest's credential that lost access. Left reports whether it still gives other access.
type Lost struct {
	Credential string
	Left       bool
}

// Look returns the guests' credentials that lost access through accounts disabled since the last look. It reads the accounts that
// were disabled last first, until a page has only known ones. So it takes one query if nothing happened. The first look treats
// the newest page as new.
func (w *DisabledWatch) Look(ctx context.Context) (lost []Lost, err error) {
	read, first := map[string]int{}, w.known == nil
	for offset := 0; ; offset += disabledPage {
		page, err := w.authenticator.db.Read.User.Query().Where(user.DisabledAtNotNil()).
			Order(ent.Desc(user.FieldDisabledAt, user.FieldID)).Offset(offset).Limit(disabledPage).
			Select(user.FieldEmail, user.FieldCredentialEpoch).All(ctx)
		if err != nil {
			return nil, fmt.Errorf("read disabled accounts: %w", err)
		}
		var emails []string
		for _, u := range page {
			read[u.ID] = u.CredentialEpoch
			if epoch, known := w.known[u.ID]; !known || epoch != u.CredentialEpoch {
				emails = append(emails, u.Email)
			}
		}
		of, err := w.lostBy(ctx, emails)
		if err != nil {
			return nil, err
		}
		if lost = append(lost, of...); first || len(emails) == 0 || len(page) < disabledPage {
			break
		}
	}
	w.known = read
	return lost, nil
}

// lostBy returns the credentials that redeemed invitations of email addresses.
func (w *DisabledWatch) lostBy(ctx context.Context, emails []string) (lost []Lost, err error) {
	if len(emails) == 0 {
		return nil, nil
	}
	tokens, err := w.authenticator.db.Read.GuestToken.Query().Where(ofInvitationsTo(emails)).IDs(ctx)
	if err != nil {
		return nil, fmt.Errorf("read guests' tokens: %w", err)
	}
	for _, id := range tokens {
		lost = append(lost, Lost{Credential: guestKey(id)})
	}
	redeemed, err := w.authenticator.db.Read.Invitation.Query().Where(invitation.EmailIn(emails...), invitation.DeviceIDNotNil()).WithDevice().All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read devices: %w", err)
	}
	devices := map[string][]byte{}
	for _, i := range redeemed {
		devices[*i.DeviceID] = i.Edges.Device.SecretHash
	}
	ids := make([]string, 0, len(devices))
	for id := range devices {
		ids = append(ids, id)
	}
	others, err := w.authenticator.db.Read.Invitation.Query().Where(invitation.DeviceIDIn(ids...), Enabled).WithSession().All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read what is left to devices: %w", err)
	}
	left := map[string]bool{}
	for _, i := range others {
		left[*i.DeviceID] = left[*i.DeviceID] || GivesAccess(i, i.Edges.Session, w.authenticator.log.Now())
	}
	for id, hash := range devices {
		lost = append(lost, Lost{deviceKey(hash), left[id]})
	}
	return lost, nil
}
