package room

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"usher/auth"
	"usher/ent"
	"usher/ent/invitecall"
	"usher/ent/schema"
	"usher/problem"
	"usher/role"
	"usher/text"
)

const (
	// MaxInviteRows limits the people that one call invites.
	MaxInviteRows = 100
	// inviteCallTerm is how long a call can be repeated with the same outcomes.
	inviteCallTerm = 24 * time.Hour
)

// InviteRow is one of the people to invite. Without a role it has that of the call.
type InviteRow struct {
	Email, FirstName, LastName string
	OneName                    bool // the last name may be empty
	Role                       *role.RoomRole
}

// InviteUsersInput invites many people to a room.
type InviteUsersInput struct {
	RoomID, Key string
	Rows        []InviteRow
	Role        *role.RoomRole
	ExpiresAt   *time.Time
	// Send emails the links to all whom the call invites. It is left out if it is not set, because the fingerprint of a call must stay the
	// same in later versions.
	Send     bool      `json:",omitempty"`
	Language *Language `json:",omitempty"`
}

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
}

// InviteMany invites people in one transaction (I10). A refused row stops no other. The same call with the same key gets the same
// outcomes for a day, and changes nothing. Returns a Problem if nobody can be invited (I2) or the expiry is wrong, and
// problem.BadInput for a wrong key, more than MaxInviteRows rows, a row without a role, or a key that was used for other rows.
func (s *Invitations) InviteMany(ctx context.Context, actor auth.Actor, in InviteUsersInput) (result *InvitedRows, err error) {
	asked, err := in.encoded()
	if err != nil {
		return nil, err
	}
	err = s.act(ctx, actor, in.RoomID, role.Invite, func(t *Turn) error {
		if err := in.check(); err != nil {
			return err
		}
		if err := s.options.Mailing.refuse(in.Send); err != nil {
			return err
		}
		outcomes, rows, err := s.inviteOnce(t, in, asked)
		if err != nil {
			return err
		}
		result = t.invitedRows(in.Rows, outcomes, rows)
		return nil
	})
	return result, err
}

func (in InviteUsersInput) check() error {
	if !ValidAttemptKey(in.Key) {
		return &problem.BadInput{Message: "key must have 22 to 64 printable ASCII characters"}
	}
	if len(in.Rows) > MaxInviteRows {
		return &problem.BadInput{Message: fmt.Sprintf("rows must have at most %d items", MaxInviteRows)}
	}
	for i, row := range in.Rows {
		if row.Role == nil && in.Role == nil {
			return &problem.BadInput{Message: fmt.Sprintf("row %d has no role, and neither has the call", i)}
		}
	}
	return nil
}

// encoded returns all that a call asks for. Calls that ask for the same are equal.
func (in InviteUsersInput) encoded() ([]byte, error) {
	if in.ExpiresAt != nil {
		at := in.ExpiresAt.UTC()
		in.ExpiresAt = &at
	}
	raw, err := json.Marshal(in)
	return raw, wrapped("encode rows", err)
}

// inviteOnce returns the outcomes of an earlier call with this key, or invites and stores the outcomes. It also returns the invitations
// that these name, as they are now, by id. It stores a fingerprint of the rows that needs the site's keys. Otherwise a thief of the database
// could confirm a guessed address, also of an erased person. Erasing keeps the call, because a late retry would then invite the erased person
// again.
func (s *Invitations) inviteOnce(
	t *Turn, in InviteUsersInput, asked []byte,
) (outcomes []schema.InviteOutcome, rows map[string]*ent.Invitation, err error) {
	by, err := t.actor.SignedIn()
	if err != nil {
		return nil, nil, err
	}
	before, err := t.Tx.InviteCall.Query().
		Where(invitecall.RoomID(t.Room.ID), invitecall.UserID(by.ID), invitecall.Key(in.Key)).Only(t.ctx)
	switch {
	case ent.IsNotFound(err):
	case err != nil:
		return nil, nil, fmt.Errorf("read earlier call: %w", err)
	case t.Tx.At.Sub(before.At) >= inviteCallTerm:
		if err := t.Tx.InviteCall.DeleteOne(before).Exec(t.ctx); err != nil {
			return nil, nil, fmt.Errorf("delete earlier call: %w", err)
		}
	case !s.options.Keys.isAsked(before.Asked, asked):
		return nil, nil, &problem.BadInput{Message: "key was used for other rows within 24 hours"}
	default:
		rows, err = outcomeRows(t, before.Outcomes)
		return before.Outcomes, rows, err
	}
	if outcomes, rows, err = s.inviteRows(t, in); err != nil {
		return nil, nil, err
	}
	err = t.Tx.InviteCall.Create().SetRoomID(t.Room.ID).SetUserID(by.ID).SetKey(in.Key).SetAsked(s.options.Keys.asked(asked)).
		SetOutcomes(outcomes).SetAt(t.Tx.At).Exec(t.ctx)
	return outcomes, rows, wrapped("store call", err)
}

// outcomeRows reads the invitations that outcomes name.
func outcomeRows(t *Turn, outcomes []schema.InviteOutcome) (map[string]*ent.Invitation, error) {
	var ids keys
	for _, o := range outcomes {
		ids.add(o.InvitationID)
	}
	return readInvitations(t.ctx, t.Tx.Client(), ids.list())
}

// inviteRows invites the people of the rows, in order. It also returns the invitations that they have, by id.
func (s *Invitations) inviteRows(t *Turn, in InviteUsersInput) ([]schema.InviteOutcome, map[string]*ent.Invitation, error) {
	typed := make([]string, len(in.Rows))
	for i, row := range in.Rows {
		typed[i] = row.Email
	}
	g, err := s.inviting(t, typed...)
	if err != nil {
		return nil, nil, err
	}
	if err := checkExpiry(t.Tx.At, g.to, in.ExpiresAt); err != nil {
		return nil, nil, err
	}
	outcomes := make([]schema.InviteOutcome, len(in.Rows))
	seen := map[string]*schema.InviteOutcome{}
	for i, row := range in.Rows {
		o := &outcomes[i]
		email, isEmail := text.NormalizeEmail(row.Email)
		if first := seen[email]; isEmail && first != nil {
			o.Outcome, o.InvitationID = string(RowDuplicate), first.InvitationID
			continue
		}
		seen[email] = o
		if err := g.inviteRow(o, row.input(in)); err != nil {
			return nil, nil, err
		}
	}
	if err := g.write(); err != nil {
		return nil, nil, err
	}
	rows := make(map[string]*ent.Invitation, len(g.earlier))
	for _, i := range g.earlier {
		rows[i.ID] = i
	}
	return outcomes, rows, g.send(s.options.Mailing, in.Send, in.Language)
}

// input returns the row as an invitation of its own.
func (row InviteRow) input(of InviteUsersInput) InviteUserInput {
	as := of.Role
	if row.Role != nil {
		as = row.Role
	}
	return InviteUserInput{
		RoomID: of.RoomID, Email: row.Email, FirstName: row.FirstName, LastName: row.LastName, OneName: row.OneName,
		Role: *as, ExpiresAt: of.ExpiresAt,
	}
}

// inviteRow invites the person of a row, and records what became of it. Only a fault is an error.
func (g *inviting) inviteRow(o *schema.InviteOutcome, in InviteUserInput) error {
	row, err := g.invite(in)
	if err == nil {
		o.Outcome, o.InvitationID = string(RowInvited), row.ID
		return nil
	}
	p, ok := errors.AsType[*problem.Problem](err)
	switch {
	case !ok:
		return err
	case p.Code == problem.AlreadyInvited:
		o.Outcome, o.InvitationID = string(RowStanding), p.StandingInvitationID
	default:
		o.Outcome, o.Refusal = string(RowRefused), refusalOf(p)
	}
	return nil
}

// invitedRows returns rows with their outcomes and invitations.
func (t *Turn) invitedRows(asked []InviteRow, outcomes []schema.InviteOutcome, invitations map[string]*ent.Invitation) *InvitedRows {
	result := &InvitedRows{Rows: make([]*RowResult, len(outcomes)), Room: t.raised()}
	for i, o := range outcomes {
		r := &RowResult{Row: i, Outcome: RowOutcome(o.Outcome), Problem: problemOf(o.Refusal)}
		r.Email, r.FirstName, r.LastName = asked[i].Email, asked[i].FirstName, asked[i].LastName
		if row := invitations[o.InvitationID]; row != nil {
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
