package room

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"usher/ent"
	"usher/ent/participant"
	"usher/live"
	"usher/problem"
	"usher/role"
)

// RoomEvent is one of the types below: an event as somebody with a certain sight sees it.
type RoomEvent any

// Event is what all events say. The objects that it leads to show their state when it is delivered.
type Event struct {
	row   *ent.Event
	room  *ent.Room
	sight Sight
}

// ID is opaque, and the same in every stream and list.
func (e Event) ID() string {
	return "e" + strings.TrimPrefix(e.row.RoomID, "r") + "_" + strconv.Itoa(e.row.Revision)
}

// Revision is the position in the room's history.
func (e Event) Revision() int { return e.row.Revision }

// At is when it happened.
func (e Event) At() time.Time { return e.row.At }

// Actor is the display name of who did it, nil where the server did.
func (e Event) Actor() *string {
	if e.row.Actor == "" {
		return nil
	}
	return &e.row.Actor
}

// Room is the room that it happened in.
func (e Event) Room() *Room { return &Room{e.room, e.sight} }

// The events of rooms and their managers.
type (
	RoomUpdated  struct{ Event }
	RoomDeleted  struct{ Event }
	ManagerAdded struct {
		Event
		Manager *Manager
	}
	ManagerRemoved struct {
		Event
		User *User
	}
)

// The events of sessions.
type (
	SessionScheduled struct {
		Event
		Session *ent.Session
	}
	SessionRescheduled struct {
		Event
		Session                    *ent.Session
		PreviousStartsAt, StartsAt time.Time
	}
	SessionStarted struct {
		Event
		Session *ent.Session
	}
	SessionEnded struct {
		Event
		Session *ent.Session
	}
	SessionCancelled struct {
		Event
		Session *ent.Session
	}
)

// The events of invitations and their links.
type (
	InvitationCreated struct {
		Event
		Invitation *Invitation
	}
	InvitationUpdated struct {
		Event
		Invitation *Invitation
	}
	InvitationOpened struct {
		Event
		Invitation *Invitation
	}
	InvitationRedeemed struct {
		Event
		Invitation  *Invitation
		Participant *Participant
	}
	RedemptionRefused struct {
		Event
		Invitation *Invitation
		Code       problem.Code
	}
	InvitationRevoked struct {
		Event
		Invitation *Invitation
	}
	DeviceReleased struct {
		Event
		Invitation *Invitation
	}
	LinkRegenerated struct {
		Event
		Invitation *Invitation
	}
	HostAsked struct {
		Event
		Invitation *Invitation
		Message    *string
	}
)

// The events of participants and their roles.
type (
	ParticipantChanged struct {
		Event
		Participant   *Participant
		PreviousState *participant.State
		State         participant.State
	}
	ParticipantRemoved struct {
		Event
		Participant *Participant
		Blocked     bool
	}
	// RoleChange is what both changes of a role say.
	RoleChange struct {
		Event
		Participant        *Participant
		PreviousRole, Role role.RoomRole
		Capabilities       []role.Capability
		RoleRevision       int
	}
	RolePromoted  struct{ RoleChange }
	RoleDemoted   struct{ RoleChange }
	RoleDelivered struct {
		Event
		Participant *Participant
	}
)

// ResyncRequired says that the events asked for are not kept: read the room again. The stream goes on after its revision.
type ResyncRequired struct{ Event }

// Happening is an event with all that it leads to, read once for everyone who gets it.
type Happening struct {
	Row         *ent.Event
	Room        *ent.Room
	Session     *ent.Session
	Invitation  *ent.Invitation
	Participant *ent.Participant
	User        *ent.User
}

// Happenings reads what events of one room lead to: the same number of queries for one and for many.
func (s *Rooms) Happenings(ctx context.Context, roomID string, rows []*ent.Event) ([]*Happening, error) {
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
	sessionRows, err := read(ctx, sessions, s.SessionRows)
	if err != nil {
		return nil, err
	}
	invitationRows, err := read(ctx, invitations, s.InvitationRows)
	if err != nil {
		return nil, err
	}
	participantRows, err := read(ctx, participants, s.ParticipantRows)
	if err != nil {
		return nil, err
	}
	userRows, err := read(ctx, users, s.UserRows)
	if err != nil {
		return nil, err
	}
	happenings := make([]*Happening, len(rows))
	for i, e := range rows {
		happenings[i] = &Happening{
			Row: e, Room: of, Session: sessionRows[e.SessionID], Invitation: invitationRows[e.InvitationID],
			Participant: participantRows[e.ParticipantID], User: userRows[e.UserID],
		}
	}
	return happenings, nil
}

// keys is a set of the ids to read.
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

// read is fetch, without a query where there is nothing to read.
func read[V any](ctx context.Context, k keys, fetch func(context.Context, []string) (map[string]V, error)) (map[string]V, error) {
	if len(k) == 0 {
		return nil, nil
	}
	return fetch(ctx, k.list())
}

// As is the event as somebody with that sight sees it; nil where what it is about is kept no longer.
func (h *Happening) As(sight Sight) RoomEvent {
	sight.Quiet = true
	if sight.Former {
		h = h.forFormer()
	}
	e := Event{row: h.Row, room: h.Room, sight: sight}
	switch kind := live.Kind(h.Row.Kind); kind {
	case live.RoomUpdated:
		return RoomUpdated{e}
	case live.RoomDeleted:
		return RoomDeleted{e}
	case live.ResyncRequired:
		return ResyncRequired{e}
	case live.ManagerAdded, live.ManagerRemoved:
		return h.aboutManager(e)
	case live.SessionScheduled, live.SessionRescheduled, live.SessionStarted, live.SessionEnded, live.SessionCancelled:
		return h.aboutSession(e)
	case live.ParticipantChanged, live.ParticipantRemoved, live.RolePromoted, live.RoleDemoted, live.RoleDelivered:
		return h.aboutParticipant(e)
	case live.InvitationCreated, live.InvitationUpdated, live.InvitationOpened, live.InvitationRedeemed, live.RedemptionRefused,
		live.InvitationRevoked, live.DeviceReleased, live.LinkRegenerated, live.HostAsked:
		return h.aboutInvitation(e)
	}
	return nil
}

func (h *Happening) aboutManager(e Event) RoomEvent {
	if h.User == nil {
		return nil
	}
	if live.Kind(h.Row.Kind) == live.ManagerAdded {
		as := &ent.Manager{RoomID: h.Row.RoomID, UserID: h.Row.UserID, Role: h.Row.Detail.ManagerRole}
		return ManagerAdded{e, &Manager{as, e.sight}}
	}
	return ManagerRemoved{e, &User{User: h.User, EmailShown: e.sight.Manages()}}
}

func (h *Happening) aboutSession(e Event) RoomEvent {
	of := h.Session
	if of == nil {
		return nil
	}
	switch live.Kind(h.Row.Kind) { //nolint:exhaustive // As has chosen
	case live.SessionScheduled:
		return SessionScheduled{e, of}
	case live.SessionRescheduled:
		return SessionRescheduled{e, of, *h.Row.Detail.PreviousStartsAt, *h.Row.Detail.StartsAt}
	case live.SessionStarted:
		return SessionStarted{e, of}
	case live.SessionEnded:
		return SessionEnded{e, of}
	}
	return SessionCancelled{e, of}
}

func (h *Happening) aboutParticipant(e Event) RoomEvent {
	if h.Participant == nil {
		return nil
	}
	p := &Participant{h.Participant, e.sight}
	d := h.Row.Detail
	change := RoleChange{e, p, d.PreviousRole, d.Role, d.Capabilities, d.RoleRevision}
	switch live.Kind(h.Row.Kind) { //nolint:exhaustive // As has chosen
	case live.ParticipantRemoved:
		return ParticipantRemoved{e, p, d.Blocked}
	case live.RolePromoted:
		return RolePromoted{change}
	case live.RoleDemoted:
		return RoleDemoted{change}
	case live.RoleDelivered:
		return RoleDelivered{e, p}
	}
	changed := ParticipantChanged{Event: e, Participant: p, State: participant.State(d.State)}
	if d.PreviousState != "" {
		previous := participant.State(d.PreviousState)
		changed.PreviousState = &previous
	}
	return changed
}

func (h *Happening) aboutInvitation(e Event) RoomEvent {
	if h.Invitation == nil {
		return nil
	}
	i := &Invitation{h.Invitation, e.sight}
	switch live.Kind(h.Row.Kind) { //nolint:exhaustive // As has chosen
	case live.InvitationCreated:
		return InvitationCreated{e, i}
	case live.InvitationUpdated:
		return InvitationUpdated{e, i}
	case live.InvitationOpened:
		return InvitationOpened{e, i}
	case live.InvitationRedeemed:
		if h.Participant == nil {
			return nil
		}
		return InvitationRedeemed{e, i, &Participant{h.Participant, e.sight}}
	case live.RedemptionRefused:
		return RedemptionRefused{e, i, problem.Code(h.Row.Detail.Code)}
	case live.InvitationRevoked:
		return InvitationRevoked{e, i}
	case live.DeviceReleased:
		return DeviceReleased{e, i}
	case live.LinkRegenerated:
		return LinkRegenerated{e, i}
	}
	asked := HostAsked{Event: e, Invitation: i}
	if m := h.Row.Detail.Message; m != "" {
		asked.Message = &m
	}
	return asked
}
