package stories

import (
	"fmt"
	"testing"

	. "usher/sitetest"
)

// Subscriptions of one document are shared by those who see alike. Rights differ among managers, who see alike.
func TestV4_WhoWatchesByOneDocumentReadsOnesOwnRights(t *testing.T) {
	document := `subscription($room: ID!, $after: Int) {
		roomEvents(roomId: $room, after: $after) { __typename room { title myRights } ...F } } fragment F on RoomEvent { room { own: myRights } }`
	OnEach(t, func(t *testing.T, h *House) {
		const viewer = "[SEE_ROOM USE_CHAT ASK_QUESTIONS ANSWER_INTERACTIONS]"
		const speaker = "[SEE_ROOM USE_CHAT USE_BACKCHANNEL ASK_QUESTIONS ANSWER_QUESTIONS ANSWER_INTERACTIONS]"
		const moderator = "[SEE_ROOM SEE_PARTICIPANTS CHANGE_ROLES ADMIT REMOVE USE_CHAT USE_BACKCHANNEL MODERATE ASK_QUESTIONS ANSWER_QUESTIONS ANSWER_INTERACTIONS INITIATE_INTERACTIONS]"
		const publisher = "[SEE_ROOM SEE_EVERYTHING SEE_PARTICIPANTS RUN_SESSIONS INVITE SEARCH_USERS CHANGE_ROLES ADMIT REMOVE USE_CHAT USE_BACKCHANNEL MODERATE UNBLOCK ASK_QUESTIONS ANSWER_QUESTIONS ANSWER_INTERACTIONS INITIATE_INTERACTIONS EXPORT]"
		const coOwner = "[SEE_ROOM SEE_EVERYTHING SEE_PARTICIPANTS EDIT_ROOM DELETE_ROOM MANAGE_MANAGERS RUN_SESSIONS INVITE SEARCH_USERS CHANGE_ROLES ADMIT REMOVE USE_CHAT USE_BACKCHANNEL MODERATE UNBLOCK ASK_QUESTIONS ANSWER_QUESTIONS ANSWER_INTERACTIONS INITIATE_INTERACTIONS EXPORT]"
		const owner = "[SEE_ROOM SEE_EVERYTHING SEE_PARTICIPANTS EDIT_ROOM DELETE_ROOM MANAGE_MANAGERS MANAGE_OWNERS RUN_SESSIONS INVITE SEARCH_USERS CHANGE_ROLES ADMIT REMOVE USE_CHAT USE_BACKCHANNEL MODERATE UNBLOCK ASK_QUESTIONS ANSWER_QUESTIONS ANSWER_INTERACTIONS INITIATE_INTERACTIONS EXPORT]"

		ada, grace, root := h.User("ada@example.com"), h.User("grace@example.com"), h.User("root@example.com", "--admin")
		room := h.Hall(ada, nil)
		room.Command("startSession")
		manage := func(as string) {
			room.Host.Must("addManager", Object{"roomId": room.ID, "userId": grace.ID(), "role": as}, "")
		}
		manage("CO_PUBLISHER")
		mona, vera := h.Browser(), h.Browser()
		place := mona.Redeem(room.Invite("mona@example.org", Object{"role": "MODERATOR"}))
		mona.Enter(room)
		vera.Redeem(room.Invite("vera@example.org", nil))
		vera.Enter(room)

		watch := map[string]*Subscription{}
		for name, client := range map[string]*Client{"ada": ada, "grace": grace, "root": root, "mona": mona, "vera": vera} {
			watch[name] = client.Connect().Subscribe(document, Object{"room": room.ID, "after": room.Revision()})
		}
		read := func(kind string, want map[string]string) {
			t.Helper()
			for name, rights := range want {
				m := watch[name].Next()
				if got := m.Data.Text("roomEvents.__typename"); got != kind || len(m.Errors) > 0 {
					t.Fatalf("%s gets %s %s, want %s", name, got, m.Raw, kind)
				}
				Same(t, "the rights of "+name, fmt.Sprint(m.Data.At("roomEvents.room.myRights")), rights)
				Same(t, "the rights of "+name+" by another name", fmt.Sprint(m.Data.At("roomEvents.room.own")), rights)
			}
		}
		room.Update(Object{"title": "One"})
		read("RoomUpdated", map[string]string{"ada": owner, "grace": publisher, "root": owner, "mona": moderator, "vera": viewer})
		manage("CO_OWNER")
		read("ManagerAdded", map[string]string{"ada": owner, "grace": coOwner, "root": owner})
		ada.Must("changeRole", Object{"participantId": place, "role": "SPEAKER"}, "")
		read("RoleDemoted", map[string]string{"ada": owner, "grace": coOwner, "root": owner, "mona": speaker, "vera": viewer})
		room.Update(Object{"title": "Two"})
		read("RoomUpdated", map[string]string{"ada": owner, "grace": coOwner, "root": owner, "mona": speaker, "vera": viewer})
	})
}

func TestR1_AModeratorMakesAViewerASpeakerAndBack(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		ada := h.User("ada@example.com")
		room := h.Hall(ada, nil)
		room.Command("startSession")
		join := func(email, role string) (*Client, string) {
			guest := h.Browser()
			place := guest.Redeem(room.Invite(email, Object{"role": role, "firstName": "Mona", "lastName": "Mona"}))
			guest.Enter(room)
			return guest, place
		}
		mona, _ := join("mona@example.org", "MODERATOR")
		_, max := join("max@example.org", "MODERATOR")
		vera, viewer := join("vera@example.org", "VIEWER")
		watch := vera.Watch(`subscription($room: ID!, $after: Int) { roomEvents(roomId: $room, after: $after) { __typename actor } }`, room.ID, room.Revision())
		happens := func(want ...string) {
			t.Helper()
			e := watch.Event()
			Same(t, "the viewer's event", []string{e.Text("__typename"), e.Text("actor")}, want)
		}
		to := func(id, role string) Object { return Object{"participantId": id, "role": role} }

		const fields = "participant { role rolesToGive mayUnblock }"
		promoted := mona.Must("changeRole", to(viewer, "SPEAKER"), fields).In("participant")
		Same(t, "after the promotion", []any{promoted.Text("role"), promoted.At("rolesToGive"), promoted.At("mayUnblock")},
			[]any{"SPEAKER", []any{"VIEWER", "SPEAKER"}, false})
		happens("RolePromoted", "Mona Mona")
		mona.Fails("FORBIDDEN", "changeRole", to(viewer, "MODERATOR"))
		mona.Fails("FORBIDDEN", "changeRole", to(max, "SPEAKER"))
		mona.Must("changeRole", to(viewer, "VIEWER"), "")
		happens("RoleDemoted", "Mona Mona")
		vera.Fails("FORBIDDEN", "changeRole", to(max, "SPEAKER"))

		room.Host.Must("removeParticipant", Object{"participantId": viewer, "block": true}, "")
		mona.Fails("FORBIDDEN", "unblockParticipant", Object{"participantId": viewer})
	})
}

func TestR1_TheRolesOfTheAPIAreThoseOfTheTable(t *testing.T) {
	h := StartHouse(t)
	var got []string
	for _, of := range h.Browser().MustAsk(`{ roles { role capabilities } }`, nil).List("roles") {
		got = append(got, fmt.Sprint(of.Text("role"), " ", of.At("capabilities")))
	}
	Same(t, "roles", got, []string{
		"VIEWER [CHAT ANSWER_INTERACTIONS ASK_QUESTIONS]",
		"SPEAKER [CHAT ANSWER_INTERACTIONS ASK_QUESTIONS ANSWER_QUESTIONS BACKCHANNEL]",
		"MODERATOR [CHAT ANSWER_INTERACTIONS ASK_QUESTIONS ANSWER_QUESTIONS BACKCHANNEL INITIATE_INTERACTIONS ADMIT_PARTICIPANTS REMOVE_PARTICIPANTS MODERATE]",
	})
}
