package gesture

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"entgo.io/ent/dialect/sql"

	"usher/ent"
	"usher/ent/participant"
	"usher/ent/predicate"
	"usher/role"
	"usher/room"
)

// Topic is the topic of the events of hands.
const Topic room.Topic = "HANDS"

// Hand is the raised hand of a participant: their request for a role, as one asker sees it.
type Hand struct{ of *room.Participant }

// Participant returns whose hand it is.
func (h *Hand) Participant() *room.Participant { return h.of }

// Role returns the role that they ask for.
func (h *Hand) Role() role.RoomRole { return h.of.HandRole }

// Note returns what they wrote about it, "" for nothing.
func (h *Hand) Note() string { return h.of.HandNote }

// RaisedAt returns when they raised it.
func (h *Hand) RaisedAt() time.Time { return *h.of.HandAt }

// raised selects the hands that are up in a session.
func raised(sessionID string) predicate.Participant {
	return participant.And(participant.SessionID(sessionID), participant.HandAtNotNil())
}

// List returns the raised hands of the room's current session, the oldest first. It returns nil to those who may not see them.
func (h *Hands) List(ctx context.Context, r *room.Room, page room.Page) (*room.List[*Hand], error) {
	if !r.Sight.Can(role.SeeParticipants) || !r.ChatAndCollaboration || r.CurrentSessionID == nil {
		return nil, nil
	}
	up := raised(*r.CurrentSessionID)
	after := up
	if parts, ok, err := room.Position(page.After, 2); err != nil {
		return nil, err
	} else if ok {
		milliseconds, err := room.PositionNumber(parts[0], 1<<53)
		if err != nil {
			return nil, err
		}
		at := time.UnixMilli(int64(milliseconds)).UTC()
		after = participant.And(up, participant.Or(participant.HandAtGT(at), participant.And(participant.HandAt(at), participant.IDGT(parts[1]))))
	}
	rows, err := h.db.Participant.Query().Where(after).
		Order(participant.ByHandAt(), participant.ByID()).Limit(page.First + 1).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("list hands: %w", err)
	}
	total, err := room.TotalOf(ctx, page, len(rows), h.db.Participant.Query().Where(up).Count)
	if err != nil {
		return nil, fmt.Errorf("count hands: %w", err)
	}
	l := room.Cut(rows, page, func(p *ent.Participant) *Hand { return &Hand{&room.Participant{Participant: p, Sight: r.Sight}} },
		func(p *ent.Participant) string { return room.Cursor(strconv.FormatInt(p.HandAt.UnixMilli(), 10), p.ID) })
	l.Total = total
	return &l, nil
}

// Positions returns the positions of participants among all whose hand is up in their session, from 1. Others have none.
func (h *Hands) Positions(ctx context.Context, ids []string) (map[string]*int, error) {
	var rows []struct {
		ID       string `json:"id"`
		Position int    `json:"position"`
	}
	// Join each hand with those before it, itself included.
	position := func(q *sql.Selector) string {
		before := sql.Dialect(q.Dialect()).Table(participant.Table).As("before")
		at, id := participant.FieldHandAt, participant.FieldID
		q.Join(before).OnP(sql.And(
			sql.ColumnsEQ(before.C(participant.FieldSessionID), q.C(participant.FieldSessionID)),
			sql.NotNull(before.C(at)),
			sql.Or(
				sql.ColumnsLT(before.C(at), q.C(at)),
				sql.And(sql.ColumnsEQ(before.C(at), q.C(at)), sql.ColumnsLTE(before.C(id), q.C(id))),
			),
		))
		return sql.As(sql.Count(before.C(id)), "position")
	}
	err := h.db.Participant.Query().Where(participant.IDIn(ids...), participant.HandAtNotNil()).
		GroupBy(participant.FieldID).Aggregate(position).Scan(ctx, &rows)
	if err != nil {
		return nil, fmt.Errorf("count hands before: %w", err)
	}
	positions := make(map[string]*int, len(rows))
	for i := range rows {
		positions[rows[i].ID] = &rows[i].Position
	}
	return positions, nil
}
