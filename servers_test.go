package main

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"usher/live/livetest"
)

// Several servers serve one site on one PostgreSQL database: whoever asks at one of them has the same site as at the others.

// startServers serves a site from so many servers, with one clock, until the test ends.
func startServers(t *testing.T, n int) []*house {
	t.Helper()
	servers := []*house{newHouse(t, livetest.Postgres(t))}
	servers[0].Serve()
	for len(servers) < n {
		next := *servers[0]
		next.Serve()
		servers = append(servers, &next)
	}
	return servers
}

func TestV4_WhatHappensAtOneServerIsHeardAtTheOthersOnceAndInOrder(t *testing.T) {
	t.Parallel()
	servers := startServers(t, 3)
	room := servers[0].Hall(servers[0].User("ada@example.com"), nil)
	room.Command("startSession")
	host := make([]*client, len(servers))
	for i, h := range servers {
		host[i] = h.at(room.host)
	}
	var followers []*follower
	for i := range 30 { // the host, and guests in the room and in the lobby, at each of the servers
		f := &follower{client: host[i%3], via: servers[i%3].url, room: room.id}
		if i >= 3 {
			role := []string{"VIEWER", "SPEAKER", "MODERATOR"}[i/3%3]
			f.client = servers[(i+1)%3].at(room.Invite(fmt.Sprintf("guest%d@example.org", i), object{"role": role}).bearerGuest())
			if i%2 == 0 {
				f.Enter(room)
			}
		}
		followers = append(followers, f)
	}
	places := make([]string, 3)
	for i := range places {
		guest := servers[i].at(room.Invite(fmt.Sprintf("busy%d@example.org", i), nil).bearerGuest())
		places[i] = guest.Enter(room).Text("id")
	}
	begun := room.Revision()
	var hearing, acting sync.WaitGroup
	for _, f := range followers {
		f.after = begun
		hearing.Go(func() {
			if err := f.follow(t.Context()); err != nil {
				t.Errorf("a follower fails: %v", err)
			}
		})
	}
	for i, c := range host {
		acting.Go(func() {
			for n := range 20 {
				c.Must("updateRoom", object{"roomId": room.id, "description": fmt.Sprint(i, " ", n)}, "")
				c.Must("changeRole", object{"participantId": places[i], "role": []string{"SPEAKER", "MODERATOR", "VIEWER"}[n%3]}, "")
			}
		})
	}
	acting.Wait()
	want := map[*follower][]int{}
	for _, f := range followers {
		want[f] = f.history(room.id, begun)
	}
	host[1].Must("endSession", object{"sessionId": room.session}, "")
	hearing.Wait()
	for i, f := range followers {
		same(t, fmt.Sprint("follower ", i, " hears"), f.heard, append(want[f], room.Revision()))
	}
	same(t, "the host hears everything", len(followers[0].heard), 3*20*2+1)
}

func TestL2_7_OfDevicesAtThreeServersExactlyOneWins(t *testing.T) {
	t.Parallel()
	servers := startServers(t, 3)
	room := servers[0].Hall(servers[0].User("ada@example.com"), nil)
	ticket := room.Invite("grace@example.org", nil)
	devices := make([]*client, 90)
	answered := atOnce(t, len(devices), func(i int) (*client, object) {
		devices[i] = servers[i%3].Browser()
		return devices[i], ticket.Own()
	})
	same(t, "the answers", tally(answered), map[string]int{"": 1, "USED_ON_OTHER_DEVICE": 89})
	winner := slices.IndexFunc(answered, func(a redemption) bool { return a.code == "" })
	for i, h := range servers {
		same(t, fmt.Sprint("the winner at server ", i), h.at(devices[winner]).Redeem(ticket), answered[winner].participant)
	}
	emails := make([]string, 30)
	var all sync.WaitGroup
	for i := range emails {
		all.Go(func() {
			_, result := servers[i%3].at(room.host).Do("inviteUser", room.invitee("alan@example.org", nil), "")
			emails[i] = result.Text("code")
		})
	}
	all.Wait()
	slices.Sort(emails)
	same(t, "who invites one email first", slices.Compact(emails), "[ ALREADY_INVITED]")
}

func TestV8_WhoIsThereIsCountedAcrossServers(t *testing.T) {
	t.Parallel()
	servers := startServers(t, 3)
	room := servers[0].Hall(servers[0].User("ada@example.com"), nil)
	room.Command("startSession")
	grace := room.Invite("grace@example.org", nil).bearerGuest()
	place := grace.Enter(room).Text("id")
	online := func(h *house) string {
		p := h.at(room.host).MustAsk(`query($id: ID!) { node(id: $id) { ... on Participant { online } } }`, object{"id": place})
		return fmt.Sprint(p.At("node.online"))
	}
	watching3 := servers[2].at(room.host).Connect().Subscribe(
		`subscription($id: ID!) { presence(roomId: $id) { online changed { id online } } }`, object{"id": room.id})
	same(t, "who is there at first", watching3.Next().data.Int("presence.online"), 0)

	tab := grace.Watch(watching, room.id, room.Revision())
	came := watching3.Next().data
	same(t, "who came, heard at another server", []any{came.Int("presence.online"), came.At("presence.changed")},
		[]any{1, []any{map[string]any{"id": place, "online": true}}})
	other := servers[1].at(grace).Watch(watching, room.id, room.Revision()-1)
	other.Expect("ParticipantChanged")
	for i, h := range servers {
		h.WaitUntil(fmt.Sprint("grace is online at server ", i), func() bool { return online(h) == "true" })
	}
	_ = tab.ws.Close()
	servers[1].at(room.host).Watch(watching, room.id, room.Revision())
	same(t, "with a tab left at one server and the host come to it", watching3.Next().data.Int("presence.online"), 2)
	_ = other.ws.Close()
	gone := watching3.Next().data
	same(t, "after the last tab", []any{gone.Int("presence.online"), gone.At("presence.changed")},
		[]any{1, []any{map[string]any{"id": place, "online": false}}})
	for i, h := range servers {
		same(t, fmt.Sprint("online at server ", i), online(h), "false")
	}
}

func TestS3_NobodyIsThereWhereNobodyIsAtAnyServer(t *testing.T) {
	t.Parallel()
	servers := startServers(t, 2)
	room := servers[0].Hall(servers[0].User("ada@example.com", "--admin"), object{"endsAt": stamp(servers[0].Now().Add(2 * time.Hour))})
	room.Command("startSession")
	lapse := func() string {
		t.Helper()
		var all sync.WaitGroup // whatever the order: both at once
		for _, h := range servers {
			all.Go(func() {
				if err := h.parts.Rooms.Lapse(context.Background(), h.Now()); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		return room.host.MustAsk(`query($id: ID!) { room(id: $id) { session { state } } }`, object{"id": room.id}).Text("room.session.state")
	}
	tab := servers[1].at(room.host).Watch(watching, room.id, room.Revision())
	servers[1].WaitUntil("somebody is there", func() bool { return servers[1].parts.Presence.Anyone(room.id) })
	servers[0].Advance(4 * time.Hour)
	for range 3 {
		same(t, "somebody is at the other server", lapse(), "OPEN")
		servers[0].Advance(59 * time.Minute)
	}
	_ = tab.ws.Close()
	for _, h := range servers {
		h.WaitUntil("nobody is there", func() bool { return !h.parts.Presence.Anyone(room.id) })
	}
	same(t, "since 59 minutes", lapse(), "OPEN")
	servers[0].Advance(time.Minute)
	begun := room.Revision()
	same(t, "for an hour", lapse(), "ENDED")
	same(t, "times that it was ended", room.Revision()-begun, 1)
}

func TestA1_WhatEndsASignInAtOneServerClosesItsConnectionsAtTheOthers(t *testing.T) {
	t.Parallel()
	servers := startServers(t, 2)
	servers[0].Account("ada@example.com")
	ada := servers[0].Browser()
	signIn := object{"email": "ada@example.com", "password": password}
	ada.Must("signIn", signIn, "")
	elsewhere := servers[1].at(ada)
	signedIn := elsewhere.Connect()
	ada.Must("signOut", nil, "")
	signedIn.Closes(4401)
	same(t, "who asks at the other server", elsewhere.MustAsk(`{ me { user { id } } }`, nil).At("me.user"), nil)

	bearer := servers[1].User("alan@example.com").Connect()
	servers[0].MustRun("", "token", "revoke", "--email", "alan@example.com")
	bearer.Closes(4401)
}

func TestI6_RevokedAtOneServerGuestsAreOutAtTheOthers(t *testing.T) {
	t.Parallel()
	const guests = 30
	servers := startServers(t, 3)
	room := servers[0].Hall(servers[0].User("ada@example.com"), nil)
	room.Command("startSession")
	tickets, watched := make([]*ticket, guests), make([]*subscription, guests)
	for i := range tickets {
		tickets[i] = room.Invite(fmt.Sprintf("guest%d@example.org", i), object{"role": "SPEAKER"})
		guest := servers[i%3].at(tickets[i].bearerGuest())
		before := room.Revision()
		guest.Enter(room)
		watched[i] = guest.Watch([]string{watching, watchingOwn}[i%10/9], room.id, before)
		watched[i].Expect("ParticipantChanged") // from now on they listen
	}
	var all sync.WaitGroup
	for i, o := range watched {
		all.Go(func() {
			for m := range o.heard {
				event := m.data.In("roomEvents")
				if m.kind == "next" && len(m.errors) == 0 && event.Text("invitation.id") != tickets[i].id {
					continue // of somebody else
				}
				if m.kind != "next" || event.Text("__typename") != "InvitationRevoked" {
					t.Errorf("instead of being revoked came %s %s", m.kind, m.raw)
					return
				}
				if next := <-o.heard; next.kind != "complete" {
					t.Errorf("after their last event came %s %s", next.kind, next.raw)
				}
				o.Closes(4403)
				return
			}
		})
		all.Go(func() { // at a server that is not theirs
			servers[(i+1)%3].at(room.host).Must("revokeInvitation", object{"invitationId": tickets[i].id}, "")
		})
	}
	all.Wait()
}

func TestAWatchedLinkAndTheLobbyFollowWhatIsDoneAtAnotherServer(t *testing.T) {
	t.Parallel()
	servers := startServers(t, 2)
	room := servers[0].Hall(servers[0].User("ada@example.com"), object{"admission": "APPROVAL"})
	ticket := room.Invite("grace@example.org", nil)
	link := servers[1].Browser().Connect().Subscribe(
		`subscription($token: String!) { invitationLink(token: $token) { problem { code } session { state } } }`, object{"token": ticket.token})
	same(t, "at first", link.Next().data.Text("invitationLink.session.state"), "SCHEDULED")
	room.Command("startSession")
	same(t, "when it has started", link.Next().data.Text("invitationLink.session.state"), "OPEN")

	grace := servers[1].at(ticket.bearerGuest())
	waiting := grace.Watch(watching, room.id, room.Revision())
	place := grace.Enter(room)
	same(t, "the lobby", place.Text("state"), "WAITING")
	same(t, "who waits, heard by who waits", waiting.Expect("ParticipantChanged").Text("state"), "WAITING")
	codes := make([]string, 8)
	var all sync.WaitGroup
	for i := range codes { // the first wins
		all.Go(func() {
			_, result := servers[i%2].at(room.host).Do("admitParticipant", object{"participantId": place.Text("id")}, "")
			codes[i] = result.Text("code")
		})
	}
	all.Wait()
	slices.Sort(codes)
	same(t, "who admits", codes, "[ ALREADY_HANDLED ALREADY_HANDLED ALREADY_HANDLED ALREADY_HANDLED ALREADY_HANDLED ALREADY_HANDLED ALREADY_HANDLED]")
	same(t, "who was admitted", waiting.Expect("ParticipantChanged").Text("state"), "IN_ROOM")
}

func TestTheLinkThatOneServerPrintsSetsTheSiteUpAtAnother(t *testing.T) {
	t.Parallel()
	servers := startServers(t, 2)
	with := func(h *house, email string) object {
		return object{
			"token": h.parts.Accounts.NewSetUpToken(), "email": email, "firstName": "Ada", "lastName": "Lovelace", "password": password,
		}
	}
	stranger := startHouse(t)
	servers[1].Browser().Refused("LINK_NOT_VALID", "setUp", with(stranger, "eve@example.com"))
	first, second := with(servers[0], "ada@example.com"), with(servers[1], "alan@example.com")
	servers[1].Browser().Must("setUp", first, "me { user { siteRole } }")
	servers[0].Browser().Refused("LINK_NOT_VALID", "setUp", second)
}

func TestV4_WhenHintsAreCutOffAgainAndAgainEventsStillArrive(t *testing.T) {
	t.Parallel()
	servers := startServers(t, 2)
	room := servers[0].Hall(servers[0].User("ada@example.com"), nil)
	ctx, stop := context.WithCancel(t.Context())
	var cutting sync.WaitGroup
	cuts := 0
	cutting.Go(func() {
		for ctx.Err() == nil {
			cuts += cutHints(t, servers[0].DB())
		}
	})
	heard := servers[1].at(room.host).Watch(watching, room.id, room.Revision())
	for n := range 60 {
		room.Update(object{"title": fmt.Sprint("Title ", n)})
		if n%20 == 19 { // all that came so far, in order
			for range 20 {
				heard.Expect("RoomUpdated")
			}
		}
	}
	stop()
	cutting.Wait()
	if cuts < 4 {
		t.Errorf("hints were cut off only %d times", cuts)
	}
}

// cutHints ends the connections that hints between servers take.
func cutHints(t *testing.T, db *sql.DB) (cut int) {
	t.Helper()
	err := db.QueryRowContext(t.Context(), `SELECT count(pg_terminate_backend(pid, 1000)) FROM pg_stat_activity
		WHERE datname = current_database() AND application_name = 'usher hints'`).Scan(&cut)
	if err != nil {
		t.Error(err)
	}
	return cut
}
