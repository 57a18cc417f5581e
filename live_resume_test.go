package main

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// Whatever happens to connections, servers and the log: each event once, in order, none missing, none after access is gone.

// mustFindPort returns an address that nobody listens on.
func mustFindPort(t *testing.T) (addr string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

// proxy passes connections on, each until chance cuts it off, if it is to.
type proxy struct {
	net.Listener
	to   string
	cuts atomic.Int64
	calm atomic.Bool
}

func startProxy(t *testing.T, to string) *proxy {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &proxy{Listener: listener, to: to}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for seed := uint64(0); ; seed++ {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			go p.pass(client, rand.New(rand.NewPCG(seed, 11)).Int64N(12_000)+800)
		}
	}()
	return p
}

// pass carries so many bytes of answers, and then cuts in the midst of whatever comes.
func (p *proxy) pass(client net.Conn, bytes int64) {
	defer client.Close()
	server, err := net.Dial("tcp", p.to)
	if err != nil {
		return
	}
	defer server.Close()
	go func() {
		_, _ = io.Copy(server, client)
		_ = server.Close()
	}()
	if n, _ := io.CopyN(client, server, bytes); n == bytes && !p.calm.Load() {
		p.cuts.Add(1)
		return
	}
	_, _ = io.Copy(client, server)
}

// follower watches a room through everything that happens, from where it was, until the session's end.
type follower struct {
	*client
	via, room string
	after     int
	heard     []int
	resumed   int
}

func (f *follower) follow(ctx context.Context) error {
	at := f.after
	for ; ctx.Err() == nil; f.resumed++ {
		s, err := f.TryConnect(f.via)
		if err != nil {
			continue
		}
		o := s.Subscribe(watching, object{"room": f.room, "after": at})
		refused := false
		for m := range o.heard {
			event := m.data.In("roomEvents")
			switch {
			case m.kind == "closed" || refused:
				continue
			case len(m.errors) > 0 && m.errors[0].Text("extensions.code") == "SERVICE_UNAVAILABLE":
				_ = s.ws.Close() // the client asks again
				refused = true   // the end of this operation may be on its way
				continue
			case m.kind != "next" || event == nil || len(m.errors) > 0:
				return fmt.Errorf("instead of an event came %s %s", m.kind, m.raw)
			case event.Int("revision") <= at:
				return fmt.Errorf("revision %d after %d", event.Int("revision"), at)
			}
			at = event.Int("revision")
			f.heard = append(f.heard, at)
			if event.Text("__typename") == "SessionEnded" {
				return s.ws.Close()
			}
		}
	}
	return ctx.Err()
}

// history is the room's log as the client may read it, behind a revision, ascending.
func (c *client) history(room string, after int) (revisions []int) {
	c.t.Helper()
	for before := 1 << 30; ; {
		page := c.MustAsk(`query($id: ID!, $before: Int) { room(id: $id) { events(first: 200, before: $before) { revision } } }`,
			object{"id": room, "before": before}).List("room.events")
		for _, e := range page {
			if before = e.Int("revision"); before <= after {
				return revisions
			}
			revisions = append([]int{before}, revisions...)
		}
		if len(page) == 0 {
			return revisions
		}
	}
}

// bearerGuest redeems a ticket as a client without cookies.
func (k *ticket) bearerGuest() *client {
	k.h.t.Helper()
	got := k.h.Bearer("").Must("redeemInvitation", object{
		"token": k.token, "email": k.email, "credential": "BEARER", "attemptKey": "key-of-" + k.id + strings.Repeat("x", 22),
	}, "accessToken")
	return k.h.Bearer(got.Text("accessToken"))
}

func TestV4_CutConnectionsAndKilledServersLoseNothingAndRepeatNothing(t *testing.T) {
	onEachEmpty(t, func(t *testing.T, h *house) {
		addr := mustFindPort(t)
		server := h.ServeApart("--addr=" + addr)
		room := h.Hall(h.User("ada@example.com"), nil)
		room.Command("startSession")
		busy := make([]string, 5)
		for i := range busy {
			guest := room.Invite(fmt.Sprintf("busy%d@example.org", i), nil).bearerGuest()
			busy[i] = guest.Enter(room).Text("id")
		}
		through := startProxy(t, addr)
		followers := make([]*follower, 50)
		for i := range followers {
			f := &follower{client: room.host, via: "http://" + through.Addr().String(), room: room.id}
			if i >= 10 { // guests, of whom some are in the room
				f.client = room.Invite(fmt.Sprintf("guest%d@example.org", i), object{"role": []string{"VIEWER", "SPEAKER", "MODERATOR"}[i%3]}).bearerGuest()
				if i%2 == 0 {
					f.Enter(room)
				}
			}
			followers[i] = f
		}
		begun := room.Revision()
		var all sync.WaitGroup
		for _, f := range followers {
			f.after = begun
			all.Go(func() {
				if err := f.follow(t.Context()); err != nil {
					t.Errorf("a follower fails: %v", err)
				}
			})
		}

		hosts := []*client{room.host} // they take turns: none of them writes more often than a person may
		for i := range 4 {
			next := h.User(fmt.Sprintf("host%d@example.com", i))
			room.host.Must("addManager", object{"roomId": room.id, "userId": next.ID(), "role": "CO_OWNER"}, "")
			hosts = append(hosts, next)
		}
		chance := rand.New(rand.NewPCG(3, 5))
		acknowledged := 0
		for n := range 240 {
			room.host = hosts[n%len(hosts)]
			if n == 80 || n == 160 {
				server.Kill()
				server = h.ServeApart("--addr=" + addr)
			}
			place := busy[chance.IntN(len(busy))]
			switch chance.IntN(3) {
			case 0:
				room.Update(object{"description": fmt.Sprint("step ", n)})
			default:
				room.host.Must("changeRole", object{"participantId": place, "role": []string{"VIEWER", "SPEAKER", "MODERATOR"}[chance.IntN(3)]}, "")
			}
			acknowledged = max(acknowledged, room.Revision())
		}
		room.host = hosts[0]
		want := map[*follower][]int{}
		for _, f := range followers {
			want[f] = f.history(room.id, begun)
		}
		room.Command("endSession")
		last := room.Revision()
		all.Wait()
		resumed := 0
		for i, f := range followers {
			same(t, fmt.Sprint("follower ", i, " hears"), f.heard, append(want[f], last))
			resumed += f.resumed
		}
		if got := len(followers[0].heard); got != last-begun || last != acknowledged+1 {
			t.Errorf("the host hears %d of %d events; acknowledged were %d", got, last-begun, acknowledged)
		}
		if through.cuts.Load() < 50 || resumed < 100 {
			t.Errorf("only %d connections were cut off, %d resumed", through.cuts.Load(), resumed)
		}
	})
}

func TestV4_WhatIsNotKeptIsReadAnew(t *testing.T) {
	t.Parallel()
	for name, document := range map[string]string{"executed for all alike": watching, "executed for each alone": watchingOwn} {
		t.Run(name, func(t *testing.T) {
			onEach(t, func(t *testing.T, h *house) {
				room := h.Hall(h.User("ada@example.com"), nil)
				for n := range 5 {
					room.Update(object{"title": fmt.Sprint("Title ", n)})
				}
				s, now := room.host.Connect(), room.Revision()
				watch := func(after int) *subscription { return s.Subscribe(document, object{"room": room.id, "after": after}) }
				same(t, "a negative revision", watch(-1).Next().errors[0].Text("extensions.code"), "BAD_USER_INPUT")
				whole := watch(0)
				whole.Expect("SessionScheduled", "RoomUpdated", "RoomUpdated", "RoomUpdated", "RoomUpdated", "RoomUpdated")
				beyond := watch(now + 1)
				same(t, "a revision that never was", beyond.Expect("ResyncRequired").Int("revision"), now)
				if _, err := h.DB().ExecContext(t.Context(), `DELETE FROM events WHERE room_id = $1 AND revision <= 3`, room.id); err != nil {
					t.Fatal(err)
				}
				before := watch(2)
				same(t, "what is not kept", before.Expect("ResyncRequired").Int("revision"), now)
				kept := watch(3)
				kept.Expect("RoomUpdated", "RoomUpdated", "RoomUpdated")
				newest := watch(now)
				s.Settle()
				room.Update(object{"title": "All go on"})
				for _, o := range []*subscription{whole, beyond, before, kept, newest} {
					same(t, "what comes next", o.Expect("RoomUpdated").Int("revision"), now+1)
				}
			})
		})
	}
}

func TestI6_OfManyRevokedAtOnceNoneHearsOfMore(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		room := h.Hall(h.User("ada@example.com"), nil)
		room.Command("startSession")
		tickets, watched := make([]*ticket, revoked), make([]*subscription, revoked)
		for i := range tickets {
			tickets[i] = room.Invite(fmt.Sprintf("guest%d@example.org", i), object{"role": "SPEAKER"})
		}
		for i, k := range tickets {
			guest := k.bearerGuest()
			guest.Enter(room)
			watched[i] = guest.Watch([]string{watching, watchingOwn}[i%10/9], room.id, room.Revision())
		}
		room.Begin(watched...)
		var all sync.WaitGroup
		for i, o := range watched {
			all.Go(func() {
				for m := range o.heard {
					event := m.data.In("roomEvents")
					switch {
					case m.kind == "next" && event.Text("invitation.id") == tickets[i].id:
						if next := <-o.heard; next.kind != "complete" {
							t.Errorf("after their last event came %s %s", next.kind, next.raw)
						}
						if code := <-o.closed; code != 4403 {
							t.Errorf("closed with %d", code)
						}
						return
					case m.kind != "next" || len(m.errors) > 0:
						t.Errorf("instead of an event came %s %s", m.kind, m.raw)
						return
					}
				}
			})
		}
		var revoking sync.WaitGroup
		for part := range 4 {
			revoking.Go(func() {
				for i := part; i < revoked; i += 4 {
					_, result, err := room.host.TryDo(t.Context(), "revokeInvitation", object{"invitationId": tickets[i].id}, "")
					if err != nil || result == nil {
						t.Errorf("revoke: %v", err)
					}
				}
			})
		}
		revoking.Wait()
		all.Wait()
	})
}
