package concurrent

import (
	"slices"
	"strings"
	"testing"
	"time"

	. "usher/sitetest"
)

// Each command writes these events, in this order, and no others (V1, V3). Repeated or refused, it writes none (S4).
func TestV3_EachCommandWritesOnlyItsEvents(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		host := h.User("ada@example.com")
		grace, otto, next := h.Browser(), h.Browser(), h.Browser()
		var offered Object
		var room *Hall
		var ticket *Ticket
		var place, queued string
		in := func(state string) Object { return Object{"participantId": place, "role": state} }
		do := func(name string, with Object) func() { return func() { host.Must(name, with, "") } }
		steps := []struct {
			name  string
			run   func()
			wants string
		}{
			{"a room is made with its first session", func() { room = h.Hall(host, Object{"admission": "APPROVAL"}) }, "SessionScheduled"},
			{"a room that stays as it is", func() { room.Update(Object{"title": "Town hall"}) }, ""},
			{"a room is changed", func() { room.Update(Object{"title": "Another", "description": "x"}) }, "RoomUpdated"},
			{"an invitation", func() { ticket = room.Invite("grace@example.org", nil) }, "InvitationCreated"},
			{"an invitation refused", func() { host.Refused("ALREADY_INVITED", "inviteUser", room.Invitee("grace@example.org", nil)) }, ""},
			{"a wrong email", func() { grace.Refused("EMAIL_MISMATCH", "redeemInvitation", ticket.With("x@example.org")) }, "RedemptionRefused"},
			{"another wrong email within the minute", func() { grace.Refused("EMAIL_MISMATCH", "redeemInvitation", ticket.With("x@example.org")) }, ""},
			{"an expiry", func() {
				host.Must("updateInvitation", Object{"invitationId": ticket.ID, "expiresAt": Stamp(room.Starts.Add(time.Hour))}, "")
			}, "InvitationUpdated"},
			{"the same expiry", func() {
				host.Must("updateInvitation", Object{"invitationId": ticket.ID, "expiresAt": Stamp(room.Starts.Add(time.Hour))}, "")
			}, ""},
			{"a link is redeemed", func() { place = grace.Redeem(ticket) }, "InvitationRedeemed"},
			{"the same device again", func() { grace.Redeem(ticket) }, ""},
			{"a place offered, and asked for", func() {
				offered = grace.Must("offerHandOver", Object{"roomId": room.ID}, "handOver { id url }").In("handOver")
				next.Must("askHandOver", Object{"secret": offered["url"]}, "")
			}, ""},
			{"the place moves", func() {
				grace.Must("answerHandOver", Object{"id": offered["id"], "allow": true}, "")
				grace = next
			}, "DeviceMoved"},
			{"a role", func() { host.Must("changeRole", in("SPEAKER"), "") }, "RolePromoted"},
			{"the same role", func() { host.Must("changeRole", in("SPEAKER"), "") }, ""},
			{"an acknowledgement", func() { grace.Must("acknowledgeRole", Object{"roomId": room.ID, "roleRevision": 2}, "") }, "RoleDelivered"},
			{"an old acknowledgement", func() { grace.Must("acknowledgeRole", Object{"roomId": room.ID, "roleRevision": 1}, "") }, ""},
			{"a lower role", func() { host.Must("changeRole", in("VIEWER"), "") }, "RoleDemoted"},
			{"the role of a redeemed invitation", func() {
				host.Must("updateInvitation", Object{"invitationId": ticket.ID, "role": "SPEAKER"}, "")
			}, "InvitationUpdated RolePromoted"},
			{"another time", func() {
				host.Must("rescheduleSession", Object{"sessionId": room.Session, "startsAt": Stamp(room.Starts.Add(time.Hour))}, "")
			}, "SessionRescheduled"},
			{"the same time", func() {
				host.Must("rescheduleSession", Object{"sessionId": room.Session, "startsAt": Stamp(room.Starts.Add(time.Hour))}, "")
			}, ""},
			{"a start", func() { room.Command("startSession") }, "SessionStarted"},
			{"an open session started", func() { room.Command("startSession") }, ""},
			{"entering waits", func() { grace.Enter(room) }, "ParticipantChanged"},
			{"waiting goes on", func() { grace.Enter(room) }, ""},
			{"a denial", func() { host.Must("denyParticipant", Object{"participantId": place}, "") }, "ParticipantChanged"},
			{"a denial of who waits no more", func() { host.Refused("ALREADY_HANDLED", "denyParticipant", Object{"participantId": place}) }, ""},
			{"waiting again", func() { grace.Enter(room) }, "ParticipantChanged"},
			{"an admission", func() { host.Must("admitParticipant", Object{"participantId": place}, "") }, "ParticipantChanged"},
			{"an admission of who is in", func() { host.Refused("ALREADY_HANDLED", "admitParticipant", Object{"participantId": place}) }, ""},
			{"leaving", func() { grace.Must("leaveRoom", Object{"roomId": room.ID}, "") }, "ParticipantChanged"},
			{"leaving again", func() { grace.Must("leaveRoom", Object{"roomId": room.ID}, "") }, ""},
			{"coming back", func() { grace.Enter(room) }, "ParticipantChanged"},
			{"a removal", func() { host.Must("removeParticipant", Object{"participantId": place, "block": false}, "") }, "ParticipantRemoved ParticipantChanged"},
			{"a removal again", func() { host.Must("removeParticipant", Object{"participantId": place, "block": false}, "") }, ""},
			{"a block", func() { host.Must("removeParticipant", Object{"participantId": place, "block": true}, "") }, "ParticipantRemoved ParticipantChanged"},
			{"a block again", func() { host.Must("removeParticipant", Object{"participantId": place, "block": true}, "") }, ""},
			{"an unblocking", func() { host.Must("unblockParticipant", Object{"participantId": place}, "") }, "ParticipantChanged"},
			{"an unblocking of who is not blocked", func() { host.Must("unblockParticipant", Object{"participantId": place}, "") }, ""},
			{"the host asked", func() { otto.Must("askHost", Object{"token": ticket.Token}, "") }, "HostAsked"},
			{"a release of a place that was removed", func() { ticket.Do("releaseDevice") }, "DeviceReleased"},
			{"a release of no device", func() { ticket.Do("releaseDevice") }, ""},
			{"the link redeemed again", func() { grace.Redeem(ticket) }, "InvitationRedeemed"},
			{"waiting once more", func() { grace.Enter(room) }, "ParticipantChanged"},
			{"another link for who waits", func() { ticket = ticket.Renewed() }, "LinkRegenerated ParticipantChanged"},
			{"a revocation of a link that nobody redeemed", func() { ticket.Do("revokeInvitation") }, "InvitationRevoked"},
			{"a revocation again", func() { ticket.Do("revokeInvitation") }, ""},
			{"two who wait", func() {
				for _, name := range []string{"otto", "olga"} {
					guest := h.Browser()
					ticket = room.Invite(name+"@example.org", nil)
					queued = guest.Redeem(ticket)
					guest.Enter(room)
				}
			}, "InvitationCreated InvitationRedeemed ParticipantChanged InvitationCreated InvitationRedeemed ParticipantChanged"},
			{"some denied", func() {
				host.Must("denyParticipants", Object{"roomId": room.ID, "participantIds": []string{place}}, "")
			}, ""},
			{"nobody of a role to deny", func() { host.Must("denyAll", Object{"roomId": room.ID, "role": []string{"MODERATOR"}}, "") }, ""},
			{"all admitted", func() { host.Must("admitAll", Object{"roomId": room.ID}, "") }, "ParticipantChanged ParticipantChanged"},
			{"nobody to admit", func() { host.Must("admitAll", Object{"roomId": room.ID}, "") }, ""},
			{"a revocation of who is in", func() { ticket.Do("revokeInvitation") }, "InvitationRevoked ParticipantChanged"},
			{"a refusal of what is unknown", func() { host.Fails("NOT_FOUND", "changeRole", Object{"participantId": "p_x", "role": "VIEWER"}) }, ""},
			{"the role of who is out, as it is", func() { host.Do("changeRole", Object{"participantId": queued, "role": "VIEWER"}, "") }, ""},
			{"an end", func() { room.Command("endSession") }, "SessionEnded"},
			{"an end again", func() { room.Command("endSession") }, ""},
			{"opened again", func() { room.Command("startSession") }, "SessionStarted"},
			{"ended for good", func() { room.Command("endSession") }, "SessionEnded"},
			{"another session", func() {
				room.Session = host.Must("scheduleSession", Object{"roomId": room.ID, "startsAt": Stamp(h.Now().Add(time.Hour))}, "session { id }").Text("session.id")
			}, "SessionScheduled"},
			{"called off", func() { room.Command("cancelSession") }, "SessionCancelled"},
			{"called off again", func() { room.Command("cancelSession") }, ""},
			{"a room without an open session deleted", func() { do("deleteRoom", Object{"roomId": room.ID})() }, "RoomDeleted"},
			{"a room with an open session", func() { room = h.Hall(host, nil); room.Command("startSession") }, "SessionScheduled SessionStarted"},
			{"deleted while it is open", func() { do("deleteRoom", Object{"roomId": room.ID})() }, "SessionEnded RoomDeleted"},
		}
		at, id := 0, ""
		for _, step := range steps {
			step.run()
			if room.ID != id {
				at, id = 0, room.ID
			}
			kinds := room.Kinds(at)
			at += len(kinds)
			// A look at a link is recorded after its answer.
			kinds = slices.DeleteFunc(kinds, func(kind string) bool { return kind == "InvitationOpened" })
			Same(t, step.name, strings.Join(kinds, " "), step.wants)
		}
	})
}
