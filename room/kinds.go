package room

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"

	"usher/ent"
	"usher/ent/participant"
	"usher/ent/schema"
	"usher/live"
	"usher/problem"
	"usher/role"
)

// Kind is a kind of event.
type Kind struct {
	// Name is the event's type in the API, which implements RoomEvent there.
	Name string
	// Topic returns the tool that the event belongs to. It is nil for core events, which every stream has.
	Topic func(detail schema.EventDetail) Topic
	// Audience returns the lowest audience that gets the event. The person concerned always gets it.
	Audience func(detail schema.EventDetail) Audience
	// Read reads what events of the kind are about, unless another field of Happening has it. It returns the results by revision, and
	// takes as many queries for one event as for many.
	Read func(ctx context.Context, c *ent.Client, rows []*ent.Event) (map[int]any, error)
	// Show renders the event. It returns nil if what it is about was deleted.
	Show func(h *Happening, e Event) RoomEvent
	// Follows changes what a watcher may see from then on. It is nil for events that change nobody's rights.
	Follows func(w *Watcher, e *ent.Event)
	// Discreet means that only those who may moderate read who did it.
	Discreet bool
	// TakesNothing means that following it takes rights from nobody but the person who did it, such as one who leaves a room. All other events that
	// are followed are looked for once more before rights are used that were read earlier.
	TakesNothing bool
	// Moves says whose place the event may change, so that not everyone is read again for it. Events of tools move nobody.
	Moves Moving
	// SparesLinks means that no open link shows what the event changes, unless the event names its invitation.
	SparesLinks bool
}

// Moving says whose state or role in the room an event may change.
type Moving int

const (
	// MovesAnyone is right for every kind, and the slowest.
	MovesAnyone Moving = iota
	// MovesOne is for events that move nobody but the participant they are about.
	MovesOne
	MovesNobody
)

// Topic is the tool of a room that an event belongs to. Only those who ask for a topic get its events (V11).
type Topic string

const (
	Core Topic = ""
	// Settings are what all tools share. Whoever asks for any tool gets its events.
	Settings Topic = "SETTINGS"
)

// Always returns t, whatever an event says.
func (t Topic) Always(schema.EventDetail) Topic { return t }

// Topics are the tools that somebody asks for.
type Topics []Topic

// has reports whether somebody who asks for these topics gets the events of one.
func (t Topics) has(one Topic) bool {
	return one == Core || one == Settings && len(t) > 0 || slices.Contains(t, one)
}

// all returns every topic whose events are asked for.
func (t Topics) all() Topics {
	if len(t) == 0 {
		return Topics{Core}
	}
	return append(Topics{Core, Settings}, t...)
}

func (t Topics) names() []string {
	names := make([]string, len(t))
	for i, topic := range t {
		names[i] = string(topic)
	}
	return names
}

// kinds are all kinds, by name. They do not change once the program runs.
var kinds = map[string]*Kind{}

// Register adds a kind of event. Packages call it to initialise a variable, before anything happens in a room. It panics
// if the kind is incomplete or the name is taken, because the program cannot run then.
func Register(k Kind) *Kind {
	if k.Name == "" || k.Audience == nil || k.Show == nil || kinds[k.Name] != nil {
		panic(fmt.Sprintf("room: the kind of event %q is incomplete or taken", k.Name))
	}
	kinds[k.Name] = &k
	return &k
}

// kindOf returns the kind of an event. One that only a newer server knows may change anything.
func kindOf(e *ent.Event) *Kind { return cmp.Or(kinds[e.Kind], &unknown) }

var unknown Kind

// emission returns an event of the kind to be written, for its audience.
func (k *Kind) emission(e live.Entry) live.Emission {
	topic := Core
	if k.Topic != nil {
		topic = k.Topic(e.Detail)
	}
	return live.Emission{Kind: k.Name, Topic: string(topic), Audience: k.Audience(e.Detail).Stored(), Entry: e}
}

// Kinds returns all kinds of events.
func Kinds() iter.Seq[*Kind] { return maps.Values(kinds) }

// The kinds of events of rooms, managers and sessions.
var (
	roomUpdated = Register(Kind{
		Name: "RoomUpdated", Moves: MovesNobody, Audience: Everyone.Always, Follows: followRoom,
		Show: func(_ *Happening, e Event) RoomEvent { return RoomUpdated{e} },
	})
	roomDeleted = Register(Kind{
		Name: "RoomDeleted", Audience: Everyone.Always, Follows: func(w *Watcher, _ *ent.Event) { w.deleted = true },
		Show: func(_ *Happening, e Event) RoomEvent { return RoomDeleted{e} },
	})
	managerAdded = Register(Kind{
		Name: "ManagerAdded", Audience: Managers.Always, TakesNothing: true, Follows: followManager,
		Show: aboutUser(func(h *Happening, e Event) RoomEvent {
			return ManagerAdded{e, &Manager{&ent.Manager{RoomID: h.Row.RoomID, UserID: h.Row.UserID, Role: h.Row.Detail.ManagerRole}, e.sight}}
		}),
	})
	managerRemoved = Register(Kind{
		Name: "ManagerRemoved", Audience: Managers.Always, Follows: followManager,
		Show: aboutUser(func(h *Happening, e Event) RoomEvent {
			return ManagerRemoved{e, &User{User: h.User, EmailShown: e.sight.Manages()}}
		}),
	})
	sessionScheduled = Register(Kind{
		Name: "SessionScheduled", Audience: Everyone.Always, Follows: followPlan,
		Show: aboutSession(func(h *Happening, e Event) RoomEvent { return SessionScheduled{e, h.Session, h.Row.Detail.StartsAt} }),
	})
	sessionRescheduled = Register(Kind{
		Name: "SessionRescheduled", Moves: MovesNobody, Audience: Everyone.Always,
		Show: aboutSession(func(h *Happening, e Event) RoomEvent {
			return SessionRescheduled{e, h.Session, *h.Row.Detail.PreviousStartsAt, *h.Row.Detail.StartsAt}
		}),
	})
	sessionStarted = Register(Kind{
		Name: "SessionStarted", Audience: Everyone.Always, TakesNothing: true, Follows: followStart,
		Show: aboutSession(func(h *Happening, e Event) RoomEvent {
			return SessionStarted{e, h.Session, movesTo(participant.StateLobby, movedByStart)}
		}),
	})
	sessionEnded = Register(Kind{
		Name: "SessionEnded", Audience: Everyone.Always, Follows: followEnd,
		Show: aboutSession(func(h *Happening, e Event) RoomEvent {
			return SessionEnded{e, h.Session, movesTo(participant.StateLeft, movedByEnd)}
		}),
	})
	sessionCancelled = Register(Kind{
		Name: "SessionCancelled", Audience: Everyone.Always, Follows: followEnd,
		Show: aboutSession(func(h *Happening, e Event) RoomEvent {
			return SessionCancelled{e, h.Session, movesTo(participant.StateLeft, movedByEnd)}
		}),
	})
)

// The kinds of events of invitations and their links.
var (
	invitationCreated = Register(Kind{
		Name: "InvitationCreated", Audience: Managers.Always,
		Show: aboutInvitation(func(h *Happening, e Event, i *Invitation) RoomEvent {
			return InvitationCreated{e, i, filled(h.Row.Detail.Role)}
		}),
	})
	invitationUpdated = Register(Kind{
		Name: "InvitationUpdated", Moves: MovesNobody, Audience: Managers.Always,
		Show: aboutInvitation(func(h *Happening, e Event, i *Invitation) RoomEvent {
			return InvitationUpdated{e, i, filled(h.Row.Detail.Role)}
		}),
	})
	invitationOpened = Register(Kind{
		Name: "InvitationOpened", Moves: MovesNobody, Audience: Managers.Always,
		Show: aboutInvitation(func(_ *Happening, e Event, i *Invitation) RoomEvent { return InvitationOpened{e, i} }),
	})
	invitationRedeemed = Register(Kind{
		Name: "InvitationRedeemed", Moves: MovesOne, Audience: Managers.Always, TakesNothing: true, Follows: followRedeemed,
		Show: aboutInvitation(func(h *Happening, e Event, i *Invitation) RoomEvent {
			if h.Participant == nil {
				return nil
			}
			d := h.Row.Detail
			return InvitationRedeemed{e, i, &Participant{h.Participant, e.sight}, d.Role, filled(d.Device)}
		}),
	})
	redemptionRefused = Register(Kind{
		Name: "RedemptionRefused", Moves: MovesNobody, Audience: Managers.Always,
		Show: aboutInvitation(func(h *Happening, e Event, i *Invitation) RoomEvent {
			return RedemptionRefused{e, i, problem.Code(h.Row.Detail.Code)}
		}),
	})
	invitationRevoked = Register(Kind{
		Name: "InvitationRevoked", Audience: Managers.Always, Follows: followAccessEnded,
		Show: aboutInvitation(func(_ *Happening, e Event, i *Invitation) RoomEvent { return InvitationRevoked{e, i} }),
	})
	deviceReleased = Register(Kind{
		Name: "DeviceReleased", Audience: Managers.Always, Follows: followAccessEnded,
		Show: aboutInvitation(func(_ *Happening, e Event, i *Invitation) RoomEvent { return DeviceReleased{e, i} }),
	})
	deviceMoved = Register(Kind{
		Name: "DeviceMoved", Audience: Managers.Always, Follows: followMoved,
		Show: aboutInvitation(func(h *Happening, e Event, i *Invitation) RoomEvent {
			if h.Participant == nil {
				return nil
			}
			return DeviceMoved{e, i, &Participant{h.Participant, e.sight}, filled(h.Row.Detail.Device)}
		}),
	})
	linkRegenerated = Register(Kind{
		Name: "LinkRegenerated", Audience: Managers.Always, Follows: followAccessEnded,
		Show: aboutInvitation(func(_ *Happening, e Event, i *Invitation) RoomEvent { return LinkRegenerated{e, i} }),
	})
	hostAsked = Register(Kind{
		Name: "HostAsked", Moves: MovesNobody, Audience: Managers.Always,
		Show: aboutInvitation(func(h *Happening, e Event, i *Invitation) RoomEvent {
			return HostAsked{e, i, filled(h.Row.Detail.Message)}
		}),
	})
)

// The kinds of events of participants and their roles.
var (
	participantChanged = Register(Kind{
		Name: "ParticipantChanged", Moves: MovesOne, TakesNothing: true, Follows: followState,
		Audience: func(detail schema.EventDetail) Audience {
			if detail.Role == role.Viewer {
				return Moderators
			}
			return InRoom
		},
		Show: aboutParticipant(func(h *Happening, e Event, p *Participant) RoomEvent {
			d := h.Row.Detail
			return ParticipantChanged{e, p, filled(participant.State(d.PreviousState)), participant.State(d.State), d.Role}
		}),
	})
	participantRemoved = Register(Kind{
		Name: "ParticipantRemoved", Moves: MovesOne, Audience: Moderators.Always, Follows: followRemoved,
		Show: aboutParticipant(func(h *Happening, e Event, p *Participant) RoomEvent {
			return ParticipantRemoved{e, p, h.Row.Detail.Blocked}
		}),
	})
	rolePromoted = Register(Kind{
		Name: "RolePromoted", Moves: MovesOne, Audience: InRoom.Always, TakesNothing: true, Follows: followRole,
		Show: aboutParticipant(func(h *Happening, e Event, p *Participant) RoomEvent { return RolePromoted{roleChange(h, e, p)} }),
	})
	roleDemoted = Register(Kind{
		Name: "RoleDemoted", Moves: MovesOne, Audience: InRoom.Always, Follows: followRole,
		Show: aboutParticipant(func(h *Happening, e Event, p *Participant) RoomEvent { return RoleDemoted{roleChange(h, e, p)} }),
	})
	roleDelivered = Register(Kind{
		Name: "RoleDelivered", Moves: MovesOne, Audience: Moderators.Always,
		Show: aboutParticipant(func(_ *Happening, e Event, p *Participant) RoomEvent { return RoleDelivered{e, p} }),
	})
)

// resyncRequired is stored where a person was erased: what the room's events and people were called before has changed (E4). A stream
// that cannot continue where it was asked to also begins with one.
var resyncRequired = Register(Kind{
	Name: live.Rewritten, Audience: Everyone.Always,
	Show: func(_ *Happening, e Event) RoomEvent { return ResyncRequired{e} },
})
