package room

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"usher/auth"
	"usher/ent"
	"usher/ent/participant"
	"usher/ent/session"
	"usher/role"
)

// Random things happen in a room, in random order. Each watcher must get exactly the events of V2, each once, until the event that
// ends their access. The test derives what they should get from the whole state before and after each event. The watchers see
// only the events.

// soul is a person with an account, or a guest of one device.
type soul struct {
	id      string // of the account; empty for guests
	manager role.ManagerRole
	seats   []*seat
}

// seat is a place in the state.
type seat struct {
	participant, invitation string
	session                 *sitting
	account                 bool
	role                    role.RoomRole
	state                   participant.State
	revoked                 bool // the invitation no longer gives access
	redeemed                time.Time
}

// sitting is a session in the state.
type sitting struct {
	id    string
	state string
	ended time.Time
}

// stance is somebody's rights, derived from the state.
type stance struct {
	manages, sees, inRoom, moderates bool
	standing                         role.Standing
}

type chance struct {
	*rand.Rand
	t       *testing.T
	now     time.Time
	members bool
	current *sitting
	souls   []*soul
	log     []*ent.Event
	ids     int
	deleted bool
	streams []*tried
}

// tried is one stream of a soul, with what it should deliver.
type tried struct {
	soul    *soul
	watcher *Watcher
	from    int // the rights of the beginning apply up to this revision
	begun   stance
	known   map[string]bool
	at      int
	ended   bool
}

func (c *chance) id(kind string) string { c.ids++; return fmt.Sprint(kind, c.ids) }

func (s *seat) gives(now time.Time) bool {
	switch {
	case s.state == participant.StateBlocked || s.revoked:
		return false
	case s.invitation == "" || s.session.state == "SCHEDULED" || s.session.state == "OPEN":
		return true
	}
	return now.Before(s.session.ended.Add(auth.GuestGrace))
}

// own returns the seat that counts: the current session's first, a guest's before a member's.
func (c *chance) own(p *soul) (own *seat) {
	best := -1
	for _, s := range p.seats {
		comesBack := p.manager != "" || p.id != "" && c.members
		over := s.session.state == "ENDED" || s.session.state == "CANCELLED"
		if !s.gives(c.now) || s.invitation == "" && (over || s.state == participant.StateLeft) && !comesBack {
			continue
		}
		worth := 0
		if s.session == c.current {
			worth += 2
		}
		if s.invitation != "" {
			worth++
		}
		if worth > best {
			own, best = s, worth
		}
	}
	return own
}

func (c *chance) stance(p *soul) (as stance) {
	as.manages = p.manager != ""
	as.standing = role.Standing{Manager: p.manager, Member: p.id != "" && c.members}
	if own := c.own(p); own != nil {
		as.inRoom = own.session == c.current && own.state == participant.StateInRoom
		as.moderates = as.inRoom && own.role == role.Moderator
		as.standing.Place, as.standing.InRoom = own.role, as.inRoom
		as.sees = true
	}
	as.sees = as.sees || as.manages || p.id != "" && c.members
	return as
}

// entitled reports whether V2 entitles somebody to an event.
func (as stance) entitled(e *ent.Event) bool {
	switch e.Kind {
	case "RoomUpdated", "RoomDeleted", "SessionScheduled", "SessionRescheduled", "SessionStarted", "SessionEnded",
		"SessionCancelled":
		return true
	case "RolePromoted", "RoleDemoted":
		return as.inRoom || as.manages
	case "ParticipantChanged":
		return as.manages || as.moderates || as.inRoom && e.Detail.Role != role.Viewer
	case "ParticipantRemoved", "RoleDelivered":
		return as.manages || as.moderates
	case "ManagerAdded", "ManagerRemoved", "InvitationCreated", "InvitationUpdated", "InvitationOpened", "InvitationRedeemed",
		"RedemptionRefused", "InvitationRevoked", "DeviceReleased", "LinkRegenerated", "HostAsked":
		return as.manages
	}
	panic("the model knows no audience for " + e.Kind)
}

// concerns reports whether an event is about the soul, by the seats that were theirs when the stream began or later.
func (s *tried) concerns(e *ent.Event) bool {
	return s.soul.id != "" && e.UserID == s.soul.id || s.known[e.ParticipantID] || s.known[e.InvitationID]
}

func (s *tried) learn() {
	for _, seat := range s.soul.seats {
		s.known[seat.participant] = true
		s.known[seat.invitation] = true
	}
	delete(s.known, "")
}

// open begins a stream after a past revision.
func (c *chance) open(p *soul) {
	as := c.stance(p)
	if !as.sees {
		return
	}
	after := len(c.log) - c.IntN(min(len(c.log), 40)+1)
	w := &Watcher{At: len(c.log), standing: as.standing, id: p.id, session: c.current.id}
	for _, s := range p.seats {
		w.places = append(w.places, placeOf(s.row(p)))
	}
	s := &tried{soul: p, watcher: w, from: len(c.log), begun: as, at: after, known: map[string]bool{}}
	s.learn()
	for _, e := range c.log[after:] {
		s.meet(c, e, as.entitled(e) || s.concerns(e), false)
	}
	c.streams = append(c.streams, s)
}

// row returns the seat as a row of the database.
func (s *seat) row(p *soul) *ent.Participant {
	row := &ent.Participant{ID: s.participant, SessionID: s.session.id, Role: s.role, State: s.state}
	if s.account {
		row.UserID = &p.id
	}
	if s.invitation != "" {
		row.InvitationID = &s.invitation
		row.Edges.Invitation = &ent.Invitation{RedeemedAt: &s.redeemed}
		if s.revoked {
			row.Edges.Invitation.RevokedAt = &time.Time{}
		}
	}
	row.Edges.Session = &ent.Session{State: session.State(s.session.state)}
	if !s.session.ended.IsZero() {
		row.Edges.Session.EndedAt = &s.session.ended
	}
	return row
}

// meet gives the watcher an event and compares the answer with the expected one.
func (s *tried) meet(c *chance, e *ent.Event, sees, ends bool) {
	if e.Revision != s.at+1 {
		c.t.Fatalf("revision %d follows %d", e.Revision, s.at)
	}
	s.at = e.Revision
	unconcerned := unconcernedBy(c.t, s.watcher, e)
	got, as, ended := s.watcher.Meet(e)
	unconcerned(got || ended)
	if got != sees || ended != ends {
		c.t.Fatalf("%+v\nof which %+v, %+v at %d sees %v and is out %v: want %v, %v", e, s.watcher.standing, s.watcher.places, s.from, got, ended, sees, ends)
	}
	if want := s.begun; got && e.Revision <= s.from && (as == Managers) != want.manages {
		c.t.Fatalf("%+v is shown as to audience %d", e, as)
	}
	s.ended = ended
}

// happen changes the state and gives all streams the event.
func (c *chance) happen(e ent.Event, change func()) {
	e.Revision, e.At, e.Audience = len(c.log)+1, c.now, int(kinds[e.Kind].Audience(e.Detail))
	before := make([]stance, len(c.streams))
	for i, s := range c.streams {
		before[i] = c.stance(s.soul)
	}
	change()
	c.log = append(c.log, &e)
	open := c.streams[:0]
	for i, s := range c.streams {
		if !before[i].sees { // the clock ended their access
			s.meet(c, &e, false, true)
			continue
		}
		concerned := s.concerns(&e)
		s.learn()
		s.meet(c, &e, before[i].entitled(&e) || concerned || s.concerns(&e) && e.Kind == "InvitationRedeemed",
			!c.stance(s.soul).sees || c.deleted)
		if !s.ended {
			open = append(open, s)
		}
	}
	c.streams = open
}

func TestV2_EveryoneGetsTheirEventsOnceAndNoOthers(t *testing.T) {
	t.Parallel()
	const worlds, steps = 250, 400
	events, heard := 0, 0
	for seed := range uint64(worlds) {
		c := &chance{Rand: rand.New(rand.NewPCG(seed, 7)), t: t, now: time.Unix(1_800_000_000, 0), members: seed%2 == 0}
		c.current = &sitting{id: c.id("s"), state: "SCHEDULED"}
		for i := range 10 {
			p := &soul{}
			if i < 6 {
				p.id = c.id("u")
			}
			if i == 0 {
				p.manager = role.Owner
			}
			c.souls = append(c.souls, p)
		}
		for range steps {
			c.step()
			heard += len(c.streams)
		}
		c.happen(ent.Event{Kind: "RoomDeleted"}, func() { c.deleted = true })
		if len(c.streams) > 0 {
			t.Fatalf("seed %d: %d streams of a deleted room go on", seed, len(c.streams))
		}
		events += len(c.log)
	}
	if events < 50_000 || heard < 500_000 {
		t.Errorf("only %d events reached %d watchers", events, heard)
	}
}
