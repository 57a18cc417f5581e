package stories

import (
	"fmt"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"usher/ent"
	"usher/ent/participant"
	"usher/live"
	"usher/live/livetest"
	"usher/role"
	. "usher/sitetest"
)

// No request costs the server much, whoever sends it. What a request allocates is exact, as nothing else runs beside these
// tests: they are not parallel. The time is a limit for safety, as machines differ: a refusal takes some milliseconds.
const (
	mostAllocated = 32 << 20 // bytes, by what is refused, or asks for one thing
	mostToAnswer  = 64 << 20 // bytes, by a document that costs nearly all it may
	mostTime      = 5 * time.Second
	mostRefused   = 64 << 10 // bytes of a refusal
)

// weigh sends a request alone and fails where it costs too much, or is answered by a fault.
func weigh(t *testing.T, c *Client, most uint64, name, document string, variables Object) *Reply {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	r := c.Ask(document, variables)
	took := time.Since(start)
	runtime.ReadMemStats(&after)
	if took > mostTime {
		t.Errorf("%s takes %v", name, took)
	}
	if allocated := after.TotalAlloc - before.TotalAlloc; allocated > most {
		t.Errorf("%s allocates %d KiB", name, allocated>>10)
	}
	if r.Status >= 500 || strings.Contains(r.Raw, "INTERNAL_SERVER_ERROR") {
		t.Errorf("%s is answered %d %.300s", name, r.Status, r.Raw)
	}
	return r
}

// mustRefuse sends a request that is refused for its size.
func mustRefuse(t *testing.T, c *Client, name, document string, variables Object) {
	t.Helper()
	r := weigh(t, c, mostAllocated, name, document, variables)
	if code := r.Code(); code != "BAD_USER_INPUT" && code != "QUERY_TOO_COMPLEX" {
		t.Errorf("%s is answered %d %.300s", name, r.Status, r.Raw)
	}
	if len(r.Raw) > mostRefused {
		t.Errorf("%s is refused in %d bytes", name, len(r.Raw))
	}
}

// crowd is a room that is full, and those who attack it.
type crowd struct {
	*Hall
	ticket  *Ticket
	place   string
	said    string // the guest's message
	asked   string // an interaction
	askers  map[string]*Client
	guest   *Client
	manager *Client
}

func newCrowd(h *House, people int) *crowd {
	h.T.Helper()
	ada, eve, mia := h.User("ada@example.com"), h.User("eve@example.com"), h.User("mia@example.com")
	room := h.Hall(ada, Object{"description": strings.Repeat("𐐷", 5000)})
	room.Command("startSession")
	c := &crowd{Hall: room, guest: h.Browser(), manager: ada}
	c.place = c.guest.Redeem(room.Invite("guest@example.org", nil))
	c.guest.Enter(room)
	c.said = c.guest.Must("sendMessage", Object{
		"roomId": room.ID, "channel": "CHAT", "text": "hello", "key": strings.Repeat("k", 22),
	}, "chatMessage { id }").Text("chatMessage.id")
	c.asked = ada.Must("createInteraction", Object{
		"roomId": room.ID, "key": strings.Repeat("k", 22), "interaction": Object{"kind": "TEXT", "title": "Where are you?"},
	}, "interaction { id }").Text("interaction.id")
	c.ticket = room.Invite("grace@example.org", nil)
	id := eve.MustAsk(`{ me { user { id } } }`, nil).Text("me.user.id")
	ada.Must("addManager", Object{"roomId": room.ID, "userId": id, "role": "CO_OWNER"}, "")
	ada.Must("removeManager", Object{"roomId": room.ID, "userId": id}, "")
	c.askers = map[string]*Client{
		"nobody": h.Browser(), "a guest": c.guest, "a member": mia, "a manager": ada, "a former manager": eve,
		"an administrator": h.User("admin@example.com", "--admin"),
	}
	err := h.Parts.Log.Write(h.T.Context(), func(tx *live.Tx) error {
		var all []*ent.ParticipantCreate
		for n := range people {
			all = append(all, tx.Participant.Create().SetRoomID(room.ID).SetSessionID(room.Session).
				SetEmail(fmt.Sprintf("person%d@example.org", n)).SetDisplayName(fmt.Sprintf("Étienne Abcdefghijkl the %d", n)).
				SetState(participant.StateInRoom).SetRole(role.Speaker).SetCreatedAt(tx.At))
		}
		for some := range slices.Chunk(all, 500) {
			if err := tx.Participant.CreateBulk(some...).Exec(h.T.Context()); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		h.T.Fatal(err)
	}
	return c
}

// real are values of the crowd for arguments of that name, and by which fields of a type are reached.
func (c *crowd) real() Object {
	return Object{
		"roomId": c.ID, "id": c.ID, "sessionId": c.Session, "invitationId": c.ticket.ID, "participantId": c.place,
		"messageId": c.said, "token": c.ticket.Token, "email": "mallory@example.org", "startsAt": Stamp(c.H.Now().Add(time.Hour)), "query": "ada",
		"Room": c.ID, "RoomTools": c.ID, "SessionSummary": c.ID, "Invitation": c.ticket.ID, "Participant": c.place, "Interaction": c.asked, "interactionId": c.asked,
	}
}

// whole are arguments as large as a body may be. The stories of lists ask for their limits.
var whole = []string{"Query.invitePreview(text)", "Query.invitePreview(file)"}

func TestE2_NobodyIsAnsweredBeyondALimit(t *testing.T) {
	livetest.Long(t)
	h := StartHouse(t)
	c := newCrowd(h, 100)
	probes := probesOf(t, Served(), c.real())
	var probed []string
	for _, p := range probes {
		probed = append(probed, p.name)
	}
	for _, p := range allTaken(Served()) {
		if !slices.Contains(probed, p.name) {
			t.Errorf("%s is not asked about", p.name)
		}
	}
	for who, asker := range c.askers {
		for _, p := range probes {
			if slices.Contains(whole, p.name) {
				continue
			}
			for what, variables := range p.hostile() {
				mustRefuse(t, asker, fmt.Sprintf("%s, %s, by %s", p.name, what, who), p.document, variables)
			}
		}
	}
}

func TestE2_ValuesWithinALimitCostLittle(t *testing.T) {
	livetest.Long(t)
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		h := NewHouse(t, databaseURL)
		h.Serve()
		c := newCrowd(h, 100)
		for who, asker := range c.askers {
			for _, p := range probesOf(t, Served(), c.real()) {
				if slices.Contains(whole, p.name) {
					continue
				}
				for what, variables := range p.largest(Served()) {
					name := fmt.Sprintf("%s, %s, by %s", p.name, what, who)
					if r := weigh(t, asker, mostAllocated, name, p.document, variables); r.Status != http.StatusOK || strings.Contains(r.Raw, "has more than") {
						t.Errorf("%s is answered %d %.300s", name, r.Status, r.Raw)
					}
				}
			}
		}
	})
}

func TestE2_NoCombinationOfValuesWithinLimitsCostsMuch(t *testing.T) {
	livetest.Long(t)
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		h := NewHouse(t, databaseURL)
		h.Serve()
		c := newCrowd(h, 2000)
		aliased := func(n int, field string) string {
			var all string
			for i := range n {
				all += fmt.Sprintf(" a%d: %s", i, field)
			}
			return all
		}
		inRoom := func(fields string) string { return fmt.Sprintf("{ room(id: %q) { %s } }", c.ID, fields) }
		words := "e é t th the h j abcdefghijkl"
		people := fmt.Sprintf(`participants(search: %q) { totalCount nodes { displayName } }`, words)
		states := `[PENDING OPENED REDEEMED EXPIRED REVOKED CLOSED]`
		for _, ask := range []struct {
			name, document string
			asker          *Client
			code           string
		}{
			{"15 searches for people", inRoom(aliased(15, people)), c.guest, ""},
			{"16 searches for people", inRoom(aliased(16, people)), c.guest, "QUERY_TOO_COMPLEX"},
			{"15 searches for invitations", inRoom(aliased(15, fmt.Sprintf(`invitations(search: %q status: %s) { totalCount }`, words, states))), c.manager, ""},
			{"15 searches for users", "{" + aliased(15, fmt.Sprintf(`userSearch(roomId: %q query: "a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r.s.t") { user { name } }`, c.ID)) + "}", c.manager, ""},
			{"15 searches for rooms", "{" + aliased(15, fmt.Sprintf(`rooms(search: %q) { totalCount }`, strings.Repeat("𐐷", 100))) + "}", c.guest, ""},
			{"14 descriptions of 20 KB", inRoom(aliased(14, "description")), c.guest, ""},
			{"14 descriptions in each event", fmt.Sprintf("subscription { roomEvents(roomId: %q after: 0) { room { %s } } }", c.ID, aliased(14, "description")), c.guest, "QUERY_TOO_COMPLEX"},
			{"14 descriptions in each of 200 rows", inRoom("events(first: 200) { room { " + aliased(14, "description") + " } }"), c.guest, "QUERY_TOO_COMPLEX"},
			{"an answer of more than 1 MiB", inRoom(aliased(15, `participants { nodes { ...P } edges { node { ...P } } }`)) +
				" fragment P on Participant { id displayName capabilities session { id state startsAt } room { id title } }", c.guest, "QUERY_TOO_COMPLEX"},
			{"an alias of 60 KB", "{ rooms { nodes { " + strings.Repeat("a", 60_000) + ": id } } }", c.guest, "QUERY_TOO_COMPLEX"},
			{"740 equal fields", "{" + strings.Repeat(" __typename", 740) + "}", c.guest, "QUERY_TOO_COMPLEX"},
			{"30 equal objects of 24 equal fields", inRoom(strings.Repeat("session {"+strings.Repeat(" id", 24)+"}", 30)), c.guest, "QUERY_TOO_COMPLEX"},
		} {
			r := weigh(t, ask.asker, mostToAnswer, ask.name, ask.document, nil)
			if r.Code() != ask.code {
				t.Errorf("%s: answered %.300s", ask.name, r.Raw)
			}
			if ask.code != "" && len(r.Raw) > mostRefused {
				t.Errorf("%s: refused in %d bytes", ask.name, len(r.Raw))
			}
		}
	})
}

func TestE2_TheLongestCursorIsAccepted(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), Object{"admission": "APPROVAL"})
		room.Command("startSession")
		name := strings.Repeat("𐐷", 100)
		for n := range 2 {
			ticket := room.Invite(fmt.Sprintf("guest%d@example.org", n), Object{"firstName": name, "lastName": name})
			guest := h.Browser()
			guest.Redeem(ticket)
			guest.Enter(room)
		}
		var after any
		for range 2 {
			data := room.Host.MustAsk(`query($id: ID!, $after: Cursor) { room(id: $id) { participants(first: 1, after: $after) {
				nodes { displayName } pageInfo { endCursor } } } }`, Object{"id": room.ID, "after": after})
			Same(t, "the names", data.Texts("room.participants.nodes", "displayName"), []string{name + " " + name})
			after = data.Text("room.participants.pageInfo.endCursor")
		}
		limit := taken{directives: Served().Types["Room"].Fields.ForName("participants").Arguments.ForName("after").Directives}.Limit("characters")
		if length := len(after.(string)); length < 1100 || length > limit {
			t.Errorf("a cursor has %d characters, the limit is %d", length, limit)
		}
	})
}
