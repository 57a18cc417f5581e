package room

import (
	"context"
	"slices"
	"time"

	"usher/auth"
	"usher/ent"
	"usher/ent/participant"
	entroom "usher/ent/room"
	"usher/problem"
	"usher/role"
)

// Watcher is somebody who watches a room. It starts from a snapshot of their rights at a revision, and follows the log from
// there, event by event. So the log alone decides what they see, without a query.
type Watcher struct {
	RoomID string
	// At is the revision of the snapshot, later that of the last event followed.
	At       int
	standing role.Standing
	deleted  bool   // the room is
	id       string // the watcher's account
	session  string // the room's current one
	places   []place
	from     int    // the revision after which they get events for speakers (B2)
	person   string // the watcher's connections count as this person's
	counted  counted
}

// place is one of the watcher's own places, as far as the log reports it.
type place struct {
	participant, invitation, session string
	person                           string // connections count as this person's: see personOf
	account                          bool   // the account has it; otherwise the device that redeemed
	named                            bool   // the request names it
	role                             role.RoomRole
	backchannelFrom                  int // the revision from which the backchannel is theirs (B2)
	state                            participant.State
	lost, blocked                    bool      // the invitation no longer gives access; the place is blocked
	over                             bool      // its session is
	redeemed                         time.Time // zero without an invitation
	until                            time.Time // when the invitation stops giving access; zero while the session is not over
}

// watcher returns a watcher of a room. Returns problem.ErrUnauthenticated without any credential, problem.ErrNotFound if the
// asker may not see the room.
func (s *News) watcher(ctx context.Context, actor auth.Actor, roomID string) (*Watcher, error) {
	from, err := s.snapshots.Of(ctx, watchingOf(actor, roomID))
	if err != nil {
		return nil, err
	}
	w := s.watcherFrom(actor, from)
	if w.standing.Can(role.SeeRoom) {
		return w, nil
	}
	if err := s.someone(ctx, actor); err != nil {
		return nil, err
	}
	return nil, problem.ErrNotFound
}

// watcherFrom returns the asker's watcher, starting from a snapshot of their rights.
func (s *News) watcherFrom(actor auth.Actor, from snapshot) *Watcher {
	w := &Watcher{id: actor.UserID()}
	if r := from.room; r != nil {
		w.RoomID, w.At, w.session = r.ID, r.Revision, currentID(r)
		if from.account != nil {
			w.standing = role.Standing{
				Admin: from.account.SiteRole == role.Admin, Manager: from.manager, Member: r.Access == entroom.AccessMembers,
			}
		}
	}
	w.addPlaces(actor, from.places)
	w.refresh(s.now())
	return w
}

// addPlaces adds the places of the person who asks. It includes places without access now: reopening a session or unblocking
// gives that back.
func (w *Watcher) addPlaces(actor auth.Actor, rows []*ent.Participant) {
	for _, row := range rows {
		if !isTheirs(actor, row) {
			continue
		}
		p := placeOf(row)
		p.named = isNamed(actor.As, row)
		w.places = append(w.places, p)
	}
}

func placeOf(row *ent.Participant) place {
	p := place{
		participant: row.ID, session: row.SessionID, role: row.Role, backchannelFrom: row.BackchannelFrom,
		account: row.UserID != nil, person: personOf(row),
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

// Audience returns the highest audience that the watcher belongs to.
func (w *Watcher) Audience() Audience { return highest(w.standing) }

// Person returns whose connection this counts as: the place that decides the rights, otherwise the account.
func (w *Watcher) Person() string { return w.person }

// sees reports whether the watcher gets an event as a member of an audience, or because it concerns them. Events for speakers are for
// those who were speakers by then.
func (w *Watcher) sees(e *ent.Event, as Audience) bool {
	lowest := audienceOf(e)
	if as >= lowest && (lowest != Speakers || as == Managers || e.Revision > w.from) {
		return true
	}
	return w.concerned(e)
}

func (w *Watcher) concerned(e *ent.Event) bool {
	if w.isSelf(e) {
		return true
	}
	for _, p := range w.places {
		if e.ParticipantID == p.participant || p.invitation != "" && e.InvitationID == p.invitation {
			return true
		}
	}
	return false
}

// isSelf reports whether an event is about the watcher's account.
func (w *Watcher) isSelf(e *ent.Event) bool { return w.id != "" && e.UserID == w.id }

// Meet takes the next event of the log. It returns whether the watcher sees it, and as which audience. ended means that the
// event ends their access, and that no later event is theirs. The rights follow the event.
func (w *Watcher) Meet(e *ent.Event) (sees bool, as Audience, ended bool) { return w.meet(e, Managers) }

// meet is Meet for a watcher who gets at most what an audience gets.
func (w *Watcher) meet(e *ent.Event, most Audience) (sees bool, as Audience, ended bool) {
	if !w.SeesAt(e.At) {
		return false, Everyone, true
	}
	as = min(w.Audience(), most)
	sees = w.sees(e, as)
	return sees, as, !w.follow(e)
}

// SeesAt reports whether the watcher still sees the room at a time. Some access ends by the clock alone.
func (w *Watcher) SeesAt(at time.Time) bool {
	if !w.lapses(at) {
		return true
	}
	w.refresh(at)
	return w.standing.Can(role.SeeRoom)
}

// standpoint is the part of a watcher that changes as it follows the log.
type standpoint struct {
	at       int
	standing role.Standing
	deleted  bool
	session  string
	from     int
	places   []place
}

// save copies the watcher's standpoint, and reuses the memory of an earlier copy.
func (w *Watcher) save(to *standpoint) {
	*to = standpoint{w.At, w.standing, w.deleted, w.session, w.from, append(to.places[:0], w.places...)}
}

// restore returns the watcher to a standpoint.
func (w *Watcher) restore(from *standpoint) {
	w.At, w.standing, w.deleted, w.session, w.from = from.at, from.standing, from.deleted, from.session, from.from
	w.places = append(w.places[:0], from.places...)
}

// lapses reports whether an invitation stops giving access, half an hour after the end of its session. No event reports that.
func (w *Watcher) lapses(at time.Time) bool {
	return slices.ContainsFunc(w.places, func(p place) bool { return !p.gone() && p.lapsed(at) })
}

func (p *place) gone() bool { return p.lost || p.blocked }

func (p *place) lapsed(at time.Time) bool { return !p.until.IsZero() && !at.Before(p.until) }

// left reports whether a place without an invitation was left, or its session is over. Then it counts only for those who may
// come back (P6).
func (p *place) left() bool {
	return p.invitation == "" && (p.over || p.state == participant.StateLeft)
}

func (w *Watcher) mayComeBack() bool { return w.standing.Manages() || w.standing.Member }

// refresh derives the rights from the places that give access. One place counts: first the one in the current session, then
// the one that the request names, then a guest's before a member's (L7), then the one redeemed last.
func (w *Watcher) refresh(at time.Time) {
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
		w.from = own.backchannelFrom
		w.standing.Place, w.standing.InRoom = own.role, own.state == participant.StateInRoom && own.session == w.session
	}
	w.countAs(own)
}

// countAs changes whose connection this counts as. Managers count as their account (L7), others as their own place. Without
// a place it is the account, or the place that was lost.
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
