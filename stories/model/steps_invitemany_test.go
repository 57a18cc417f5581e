package model

import (
	"fmt"
	"strings"

	. "usher/sitetest"
)

// Random steps that invite many (I10).

// inviteUsers invites several people, or repeats an earlier call, seldom with other rows.
func (x *trial) inviteUsers(r *draw) {
	c := x.call(r)
	a := x.manager(r, c.hall)
	if earlier := lately(r, x.w.calls); earlier != nil && r.one(4) {
		again := *earlier
		c, a = &again, x.someone(r, func(a *mAsker) bool { return a.as == again.by })
		if r.one(5) {
			c.rows = c.rows[1:]
		}
	}
	rows := []Object{}
	for _, row := range c.rows {
		with := Object{"email": row.typed, "firstName": row.first, "lastName": "Guest"}
		if row.role != "" {
			with["role"] = row.role
		}
		rows = append(rows, with)
	}
	with := Object{"roomId": c.hall.id, "key": c.key, "rows": rows, "expiresAt": instant(c.expires)}
	if c.role != "" {
		with["role"] = c.role
	}
	became, repeats, code := x.w.inviteUsers(a, c)
	got := x.ask(a, "inviteUsers", with, "invited rows { outcome problem { code } invitation { id status role firstName lastName link } }", code)
	if code == "" {
		x.became(got, became, repeats)
	}
}

// call draws a new call of inviteUsers.
func (x *trial) call(r *draw) *mCall {
	c := &mCall{hall: x.hall(r), key: fmt.Sprintf("a-key-of-the-model-%016x", r.Uint64()), role: pick(r, ranks...)}
	for range 1 + r.IntN(4) {
		row := mRow{typed: pick(r, append(emails, "no address")...), first: "Grace"}
		switch r.IntN(8) {
		case 0:
			row.typed = strings.ToUpper(row.typed)
		case 1:
			row.first = ""
		case 2:
			row.role = pick(r, ranks...)
		case 3:
			if n := len(c.rows); n > 0 {
				row.typed = c.rows[n-1].typed
			}
		}
		c.rows = append(c.rows, row)
	}
	if r.one(4) {
		c.expires = x.expiry(r, c.hall.now)
	}
	if r.one(20) {
		c.role = ""
	}
	return c
}

// became compares what became of each row, and keeps the links of a new call.
func (x *trial) became(got Object, want []mOutcome, repeats bool) {
	invited, lines, wanted := 0, []string{}, []string{}
	for n, row := range got.List("rows") {
		o := want[n]
		if o.outcome == "INVITED" {
			invited++
			if !repeats {
				x.link(o.invite, row)
			}
		}
		i := row.In("invitation")
		lines = append(lines, fmt.Sprint(row.Text("outcome"), " ", row.Text("problem.code"), " ", i.Text("id"), i.Text("status"), i.Text("role"),
			i.Text("firstName"), " ", i.Text("lastName")))
		line := fmt.Sprint(o.outcome, " ", o.code, "  ")
		if i := o.invite; i != nil {
			line = fmt.Sprint(o.outcome, " ", o.code, " ", i.id, x.w.status(i), i.role, i.first)
		}
		wanted = append(wanted, line)
	}
	x.same("what became of the rows", append(lines, fmt.Sprint(got.Int("invited"))), append(wanted, fmt.Sprint(invited)))
}
