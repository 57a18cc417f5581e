package stories

import (
	"fmt"
	"strings"
	"testing"
	"time"

	. "usher/sitetest"
)

// How many people are where, and who of them is there.

const stateCounts = "countdown lobby waiting inRoom left denied removed blocked away { countdown lobby waiting inRoom }"

// counted returns the counts of a room that are not 0, as text, with those who are away behind a minus.
func counted(of Object) string {
	parts := []string{}
	for _, state := range strings.Fields("countdown lobby waiting inRoom left denied removed blocked") {
		n := of.Int(state)
		if n == 0 {
			continue
		}
		part := fmt.Sprint(state, " ", n)
		if away, has := of.In("away")[state]; has && away != 0.0 {
			part += fmt.Sprint("-", away)
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, ", ")
}

func TestP5_CountsSayWhoIsThereAndWhoIsAway(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		ada := h.User("ada@example.com")
		room := h.Hall(ada, Object{"admission": "APPROVAL"})
		guests, ids := map[string]*Client{}, map[string]string{}
		for _, name := range []string{"Lou", "Wes", "Ina", "Lea", "Dee", "Rex", "Bob"} {
			role := map[bool]string{true: "SPEAKER", false: "VIEWER"}[name == "Wes" || name == "Ina"]
			guests[name], ids[name] = room.Guest(name+"@example.org", Object{"firstName": name, "role": role})
		}
		counts := func(who *Client) Object {
			return who.MustAsk(`query($id: ID!) { room(id: $id) { counts { `+stateCounts+` roles { role `+stateCounts+` } } } }`,
				Object{"id": room.ID}).In("room.counts")
		}
		Same(t, "nobody has the page open", counted(counts(ada)), "countdown 7-7")
		watch := func(who *Client) *Subscription {
			o := who.Watch(Watching, room.ID, room.Revision())
			room.Begin(o)
			return o
		}
		tabs := []*Subscription{watch(guests["Lou"]), watch(guests["Wes"]), watch(guests["Ina"]), watch(guests["Lou"])}
		Same(t, "three have, one of them twice", counted(counts(ada)), "countdown 7-4")
		tabs[3].Complete()
		tabs[3].Settle()
		Same(t, "a second tab that closes takes nobody away", counted(counts(ada)), "countdown 7-4")

		room.Command("startSession")
		for _, name := range []string{"Wes", "Ina", "Lea", "Dee", "Rex"} {
			guests[name].Enter(room)
		}
		for _, name := range []string{"Ina", "Lea", "Rex"} {
			ada.Must("admitParticipant", Object{"participantId": ids[name]}, "")
		}
		ada.Must("denyParticipant", Object{"participantId": ids["Dee"]}, "")
		ada.Must("removeParticipant", Object{"participantId": ids["Rex"], "block": false}, "")
		ada.Must("removeParticipant", Object{"participantId": ids["Bob"], "block": true}, "")
		Same(t, "in each state", counted(counts(ada)), "lobby 1, waiting 1, inRoom 2-1, denied 1, removed 1, blocked 1")
		byRole := counts(ada).List("roles")
		Same(t, "by role", []any{byRole[0]["role"], counted(byRole[0]), byRole[1]["role"], counted(byRole[1]), byRole[2]["role"], counted(byRole[2])},
			[]string{"VIEWER", "lobby 1, inRoom 1-1, denied 1, removed 1, blocked 1", "SPEAKER", "waiting 1, inRoom 1", "MODERATOR", ""})

		list := func(filter string) (names string) {
			for _, p := range ada.MustAsk(`query($id: ID!) { room(id: $id) { participants(`+filter+`) { totalCount nodes { displayName online } } } }`,
				Object{"id": room.ID}).List("room.participants.nodes") {
				names += strings.Fields(p.Text("displayName"))[0] + " "
			}
			return strings.TrimSpace(names)
		}
		Same(t, "listed who is there", list("state: [IN_ROOM, LOBBY], online: true"), "Ina Lou")
		Same(t, "listed who is away", list("state: [IN_ROOM, LOBBY, WAITING], online: false"), "Lea")
		Same(t, "listed whoever", list("state: [IN_ROOM, LOBBY]"), "Ina Lea Lou")

		// Moderators in the room count too, and others do not.
		mona, _ := room.Guest("mona@example.org", Object{"firstName": "Mona", "role": "MODERATOR"})
		Same(t, "a moderator in the lobby", counts(mona), nil)
		mona.Enter(room)
		Same(t, "a moderator in the room", counted(counts(mona)), "lobby 1, waiting 1, inRoom 3-2, denied 1, removed 1, blocked 1")
		Same(t, "a speaker in the room", counts(guests["Ina"]), nil)

		room.Command("endSession")
		Same(t, "after the end nobody is in", counted(counts(ada)), "left 5, denied 1, removed 1, blocked 1")
		ada.Must("scheduleSession", Object{"roomId": room.ID, "startsAt": Stamp(h.Now().Add(time.Hour))}, "")
		Same(t, "another session begins with nobody", counted(counts(ada)), "")
	})
}

func TestP7_HostsFindWhomTheyShouldLookAt(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		room.Command("startSession")
		guests, ids := map[string]*Client{}, map[string]string{}
		for name, role := range map[string]string{"Mona": "MODERATOR", "Sam": "SPEAKER", "Vera": "VIEWER", "Will": "VIEWER", "Lou": "SPEAKER"} {
			guests[name], ids[name] = room.Guest(name+"@example.org", Object{"firstName": name, "role": role})
		}
		connect := func(name string) { room.Begin(guests[name].Watch(Watching, room.ID, room.Revision())) }
		connect("Mona")
		connect("Vera")
		const document = `query($id: ID!) { room(id: $id) { participants(needsLook: true) { totalCount nodes { displayName } } } }`
		list := func(who *Client) string {
			found := who.MustAsk(document, Object{"id": room.ID}).In("room.participants")
			names := fmt.Sprint(found["totalCount"])
			for _, name := range found.Texts("nodes", "displayName") {
				names += " " + strings.Fields(name)[0]
			}
			return names
		}
		for _, name := range []string{"Mona", "Vera", "Will"} { // Sam and Lou stay in the lobby
			guests[name].Enter(room)
		}
		Same(t, "viewers, and people outside of the room, may be away", list(room.Host), "0")
		guests["Sam"].Enter(room)
		Same(t, "a speaker in the room has no connection", list(room.Host), "1 Sam")
		room.Host.Must("changeRole", Object{"participantId": ids["Vera"], "role": "SPEAKER"}, "")
		Same(t, "a new role has not arrived", list(room.Host), "2 Sam Vera")
		Same(t, "a moderator in the room sees the same", list(guests["Mona"]), "2 Sam Vera")
		for _, name := range []string{"Vera", "Lou"} {
			Same(t, name+" may not know", guests[name].Ask(document, Object{"id": room.ID}).Code(), "FORBIDDEN")
		}
		guests["Vera"].Must("acknowledgeRole", Object{"roomId": room.ID, "roleRevision": 2}, "")
		Same(t, "it has arrived", list(room.Host), "1 Sam")
		connect("Sam")
		Same(t, "the speaker is connected", list(room.Host), "0")
		room.Host.Must("changeRole", Object{"participantId": ids["Will"], "role": "SPEAKER"}, "")
		Same(t, "a new role waits for somebody who is away", list(room.Host), "1 Will")
		room.Host.Must("removeParticipant", Object{"participantId": ids["Will"], "block": true}, "")
		Same(t, "somebody who is out needs no look", list(room.Host), "0")
	})
}

func TestV8_AHostIsOnlineInTheRoomOrBesideIt(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		ada := h.User("ada@example.com")
		room := h.Hall(ada, nil)
		room.Command("startSession")
		grace, _ := room.Guest("grace@example.org", nil)
		host := func() []any {
			of := grace.MustAsk(`query($id: ID!) { room(id: $id) { managers { online inRoom } } }`, Object{"id": room.ID}).List("room.managers")[0]
			return []any{of["online"], of["inRoom"]}
		}
		Same(t, "away", host(), []bool{false, false})
		room.Begin(ada.Watch(Watching, room.ID, room.Revision()))
		Same(t, "managing", host(), []bool{true, false})
		ada.Enter(room)
		Same(t, "in the room", host(), []bool{true, true})
		ada.Must("leaveRoom", Object{"roomId": room.ID}, "")
		Same(t, "managing again", host(), []bool{true, false})
	})
}

func TestV8_PresenceSaysHowManyAreInTheRoom(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		room.Command("startSession")
		grace, _ := room.Guest("grace@example.org", nil)
		vera, _ := room.Guest("vera@example.org", nil)
		for _, who := range []*Client{grace, vera} {
			room.Begin(who.Watch(Watching, room.ID, room.Revision()))
		}
		vera.Enter(room)
		o := vera.Connect().Subscribe(`subscription($id: ID!) { presence(roomId: $id) { online inRoom } }`, Object{"id": room.ID})
		next := func() []any {
			heard := o.Next().Data.In("presence")
			return []any{heard.Int("online"), heard.Int("inRoom")}
		}
		Same(t, "one of the two", next(), []int{2, 1})
		grace.Enter(room)
		Same(t, "a viewer entered, of whom viewers get no event", next(), []int{2, 2})
		grace.Must("leaveRoom", Object{"roomId": room.ID}, "")
		Same(t, "and left", next(), []int{2, 1})
		room.Command("endSession")
		Same(t, "after the end", next(), []int{2, 0})
	})
}
