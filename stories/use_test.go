package stories

import (
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"usher/live/livetest"
	"usher/site"
	. "usher/sitetest"
)

// How much of a server one principal may use, tested at N and at N+1.

// startCounting is StartHouse with the usual limits of use.
func startCounting(t *testing.T, args ...string) *House {
	t.Helper()
	h := NewHouse(t, livetest.SQLite(t))
	h.Limits = site.DefaultLimits
	h.Serve(args...)
	return h
}

func TestA8_APersonMayWriteSixtyTimesAtOnceThenTwentyTimesASecond(t *testing.T) {
	t.Parallel()
	h := startCounting(t)
	ada := h.User("ada@example.com")
	room := h.Hall(ada, nil) // the first write
	k := room.Invite("grace@example.org", Object{"role": "SPEAKER"})
	grace := h.Browser()
	grace.Look(k.Token)
	grace.Redeem(k) // as nobody: no write of hers
	room.Command("startSession")

	again := h.Bearer(h.MustRun("", "token", "create", "--email", "ada@example.com"))
	overSocket := grace.Connect()
	enter, leave := Mutation("enterRoom", ""), Mutation("leaveRoom", "")
	write := map[string]func(n int) *Reply{
		"a manager, by two tokens": func(n int) *Reply {
			r, _ := []*Client{ada, again}[n%2].Do("updateRoom", Object{"roomId": room.ID, "title": fmt.Sprint(n)}, "")
			return r
		},
		"a guest, over HTTP, WebSocket and server-sent events": func(n int) *Reply {
			document, with := []string{enter, leave}[n%2], Object{"roomId": room.ID}
			switch n % 3 {
			case 0:
				return grace.Ask(document, with)
			case 1:
				return replyIn(overSocket.Ask(document, with))
			}
			s := grace.Stream(document, with)
			_, data, err := s.Try()
			if err != nil {
				t.Fatal(err)
			}
			m := Message{Data: data.In("data")}
			if data["errors"] != nil {
				m.Errors = data.List("errors")
			}
			return replyIn(m)
		},
	}
	spent := map[string]int{"a manager, by two tokens": 2} // room and session
	for who, do := range write {
		for n := spent[who]; n < 60; n++ {
			if r := do(n); r.Code() != "" {
				t.Fatalf("%s: write %d of 60 is answered %s", who, n+1, r.Raw)
			}
		}
		Same(t, who+": how long one more is to wait", do(60).Wait(), 1)
	}
	h.Advance(50*time.Millisecond - time.Microsecond)
	for who, do := range write {
		Same(t, who+": before a twentieth of a second is over", do(61).Wait(), 1)
	}
	h.Advance(time.Millisecond)
	for who, do := range write {
		Same(t, who+": a twentieth of a second later", do(60).Code(), "")
		Same(t, who+": and one more", do(61).Wait(), 1)
	}
	Same(t, "a query beside them", ada.Ask(`{ serverTime }`, nil).Code(), "")
}

// replyIn returns the answer in a message.
func replyIn(m Message) *Reply {
	r := &Reply{Data: m.Data, Raw: m.Raw}
	for _, err := range m.Errors {
		r.Errors = append(r.Errors, struct {
			Message    string
			Path       []any
			Extensions Object
		}{Message: err.Text("message"), Extensions: err.In("extensions")})
	}
	return r
}

func TestA8_AManagerMaySearchThirtyTimesAtOnceThenTenTimesASecond(t *testing.T) {
	t.Parallel()
	h := startCounting(t)
	room, eve := h.Hall(h.User("ada@example.com"), nil), h.Hall(h.User("eve@example.com"), nil)
	search := func(r *Hall) *Reply {
		return r.Host.Ask(`query($id: ID!) { userSearch(roomId: $id, query: "ada") { user { id } } }`, Object{"id": r.ID})
	}
	for n := range 30 {
		Same(t, fmt.Sprint("search ", n+1), search(room).Code(), "")
	}
	Same(t, "one more", search(room).Wait(), 1)
	Same(t, "another manager's", search(eve).Code(), "")
	h.Advance(99 * time.Millisecond)
	Same(t, "before a tenth of a second is over", search(room).Wait(), 1)
	h.Advance(time.Millisecond)
	Same(t, "a tenth of a second later", search(room).Code(), "")
}

func TestA8_AGuestMayOpenThirtyTwoWebSockets(t *testing.T) {
	t.Parallel()
	h := startCounting(t)
	room := h.Hall(h.User("ada@example.com"), nil)
	byCookie, k := h.Browser(), room.Invite("grace@example.org", nil)
	byCookie.Look(k.Token)
	byCookie.Redeem(k)
	byToken := room.Invite("alan@example.org", nil).BearerGuest()
	for who, guest := range map[string]*Client{"by cookie": byCookie, "by token": byToken} {
		open := 0
		for range 80 {
			if _, err := guest.TryConnect(h.URL); err == nil {
				open++
			}
		}
		Same(t, "open "+who, open, 32)
	}
	room.Host.Connect() // who else comes is let in
	h.Browser().Connect()
}

func TestA8_AForgedDeviceSharesTheLimitOfItsAddress(t *testing.T) {
	t.Parallel()
	h := startCounting(t)
	k := h.Hall(h.User("ada@example.com"), nil).Invite("grace@example.org", nil)
	watch := `subscription($token: String!) { invitationLink(token: $token) { serverTime } }`
	nobody := h.Browser()
	for n := range 16 {
		c := nobody
		if n%2 == 0 {
			c = nobody.WithMadeUpDevice()
		}
		if s := c.Stream(watch, Object{"token": k.Token}); s.Answer.StatusCode != http.StatusOK {
			t.Fatalf("stream %d is answered %s", n+1, s.Answer.Status)
		}
	}
	for range 3 {
		s := nobody.WithMadeUpDevice().Stream(watch, Object{"token": k.Token})
		Same(t, "one more", s.Answer.StatusCode, http.StatusTooManyRequests)
	}
	grace := h.Browser()
	grace.Redeem(k)
	Same(t, "of a guest who has redeemed", grace.Stream(watch, Object{"token": k.Token}).Answer.StatusCode, http.StatusOK)
}

func TestA8_AGuestWhoTogglesEndlesslyDelaysNobody(t *testing.T) {
	livetest.Long(t)
	h := NewHouse(t, livetest.SQLite(t))
	h.Limits = site.DefaultLimits
	h.ServeApart() // by the machine's clock
	host := h.User("ada@example.com")
	room := h.Hall(host, nil)
	grace, alan := room.Invite("grace@example.org", Object{"role": "SPEAKER"}).BearerGuest(), room.Invite("alan@example.org", nil).BearerGuest()
	room.Command("startSession")
	alan.Enter(room)
	heard := alan.Watch(Watching, room.ID, room.Revision())
	room.Begin(heard)

	over := make(chan struct{})
	var toggling sync.WaitGroup
	var asked, refused, failed atomic.Int64
	began := time.Now()
	for worker := range 8 {
		toggling.Go(func() {
			document := Mutation([]string{"enterRoom", "leaveRoom"}[worker%2], "")
			for {
				select {
				case <-over:
					return
				default:
				}
				r, err := grace.Try(t.Context(), document, Object{"roomId": room.ID})
				asked.Add(1)
				switch {
				case err != nil || r.Code() != "" && r.Code() != "RATE_LIMITED":
					failed.Add(1)
				case r.Code() != "":
					refused.Add(1)
				}
			}
		})
	}
	var worst time.Duration
	for n := range 30 {
		title := fmt.Sprint("Title ", n)
		sent := time.Now()
		room.Update(Object{"title": title})
		for {
			if e := heard.Event(); e.Text("__typename") == "RoomUpdated" {
				break
			}
		}
		worst = max(worst, time.Since(sent))
		<-time.After(100 * time.Millisecond) // no faster than a person
	}
	close(over)
	toggling.Wait()
	let := asked.Load() - refused.Load() - failed.Load()
	t.Logf("of %d toggles in %v, %d were let through; the latest event came after %v", asked.Load(), time.Since(began), let, worst)
	Same(t, "answers of another kind", failed.Load(), int64(0))
	if most := 60 + int64(20*time.Since(began).Seconds()) + 1; let > most || refused.Load() == 0 {
		t.Errorf("%d toggles were let through, and %d refused; at most %d may be", let, refused.Load(), most)
	}
	if worst > time.Second {
		t.Errorf("an event of another person came after %v", worst)
	}
}
