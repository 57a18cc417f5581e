package room

import (
	"context"
	"fmt"
	"strconv"

	"entgo.io/ent/dialect/sql"

	"usher/ent"
	"usher/ent/participant"
	"usher/ent/predicate"
	"usher/problem"
	"usher/role"
)

// ParticipantFilter narrows a list of participants. The zero value selects all.
type ParticipantFilter struct {
	State []participant.State
	Role  []role.RoomRole
	// Online selects those who are online now, or those who are not. Nil selects both.
	Online *bool
	// Search matches the display name, and for managers the email.
	Search string
	// NeedsLook selects those whom a host should look at: see needsLook. Only somebody who sees all participants may ask.
	NeedsLook bool
}

// List returns the participants of a room's current session whom the asker may see. Those who wait come first, the
// longest-waiting one at the top. The others follow by role, descending, then by name and id. Returns problem.ErrForbidden to
// somebody who sees no participants.
func (s *Places) List(ctx context.Context, r *Room, page Page, f ParticipantFilter) (l List[*Participant], err error) {
	if sharesHosts(r, page, f) {
		return s.listHosts(ctx, r, page)
	}
	visible, err := r.visiblePeople()
	if err != nil {
		return l, err
	}
	where := []predicate.Participant{visible}
	if f.State != nil {
		where = append(where, participant.StateIn(f.State...))
	}
	if f.Role != nil {
		where = append(where, participant.RoleIn(f.Role...))
	}
	if f.Online != nil {
		where = append(where, s.whoIsOnline(r.ID, *f.Online))
	}
	if f.NeedsLook {
		if !r.Sight.Can(role.SeeParticipants) { // others must not learn whose role has arrived
			return l, problem.ErrForbidden
		}
		where = append(where, s.needsLook(r.ID))
	}
	searched := []string{participant.FieldNameFolded}
	if r.Sight.Can(role.SeeEverything) { // others must not learn of emails by searching
		searched = append(searched, participant.FieldEmailFolded)
	}
	where = append(where, matching(f.Search, searched...))
	behind, err := behindParticipant(page)
	if err != nil {
		return l, err
	}
	rows, err := s.db.Participant.Query().Where(where...).Where(behind).
		Order(inQueue, byRole, ent.Asc(participant.FieldDisplayName, participant.FieldID)).Limit(page.First + 1).All(ctx)
	if err != nil {
		return l, fmt.Errorf("list participants: %w", err)
	}
	total, err := TotalOf(ctx, page, len(rows), s.db.Participant.Query().Where(where...).Count)
	if err != nil {
		return l, fmt.Errorf("count participants: %w", err)
	}
	l = Cut(rows, page, func(p *ent.Participant) *Participant { return &Participant{p, r.Sight} }, participantCursor)
	l.Total = total
	return l, nil
}

// needsLook selects those with a place whose client has not confirmed a changed role, and speakers and moderators who are in the
// room, but not online.
func (s *core) needsLook(roomID string) predicate.Participant {
	unconfirmed := func(q *sql.Selector) {
		q.Where(sql.ColumnsNEQ(q.C(participant.FieldRoleDelivered), q.C(participant.FieldRoleRevision)))
	}
	return participant.Or(
		participant.And(
			participant.StateIn(participant.StateCountdown, participant.StateLobby, participant.StateWaiting, participant.StateInRoom),
			participant.RoleRevisionGT(1), unconfirmed,
		),
		participant.And(participant.StateEQ(participant.StateInRoom), participant.RoleNEQ(role.Viewer), s.whoIsOnline(roomID, false)),
	)
}

// visiblePeople selects whom of the current session the asker may see. It is Sight.sees as a predicate. In a crowd of viewers it finds
// the few others by an index, because each who enters reads them.
func (r *Room) visiblePeople() (predicate.Participant, error) {
	session := currentID(r.Room)
	if r.Sight.Can(role.SeeParticipants) {
		return participant.SessionID(session), nil
	}
	own := r.Sight.Own
	if own == nil && !r.Sight.InRoom {
		return nil, problem.ErrForbidden
	}
	return func(q *sql.Selector) {
		of := sql.Dialect(q.Dialect()).Table(participant.Table).As("of")
		inSession := func(p *sql.Predicate) *sql.Selector {
			return sql.Dialect(q.Dialect()).Select(of.C(participant.FieldID)).From(of).Where(sql.And(sql.EQ(of.C(participant.FieldSessionID), session), p))
		}
		// A union of two queries along an index each. For one query with OR, PostgreSQL reads the whole crowd.
		var them *sql.Selector
		if own != nil {
			them = inSession(sql.EQ(of.C(participant.FieldID), own.ID))
		}
		if r.Sight.InRoom {
			others := inSession(sql.In(of.C(participant.FieldRole), role.Moderator, role.Speaker))
			if them == nil {
				them = others
			} else {
				them.UnionAll(others)
			}
		}
		q.Where(sql.In(q.C(participant.FieldID), them))
	}, nil
}

// The order: those who wait, by how long. Then roles, descending.
func waits(s *sql.Selector) string {
	return fmt.Sprintf("CASE WHEN %s = 'WAITING' THEN 0 ELSE 1 END", s.C(participant.FieldState))
}

func rank(s *sql.Selector) string {
	return fmt.Sprintf("CASE %s WHEN 'MODERATOR' THEN 0 WHEN 'SPEAKER' THEN 1 ELSE 2 END", s.C(participant.FieldRole))
}

func inQueue(s *sql.Selector) {
	since := s.C(participant.FieldWaitingSince)
	s.OrderExpr(sql.Raw(waits(s)), sql.Raw("CASE WHEN "+s.C(participant.FieldState)+" = 'WAITING' THEN "+since+" END"))
}

func byRole(s *sql.Selector) { s.OrderExpr(sql.Raw(rank(s))) }

func rankOf(r role.RoomRole) int { return len(role.RoomRoles) - 1 - r.Rank() }

func participantCursor(p *ent.Participant) string {
	since := ""
	if p.State == participant.StateWaiting && p.WaitingSince != nil {
		since = p.WaitingSince.UTC().Format(cursorTime)
	}
	return Cursor(since, strconv.Itoa(rankOf(p.Role)), p.DisplayName, p.ID)
}

// behindParticipant selects those behind the page's cursor.
func behindParticipant(page Page) (predicate.Participant, error) {
	parts, ok, err := Position(page.After, 4)
	if err != nil || !ok {
		return func(*sql.Selector) {}, err
	}
	at, err := PositionNumber(parts[1], rankOf(role.Viewer))
	if err != nil {
		return nil, err
	}
	further := func(s *sql.Selector) *sql.Predicate {
		name, id := s.C(participant.FieldDisplayName), s.C(participant.FieldID)
		return sql.Or(
			compared(rank(s), sql.OpGT, at),
			sql.And(compared(rank(s), sql.OpEQ, at), sql.GT(name, parts[2])),
			sql.And(compared(rank(s), sql.OpEQ, at), sql.EQ(name, parts[2]), sql.GT(id, parts[3])),
		)
	}
	if parts[0] == "" {
		return func(s *sql.Selector) { s.Where(sql.And(sql.ExprP(waits(s)+" = 1"), further(s))) }, nil
	}
	since, err := positionTime(parts[0])
	if err != nil {
		return nil, err
	}
	return func(s *sql.Selector) {
		field := s.C(participant.FieldWaitingSince)
		s.Where(sql.Or(
			sql.ExprP(waits(s)+" = 1"),
			sql.GT(field, since),
			sql.And(sql.EQ(field, since), further(s)),
		))
	}, nil
}
