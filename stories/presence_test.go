package stories

import (
	"fmt"
	"testing"

	. "usher/sitetest"
)

// Presence is counted once for all who watch it, and each gets what their rights of that moment allow.

func TestV8_OneCountOfPresenceServesAllWatchers(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		statements := h.CountReads()
		host := h.User("ada@example.com")
		// costs returns how many statements it takes until all watchers know that somebody entered.
		costs := func(watchers int) int64 {
			room := h.Hall(host, nil)
			room.Command("startSession")
			enters, _ := room.Guest("enters@example.org", nil)
			var all []*Subscription
			for i := range watchers {
				guest, _ := room.Guest(fmt.Sprintf("guest%d@example.org", i), nil)
				o := guest.Connect().Subscribe(`subscription($room: ID!) { presence(roomId: $room) { online inRoom changed { id } } }`, Object{"room": room.ID})
				Same(t, "at first", o.Next().Data.In("presence"), Object{"online": 0.0, "inRoom": 0.0, "changed": []any{}})
				all = append(all, o)
			}
			room.Begin(enters.Watch(Watching, room.ID, room.Revision()))
			for _, o := range all {
				Same(t, "when somebody came", o.Next().Data.In("presence"), Object{"online": 1.0, "inRoom": 0.0, "changed": []any{}})
			}
			before := statements.Load()
			enters.Enter(room)
			for _, o := range all {
				Same(t, "when they entered", o.Next().Data.In("presence"), Object{"online": 1.0, "inRoom": 1.0, "changed": []any{}})
			}
			return statements.Load() - before
		}
		few, many := costs(2), costs(40)
		if many > few+5 { // the server's own work goes on meanwhile
			t.Errorf("40 watchers cost %d statements, 2 cost %d", many, few)
		}
	})
}

func TestV8_NamesInPresenceFollowTheRightsOfItsReader(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		room.Command("startSession")
		mona, id := room.Guest("mona@example.org", Object{"role": "MODERATOR"})
		mona.Enter(room)
		o := mona.Connect().Subscribe(Present, Object{"room": room.ID})
		Same(t, "at first", o.Next().Data.Int("presence.online"), 0)
		comes := func(name string) (place string, heard Object) {
			guest, place := room.Guest(name+"@example.org", Object{"firstName": name})
			room.Begin(guest.Watch(Watching, room.ID, room.Revision()))
			return place, o.Next().Data.In("presence")
		}
		vera, heard := comes("Vera")
		Same(t, "to a moderator", heard, Object{"online": 1.0, "changed": []any{map[string]any{"id": vera, "displayName": "Vera Guest", "online": true}}})
		room.Host.Must("changeRole", Object{"participantId": id, "role": "SPEAKER"}, "")
		_, heard = comes("Willa")
		Same(t, "to a speaker", heard, Object{"online": 2.0, "changed": []any{}})
		room.Host.Must("changeRole", Object{"participantId": id, "role": "MODERATOR"}, "")
		xenia, heard := comes("Xenia")
		Same(t, "to a moderator again, what is new", heard, Object{"online": 3.0, "changed": []any{map[string]any{"id": xenia, "displayName": "Xenia Guest", "online": true}}})
		room.Host.Must("removeParticipant", Object{"participantId": id, "block": true}, "")
		o.Ends()
	})
}
