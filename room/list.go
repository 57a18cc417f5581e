package room

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"entgo.io/ent/dialect/sql"

	"usher/auth"
	"usher/ent"
	"usher/ent/manager"
	"usher/ent/predicate"
	entroom "usher/ent/room"
	"usher/ent/session"
)

// RoomSelection says which of the rooms that somebody may see a list has.
type RoomSelection string

const (
	AllRooms     RoomSelection = "ALL"
	ManagedRooms RoomSelection = "MANAGED" // those that the asker manages
	PastRooms    RoomSelection = "PAST"    // those whose newest session is over
)

// selected returns the predicate of a selection, nil for all rooms.
func (only RoomSelection) selected(actor auth.Actor) predicate.Room {
	switch only {
	case ManagedRooms:
		return entroom.HasManagersWith(manager.UserID(actor.UserID()))
	case PastRooms:
		return entroom.HasCurrentSessionWith(session.EndedAtNotNil())
	case AllRooms:
	}
	return nil
}

// List returns the rooms that the asker manages, has a place in, or may enter as a member. Administrators get all. Open rooms
// come first, then those to come, soonest first, then those over, latest first. search matches title and description.
func (s *Rooms) List(ctx context.Context, actor auth.Actor, page Page, search string, only RoomSelection) (l List[*Room], err error) {
	if err := s.someone(ctx, actor); err != nil {
		return l, err
	}
	where := []predicate.Room{entroom.DeletedAtIsNil()}
	if !actor.Admin() {
		visible, err := s.visibleTo(ctx, actor)
		if err != nil {
			return l, err
		}
		where = append(where, visible)
	}
	if selected := only.selected(actor); selected != nil {
		where = append(where, selected)
	}
	where = append(where, matching(search, entroom.FieldFolded))
	at, err := roomsPageOf(page, s.now())
	if err != nil {
		return l, err
	}
	rows, err := s.db.Room.Query().Where(where...).Where(at.ordered()).WithCurrentSession().Limit(page.First + 1).All(ctx)
	if err != nil {
		return l, fmt.Errorf("list rooms: %w", err)
	}
	total, err := TotalOf(ctx, page, len(rows), s.db.Room.Query().Where(where...).Count)
	if err != nil {
		return l, fmt.Errorf("count rooms: %w", err)
	}
	sights, err := s.sights(ctx, s.db, actor, rows...)
	if err != nil {
		return l, err
	}
	l = Cut(rows, page, func(r *ent.Room) *Room { return &Room{r, sights[r.ID]} }, at.cursor)
	l.Total = total
	return l, nil
}

func (s *Rooms) visibleTo(ctx context.Context, actor auth.Actor) (predicate.Room, error) {
	places, err := s.placesOf(ctx, s.db, actor)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(places))
	for i, p := range places {
		ids[i] = p.RoomID
	}
	visible := []predicate.Room{entroom.IDIn(ids...)}
	if actor.User != nil {
		visible = append(visible, entroom.HasManagersWith(manager.UserID(actor.User.ID)), entroom.AccessEQ(entroom.AccessMembers))
	}
	return entroom.Or(visible...), nil
}

// Rooms are ordered by the state of their current session, in these groups, then by its start.
const (
	groupOpen = iota
	groupToCome
	groupOver
)

// roomsPage is a page of rooms in the order of an instant: that of the first page, which the cursors contain. So a room that starts
// or ends between two pages keeps its position, and no page repeats or skips it.
type roomsPage struct {
	of     time.Time
	behind *roomPosition // nil for the first page
}

type roomPosition struct {
	group  int
	starts time.Time
	id     string
}

// roomsPageOf reads a page's cursor. A first page has the order of now.
func roomsPageOf(page Page, now time.Time) (p roomsPage, err error) {
	parts, ok, err := Position(page.After, 4)
	if err != nil || !ok {
		return roomsPage{of: now}, err
	}
	at := &roomPosition{id: parts[3]}
	if at.group, err = PositionNumber(parts[1], groupOver); err != nil {
		return p, err
	}
	if at.starts, err = positionTime(parts[2]); err != nil {
		return p, err
	}
	p.behind = at
	p.of, err = positionTime(parts[0])
	return p, err
}

func (p roomsPage) cursor(r *ent.Room) string {
	of := r.Edges.CurrentSession
	return Cursor(p.of.UTC().Format(cursorTime), strconv.Itoa(p.group(of)), of.StartsAt.UTC().Format(cursorTime), r.ID)
}

// group returns the group of a session at the page's instant.
func (p roomsPage) group(of *ent.Session) int {
	by := func(at *time.Time) bool { return at != nil && !at.After(p.of) }
	switch {
	case by(of.EndedAt):
		return groupOver
	case by(of.OpenedAt):
		return groupOpen
	}
	return groupToCome
}

// writeGroup writes group in SQL, over the joined current session.
func (p roomsPage) writeGroup(b *sql.Builder, t *sql.SelectTable) *sql.Builder {
	return b.WriteString("CASE WHEN ").WriteString(t.C(session.FieldEndedAt)).WriteString(" <= ").Arg(p.of).
		WriteString(fmt.Sprintf(" THEN %d WHEN ", groupOver)).WriteString(t.C(session.FieldOpenedAt)).WriteString(" <= ").Arg(p.of).
		WriteString(fmt.Sprintf(" THEN %d ELSE %d END", groupOpen, groupToCome))
}

func (p roomsPage) groupIs(t *sql.SelectTable, operator string, group int) *sql.Predicate {
	return sql.P(func(b *sql.Builder) { p.writeGroup(b, t).WriteString(operator).Arg(group) })
}

// ordered joins each room with its current session, selects those after the page's position, and orders them. Ids make the order
// total.
func (p roomsPage) ordered() predicate.Room {
	return func(s *sql.Selector) {
		t := sql.Table(session.Table).As("current_session")
		s.Join(t).On(s.C(entroom.FieldCurrentSessionID), t.C(session.FieldID))
		starts, id := t.C(session.FieldStartsAt), s.C(entroom.FieldID)
		if at := p.behind; at != nil {
			further := sql.GT(starts, at.starts)
			if at.group == groupOver {
				further = sql.LT(starts, at.starts)
			}
			s.Where(sql.Or(
				p.groupIs(t, " > ", at.group),
				sql.And(p.groupIs(t, " = ", at.group), sql.Or(further, sql.And(sql.EQ(starts, at.starts), sql.GT(id, at.id)))),
			))
		}
		group := sql.ExprFunc(func(b *sql.Builder) { p.writeGroup(b, t) })
		latestFirst := sql.ExprFunc(func(b *sql.Builder) {
			b.WriteString("CASE WHEN ").WriteString(t.C(session.FieldEndedAt)).WriteString(" <= ").Arg(p.of).
				WriteString(" THEN ").WriteString(starts).WriteString(" END DESC")
		})
		s.OrderExpr(group, latestFirst, sql.Raw(starts), sql.Raw(id))
	}
}
