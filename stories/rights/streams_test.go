package rights

import (
	"slices"
	"testing"

	. "usher/sitetest"
)

// What a subscription tells whom, and how it ends: that it may begin is the table of rights'.

// hearsWhatTheyRead holds the list of a room's events to its stream: the same ones, in the other direction.
func hearsWhatTheyRead(t *testing.T, roomID string, asker *Client) {
	t.Helper()
	read := asker.MustAsk(`query($id: ID!) { room(id: $id) { events(first: 200) { __typename id } } }`, Object{"id": roomID})
	if read["room"] == nil {
		return
	}
	ids, kinds := read.Texts("room.events", "id"), read.Texts("room.events", "__typename")
	slices.Reverse(ids)
	slices.Reverse(kinds)
	o := asker.Watch(`subscription($room: ID!, $after: Int) { roomEvents(roomId: $room, after: $after) { __typename id } }`, roomID, 0)
	defer o.Complete()
	for i, id := range ids {
		if heard := o.Event(); heard.Text("id") != id {
			t.Errorf("the %d. event heard is %v, read was %s %s", i+1, heard, kinds[i], id)
			return
		}
	}
	o.Silent()
}

func TestV4_TheListOfEventsMatchesTheStream(t *testing.T) {
	t.Parallel()
	h := StartHouse(t)
	host := h.User("host@example.com")
	t.Run("a guest of two sessions", func(t *testing.T) {
		room, grace := h.Hall(host, nil), h.Browser()
		first := grace.Redeem(room.Invite("grace@example.org", nil))
		room.Command("startSession")
		grace.Enter(room)
		host.Must("changeRole", Object{"participantId": first, "role": "SPEAKER"}, "")
		room.Command("endSession")
		next := host.Must("scheduleSession", Object{"roomId": room.ID, "startsAt": Stamp(h.Now())}, "session { id }").Text("session.id")
		grace.Redeem(room.Invite("grace@example.org", nil))
		host.Must("startSession", Object{"sessionId": next}, "")
		grace.Enter(room)
		hearsWhatTheyRead(t, room.ID, grace)
	})
	t.Run("a member who managed the room", func(t *testing.T) {
		room, ada := h.Hall(host, Object{"access": "MEMBERS"}), h.User("ada@example.com")
		id := ada.MustAsk(`{ me { user { id } } }`, nil).Text("me.user.id")
		host.Must("addManager", Object{"roomId": room.ID, "userId": id, "role": "CO_EDITOR"}, "")
		room.Command("startSession")
		host.Must("removeManager", Object{"roomId": room.ID, "userId": id}, "")
		hearsWhatTheyRead(t, room.ID, ada)
	})
}

func TestV5_AStreamEndsWithTheEventThatExplainsIt(t *testing.T) {
	t.Parallel()
	h := StartHouse(t)
	c := newCast(h)
	byOwner := func(name string, with func(s *seat) Object) func(s *seat) {
		return func(s *seat) { s.Host.Must(name, with(s), "") }
	}
	ofTheirs := func(s *seat) Object { return Object{"invitationId": s.own.ID} }
	theirPlace := func(s *seat) Object { return Object{"participantId": s.place, "block": false} }
	blocked := and(theirPlace, Object{"block": true})
	theirAccount := func(s *seat) Object { return Object{"roomId": s.Hall.ID, "userId": s.cast.ids[s.who.account]} }
	for _, way := range []struct {
		name, who string
		happens   func(s *seat)
		hears     []string
		goesOn    bool
		closed    int // with this code; 0: the connection stays
	}{
		{"revoked", "vie", byOwner("revokeInvitation", ofTheirs), []string{"InvitationRevoked"}, false, 4403},
		{"revoked in the lobby", "lob", byOwner("revokeInvitation", ofTheirs), []string{"InvitationRevoked"}, false, 4403},
		{"released", "vie", byOwner("releaseDevice", ofTheirs), []string{"DeviceReleased"}, false, 4403},
		{"moved to another device", "vie", func(s *seat) {
			offered := s.asker.Must("offerHandOver", inRoom(s), "handOver { id url }").In("handOver")
			h.Browser().Must("askHandOver", Object{"secret": offered["url"]}, "")
			s.asker.Must("answerHandOver", Object{"id": offered["id"], "allow": true}, "")
		}, []string{"DeviceMoved"}, false, 4403},
		{"given a new link", "vie", byOwner("regenerateLink", ofTheirs), []string{"LinkRegenerated"}, false, 4403},
		{"blocked", "vie", byOwner("removeParticipant", blocked), []string{"ParticipantRemoved"}, false, 4403},
		{"blocked once removed", "rem", byOwner("removeParticipant", blocked), []string{"ParticipantRemoved"}, false, 4403},
		{"removed", "vie", byOwner("removeParticipant", theirPlace), []string{"ParticipantRemoved", "ParticipantChanged"}, true, 0},
		{"a moderator removed", "mod", byOwner("removeParticipant", theirPlace), []string{"ParticipantRemoved", "ParticipantChanged"}, true, 0},
		{"a manager no longer", "coe", byOwner("removeManager", theirAccount), []string{"ManagerRemoved"}, false, 0},
		{"no member's room any more", "mem", byOwner("updateRoom", and(inRoom, Object{"access": "INVITED"})), []string{"RoomUpdated"}, false, 0},
		{"the session over", "vie", byOwner("endSession", inSession), []string{"SessionEnded"}, true, 0},
		{"the room gone, for a manager", "cop", byOwner("deleteRoom", inRoom), []string{"SessionEnded", "RoomDeleted"}, false, 0},
		{"the room gone, for a member", "mem", byOwner("deleteRoom", inRoom), []string{"SessionEnded", "RoomDeleted"}, false, 0},
		{"signed out", "own", func(s *seat) { s.asker.Must("signOut", nil, "") }, nil, false, 4401},
	} {
		for _, by := range carriers {
			t.Run(way.name+" "+by.name, func(t *testing.T) {
				who := askerOf(way.who)
				s := c.Seat(who, by)
				if way.closed == 4401 { // by a sign-in of its own
					s.asker = h.Bearer(h.MustRun("", "token", "create", "--email", who.account+"@example.com"))
				}
				socket := s.asker.Connect()
				with := Object{"room": s.Hall.ID, "after": s.Revision()}
				streams := []*Subscription{socket.Subscribe(Watching, with), socket.Subscribe(WatchingOwn, with)}
				s.Update(Object{"title": "It begins"})
				for _, o := range streams {
					o.Expect("RoomUpdated")
				}
				way.happens(s)
				for _, o := range streams {
					o.Expect(way.hears...)
					if !way.goesOn && way.closed != 4401 {
						o.Ends()
					}
				}
				if way.goesOn {
					s.Update(Object{"title": "It goes on"})
					for _, o := range streams {
						o.Expect("RoomUpdated")
					}
				}
				if way.closed != 0 {
					socket.Closes(way.closed)
					return
				}
				Same(t, "the connection", socket.Ask(`{ serverTime }`, nil).Kind, "next")
			})
		}
	}
}
