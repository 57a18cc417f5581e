package mails

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"syscall"
	"testing"

	"usher/live/livetest"
	. "usher/sitetest"
)

func TestD5_NoEmailIsLostWhileServersAreKilled(t *testing.T) {
	t.Parallel()
	livetest.Long(t)
	h, p := NewHouse(t, livetest.Postgres(t)), StartMailpit(t)
	// So slow that the emails last until the last kill.
	arguments := append(p.Settings(), fmt.Sprint("--mails-per-minute=", 20*bulk/kills))
	servers := []*Child{h.ServeApart(arguments...), h.ServeApart(arguments...), h.ServeApart(arguments...)}
	host := h.User("ada@example.com")
	room := h.Hall(host, nil)
	var want []string
	for some := range slices.Chunk(make([]int, bulk), 100) {
		var rows []Object
		for range some {
			email := fmt.Sprintf("guest%04d@example.org", len(want))
			want = append(want, email)
			rows = append(rows, Object{"email": email, "firstName": "Grace", "lastName": "Guest"})
		}
		host.Must("inviteUsers", Object{"roomId": room.ID, "key": fmt.Sprintf("the-key-of-the-call-%04d", len(want)), "role": "VIEWER", "send": true, "rows": rows}, "")
	}
	random, killed := rand.New(rand.NewPCG(1, 2)), 0
	for p.Taken() < bulk*9/10 && killed < kills {
		more := min(p.Taken()+bulk/kills/2, bulk*9/10)
		WaitUntil(t, "emails were sent", func() bool { return p.Taken() >= more })
		i := random.IntN(len(servers))
		servers[i].Kill()
		killed++
		servers[i] = h.ServeApart(arguments...)
	}
	if killed < kills/2 {
		t.Errorf("only %d servers were killed", killed)
	}
	count := func(where string) (n int) {
		if err := h.DB().QueryRowContext(t.Context(), "SELECT COUNT(*) FROM mails WHERE "+where).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	for sent := count("state = 'SENT'"); sent < bulk; sent = count("state = 'SENT'") { // at the servers' pace
		WaitUntil(t, "more are sent", func() bool { return count("state = 'SENT'") > sent })
	}
	WaitUntil(t, "all are told of", func() bool { return count("untold") == 0 })
	to, ids := p.Addresses()
	if len(to) > bulk+killed || ids != bulk {
		t.Errorf("%d emails with %d ids arrived, after %d kills", len(to), ids, killed)
	}
	slices.Sort(to)
	Same(t, "who got one", slices.Compact(to), want)
	t.Logf("%d kills, %d of %d emails came twice", killed, len(to)-bulk, bulk)
}

func TestD5_AServerThatStoodStillSendsNothingThatAnotherTook(t *testing.T) {
	t.Parallel()
	livetest.Long(t)
	h, p := NewHouse(t, livetest.Postgres(t)), StartMailpit(t)
	arguments := append(p.Settings(), "--mails-per-minute=15") // one every four seconds
	first := h.ServeApart(arguments...)
	host := h.User("ada@example.com") // at the first server, always
	room := h.Hall(host, nil)
	want := []string{"anna@example.org", "bea@example.org", "carl@example.org"}
	for _, email := range want[:2] {
		room.Invite(email, Object{"send": true})
	}
	count := func(where string) (n int) {
		if err := h.DB().QueryRowContext(t.Context(), "SELECT COUNT(*) FROM mails WHERE "+where).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	// Once it has told of both, it writes nothing: a server that stands still within a transaction would keep others from writing.
	WaitUntil(t, "the server has taken the second email, and waits for its turn", func() bool {
		return count("state = 'SENT'") == 1 && count("state = 'WAITING' AND claim <> ''") == 1 && count("untold") == 0
	})
	if err := first.Cmd.Process.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	second := h.ServeApart(arguments...)
	WaitUntil(t, "another server has sent it", func() bool { return count("state = 'SENT'") == 2 })
	second.Kill()
	if err := first.Cmd.Process.Signal(syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
	room.Invite(want[2], Object{"send": true}) // it sends one after the other
	WaitUntil(t, "the first server has sent the last one", func() bool { return count("state = 'SENT'") == 3 })
	to, _ := p.Addresses()
	slices.Sort(to)
	Same(t, "who got emails", to, want)
}
