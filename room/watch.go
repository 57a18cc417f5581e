package room

import (
	"context"
	"slices"
	"time"

	"usher/auth"
	"usher/ent"
	"usher/ent/participant"
	entroom "usher/ent/room"
	"usher/live"
	"usher/problem"
	"usher/role"
)

// Audience is how much of a room's news somebody gets, as in package live.
type Audience live.Audience

const (
	// Former is for who may see the room no longer, in the event that ends their access. No event is kept for it.
	Former     = Everyone - 1
	Everyone   = Audience(live.Everyone)
	InRoom     = Audience(live.InRoom)
	Moderators = Audience(live.Moderators)
	Managers   = Audience(live.Managers)
	audiences  = Managers + 1
)

// Audiences are the audiences that events are kept for, ascending.
var Audiences = [audiences]Audience{Everyone, InRoom, Moderators, Managers}

// Sight is how an audience stands to a room: what its members may read of an event, the same for all of them.
func (a Audience) Sight() Sight {
	switch a { //nolint:exhaustive // Everyone is the rest
	case Former:
		return Sight{Former: true, Quiet: true}
	case Managers:
		return Sight{Standing: role.Standing{Manager: role.CoPublisher}}
	case Moderators:
		return Sight{Standing: role.Standing{Place: role.Moderator, InRoom: true}}
	case InRoom:
		return Sight{Standing: role.Standing{Place: role.Viewer, InRoom: true}}
	}
	return Sight{Standing: role.Standing{Place: role.Viewer}}
}

// Watcher is somebody who watches a room: who they are to it, and how they stand to it at a revision. It follows the log by
// itself, event for event, so that what they see is decided by the log alone and costs no query.
type Watcher struct {
	RoomID string
	// At is the revision of the room when the watcher's standing was read: what it stands by up to there, and follows from there.
	At       int
	standing role.Standing
	id       string // own account
	session  string // the room's current one
	places   []place
	person   string // what the watcher's connections are counted by, as they stand now
	counted  counted
}

// place is one of the watcher's own, as the log tells of it.
type place struct {
	participant, invitation, session string
	person                           string // what who holds it is counted by: see personOf
	account                          bool   // it is the account's; else the device's that redeemed
	named                            bool   // the request names it
	role                             role.RoomRole
	state                            participant.State
	lost, blocked                    bool      // its invitation gives it no longer; it is closed to its holder
	over                             bool      // its session is
	redeemed                         time.Time // zero: by no invitation
	until                            time.Time // when its invitation gives it no longer; zero: its session is not over
}

// Watcher begins to watch a room. problem.ErrUnauthenticated where nobody asks, problem.ErrNotFound where they may not see it.
func (s *Rooms) Watcher(ctx context.Context, actor auth.Actor, roomID string) (*Watcher, error) {
	of, err := s.stood.Of(ctx, watchingOf(actor, roomID))
	if err != nil {
		return nil, err
	}
	w := s.watcherOf(actor, of)
	if w.standing.Can(role.SeeRoom) {
		return w, nil
	}
	if err := s.someone(ctx, actor); err != nil {
		return nil, err
	}
	return nil, problem.ErrNotFound
}

// watcherOf is the watcher that the asker is who stood so to a room.
func (s *Rooms) watcherOf(actor auth.Actor, of stood) *Watcher {
	w := &Watcher{id: actor.UserID()}
	if r := of.room; r != nil {
		w.RoomID, w.At, w.session = r.ID, r.Revision, currentID(r)
		if of.account != nil {
			w.standing = role.Standing{
				Admin: of.account.SiteRole == role.Admin, Manager: of.manager, Member: r.Access == entroom.AccessMembers,
			}
		}
	}
	w.take(actor, of.places)
	w.stand(s.Now())
	return w
}

func placeOf(row *ent.Participant) place {
	p := place{
		participant: row.ID, session: row.SessionID, role: row.Role, account: row.UserID != nil, person: personOf(row),
		state: row.State, blocked: row.State == participant.StateBlocked, over: overProblem(row.Edges.Session) != nil,
	}
	if row.InvitationID != nil {
		p.invitation = *row.InvitationID
		if i := row.Edges.Invitation; i != nil {
			p.lost = i.RedeemedAt == nil || i.RevokedAt != nil
			if i.RedeemedAt != nil {
				p.redeemed = *i.RedeemedAt
			}
		}
		if of := row.Edges.Session; of != nil && of.EndedAt != nil {
			p.until = of.EndedAt.Add(auth.GuestGrace)
		}
	}
	return p
}

// Audience is the highest audience that the watcher belongs to.
func (w *Watcher) Audience() Audience {
	switch {
	case w.standing.Manages():
		return Managers
	case w.standing.Can(role.SeeParticipants):
		return Moderators
	case w.standing.InRoom:
		return InRoom
	}
	return Everyone
}

// Person is what the watcher's connections are counted by now: as the place that counts, else an account.
func (w *Watcher) Person() string { return w.person }

// sees reports whether the watcher gets an event: by the audience that they belong to, or because it is about them.
func (w *Watcher) sees(e *ent.Event, as Audience) bool {
	return as >= Audience(e.Audience) || w.concerned(e)
}

func (w *Watcher) concerned(e *ent.Event) bool {
	if w.id != "" && e.UserID == w.id {
		return true
	}
	for _, p := range w.places {
		if e.ParticipantID == p.participant || p.invitation != "" && e.InvitationID == p.invitation {
			return true
		}
	}
	return false
}

// Meet takes the next event of the log: whether the watcher sees it, as which audience, and whether it ends their access:
// then nothing that comes later is theirs. The standing follows.
func (w *Watcher) Meet(e *ent.Event) (sees bool, as Audience, ended bool) { return w.meet(e, Managers) }

// meet is Meet for a watcher who gets no more than an audience gets.
func (w *Watcher) meet(e *ent.Event, most Audience) (sees bool, as Audience, ended bool) {
	if w.lapses(e.At) {
		w.stand(e.At)
		if !w.standing.Can(role.SeeRoom) {
			return false, Everyone, true
		}
	}
	as = min(w.Audience(), most)
	sees = w.sees(e, as)
	return sees, as, !w.follow(e)
}

// standpoint is what a watcher follows the log with.
type standpoint struct {
	at       int
	standing role.Standing
	session  string
	places   []place
}

// save notes where the watcher stands, and reuses the memory of what was saved before.
func (w *Watcher) save(to *standpoint) {
	*to = standpoint{w.At, w.standing, w.session, append(to.places[:0], w.places...)}
}

// restore returns to where the watcher stood.
func (w *Watcher) restore(from *standpoint) {
	w.At, w.standing, w.session, w.places = from.at, from.standing, from.session, append(w.places[:0], from.places...)
}

// lapses reports whether an invitation gives its place no longer, half an hour after the session's end: the clock's doing,
// of which no event tells.
func (w *Watcher) lapses(at time.Time) bool {
	return slices.ContainsFunc(w.places, func(p place) bool { return !p.gone() && p.lapsed(at) })
}

func (p *place) gone() bool { return p.lost || p.blocked }

func (p *place) lapsed(at time.Time) bool { return !p.until.IsZero() && !at.Before(p.until) }

// stand takes over how the watcher stands by the places that are left: the one in the current session counts, the one named, a
// guest's before a member's (L7), the one redeemed last.
func (w *Watcher) stand(at time.Time) {
	var own *place
	for i := range w.places {
		p := &w.places[i]
		if p.gone() || p.lapsed(at) || p.left() && !w.mayComeBack() {
			continue
		}
		here, before := p.session == w.session, own != nil && own.session == w.session
		if own == nil || here && !before || here == before && (p.named || !own.named && p.redeemed.After(own.redeemed)) {
			own = p
		}
	}
	w.standing.Place, w.standing.InRoom = "", false
	if own != nil {
		w.standing.Place, w.standing.InRoom = own.role, own.state == participant.StateInRoom && own.session == w.session
	}
	w.countAs(own)
}

// countAs takes over whom the watcher is connected as: who manages acts as their account (L7), others by their own place. Who has
// none is counted by their account, or by the place that they lost.
func (w *Watcher) countAs(own *place) {
	person := w.person
	switch {
	case w.id != "" && (own == nil || w.standing.Manages()):
		person = w.id
	case own != nil:
		person = own.person
	case person == "" && len(w.places) > 0:
		person = w.places[0].person
	}
	if person != w.person {
		w.person = person
		w.counted.follow(w.RoomID, person)
	}
}

// follow takes over what an event changes for the watcher. It reports whether they still may see the room. Events up to At
// change nothing.
func (w *Watcher) follow(e *ent.Event) bool {
	if e.Revision <= w.At {
		return true
	}
	w.At = e.Revision
	switch live.Kind(e.Kind) {
	case live.RoomDeleted:
		return false
	case live.RoomUpdated:
		w.standing.Member = w.id != "" && e.Detail.Access == string(entroom.AccessMembers)
	case live.SessionScheduled, live.SessionStarted, live.SessionEnded, live.SessionCancelled:
		w.followSession(e)
	case live.ManagerAdded:
		if w.id != "" && e.UserID == w.id {
			w.standing.Manager = e.Detail.ManagerRole
		}
	case live.ManagerRemoved:
		if w.id != "" && e.UserID == w.id {
			w.standing.Manager = ""
		}
	case live.InvitationRedeemed, live.ParticipantChanged, live.ParticipantRemoved, live.RolePromoted, live.RoleDemoted:
		w.followPlace(e)
	case live.InvitationRevoked, live.DeviceReleased, live.LinkRegenerated:
		for i := range w.places {
			if p := &w.places[i]; p.invitation != "" && p.invitation == e.InvitationID {
				p.lost = true
			}
		}
	case live.SessionRescheduled, live.InvitationCreated, live.InvitationUpdated, live.InvitationOpened, live.RedemptionRefused,
		live.HostAsked, live.RoleDelivered, live.ResyncRequired:
		return w.standing.Can(role.SeeRoom)
	}
	w.stand(e.At)
	return w.standing.Can(role.SeeRoom)
}

// followSession follows what a session does to all places in it at once (P1), and how long their invitations give them.
func (w *Watcher) followSession(e *ent.Event) {
	kind := live.Kind(e.Kind)
	if kind == live.SessionScheduled || kind == live.SessionStarted {
		w.session = e.SessionID
	}
	for i := range w.places {
		p := &w.places[i]
		if p.session != e.SessionID {
			continue
		}
		p.moveWith(kind)
		p.over = kind == live.SessionEnded || kind == live.SessionCancelled
		p.until = time.Time{}
		if p.over && p.invitation != "" {
			p.until = e.At.Add(auth.GuestGrace)
		}
	}
}

// moveWith is what a session's start and end do to the places in it (P1).
func (p *place) moveWith(kind live.Kind) {
	switch {
	case kind == live.SessionStarted && (p.state == participant.StateCountdown || p.state == participant.StateLeft):
		p.state = participant.StateLobby
	case (kind == live.SessionEnded || kind == live.SessionCancelled) && slices.Contains(movedByEnd, p.state):
		p.state = participant.StateLeft
	}
}

// left reports whether a place that no invitation gave was left, or its session is over: it counts for who may come back alone
// (P6).
func (p *place) left() bool {
	return p.invitation == "" && (p.over || p.state == participant.StateLeft)
}

func (w *Watcher) mayComeBack() bool { return w.standing.Manages() || w.standing.Member }

// followPlace follows a place of the watcher: also one that their account has only got by this event.
func (w *Watcher) followPlace(e *ent.Event) {
	i := slices.IndexFunc(w.places, func(p place) bool { return p.participant == e.ParticipantID })
	mine := w.id != "" && e.UserID == w.id
	if i < 0 {
		if !mine {
			return
		}
		i = len(w.places)
		w.places = append(w.places, place{participant: e.ParticipantID, session: e.SessionID, account: true, person: w.id})
	}
	p := &w.places[i]
	if e.Detail.Role != "" {
		p.role = e.Detail.Role
	}
	if e.UserID != "" { // it may have become the account's
		p.person = e.UserID
	}
	switch live.Kind(e.Kind) { //nolint:exhaustive // follow has chosen
	case live.InvitationRedeemed:
		if p.lost && !p.account {
			return // by another device
		}
		p.invitation, p.lost, p.redeemed = e.InvitationID, false, e.At
	case live.ParticipantRemoved:
		p.blocked = p.blocked || e.Detail.Blocked
	case live.ParticipantChanged:
		p.state = participant.State(e.Detail.State)
		p.blocked = e.Detail.State == string(participant.StateBlocked)
	}
}
