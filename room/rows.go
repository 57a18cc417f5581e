package room

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"usher/ent"
	"usher/ent/manager"
	"usher/ent/participant"
	"usher/ent/user"
	"usher/live"
)

// The methods of Rows take keys, and return the rows that exist, by key. Whoever got the keys checked the rights.

// gathered are the readings of what many answers about one room read at the same time.
type gathered struct {
	rooms       *live.Gather[string, *ent.Room]
	sessions    *live.Gather[string, *ent.Session]
	managers    *live.Gather[string, []*ent.Manager]
	users       *live.Gather[string, *ent.User]
	invitations *live.Gather[string, *ent.Invitation]
}

func newRows(c *core) *Rows {
	s := &Rows{core: c, kept: &keptCounts{}, rosters: &rosters{}}
	s.gathered = gathered{
		from(c.db, readRooms), from(c.db, readSessions), from(c.db, readManagers), from(c.db, readUsers), from(c.db, readInvitations),
	}
	return s
}

// from gathers readings from a database.
func from[V any](
	db *ent.Client, read func(ctx context.Context, c *ent.Client, keys []string) (map[string]V, error),
) *live.Gather[string, V] {
	return live.NewGather(func(ctx context.Context, keys []string) (map[string]V, error) { return read(ctx, db, keys) })
}

// Rooms reads rooms, deleted ones too.
func (s *Rows) Rooms(ctx context.Context, ids []string) (map[string]*ent.Room, error) {
	return s.gathered.rooms.All(ctx, ids)
}

func readRooms(ctx context.Context, c *ent.Client, ids []string) (map[string]*ent.Room, error) {
	rows, err := c.Room.ByIDs(ctx, ids)
	return ent.ByKey(rows, err, "rooms", func(r *ent.Room) string { return r.ID })
}

// Sessions reads sessions.
func (s *Rows) Sessions(ctx context.Context, ids []string) (map[string]*ent.Session, error) {
	return s.gathered.sessions.All(ctx, ids)
}

func readSessions(ctx context.Context, c *ent.Client, ids []string) (map[string]*ent.Session, error) {
	rows, err := c.Session.ByIDs(ctx, ids)
	return ent.ByKey(rows, err, "sessions", func(r *ent.Session) string { return r.ID })
}

// Users reads accounts.
func (s *Rows) Users(ctx context.Context, ids []string) (map[string]*ent.User, error) {
	return s.gathered.users.All(ctx, ids)
}

func readUsers(ctx context.Context, c *ent.Client, ids []string) (map[string]*ent.User, error) {
	rows, err := c.User.ByIDs(ctx, ids)
	return ent.ByKey(rows, err, "users", func(r *ent.User) string { return r.ID })
}

// UsersByEmail reads accounts by normalised email.
func (s *Rows) UsersByEmail(ctx context.Context, emails []string) (map[string]*ent.User, error) {
	rows, err := s.db.User.Query().Where(user.EmailIn(emails...)).All(ctx)
	return ent.ByKey(rows, err, "users", func(r *ent.User) string { return r.Email })
}

// Invitations reads invitations.
func (s *Rows) Invitations(ctx context.Context, ids []string) (map[string]*ent.Invitation, error) {
	return s.gathered.invitations.All(ctx, ids)
}

func readInvitations(ctx context.Context, c *ent.Client, ids []string) (map[string]*ent.Invitation, error) {
	rows, err := c.Invitation.ByIDs(ctx, ids)
	return ent.ByKey(rows, err, "invitations", func(r *ent.Invitation) string { return r.ID })
}

// ParticipantsByInvitation reads participants by the invitation that they came by.
func (s *Rows) ParticipantsByInvitation(ctx context.Context, ids []string) (map[string]*ent.Participant, error) {
	rows, err := s.db.Participant.By(ctx, participant.FieldInvitationID, ent.List(ids))
	return ent.ByKey(rows, err, "participants", func(r *ent.Participant) string { return *r.InvitationID })
}

// Participants reads participants.
func (s *Rows) Participants(ctx context.Context, ids []string) (map[string]*ent.Participant, error) {
	rows, err := s.db.Participant.ByIDs(ctx, ids)
	return ent.ByKey(rows, err, "participants", func(r *ent.Participant) string { return r.ID })
}

// Devices reads devices.
func (s *Rows) Devices(ctx context.Context, ids []string) (map[string]*ent.Device, error) {
	rows, err := s.db.Device.ByIDs(ctx, ids)
	return ent.ByKey(rows, err, "devices", func(r *ent.Device) string { return r.ID })
}

// Managers reads the managers of rooms, longest-serving first.
func (s *Rows) Managers(ctx context.Context, roomIDs []string) (map[string][]*ent.Manager, error) {
	return s.gathered.managers.All(ctx, roomIDs)
}

func readManagers(ctx context.Context, c *ent.Client, roomIDs []string) (map[string][]*ent.Manager, error) {
	rows, err := c.Manager.By(ctx, manager.FieldRoomID, ent.List(roomIDs))
	if err != nil {
		return nil, fmt.Errorf("read managers: %w", err)
	}
	slices.SortFunc(rows, func(m, n *ent.Manager) int { return cmp.Compare(m.ID, n.ID) })
	of := map[string][]*ent.Manager{}
	for _, m := range rows {
		of[m.RoomID] = append(of[m.RoomID], m)
	}
	return of, nil
}

// ManagersInside reads which managers of rooms are IN_ROOM, by room and account.
func (s *Rows) ManagersInside(ctx context.Context, roomIDs []string) (map[string]map[string]bool, error) {
	rows, err := s.db.Participant.Query().
		Where(ofCurrentSession(roomIDs), participant.StateEQ(participant.StateInRoom), ofManager).
		Select(participant.FieldRoomID, participant.FieldUserID).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read managers in rooms: %w", err)
	}
	inside := map[string]map[string]bool{}
	for _, p := range rows {
		if inside[p.RoomID] == nil {
			inside[p.RoomID] = map[string]bool{}
		}
		inside[p.RoomID][*p.UserID] = true
	}
	return inside, nil
}

// Policy reads the site's rules for invitations.
func (s *Rows) Policy(ctx context.Context) (*ent.SitePolicy, error) { return readPolicy(ctx, s.db) }
