package stories

import (
	"testing"
	"time"

	. "usher/sitetest"
)

// suggested returns the emails of the people who are found, with their last role and the role of the current session.
func suggested(c *Client, room *Hall, query string) (found []string) {
	data := c.MustAsk(`query($id: ID!, $query: String!) { invitedBefore(roomId: $id, query: $query) { last { email role } invitation { role } } }`,
		Object{"id": room.ID, "query": query})
	for _, one := range data.List("invitedBefore") {
		line := one.Text("last.email") + " " + one.Text("last.role")
		if now := one.In("invitation"); now != nil {
			line += ", now " + now.Text("role")
		}
		found = append(found, line)
	}
	return found
}

func TestI11_PeopleWhoWereInvitedBeforeAreFound(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		s := newStage(h)
		room, other := h.Hall(s.host, nil), h.Hall(s.host, nil)
		foreign := h.Hall(s.admin, nil)
		foreign.Invite("sam@foreign.example", Object{"firstName": "Sam"})
		other.Invite("sam@other.example", Object{"firstName": "Sám", "role": "SPEAKER"})
		h.Advance(time.Second)
		other.Invite("sam.rivers@example.org", Object{"firstName": "Sam"})
		room.Invite("sam.rivers@example.org", Object{"firstName": "Sam", "lastName": "O’Brien", "role": "MODERATOR"})
		room.Command("startSession")
		room.Command("endSession")
		room.Host.Must("scheduleSession", Object{"roomId": room.ID, "startsAt": Stamp(h.Now().Add(time.Hour))}, "")
		Same(t, "this room first, each email once", suggested(s.host, room, "sam"), []string{"sam.rivers@example.org MODERATOR", "sam@other.example SPEAKER"})
		Same(t, "words in any order, without accents", suggested(s.host, room, "brien SA"), []string{"sam.rivers@example.org MODERATOR"})
		Same(t, "one letter", suggested(s.host, room, "s"), []string(nil))
		Same(t, "a word within", suggested(s.host, room, "ivers"), []string(nil))
		room.Invite("sam@other.example", Object{"firstName": "Sam"})
		Same(t, "invited by now", suggested(s.host, room, "sam"), []string{"sam@other.example VIEWER, now VIEWER", "sam.rivers@example.org MODERATOR"})
		Same(t, "an administrator sees the room's", suggested(s.admin, room, "sam"),
			[]string{"sam@other.example VIEWER, now VIEWER", "sam.rivers@example.org MODERATOR", "sam@foreign.example VIEWER"})

		// A room that is managed no longer, a deleted one and a disabled account show nothing.
		other.Host.Must("deleteRoom", Object{"roomId": other.ID}, "")
		third := h.Hall(s.host, nil)
		Same(t, "of the deleted room", suggested(s.host, third, "sam"),
			[]string{"sam@other.example VIEWER", "sam.rivers@example.org MODERATOR"})
		h.User("lena@example.com")
		room.Invite("lena@example.com", nil)
		Same(t, "an account", suggested(s.host, room, "lena"), []string{"lena@example.com VIEWER, now VIEWER"})
		h.Disable("lena@example.com")
		Same(t, "a disabled account", suggested(s.host, room, "lena"), []string(nil))
	})
}
