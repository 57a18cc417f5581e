package auth

import (
	"context"
	"fmt"

	"entgo.io/ent/dialect/sql"

	"usher/ent"
	"usher/ent/guesttoken"
	"usher/ent/invitation"
	"usher/ent/user"
)

// Enabled selects the places and invitations that may give access: all but those whose email is that of a disabled account.
// Disabling takes every way in that an email has, whatever credential opens it, and enabling gives it back (R8).
func Enabled(s *sql.Selector) {
	u := sql.Dialect(s.Dialect()).Table(user.Table)
	s.Where(sql.NotExists(sql.Dialect(s.Dialect()).Select(u.C(user.FieldID)).From(u).Where(sql.And(
		sql.ColumnsEQ(u.C(user.FieldEmail), s.C(invitation.FieldEmail)), sql.NotNull(u.C(user.FieldDisabledAt)),
	))))
}

// IsDisabled reports whether an email, in its normal form, is that of a disabled account.
func IsDisabled(ctx context.Context, c *ent.Client, email string) (bool, error) {
	disabled, err := c.User.Query().Where(user.Email(email), user.DisabledAtNotNil()).Exist(ctx)
	return disabled, wrapped("look for account", err)
}

// disabledPage is how many accounts one query of a look reads.
const disabledPage = 200

// DisabledWatch finds the accounts that were disabled since it looked last, also at the hands of another program. One goroutine
// uses it.
type DisabledWatch struct {
	authenticator *Authenticator
	known         map[string]int // epochs of the accounts that the last look read, by id
}

// WatchDisabled returns a watch that has not looked yet.
func (a *Authenticator) WatchDisabled() *DisabledWatch { return &DisabledWatch{authenticator: a} }

// Lost is a guest's credential that opens less than it did. Left: something else than what was lost.
type Lost struct {
	Credential string
	Left       bool
}

// Look returns the guests' credentials that lost access by accounts disabled since the last look. Those disabled last are read
// first, until there are none that it did not know: it costs one query where nothing happened. The first look takes the newest
// ones for new.
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

// lostBy returns the credentials that redeemed the invitations of emails.
func (w *DisabledWatch) lostBy(ctx context.Context, emails []string) (lost []Lost, err error) {
	if len(emails) == 0 {
		return nil, nil
	}
	tokens, err := w.authenticator.db.Read.GuestToken.Query().Where(guesttoken.HasInvitationWith(invitation.EmailIn(emails...))).IDs(ctx)
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
