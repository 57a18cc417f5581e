package model

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// The model's command that invites many (I10).

// mCall is a call of inviteUsers, with what became of it.
type mCall struct {
	hall      *mHall
	by        *person
	key, role string
	rows      []mRow
	expires   time.Time
	at        time.Time
	became    []mOutcome
}

// mRow is one of the people to invite. Without a role it has the call's.
type mRow struct{ typed, first, role string }

// mOutcome is what became of a row.
type mOutcome struct {
	outcome, code string
	invite        *mInvite
}

// asks says what a call asks for, apart from its key.
func (c *mCall) asks() string { return fmt.Sprint(c.role, c.rows, c.expires) }

// inviteUsers invites row by row. A repeated call gets the earlier outcomes.
func (w *world) inviteUsers(a *mAsker, c *mCall) (became []mOutcome, repeats bool, code string) {
	if _, code := w.gate(a, c.hall, standing.manages); code != "" {
		return nil, false, code
	}
	if c.role == "" && slices.ContainsFunc(c.rows, func(row mRow) bool { return row.role == "" }) {
		return nil, false, badInput
	}
	for _, earlier := range w.calls {
		if earlier.hall == c.hall && earlier.by == a.as && earlier.key == c.key && w.now.Before(earlier.at.Add(24*time.Hour)) {
			if earlier.asks() != c.asks() {
				return nil, false, badInput
			}
			return earlier.became, true, ""
		}
	}
	if code := w.inviting(a, c.hall); code != "" {
		return nil, false, code
	}
	if code := w.badExpiry(c.hall.now, c.expires); code != "" {
		return nil, false, code
	}
	done := *c
	done.by, done.at, done.became = a.as, w.now, w.inviteRows(c)
	w.calls = append(w.calls, &done)
	return done.became, false, ""
}

// inviteRows invites the people of the rows, in order.
func (w *world) inviteRows(c *mCall) (became []mOutcome) {
	met := map[string]mOutcome{}
	for _, row := range c.rows {
		email, role := strings.ToLower(row.typed), row.role
		if role == "" {
			role = c.role
		}
		first, again := met[email]
		o := mOutcome{outcome: "INVITED"}
		switch {
		case again && isEmail(email):
			o = mOutcome{outcome: "DUPLICATE", invite: first.invite}
		default:
			switch o.invite, o.code = w.invite(c.hall, email, row.first, role, c.expires); o.code {
			case "":
			case "ALREADY_INVITED":
				o.outcome, o.code = "STANDING", ""
			default:
				o.outcome = "REFUSED"
			}
			met[email] = o
		}
		became = append(became, o)
	}
	return became
}
