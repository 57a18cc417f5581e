package stories

import (
	"testing"

	. "usher/sitetest"
)

// Somebody whose access ended opens another subscription on a connection that is still open. It ends with an error that says why.
func TestV5_ASubscriptionAfterAccessEndedIsRefusedWithACode(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		former := h.User("alan@example.com")
		room.Host.Must("addManager", Object{"roomId": room.ID, "userId": former.ID(), "role": "CO_OWNER"}, "")
		revoked, blocked := room.Invite("revoked@example.org", nil), room.Invite("blocked@example.org", nil)
		guest, kept := revoked.BearerGuest(), blocked.BearerGuest()
		place := blocked.Now().Text("participant.id")
		sockets := []struct {
			who, code string
			*Socket
		}{
			{"a manager who was removed", "NOT_FOUND", former.Connect()},
			{"a guest whose invitation was revoked", "UNAUTHENTICATED", guest.Connect()},
			{"a guest who is blocked", "UNAUTHENTICATED", kept.Connect()},
		}
		room.Host.Must("removeManager", Object{"roomId": room.ID, "userId": former.ID()}, "")
		revoked.Do("revokeInvitation")
		room.Host.Must("removeParticipant", Object{"participantId": place, "block": true}, "")
		for _, s := range sockets {
			for what, document := range map[string]string{"shared events": Watching, "events of one's own": WatchingOwn, "presence": Present} {
				o := s.Subscribe(document, Object{"room": room.ID})
				first := o.Next()
				if len(first.Errors) != 1 {
					t.Fatalf("%s watches %s and gets %s %s", s.who, what, first.Kind, first.Raw)
				}
				Same(t, s.who+" watches "+what, first.Errors[0].Text("extensions.code"), s.code)
			}
		}
	})
}
