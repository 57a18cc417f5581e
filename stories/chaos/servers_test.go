package chaos

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"usher/live/livetest"
	. "usher/sitetest"
)

// balancer gives each connection to the next server that accepts it.
type balancer struct {
	net.Listener
	to   []string
	next atomic.Int64
}

func startBalancer(t *testing.T, to []string) *balancer {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	b := &balancer{Listener: listener, to: to}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			go b.pass(client)
		}
	}()
	return b
}

func (b *balancer) url() string {
	return "http://" + strings.Replace(b.Addr().String(), "127.0.0.1", "localhost", 1)
}

func (b *balancer) pass(client net.Conn) {
	defer client.Close()
	for range b.to {
		server, err := net.Dial("tcp", b.to[int(b.next.Add(1))%len(b.to)])
		if err != nil {
			continue
		}
		defer server.Close()
		go func() {
			_, _ = io.Copy(server, client)
			_ = server.Close()
		}()
		_, _ = io.Copy(client, server)
		return
	}
}

// fleet is a site of several servers, each a process of its own, behind a balancer.
type fleet struct {
	*House
	addresses []string
	servers   []*Child
}

// mustServeFleet serves a site from three servers on a database, until the test ends.
func mustServeFleet(t *testing.T, databaseURL string) *fleet {
	t.Helper()
	f := &fleet{House: NewHouse(t, databaseURL), addresses: []string{MustFindPort(t), MustFindPort(t), MustFindPort(t)}}
	f.Wire = &http.Transport{DisableKeepAlives: true} // each request goes to the next server
	f.URL = startBalancer(t, f.addresses).url()
	f.servers = make([]*Child, len(f.addresses))
	for i := range f.servers {
		f.Start(i)
	}
	return f
}

// Start starts a server, at its address.
func (f *fleet) Start(i int) {
	f.T.Helper()
	f.servers[i] = StartChild(f.T, append(f.Storage, "--addr="+f.addresses[i], "--public-url="+f.URL,
		"--invitations-per-session=1000000")...)
}

// work sends requests until done is closed, whatever happens to the servers.
func (y *history) work(t *testing.T, h *House, done <-chan struct{}) {
	var all sync.WaitGroup
	defer all.Wait()
	for _, work := range []func(context.Context, *House) error{y.invite, y.redeem, y.rename} {
		all.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				var told refusal
				if err := work(t.Context(), h); errors.As(err, &told) && !strings.Contains(string(told), "SERVICE_UNAVAILABLE") {
					t.Error(err)
				}
			}
		})
	}
}

// acknowledged counts the acknowledged changes.
func (y *history) acknowledged() int {
	y.mu.Lock()
	defer y.mu.Unlock()
	return len(y.invited) + len(y.redeemed) + y.titled
}

func TestFaultsOfServersAndDatabaseLoseAndRepeatNothing(t *testing.T) {
	livetest.Long(t)
	t.Parallel()
	cluster, databaseURL := livetest.MustStartEmpty(t)
	site := mustServeFleet(t, databaseURL)
	h := site.House
	h.DB().SetMaxIdleConns(0) // none that was broken is used again
	room := h.Hall(h.User("ada@example.com"), Object{"title": "0"})
	room.Command("startSession")
	y := &history{room: room, invited: map[string]*Ticket{}, redeemed: map[string]redeemer{}}
	const guests = 12
	followers := []*Follower{{Client: room.Host}, {Client: room.Host}, {Client: room.Host}}
	for i := range guests {
		role := []string{"VIEWER", "SPEAKER", "MODERATOR"}[i%3]
		invited := room.Invite(fmt.Sprintf("follower%d@example.org", i), Object{"role": role})
		y.invited[invited.ID] = invited
		guest := invited.BearerGuest()
		if i%2 == 0 {
			guest.Enter(room)
		}
		followers = append(followers, &Follower{Client: guest})
	}
	begun := room.Revision()
	var following sync.WaitGroup
	for i, f := range followers {
		f.Via, f.Room, f.After = h.URL, room.ID, begun
		following.Go(func() {
			if err := f.Follow(t.Context()); err != nil {
				t.Errorf("follower %d fails: %v", i, err)
			}
		})
	}

	chance := rand.New(rand.NewPCG(13, 21))
	kill := func(i int) {
		site.servers[i].Kill()
		y.mustGoOn(t)
		site.Start(i)
	}
	for _, fault := range []struct {
		name   string
		befall func()
	}{
		{"nothing", func() {}},
		{"a server is killed", func() { kill(chance.IntN(3)) }},
		{"hints are cut off", func() {
			for range 50 {
				CutHints(t, h.DB())
			}
		}},
		{"a server stands still", func() {
			stopped := site.servers[chance.IntN(3)].Cmd.Process
			if err := stopped.Signal(syscall.SIGSTOP); err != nil {
				t.Fatal(err)
			}
			<-time.After(standstill)
			if err := stopped.Signal(syscall.SIGCONT); err != nil {
				t.Fatal(err)
			}
		}},
		{"the database is restarted", func() {
			if err := errors.Join(cluster.Away("INT"), cluster.Back(t.Context())); err != nil {
				t.Fatal(err)
			}
		}},
		{"all servers but one are killed", func() {
			site.servers[1].Kill()
			kill(2)
			site.Start(1)
		}},
	} {
		done := make(chan struct{})
		var working sync.WaitGroup
		working.Go(func() { y.work(t, h, done) })
		y.mustGoOn(t)
		fault.befall()
		y.mustGoOn(t)
		close(done)
		working.Wait()
		if y.Check(t); t.Failed() {
			t.Fatalf("when %s", fault.name)
		}
	}

	for i, address := range site.addresses { // every server counts the host once, and all guests
		there := *h
		there.Usher = &Usher{URL: "http://" + address}
		online := there.At(room.Host).Connect().Subscribe(`subscription($id: ID!) { presence(roomId: $id) { online } }`, Object{"id": room.ID})
		for n := -1; n != guests+1; {
			said := online.Next()
			if n = said.Data.Int("presence.online"); said.Kind != "next" || n > guests+1 {
				t.Fatalf("server %d says %s %s of who is there", i, said.Kind, said.Raw)
			}
			t.Logf("server %d: %d people are online", i, n)
		}
	}
	for _, told := range y.redeemed { // each device can come back
		again := h.Bearer("").Must("redeemInvitation", told.ticket.Bearing(), "participant { id }")
		Same(t, "the participant", again.Text("participant.id"), told.participant)
	}
	want := map[*Follower][]int{}
	for _, f := range followers {
		want[f] = f.History(room.ID, begun)
	}
	room.Command("endSession")
	following.Wait()
	resumed := 0
	for i, f := range followers {
		Same(t, fmt.Sprint("follower ", i, " hears"), f.Heard, append(want[f], room.Revision()))
		resumed += f.Resumed
	}
	Same(t, "the host hears everything", len(followers[0].Heard), room.Revision()-begun)
	t.Logf("acknowledged: %d invitations, %d redemptions, title %d; resumed %d times", len(y.invited), len(y.redeemed), y.titled, resumed)
}

// mustGoOn waits until more is acknowledged.
func (y *history) mustGoOn(t *testing.T) {
	t.Helper()
	before := y.acknowledged()
	WaitUntil(t, "the site goes on", func() bool { return y.acknowledged() >= before+20 })
}
