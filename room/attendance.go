package room

import (
	"context"
	"fmt"
	"time"

	"usher/ent"
	"usher/ent/participant"
	"usher/ent/predicate"
	"usher/ent/session"
	"usher/problem"
	"usher/role"
)

// Attendee is somebody with a place in a session, and when they were in the room.
type Attendee struct {
	Participant *Participant
	// EnteredAt is when they first entered, nil if they never did. LeftAt is when they last left, nil while they are there.
	EnteredAt, LeftAt *time.Time
	// Stays is how often they entered, and Seconds how long they were there in all, up to now.
	Stays, Seconds int
}

// ofRoom reads a session of a room, by "" the current one. It returns nil if the room has no such session, and problem.ErrForbidden
// unless the asker manages the room.
func (s *Sessions) ofRoom(ctx context.Context, r *Room, id string) (*ent.Session, error) {
	if !r.Sight.Can(role.SeeEverything) {
		return nil, problem.ErrForbidden
	}
	if id == "" {
		id = currentID(r.Room)
	}
	of, err := s.db.Session.Query().Where(session.ID(id), session.RoomID(r.ID)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read session: %w", err)
	}
	return of, nil
}

// Attendance lists who had a place in a session of a room, by name. "" means the current session. search finds people by their names and
// emails. It returns nil if the room has no such session. Returns problem.ErrForbidden unless the asker manages the room.
func (s *Sessions) Attendance(ctx context.Context, r *Room, sessionID, search string, page Page) (*List[*Attendee], error) {
	of, err := s.ofRoom(ctx, r, sessionID)
	if of == nil || err != nil {
		return nil, err
	}
	where := []predicate.Participant{
		participant.SessionID(of.ID), matching(search, participant.FieldNameFolded, participant.FieldEmailFolded),
	}
	after := where
	if parts, ok, err := Position(page.After, 2); err != nil {
		return nil, err
	} else if ok {
		after = append(where[:len(where):len(where)], participant.Or(
			participant.DisplayNameGT(parts[0]), participant.And(participant.DisplayName(parts[0]), participant.IDGT(parts[1])),
		))
	}
	rows, err := s.db.Participant.Query().Where(after...).Order(participant.ByDisplayName(), participant.ByID()).Limit(page.First + 1).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("list who had a place: %w", err)
	}
	total, err := TotalOf(ctx, page, len(rows), s.db.Participant.Query().Where(where...).Count)
	if err != nil {
		return nil, fmt.Errorf("count who had a place: %w", err)
	}
	found := make(map[string]*Attendee, len(rows))
	l := Cut(rows, page, func(p *ent.Participant) *Attendee {
		found[p.ID] = &Attendee{Participant: &Participant{p, r.Sight}}
		return found[p.ID]
	}, func(p *ent.Participant) string { return Cursor(p.DisplayName, p.ID) })
	l.Total = total
	now := s.now()
	err = staysOf(ctx, s.db, of, rows[:len(l.Nodes)], func(stay Stay) error {
		found[stay.Participant.ID].add(stay, now)
		return nil
	})
	return &l, err
}

// add counts a stay, which is later than those before.
func (a *Attendee) add(stay Stay, now time.Time) {
	if a.EnteredAt == nil {
		a.EnteredAt = &stay.From
	}
	a.LeftAt = stay.To
	until := now
	if stay.To != nil {
		until = *stay.To
	}
	a.Stays++
	a.Seconds += wholeSeconds(stay.From, until)
}

func wholeSeconds(from, to time.Time) int { return max(0, int(to.Sub(from)/time.Second)) }
