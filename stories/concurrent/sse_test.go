package concurrent

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"usher/live/livetest"
	"usher/site"
	. "usher/sitetest"
)

func TestServerSentEventsDeliverWhatWebSocketsDeliver(t *testing.T) {
	for name, document := range map[string]string{"a document for all alike": Watching, "a document that depends on the asker": WatchingOwn} {
		t.Run(name, func(t *testing.T) {
			OnEach(t, func(t *testing.T, h *House) {
				room := h.Hall(h.User("ada@example.com"), nil)
				ticket := room.Invite("grace@example.org", nil)
				grace := h.Browser()
				grace.Redeem(ticket)
				s := grace.Stream(document, Object{"room": room.ID, "after": room.Revision()})
				Same(t, "the head", []any{s.Answer.StatusCode, s.Answer.Header.Get("Content-Type"), s.Answer.Header.Get("Cache-Control")},
					[]any{200, "text/event-stream; charset=utf-8", "no-store"})
				room.Command("startSession")
				Same(t, "what happened", s.Expect("next").At("data.roomEvents.__typename"), "SessionStarted")
				grace.Enter(room)
				Same(t, "what happened then", s.Expect("next").At("data.roomEvents.state"), "IN_ROOM")
				ticket.Do("revokeInvitation")
				Same(t, "the last event", s.Expect("next").At("data.roomEvents.__typename"), "InvitationRevoked")
				s.Ends("FORBIDDEN") // it was her only place
				again := grace.Stream(document, Object{"room": room.ID})
				Same(t, "the next try", again.Expect("next").List("errors")[0].Text("extensions.code"), "UNAUTHENTICATED")
				again.Completes()
			})
		})
	}
}

func TestServerSentEventsAnswerEveryOperation(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		h.Account("ada@example.com")
		ada := h.Browser()
		s := ada.Stream(Mutation("signIn", "me { user { email } }"), Object{"input": Object{"email": "ada@example.com", "password": Password}})
		Same(t, "a mutation", s.Expect("next").At("data.signIn.me.user.email"), "ada@example.com")
		s.Expect("complete")
		s = ada.Stream(`{ me { user { email } } }`, nil)
		Same(t, "its cookie is signed in", s.Expect("next").At("data.me.user.email"), "ada@example.com")
		s.Expect("complete")
		s = ada.Stream(`{ nope }`, nil)
		Same(t, "an invalid document", s.Expect("next").List("errors")[0].Text("extensions.code"), "GRAPHQL_VALIDATION_FAILED")
		s.Expect("complete")
	})
}

func TestServerSentEventsKeepTheLimitsOfHTTP(t *testing.T) {
	t.Parallel()
	h := StartHouse(t)
	ada := h.User("ada@example.com")
	room := h.Hall(ada, nil)
	for _, c := range []struct {
		name    string
		headers []string
		ask     string
		status  int
	}{
		{"a form can't be posted", []string{"Content-Type: application/x-www-form-urlencoded"}, `{ serverTime }`, 415},
		{"nor a text", []string{"Content-Type: text/plain"}, `{ serverTime }`, 415},
		{"pages of other sites may not ask", []string{"Origin: https://evil.example", "Sec-Fetch-Site: cross-site"}, `{ serverTime }`, 403},
		{"what is too large is not read", nil, `{ serverTime } #` + strings.Repeat("x", 64<<10), 413},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := ada.Stream(c.ask, nil, c.headers...)
			body, _ := io.ReadAll(s.Lines)
			if s.Answer.StatusCode != c.status || strings.Contains(string(body), "xxx") || s.Answer.Header.Get("Content-Type") != "application/json; charset=utf-8" {
				t.Errorf("answered %d %s: %.200s", s.Answer.StatusCode, s.Answer.Header.Get("Content-Type"), body)
			}
		})
	}
	open := make([]*Stream, 16)
	for i := range open {
		open[i] = ada.Stream(Watching, Object{"room": room.ID})
	}
	one := ada.Stream(Watching, Object{"room": room.ID})
	Same(t, "one too many", []any{one.Answer.StatusCode, one.Answer.Header.Get("Retry-After")}, []any{429, ""})
	open[0].Cancel()
	h.WaitUntil("another fits in", func() bool {
		s := ada.Stream(Watching, Object{"room": room.ID})
		defer s.Cancel()
		return s.Answer.StatusCode == http.StatusOK
	})
}

func TestV9_LosingOneRoomCompletesItsEventStreamOnly(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room, alan := h.Hall(h.User("ada@example.com"), nil), h.User("alan@example.com")
		managed := Object{"roomId": room.ID, "userId": alan.MustAsk(`{ me { user { id } } }`, nil).Text("me.user.id")}
		room.Host.Must("addManager", Object{"roomId": room.ID, "userId": managed["userId"], "role": "CO_EDITOR"}, "")
		s := alan.Stream(Watching, Object{"room": room.ID, "after": room.Revision() - 1})
		Same(t, "the first event", s.Expect("next").At("data.roomEvents.__typename"), "ManagerAdded")
		room.Host.Must("removeManager", managed, "")
		Same(t, "the last event", s.Expect("next").At("data.roomEvents.__typename"), "ManagerRemoved")
		s.Completes()
	})
}

func TestV9_ServerSentEventsEndWithTheSignIn(t *testing.T) {
	for name, ends := range map[string]func(h *House, ada *Client){
		"signed out": func(_ *House, ada *Client) { ada.Must("signOut", nil, "") },
		"signed out over such a stream": func(_ *House, ada *Client) {
			ada.Stream(`mutation { signOut { me { user { id } } } }`, nil).Completed()
		},
		"disabled beside the server":       func(h *House, _ *Client) { h.MustRun("", "user", "disable", "--email", "ada@example.com") },
		"run out, whoever else is waiting": func(h *House, _ *Client) { h.Advance(8 * 24 * time.Hour) },
	} {
		t.Run(name, func(t *testing.T) {
			OnEach(t, func(t *testing.T, h *House) {
				h.Account("ada@example.com")
				ada := h.Browser()
				ada.Must("signIn", Object{"email": "ada@example.com", "password": Password}, "")
				room := h.Hall(ada, nil)
				ada.Look(room.Invite("grace@example.org", nil).Token) // from now on she has a device too
				shared := ada.Stream(Watching, Object{"room": room.ID, "after": 0})
				own := ada.Stream(WatchingOwn, Object{"room": room.ID, "after": 0})
				for _, s := range []*Stream{shared, own} {
					for s.Expect("next").Text("data.roomEvents.__typename") != "InvitationOpened" {
					}
				}
				ends(h, ada)
				for _, s := range []*Stream{shared, own} {
					last := s.Ends("UNAUTHENTICATED")
					_, saysWhen := last.In("extensions")["retryAfterSeconds"]
					Same(t, "it says when to come back", saysWhen, false)
				}
			})
		})
	}
}

func TestV9_StoppingEndsServerSentEventsAsItEndsWebSockets(t *testing.T) {
	livetest.Long(t)
	t.Parallel()
	h := StartHouse(t)
	ada := h.User("ada@example.com")
	room := h.Hall(ada, nil)
	s := ada.Stream(Watching, Object{"room": room.ID, "after": 0})
	s.Expect("next")
	o := ada.Watch(Watching, room.ID, 0)
	o.Settle()
	begun := time.Now()
	if status := h.Stop(); status != 0 {
		t.Errorf("status %d: %s", status, h.Log)
	}
	last := s.Ends("SERVICE_UNAVAILABLE")
	if wait := last.Int("extensions.retryAfterSeconds"); wait < 1 || wait > 5 {
		t.Errorf("it is to come back after %d s", wait)
	}
	o.Closes(1012)
	if took := time.Since(begun); took > site.FinishWithin || strings.Contains(fmt.Sprint(h.Log), "cut off") {
		t.Errorf("stopping took %v: %s", took, h.Log)
	}
}
