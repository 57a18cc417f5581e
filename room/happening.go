package room

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"usher/ent"
)

// Happening is an event with the objects that it refers to, read once for everyone who gets it.
type Happening struct {
	Row         *ent.Event
	Room        *ent.Room
	Session     *ent.Session
	Invitation  *ent.Invitation
	Participant *ent.Participant
	User        *ent.User
	// Subject is what Kind.Read read, nil if it was deleted.
	Subject any
}

// happenings reads what events of one room refer to. It takes as many queries for one event as for many.
func (s *News) happenings(ctx context.Context, roomID string, rows []*ent.Event) ([]*Happening, error) {
	var sessions, invitations, participants, users keys
	for _, e := range rows {
		sessions.add(e.SessionID)
		invitations.add(e.InvitationID)
		participants.add(e.ParticipantID)
		users.add(e.UserID)
	}
	of, err := s.db.Room.Get(ctx, roomID)
	if err != nil {
		return nil, fmt.Errorf("read room: %w", err)
	}
	sessionRows, err := read(ctx, sessions, s.rows.Sessions)
	if err != nil {
		return nil, err
	}
	invitationRows, err := read(ctx, invitations, s.rows.Invitations)
	if err != nil {
		return nil, err
	}
	participantRows, err := read(ctx, participants, s.rows.Participants)
	if err != nil {
		return nil, err
	}
	userRows, err := read(ctx, users, s.rows.Users)
	if err != nil {
		return nil, err
	}
	subjects, err := s.subjects(ctx, rows)
	if err != nil {
		return nil, err
	}
	happenings := make([]*Happening, len(rows))
	for i, e := range rows {
		happenings[i] = &Happening{
			Row: e, Room: of, Session: sessionRows[e.SessionID], Invitation: invitationRows[e.InvitationID],
			Participant: participantRows[e.ParticipantID], User: userRows[e.UserID], Subject: subjects[e.Revision],
		}
	}
	return happenings, nil
}

// subjects reads what the kinds of events of other packages are about, by revision.
func (s *News) subjects(ctx context.Context, rows []*ent.Event) (map[int]any, error) {
	ofKind := map[*Kind][]*ent.Event{}
	for _, e := range rows {
		if kind := kindOf(e); kind.Read != nil {
			ofKind[kind] = append(ofKind[kind], e)
		}
	}
	found := map[int]any{}
	for kind, rows := range ofKind {
		subjects, err := kind.Read(ctx, s.db, rows)
		if err != nil {
			return nil, fmt.Errorf("read what %s is about: %w", kind.Name, err)
		}
		maps.Copy(found, subjects)
	}
	return found, nil
}

// keys is a set of ids to read.
type keys map[string]struct{}

func (k *keys) add(id string) {
	if id == "" {
		return
	}
	if *k == nil {
		*k = keys{}
	}
	(*k)[id] = struct{}{}
}

func (k keys) list() []string { return slices.Collect(maps.Keys(k)) }

// read calls fetch, unless there is nothing to read.
func read[V any](ctx context.Context, k keys, fetch func(context.Context, []string) (map[string]V, error)) (map[string]V, error) {
	if len(k) == 0 {
		return nil, nil
	}
	return fetch(ctx, k.list())
}

// As renders the event for a sight. It returns nil if what the event is about was deleted.
func (h *Happening) As(sight Sight) RoomEvent {
	kind := kinds[h.Row.Kind]
	if kind == nil {
		return nil
	}
	sight.Quiet = true
	if sight.Former {
		h = h.forFormer()
	}
	return kind.Show(h, Event{row: h.Row, room: h.Room, sight: sight, discreet: kind.Discreet})
}
