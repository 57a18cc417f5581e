package rights

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"usher/live/livetest"
	. "usher/sitetest"
)

// The columns of the tables of rights: who asks, and how each comes to stand so to the room that is asked about.

// asker is a column.
type asker struct {
	mark, who string
	account   string        // whose sign-in they ask with; empty: none
	arrive    func(s *seat) // how they come in, while everyone may
	then      func(s *seat) // what befalls them in the end
	access    string        // of the room; empty: INVITED
}

var askers = []asker{
	{mark: "nob", who: "nobody"},
	{mark: "str", who: "a stranger, signed in, without a place", account: "stranger"},
	{mark: "els", who: "the owner of another room", account: "elsewhere"},
	{mark: "mem", who: "a member, where access is MEMBERS", account: "member", access: "MEMBERS"},
	{mark: "vie", who: "a viewer in the room", arrive: enters("VIEWER")},
	{mark: "gue", who: "a viewer in the room, who is signed in with another account", account: "guest", arrive: enters("VIEWER")},
	{mark: "spe", who: "a speaker in the room", arrive: enters("SPEAKER")},
	{mark: "mod", who: "a moderator in the room", arrive: enters("MODERATOR")},
	{mark: "lob", who: "a moderator in the lobby", arrive: redeems("MODERATOR")},
	{mark: "lef", who: "a moderator who left", arrive: enters("MODERATOR"), then: func(s *seat) {
		s.asker.Must("leaveRoom", Object{"roomId": s.Hall.ID}, "")
	}},
	{mark: "cop", who: "a co-publisher", account: "publisher", arrive: manages("CO_PUBLISHER")},
	{mark: "coe", who: "a co-editor", account: "editor", arrive: manages("CO_EDITOR")},
	{mark: "coo", who: "a co-owner", account: "co-owner", arrive: manages("CO_OWNER")},
	{mark: "own", who: "the owner", account: "owner"},
	{mark: "adm", who: "an administrator of the site", account: "admin"},
	{mark: "rem", who: "a viewer who was removed", arrive: enters("VIEWER"), then: removed(false)},
	{mark: "blo", who: "a viewer who was blocked", arrive: enters("VIEWER"), then: removed(true)},
	{mark: "rev", who: "a viewer whose invitation was revoked", arrive: enters("VIEWER"), then: loses("revokeInvitation")},
	{mark: "rel", who: "a viewer whose device was released", arrive: enters("VIEWER"), then: loses("releaseDevice")},
}

func askerOf(mark string) asker {
	return askers[slices.IndexFunc(askers, func(who asker) bool { return who.mark == mark })]
}

func redeems(role string) func(s *seat) {
	return func(s *seat) {
		s.own = s.Invite("asker@example.org", Object{"role": role})
		with := s.own.Own()
		if !s.by.token {
			s.place = s.asker.Redeem(s.own)
			return
		}
		with["credential"], with["attemptKey"] = "BEARER", "the.askers.device.in."+s.Hall.ID
		redeemed := s.asker.Must("redeemInvitation", with, "accessToken participant { id }")
		s.asker, s.place = s.H.Bearer(redeemed.Text("accessToken")), redeemed.Text("participant.id")
	}
}

func enters(role string) func(s *seat) {
	return func(s *seat) {
		redeems(role)(s)
		s.asker.Enter(s.Hall)
	}
}

func manages(role string) func(s *seat) {
	return func(s *seat) {
		s.Host.Must("addManager", Object{"roomId": s.Hall.ID, "userId": s.cast.ids[s.who.account], "role": role}, "")
	}
}

func removed(block bool) func(s *seat) {
	return func(s *seat) { s.Host.Must("removeParticipant", Object{"participantId": s.place, "block": block}, "") }
}

func loses(by string) func(s *seat) {
	return func(s *seat) { s.own.Do(by) }
}

// carrier is how credential and question travel.
type carrier struct {
	name  string
	token bool // a bearer token over a WebSocket; else cookies over HTTP
}

var carriers = []carrier{{"with cookies over HTTP", false}, {"with a token over a WebSocket", true}}

// cast are the accounts of a house, each signed in by cookie and by token, and somebody who asks for nothing.
type cast struct {
	*House
	cookies, tokens map[string]*Client
	ids             map[string]string
}

func newCast(h *House) *cast {
	h.T.Helper()
	c := &cast{h, map[string]*Client{}, map[string]*Client{}, map[string]string{}}
	add := func(account string, flags ...string) {
		c.tokens[account] = h.User(account+"@example.com", flags...)
		c.ids[account] = c.tokens[account].MustAsk(`{ me { user { id } } }`, nil).Text("me.user.id")
	}
	add("somebody")
	add("host")
	add("deputy")
	for _, who := range askers {
		switch who.account {
		case "":
			continue
		case "admin":
			add(who.account, "--admin")
		default:
			add(who.account)
		}
		c.cookies[who.account] = h.Browser()
		c.cookies[who.account].Must("signIn", Object{"email": who.account + "@example.com", "password": Password}, "")
	}
	h.Hall(c.tokens["elsewhere"], nil)
	return c
}

// seat is a room with one asker, and with others in its open session whom the asker may ask about.
type seat struct {
	*Hall
	cast  *cast
	who   asker
	by    carrier
	asker *Client
	own   *Ticket // the asker's invitation, if any
	place string  // the participant by it

	socket  *Socket
	others  map[string]*Ticket
	places  map[string]string
	written map[string]string // the ids of messages, questions and interactions
}

// Seat sets a room, which a deputy manages too and is in: vera, sam and mona are there as viewer, speaker and moderator, wanda
// and walt wait to be, and spare is invited. Each has the email of their name. Vera wrote a message, and another one that is hidden. Sam
// answered the first, which is pinned, and wrote in the backchannel. Vera asked a question, Mona an anonymous one that was answered
// privately, and Sam one that waits.
func (c *cast) Seat(who asker, by carrier) *seat {
	c.T.Helper()
	s := &seat{cast: c, who: who, by: by, others: map[string]*Ticket{}, places: map[string]string{}, written: map[string]string{}}
	host, access := c.tokens["owner"], "INVITED"
	if who.access != "" { // of another owner, so that no stranger shares a room with the first
		host, access = c.tokens["host"], who.access
	}
	s.Hall = c.Hall(host, Object{"access": access, "description": "All hands", "endsAt": Stamp(c.Now().Add(2 * time.Hour))})
	s.Command("startSession")
	switch s.asker = c.Browser(); {
	case who.account != "" && by.token:
		s.asker = c.tokens[who.account]
	case who.account != "":
		s.asker = c.cookies[who.account]
	}
	vera, sam := s.come("vera", "VIEWER"), s.come("sam", "SPEAKER")
	mona := s.come("mona", "MODERATOR")
	s.written["offered"] = vera.Must("offerHandOver", inRoom(s), "handOver { id }").Text("handOver.id")
	s.write(vera, "first", nil)
	s.write(sam, "reply", Object{"replyTo": s.written["first"], "mentions": []string{s.places["vera"]}})
	s.write(vera, "hidden", nil)
	s.write(sam, "back", Object{"channel": "BACKCHANNEL"})
	s.Host.Must("hideMessage", Object{"messageId": s.written["hidden"]}, "")
	sam.Must("raiseHand", Object{"roomId": s.Hall.ID, "role": "MODERATOR", "note": "I can help"}, "")
	s.Host.Must("pinMessage", Object{"messageId": s.written["reply"]}, "")
	s.question(vera, "asked", nil)
	s.question(mona, "answered", Object{"anonymous": true})
	s.Host.Must("answerQuestion", Object{"questionId": s.written["answered"], "text": "Only you", "private": true}, "")
	s.Host.Must("updateTools", Object{"roomId": s.Hall.ID, "questions": "MODERATED"}, "")
	s.question(sam, "waits", nil)
	s.Host.Must("updateTools", Object{"roomId": s.Hall.ID, "questions": "OPEN"}, "")
	s.Host.Must("addManager", Object{"roomId": s.Hall.ID, "userId": c.ids["deputy"], "role": "CO_PUBLISHER"}, "")
	s.places["deputy"] = c.tokens["deputy"].Enter(s.Hall).Text("id")
	s.vote(vera)
	if who.arrive != nil {
		who.arrive(s)
	}
	s.Update(Object{"admission": "APPROVAL"})
	s.come("wanda", "VIEWER")
	s.come("walt", "VIEWER")
	s.others["spare"] = s.Invite("spare@example.org", nil)
	if who.then != nil {
		who.then(s)
	}
	if by.token && s.asker.Bearer != "" {
		s.connect()
	}
	return s
}

// write has somebody write a message.
func (s *seat) write(who *Client, name string, more Object) {
	s.H.T.Helper()
	with := Object{"roomId": s.Hall.ID, "channel": "CHAT", "text": name, "key": "the-key-of-the-message-" + name}
	maps.Copy(with, more)
	s.written[name] = who.Must("sendMessage", with, "chatMessage { id }").Text("chatMessage.id")
}

// question has somebody ask a question.
func (s *seat) question(who *Client, name string, more Object) {
	s.H.T.Helper()
	with := Object{"roomId": s.Hall.ID, "text": name, "key": "the-key-of-the-question-" + name}
	maps.Copy(with, more)
	s.written[name] = who.Must("askQuestion", with, "question { id }").Text("question.id")
}

func (s *seat) come(name, role string) *Client {
	s.others[name] = s.Invite(name+"@example.org", Object{"role": role, "firstName": Title(name), "lastName": "Guest"})
	guest := s.H.Browser()
	s.places[name] = guest.Redeem(s.others[name])
	guest.Enter(s.Hall)
	return guest
}

// connect opens a WebSocket with the asker's token. A token that has ended opens none.
func (s *seat) connect() {
	s.H.T.Helper()
	var err error
	if s.socket, err = s.asker.TryConnect(s.H.URL); err == nil {
		return
	}
	if closed, ok := errors.AsType[*websocket.CloseError](err); !ok || closed.Code != 4401 {
		s.H.T.Errorf("%s %s: connect: %v, want it closed with 4401", s.who.who, s.by.name, err)
	}
}

// answered is the answer to one field.
type answered struct {
	code   string // of the first GraphQL error, if any
	errors []Object
	data   Object // all that was answered
	raw    string
}

// Ask sends a document by the seat's carrier.
func (s *seat) Ask(document string, variables Object) answered {
	s.H.T.Helper()
	a := answered{}
	if s.socket != nil {
		m := s.socket.Ask(document, variables)
		a.errors, a.data, a.raw = m.Errors, m.Data, m.Raw
	} else {
		r := s.asker.Ask(document, variables)
		a.data, a.raw = r.Data, r.Raw
		for _, e := range r.Errors {
			a.errors = append(a.errors, Object{"path": e.Path, "extensions": map[string]any(e.Extensions)})
		}
	}
	if len(a.errors) > 0 {
		a.code = a.errors[0].Text("extensions.code")
	}
	return a
}

// forEachAsker runs a story for each asker and carrier, in a seat of its own.
func (c *cast) forEachAsker(t *testing.T, story func(t *testing.T, s *seat)) {
	for _, by := range carriers {
		for _, who := range askers {
			if by.token && (who.mark == "nob" || who.mark == "gue") {
				continue // there is none, or not room for two
			}
			t.Run(fmt.Sprintf("%s %s", who.who, by.name), func(t *testing.T) {
				if by != carriers[0] {
					livetest.Long(t)
				}
				story(t, c.Seat(who, by))
			})
		}
	}
}

// redeemingSpare redeems a link that nobody has redeemed, or asks for its code.
func redeemingSpare(s *seat) Object {
	k := s.others["spare"]
	return Object{"token": k.Token, "email": k.Email, "credential": "BEARER", "attemptKey": "a.device.in." + s.Hall.ID}
}
