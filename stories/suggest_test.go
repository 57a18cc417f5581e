package stories

import (
	"testing"

	. "usher/sitetest"
)

func TestI13_AnAddressThatLooksLikeASlipGetsASuggestion(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		host := h.User("ada@example.com")
		room := h.Hall(host, nil)
		h.Account("known@gmial.com")
		read := func(typed string) any {
			t.Helper()
			return host.MustAsk(`query($t: String!) { readAddress(text: $t) { ... on ReadAddress { suggestion } } }`, Object{"t": typed}).At("readAddress.suggestion")
		}
		Same(t, "a slip", read("Noor Haddad <Noor@Gmial.com>"), "noor@gmail.com")
		Same(t, "no slip", read("noor@gmail.com"), nil)
		Same(t, "another domain", read("noor@example.org"), nil)
		rows := []Object{}
		for _, email := range []string{"noor@gmial.com", "noor@gmail.com", "known@gmial.com", "noor"} {
			rows = append(rows, Object{"email": email, "firstName": "Noor", "lastName": "Haddad"})
		}
		preview := host.MustAsk(`query($room: ID!, $rows: [InviteRow!]) { invitePreview(roomId: $room, rows: $rows, role: VIEWER) {
			... on InvitePreviewSuccess { rows { outcome suggestion } } } }`, Object{"room": room.ID, "rows": rows})
		Same(t, "the rows", preview.At("invitePreview.rows"), []Object{
			{"outcome": "READY", "suggestion": "noor@gmail.com"},
			{"outcome": "READY", "suggestion": nil},
			{"outcome": "READY", "suggestion": nil},
			{"outcome": "REFUSED", "suggestion": nil},
		})
		room.Invite("noor@gmial.com", nil) // it blocks nothing
	})
}
