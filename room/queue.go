package room

import (
	"context"
	"fmt"
	"slices"

	"entgo.io/ent/dialect/sql"

	"usher/ent"
	"usher/ent/manager"
	"usher/ent/participant"
	"usher/ent/predicate"
	"usher/problem"
	"usher/role"
)

// queue returns those who wait, the longest-waiting first.
func (t *Turn) queue(where predicate.Participant) ([]*ent.Participant, error) {
	waiting, err := t.Tx.Participant.Query().
		Where(participant.SessionID(currentID(t.Room)), participant.StateEQ(participant.StateWaiting), where).
		Order(ent.Asc(participant.FieldWaitingSince, participant.FieldID)).All(t.ctx)
	return waiting, wrapped("read queue", err)
}

// withRole selects the participants with one of some roles, and all of them if none is given.
func withRole(roles []role.RoomRole) predicate.Participant {
	if roles == nil {
		return func(*sql.Selector) {}
	}
	return participant.RoleIn(roles...)
}

// named returns the participants of the room with these ids who wait, the longest-waiting first, and the ids of the others. Returns
// problem.ErrNotFound if one of them is not in the room, and problem.ErrForbidden for the asker's own place (R2).
func (t *Turn) named(ids []string) (waiting []*ent.Participant, others []string, err error) {
	rows, err := t.Tx.Participant.Query().Where(participant.IDIn(ids...), participant.RoomID(t.Room.ID)).
		Order(ent.Asc(participant.FieldWaitingSince, participant.FieldID)).All(t.ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("read participants: %w", err)
	}
	if len(rows) != len(slices.Compact(slices.Sorted(slices.Values(ids)))) {
		return nil, nil, problem.ErrNotFound
	}
	others = []string{}
	for _, p := range rows {
		switch {
		case t.isSelf(p):
			return nil, nil, problem.ErrForbidden
		case p.State == participant.StateWaiting:
			waiting = append(waiting, p)
		default:
			others = append(others, p.ID)
		}
	}
	return waiting, others, nil
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

// ofManager selects the places of managers of their room.
func ofManager(p *sql.Selector) {
	m := sql.Table(manager.Table)
	p.Where(sql.Exists(sql.Dialect(p.Dialect()).Select(m.C(manager.FieldID)).From(m).Where(sql.And(
		sql.ColumnsEQ(m.C(manager.FieldRoomID), p.C(participant.FieldRoomID)),
		sql.ColumnsEQ(m.C(manager.FieldUserID), p.C(participant.FieldUserID)),
	))))
}
