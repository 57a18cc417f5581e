package room

import (
	"fmt"

	"entgo.io/ent/dialect/sql"

	"usher/ent"
	"usher/ent/invitation"
	"usher/ent/mail"
)

// posted is what was emailed before, as far as it decides on further emails.
type posted struct {
	// language is that of the room's last email, empty if there was none.
	language Language
	// byAsker are the emails that the asker has caused in the last day.
	byAsker int
	// to are the emails of the whole site in the last day, by address.
	to map[string]int
}

// readPosted reads what was emailed before, by one statement. It counts the emails to the addresses of these invitations.
func readPosted(t *Turn, these []*ent.Invitation) (p posted, err error) {
	addresses := make([]string, len(these))
	for n, i := range these {
		addresses[n] = i.Email
	}
	d := sql.Dialect(t.Tx.Dialect())
	recent := func(mails *sql.SelectTable) *sql.Predicate {
		return sql.And(sql.GT(mails.C(mail.FieldAt), t.Tx.At.Add(-mailDay)), sql.NEQ(mails.C(mail.FieldState), string(mail.StateDropped)))
	}
	last := d.Table(mail.Table)
	newest := d.Select(last.C(mail.FieldLanguage)).From(last).
		Where(sql.And(sql.EQ(last.C(mail.FieldRoomID), t.Room.ID), sql.NEQ(last.C(mail.FieldKind), string(mail.KindCode)))).
		OrderBy(sql.Desc(last.C(mail.FieldAt)), sql.Desc(last.C(mail.FieldID))).Limit(1).As("newest")
	own := d.Table(mail.Table)
	mails, invitations := d.Table(mail.Table), d.Table(invitation.Table)
	found := func(of, what, n string) *sql.Selector { return d.SelectExpr(sql.Raw(of), sql.Raw(what), sql.Raw(n)) }
	query, args := found("'language'", newest.C(mail.FieldLanguage), "1").From(newest).
		UnionAll(found("'asker'", "''", sql.Count("*")).From(own).Where(sql.And(sql.EQ(own.C(mail.FieldAskedBy), t.actor.UserID()), recent(own)))).
		UnionAll(found("'address'", invitations.C(invitation.FieldEmail), sql.Count("*")).From(invitations).
			Join(mails).On(mails.C(mail.FieldInvitationID), invitations.C(invitation.FieldID)).
			Where(sql.And(among(t.Tx.Dialect(), invitations.C(invitation.FieldEmail), addresses),
				recent(mails), sql.NEQ(mails.C(mail.FieldKind), string(mail.KindCode)))).
			GroupBy(invitations.C(invitation.FieldEmail))).Query()
	rows, err := t.Tx.QueryContext(t.ctx, query, args...)
	if err != nil {
		return p, fmt.Errorf("read earlier emails: %w", err)
	}
	defer rows.Close()
	p.to = map[string]int{}
	for rows.Next() {
		var of, what string
		var n int
		if err := rows.Scan(&of, &what, &n); err != nil {
			return p, fmt.Errorf("read earlier emails: %w", err)
		}
		switch of {
		case "language":
			p.language = Language(what)
		case "asker":
			p.byAsker = n
		default:
			p.to[what] = n
		}
	}
	return p, wrapped("read earlier emails", rows.Err())
}
