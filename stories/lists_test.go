package stories

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	. "usher/sitetest"
)

// Lists that are read page by page while what they list changes.

// pages reads a list to its end, with meanwhile called after each page, and returns a field of all its rows.
func pages(c *Client, document, path, field string, with Object, meanwhile func(page int)) (seen []string) {
	c.T.Helper()
	var after any
	for n := 1; ; n++ {
		variables := Object{"after": after}
		for name, value := range with {
			variables[name] = value
		}
		page := c.MustAsk(document, variables).In(path)
		seen = append(seen, page.Texts("nodes", field)...)
		if after = page.At("pageInfo.endCursor"); page.At("pageInfo.hasNextPage") == false {
			return seen
		}
		meanwhile(n)
	}
}

func TestPagesOfRoomsRepeatAndSkipNothing(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		ada := h.User("ada@example.com")
		rooms := map[string]*Hall{}
		add := func(title string, in time.Duration) *Hall {
			rooms[title] = h.Hall(ada, Object{"title": title, "startsAt": Stamp(h.Now().Add(in))})
			return rooms[title]
		}
		for n := range 4 {
			for _, state := range []string{"open", "to come", "over"} {
				room := add(fmt.Sprint(state, " ", n), time.Duration(n)*time.Hour)
				if state != "to come" {
					room.Command("startSession")
				}
				if state == "over" {
					room.Command("endSession")
				}
			}
		}
		want := []string{
			"open 0", "open 1", "open 2", "open 3", "to come 0", "to come 1", "to come 2", "to come 3", "over 3", "over 2", "over 1", "over 0",
		}
		list := `query($after: Cursor, $first: Int) { rooms(first: $first, after: $after) { nodes { title } pageInfo { hasNextPage endCursor } } }`
		read := func(first int, meanwhile func(page int)) []string {
			return slices.DeleteFunc(pages(ada, list, "rooms", "title", Object{"first": first}, meanwhile), func(title string) bool {
				return strings.HasPrefix(title, "new")
			})
		}
		Same(t, "at rest", read(5, func(int) {}), want)

		changes := []func(){
			func() { rooms["to come 3"].Command("startSession") }, // moves before what was read
			func() { rooms["open 0"].Command("endSession") },      // read already: moves behind
			func() { rooms["open 3"].Command("endSession") },      // on the next page
			func() { rooms["to come 2"].Command("cancelSession") },
			func() { add("new, soon", time.Minute) },
			func() { add("new, open", time.Hour).Command("startSession") },
			func() { add("new, late", 100*time.Hour) },
		}
		Same(t, "while they start, end and are made", read(2, func(page int) {
			h.Advance(time.Second)
			for _, change := range changes {
				change()
			}
			changes = nil
		}), want)
		anew := read(100, nil)
		Same(t, "read again", anew, []string{
			"open 1", "open 2", "to come 3", "to come 0", "to come 1", "open 3", "over 3", "to come 2", "over 2", "over 1", "open 0", "over 0",
		})
		Same(t, "while one is deleted", read(3, func(page int) {
			if page == 1 {
				ada.Must("deleteRoom", Object{"roomId": rooms["over 1"].ID}, "")
			}
		}), slices.DeleteFunc(anew, func(title string) bool { return title == "over 1" }))
	})
}

func TestARoomsCountsMatchItsLists(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		ada := h.User("ada@example.com")
		room, other := h.Hall(ada, Object{"admission": "APPROVAL"}), h.Hall(ada, Object{"startsAt": Stamp(h.Now().Add(2 * time.Hour))})
		other.Invite("grace@example.org", nil)
		guests := make([]*Client, 3)
		for i := range guests {
			guests[i] = h.Browser()
			guests[i].Redeem(room.Invite(fmt.Sprintf("guest%d@example.org", i), nil))
		}
		room.Invite("pending@example.org", nil)
		h.Browser().Look(room.Invite("opened@example.org", nil).Token)
		room.Invite("revoked@example.org", nil).Do("revokeInvitation")
		room.Invite("expired@example.org", Object{"expiresAt": Stamp(room.Starts.Add(time.Minute))})
		counted := func(c *Client) string {
			t.Helper()
			of := c.MustAsk(`query($id: ID!) { room(id: $id) { counts { invited waiting inRoom } } }`, Object{"id": room.ID}).In("room.counts")
			return fmt.Sprint(of.At("invited"), of.At("waiting"), of.At("inRoom"))
		}
		Same(t, "before the session", counted(ada), "6 0 0")
		h.Advance(time.Hour + 2*time.Minute)
		Same(t, "when one has expired", counted(ada), "5 0 0")
		room.Command("startSession")
		for _, guest := range guests {
			guest.Enter(room)
		}
		Same(t, "when they wait", counted(ada), "5 3 0")
		room.Update(Object{"admission": "AUTOMATIC"})
		ada.Enter(room)
		Same(t, "when they are in", counted(ada), "5 0 4")
		lists := ada.MustAsk(`query($id: ID!) { room(id: $id) {
			participants(state: [IN_ROOM]) { totalCount } invitations(status: [PENDING, OPENED, REDEEMED]) { totalCount } } }`, Object{"id": room.ID})
		Same(t, "the lists", []any{lists.At("room.invitations.totalCount"), lists.At("room.participants.totalCount")}, []any{5, 4})
		Same(t, "to a guest", guests[0].MustAsk(`query($id: ID!) { room(id: $id) { counts { invited } } }`, Object{"id": room.ID}).At("room.counts"), nil)
		room.Command("endSession")
		Same(t, "when it is over", counted(ada), "0 0 0")
	})
}

func TestParticipantsAreListedWaitingFirstThenByRoleAndName(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		room.Command("startSession")
		guests, tickets := map[string]*Client{}, 0
		come := func(first, role string) *Client {
			tickets++
			k := room.Invite(fmt.Sprintf("guest%d@example.org", tickets), Object{"firstName": first, "lastName": "Lee", "role": role})
			guests[first] = h.Browser()
			guests[first].Redeem(k)
			return guests[first]
		}
		for _, name := range []string{"Zoë", "bea", "Ada", "Émile", "Bob"} {
			come(name, "VIEWER").Enter(room)
		}
		come("Mona", "MODERATOR").Enter(room)
		come("Sam", "SPEAKER").Enter(room)
		come("Sally", "SPEAKER") // in the lobby
		room.Update(Object{"admission": "APPROVAL"})
		for _, name := range []string{"Late", "Early"} {
			come(name, "VIEWER")
		}
		for _, name := range []string{"Early", "Late"} {
			guests[name].Enter(room)
			h.Advance(time.Millisecond)
		}

		document := `query($id: ID!, $first: Int, $after: Cursor, $state: [ParticipantState!], $role: [RoomRole!], $search: String) {
			room(id: $id) { participants(first: $first, after: $after, state: $state, role: $role, search: $search) {
				totalCount nodes { displayName } pageInfo { hasNextPage endCursor } } } }`
		list := func(c *Client, with Object) string {
			with["id"] = room.ID
			found := c.MustAsk(document, with).In("room.participants")
			names := found.Texts("nodes", "displayName")
			Same(t, fmt.Sprint("the count of ", with), found.Int("totalCount"), len(names))
			return strings.ReplaceAll(fmt.Sprint(names), " Lee", "")
		}
		all := "[Early Late Mona Sally Sam Ada Bob Zoë bea Émile]"
		Same(t, "a manager's", list(room.Host, Object{}), all)
		Same(t, "a moderator's in the room", list(guests["Mona"], Object{}), all)
		Same(t, "a viewer's in the room", list(guests["Bob"], Object{}), "[Mona Sally Sam Bob]")
		Same(t, "a speaker's in the lobby", list(guests["Sally"], Object{}), "[Sally]")
		for want, with := range map[string]Object{
			"[Early Late]":       {"state": []string{"WAITING"}},
			"[Early Late Sally]": {"state": []string{"WAITING", "LOBBY"}},
			"[]":                 {"state": []string{}},
			"[Sally Sam]":        {"role": []string{"SPEAKER"}},
			"[Mona Sally Sam]":   {"role": []string{"SPEAKER", "MODERATOR"}},
			"[Sam]":              {"role": []string{"SPEAKER"}, "state": []string{"IN_ROOM"}},
			"[Bob bea]":          {"search": "b"},
			"[Ada]":              {"search": " ada LEE "},
			all:                  {"search": "lee", "state": nil, "role": nil},
			"[Émile]":            {"search": "émile"},
		} {
			Same(t, fmt.Sprint("those of ", with), list(room.Host, with), want)
		}
		Same(t, "searched for in capitals", list(room.Host, Object{"search": "ÉMILE"}), "[Émile]")
		Same(t, "a viewer finds no viewer", list(guests["Bob"], Object{"search": "Ada"}), "[]")

		for first := 1; first <= 3; first++ {
			seen := pages(room.Host, document, "room.participants", "displayName", Object{"id": room.ID, "first": first}, func(page int) {
				if page%2 == 1 {
					come(fmt.Sprint("New", tickets), []string{"VIEWER", "SPEAKER", "MODERATOR"}[page%3])
				}
			})
			seen = slices.DeleteFunc(seen, func(name string) bool { return strings.HasPrefix(name, "New") })
			Same(t, fmt.Sprintf("by %d, while others come", first), strings.ReplaceAll(fmt.Sprint(seen), " Lee", ""), all)
		}
	})
}

func TestPagesOfSessionsAndEventsRepeatAndSkipNothing(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		again := func() {
			id := room.Host.MustAsk(`query($id: ID!) { room(id: $id) { session { id } } }`, Object{"id": room.ID}).Text("room.session.id")
			room.Host.Must("cancelSession", Object{"sessionId": id}, "")
			h.Advance(time.Millisecond)
			room.Host.Must("scheduleSession", Object{"roomId": room.ID, "startsAt": Stamp(h.Now())}, "")
		}
		for range 4 {
			again()
		}
		document := `query($id: ID!, $first: Int, $after: Cursor) { room(id: $id) { sessions(first: $first, after: $after) {
			totalCount nodes { id startsAt } pageInfo { hasNextPage endCursor } } } }`
		with := Object{"id": room.ID, "first": 100}
		want := pages(room.Host, document, "room.sessions", "id", with, nil)
		Same(t, "how many", len(want), 5)
		with["first"] = 2
		Same(t, "sessions, while others are planned", pages(room.Host, document, "room.sessions", "id", with, func(int) { again() }), want)

		events := func(first int, before any) []string {
			return room.Host.MustAsk(`query($id: ID!, $first: Int, $before: Int) { room(id: $id) { events(first: $first, before: $before) { revision } } }`,
				Object{"id": room.ID, "first": first, "before": before}).Texts("room.events", "revision")
		}
		newest := room.Revision()
		var seen []string
		for before := any(newest + 1); ; {
			page := events(3, before)
			if len(page) == 0 {
				break
			}
			seen = append(seen, page...)
			before = mustInt(t, page[len(page)-1])
			room.Update(Object{"title": fmt.Sprint("Title ", len(seen))})
		}
		var all []string
		for revision := newest; revision > 0; revision-- {
			all = append(all, fmt.Sprint(revision))
		}
		Same(t, "events, while others happen", seen, all)
	})
}

func TestPagesOfInvitationsRepeatAndSkipNothing(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		emails := map[string][]string{}
		invite := func(status string, with Object) *Ticket {
			h.Advance(time.Millisecond)
			email := fmt.Sprintf("%s%d@example.org", strings.ToLower(status), len(emails[status]))
			emails[status] = slices.Insert(emails[status], 0, email)
			emails["all"] = slices.Insert(emails["all"], 0, email)
			return room.Invite(email, with)
		}
		for range 3 {
			invite("PENDING", nil)
			opened := invite("OPENED", nil)
			h.Browser().Look(opened.Token)
			h.WaitUntil("the look is noted", func() bool { return opened.Status() == "OPENED" })
			h.Browser().Redeem(invite("REDEEMED", nil))
			invite("REVOKED", nil).Do("revokeInvitation")
			invite("EXPIRED", Object{"expiresAt": Stamp(room.Starts)})
		}
		h.Set(room.Starts.Add(time.Millisecond))
		document := `query($id: ID!, $after: Cursor, $first: Int, $status: [InvitationStatus!]) { room(id: $id) {
			invitations(first: $first, after: $after, status: $status) { nodes { email status } pageInfo { hasNextPage endCursor } } } }`
		want, newcomers := maps.Clone(emails), 0
		for status, all := range want {
			with := Object{"id": room.ID, "first": 2, "status": []string{status}}
			if status == "all" {
				delete(with, "status")
			}
			seen := pages(room.Host, document, "room.invitations", "email", with, func(int) {
				newcomers++
				h.Advance(time.Millisecond)
				room.Invite(fmt.Sprintf("new%d@example.org", newcomers), nil)
			})
			seen = slices.DeleteFunc(seen, func(email string) bool { return strings.HasPrefix(email, "new") })
			Same(t, "those of "+status+", while others are invited", seen, all)
		}
	})
}

func mustInt(t *testing.T, text string) (n int) {
	t.Helper()
	if _, err := fmt.Sscan(text, &n); err != nil {
		t.Fatal(err)
	}
	return n
}
