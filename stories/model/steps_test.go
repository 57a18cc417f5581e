package model

import (
	"fmt"
	"slices"
	"time"

	. "usher/sitetest"
)

// Random steps of the site. What a step does is drawn from its own number and the state that it finds, so any part of a run is a run too.
// The weights lead into deep states. About a third of the requests are refused.

// step is something that may happen, with its weight.
type step struct {
	weight int
	do     func(x *trial, r *draw)
}

// steps maps names, mostly of mutations, to steps.
var steps = map[string]step{
	"createRoom": {3, (*trial).createRoom}, "updateRoom": {6, (*trial).updateRoom}, "deleteRoom": {1, (*trial).deleteRoom},
	"addManager": {4, (*trial).addManager}, "removeManager": {3, (*trial).removeManager},
	"scheduleSession": {10, (*trial).scheduleSession}, "rescheduleSession": {4, (*trial).rescheduleSession},
	"startSession": {10, (*trial).startSession}, "endSession": {3, (*trial).endSession}, "cancelSession": {5, (*trial).cancelSession},
	"inviteUser": {12, (*trial).inviteUser}, "inviteUsers": {4, (*trial).inviteUsers}, "updateInvitation": {8, (*trial).updateInvitation},
	"regenerateLink": {5, (*trial).regenerateLink}, "releaseDevice": {5, (*trial).releaseDevice},
	"revokeInvitation": {4, (*trial).revokeInvitation},
	"redeemInvitation": {24, (*trial).redeemInvitation}, "askHost": {7, (*trial).askHost}, "look": {7, (*trial).look},
	"enterRoom": {20, (*trial).enterRoom}, "leaveRoom": {6, (*trial).leaveRoom}, "acknowledgeRole": {6, (*trial).acknowledgeRole},
	"offerHandOver": {6, (*trial).offerHandOver}, "askHandOver": {5, (*trial).askHandOver}, "answerHandOver": {5, (*trial).answerHandOver},
	"somebody reads a hand-over": {4, (*trial).readHandOver},
	"admitParticipant":           {8, (*trial).admitParticipant}, "admitAll": {2, (*trial).admitAll}, "denyParticipant": {8, (*trial).denyParticipant},
	"admitParticipants": {3, (*trial).admitParticipants}, "denyParticipants": {3, (*trial).denyParticipants}, "denyAll": {1, (*trial).denyAll},
	"changeRole": {9, (*trial).changeRole}, "removeParticipant": {6, (*trial).removeParticipant},
	"unblockParticipant": {6, (*trial).unblockParticipant},
	"sendMessage":        {24, (*trial).sendMessage}, "editMessage": {8, (*trial).editMessage}, "deleteMessage": {4, (*trial).deleteMessage},
	"hideMessage": {6, (*trial).hideMessage}, "restoreMessage": {4, (*trial).restoreMessage}, "hideMessagesOf": {3, (*trial).hideMessagesOf},
	"pinMessage": {5, (*trial).pinMessage}, "unpinMessage": {3, (*trial).unpinMessage}, "clearChannel": {3, (*trial).clearChannel},
	"muteParticipant": {6, (*trial).muteParticipant}, "unmuteParticipant": {4, (*trial).unmuteParticipant},
	"raiseHand": {20, (*trial).raiseHand}, "lowerHand": {2, (*trial).lowerHand}, "declineHand": {10, (*trial).declineHand},
	"lowerAllHands": {3, (*trial).lowerAllHands}, "react": {5, (*trial).react}, "somebody reads hands": {6, (*trial).readHands},
	"askQuestion": {18, (*trial).askQuestion}, "upvoteQuestion": {10, (*trial).upvoteQuestion}, "withdrawQuestion": {3, (*trial).withdrawQuestion},
	"publishQuestion": {6, (*trial).publishQuestion}, "dismissQuestion": {4, (*trial).dismissQuestion}, "reopenQuestion": {4, (*trial).reopenQuestion},
	"takeQuestion": {8, (*trial).takeQuestion}, "releaseQuestion": {4, (*trial).releaseQuestion}, "answerQuestion": {8, (*trial).answerQuestion},
	"muteAsker": {4, (*trial).muteAsker}, "somebody reads questions": {10, (*trial).readQuestions},
	"createInteraction": {8, (*trial).createInteraction}, "updateInteraction": {4, (*trial).updateInteraction},
	"copyInteraction": {3, (*trial).copyInteraction}, "deleteInteraction": {2, (*trial).deleteInteraction},
	"startInteraction": {10, (*trial).startInteraction}, "stopInteraction": {3, (*trial).stopInteraction},
	"shareResults": {4, (*trial).shareResults}, "answerInteraction": {20, (*trial).answerInteraction}, "hideAnswer": {4, (*trial).hideAnswer},
	"somebody reads interactions": {10, (*trial).readVotes},
	"updateTools":                 {7, (*trial).updateTools}, "somebody reads": {12, (*trial).readMessages},
	"updateSitePolicy": {4, (*trial).updateSitePolicy}, "time passes": {8, (*trial).pass},
}

// stepNames lists all steps in a fixed order.
var stepNames = func() (names []string) {
	for name, s := range steps {
		names = append(names, slices.Repeat([]string{name}, s.weight)...)
	}
	slices.Sort(names)
	return names
}()

// times draws the times of a session, mostly valid ones.
func (x *trial) times(r *draw) (starts, ends time.Time) {
	starts = x.w.now.Add(time.Duration(r.IntN(120)-2) * time.Minute)
	if r.one(20) {
		starts = x.w.now.Add(-time.Hour)
	}
	if !r.one(3) {
		ends = starts.Add(time.Duration(30+r.IntN(120)) * time.Minute)
	}
	if r.one(30) {
		ends = starts.Add(pick(r, -time.Minute, 25*time.Hour))
	}
	return starts, ends
}

// emails are the emails that are invited and typed. Some have accounts, some have domains with rules.
var emails = []string{
	"grace@example.org", "alan@lab.example.org", "edsger@example.net", "barbara@guests.test", "donald@guests.test", "tony@example.org",
	"two@example.net", "member@example.com", "visitor@example.com", "editor@example.com", "admin@example.com",
}

func instant(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return Stamp(t)
}

func (x *trial) createRoom(r *draw) {
	there := 0
	for _, h := range x.w.halls {
		if !h.deleted {
			there++
		}
	}
	if there >= 3 && !r.one(8) {
		return
	}
	a := x.someone(r, func(a *mAsker) bool { return a.name == "owner" || a.name == "other" })
	if there >= 3 {
		a = x.asker("nobody")
	}
	starts, ends := x.times(r)
	title := pick(r, "Hall", "Hall", "Hall", "Hall", "")
	members, approval := r.one(2), !r.one(3)
	h, code := x.w.createRoom(a, title, starts, ends, members, approval)
	got := x.ask(a, "createRoom", Object{
		"title": title, "startsAt": Stamp(starts), "endsAt": instant(ends), "access": access(members), "admission": admission(approval),
	}, "room { id session { id } }", code)
	if code == "" {
		h.id, h.now.id = got.Text("room.id"), got.Text("room.session.id")
		x.opened(h)
	}
}

func access(members bool) string {
	return map[bool]string{false: "INVITED", true: "MEMBERS"}[members]
}

func admission(approval bool) string {
	return map[bool]string{false: "AUTOMATIC", true: "APPROVAL"}[approval]
}

func (x *trial) updateRoom(r *draw) {
	h := x.hall(r)
	a := x.manager(r, h)
	with, c := Object{"roomId": h.id}, change{}
	switch r.IntN(8) {
	case 0, 1:
		title := pick(r, "Hall", "Room", "")
		with["title"], c.title = title, &title
	case 2, 3:
		members := r.one(2)
		with["access"], c.members = access(members), &members
	case 4, 5:
		approval := !r.one(3)
		with["admission"], c.approval = admission(approval), &approval
	default:
		quiet := !h.quiet && r.one(6)
		with["chatAndCollaboration"], c.quiet = !quiet, &quiet
	}
	x.ask(a, "updateRoom", with, "", x.w.updateRoom(a, h, c))
}

func (x *trial) deleteRoom(r *draw) {
	h := x.hall(r)
	if !r.one(4) {
		return
	}
	a := x.manager(r, h)
	x.ask(a, "deleteRoom", Object{"roomId": h.id}, "", x.w.deleteRoom(a, h))
}

func (x *trial) addManager(r *draw) {
	h := x.hall(r)
	u, role := pick(r, x.w.people...), pick(r, "OWNER", "CO_OWNER", "CO_EDITOR", "CO_PUBLISHER", "CO_PUBLISHER", "CO_EDITOR")
	a := x.manager(r, h)
	x.ask(a, "addManager", Object{"roomId": h.id, "userId": u.id, "role": role}, "", x.w.addManager(a, h, u, role))
}

func (x *trial) removeManager(r *draw) {
	h := x.hall(r)
	u := pick(r, x.w.people...)
	if !r.one(4) {
		u = pick(r, slices.DeleteFunc(slices.Clone(x.w.people), func(u *person) bool { return h.managers[u] == "" })...)
	}
	a := x.manager(r, h)
	x.ask(a, "removeManager", Object{"roomId": h.id, "userId": u.id}, "", x.w.removeManager(a, h, u))
}

// pass moves the clock, and does what the clockwork does each minute.
func (x *trial) pass(r *draw) {
	by := time.Duration(1+r.IntN(10)) * time.Minute
	switch {
	case r.one(50):
		by = 25 * time.Hour
	case r.one(8):
		by = time.Duration(30+r.IntN(120)) * time.Minute
	}
	x.passes(by)
	x.note(fmt.Sprint(by, " pass"))
	x.w.lapse()
	if err := x.h.Parts.Clock.Lapse(x.h.T.Context(), x.h.Now()); err != nil {
		x.differs("the clockwork: %v", err)
	}
}
