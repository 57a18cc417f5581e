package room

import (
	"time"

	"usher/ent"
	"usher/ent/participant"
	"usher/role"
)

// What happens in the random room of TestV2_EveryoneGetsTheirEventsOnceAndNoOthers.

// What is said in the chat, and in the backchannel. Package talk has the real events.
type (
	NoteSaid      struct{ Event }
	NoteWhispered struct{ Event }
)

var (
	noteSaid = Register(Kind{
		Name: "NoteSaid", Topic: Topic("CHAT").Always, Audience: InRoom.Always,
		Show: func(_ *Happening, e Event) RoomEvent { return NoteSaid{e} },
	})
	noteWhispered = Register(Kind{
		Name: "NoteWhispered", Topic: Topic("BACKCHANNEL").Always, Audience: Speakers.Always,
		Show: func(_ *Happening, e Event) RoomEvent { return NoteWhispered{e} },
	})
)

func (c *chance) about(kind *Kind, p *visitor, s *seat) ent.Event {
	e := ent.Event{Kind: kind.Name, ParticipantID: s.participant, SessionID: s.session.id}
	if s.account {
		e.UserID = p.id
	}
	return e
}

func (c *chance) move(p *visitor, s *seat, to participant.State) {
	if s.state == to {
		return
	}
	e := c.about(participantChanged, p, s)
	e.Detail.PreviousState, e.Detail.State, e.Detail.Role = string(s.state), string(to), s.role
	c.happen(e, func() { s.state = to })
}

func (c *chance) setRole(p *visitor, s *seat, to role.RoomRole) {
	kind := roleDemoted
	switch {
	case to == s.role:
		return
	case to.Rank() > s.role.Rank():
		kind = rolePromoted
	}
	e := c.about(kind, p, s)
	e.Detail.PreviousRole, e.Detail.Role = s.role, to
	c.happen(e, func() {
		if s.role == role.Viewer {
			s.from = len(c.log) + 1 // the revision of this event
		}
		s.role = to
	})
}

func (c *chance) freshState() participant.State {
	if c.current.state == "OPEN" {
		return participant.StateLobby
	}
	return participant.StateCountdown
}

// redeem gives a visitor a seat by an invitation. Connections of a device that are open already do not see it.
func (c *chance) redeem(p *visitor) {
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
	e := c.about(invitationRedeemed, p, joined)
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

func (p *visitor) seatIn(of *modelSession) *seat {
	for _, s := range p.seats {
		if s.session == of {
			return s
		}
	}
	return nil
}

func (c *chance) drop(p *visitor) {
	open := c.streams[:0]
	for _, s := range c.streams {
		if s.visitor != p {
			open = append(open, s)
		}
	}
	c.streams = open
}

func (c *chance) run(kind *Kind, state string) {
	c.happen(ent.Event{Kind: kind.Name, SessionID: c.current.id}, func() {
		c.current.state, c.current.ended = state, time.Time{}
		if state == "ENDED" || state == "CANCELLED" {
			c.current.ended = c.now
		}
		for _, p := range c.visitors {
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

// step makes one random thing happen.
func (c *chance) step() {
	c.now = c.now.Add(time.Duration(c.IntN(2000)) * time.Millisecond)
	p := c.visitors[c.IntN(len(c.visitors))]
	s := p.seatIn(c.current)
	held := s != nil && s.state != participant.StateBlocked && !s.revoked
	switch n := c.IntN(100); {
	case n < 12:
		c.open(p)
	case n < 14:
		if len(c.streams) > 0 {
			c.drop(c.streams[c.IntN(len(c.streams))].visitor)
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
		c.happen(c.about(participantRemoved, p, s), func() {})
		c.move(p, s, participant.StateRemoved)
	case n < 68 && held:
		e := c.about(participantRemoved, p, s)
		e.Detail.Blocked = true
		was := s.state
		c.happen(e, func() { s.state = participant.StateBlocked })
		e = c.about(participantChanged, p, s)
		e.Detail.PreviousState, e.Detail.State, e.Detail.Role = string(was), string(participant.StateBlocked), s.role
		c.happen(e, func() {})
	case n < 71 && s != nil && s.state == participant.StateBlocked:
		c.move(p, s, participant.StateRemoved)
	case n < 75 && held && s.invitation != "":
		kind := []*Kind{invitationRevoked, deviceReleased, linkRegenerated, deviceMoved}[c.IntN(4)]
		if kind == deviceMoved {
			e := c.about(deviceMoved, p, s)
			e.InvitationID = s.invitation
			if c.happen(e, func() { s.revoked = !s.account }); s.account {
				return
			}
			kind = deviceReleased // the other device's, so that this one can redeem again
		}
		c.happen(ent.Event{Kind: kind.Name, InvitationID: s.invitation, SessionID: s.session.id}, func() { s.revoked = true })
		if s.lively() {
			c.move(p, s, participant.StateLeft)
		}
	case n < 80 && p.id != "":
		if p.manager != "" {
			c.happen(ent.Event{Kind: managerRemoved.Name, UserID: p.id}, func() { p.manager = "" })
			return
		}
		e := ent.Event{Kind: managerAdded.Name, UserID: p.id}
		e.Detail.ManagerRole = role.ManagerRoles[c.IntN(4)]
		c.happen(e, func() { p.manager = e.Detail.ManagerRole })
	case n < 83:
		c.session()
	case n < 85:
		e := ent.Event{Kind: roomUpdated.Name}
		next := c.IntN(2) == 0
		e.Detail.Access = map[bool]string{true: "MEMBERS", false: "INVITED"}[next]
		c.happen(e, func() { c.members = next })
	case n < 86:
		c.now = c.now.Add(31 * time.Minute)
	case n < 90 && held:
		c.happen(c.about(roleDelivered, p, s), func() {})
	case n < 95:
		for range 1 + c.IntN(8) {
			c.happen(ent.Event{Kind: []*Kind{noteSaid, noteWhispered}[c.IntN(2)].Name, SessionID: c.current.id}, func() {})
		}
	default:
		kinds := []*Kind{invitationCreated, invitationOpened, hostAsked, redemptionRefused, invitationUpdated}
		e := ent.Event{Kind: kinds[c.IntN(len(kinds))].Name, InvitationID: c.id("i"), SessionID: c.current.id}
		if s != nil && s.invitation != "" && c.IntN(2) == 0 {
			e.InvitationID = s.invitation
		}
		c.happen(e, func() {})
	}
}

func (c *chance) enter(p *visitor, s *seat, held bool) {
	if c.current.state != "OPEN" || s != nil && !held || s == nil && (p.id == "" || !c.entitlement(p).sees) {
		return
	}
	if s == nil {
		s = &seat{participant: c.id("p"), session: c.current, account: true, role: role.Viewer, state: participant.StateLobby, revoked: true}
		if p.manager != "" {
			s.role = role.Moderator
		}
		e := c.about(participantChanged, p, s)
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
			c.run(sessionCancelled, "CANCELLED")
			return
		}
		c.run(sessionStarted, "OPEN")
	case "OPEN":
		c.run(sessionEnded, "ENDED")
	default:
		if c.current.state == "ENDED" && c.IntN(2) == 0 {
			c.run(sessionStarted, "OPEN")
			return
		}
		next := &modelSession{id: c.id("s"), state: "SCHEDULED"}
		c.happen(ent.Event{Kind: sessionScheduled.Name, SessionID: next.id}, func() { c.current = next })
	}
}
