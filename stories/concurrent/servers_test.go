package concurrent

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"

	"usher/live/livetest"
	. "usher/sitetest"
)

// Several servers serve one site from one PostgreSQL database.

// startServers serves a site from n servers, with one clock, until the test ends.
func startServers(t *testing.T, n int) []*House {
	t.Helper()
	return startServersOf(NewHouse(t, livetest.Postgres(t)), n)
}

func startServersOf(h *House, n int, args ...string) []*House {
	servers := []*House{h}
	servers[0].Serve(args...)
	for len(servers) < n {
		next := *servers[0]
		next.Serve(args...)
		servers = append(servers, &next)
	}
	return servers
}

func TestV4_EventsOfOneServerReachTheOthersOnceAndInOrder(t *testing.T) {
	t.Parallel()
	servers := startServers(t, 3)
	room := servers[0].Hall(servers[0].User("ada@example.com"), nil)
	room.Command("startSession")
	host := make([]*Client, len(servers))
	for i, h := range servers {
		host[i] = h.At(room.Host)
	}
	var followers []*Follower
	for i := range 30 { // at each server the host, and guests in the room and in the lobby
		f := &Follower{Client: host[i%3], Via: servers[i%3].URL, Room: room.ID}
		if i >= 3 {
			role := []string{"VIEWER", "SPEAKER", "MODERATOR"}[i/3%3]
			f.Client = servers[(i+1)%3].At(room.Invite(fmt.Sprintf("guest%d@example.org", i), Object{"role": role}).BearerGuest())
			if i%2 == 0 {
				f.Enter(room)
			}
		}
		followers = append(followers, f)
	}
	places := make([]string, 3)
	for i := range places {
		guest := servers[i].At(room.Invite(fmt.Sprintf("busy%d@example.org", i), nil).BearerGuest())
		places[i] = guest.Enter(room).Text("id")
	}
	begun := room.Revision()
	var hearing, acting sync.WaitGroup
	for _, f := range followers {
		f.After = begun
		hearing.Go(func() {
			if err := f.Follow(t.Context()); err != nil {
				t.Errorf("a follower fails: %v", err)
			}
		})
	}
	for i, c := range host {
		acting.Go(func() {
			for n := range 20 {
				c.Must("updateRoom", Object{"roomId": room.ID, "description": fmt.Sprint(i, " ", n)}, "")
				c.Must("changeRole", Object{"participantId": places[i], "role": []string{"SPEAKER", "MODERATOR", "VIEWER"}[n%3]}, "")
			}
		})
	}
	acting.Wait()
	want := map[*Follower][]int{}
	for _, f := range followers {
		want[f] = f.History(room.ID, begun)
	}
	host[1].Must("endSession", Object{"sessionId": room.Session}, "")
	hearing.Wait()
	for i, f := range followers {
		Same(t, fmt.Sprint("follower ", i, " hears"), f.Heard, append(want[f], room.Revision()))
	}
	Same(t, "the host hears everything", len(followers[0].Heard), 3*20*2+1)
}

func TestL2_7_OneOfManyDevicesAtThreeServersWins(t *testing.T) {
	livetest.Long(t)
	t.Parallel()
	servers := startServers(t, 3)
	room := servers[0].Hall(servers[0].User("ada@example.com"), nil)
	ticket := room.Invite("grace@example.org", nil)
	devices := make([]*Client, 90)
	answered := atOnce(t, len(devices), func(i int) (*Client, Object) {
		devices[i] = servers[i%3].Browser()
		return devices[i], ticket.Own()
	})
	Same(t, "the answers", tally(answered), map[string]int{"": 1, "USED_ON_OTHER_DEVICE": 89})
	winner := slices.IndexFunc(answered, func(a redemption) bool { return a.code == "" })
	for i, h := range servers {
		Same(t, fmt.Sprint("the winner at server ", i), h.At(devices[winner]).Redeem(ticket), answered[winner].participant)
	}
	emails := make([]string, 30)
	var all sync.WaitGroup
	for i := range emails {
		all.Go(func() {
			_, result := servers[i%3].At(room.Host).Do("inviteUser", room.Invitee("alan@example.org", nil), "")
			emails[i] = result.Code()
		})
	}
	all.Wait()
	slices.Sort(emails)
	Same(t, "who invites one email first", slices.Compact(emails), []string{"", "ALREADY_INVITED"})
}

func TestA1_SigningOutAtOneServerClosesConnectionsAtTheOthers(t *testing.T) {
	livetest.Long(t)
	t.Parallel()
	servers := startServers(t, 2)
	servers[0].Account("ada@example.com")
	ada := servers[0].Browser()
	signIn := Object{"email": "ada@example.com", "password": Password}
	ada.Must("signIn", signIn, "")
	elsewhere := servers[1].At(ada)
	signedIn := elsewhere.Connect()
	ada.Must("signOut", nil, "")
	signedIn.Closes(4401)
	Same(t, "who asks at the other server", elsewhere.MustAsk(`{ me { user { id } } }`, nil).At("me.user"), nil)

	bearer := servers[1].User("alan@example.com").Connect()
	servers[0].MustRun("", "token", "revoke", "--email", "alan@example.com")
	bearer.Closes(4401)
}

func TestI6_GuestsRevokedAtOneServerAreOutAtTheOthers(t *testing.T) {
	livetest.Long(t)
	t.Parallel()
	const guests = 30
	servers := startServers(t, 3)
	room := servers[0].Hall(servers[0].User("ada@example.com"), nil)
	room.Command("startSession")
	tickets, watched := make([]*Ticket, guests), make([]*Subscription, guests)
	for i := range tickets {
		tickets[i] = room.Invite(fmt.Sprintf("guest%d@example.org", i), Object{"role": "SPEAKER"})
		guest := servers[i%3].At(tickets[i].BearerGuest())
		before := room.Revision()
		guest.Enter(room)
		watched[i] = guest.Watch([]string{Watching, WatchingOwn}[i%10/9], room.ID, before)
		watched[i].Expect("ParticipantChanged") // from now on they listen
	}
	var all sync.WaitGroup
	for i, o := range watched {
		all.Go(func() {
			for m := range o.Heard {
				event := m.Data.In("roomEvents")
				if m.Kind == "next" && len(m.Errors) == 0 && event.TextIfAny("invitation.id") != tickets[i].ID {
					continue // of somebody else
				}
				if m.Kind != "next" || event.Text("__typename") != "InvitationRevoked" {
					t.Errorf("instead of being revoked came %s %s", m.Kind, m.Raw)
					return
				}
				if next := <-o.Heard; next.Kind != "complete" {
					t.Errorf("after their last event came %s %s", next.Kind, next.Raw)
				}
				o.Closes(4403)
				return
			}
		})
		all.Go(func() { // at a server that is not theirs
			r, result, err := servers[(i+1)%3].At(room.Host).Insist(t, "revokeInvitation", Object{"invitationId": tickets[i].ID}, "")
			if err != nil || result == nil || result.Code() != "" {
				t.Errorf("revoking answers %v %v", err, r)
				_ = o.WS.Close() // so that nobody waits for this guest
			}
		})
	}
	all.Wait()
}

func TestAWatchedLinkAndTheLobbyFollowChangesAtAnotherServer(t *testing.T) {
	livetest.Long(t)
	t.Parallel()
	servers := startServers(t, 2)
	room := servers[0].Hall(servers[0].User("ada@example.com"), Object{"admission": "APPROVAL"})
	ticket := room.Invite("grace@example.org", nil)
	link := servers[1].Browser().Connect().Subscribe(
		`subscription($token: String!) { invitationLink(token: $token) { problem { code } session { state } } }`, Object{"token": ticket.Token})
	Same(t, "at first", link.Next().Data.Text("invitationLink.session.state"), "SCHEDULED")
	room.Command("startSession")
	Same(t, "when it has started", link.Next().Data.Text("invitationLink.session.state"), "OPEN")

	grace := servers[1].At(ticket.BearerGuest())
	waiting := grace.Watch(Watching, room.ID, room.Revision())
	place := grace.Enter(room)
	Same(t, "the lobby", place.Text("state"), "WAITING")
	Same(t, "who waits, heard by who waits", waiting.Expect("ParticipantChanged").Text("state"), "WAITING")
	codes := make([]string, 8)
	var all sync.WaitGroup
	for i := range codes { // the first wins
		all.Go(func() {
			_, result := servers[i%2].At(room.Host).Do("admitParticipant", Object{"participantId": place.Text("id")}, "")
			codes[i] = result.Code()
		})
	}
	all.Wait()
	slices.Sort(codes)
	Same(t, "who admits", codes, []string{"", "ALREADY_HANDLED", "ALREADY_HANDLED", "ALREADY_HANDLED", "ALREADY_HANDLED", "ALREADY_HANDLED", "ALREADY_HANDLED", "ALREADY_HANDLED"})
	Same(t, "who was admitted", waiting.Expect("ParticipantChanged").Text("state"), "IN_ROOM")
}

func TestASetupLinkOfOneServerWorksAtAnother(t *testing.T) {
	livetest.Long(t)
	t.Parallel()
	servers := startServers(t, 2)
	with := func(h *House, email string) Object {
		return Object{
			"token": h.Parts.People.NewSetUpToken(), "email": email, "firstName": "Ada", "lastName": "Lovelace", "password": Password,
		}
	}
	stranger := StartHouse(t)
	servers[1].Browser().Refused("LINK_NOT_VALID", "setUp", with(stranger, "eve@example.com"))
	first, second := with(servers[0], "ada@example.com"), with(servers[1], "alan@example.com")
	servers[1].Browser().Must("setUp", first, "me { user { siteRole } }")
	servers[0].Browser().Refused("LINK_NOT_VALID", "setUp", second)
}

func TestV4_EventsArriveWhenHintsAreCutOffRepeatedly(t *testing.T) {
	livetest.Long(t)
	t.Parallel()
	servers := startServers(t, 2)
	room := servers[0].Hall(servers[0].User("ada@example.com"), nil)
	ctx, stop := context.WithCancel(t.Context())
	var cutting sync.WaitGroup
	cuts := 0
	cutting.Go(func() {
		for ctx.Err() == nil {
			cuts += CutHints(t, servers[0].DB())
		}
	})
	heard := servers[1].At(room.Host).Watch(Watching, room.ID, room.Revision())
	for n := range 60 {
		room.Update(Object{"title": fmt.Sprint("Title ", n)})
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
