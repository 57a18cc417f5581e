package concurrent

import (
	"fmt"
	"sync"
	"testing"

	"usher/live/livetest"
	. "usher/sitetest"
)

// crowdOf redeems n links of a room at once, each on a device of its own at one of the servers, and returns the devices.
func crowdOf(t *testing.T, servers []*House, room *Hall, n int) []*Client {
	t.Helper()
	devices, tickets := make([]*Client, n), make([]*Ticket, n)
	var all sync.WaitGroup
	for worker := range 8 {
		all.Go(func() {
			for i := worker; i < n; i += 8 {
				tickets[i] = room.Invite(fmt.Sprintf("guest%d@example.org", i), nil)
			}
		})
	}
	all.Wait()
	answered := atOnce(t, n, func(i int) (*Client, Object) {
		devices[i] = servers[i%len(servers)].Browser()
		return devices[i], tickets[i].Own()
	})
	Same(t, "who redeems", tally(answered), map[string]int{"": n})
	return devices
}

// everyone lets each device do something in a room at the same moment, and counts their answers: the place's state, or a code.
func everyone(t *testing.T, devices []*Client, name string, with Object) map[string]int {
	t.Helper()
	start, answers := make(chan struct{}), make([]string, len(devices))
	var all sync.WaitGroup
	for i, c := range devices {
		all.Go(func() {
			<-start
			r, result, err := c.Insist(t, name, with, "participant { state }")
			if answers[i] = result.TextIfAny("participant.state"); answers[i] == "" {
				answers[i] = fmt.Sprint(r.Code(), result.Code(), err)
			}
		})
	}
	close(start)
	all.Wait()
	count := map[string]int{}
	for _, answer := range answers {
		count[answer]++
	}
	return count
}

// moves counts the changes of participants after a revision, by participant and new state. Reading the log fails if there is a gap.
func moves(room *Hall, after int) map[string]int {
	count := map[string]int{}
	for _, e := range room.Log(after) {
		if e.Kind == "ParticipantChanged" {
			count[e.Participant()+" "+e.Detail.Text("state")]++
		}
	}
	return count
}

// enterAtOnce lets a crowd enter, leave and come back in a room.
func enterAtOnce(t *testing.T, servers []*House) {
	h := servers[0]
	room := h.Hall(h.User("ada@example.com"), nil)
	devices := crowdOf(t, servers, room, crowd)
	room.Command("startSession")
	in := Object{"roomId": room.ID}
	for _, step := range []struct{ name, state string }{{"enterRoom", "IN_ROOM"}, {"leaveRoom", "LEFT"}, {"enterRoom", "IN_ROOM"}} {
		before := room.Revision()
		Same(t, step.name, everyone(t, devices, step.name, in), map[string]int{step.state: crowd})
		moved := moves(room, before)
		Same(t, "people who moved", len(moved), crowd)
		for who, times := range moved {
			if times != 1 {
				t.Errorf("%s %d times", who, times)
			}
		}
	}
	room.Update(Object{"admission": "APPROVAL"})
	Same(t, "once more", everyone(t, devices, "leaveRoom", in), map[string]int{"LEFT": crowd})
	Same(t, "by approval", everyone(t, devices, "enterRoom", in), map[string]int{"WAITING": crowd})
	r, admitted, err := room.Host.Insist(t, "admitAll", in, "admitted")
	if err != nil || admitted == nil {
		t.Fatalf("admitting all is answered %v %v", err, r)
	}
	Same(t, "admitted", admitted.Int("admitted"), crowd)
	before := room.Revision()
	Same(t, "who are in already", everyone(t, devices, "enterRoom", in), map[string]int{"IN_ROOM": crowd})
	Same(t, "what that changes", room.Revision(), before)
}

func TestP2_ACrowdEntersAtOnce(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) { enterAtOnce(t, []*House{h}) })
}

func TestP2_ACrowdEntersAtOnceAtThreeServers(t *testing.T) {
	livetest.Long(t)
	t.Parallel()
	enterAtOnce(t, startServers(t, 3))
}

func TestP2_AMemberWhoEntersTwiceAtOnceGetsOnePlace(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), Object{"access": "MEMBERS"})
		room.Command("startSession")
		members := make([]*Client, 0, 40)
		for i := range 20 { // each in two tabs
			c := h.User(fmt.Sprintf("member%d@example.com", i))
			members = append(members, c, c)
		}
		before := room.Revision()
		Same(t, "who enters", everyone(t, members, "enterRoom", Object{"roomId": room.ID}), map[string]int{"IN_ROOM": 40})
		Same(t, "people who moved", len(moves(room, before)), 20)
		Same(t, "events", len(room.Kinds(before)), 20)
	})
}

func TestL7_ABlockBesideTheirEnteringKeepsThemOut(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		devices := crowdOf(t, []*House{h}, room, 60)
		room.Command("startSession")
		places := make([]string, len(devices))
		for i, c := range devices {
			places[i] = c.MustAsk(`query($id: ID!) { room(id: $id) { myParticipant { id } } }`, Object{"id": room.ID}).Text("room.myParticipant.id")
		}
		var all sync.WaitGroup
		for i := range 30 {
			all.Go(func() {
				_, result, err := room.Host.Insist(t, "removeParticipant", Object{"participantId": places[i], "block": i%2 == 0}, "participant { state }")
				if err != nil || result.Code() != "" {
					t.Errorf("removing answers %v, %v", result, err)
				}
			})
		}
		answers := everyone(t, devices, "enterRoom", Object{"roomId": room.ID})
		all.Wait()
		t.Logf("answers: %v", answers)
		last := map[string]string{}
		for _, e := range room.Log(0) { // nobody enters after they were blocked
			if e.Kind == "ParticipantChanged" {
				if last[e.Participant()] == "BLOCKED" {
					t.Errorf("%s moves to %s after the block", e.Participant(), e.Detail.Text("state"))
				}
				last[e.Participant()] = e.Detail.Text("state")
			}
		}
		for i, place := range places {
			want := []string{"IN_ROOM"}
			switch {
			case i < 30 && i%2 == 0:
				want = []string{"BLOCKED"}
			case i < 30: // who was removed may ask again, by approval
				want = []string{"REMOVED", "WAITING"}
			}
			if got := last[place]; got != want[0] && got != want[len(want)-1] {
				t.Errorf("%d is %s, want %v", i, got, want)
			}
		}
	})
}
