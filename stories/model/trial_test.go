package model

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	. "usher/sitetest"
)

func (x *trial) asker(name string) *mAsker {
	return x.askers[slices.IndexFunc(x.askers, func(a *mAsker) bool { return a.name == name })]
}

// passes moves both clocks.
func (x *trial) passes(by time.Duration) {
	x.h.Advance(by)
	x.w.now = x.h.Now()
}

// opened lets the reader watch every other new room. A connected reader keeps its session from ending by itself (S3).
func (x *trial) opened(h *mHall) {
	if h.watched = len(x.w.halls)%2 == 1; h.watched {
		x.streams[h] = x.reader.Watch(`subscription($room: ID!, $after: Int) { roomEvents(roomId: $room, after: $after) { __typename revision } }`, h.id, 0)
		x.streams[h].Settle()
	}
}

// newTrial makes a site with its accounts and askers.
func newTrial(t *testing.T, databaseURL string) *trial {
	t.Helper()
	h := NewHouse(t, databaseURL)
	h.Limits.Room.ForgedPerMinute, h.Limits.SignIns.PerAccount, h.Limits.SignIns.PerAddress = 1_000_000, 1000, 1000
	h.Serve("--sign-in-idle=3000d", "--sign-in-max=3000d", "--invitations-per-session=6")
	x := &trial{h: h, w: &world{now: h.Now(), quota: 6, vacant: map[*mSession]time.Time{}}, checked: map[*mHall]int{}, stood: map[*mHall]int{}, streams: map[*mHall]*Subscription{}, met: map[string]int{}}
	var csv strings.Builder
	csv.WriteString("email,first_name,last_name\n")
	for _, name := range []string{"owner", "coowner", "editor", "publisher", "other", "member", "visitor"} {
		fmt.Fprintf(&csv, "%s@example.com,%s,Host\n", name, Title(name))
	}
	csv.WriteString("two@example.net,Two,Host\n")
	file := filepath.Join(t.TempDir(), "people.csv")
	if err := os.WriteFile(file, []byte(csv.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	h.MustRun("", "user", "import", file)
	h.Account("admin@example.com", "--admin")
	for _, name := range []string{"owner", "coowner", "editor", "publisher", "other", "admin", "member", "visitor", "two"} {
		x.account(name)
	}
	x.reader = x.asker("admin").Client
	for i := range 5 { // guests, and their second devices
		c := h.Browser()
		c.Look("forged") // gets its device
		x.askers = append(x.askers, &mAsker{Client: c, name: "browser" + strconv.Itoa(i), device: c.Cookie("usher_device"), cookie: true})
	}
	for i := range 2 {
		key := "attempt-key-of-program-" + strconv.Itoa(i)
		x.askers = append(x.askers, &mAsker{Client: h.Client(), name: "program" + strconv.Itoa(i), device: key})
	}
	x.askers = append(x.askers, &mAsker{Client: h.Client(), name: "nobody"})
	return x
}

// account adds an asker with an account. The member and "two" use a browser's cookies, the others a token.
func (x *trial) account(name string) {
	email := name + "@example.com"
	if name == "two" {
		email = "two@example.net"
	}
	u := &person{email: email, name: Title(name) + " Host", admin: name == "admin"}
	a := &mAsker{name: name, as: u, Client: x.h.Client()}
	switch name {
	case "member", "two":
		x.h.MustRun(Password+"\n", "user", "password", "--email", email)
		a.Client, a.cookie = x.h.Browser(), true
		a.Must("signIn", Object{"email": email, "password": Password}, "")
		a.Look("forged")
		a.device = a.Cookie("usher_device")
	default:
		a.Bearer = x.h.MustRun("", "token", "create", "--email", email, "--ttl", "365d")
		a.device = "attempt-key-of-account-" + name
	}
	u.id = a.MustAsk(`{ me { user { id } } }`, nil).Text("me.user.id")
	x.w.people = append(x.w.people, u)
	x.askers = append(x.askers, a)
}
