package room

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"entgo.io/ent/dialect/sql"

	"usher/auth"
	"usher/ent"
	"usher/ent/invitation"
	"usher/ent/manager"
	"usher/ent/predicate"
	entroom "usher/ent/room"
	"usher/ent/user"
	"usher/problem"
	"usher/role"
	"usher/text"
)

const (
	// searchedBefore limits the invitations that one search for people looks through: so many of the room, and as many of all others.
	searchedBefore = 30_000
	// matchesAtOnce is how many of those that match are read at once. Somebody may have several.
	matchesAtOnce = 100
	// searchedRooms limits the other rooms whose invitations it looks through, newest first.
	searchedRooms = 50
)

// InvitedBefore is somebody who was invited before.
type InvitedBefore struct {
	// Last is the newest invitation, of this room if there is one.
	Last *Invitation
	// Invitation is the usable one in the room's current session.
	Invitation *Invitation
}

// InvitedBefore returns people who were invited to the room, then those who were invited to other rooms that the asker manages. The
// last to be invited comes first (I11). It leaves out erased people. It returns problem.ErrNotFound or problem.ErrForbidden to those
// who do not manage the room, and problem.BadInput for a First out of range.
func (s *Rooms) InvitedBefore(ctx context.Context, actor auth.Actor, in UserSearch) ([]*InvitedBefore, error) {
	r, err := s.searched(ctx, actor, in)
	if err != nil {
		return nil, err
	}
	words := text.Sought(in.Query)
	if utf8.RuneCountInString(strings.TrimSpace(in.Query)) < 2 || len(words) == 0 {
		return []*InvitedBefore{}, nil
	}
	// Some may turn out to have a disabled account.
	f := &finder{words: words, wanted: 2 * in.First, seen: map[string]bool{}}
	if _, err := f.read(ctx, s.db, r, searchedBefore); err != nil {
		return nil, err
	}
	if len(f.found) < f.wanted {
		if err := s.findElsewhere(ctx, actor, r, f); err != nil {
			return nil, err
		}
	}
	if len(f.found) == 0 {
		if err := f.findAddress(ctx, s, actor, r, in.Query); err != nil {
			return nil, err
		}
	}
	return s.currentOf(ctx, r, f.found, in.First)
}

// searched returns the room of a search for people, to managers.
func (s *Rooms) searched(ctx context.Context, actor auth.Actor, in UserSearch) (*Room, error) {
	if in.First < 1 || in.First > maxMatches {
		return nil, &problem.BadInput{Message: "first must be between 1 and 20"}
	}
	if err := s.someone(ctx, actor); err != nil {
		return nil, err
	}
	r, err := s.room(ctx, actor, in.RoomID)
	if err != nil {
		return nil, err
	}
	if r == nil {
		return nil, problem.ErrNotFound
	}
	if !r.Sight.Can(role.SearchUsers) {
		return nil, problem.ErrForbidden
	}
	return r, nil
}

// findElsewhere searches the other rooms that the asker manages, newest first.
func (s *Rooms) findElsewhere(ctx context.Context, actor auth.Actor, here *Room, f *finder) error {
	by, err := actor.SignedIn()
	if err != nil {
		return err
	}
	rooms, err := s.db.Room.Query().
		Where(entroom.IDNEQ(here.ID), entroom.DeletedAtIsNil(), entroom.HasManagersWith(manager.UserID(by.ID))).
		Order(ent.Desc(entroom.FieldID)).Limit(searchedRooms).All(ctx)
	if err != nil {
		return fmt.Errorf("list other rooms: %w", err)
	}
	sights, err := s.sights(ctx, s.db, actor, rooms...)
	if err != nil {
		return err
	}
	left := searchedBefore
	for _, other := range rooms {
		r := &Room{other, sights[other.ID]}
		if !r.Sight.Can(role.SeeEverything) {
			continue
		}
		read, err := f.read(ctx, s.db, r, left)
		if left -= read; err != nil || left <= 0 || len(f.found) >= f.wanted {
			return err
		}
	}
	return nil
}

// finder collects the newest invitation of each person who matches. It reads only the columns that it needs.
type finder struct {
	words  []string
	wanted int
	seen   map[string]bool // by email
	found  []*Invitation
}

// read searches the invitations of a room, newest first, at most so many. It returns how many there were to search.
func (f *finder) read(ctx context.Context, c *ent.Client, r *Room, most int) (searched int, err error) {
	if searched, err = c.Invitation.Query().Where(newest(r.ID, most)).Count(ctx); err != nil {
		return 0, fmt.Errorf("count invitations: %w", err)
	}
	q := c.Invitation.Query().
		Where(newest(r.ID, most), invitation.Not(invitation.EmailHasPrefix(text.ErasedPrefix)),
			matchingWords(f.words, invitation.FieldNameFolded, invitation.FieldEmailFolded)).
		Order(ent.Desc(invitation.FieldCreatedAt, invitation.FieldID))
	for from := q; len(f.found) < f.wanted; {
		rows, err := from.Clone().Limit(matchesAtOnce).
			Select(invitation.FieldEmail, invitation.FieldFirstName, invitation.FieldLastName, invitation.FieldCreatedAt).All(ctx)
		if err != nil {
			return searched, fmt.Errorf("read invitations: %w", err)
		}
		for _, i := range rows {
			if !f.seen[i.Email] && f.fits(i) && len(f.found) < f.wanted {
				f.seen[i.Email] = true
				f.found = append(f.found, &Invitation{i, r.Sight})
			}
		}
		if len(rows) < matchesAtOnce {
			break
		}
		last := rows[len(rows)-1]
		from = q.Clone().Where(invitation.CreatedAtLTE(last.CreatedAt), invitation.Or(
			invitation.CreatedAtLT(last.CreatedAt), invitation.IDLT(last.ID),
		))
	}
	return searched, nil
}

// newest has a query read only the newest invitations of a room, at most so many. PostgreSQL would otherwise read whole tables where
// its statistics say that few rows match.
func newest(roomID string, most int) predicate.Invitation {
	return func(s *sql.Selector) {
		t := sql.Table(invitation.Table)
		s.From(sql.Dialect(s.Dialect()).Select(t.Columns(invitation.FieldID, invitation.FieldEmail, invitation.FieldFirstName,
			invitation.FieldLastName, invitation.FieldNameFolded, invitation.FieldEmailFolded, invitation.FieldCreatedAt)...).
			From(t).Where(sql.EQ(t.C(invitation.FieldRoomID), roomID)).
			OrderBy(sql.Desc(t.C(invitation.FieldCreatedAt)), sql.Desc(t.C(invitation.FieldID))).Limit(most).As(invitation.Table))
	}
}

// findAddress finds whoever has the typed email address, however long ago they were invited.
func (f *finder) findAddress(ctx context.Context, s *Rooms, actor auth.Actor, here *Room, typed string) error {
	normal, ok := text.NormalizeEmail(typed)
	if !ok {
		return nil
	}
	by, err := actor.SignedIn()
	if err != nil {
		return err
	}
	managed := invitation.HasRoomWith(entroom.DeletedAtIsNil(), entroom.HasManagersWith(manager.UserID(by.ID)))
	for _, in := range []predicate.Invitation{invitation.RoomID(here.ID), managed} {
		i, err := s.db.Invitation.Query().Where(invitation.Email(normal), in).WithRoom().
			Order(ent.Desc(invitation.FieldCreatedAt, invitation.FieldID)).First(ctx)
		if ent.IsNotFound(err) {
			continue
		}
		if err != nil {
			return fmt.Errorf("look for address: %w", err)
		}
		sights, err := s.sights(ctx, s.db, actor, i.Edges.Room)
		if err != nil {
			return err
		}
		if sight := sights[i.RoomID]; sight.Can(role.SeeEverything) {
			f.found = append(f.found, &Invitation{i, sight})
			return nil
		}
	}
	return nil
}

// fits reports whether each typed word begins a word of the names or of the email. The database only looks for words that contain it.
func (f *finder) fits(i *ent.Invitation) bool {
	return text.Begin(f.words, text.WordsOf(text.FullName(i.FirstName, i.LastName), i.Email))
}

// currentOf adds the usable invitations of the room's current session, and leaves out people whose account is disabled (R8).
func (s *Rooms) currentOf(ctx context.Context, r *Room, found []*Invitation, most int) ([]*InvitedBefore, error) {
	emails, ids := make([]string, len(found)), make([]string, len(found))
	for i, one := range found {
		emails[i], ids[i] = one.Email, one.ID
	}
	disabled, err := s.db.User.Query().Where(user.EmailIn(emails...), user.DisabledAtNotNil()).All(ctx)
	hidden, err := ent.ByKey(disabled, err, "accounts", func(u *ent.User) string { return u.Email })
	if err != nil {
		return nil, err
	}
	rows, err := s.db.Invitation.Query().
		Where(invitation.SessionID(currentID(r.Room)), invitation.EmailIn(emails...)).WithSession().All(ctx)
	current, err := ent.ByKey(rows, err, "invitations", func(i *ent.Invitation) string { return i.Email })
	if err != nil {
		return nil, err
	}
	whole, err := s.rows.Invitations(ctx, ids)
	if err != nil {
		return nil, err
	}
	people := []*InvitedBefore{}
	for _, one := range found {
		if hidden[one.Email] != nil || whole[one.ID] == nil || len(people) == most {
			continue
		}
		p := &InvitedBefore{Last: &Invitation{whole[one.ID], one.Sight}}
		if i := current[one.Email]; i != nil && usable(statusOf(i, i.Edges.Session, r.Room, s.now())) {
			p.Invitation = &Invitation{i, r.Sight}
		}
		people = append(people, p)
	}
	return people, nil
}
