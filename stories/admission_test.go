package stories

import (
	"strings"
	"testing"
	"time"

	. "usher/sitetest"
)

// Who needs an approval to enter, and who gives it.

func TestP4_TheFirstManagerToActAdmitsTheWaiting(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), Object{"admission": "APPROVAL"})
		room.Command("startSession")
		second := h.User("bob@example.com")
		room.Host.Must("addManager", Object{"roomId": room.ID, "userId": second.ID(), "role": "CO_PUBLISHER"}, "")
		var guests []*Client
		var ids []string
		for _, name := range []string{"Willa", "Xenia", "Yara", "Zoe"} {
			guest, id := room.Guest(name+"@example.org", Object{"firstName": name})
			guests, ids = append(guests, guest), append(ids, id)
			guest.Enter(room)
			h.Advance(time.Second)
		}
		queue := func() (names []string) {
			answer := second.MustAsk(`query($id: ID!) { room(id: $id) { participants(first: 50, state: [WAITING]) { nodes { displayName queuePosition } } } }`,
				Object{"id": room.ID})
			for i, p := range answer.List("room.participants.nodes") {
				Same(t, "the position of "+p.Text("displayName"), p.Int("queuePosition"), i+1)
				names = append(names, strings.Fields(p.Text("displayName"))[0])
			}
			return names
		}
		Same(t, "who waits", queue(), []string{"Willa", "Xenia", "Yara", "Zoe"})
		room.Host.Must("admitParticipant", Object{"participantId": ids[0]}, "")
		second.Refused("ALREADY_HANDLED", "admitParticipant", Object{"participantId": ids[0]})
		second.Refused("ALREADY_HANDLED", "denyParticipant", Object{"participantId": ids[0]})
		Same(t, "who waits still", queue(), []string{"Xenia", "Yara", "Zoe"})
		room.Host.Must("removeParticipant", Object{"participantId": ids[1], "block": false}, "")
		guests[1].Enter(room)
		room.Update(Object{"admission": "AUTOMATIC"})
		Same(t, "all who were not removed are in", room.States(), "Xenia WAITING, Willa IN_ROOM, Yara IN_ROOM, Zoe IN_ROOM")
		Same(t, "all admitted", room.Host.Must("admitAll", Object{"roomId": room.ID}, "admitted").Int("admitted"), 1)
	})
}

func TestP2_ApprovalHoldsNobodyWhoMayAdmit(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), Object{"admission": "APPROVAL"})
		room.Command("startSession")
		needs := func(who *Client) any {
			return who.MustAsk(`query($id: ID!) { room(id: $id) { myParticipant { asksToEnter } } }`, Object{"id": room.ID}).At("room.myParticipant.asksToEnter")
		}
		mona, moderator := room.Guest("mona@example.org", Object{"role": "MODERATOR"})
		Same(t, "a moderator in the lobby needs nobody", needs(mona), false)
		Same(t, "a moderator enters", mona.Enter(room).Text("state"), "IN_ROOM")
		sam, _ := room.Guest("sam@example.org", Object{"role": "SPEAKER"})
		Same(t, "a speaker in the lobby needs somebody", needs(sam), true)
		Same(t, "a speaker enters", sam.Enter(room).Text("state"), "WAITING")
		Same(t, "while waiting", needs(sam), true)
		mona.Must("admitAll", Object{"roomId": room.ID}, "")
		Same(t, "in the room", needs(sam), false)
		sam.Must("leaveRoom", Object{"roomId": room.ID}, "")
		Same(t, "admitted before", needs(sam), false)

		// A removal was meant for this person, so it holds a moderator too.
		room.Host.Must("removeParticipant", Object{"participantId": moderator, "block": false}, "")
		Same(t, "a moderator who was removed needs somebody", needs(mona), true)
		Same(t, "and waits", mona.Enter(room).Text("state"), "WAITING")
		mona.Must("leaveRoom", Object{"roomId": room.ID}, "")
		Same(t, "and waits again, by way of the lobby", mona.Enter(room).Text("state"), "WAITING")
		room.Host.Must("admitParticipant", Object{"participantId": moderator}, "")
		mona.Must("leaveRoom", Object{"roomId": room.ID}, "")
		Same(t, "once admitted again", mona.Enter(room).Text("state"), "IN_ROOM")

		room.Update(Object{"admission": "AUTOMATIC"})
		vera, _ := room.Guest("vera@example.org", nil)
		Same(t, "a viewer, if admission is automatic", needs(vera), false)
	})
}

func TestP4_WhoWaitsAndMayAdmitFromNowOnGoesIn(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		ada, bob := h.User("ada@example.com"), h.User("bob@example.com")
		for _, c := range []struct {
			name  string
			raise func(room *Hall, ticket *Ticket, place, account string)
			kinds []string
		}{
			{"by a change of role", func(room *Hall, _ *Ticket, place, _ string) {
				room.Host.Must("changeRole", Object{"participantId": place, "role": "MODERATOR"}, "")
			}, []string{"RolePromoted", "ParticipantChanged"}},
			{"by a change of the invitation", func(_ *Hall, ticket *Ticket, _, _ string) {
				ticket.Host.Must("updateInvitation", Object{"invitationId": ticket.ID, "role": "MODERATOR"}, "")
			}, []string{"InvitationUpdated", "RolePromoted", "ParticipantChanged"}},
			{"as a manager", func(room *Hall, _ *Ticket, _, account string) {
				room.Host.Must("addManager", Object{"roomId": room.ID, "userId": account, "role": "CO_EDITOR"}, "")
			}, []string{"ManagerAdded", "RolePromoted", "ParticipantChanged"}},
		} {
			t.Run(c.name, func(t *testing.T) {
				room := h.Hall(ada, Object{"admission": "APPROVAL"})
				room.Command("startSession")
				ticket := room.Invite("bob@example.com", nil)
				place := bob.Redeem(ticket)
				bob.Enter(room)
				room.Host.Must("changeRole", Object{"participantId": place, "role": "SPEAKER"}, "")
				Same(t, "a speaker still waits", room.States(), "Bob WAITING")
				before := room.Revision()
				c.raise(room, ticket, place, bob.ID())
				Same(t, "the events", room.Kinds(before), c.kinds)
				Same(t, "a moderator is in", room.States(), "Bob IN_ROOM")
				room.Host.Must("admitAll", Object{"roomId": room.ID}, "")
				Same(t, "nobody is left to admit", room.Revision()-before, len(c.kinds))
			})
		}
	})
}

func TestP4_AManagerWhoWasRemovedAsAModeratorNeedsNobody(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), Object{"admission": "APPROVAL"})
		room.Command("startSession")
		bob := h.User("bob@example.com")
		place := bob.Redeem(room.Invite("bob@example.com", Object{"role": "MODERATOR"}))
		room.Host.Must("removeParticipant", Object{"participantId": place, "block": false}, "")
		Same(t, "a moderator who was removed", bob.Enter(room).Text("state"), "WAITING")
		before := room.Revision()
		room.Host.Must("addManager", Object{"roomId": room.ID, "userId": bob.ID(), "role": "CO_EDITOR"}, "")
		Same(t, "the events", room.Kinds(before), []string{"ManagerAdded", "ParticipantChanged"})
		Same(t, "as a manager", room.States(), "Bob IN_ROOM")
	})
}

func TestP4_ManyAreAdmittedAndDeniedTogether(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), Object{"admission": "APPROVAL"})
		room.Command("startSession")
		ids := map[string]string{}
		guests := map[string]*Client{}
		for _, who := range []struct{ name, role string }{
			{"Ann", "VIEWER"}, {"Ben", "SPEAKER"}, {"Cleo", "VIEWER"}, {"Dan", "SPEAKER"}, {"Eli", "VIEWER"}, {"Fay", "VIEWER"},
		} {
			guest, id := room.Guest(who.name+"@example.org", Object{"firstName": who.name, "role": who.role})
			guests[who.name], ids[who.name] = guest, id
			guest.Enter(room)
			h.Advance(time.Second)
		}
		of := func(names ...string) Object {
			list := []string{}
			for _, name := range names {
				list = append(list, ids[name])
			}
			return Object{"roomId": room.ID, "participantIds": list}
		}
		answered := func(what string, got Object, field string, n int, handled ...string) {
			t.Helper()
			want := []string{}
			for _, name := range handled {
				want = append(want, ids[name])
			}
			Same(t, what, []any{got.Int(field), got["alreadyHandled"]}, []any{n, want})
		}

		before := room.Revision()
		answered("those who wait, however often they are named",
			room.Host.Must("admitParticipants", of("Cleo", "Ann", "Cleo"), "admitted alreadyHandled"), "admitted", 2)
		Same(t, "an event for each", room.Kinds(before), []string{"ParticipantChanged", "ParticipantChanged"})
		Same(t, "they are in", room.States(), "Ben WAITING, Dan WAITING, Eli WAITING, Fay WAITING, Ann IN_ROOM, Cleo IN_ROOM")
		answered("one was answered before", room.Host.Must("denyParticipants", of("Ann", "Eli"), "denied alreadyHandled"), "denied", 1, "Ann")
		answered("nobody", room.Host.Must("admitParticipants", of(), "admitted alreadyHandled"), "admitted", 0)

		// Somebody of another room, and oneself, refuse the whole list.
		elsewhere := h.Hall(room.Host, nil)
		_, ids["Zoe"] = elsewhere.Guest("zoe@example.org", Object{"firstName": "Zoe"})
		room.Host.Fails("NOT_FOUND", "admitParticipants", of("Ben", "Zoe"))
		room.Host.Fails("NOT_FOUND", "denyParticipants", of("Zoe", "Ben"))
		mona, own := room.Guest("mona@example.org", Object{"firstName": "Mona", "role": "MODERATOR"})
		ids["Mona"] = own
		mona.Fails("FORBIDDEN", "admitParticipants", of("Ben"))
		mona.Enter(room)
		mona.Fails("FORBIDDEN", "denyParticipants", of("Ben", "Mona"))
		ids["Ada"] = room.Host.Enter(room).Text("id")
		room.Host.Fails("FORBIDDEN", "denyParticipants", of("Ben", "Ada"))
		mona.Refused("ALREADY_MANAGER", "denyParticipants", of("Ben", "Ada"))
		Same(t, "nothing happened to those who wait", strings.HasPrefix(room.States(), "Ben WAITING, Dan WAITING, Fay WAITING"), true)

		// Everybody, or everybody of a role.
		all := Object{"roomId": room.ID}
		Same(t, "all speakers", mona.Must("admitAll", Object{"roomId": room.ID, "role": []string{"SPEAKER"}}, "admitted").Int("admitted"), 2)
		Same(t, "no moderator waits", room.Host.Must("denyAll", Object{"roomId": room.ID, "role": []string{"MODERATOR"}}, "denied").Int("denied"), 0)
		guests["Eli"].Enter(room)
		Same(t, "all others", room.Host.Must("denyAll", all, "denied").Int("denied"), 2)
		guests["Eli"].Refused("ENTRY_DENIED", "enterRoom", all)
		Same(t, "one may ask once more", guests["Fay"].Enter(room).Text("state"), "WAITING")
		Same(t, "all are admitted", room.Host.Must("admitAll", all, "admitted").Int("admitted"), 1)
		Same(t, "nobody is left to deny", room.Host.Must("denyAll", all, "denied").Int("denied"), 0)
	})
}
