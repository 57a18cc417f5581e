package room

import (
	"context"
	"fmt"

	"entgo.io/ent/dialect/sql"

	"usher/auth"
	"usher/ent"
	"usher/ent/participant"
	"usher/problem"
	"usher/role"
)

// Admit lets in who waits. Returns ALREADY_HANDLED where they wait no longer: the first who answers wins.
func (s *Rooms) Admit(ctx context.Context, actor auth.Actor, id string) (*Participant, error) {
	return s.actOnParticipant(ctx, actor, id, role.Admit, func(t *turn, p *ent.Participant) (*ent.Participant, error) {
		if p.State != participant.StateWaiting {
			return nil, problem.New(problem.AlreadyHandled)
		}
		return t.admit(p)
	})
}

// admit lets a participant in; they need no second approval in this session.
func (t *turn) admit(p *ent.Participant) (*ent.Participant, error) {
	if err := t.Participant.UpdateOneID(p.ID).SetAdmitted(true).Exec(t.ctx); err != nil {
		return nil, fmt.Errorf("admit participant: %w", err)
	}
	return t.moved(p, participant.StateInRoom)
}

// AdmitAll lets in everyone who waits now, and returns how many.
func (s *Rooms) AdmitAll(ctx context.Context, actor auth.Actor, roomID string) (admitted int, err error) {
	err = s.act(ctx, actor, roomID, role.Admit, func(t *turn) error {
		admitted, err = t.admitWaiting(false)
		return err
	})
	return admitted, err
}

// admitWaiting lets in those who wait, the longest-waiting first; with unremoved not those who were removed before.
func (t *turn) admitWaiting(unremoved bool) (admitted int, err error) {
	waiting, err := t.Participant.Query().
		Where(participant.SessionID(currentID(t.room)), participant.StateEQ(participant.StateWaiting)).
		Order(ent.Asc(participant.FieldWaitingSince, participant.FieldID)).All(t.ctx)
	if err != nil {
		return 0, fmt.Errorf("read queue: %w", err)
	}
	for _, p := range waiting {
		if unremoved && p.Removed {
			continue
		}
		if _, err := t.admit(p); err != nil {
			return 0, err
		}
		admitted++
	}
	return admitted, nil
}

// Deny refuses who waits: they may ask once more. Returns ALREADY_MANAGER, ALREADY_HANDLED where they wait no longer.
func (s *Rooms) Deny(ctx context.Context, actor auth.Actor, id string) (*Participant, error) {
	return s.actOnParticipant(ctx, actor, id, role.Admit, func(t *turn, p *ent.Participant) (*ent.Participant, error) {
		if err := t.managerless(p); err != nil {
			return nil, err
		}
		if p.State != participant.StateWaiting {
			return nil, problem.New(problem.AlreadyHandled)
		}
		if err := t.Participant.UpdateOneID(p.ID).AddDenials(1).Exec(t.ctx); err != nil {
			return nil, fmt.Errorf("count denial: %w", err)
		}
		return t.moved(p, participant.StateDenied)
	})
}

// QueuePositions returns the places of those who wait among all who wait in their session, from 1, by participant: in one query
// for one and for many. Who does not wait has none.
func (s *Rooms) QueuePositions(ctx context.Context, ids []string) (map[string]*int, error) {
	var rows []struct {
		ID       string `json:"id"`
		Position int    `json:"position"`
	}
	// Everyone who waits is joined with those who come before them, themselves included.
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
