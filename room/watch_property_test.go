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

// visitor is a person with an account, or a guest of one device.
type visitor struct {
	id      string // of the account; empty for guests
	manager role.ManagerRole
	seats   []*seat
}

// seat is a place of the model.
type seat struct {
	participant, invitation string
	session                 *modelSession
	account                 bool
	role                    role.RoomRole
	from                    int // the revision of the last change from viewer to a higher role (B2)
	state                   participant.State
	revoked                 bool // the invitation no longer gives access
	redeemed                time.Time
}

// modelSession is a session of the model.
type modelSession struct {
	id    string
	state string
	ended time.Time
}

// entitlement is what somebody may see, derived from the state.
type entitlement struct {
	manages, sees, inRoom, speaks, moderates bool
	from                                     int // they read the backchannel after this revision
	standing                                 role.Standing
}

type chance struct {
	*rand.Rand
	t        *testing.T
	now      time.Time
	members  bool
	current  *modelSession
	visitors []*visitor
	log      []*ent.Event
	ids      int
	deleted  bool
	whispers struct{ shown, withheld int } // from those who became speakers or moderators in the room
	streams  []*modelStream
}

// modelStream is one stream of a visitor, with what it should deliver.
type modelStream struct {
	visitor *visitor
	watcher *Watcher
	from    int // the rights of the beginning apply up to this revision
	begun   entitlement
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
func (c *chance) own(p *visitor) (own *seat) {
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

func (c *chance) entitlement(p *visitor) (as entitlement) {
	as.manages = p.manager != ""
	as.standing = role.Standing{Manager: p.manager, Member: p.id != "" && c.members}
	if own := c.own(p); own != nil {
		as.inRoom = own.session == c.current && own.state == participant.StateInRoom
		as.speaks, as.from = as.inRoom && own.role != role.Viewer, own.from
		as.moderates = as.inRoom && own.role == role.Moderator
		as.standing.Place, as.standing.InRoom = own.role, as.inRoom
		as.sees = true
	}
	as.sees = as.sees || as.manages || p.id != "" && c.members
	return as
}

// entitled reports whether V2 entitles somebody to an event.
func (as entitlement) entitled(e *ent.Event) bool {
	switch e.Kind {
	case "RoomUpdated", "RoomDeleted", "SessionScheduled", "SessionRescheduled", "SessionStarted", "SessionEnded",
		"SessionCancelled":
		return true
	case "RolePromoted", "RoleDemoted", "NoteSaid":
		return as.inRoom || as.manages
	case "NoteWhispered":
		return as.manages || as.speaks && e.Revision > as.from
	case "ParticipantChanged":
		return as.manages || as.moderates || as.inRoom && e.Detail.Role != role.Viewer
	case "ParticipantRemoved", "RoleDelivered":
		return as.manages || as.moderates
	case "ManagerAdded", "ManagerRemoved", "InvitationCreated", "InvitationUpdated", "InvitationOpened", "InvitationRedeemed",
		"RedemptionRefused", "InvitationRevoked", "DeviceReleased", "DeviceMoved", "LinkRegenerated", "HostAsked":
		return as.manages
	}
	panic("the model knows no audience for " + e.Kind)
}

// concerns reports whether an event is about the visitor, by the seats that were theirs when the stream began or later.
func (s *modelStream) concerns(e *ent.Event) bool {
	return s.visitor.id != "" && e.UserID == s.visitor.id || s.known[e.ParticipantID] || s.known[e.InvitationID]
}

func (s *modelStream) learn() {
	for _, seat := range s.visitor.seats {
		s.known[seat.participant] = true
		s.known[seat.invitation] = true
	}
	delete(s.known, "")
}

// open begins a stream after a past revision.
func (c *chance) open(p *visitor) {
	as := c.entitlement(p)
	if !as.sees {
		return
	}
	after := len(c.log) - c.IntN(min(len(c.log), 40)+1)
	w := &Watcher{At: len(c.log), standing: as.standing, from: as.from, id: p.id, session: c.current.id}
	for _, s := range p.seats {
		w.places = append(w.places, placeOf(s.row(p)))
	}
	s := &modelStream{visitor: p, watcher: w, from: len(c.log), begun: as, at: after, known: map[string]bool{}}
	s.learn()
	for _, e := range c.log[after:] {
		s.meet(c, e, as.entitled(e) || s.concerns(e), false)
	}
	c.streams = append(c.streams, s)
}

// row returns the seat as a row of the database.
func (s *seat) row(p *visitor) *ent.Participant {
	row := &ent.Participant{ID: s.participant, SessionID: s.session.id, Role: s.role, BackchannelFrom: s.from, State: s.state}
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
func (s *modelStream) meet(c *chance, e *ent.Event, sees, ends bool) {
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
	if e.Kind == noteWhispered.Name && (as == Speakers || as == Moderators) && s.watcher.from > 0 {
		if got {
			c.whispers.shown++
		} else {
			c.whispers.withheld++
		}
	}
	if want := s.begun; got && e.Revision <= s.from && (as == Managers) != want.manages {
		c.t.Fatalf("%+v is shown as to audience %d", e, as)
	}
	s.ended = ended
}

// happen changes the state and gives all streams the event.
func (c *chance) happen(e ent.Event, change func()) {
	e.Revision, e.At, e.Audience = len(c.log)+1, c.now, kinds[e.Kind].Audience(e.Detail).Stored()
	before := make([]entitlement, len(c.streams))
	for i, s := range c.streams {
		before[i] = c.entitlement(s.visitor)
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
			!c.entitlement(s.visitor).sees || c.deleted)
		if !s.ended {
			open = append(open, s)
		}
	}
	c.streams = open
}

func TestV2_EveryoneGetsTheirEventsOnceAndNoOthers(t *testing.T) {
	t.Parallel()
	const worlds, steps = 250, 400
	events, heard, shown, withheld := 0, 0, 0, 0
	for seed := range uint64(worlds) {
		c := &chance{Rand: rand.New(rand.NewPCG(seed, 7)), t: t, now: time.Unix(1_800_000_000, 0), members: seed%2 == 0}
		c.current = &modelSession{id: c.id("s"), state: "SCHEDULED"}
		for i := range 10 {
			p := &visitor{}
			if i < 6 {
				p.id = c.id("u")
			}
			if i == 0 {
				p.manager = role.Owner
			}
			c.visitors = append(c.visitors, p)
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
		shown += c.whispers.shown
		withheld += c.whispers.withheld
	}
	if events < 50_000 || heard < 500_000 || shown < 200 || withheld < 30 {
		t.Errorf("only %d events reached %d watchers; of the backchannel, %d were shown, and %d withheld", events, heard, shown, withheld)
	}
}
