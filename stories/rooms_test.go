package stories

import (
	"slices"
	"strings"
	"testing"
	"time"

	. "usher/sitetest"
)

// Rooms and their sessions are created, updated, opened, ended, opened again and deleted.

func TestARoomIsCreatedUpdatedAndDeleted(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		ada := h.User("ada@example.com")
		starts := h.Now().Add(time.Hour)
		room := ada.Must("createRoom", Object{"title": "  Town hall ", "startsAt": starts.In(time.FixedZone("", 3600)).Format(time.RFC3339Nano)},
			`room { id title description timeZone chatAndCollaboration access admission myManagerRole canInvite myParticipant { id } revision
			managers { role user { name email } } session { state startsAt endsAt openedAt } }`).In("room")
		Same(t, "the room", []any{room["title"], room["description"], room["timeZone"], room["chatAndCollaboration"], room["access"], room["admission"]},
			[]any{"Town hall", "", "UTC", true, "INVITED", "AUTOMATIC"})
		Same(t, "who made it", []any{room["myManagerRole"], room["canInvite"], room["myParticipant"], room["managers"]},
			[]any{"OWNER", true, nil, []any{Object{"role": "OWNER", "user": Object{"email": "ada@example.com", "name": "Ada Host"}}}})
		Same(t, "its session", room["session"], map[string]any{"state": "SCHEDULED", "startsAt": Stamp(starts), "endsAt": nil, "openedAt": nil})
		id := room.Text("id")

		updated := ada.Must("updateRoom", Object{
			"roomId": id, "title": "Hall", "description": "a\r\nb", "timeZone": "Europe/Paris", "access": "MEMBERS", "admission": "APPROVAL", "chatAndCollaboration": false,
		}, "room { title description timeZone access admission chatAndCollaboration canInvite }").In("room")
		Same(t, "all of it changed", []any{updated["title"], updated["description"], updated["timeZone"], updated["access"], updated["admission"], updated["canInvite"]},
			[]any{"Hall", "a\nb", "Europe/Paris", "MEMBERS", "APPROVAL", false})
		hall := &Hall{H: h, Host: ada, ID: id}
		before := hall.Revision()
		hall.Update(Object{"title": "Hall", "timeZone": nil, "access": "MEMBERS"})
		Same(t, "an update that changes nothing writes no event (S4)", hall.Revision(), before)

		ada.Must("deleteRoom", Object{"roomId": id}, "roomId")
		Same(t, "the room is gone", ada.MustAsk(`query($id: ID!) { room(id: $id) { id } node(id: $id) { id } rooms { totalCount } }`, Object{"id": id}),
			Object{"room": nil, "node": nil, "rooms": map[string]any{"totalCount": 0}})
		ada.Fails("NOT_FOUND", "deleteRoom", Object{"roomId": id})
		Same(t, "what happened", hall.Kinds(0), []string{"SessionScheduled", "RoomUpdated", "RoomDeleted"})
	})
}

func TestV3_DeletingARoomEndsItsOpenSessionFirst(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		grace := h.Browser()
		grace.Redeem(room.Invite("grace@example.org", nil))
		room.Command("startSession")
		before := room.Revision()
		room.Host.Must("deleteRoom", Object{"roomId": room.ID}, "")
		Same(t, "what happened", room.Kinds(before), []string{"SessionEnded", "RoomDeleted"})
		Same(t, "the guest's places", grace.MustAsk(`{ me { participants { id } } }`, nil).List("me.participants"), []string{})
	})
}

func TestE2_ValuesAreAcceptedUpToTheirLimit(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		ada := h.User("ada@example.com")
		room := h.Hall(ada, nil)
		now := h.Now()
		at := func(d time.Duration) string { return Stamp(now.Add(d)) }
		long := func(n int) string { return strings.Repeat("ü", n) }
		for _, c := range []struct {
			name, mutation string
			with           Object
			code, field    string // none: it is accepted
		}{
			{"a title of 200 characters", "createRoom", Object{"title": long(200)}, "", ""},
			{"a title of 201 characters", "createRoom", Object{"title": long(201)}, "INVALID_VALUE", "title"},
			{"a title of blanks", "createRoom", Object{"title": "  "}, "INVALID_VALUE", "title"},
			{"a title with a bidi override", "createRoom", Object{"title": "a\u202eb"}, "INVALID_VALUE", "title"},
			{"a description of 5,000 characters", "createRoom", Object{"description": long(5000)}, "", ""},
			{"a description of 5,001 characters", "createRoom", Object{"description": long(5001)}, "INVALID_VALUE", "description"},
			{"a zone of this machine", "createRoom", Object{"timeZone": "Local"}, "INVALID_VALUE", "timeZone"},
			{"a zone that is none", "createRoom", Object{"timeZone": "Europe/Atlantis"}, "INVALID_VALUE", "timeZone"},
			{"a zone by its IANA name", "createRoom", Object{"timeZone": "America/Argentina/Buenos_Aires"}, "", ""},
			{"a start 5 min ago", "createRoom", Object{"startsAt": at(-5 * time.Minute)}, "", ""},
			{"a start 5 min and 1 ms ago", "createRoom", Object{"startsAt": at(-5*time.Minute - time.Millisecond)}, "INVALID_TIME", "startsAt"},
			{"an end at the start", "createRoom", Object{"startsAt": at(0), "endsAt": at(0)}, "INVALID_TIME", "endsAt"},
			{"an end 1 ms after the start", "createRoom", Object{"startsAt": at(0), "endsAt": at(time.Millisecond)}, "", ""},
			{"an end 24 h after the start", "createRoom", Object{"startsAt": at(0), "endsAt": at(24 * time.Hour)}, "", ""},
			{"an end 24 h and 1 ms after the start", "createRoom", Object{"startsAt": at(0), "endsAt": at(24*time.Hour + time.Millisecond)}, "INVALID_TIME", "endsAt"},
			{"a title changed to 201 characters", "updateRoom", Object{"title": long(201)}, "INVALID_VALUE", "title"},
			{"a description changed to 5,001 characters", "updateRoom", Object{"description": long(5001)}, "INVALID_VALUE", "description"},
			{"a zone changed to none", "updateRoom", Object{"timeZone": ""}, "INVALID_VALUE", "timeZone"},
			{"names of 100 characters", "inviteUser", Object{"email": "a1@example.org", "firstName": long(100), "lastName": long(100)}, "", ""},
			{"a first name of 101 characters", "inviteUser", Object{"firstName": long(101)}, "INVALID_NAME", "firstName"},
			{"a last name of 101 characters", "inviteUser", Object{"lastName": long(101)}, "INVALID_NAME", "lastName"},
			{"a name of nothing", "inviteUser", Object{"firstName": "\u200b "}, "INVALID_NAME", "firstName"},
			{"a name with a zero-width character", "inviteUser", Object{"lastName": "a\u200bb"}, "INVALID_NAME", "lastName"},
			{"an email without a dot", "inviteUser", Object{"email": "a@localhost"}, "INVALID_EMAIL", "email"},
			{"a local part of 64 characters", "inviteUser", Object{"email": strings.Repeat("a", 64) + "@example.org"}, "", ""},
			{"a local part of 65 characters", "inviteUser", Object{"email": strings.Repeat("a", 65) + "@example.org"}, "INVALID_EMAIL", "email"},
			{"two addresses", "inviteUser", Object{"email": "A <a@example.org>, b@example.org"}, "INVALID_EMAIL", "email"},
		} {
			t.Run(c.name, func(t *testing.T) {
				with := room.Invitee("nobody@example.org", nil)
				switch c.mutation {
				case "createRoom":
					with = Object{"title": "Town hall", "startsAt": at(time.Hour)}
				case "updateRoom":
					with = Object{"roomId": room.ID}
				}
				for name, value := range c.with {
					with[name] = value
				}
				if c.code == "" {
					ada.Must(c.mutation, with, "")
					return
				}
				refused := ada.Refused(c.code, c.mutation, with)
				Same(t, "the field and what to do", []any{refused["field"], refused["nextSteps"]}, []any{c.field, []string{"FIX_FIELD"}})
			})
		}
	})
}

func TestS2_ASessionOpensEndsAndOpensAgainWithin24Hours(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		grace := h.Browser()
		ticket := room.Invite("grace@example.org", nil)
		grace.Redeem(ticket)
		state := func() string { return ticket.Now().Text("participant.state") }
		refused := room.Host.Refused("SESSION_NOT_OPEN", "endSession", Object{"sessionId": room.Session})
		Same(t, "ending what never opened", []any{refused["retryAt"], refused["nextSteps"]}, []any{Stamp(room.Starts), []string{"WAIT"}})

		before := room.Revision()
		room.Command("startSession") // an hour before its time
		Same(t, "who counted down (P1)", state(), "LOBBY")
		room.Command("startSession")
		room.Command("endSession")
		Same(t, "who was there (P1)", state(), "LEFT")
		room.Command("endSession")
		Same(t, "what happened, once each (S4, P1)", room.Kinds(before), []string{"SessionStarted", "SessionEnded"})
		ended := h.Now()

		h.Set(ended.Add(24 * time.Hour))
		room.Command("startSession")
		Same(t, "who left comes back to the lobby (P1)", state(), "LOBBY")
		room.Command("endSession")
		h.Advance(24*time.Hour + time.Millisecond)
		room.Host.Refused("SESSION_ENDED", "startSession", Object{"sessionId": room.Session})
		room.Host.Refused("SESSION_ENDED", "inviteUser", room.Invitee("alan@example.org", nil))
		Same(t, "the room's session is still the last one (S1)", room.Host.MustAsk(`query($id: ID!) { room(id: $id) { session { id state } canInvite } }`, Object{"id": room.ID}),
			Object{"room": map[string]any{"canInvite": false, "session": map[string]any{"id": room.Session, "state": "ENDED"}}})
	})
}

func TestS5_TheSequenceGrowsWithEachReschedulingAndTheCancellation(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		grace := h.Browser()
		grace.Redeem(room.Invite("grace@example.org", nil))
		sequence := func(what string, want int) {
			t.Helper()
			Same(t, what, grace.MustAsk(`query($id: ID!) { room(id: $id) { session { sequence } } }`, Object{"id": room.ID}).In("room.session").Int("sequence"), want)
		}
		sequence("planned", 0)
		later := room.Starts.Add(time.Hour)
		move := Object{"sessionId": room.Session, "startsAt": Stamp(later)}
		room.Host.Must("rescheduleSession", move, "")
		sequence("moved", 1)
		room.Host.Must("rescheduleSession", move, "") // changes nothing (S4)
		room.Host.Must("updateRoom", Object{"roomId": room.ID, "title": "Another title"}, "")
		sequence("moved to the same time", 1)
		move["endsAt"] = Stamp(later.Add(90 * time.Minute))
		room.Host.Must("rescheduleSession", move, "")
		sequence("with another end", 2)
		room.Host.Refused("INVALID_TIME", "rescheduleSession", Object{"sessionId": room.Session, "startsAt": Stamp(h.Now().Add(-time.Hour))})
		sequence("after a refusal", 2)
		room.Command("cancelSession")
		room.Command("cancelSession")
		sequence("cancelled", 3)
	})
}

func TestR5_WhoMayCreateRoomsIsASetting(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		h.User("ada@example.com").Fails("FORBIDDEN", "createRoom", Object{"title": "Hall", "startsAt": Stamp(h.Now())})
		h.Browser().Fails("UNAUTHENTICATED", "createRoom", Object{"title": "Hall", "startsAt": Stamp(h.Now())})
		h.Hall(h.User("admin@example.com", "--admin"), nil)
	}, "--room-creation=admins")
}

func TestRoomsAreListedOpenOnesFirstThenByStart(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		ada, admin := h.User("ada@example.com"), h.User("admin@example.com", "--admin")
		make := func(title string, in time.Duration) *Hall {
			return h.Hall(ada, Object{"title": title, "startsAt": Stamp(h.Now().Add(in))})
		}
		over := make("over", time.Minute)
		over.Command("startSession")
		over.Command("endSession")
		make("Übermorgen", 24*time.Hour)
		make("soon", time.Hour)
		open := make("open", 48*time.Hour)
		open.Command("startSession")
		h.Hall(admin, Object{"title": "another's", "startsAt": Stamp(h.Now().Add(72 * time.Hour))})
		h.Hall(admin, Object{"title": "for members", "access": "MEMBERS", "startsAt": Stamp(h.Now().Add(96 * time.Hour))})

		titles := func(c *Client, search string) []string {
			return c.MustAsk(`query($search: String) { rooms(search: $search) { nodes { title } } }`, Object{"search": search}).Texts("rooms.nodes", "title")
		}
		Same(t, "hers and what members may enter", titles(ada, ""), []string{"open", "soon", "Übermorgen", "for members", "over"})
		Same(t, "an administrator's (R5)", titles(admin, ""), []string{"open", "soon", "Übermorgen", "another's", "for members", "over"})
		Same(t, "searched", titles(ada, " SOON "), []string{"soon"})
		Same(t, "searched in letters beyond ASCII", titles(ada, "ÜBERMORGEN"), []string{"Übermorgen"})
		Same(t, "percent signs are letters", titles(ada, "%"), []string{})

		guest := h.Browser()
		guest.Redeem(open.Invite("grace@example.org", nil))
		Same(t, "a guest's", titles(guest, ""), []string{"open"})
		Same(t, "nobody's", h.Browser().Ask(`{ rooms { totalCount } }`, nil).Code(), "UNAUTHENTICATED")

		// Pages neither miss nor repeat a room while rooms are added before them.
		var seen []string
		var after any
		for i := 0; ; i++ {
			page := ada.MustAsk(`query($after: Cursor) { rooms(first: 2, after: $after) { edges { cursor node { title } } nodes { title } totalCount
			pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`, Object{"after": after}).In("rooms")
			seen = append(seen, page.Texts("edges", "node.title")...)
			Same(t, "nodes and edges", page.Texts("nodes", "title"), page.Texts("edges", "node.title"))
			Same(t, "the ends of the page", []any{page.At("pageInfo.startCursor"), page.At("pageInfo.endCursor")},
				[]any{page.List("edges")[0]["cursor"], page.List("edges")[len(page.List("edges"))-1]["cursor"]})
			Same(t, "is there a page before", page.At("pageInfo.hasPreviousPage"), i > 0)
			if after = page.At("pageInfo.endCursor"); page.At("pageInfo.hasNextPage") == false {
				break
			}
			make("between", time.Minute)
		}
		Same(t, "the pages", slices.DeleteFunc(seen, func(s string) bool { return s == "between" }), []string{"open", "soon", "Übermorgen", "for members", "over"})
		for _, bad := range []Object{{"first": 0}, {"first": 101}, {"first": -1}, {"after": "nonsense"}, {"after": "AAAA"}} {
			Same(t, "an invalid page", ada.Ask(`query($first: Int, $after: Cursor) { rooms(first: $first, after: $after) { totalCount } }`, bad).Code(), "BAD_USER_INPUT")
		}
		Same(t, "null means the default", ada.Ask(`{ rooms(first: null, after: null, search: null) { totalCount } }`, nil).Code(), "")
	})
}

func TestOnlyAdministratorsUseTheSitePolicy(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		admin, ada := h.User("admin@example.com", "--admin"), h.User("ada@example.com")
		read := `{ sitePolicy { invitations requireSignIn moveDevices blockedDomains allowedDomains } }`
		Same(t, "at first", admin.MustAsk(read, nil)["sitePolicy"], Object{"allowedDomains": []string{}, "blockedDomains": []string{}, "invitations": true, "moveDevices": true, "requireSignIn": false})
		set := admin.Must("updateSitePolicy", Object{"blockedDomains": []string{" Z.example", "@b.example", "*.b.example", "Bücher.example"}, "requireSignIn": true},
			"sitePolicy { invitations requireSignIn blockedDomains }").In("sitePolicy")
		Same(t, "rules are kept sorted, in ASCII, once each", set, Object{"blockedDomains": []string{"b.example", "xn--bcher-kva.example", "z.example"}, "invitations": true, "requireSignIn": true})
		admin.Must("updateSitePolicy", Object{"requireSignIn": nil, "blockedDomains": nil}, "")
		Same(t, "null leaves it", admin.MustAsk(read, nil).At("sitePolicy.requireSignIn"), true)
		for _, field := range []string{"blockedDomains", "allowedDomains"} {
			Same(t, "the field of a rule that is no domain", admin.Refused("INVALID_VALUE", "updateSitePolicy", Object{field: []string{"a@b.example"}})["field"], field)
		}
		Same(t, "others may not read it", ada.Ask(read, nil).Code(), "FORBIDDEN")
		Same(t, "nobody", h.Browser().Ask(read, nil).Code(), "UNAUTHENTICATED")

		room := h.Hall(ada, nil)
		admin.Must("updateSitePolicy", Object{"invitations": false}, "")
		Same(t, "what to do", ada.Refused("INVITATIONS_OFF", "inviteUser", room.Invitee("grace@example.org", nil))["nextSteps"], []string{"CONTACT_ADMIN"})
		inviting := func(c *Client) any {
			return c.MustAsk(`query($id: ID!) { room(id: $id) { canInvite siteInvitations } }`, Object{"id": room.ID})["room"]
		}
		Same(t, "the host while they are off (R7)", inviting(ada), Object{"canInvite": false, "siteInvitations": false})
		room.Command("cancelSession")
		admin.Must("updateSitePolicy", Object{"invitations": true}, "")
		Same(t, "the host of a session that is over", inviting(ada), Object{"canInvite": false, "siteInvitations": true})
	})
}

func TestS1_ListsOfRoomsCanBeNarrowed(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		ada, grace := h.User("ada@example.com"), h.User("grace@example.com")
		coming := h.Hall(ada, Object{"title": "Coming"})
		ended := h.Hall(ada, Object{"title": "Ended", "access": "MEMBERS"})
		ended.Command("startSession")
		ended.Command("endSession")
		cancelled := h.Hall(grace, Object{"title": "Cancelled", "access": "MEMBERS"})
		cancelled.Command("cancelSession")
		list := func(c *Client, only any) []string {
			return c.MustAsk(`query($only: RoomSelection) { rooms(only: $only) { totalCount nodes { title } } }`, Object{"only": only}).
				Texts("rooms.nodes", "title")
		}
		Same(t, "all", list(ada, "ALL"), []string{"Coming", "Ended", "Cancelled"})
		Same(t, "null is all", list(ada, nil), list(ada, "ALL"))
		Same(t, "managed", list(ada, "MANAGED"), []string{"Coming", "Ended"})
		Same(t, "past", list(ada, "PAST"), []string{"Ended", "Cancelled"})
		ended.Command("startSession")
		Same(t, "past, after reopening", list(ada, "PAST"), []string{"Cancelled"})
		guest, _ := coming.Guest("sam@example.org", nil)
		Same(t, "managed, for a guest", list(guest, "MANAGED"), []string{})
	})
}
