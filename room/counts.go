package room

import (
	"context"
	"fmt"

	"entgo.io/ent/dialect/sql"

	"usher/ent"
	"usher/ent/invitation"
	"usher/ent/participant"
	"usher/ent/session"
	"usher/role"
)

// Counts is how many people a session has: invited by usable invitations, waiting, and in the room.
type Counts struct{ Invited, Waiting, InRoom int }

// Counted returns the id of the room's current session to managers, who may know how many people it has. To others it returns
// none.
func (r *Room) Counted() string {
	if !r.Sight.Can(role.SeeEverything) {
		return ""
	}
	return currentID(r.Room)
}

// Counts counts the people of sessions, by the session's id.
func (s *Rows) Counts(ctx context.Context, sessionIDs []string) (map[string]*Counts, error) {
	counts := make(map[string]*Counts, len(sessionIDs))
	for _, id := range sessionIDs {
		counts[id] = &Counts{}
	}
	var places []struct {
		SessionID string            `json:"session_id"`
		State     participant.State `json:"state"`
		Count     int               `json:"count"`
	}
	err := s.db.Participant.Query().
		Where(participant.SessionIDIn(sessionIDs...), participant.StateIn(participant.StateWaiting, participant.StateInRoom)).
		GroupBy(participant.FieldSessionID, participant.FieldState).Aggregate(ent.Count()).Scan(ctx, &places)
	if err != nil {
		return nil, fmt.Errorf("count participants: %w", err)
	}
	for _, of := range places {
		if of.State == participant.StateWaiting {
			counts[of.SessionID].Waiting = of.Count
			continue
		}
		counts[of.SessionID].InRoom = of.Count
	}
	var standing []struct {
		SessionID string `json:"session_id"`
		Count     int    `json:"count"`
	}
	these := session.IDIn(sessionIDs...)
	err = s.db.Invitation.Query().
		Where(invitation.HasSessionWith(these, notOver), usableAt(these, s.now())).
		GroupBy(invitation.FieldSessionID).Aggregate(ent.Count()).Scan(ctx, &standing)
	if err != nil {
		return nil, fmt.Errorf("count invitations: %w", err)
	}
	for _, of := range standing {
		counts[of.SessionID].Invited = of.Count
	}
	return counts, nil
}

// QueuePositions returns the positions of participants among all who wait in their session, from 1. Those who do not wait have
// none.
func (s *Rows) QueuePositions(ctx context.Context, ids []string) (map[string]*int, error) {
	var rows []struct {
		ID       string `json:"id"`
		Position int    `json:"position"`
	}
	// Join each participant who waits with those before them, themselves included.
	position := func(q *sql.Selector) string {
		before := sql.Dialect(q.Dialect()).Table(participant.Table).As("before")
		since, id := participant.FieldWaitingSince, participant.FieldID
		q.Join(before).OnP(sql.And(
			sql.ColumnsEQ(before.C(participant.FieldSessionID), q.C(participant.FieldSessionID)),
			sql.EQ(before.C(participant.FieldState), participant.StateWaiting),
			sql.Or(
				sql.ColumnsLT(before.C(since), q.C(since)),
				sql.And(sql.ColumnsEQ(before.C(since), q.C(since)), sql.ColumnsLTE(before.C(id), q.C(id))),
			),
		))
		return sql.As(sql.Count(before.C(id)), "position")
	}
	err := s.db.Participant.Query().Where(participant.IDIn(ids...), participant.StateEQ(participant.StateWaiting)).
		GroupBy(participant.FieldID).Aggregate(position).Scan(ctx, &rows)
	if err != nil {
		return nil, fmt.Errorf("count queue: %w", err)
	}
	positions := make(map[string]*int, len(rows))
	for i := range rows {
		positions[rows[i].ID] = &rows[i].Position
	}
	return positions, nil
}
