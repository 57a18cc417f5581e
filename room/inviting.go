package room

import (
	"crypto/rand"
	"fmt"
	"maps"
	"slices"

	"entgo.io/ent/dialect/sql"

	"usher/ent"
	"usher/ent/invitation"
	"usher/ent/mail"
	"usher/ent/participant"
	"usher/ent/schema"
	"usher/live"
	"usher/problem"
	"usher/text"
)

// inviting invites people in a turn. It collects their invitations, and writes them with as many statements for many as for one.
type inviting struct {
	*Turn
	*invitees
	by *ent.User
	// ids are for new invitations, in ascending order. So lists keep the order of the rows.
	ids []string
	// invited are the invitations in their order, as write stores them.
	invited []*ent.Invitation
	// revived are those of them that were revoked or had expired, by id.
	revived map[string]*ent.Invitation
}

// inviting counts n emails against the manager's rate, checks what concerns all of them, and reads what each check needs. The
// expiry is checked after each email and name (I2).
func (s *Invitations) inviting(t *Turn, n int, typed addresses) (*inviting, error) {
	by, err := t.actor.SignedIn()
	if err != nil {
		return nil, err
	}
	if wait, ok := s.rate.AllowN(by.ID, n); !ok {
		return nil, &problem.RateLimited{RetryAfter: wait, Of: "invitations"}
	}
	known, err := s.invitees(t.ctx, t.Tx.Client(), t.Room, t.Tx.At, typed)
	return &inviting{
		Turn: t, invitees: known, by: by, ids: schema.NewIDs("i", n), revived: map[string]*ent.Invitation{},
	}, err
}

// invite invites one of the people for whom g was read, and returns the invitation that write will store.
func (g *inviting) invite(in InviteUserInput) (*ent.Invitation, error) {
	who, earlier, err := g.check(in)
	if err != nil {
		return nil, err
	}
	row := &ent.Invitation{RoomID: g.Room.ID, SessionID: g.to.ID, Email: who.email, Generation: 1}
	if earlier == nil {
		row.ID, g.ids = g.ids[0], g.ids[1:]
		row.PublicID = make([]byte, 16)
		_, _ = rand.Read(row.PublicID)
	} else { // it returns with a new, unused link (I4)
		row.ID, row.PublicID, row.Generation = earlier.ID, earlier.PublicID, earlier.Generation+1
		row.HandOvers, row.Moves = earlier.HandOvers, earlier.Moves
		g.revived[row.ID] = row
	}
	row.InvitedByID, row.CreatedAt = g.by.ID, g.at
	row.EmailTyped, row.FirstName, row.LastName = who.typed, who.first, who.last
	row.Role, row.ExpiresAt = in.Role, in.ExpiresAt
	g.invited = append(g.invited, row)
	g.earlier[who.email] = row
	g.left--
	return row, nil
}

// send emails the links of all invitations, if somebody wants that. Call it after write. It returns the emails that it wrote.
func (g *inviting) send(m Mailing, wanted bool, language *Language) ([]*ent.Mail, error) {
	if !wanted {
		return nil, nil
	}
	return m.post(g.Turn, posting{kind: mail.KindInvitation, language: language, first: len(g.revived) == 0}, g.invited...)
}

// keptOfRevived are the columns that a revived invitation keeps. All others are as in a new one.
var keptOfRevived = []string{
	invitation.FieldID, invitation.FieldPublicID, invitation.FieldRoomID, invitation.FieldSessionID,
	invitation.FieldEmail, invitation.FieldEmailFolded, invitation.FieldHandOvers, invitation.FieldMoves,
}

// write stores all invitations, and reports each as an event, in their order.
func (g *inviting) write() error {
	if len(g.invited) == 0 {
		return nil
	}
	rows, events := make([]*ent.InvitationCreate, len(g.invited)), make([]live.Entry, len(g.invited))
	for n, i := range g.invited {
		rows[n] = g.Tx.Invitation.Create().SetID(i.ID).SetPublicID(i.PublicID).SetGeneration(i.Generation).
			SetRoomID(i.RoomID).SetSessionID(i.SessionID).SetInvitedByID(i.InvitedByID).
			SetEmail(i.Email).SetEmailTyped(i.EmailTyped).SetFirstName(i.FirstName).SetLastName(i.LastName).
			SetRole(i.Role).SetNillableExpiresAt(i.ExpiresAt).SetCreatedAt(i.CreatedAt)
		events[n] = aboutInvitee(i)
	}
	err := g.Tx.Invitation.CreateBulk(rows...).OnConflict(sql.ConflictColumns(invitation.FieldID), sql.ResolveWith(func(u *sql.UpdateSet) {
		for _, column := range invitation.Columns {
			if !slices.Contains(keptOfRevived, column) {
				u.SetExcluded(column)
			}
		}
	})).Exec(g.ctx)
	if err != nil {
		return fmt.Errorf("write invitations: %w", err)
	}
	if err := g.writePlaces(); err != nil {
		return err
	}
	return g.EmitEach(invitationCreated, events...)
}

// writePlaces gives the places of revived invitations the roles of these. A guest's gets the name too. Whoever redeems the link gets
// the place. An earlier promotion does not return.
func (g *inviting) writePlaces() error {
	if len(g.revived) == 0 {
		return nil
	}
	places, err := g.Tx.Participant.Query().Where(participant.InvitationIDIn(slices.Collect(maps.Keys(g.revived))...)).All(g.ctx)
	if err != nil {
		return fmt.Errorf("read places: %w", err)
	}
	var rows []*ent.ParticipantCreate
	for _, p := range places {
		i := g.revived[*p.InvitationID]
		as, revision, name := i.Role, p.RoleRevision, p.DisplayName
		if p.Role != as {
			revision++
		}
		if p.UserID == nil {
			name = text.FullName(i.FirstName, i.LastName)
		}
		if revision == p.RoleRevision && name == p.DisplayName {
			continue
		}
		rows = append(rows, g.Tx.Participant.Create().SetID(p.ID).SetRoomID(p.RoomID).SetSessionID(p.SessionID).SetEmail(p.Email).
			SetState(p.State).SetCreatedAt(p.CreatedAt).SetRole(as).SetRoleRevision(revision).SetDisplayName(name))
	}
	if len(rows) == 0 {
		return nil
	}
	err = g.Tx.Participant.CreateBulk(rows...).OnConflict(sql.ConflictColumns(participant.FieldID), sql.ResolveWith(func(u *sql.UpdateSet) {
		u.SetExcluded(participant.FieldRole).SetExcluded(participant.FieldRoleRevision)
		u.SetExcluded(participant.FieldDisplayName).SetExcluded(participant.FieldNameFolded)
	})).Exec(g.ctx)
	return wrapped("write places", err)
}
