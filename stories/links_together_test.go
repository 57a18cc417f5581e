package stories

import (
	"fmt"
	"testing"
	"time"

	. "usher/sitetest"
	"usher/web/documents"
)

// The pages of a room's links follow it together: an event costs the server the same few statements, however many they are.

func TestL4_AnEventCostsTheSameHoweverManyWatchTheirLinks(t *testing.T) {
	all, err := documents.Read("../web/src")
	if err != nil {
		t.Fatal(err)
	}
	OnEach(t, func(t *testing.T, h *House) {
		statements := h.CountReads()
		host := h.User("ada@example.com")
		costs := func(watchers int) int64 {
			room := h.Hall(host, nil)
			var pages []*Subscription
			var tickets []*Ticket
			for i := range watchers {
				tickets = append(tickets, room.Invite(fmt.Sprintf("guest%d@example.org", i), nil))
				page := h.Bearer("").Connect().Subscribe(all["LinkWatch"], Object{"token": tickets[i].Token})
				Same(t, "at first", page.Next().Data.Text("invitationLink.roomTitle"), "Town hall")
				pages = append(pages, page)
			}
			h.WaitUntil("all looks are noted", func() bool {
				for _, ticket := range tickets {
					if ticket.Status() != "OPENED" {
						return false
					}
				}
				return true
			})
			// hear returns what all pages but the first few hear next. It is the same for all.
			hear := func(from int) Object {
				t.Helper()
				first := pages[from].Next().Data.In("invitationLink")
				for _, page := range pages[from+1:] {
					Same(t, "what the next page hears", page.Next().Data.In("invitationLink"), first)
				}
				return first
			}
			before := statements.Load()
			room.Update(Object{"title": "Assembly"})
			Same(t, "the new title", hear(0).Text("roomTitle"), "Assembly")
			spent := statements.Load() - before
			tickets[0].Do("revokeInvitation")
			Same(t, "whose invitation was revoked", pages[0].Next().Data.At("invitationLink.problem.code"), "INVITATION_REVOKED")
			room.Command("startSession")
			Same(t, "the start", hear(1).Text("session.state"), "OPEN")
			room.Command("endSession")
			Same(t, "the end", hear(1).At("problem.code"), "SESSION_ENDED")
			host.Must("deleteRoom", Object{"roomId": room.ID}, "")
			Same(t, "the room's end", hear(0).At("problem.code"), "ROOM_DELETED")
			return spent
		}
		few, many := costs(2), costs(60)
		if many > few+5 { // the server's own work goes on meanwhile
			t.Errorf("60 pages cost %d statements, 2 cost %d", many, few)
		}
	})
}

func TestL4_ALinkFollowsItsOwnTime(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		expires := h.Now().Add(2 * time.Hour)
		ticket := room.Invite("grace@example.org", Object{"expiresAt": Stamp(expires)})
		stays := room.Invite("alan@example.org", nil)
		h.Set(expires.Add(-time.Second)) // the server waits for a second, whatever the story's clock does meanwhile
		watch := `subscription($token: String!) { invitationLink(token: $token) { problem { code } roomTitle } }`
		page := h.Browser().Connect().Subscribe(watch, Object{"token": ticket.Token})
		other := h.Browser().Connect().Subscribe(watch, Object{"token": stays.Token})
		Same(t, "at first", page.Next().Data.At("invitationLink.problem"), nil)
		Same(t, "the other", other.Next().Data.At("invitationLink.problem"), nil)
		h.Set(expires.Add(time.Millisecond))
		Same(t, "when its time is over", page.Next().Data.At("invitationLink.problem.code"), "LINK_EXPIRED")
		room.Update(Object{"title": "Assembly"})
		Same(t, "all that the other heard", other.Next().Data.Text("invitationLink.roomTitle"), "Assembly")
	})
}

func TestL4_WhoRedeemedSeesTheirOwnPlaceOnTheirOtherPage(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		ticket := room.Invite("grace@example.org", nil)
		watch := `subscription($token: String!) { invitationLink(token: $token) { link problem { code } participant { id state room { myParticipant { id } } } } }`
		here, there := h.Browser(), h.Browser()
		here.Look(ticket.Token)
		page := here.Connect().Subscribe(watch, Object{"token": ticket.Token})
		foreign := there.Connect().Subscribe(watch, Object{"token": ticket.Token})
		for _, o := range []*Subscription{page, foreign} {
			Same(t, "at first", o.Next().Data.In("invitationLink"), Object{"link": ticket.Link, "problem": nil, "participant": nil})
		}
		place := here.Redeem(ticket)
		Same(t, "on the same device", page.Next().Data.In("invitationLink.participant"),
			Object{"id": place, "state": "COUNTDOWN", "room": map[string]any{"myParticipant": map[string]any{"id": place}}})
		Same(t, "on another device", foreign.Next().Data.At("invitationLink.problem.code"), "USED_ON_OTHER_DEVICE")
		room.Command("startSession")
		page.Next() // they are in the lobby
		here.Enter(room)
		Same(t, "in the room", page.Next().Data.Text("invitationLink.participant.state"), "IN_ROOM")
		room.Host.Must("removeParticipant", Object{"participantId": place, "block": true}, "")
		Same(t, "when blocked", page.Next().Data.At("invitationLink.problem.code"), "PARTICIPANT_BLOCKED")
	})
}
