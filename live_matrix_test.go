package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/vektah/gqlparser/v2/ast"
)

// Every kind of event against everyone who may be there: who is to get it gets it whole, without an error, whatever they ask
// for of it; nobody else does (V2).

// everyField selects every field of every event, one object deep; without the fields that depend on the asker where the
// document is to be executed for all alike.
func everyField(shared bool) string {
	var of func(name string, depth int) string
	of = func(name string, depth int) string {
		definition := served().Types[name]
		all := "__typename"
		if definition.IsAbstractType() {
			for _, member := range served().GetPossibleTypes(definition) {
				all += fmt.Sprintf(" ... on %s { %s }", member.Name, of(member.Name, depth))
			}
			return all
		}
		for _, field := range definition.Fields {
			kind := served().Types[field.Type.Name()]
			switch {
			case strings.HasPrefix(field.Name, "__") || shared && field.Directives.ForName("asker") != nil:
			case kind.IsLeafType():
				all += " " + field.Name
			case depth > 0 && kind.Kind == ast.Object:
				all += fmt.Sprintf(" %s { %s }", field.Name, of(field.Type.Name(), depth-1))
			}
		}
		return all
	}
	return "subscription($room: ID!, $after: Int) { roomEvents(roomId: $room, after: $after) { " + of("RoomEvent", 1) + " } }"
}

// receiver is somebody who watches twice: by a document that is executed for all alike, and by one executed for them alone.
type receiver struct {
	name       string
	watch      []*subscription
	want       []string
	over       bool
	credential bool // is left when their access to the room ends
}

func TestV2_EveryEventReachesWhomItIsForWhole(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		host := h.User("ada@example.com")
		room := h.Hall(host, object{"access": "MEMBERS"})
		guests, tickets, places := map[string]*client{}, map[string]*ticket{}, map[string]string{}
		for _, name := range []string{"lobby", "viewer", "speaker", "moderator", "grace", "gina", "gus", "gale"} {
			kind := strings.ToUpper(name)
			if !slices.Contains([]string{"SPEAKER", "MODERATOR"}, kind) {
				kind = "VIEWER"
			}
			guests[name], tickets[name] = h.Browser(), room.Invite(name+"@example.org", object{"role": kind})
			places[name] = guests[name].Redeem(tickets[name])
		}
		room.Command("startSession")
		for _, name := range []string{"viewer", "speaker", "moderator"} {
			guests[name].Enter(room)
		}
		stranger := h.User("stranger@example.com")
		same(t, "a stranger of a room for invitees", stranger.Connect().Ask(watching, object{"room": h.Hall(host, nil).id}).errors[0].Text("extensions.code"), "NOT_FOUND")

		guests["host"], guests["member"] = host, stranger
		receivers := map[string]*receiver{}
		at := room.Revision()
		for name, c := range guests {
			s := c.Connect()
			with := object{"room": room.id, "after": at}
			receivers[name] = &receiver{
				name: name, credential: name == "host" || name == "member",
				watch: []*subscription{s.Subscribe(everyField(true), with), s.Subscribe(everyField(false), with)},
			}
		}
		room.Update(object{"title": "They watch"})
		for _, r := range receivers {
			for _, o := range r.watch {
				o.Expect("RoomUpdated") // they have begun
			}
		}
		everyone := func() (names []string) {
			for name, r := range receivers {
				if !r.over {
					names = append(names, name)
				}
			}
			return names
		}
		hear := func(kind string, names ...string) {
			for _, name := range names {
				if r := receivers[name]; !r.over {
					r.want = append(r.want, kind)
				}
			}
		}
		inRoom, admitting := []string{"viewer", "speaker", "moderator", "host"}, []string{"moderator", "host"}
		about := func(name string, others []string) []string {
			if slices.Contains(others, name) {
				return others
			}
			return append([]string{name}, others...)
		}
		happens := map[string]bool{}
		step := func(kind string, names []string) {
			happens[kind] = true
			hear(kind, names...)
		}

		room.Update(object{"title": "Another name"})
		step("RoomUpdated", everyone())
		grace := places["grace"]
		guests["grace"].Enter(room)
		step("ParticipantChanged", about("grace", admitting)) // a viewer
		host.Must("changeRole", object{"participantId": grace, "role": "SPEAKER"}, "")
		step("RolePromoted", about("grace", inRoom))
		guests["grace"].Must("acknowledgeRole", object{"roomId": room.id, "roleRevision": 2}, "")
		step("RoleDelivered", about("grace", admitting))
		guests["grace"].Must("leaveRoom", object{"roomId": room.id}, "")
		step("ParticipantChanged", about("grace", inRoom)) // a speaker
		host.Must("changeRole", object{"participantId": grace, "role": "VIEWER"}, "")
		step("RoleDemoted", about("grace", inRoom))
		host.Must("removeParticipant", object{"participantId": grace, "block": false}, "")
		step("ParticipantRemoved", about("grace", admitting))
		step("ParticipantChanged", about("grace", admitting))
		host.Must("updateInvitation", object{"invitationId": tickets["grace"].id, "expiresAt": stamp(h.Now().Add(3 * time.Hour))}, "")
		step("InvitationUpdated", []string{"grace", "host"})
		host.Must("removeParticipant", object{"participantId": grace, "block": true}, "")
		step("ParticipantRemoved", about("grace", admitting))
		receivers["grace"].over = true
		step("ParticipantChanged", admitting)
		for name, way := range map[string][2]string{
			"gina": {"releaseDevice", "DeviceReleased"}, "gus": {"regenerateLink", "LinkRegenerated"}, "gale": {"revokeInvitation", "InvitationRevoked"},
		} {
			tickets[name].Do(way[0])
			step(way[1], []string{name, "host"})
			receivers[name].over = true
			step("ParticipantChanged", admitting)
		}

		late := room.Invite("late@example.org", nil)
		step("InvitationCreated", []string{"host"})
		h.Browser().Look(late.token)
		h.WaitUntil("the look is noted", func() bool { return late.Now().At("openedAt") != nil })
		step("InvitationOpened", []string{"host"})
		h.Browser().Refused("EMAIL_MISMATCH", "redeemInvitation", late.With("else@example.org"))
		step("RedemptionRefused", []string{"host"})
		h.Browser().Redeem(late)
		step("InvitationRedeemed", []string{"host"})
		h.Browser().Must("askHost", object{"token": late.token, "message": "Let me in"}, "")
		step("HostAsked", []string{"host"})

		if served().Mutation.Fields.ForName("addManager") != nil {
			user := stranger.MustAsk(`{ me { user { id } } }`, nil).Text("me.user.id")
			host.Must("addManager", object{"roomId": room.id, "userId": user, "role": "CO_EDITOR"}, "")
			step("ManagerAdded", []string{"member", "host"})
			host.Must("removeManager", object{"roomId": room.id, "userId": user}, "")
			step("ManagerRemoved", []string{"member", "host"})
		}

		room.Command("endSession")
		step("SessionEnded", everyone())
		room.Command("startSession")
		step("SessionStarted", everyone())
		guests["viewer"].Enter(room)
		step("ParticipantChanged", []string{"viewer", "host"}) // whom the end of the session took out is not in the room any more
		room.Command("endSession")
		step("SessionEnded", everyone())
		next := host.Must("scheduleSession", object{"roomId": room.id, "startsAt": stamp(h.Now().Add(time.Hour))}, "session { id }").Text("session.id")
		step("SessionScheduled", everyone())
		host.Must("rescheduleSession", object{"sessionId": next, "startsAt": stamp(h.Now().Add(2 * time.Hour))}, "")
		step("SessionRescheduled", everyone())
		host.Must("cancelSession", object{"sessionId": next}, "")
		step("SessionCancelled", everyone())
		host.Must("deleteRoom", object{"roomId": room.id}, "")
		step("RoomDeleted", everyone())

		for name, r := range receivers {
			for i, o := range r.watch {
				got := []string{}
				for {
					m := o.Next()
					if m.kind != "next" {
						if m.kind != "complete" && (r.credential || m.kind != "closed") {
							t.Errorf("%s, document %d: ended with %s %s", name, i, m.kind, m.raw)
						}
						break
					}
					if len(m.errors) > 0 {
						t.Errorf("%s, document %d: %s", name, i, m.raw)
					}
					got = append(got, m.data.Text("roomEvents.__typename"))
				}
				same(t, fmt.Sprintf("%s hears by document %d", name, i), got, r.want)
			}
		}
		for _, kind := range served().GetPossibleTypes(served().Types["RoomEvent"]) {
			switch kind.Name {
			case "ResyncRequired": // of which no log tells
			case "ManagerAdded", "ManagerRemoved":
				same(t, kind.Name+" happened", happens[kind.Name], served().Mutation.Fields.ForName("addManager") != nil)
			default:
				same(t, kind.Name+" happened", happens[kind.Name], true)
			}
		}
	})
}
