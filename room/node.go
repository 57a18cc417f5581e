package room

import (
	"context"
	"fmt"

	"usher/auth"
	"usher/ent"
	"usher/ent/manager"
	entroom "usher/ent/room"
)

// Node is anything with a globally unique id: *Room, *ent.Session, *Invitation, *Participant or *User.
type Node any

// Node returns what an id names, nil if there is nothing, or nothing that the asker may know of (R6).
func (s *Rooms) Node(ctx context.Context, actor auth.Actor, id string) (Node, error) {
	switch {
	case len(id) < 2 || id[1] != '_':
		return nil, nil
	case id[0] == 'r':
		return orNil(s.room(ctx, actor, id))
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
	r, err := s.room(ctx, actor, row.RoomID)
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
	r, err := s.room(ctx, actor, row.RoomID)
	if err != nil || r == nil || !r.Sight.Sees(row) {
		return nil, err
	}
	return &Participant{row, r.Sight}, nil
}

// userNode shows an account to itself, to administrators, and to those who see a room that it manages.
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
