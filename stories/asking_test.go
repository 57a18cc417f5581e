package stories

import (
	"fmt"
	"slices"
	"testing"
	"time"

	. "usher/sitetest"
)

func TestEveryRequestToTheHostIsListedWhoAskedFirst(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		list := `query($id: ID!, $after: Cursor) { room(id: $id) { invitations(asking: true, first: 2, after: $after) {
			totalCount nodes { email } pageInfo { hasNextPage endCursor }
		} } }`
		read := func() []string {
			return pages(room.Host, list, "room.invitations", "email", Object{"id": room.ID}, func(int) {})
		}
		Same(t, "nobody asks", read(), []string{})
		asked := []string{}
		tickets := map[string]*Ticket{}
		for n := range 5 {
			email := fmt.Sprintf("guest%d@example.org", n)
			tickets[email] = room.Invite(email, nil)
			tickets[email].Renewed()
			asked = append(asked, email)
		}
		slices.Reverse(asked) // not the order of the invitations
		for _, email := range asked {
			h.Advance(time.Minute)
			h.Browser().Must("askHost", Object{"token": tickets[email].Token}, "")
		}
		room.Invite("quiet@example.org", nil)
		Same(t, "five ask", read(), asked)
		tickets[asked[1]].Do("regenerateLink")
		h.Browser().Must("askHost", Object{"token": tickets[asked[0]].Token}, "")
		Same(t, "one was answered, one asks again", read(), []string{asked[2], asked[3], asked[4], asked[0]})
		h.Advance(24*time.Hour - time.Minute)
		Same(t, "requests end after a day", read(), []string{asked[4], asked[0]})
	})
}
