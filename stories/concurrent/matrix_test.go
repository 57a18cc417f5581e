package concurrent

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/vektah/gqlparser/v2/ast"

	"usher/ent/mail"
	"usher/live"
	. "usher/sitetest"
)

// Every kind of event reaches its audience with all its fields and without an error, and nobody else (V2).

// everyField selects every field of every event of the room, or of its tools, one object deep. A shared document leaves out the fields that
// depend on the asker.
func everyField(shared, tools bool) string {
	var of func(name string, depth int) string
	of = func(name string, depth int) string {
		definition := Served().Types[name]
		all := "__typename"
		if definition.IsAbstractType() {
			for _, member := range Served().GetPossibleTypes(definition) {
				if name != "RoomEvent" || slices.Contains(OfTools, member.Name) == tools {
					all += fmt.Sprintf(" ... on %s { %s }", member.Name, of(member.Name, depth))
				}
			}
			return all
		}
		for _, field := range definition.Fields {
			kind := Served().Types[field.Type.Name()]
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
	return "subscription($room: ID!, $after: Int, $tools: [RoomTool!]) { roomEvents(roomId: $room, after: $after, tools: $tools) { " + of("RoomEvent", 1) + " } }"
}

// receiver is somebody who watches with a shared document and with one that is rendered for them alone, each with the tools of the room and
// without.
type receiver struct {
	name       string
	watch      []*Subscription
	want       []string
	core       []string // without tools
	over       bool
	credential bool // they stay signed in when their access to the room ends
}

func TestV2_EveryEventReachesItsAudienceComplete(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		host := h.User("ada@example.com")
		room := h.Hall(host, Object{"access": "MEMBERS"})
		guests, tickets, places := map[string]*Client{}, map[string]*Ticket{}, map[string]string{}
		for _, name := range []string{"lobby", "viewer", "speaker", "moderator", "grace", "gina", "gus", "gale", "gwen"} {
			kind := strings.ToUpper(name)
			if !slices.Contains([]string{"SPEAKER", "MODERATOR"}, kind) {
				kind = "VIEWER"
			}
			guests[name], tickets[name] = h.Browser(), room.Invite(name+"@example.org", Object{"role": kind})
			places[name] = guests[name].Redeem(tickets[name])
		}
		room.Command("startSession")
		for _, name := range []string{"viewer", "speaker", "moderator"} {
			guests[name].Enter(room)
		}
		stranger := h.User("stranger@example.com")
		Same(t, "a stranger of a room for invitees", stranger.Connect().Ask(Watching, Object{"room": h.Hall(host, nil).ID}).Errors[0].Text("extensions.code"), "NOT_FOUND")

		guests["host"], guests["member"] = host, stranger
		receivers := map[string]*receiver{}
		at := room.Revision()
		for name, c := range guests {
			s := c.Connect()
			with, tools := Object{"room": room.ID, "after": at}, Object{"room": room.ID, "after": at, "tools": []string{"CHAT", "BACKCHANNEL", "HANDS", "INTERACTIONS", "QUESTIONS"}}
			receivers[name] = &receiver{
				name: name, credential: name == "host" || name == "member",
				watch: []*Subscription{
					s.Subscribe(everyField(true, true), tools), s.Subscribe(everyField(false, true), tools),
					s.Subscribe(everyField(true, false), with), s.Subscribe(everyField(false, false), with),
				},
			}
		}
		room.Update(Object{"title": "They watch"})
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
					if !slices.Contains(OfTools, kind) {
						r.core = append(r.core, kind)
					}
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

		room.Update(Object{"title": "Another name"})
		step("RoomUpdated", everyone())
		grace := places["grace"]
		guests["grace"].Enter(room)
		step("ParticipantChanged", about("grace", admitting)) // a viewer
		host.Must("changeRole", Object{"participantId": grace, "role": "SPEAKER"}, "")
		step("RolePromoted", about("grace", inRoom))
		guests["grace"].Must("acknowledgeRole", Object{"roomId": room.ID, "roleRevision": 2}, "")
		step("RoleDelivered", about("grace", admitting))
		guests["grace"].Must("leaveRoom", Object{"roomId": room.ID}, "")
		step("ParticipantChanged", about("grace", inRoom)) // a speaker
		host.Must("changeRole", Object{"participantId": grace, "role": "VIEWER"}, "")
		step("RoleDemoted", about("grace", inRoom))
		host.Must("removeParticipant", Object{"participantId": grace, "block": false}, "")
		step("ParticipantRemoved", about("grace", admitting))
		step("ParticipantChanged", about("grace", admitting))
		host.Must("updateInvitation", Object{"invitationId": tickets["grace"].ID, "expiresAt": Stamp(h.Now().Add(3 * time.Hour))}, "")
		step("InvitationUpdated", []string{"grace", "host"})
		host.Must("removeParticipant", Object{"participantId": grace, "block": true}, "")
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

		offered := guests["gwen"].Must("offerHandOver", Object{"roomId": room.ID}, "handOver { id url }").In("handOver")
		h.Browser().Must("askHandOver", Object{"secret": offered["url"]}, "")
		guests["gwen"].Must("answerHandOver", Object{"id": offered["id"], "allow": true}, "")
		step("DeviceMoved", []string{"gwen", "host"})
		receivers["gwen"].over = true

		late := room.Invite("late@example.org", nil)
		step("InvitationCreated", []string{"host"})
		h.Browser().Look(late.Token)
		h.WaitUntil("the look is noted", func() bool { return late.Now().At("openedAt") != nil })
		step("InvitationOpened", []string{"host"})
		h.Browser().Refused("EMAIL_MISMATCH", "redeemInvitation", late.With("else@example.org"))
		step("RedemptionRefused", []string{"host"})
		h.Browser().Redeem(late)
		step("InvitationRedeemed", []string{"host"})
		h.Browser().Must("askHost", Object{"token": late.Token, "message": "Let me in"}, "")
		step("HostAsked", []string{"host"})
		h.MustWrite(func(ctx context.Context, tx *live.Tx) error {
			return tx.Mail.Create().SetKind(mail.KindInvitation).SetRoomID(room.ID).SetInvitationID(late.ID).SetLanguage("EN").
				SetAt(tx.At).SetDueAt(tx.At).Exec(ctx)
		})
		if err := h.Parts.Letters.Tell(t.Context()); err != nil {
			t.Fatal(err)
		}
		step("MailsChanged", []string{"host"})

		user := stranger.MustAsk(`{ me { user { id } } }`, nil).Text("me.user.id")
		host.Must("addManager", Object{"roomId": room.ID, "userId": user, "role": "CO_EDITOR"}, "")
		step("ManagerAdded", []string{"member", "host"})
		host.Must("removeManager", Object{"roomId": room.ID, "userId": user}, "")
		step("ManagerRemoved", []string{"member", "host"})

		say := func(who, channel string) Object {
			return guests[who].Must("sendMessage", Object{
				"roomId": room.ID, "channel": channel, "text": "Hello", "key": "the-key-of-the-message-" + who,
			}, "chatMessage { id }").In("chatMessage")
		}
		hosts, moderator := inRoom[1:], guests["moderator"]
		first := Object{"messageId": say("viewer", "CHAT")["id"]}
		step("MessagesPosted", inRoom)
		say("speaker", "BACKCHANNEL")
		step("MessagesPosted", hosts)
		guests["viewer"].Must("editMessage", Object{"messageId": first["messageId"], "text": "Hello there"}, "")
		step("MessagesChanged", inRoom)
		moderator.Must("pinMessage", first, "")
		step("MessagePinned", inRoom)
		moderator.Must("updateTools", Object{"roomId": room.ID, "slowModeSeconds": 1}, "")
		step("ToolsChanged", inRoom)
		moderator.Must("muteParticipant", Object{"participantId": places["viewer"]}, "")
		step("ParticipantMuted", about("viewer", admitting))
		moderator.Must("hideMessagesOf", Object{"participantId": places["viewer"]}, "")
		step("MessagePinned", inRoom)
		step("MessagesHidden", inRoom)
		moderator.Must("clearChannel", Object{"roomId": room.ID, "channel": "BACKCHANNEL", "on": true}, "")
		step("ChannelCleared", hosts)
		raise := func(who, role string) { guests[who].Must("raiseHand", Object{"roomId": room.ID, "role": role}, "") }
		raise("viewer", "SPEAKER")
		step("HandsRaised", about("viewer", admitting))
		moderator.Must("declineHand", Object{"participantId": places["viewer"]}, "")
		step("HandLowered", about("viewer", admitting))
		raise("speaker", "MODERATOR")
		step("HandsRaised", about("speaker", admitting))
		moderator.Must("lowerAllHands", Object{"roomId": room.ID}, "")
		step("HandsLowered", inRoom)
		draft := moderator.Must("createInteraction", Object{"roomId": room.ID, "key": "the-key-of-the-interaction", "interaction": Object{
			"kind": "WORDS", "title": "What do you think of?", "named": true,
		}}, "interaction { id }").Text("interaction.id")
		step("InteractionChanged", admitting)
		moderator.Must("startInteraction", Object{"interactionId": draft}, "")
		step("InteractionChanged", inRoom)
		word := moderator.Must("answerInteraction", Object{"interactionId": draft, "texts": []string{"tea"}}, "interaction { words { id } }").
			List("interaction.words")[0].Text("id")
		moderator.Must("hideAnswer", Object{"answerId": word, "on": true}, "")
		step("AnswerHidden", admitting)
		moderator.Must("shareResults", Object{"interactionId": draft}, "")
		step("ResultsShared", inRoom)
		moderator.Must("stopInteraction", Object{"interactionId": draft}, "")
		step("InteractionChanged", inRoom)
		asked := Object{"questionId": guests["speaker"].Must("askQuestion", Object{
			"roomId": room.ID, "text": "Why?", "anonymous": true, "key": "the-key-of-the-question",
		}, "question { id }").Text("question.id")}
		step("QuestionsAsked", inRoom)
		moderator.Must("dismissQuestion", asked, "")
		step("QuestionChanged", inRoom)
		step("OwnQuestionChanged", []string{"speaker"}) // not even managers
		moderator.Must("muteAsker", Object{"questionId": asked["questionId"], "on": true}, "")
		step("QuestionChanged", admitting)
		step("AskerMuted", []string{"speaker"})

		host.Export(room.Session, "CHAT", "CSV")
		step("Exported", []string{"host"})
		room.Command("endSession")
		step("SessionEnded", everyone())
		room.Command("startSession")
		step("SessionStarted", everyone())
		guests["viewer"].Enter(room)
		step("ParticipantChanged", []string{"viewer", "host"}) // the others left when the session ended
		room.Command("endSession")
		step("SessionEnded", everyone())
		next := host.Must("scheduleSession", Object{"roomId": room.ID, "startsAt": Stamp(h.Now().Add(time.Hour))}, "session { id }").Text("session.id")
		step("SessionScheduled", everyone())
		host.Must("rescheduleSession", Object{"sessionId": next, "startsAt": Stamp(h.Now().Add(2 * time.Hour))}, "")
		step("SessionRescheduled", everyone())
		host.Must("cancelSession", Object{"sessionId": next}, "")
		step("SessionCancelled", everyone())
		host.Must("deleteRoom", Object{"roomId": room.ID}, "")
		step("RoomDeleted", everyone())

		for name, r := range receivers {
			for i, o := range r.watch {
				got := []string{}
				for {
					m := o.Next()
					if m.Kind != "next" {
						if m.Kind != "complete" && (r.credential || m.Kind != "closed") {
							t.Errorf("%s, document %d: ended with %s %s", name, i, m.Kind, m.Raw)
						}
						break
					}
					if len(m.Errors) > 0 {
						t.Errorf("%s, document %d: %s", name, i, m.Raw)
					}
					got = append(got, m.Data.Text("roomEvents.__typename"))
				}
				want := r.want
				if i >= 2 {
					want = r.core
				}
				Same(t, fmt.Sprintf("%s hears by document %d", name, i), got, want)
			}
		}
		for _, kind := range Served().GetPossibleTypes(Served().Types["RoomEvent"]) {
			if kind.Name != "ResyncRequired" { // of erased people, who are not in these rooms
				Same(t, kind.Name+" happened", happens[kind.Name], true)
			}
		}
	})
}
