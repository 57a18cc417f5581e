package room

import (
	"usher/ent"
	"usher/ent/schema"
	"usher/problem"
)

// RowOutcome is what became of a row.
type RowOutcome string

const (
	RowReady     RowOutcome = "READY"
	RowGone      RowOutcome = "GONE"
	RowInvited   RowOutcome = "INVITED"
	RowStanding  RowOutcome = "STANDING"
	RowDuplicate RowOutcome = "DUPLICATE"
	RowRefused   RowOutcome = "REFUSED"
)

// RowResult is a row with what became of it.
type RowResult struct {
	Row                        int
	Outcome                    RowOutcome
	Email, FirstName, LastName string
	Problem                    *problem.Problem
	// Invitation is the current invitation of the row's person, or nil.
	Invitation *Invitation
}

// InvitedRows is what became of all rows of a call.
type InvitedRows struct {
	Rows    []*RowResult
	Invited int
	Room    *Room
	// Session is what the call invited to, nil if it repeats an earlier call.
	Session *ent.Session
	// Mails are the emails of the invitations that the call created, by id. None of these has a place.
	Mails map[string][]*ent.Mail
}

// invitedNow is what a call did: now, or when it was made before.
type invitedNow struct {
	outcomes []schema.InviteOutcome
	// rows are the invitations that the outcomes name, as they are now, by id.
	rows map[string]*ent.Invitation
	// session and mails are those of InvitedRows.
	session *ent.Session
	mails   map[string][]*ent.Mail
}

// invitedRows returns rows with their outcomes and invitations.
func (t *Turn) invitedRows(asked []InviteRow, done invitedNow) *InvitedRows {
	result := &InvitedRows{Rows: make([]*RowResult, len(done.outcomes)), Room: t.raised(), Session: done.session, Mails: done.mails}
	for i, o := range done.outcomes {
		r := &RowResult{Row: i, Outcome: RowOutcome(o.Outcome), Problem: problemOf(o.Refusal)}
		r.Email, r.FirstName, r.LastName = asked[i].Email, asked[i].FirstName, asked[i].LastName
		if row := done.rows[o.InvitationID]; row != nil {
			r.Invitation = &Invitation{row, t.Sight}
			r.Email, r.FirstName, r.LastName = row.EmailTyped, row.FirstName, row.LastName
		}
		if r.Outcome == RowInvited {
			result.Invited++
		}
		result.Rows[i] = r
	}
	return result
}

// refusalOf returns a problem as it is stored.
func refusalOf(p *problem.Problem) *schema.InviteRefusal {
	r := &schema.InviteRefusal{Code: string(p.Code), Message: p.Message, Field: p.Field}
	for _, step := range p.NextSteps {
		r.NextSteps = append(r.NextSteps, string(step))
	}
	return r
}

// problemOf returns a stored problem, nil for none.
func problemOf(r *schema.InviteRefusal) *problem.Problem {
	if r == nil {
		return nil
	}
	p := &problem.Problem{Code: problem.Code(r.Code), Message: r.Message, Field: r.Field, NextSteps: []problem.NextStep{}}
	for _, step := range r.NextSteps {
		p.NextSteps = append(p.NextSteps, problem.NextStep(step))
	}
	return p
}
