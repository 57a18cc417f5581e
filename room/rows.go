package room

import (
	"context"
	"fmt"

	"usher/auth"
	"usher/ent"
	"usher/ent/device"
	"usher/ent/invitation"
	"usher/ent/manager"
	"usher/ent/participant"
	entroom "usher/ent/room"
	"usher/ent/session"
	"usher/ent/user"
	"usher/problem"
	"usher/role"
)

// What follows reads rows by their keys, many at once: each takes the keys and returns what there is of them, by key. Rights
// were asked where the keys were read.

func byKey[R any](rows []*R, err error, what string, key func(*R) string) (map[string]*R, error) {
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", what, err)
	}
	found := make(map[string]*R, len(rows))
	for _, r := range rows {
		found[key(r)] = r
	}
	return found, nil
}

// RoomRows reads rooms, deleted ones too.
func (s *Rooms) RoomRows(ctx context.Context, ids []string) (map[string]*ent.Room, error) {
	rows, err := s.db.Room.Query().Where(entroom.IDIn(ids...)).All(ctx)
	return byKey(rows, err, "rooms", func(r *ent.Room) string { return r.ID })
}

// SessionRows reads sessions.
func (s *Rooms) SessionRows(ctx context.Context, ids []string) (map[string]*ent.Session, error) {
	rows, err := s.db.Session.Query().Where(session.IDIn(ids...)).All(ctx)
	return byKey(rows, err, "sessions", func(r *ent.Session) string { return r.ID })
}

// UserRows reads accounts.
func (s *Rooms) UserRows(ctx context.Context, ids []string) (map[string]*ent.User, error) {
	rows, err := s.db.User.Query().Where(user.IDIn(ids...)).All(ctx)
	return byKey(rows, err, "users", func(r *ent.User) string { return r.ID })
}

// UserRowsByEmail reads accounts by normalised email.
func (s *Rooms) UserRowsByEmail(ctx context.Context, emails []string) (map[string]*ent.User, error) {
	rows, err := s.db.User.Query().Where(user.EmailIn(emails...)).All(ctx)
	return byKey(rows, err, "users", func(r *ent.User) string { return r.Email })
}

// InvitationRows reads invitations.
func (s *Rooms) InvitationRows(ctx context.Context, ids []string) (map[string]*ent.Invitation, error) {
	rows, err := s.db.Invitation.Query().Where(invitation.IDIn(ids...)).All(ctx)
	return byKey(rows, err, "invitations", func(r *ent.Invitation) string { return r.ID })
}

// ParticipantRowsByInvitation reads participants by the invitation that they came by.
func (s *Rooms) ParticipantRowsByInvitation(ctx context.Context, ids []string) (map[string]*ent.Participant, error) {
	rows, err := s.db.Participant.Query().Where(participant.InvitationIDIn(ids...)).All(ctx)
	return byKey(rows, err, "participants", func(r *ent.Participant) string { return *r.InvitationID })
}

// ParticipantRows reads participants.
func (s *Rooms) ParticipantRows(ctx context.Context, ids []string) (map[string]*ent.Participant, error) {
	rows, err := s.db.Participant.Query().Where(participant.IDIn(ids...)).All(ctx)
	return byKey(rows, err, "participants", func(r *ent.Participant) string { return r.ID })
}

// DeviceRows reads devices.
func (s *Rooms) DeviceRows(ctx context.Context, ids []string) (map[string]*ent.Device, error) {
	rows, err := s.db.Device.Query().Where(device.IDIn(ids...)).All(ctx)
	return byKey(rows, err, "devices", func(r *ent.Device) string { return r.ID })
}

// ManagersOf reads the managers of rooms, longest-serving first.
func (s *Rooms) ManagersOf(ctx context.Context, roomIDs []string) (map[string][]*ent.Manager, error) {
	rows, err := s.db.Manager.Query().Where(manager.RoomIDIn(roomIDs...)).Order(ent.Asc(manager.FieldID)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read managers: %w", err)
	}
	of := map[string][]*ent.Manager{}
	for _, m := range rows {
		of[m.RoomID] = append(of[m.RoomID], m)
	}
	return of, nil
}

// PolicyRow reads the site's rules for invitations.
func (s *Rooms) PolicyRow(ctx context.Context) (*ent.SitePolicy, error) { return readPolicy(ctx, s.db) }

// InvitableNow reports whether the asker may invite to a room now (R7): a manager, with invitations and Chat & Collaboration
// on, and its session open or to come.
func (r *Room) InvitableNow(of *ent.Session, policy *ent.SitePolicy) bool {
	return r.Sight.Can(role.Invite) && policy.Invitations && r.ChatAndCollaboration && overProblem(of) == nil
}

// Standing returns the invitation that stands in the way of a Problem, as the managers whom it was told see it.
func (s *Rooms) Standing(ctx context.Context, actor auth.Actor, p *problem.Problem) (*Invitation, error) {
	if p.StandingInvitationID == "" {
		return nil, nil
	}
	return s.invitation(ctx, actor, p.StandingInvitationID)
}

func (s *Rooms) invitation(ctx context.Context, actor auth.Actor, id string) (*Invitation, error) {
	row, err := s.db.Invitation.Get(ctx, id)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read invitation: %w", err)
	}
	r, err := s.Room(ctx, actor, row.RoomID)
	if err != nil || r == nil || !r.Sight.Can(role.SeeEverything) {
		return nil, err
	}
	return &Invitation{row, r.Sight}, nil
}

// Node is anything with a globally unique id: *Room, *ent.Session, *Invitation, *Participant or *User.
type Node any

// Node returns what an id names, nil where there is nothing, or nothing that the asker may know of (R6).
func (s *Rooms) Node(ctx context.Context, actor auth.Actor, id string) (Node, error) {
	switch {
	case len(id) < 2 || id[1] != '_':
		return nil, nil
	case id[0] == 'r':
		return orNil(s.Room(ctx, actor, id))
	case id[0] == 's':
		return orNil(s.sessionNode(ctx, actor, id))
	case id[0] == 'i':
		return orNil(s.invitation(ctx, actor, id))
	case id[0] == 'p':
		return orNil(s.participantNode(ctx, actor, id))
	case id[0] == 'u':
		return orNil(s.userNode(ctx, actor, id))
	}
	return nil, nil
}

// orNil turns a nil pointer into a nil interface.
func orNil[T any](v *T, err error) (Node, error) {
	if v == nil || err != nil {
		return nil, err
	}
	return v, nil
}

func (s *Rooms) sessionNode(ctx context.Context, actor auth.Actor, id string) (*ent.Session, error) {
	row, err := s.db.Session.Get(ctx, id)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read session: %w", err)
	}
	r, err := s.Room(ctx, actor, row.RoomID)
	if r == nil {
		return nil, err
	}
	return row, err
}

func (s *Rooms) participantNode(ctx context.Context, actor auth.Actor, id string) (*Participant, error) {
	row, err := s.db.Participant.Get(ctx, id)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read participant: %w", err)
	}
	r, err := s.Room(ctx, actor, row.RoomID)
	if err != nil || r == nil || !r.Sight.sees(row) {
		return nil, err
	}
	return &Participant{row, r.Sight}, nil
}

// sees reports whether the asker may see a participant: managers, and moderators in the room, everyone; others in the room
// its speakers, moderators and managers; everyone themselves.
func (s Sight) sees(p *ent.Participant) bool {
	return s.Can(role.SeeParticipants) || s.Own != nil && s.Own.ID == p.ID || s.InRoom && p.Role != role.Viewer
}

// userNode shows an account to itself, to administrators, and to who shares a room that it manages with it.
func (s *Rooms) userNode(ctx context.Context, actor auth.Actor, id string) (*User, error) {
	row, err := s.db.User.Get(ctx, id)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read user: %w", err)
	}
	if actor.UserID() == id || actor.Admin() {
		return &User{User: row, EmailShown: true}, nil
	}
	visible, err := s.visibleTo(ctx, actor)
	if err != nil {
		return nil, err
	}
	shares, err := s.db.Room.Query().Where(entroom.DeletedAtIsNil(), entroom.HasManagersWith(manager.UserID(id)), visible).Exist(ctx)
	if err != nil {
		return nil, fmt.Errorf("look for shared rooms: %w", err)
	}
	if !shares {
		return nil, nil
	}
	return &User{User: row}, nil
}
