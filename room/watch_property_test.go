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
	"usher/live"
	"usher/role"
)

// A room of chance: whatever happens in whatever order, each watcher gets exactly what V2 says, each event once, until the
// event that takes their access. What they should get is worked out from the whole state before and after each event; the
// watchers themselves see nothing but the events.

// soul is somebody, with an account or as a guest of one device.
type soul struct {
	id      string // of the account; empty: none
	manager role.ManagerRole
	seats   []*seat
}

// seat is a place as the state has it.
type seat struct {
	participant, invitation string
	session                 *sitting
	account                 bool
	role                    role.RoomRole
	state                   participant.State
	revoked                 bool // the invitation gives it no longer
	redeemed                time.Time
}

// sitting is a session as the state has it.
type sitting struct {
	id    string
	state string
	ended time.Time
}

// stance is how somebody stands, from the state alone.
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

// tried is one stream of a soul, with what it should give.
type tried struct {
	soul    *soul
	watcher *Watcher
	from    int // the standing of its beginning holds up to this revision
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

// own is the seat that counts: the current session's first, a guest's before a member's.
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

// entitled is V2, word for word.
func (as stance) entitled(e *ent.Event) bool {
	switch live.Kind(e.Kind) { //nolint:exhaustive // the others change nobody's place
	case live.RoomUpdated, live.RoomDeleted, live.SessionScheduled, live.SessionRescheduled, live.SessionStarted, live.SessionEnded,
		live.SessionCancelled:
		return true
	case live.RolePromoted, live.RoleDemoted:
		return as.inRoom || as.manages
	case live.ParticipantChanged:
		return as.manages || as.moderates || as.inRoom && e.Detail.Role != role.Viewer
	case live.ParticipantRemoved, live.RoleDelivered:
		return as.manages || as.moderates
	}
	return as.manages
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

// open begins a stream behind a revision of the past.
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

// row is the seat as the database would have it.
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

// meet gives the watcher an event and holds what it says against what it should.
func (s *tried) meet(c *chance, e *ent.Event, sees, ends bool) {
	if e.Revision != s.at+1 {
		c.t.Fatalf("revision %d follows %d", e.Revision, s.at)
	}
	s.at = e.Revision
	got, as, ended := s.watcher.Meet(e)
	if got != sees || ended != ends {
		c.t.Fatalf("%+v\nof which %+v at %d sees %v and is out %v: want %v, %v", e, *s.watcher, s.from, got, ended, sees, ends)
	}
	if want := s.begun; got && e.Revision <= s.from && (as == Managers) != want.manages {
		c.t.Fatalf("%+v is shown as to audience %d", e, as)
	}
	s.ended = ended
}

// happen changes the state and lets everyone know.
func (c *chance) happen(e ent.Event, change func()) {
	e.Revision, e.At = len(c.log)+1, c.now
	before := make([]stance, len(c.streams))
	for i, s := range c.streams {
		before[i] = c.stance(s.soul)
	}
	change()
	c.log = append(c.log, &e)
	open := c.streams[:0]
	for i, s := range c.streams {
		if !before[i].sees { // the clock took it
			s.meet(c, &e, false, true)
			continue
		}
		concerned := s.concerns(&e)
		s.learn()
		s.meet(c, &e, before[i].entitled(&e) || concerned || s.concerns(&e) && e.Kind == string(live.InvitationRedeemed),
			!c.stance(s.soul).sees || c.deleted)
		if !s.ended {
			open = append(open, s)
		}
	}
	c.streams = open
}

func (c *chance) about(kind live.Kind, p *soul, s *seat) ent.Event {
	e := ent.Event{Kind: string(kind), ParticipantID: s.participant, SessionID: s.session.id}
	if s.account {
		e.UserID = p.id
	}
	return e
}

func (c *chance) move(p *soul, s *seat, to participant.State) {
	if s.state == to {
		return
	}
	e := c.about(live.ParticipantChanged, p, s)
	e.Detail.PreviousState, e.Detail.State, e.Detail.Role = string(s.state), string(to), s.role
	c.happen(e, func() { s.state = to })
}

func (c *chance) setRole(p *soul, s *seat, to role.RoomRole) {
	kind := live.RoleDemoted
	switch {
	case to == s.role:
		return
	case to.Rank() > s.role.Rank():
		kind = live.RolePromoted
	}
	e := c.about(kind, p, s)
	e.Detail.PreviousRole, e.Detail.Role = s.role, to
	c.happen(e, func() { s.role = to })
}

func (c *chance) freshState() participant.State {
	if c.current.state == "OPEN" {
		return participant.StateLobby
	}
	return participant.StateCountdown
}

// redeem gives a soul a seat by an invitation. What is opened on a device is seen by connections that come later.
func (c *chance) redeem(p *soul) {
	if c.current.state != "OPEN" && c.current.state != "SCHEDULED" {
		return
	}
	to := role.RoomRoles[c.IntN(3)]
	joined := p.seatIn(c.current)
	switch {
	case joined == nil:
	case joined.state == participant.StateBlocked, joined.invitation != "" && !joined.revoked:
		return
	case joined.invitation != "" && !joined.account:
		c.drop(p)
	}
	if joined == nil {
		joined = &seat{participant: c.id("p"), session: c.current, account: p.id != "", role: to, state: c.freshState()}
		p.seats = append(p.seats, joined)
		if !joined.account {
			c.drop(p)
		}
		joined.revoked = true // until the event below
		joined.invitation = c.id("i")
	}
	e := c.about(live.InvitationRedeemed, p, joined)
	if joined.invitation == "" {
		e.InvitationID = c.id("i")
	} else {
		e.InvitationID = joined.invitation
	}
	e.Detail.Role = joined.role
	c.happen(e, func() { joined.invitation, joined.revoked, joined.redeemed = e.InvitationID, false, c.now })
	if to.Rank() > joined.role.Rank() {
		c.setRole(p, joined, to)
	}
}

func (p *soul) seatIn(of *sitting) *seat {
	for _, s := range p.seats {
		if s.session == of {
			return s
		}
	}
	return nil
}

func (c *chance) drop(p *soul) {
	open := c.streams[:0]
	for _, s := range c.streams {
		if s.soul != p {
			open = append(open, s)
		}
	}
	c.streams = open
}

func (c *chance) run(kind live.Kind, state string) {
	c.happen(ent.Event{Kind: string(kind), SessionID: c.current.id}, func() {
		c.current.state, c.current.ended = state, time.Time{}
		if state == "ENDED" || state == "CANCELLED" {
			c.current.ended = c.now
		}
		for _, p := range c.souls {
			for _, s := range p.seats {
				switch {
				case s.session != c.current:
				case state == "OPEN" && (s.state == participant.StateCountdown || s.state == participant.StateLeft) && !s.revoked:
					s.state = participant.StateLobby
				case state != "OPEN" && s.lively():
					s.state = participant.StateLeft
				}
			}
		}
	})
}

func (s *seat) lively() bool {
	for _, state := range movedByEnd {
		if s.state == state {
			return true
		}
	}
	return false
}

// step lets something happen.
func (c *chance) step() {
	c.now = c.now.Add(time.Duration(c.IntN(2000)) * time.Millisecond)
	p := c.souls[c.IntN(len(c.souls))]
	s := p.seatIn(c.current)
	held := s != nil && s.state != participant.StateBlocked && !s.revoked
	switch n := c.IntN(100); {
	case n < 12:
		c.open(p)
	case n < 14:
		if len(c.streams) > 0 {
			c.drop(c.streams[c.IntN(len(c.streams))].soul)
		}
	case n < 32:
		c.enter(p, s, held)
	case n < 38 && held && s.state == participant.StateInRoom:
		c.move(p, s, participant.StateLeft)
	case n < 52 && held:
		c.setRole(p, s, role.RoomRoles[c.IntN(3)])
	case n < 62:
		c.redeem(p)
	case n < 65 && held && s.lively():
		c.happen(c.about(live.ParticipantRemoved, p, s), func() {})
		c.move(p, s, participant.StateRemoved)
	case n < 68 && held:
		e := c.about(live.ParticipantRemoved, p, s)
		e.Detail.Blocked = true
		was := s.state
		c.happen(e, func() { s.state = participant.StateBlocked })
		e = c.about(live.ParticipantChanged, p, s)
		e.Detail.PreviousState, e.Detail.State, e.Detail.Role = string(was), string(participant.StateBlocked), s.role
		c.happen(e, func() {})
	case n < 71 && s != nil && s.state == participant.StateBlocked:
		c.move(p, s, participant.StateRemoved)
	case n < 75 && held && s.invitation != "":
		kind := []live.Kind{live.InvitationRevoked, live.DeviceReleased, live.LinkRegenerated}[c.IntN(3)]
		c.happen(ent.Event{Kind: string(kind), InvitationID: s.invitation, SessionID: s.session.id}, func() { s.revoked = true })
		if s.lively() {
			c.move(p, s, participant.StateLeft)
		}
	case n < 80 && p.id != "":
		if p.manager != "" {
			c.happen(ent.Event{Kind: string(live.ManagerRemoved), UserID: p.id}, func() { p.manager = "" })
			return
		}
		e := ent.Event{Kind: string(live.ManagerAdded), UserID: p.id}
		e.Detail.ManagerRole = role.ManagerRoles[c.IntN(4)]
		c.happen(e, func() { p.manager = e.Detail.ManagerRole })
	case n < 83:
		c.session()
	case n < 85:
		e := ent.Event{Kind: string(live.RoomUpdated)}
		next := c.IntN(2) == 0
		e.Detail.Access = map[bool]string{true: "MEMBERS", false: "INVITED"}[next]
		c.happen(e, func() { c.members = next })
	case n < 86:
		c.now = c.now.Add(31 * time.Minute)
	case n < 90 && held:
		c.happen(c.about(live.RoleDelivered, p, s), func() {})
	default:
		kinds := []live.Kind{live.InvitationCreated, live.InvitationOpened, live.HostAsked, live.RedemptionRefused, live.InvitationUpdated}
		e := ent.Event{Kind: string(kinds[c.IntN(len(kinds))]), InvitationID: c.id("i"), SessionID: c.current.id}
		if s != nil && s.invitation != "" && c.IntN(2) == 0 {
			e.InvitationID = s.invitation
		}
		c.happen(e, func() {})
	}
}

func (c *chance) enter(p *soul, s *seat, held bool) {
	if c.current.state != "OPEN" || s != nil && !held || s == nil && (p.id == "" || !c.stance(p).sees) {
		return
	}
	if s == nil {
		s = &seat{participant: c.id("p"), session: c.current, account: true, role: role.Viewer, state: participant.StateLobby, revoked: true}
		if p.manager != "" {
			s.role = role.Moderator
		}
		e := c.about(live.ParticipantChanged, p, s)
		e.Detail.PreviousState, e.Detail.State, e.Detail.Role = "LOBBY", "IN_ROOM", s.role
		p.seats = append(p.seats, s)
		c.happen(e, func() { s.state, s.revoked = participant.StateInRoom, false })
		return
	}
	c.move(p, s, []participant.State{participant.StateInRoom, participant.StateInRoom, participant.StateWaiting}[c.IntN(3)])
}

func (c *chance) session() {
	switch c.current.state {
	case "SCHEDULED":
		if c.IntN(4) == 0 {
			c.run(live.SessionCancelled, "CANCELLED")
			return
		}
		c.run(live.SessionStarted, "OPEN")
	case "OPEN":
		c.run(live.SessionEnded, "ENDED")
	default:
		if c.current.state == "ENDED" && c.IntN(2) == 0 {
			c.run(live.SessionStarted, "OPEN")
			return
		}
		next := &sitting{id: c.id("s"), state: "SCHEDULED"}
		c.happen(ent.Event{Kind: string(live.SessionScheduled), SessionID: next.id}, func() { c.current = next })
	}
}

func TestV2_WhateverHappensEveryoneGetsWhatIsTheirsOnceAndNothingElse(t *testing.T) {
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
		c.happen(ent.Event{Kind: string(live.RoomDeleted)}, func() { c.deleted = true })
		if len(c.streams) > 0 {
			t.Fatalf("seed %d: %d streams of a deleted room go on", seed, len(c.streams))
		}
		events += len(c.log)
	}
	if events < 50_000 || heard < 500_000 {
		t.Errorf("only %d events reached %d watchers", events, heard)
	}
}
