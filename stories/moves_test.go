package stories

import (
	"testing"

	. "usher/sitetest"
)

// What the events of a session say about the places in it. A client applies it to its own place, without asking again.

const moving = `subscription($room: ID!, $after: Int) { roomEvents(roomId: $room, after: $after) { __typename
	... on SessionStarted { session { id } moves { from to } }
	... on SessionEnded { session { id } moves { from to } }
	... on SessionCancelled { session { id } moves { from to } } } }`

func TestP1_TheEventOfASessionSaysWhichStatesBecameWhich(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), Object{"admission": "APPROVAL"})
		// places reads everyone's state, by name.
		places := func() map[string]string {
			states := map[string]string{}
			for _, p := range room.Host.MustAsk(`query($id: ID!) { room(id: $id) { participants(first: 50) { nodes { displayName state } } } }`,
				Object{"id": room.ID}).List("room.participants.nodes") {
				states[p.Text("displayName")] = p.Text("state")
			}
			return states
		}
		watch := room.Host.Watch(moving, room.ID, room.Revision())
		// tells runs a command and applies its event to what was before. It returns what is in each state then.
		tells := func(command, kind string) map[string]string {
			t.Helper()
			before, session := places(), room.Session
			room.Command(command)
			event := watch.Event()
			for event.Text("__typename") != kind {
				event = watch.Event()
			}
			Same(t, "the session of "+kind, event.Text("session.id"), session)
			applied := map[string]string{}
			for name, state := range before {
				applied[name] = state
				for _, move := range event.List("moves") {
					if move.Text("from") == state {
						applied[name] = move.Text("to")
					}
				}
			}
			Same(t, "the places, as "+kind+" tells", applied, places())
			return applied
		}
		seats := map[string]*Client{}
		ids := map[string]string{}
		for _, name := range []string{"In", "Out", "Waits", "Stays", "Denied", "Gone", "Blocked"} {
			seats[name], ids[name] = room.Guest(name+"@example.org", Object{"firstName": name})
		}
		tells("startSession", "SessionStarted")
		for _, name := range []string{"In", "Out", "Waits", "Denied"} {
			seats[name].Enter(room)
		}
		for _, name := range []string{"In", "Out"} {
			room.Host.Must("admitParticipant", Object{"participantId": ids[name]}, "")
		}
		seats["Out"].Must("leaveRoom", Object{"roomId": room.ID}, "")
		room.Host.Must("denyParticipant", Object{"participantId": ids["Denied"]}, "")
		room.Host.Must("removeParticipant", Object{"participantId": ids["Gone"], "block": false}, "")
		room.Host.Must("removeParticipant", Object{"participantId": ids["Blocked"], "block": true}, "")
		met := map[string]bool{}
		for _, state := range places() {
			met[state] = true
		}
		Same(t, "states before the end", met, map[string]bool{
			"IN_ROOM": true, "LEFT": true, "WAITING": true, "LOBBY": true, "DENIED": true, "REMOVED": true, "BLOCKED": true,
		})
		tells("endSession", "SessionEnded")
		tells("startSession", "SessionStarted")

		off := h.Hall(h.User("bea@example.com"), nil)
		room = off
		watch = off.Host.Watch(moving, off.ID, off.Revision())
		off.Guest("carl@example.org", Object{"firstName": "Carl"})
		tells("cancelSession", "SessionCancelled")
	})
}

func TestP2_WhetherSomebodyAsksIsKnownForEitherAdmission(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		room.Command("startSession")
		grace, id := room.Guest("grace@example.org", nil)
		in := Object{"roomId": room.ID}
		asks := func(what string, approval, automatic bool) {
			t.Helper()
			own := grace.MustAsk(`query($id: ID!) { room(id: $id) { admission myParticipant {
				asksToEnter approval: asksToEnter(admission: APPROVAL) automatic: asksToEnter(admission: AUTOMATIC) } } }`, Object{"id": room.ID})
			now := map[string]bool{"APPROVAL": approval, "AUTOMATIC": automatic}[own.Text("room.admission")]
			Same(t, what, own.In("room.myParticipant"), Object{"asksToEnter": now, "approval": approval, "automatic": automatic})
		}
		asks("a guest in the lobby", true, false)
		room.Update(Object{"admission": "APPROVAL"})
		asks("the same guest, with approval", true, false)
		room.Host.Must("changeRole", Object{"participantId": id, "role": "MODERATOR"}, "")
		asks("a moderator", false, false)
		room.Host.Must("changeRole", Object{"participantId": id, "role": "VIEWER"}, "")
		grace.Enter(room)
		room.Host.Must("admitParticipant", Object{"participantId": id}, "")
		grace.Must("leaveRoom", in, "")
		asks("who was admitted before", false, false)
	})
}

func TestR7_ARoomSaysWhatEachRoleAllowsThere(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		guest, _ := room.Guest("grace@example.org", Object{"role": "SPEAKER"})
		check := func(what string) {
			t.Helper()
			read := guest.MustAsk(`query($id: ID!) { room(id: $id) { roles { role capabilities } myParticipant { role capabilities } } }`, Object{"id": room.ID})
			own := read.In("room.myParticipant")
			for _, of := range read.List("room.roles") {
				if of.Text("role") == own.Text("role") {
					Same(t, what, of, own)
					return
				}
			}
			t.Errorf("%s: no role %s in %v", what, own.Text("role"), read)
		}
		check("with the tools on")
		room.Update(Object{"chatAndCollaboration": false})
		check("with the tools off")
	})
}
