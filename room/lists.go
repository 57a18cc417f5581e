package room

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"entgo.io/ent/dialect/sql"

	"usher/auth"
	"usher/ent"
	"usher/ent/invitation"
	"usher/ent/manager"
	"usher/ent/predicate"
	entroom "usher/ent/room"
	"usher/ent/session"
	"usher/problem"
	"usher/role"
)

// List returns the rooms that the asker manages, has a place in, or may enter as a member; administrators: all. Open ones
// come first, then those to come, soonest first, then those over, latest first. search matches title and description.
func (s *Rooms) List(ctx context.Context, actor auth.Actor, page Page, search string) (l List[*Room], err error) {
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
	if search = strings.TrimSpace(search); search != "" {
		where = append(where, entroom.Or(append(
			inAnyCase(search, entroom.TitleContains, entroom.DescriptionContains),
			entroom.TitleContainsFold(search), entroom.DescriptionContainsFold(search),
		)...))
	}
	behind, err := behindRoom(page)
	if err != nil {
		return l, err
	}
	total, err := s.db.Room.Query().Where(where...).Count(ctx)
	if err != nil {
		return l, fmt.Errorf("count rooms: %w", err)
	}
	rows, err := s.db.Room.Query().Where(where...).Where(byStart(behind)).WithCurrentSession().Limit(page.First + 1).All(ctx)
	if err != nil {
		return l, fmt.Errorf("list rooms: %w", err)
	}
	sights, err := s.sights(ctx, s.db, actor, rows...)
	if err != nil {
		return l, err
	}
	l = cut(rows, page, func(r *ent.Room) *Room { return &Room{r, sights[r.ID]} }, roomCursor)
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

// The order of rooms: groups of their current session's state, and within each the start.
const (
	groupOpen = iota
	groupToCome
	groupOver
)

func group(of *ent.Session) int {
	switch {
	case of != nil && of.State == session.StateOpen:
		return groupOpen
	case of != nil && of.State == session.StateScheduled:
		return groupToCome
	}
	return groupOver
}

// groupSQL is group in SQL, over the joined current session.
func groupSQL(t *sql.SelectTable) string {
	return fmt.Sprintf("CASE %s WHEN 'OPEN' THEN %d WHEN 'SCHEDULED' THEN %d ELSE %d END",
		t.C(session.FieldState), groupOpen, groupToCome, groupOver)
}

// byStart joins each room with its current session, keeps those behind a position, and orders by it. Ids make the order total.
func byStart(behind func(s *sql.Selector, t *sql.SelectTable) *sql.Predicate) predicate.Room {
	return func(s *sql.Selector) {
		t := sql.Table(session.Table).As("current_session")
		s.Join(t).On(s.C(entroom.FieldCurrentSessionID), t.C(session.FieldID))
		if behind != nil {
			s.Where(behind(s, t))
		}
		over := fmt.Sprintf("CASE WHEN %s = %d THEN %s END DESC", groupSQL(t), groupOver, t.C(session.FieldStartsAt))
		s.OrderExpr(sql.Raw(groupSQL(t)), sql.Raw(over), sql.Raw(t.C(session.FieldStartsAt)), sql.Raw(s.C(entroom.FieldID)))
	}
}

func roomCursor(r *ent.Room) string {
	of := r.Edges.CurrentSession
	return cursor(strconv.Itoa(group(of)), of.StartsAt.UTC().Format(cursorTime), r.ID)
}

// behindRoom selects the rooms behind the page's cursor in the order of byStart; nil where the page is the first.
func behindRoom(page Page) (func(s *sql.Selector, t *sql.SelectTable) *sql.Predicate, error) {
	parts, ok, err := position(page.After, 3)
	if err != nil || !ok {
		return nil, err
	}
	g, err := positionNumber(parts[0], groupOver)
	if err != nil {
		return nil, err
	}
	at, err := positionTime(parts[1])
	if err != nil {
		return nil, err
	}
	return func(s *sql.Selector, t *sql.SelectTable) *sql.Predicate {
		starts, id := t.C(session.FieldStartsAt), s.C(entroom.FieldID)
		further := sql.GT(starts, at)
		if g == groupOver {
			further = sql.LT(starts, at)
		}
		in := func() *sql.Predicate { return compared(groupSQL(t), sql.OpEQ, g) }
		return sql.Or(
			compared(groupSQL(t), sql.OpGT, g),
			sql.And(in(), further),
			sql.And(in(), sql.EQ(starts, at), sql.GT(id, parts[2])),
		)
	}, nil
}

// InvitationFilter narrows a list of invitations; the zero value is all.
type InvitationFilter struct {
	Status []InvitationStatus
	// Search matches names and email.
	Search string
}

// Invitations returns the invitations of a room, newest first, to managers; else problem.ErrForbidden.
func (s *Rooms) Invitations(ctx context.Context, r *Room, page Page, f InvitationFilter) (l List[*Invitation], err error) {
	if !r.Sight.Can(role.SeeEverything) {
		return l, problem.ErrForbidden
	}
	where := []predicate.Invitation{invitation.RoomID(r.ID)}
	if f.Status != nil {
		var any []predicate.Invitation
		for _, status := range f.Status {
			any = append(any, hasStatus(status, r.ID, s.Now()))
		}
		where = append(where, invitation.Or(append(any, invitation.ID(""))...))
	}
	for _, word := range strings.Fields(f.Search) {
		where = append(where, invitation.Or(append(
			inAnyCase(word, invitation.FirstNameContains, invitation.LastNameContains, invitation.EmailTypedContains),
			invitation.FirstNameContainsFold(word), invitation.LastNameContainsFold(word),
			invitation.EmailContainsFold(word), invitation.EmailTypedContainsFold(word),
		)...))
	}
	total, err := s.db.Invitation.Query().Where(where...).Count(ctx)
	if err != nil {
		return l, fmt.Errorf("count invitations: %w", err)
	}
	if parts, ok, err := position(page.After, 2); err != nil {
		return l, err
	} else if ok {
		at, err := positionTime(parts[0])
		if err != nil {
			return l, err
		}
		where = append(where, invitation.Or(
			invitation.CreatedAtLT(at), invitation.And(invitation.CreatedAtEQ(at), invitation.IDLT(parts[1])),
		))
	}
	rows, err := s.db.Invitation.Query().Where(where...).
		Order(ent.Desc(invitation.FieldCreatedAt, invitation.FieldID)).Limit(page.First + 1).All(ctx)
	if err != nil {
		return l, fmt.Errorf("list invitations: %w", err)
	}
	l = cut(rows, page,
		func(i *ent.Invitation) *Invitation { return &Invitation{i, r.Sight} },
		func(i *ent.Invitation) string { return cursor(i.CreatedAt.UTC().Format(cursorTime), i.ID) })
	l.Total = total
	return l, nil
}

// inAnyCase searches fields for a text as people write it: SQLite itself knows the cases of ASCII letters alone.
func inAnyCase[P any](text string, contains ...func(string) P) (any []P) {
	lower := strings.ToLower(text)
	first, size := utf8.DecodeRuneInString(lower)
	for _, spelling := range []string{text, lower, strings.ToUpper(text), string(unicode.ToTitle(first)) + lower[size:]} {
		for _, in := range contains {
			any = append(any, in(spelling))
		}
	}
	return any
}

// Sessions returns the sessions of a room, newest first.
func (s *Rooms) Sessions(ctx context.Context, r *Room, page Page) (l List[*ent.Session], err error) {
	where := []predicate.Session{session.RoomID(r.ID)}
	total, err := s.db.Session.Query().Where(where...).Count(ctx)
	if err != nil {
		return l, fmt.Errorf("count sessions: %w", err)
	}
	if parts, ok, err := position(page.After, 2); err != nil {
		return l, err
	} else if ok {
		at, err := positionTime(parts[0])
		if err != nil {
			return l, err
		}
		where = append(where, session.Or(
			session.CreatedAtLT(at), session.And(session.CreatedAtEQ(at), session.IDLT(parts[1])),
		))
	}
	rows, err := s.db.Session.Query().Where(where...).
		Order(ent.Desc(session.FieldCreatedAt, session.FieldID)).Limit(page.First + 1).All(ctx)
	if err != nil {
		return l, fmt.Errorf("list sessions: %w", err)
	}
	l = cut(rows, page,
		func(r *ent.Session) *ent.Session { return r },
		func(r *ent.Session) string { return cursor(r.CreatedAt.UTC().Format(cursorTime), r.ID) })
	l.Total = total
	return l, nil
}

// OwnPlaces returns one place for each invitation redeemed with the credentials sent.
func (s *Rooms) OwnPlaces(ctx context.Context, actor auth.Actor) ([]*Participant, error) {
	places, err := s.placesOf(ctx, s.db, actor)
	own := []*Participant{}
	if err != nil || len(places) == 0 {
		return own, err
	}
	slices.SortFunc(places, func(p, q *ent.Participant) int { return strings.Compare(p.ID, q.ID) }) // ids begin with the time
	ids := make([]string, len(places))
	for i, p := range places {
		ids[i] = p.RoomID
	}
	rooms, err := s.Visible(ctx, actor, ids)
	if err != nil {
		return nil, err
	}
	for _, p := range places {
		if r := rooms[p.RoomID]; r != nil && p.InvitationID != nil {
			own = append(own, &Participant{p, r.Sight})
		}
	}
	return own, nil
}
