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

// InviteMany invites people in one transaction (I10). A refused row stops no other. The same call with the same key gets the same
// outcomes for a day, and changes nothing. Returns a Problem if nobody can be invited (I2) or the expiry is wrong, and
// problem.BadInput for a wrong key, more than MaxInviteRows rows, a row without a role, or a key that was used for other rows.
func (s *Invitations) InviteMany(ctx context.Context, actor auth.Actor, in InviteUsersInput) (result *InvitedRows, err error) {
	asked, err := in.encoded()
	if err != nil {
		return nil, err
	}
	emails := make([]string, len(in.Rows))
	for i, row := range in.Rows {
		emails[i] = row.Email
	}
	typed := readAddresses(emails...)
	err = s.act(ctx, actor, in.RoomID, role.Invite, func(t *Turn) error {
		if err := in.check(); err != nil {
			return err
		}
		if err := s.options.Mailing.refuse(in.Send); err != nil {
			return err
		}
		done, err := s.inviteOnce(t, in, typed, asked)
		if err != nil {
			return err
		}
		result = t.invitedRows(in.Rows, done)
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

// inviteOnce returns what an earlier call with this key did, or invites and stores the outcomes. It stores a fingerprint of the rows that needs
// the site's keys. Otherwise a thief of the database could confirm a guessed address, also of an erased person. Erasing keeps the call, because
// a late retry would then invite the erased person again.
func (s *Invitations) inviteOnce(t *Turn, in InviteUsersInput, typed addresses, asked []byte) (done invitedNow, err error) {
	by, err := t.actor.SignedIn()
	if err != nil {
		return done, err
	}
	before, err := t.Tx.InviteCall.Query().
		Where(invitecall.RoomID(t.Room.ID), invitecall.UserID(by.ID), invitecall.Key(in.Key)).Only(t.ctx)
	switch {
	case ent.IsNotFound(err):
	case err != nil:
		return done, fmt.Errorf("read earlier call: %w", err)
	case t.Tx.At.Sub(before.At) >= inviteCallTerm:
		if err := t.Tx.InviteCall.DeleteOne(before).Exec(t.ctx); err != nil {
			return done, fmt.Errorf("delete earlier call: %w", err)
		}
	case !s.options.Keys.isAsked(before.Asked, asked):
		return done, &problem.BadInput{Message: "key was used for other rows within 24 hours"}
	default:
		done.outcomes = before.Outcomes
		done.rows, err = outcomeRows(t, before.Outcomes)
		return done, err
	}
	if done, err = s.inviteRows(t, in, typed); err != nil {
		return done, err
	}
	err = t.Tx.InviteCall.Create().SetRoomID(t.Room.ID).SetUserID(by.ID).SetKey(in.Key).SetAsked(s.options.Keys.asked(asked)).
		SetOutcomes(done.outcomes).SetAt(t.Tx.At).Exec(t.ctx)
	return done, wrapped("store call", err)
}

// outcomeRows reads the invitations that outcomes name.
func outcomeRows(t *Turn, outcomes []schema.InviteOutcome) (map[string]*ent.Invitation, error) {
	var ids keys
	for _, o := range outcomes {
		ids.add(o.InvitationID)
	}
	return readInvitations(t.ctx, t.Tx.Client(), ids.list())
}

// inviteRows invites the people of the rows, in order.
func (s *Invitations) inviteRows(t *Turn, in InviteUsersInput, typed addresses) (done invitedNow, err error) {
	g, err := s.inviting(t, len(in.Rows), typed)
	if err != nil {
		return done, err
	}
	if err := checkExpiry(t.Tx.At, g.to, in.ExpiresAt); err != nil {
		return done, err
	}
	done.session, done.outcomes = g.to, make([]schema.InviteOutcome, len(in.Rows))
	seen := map[string]*schema.InviteOutcome{}
	for i, row := range in.Rows {
		o, email := &done.outcomes[i], typed.normal(row.Email)
		if first := seen[email]; email != "" && first != nil {
			o.Outcome, o.InvitationID = string(RowDuplicate), first.InvitationID
			continue
		}
		seen[email] = o
		if err := g.inviteRow(o, row.input(in)); err != nil {
			return done, err
		}
	}
	if err := g.write(); err != nil {
		return done, err
	}
	done.rows = make(map[string]*ent.Invitation, len(g.earlier))
	for _, i := range g.earlier {
		done.rows[i.ID] = i
	}
	sent, err := g.send(s.options.Mailing, in.Send, in.Language)
	done.mails = g.mailsOfNew(sent)
	return done, err
}

// mailsOfNew returns the emails of those invitations that are new, by id.
func (g *inviting) mailsOfNew(sent []*ent.Mail) map[string][]*ent.Mail {
	of := make(map[string][]*ent.Mail, len(g.invited))
	for _, i := range g.invited {
		if g.revived[i.ID] == nil {
			of[i.ID] = nil
		}
	}
	for _, m := range sent {
		if _, isNew := of[*m.InvitationID]; isNew {
			of[*m.InvitationID] = []*ent.Mail{m}
		}
	}
	return of
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
