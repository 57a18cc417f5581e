package operating

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"usher/live/livetest"
	. "usher/sitetest"
)

const roomEvents = `subscription($room: ID!, $after: Int) { roomEvents(roomId: $room, after: $after) { __typename revision } }`

func TestU2_AScrapeShowsWhatTheServerDid(t *testing.T) {
	onEach(t, func(t *testing.T, b *behind) {
		host := b.User("ada.canary@example.com")
		room := b.Hall(host, Object{"title": "Canary title", "description": "Canary description"})
		k := room.Invite("grace.canary@example.org", Object{"firstName": "Canaryfirst", "lastName": "Canarylast"})
		before, _ := b.read()
		const watchers = 3
		var all []*Subscription
		first := room.Revision()
		for range watchers {
			all = append(all, host.Watch(roomEvents, room.ID, first))
		}
		stream := host.Stream(roomEvents, Object{"room": room.ID})
		change := func(name string) (by int) {
			now, _ := b.read()
			return number(t, now, name) - number(t, before, name)
		}
		// Wait until all have caught up: only what happens later is handed to all of them at once, and timed.
		b.WaitUntil("all have caught up", func() bool { return change("usher_resume_events_count") == watchers })
		guest := b.Browser()
		guest.Redeem(k)
		b.Browser().Refused("LINK_NOT_VALID", "redeemInvitation", Object{"token": "canary-token", "email": "eve.canary@example.org"})
		b.Client().Fails("UNAUTHENTICATED", "createRoom", Object{"title": "Canary", "startsAt": Stamp(b.Now())})
		room.Command("startSession")
		events := room.Revision() - first // the host gets all of them
		for _, o := range all {
			for o.Event().Int("revision") < room.Revision() {
			}
		}
		for name, want := range map[string]int{
			`usher_operations_total{field="redeemInvitation",outcome="ok",type="mutation"}`:      1,
			`usher_operations_total{field="redeemInvitation",outcome="problem",type="mutation"}`: 1,
			`usher_operations_total{field="createRoom",outcome="error",type="mutation"}`:         1,
			`usher_problems_total{code="LINK_NOT_VALID"}`:                                        1,
			`usher_errors_total{code="UNAUTHENTICATED"}`:                                         1,
			`usher_errors_total{code="INTERNAL_SERVER_ERROR"}`:                                   0,
			`usher_log_events_total{kind="SessionStarted"}`:                                      1,
			`usher_subscriptions_total{field="roomEvents"}`:                                      watchers + 1,
			`usher_resumes_total`:                                              watchers,
			`usher_subscriptions{field="roomEvents"}`:                          watchers,
			`usher_feed_groups`:                                                1,
			`usher_feed_rooms`:                                                 1,
			`usher_connections{known="any",transport="sse"}`:                   1,
			`usher_connections_opened_total{transport="websocket"}`:            watchers,
			`usher_requests_total{method="GET",route="/graphql",status="101"}`: watchers,
			`usher_connections{known="yes",transport="websocket"}`:             watchers,
			`usher_deliveries_total`:                                           watchers * events,
			`usher_resume_events_count`:                                        watchers,
		} {
			b.WaitUntil(fmt.Sprint(name, " grew by ", want), func() bool { return change(name) == want })
		}
		if renders := change("usher_renders_total"); renders == 0 || renders > events {
			t.Errorf("%d events were rendered %d times", events, renders)
		}
		if change("usher_delivery_seconds_count") == 0 || change("usher_log_write_seconds_count") == 0 || change("usher_delivery_bytes_total") == 0 {
			t.Error("neither deliveries nor writes take time")
		}

		_ = all[0].WS.WriteJSON(Object{"type": "unheard of"})
		all[0].Closes(4400)
		_ = all[1].WS.Close()
		stream.Cancel()
		for name, want := range map[string]int{
			`usher_connections_closed_total{code="4400",transport="websocket"}`: 1,
			`usher_connections_closed_total{code="1006",transport="websocket"}`: 1,
			`usher_connections_closed_total{code="1006",transport="sse"}`:       1,
			`usher_connections{known="yes",transport="websocket"}`:              1,
		} {
			b.WaitUntil(fmt.Sprint(name, " grew by ", want), func() bool { return change(name) == want })
		}
		_, text := b.read()
		for _, canary := range []string{"anary", room.ID, k.ID, room.Session, "example.org", "example.com", k.Token} {
			if strings.Contains(text, canary) {
				t.Errorf("the metrics contain %s", canary)
			}
		}
	})
}

func number(t *testing.T, of metrics, name string) (n int) {
	t.Helper()
	if of[name] == "" {
		return 0
	}
	var value float64
	if _, err := fmt.Sscan(of[name], &value); err != nil {
		t.Fatal(name, of[name])
	}
	return int(value)
}

func TestU2_WhatClientsSendNeverBecomesALabel(t *testing.T) {
	onEach(t, func(t *testing.T, b *behind) {
		before, _ := b.read()
		r, err := http.NewRequestWithContext(t.Context(), "BREW", b.URL+"/canary-path?canary=query", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("User-Agent", "canary-agent")
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
		for _, document := range []string{"{ canaryField }", "query canaryName { canaryAlias: serverTime }", "canary", "{ ...canary } fragment canary on Query { serverTime }"} {
			b.Client().Ask(document, nil)
		}
		after, text := b.read()
		if strings.Contains(strings.ToLower(text), "canary") || strings.Contains(text, "BREW") {
			t.Error("what a client sent is in the metrics")
		}
		Same(t, "two documents asked for the time", number(t, after, timed)-number(t, before, timed), 2)
		if len(after)-len(before) > 40 {
			t.Errorf("%d series were added", len(after)-len(before))
		}
	})
}

const timed = `usher_operations_total{field="serverTime",outcome="ok",type="query"}`

func TestU2_ServersOfOneProcessCountApart(t *testing.T) {
	onEach(t, func(t *testing.T, one *behind) {
		other := serve(NewHouse(t, livetest.SQLite(t)))
		other.Client().Ask("{ serverTime }", nil)
		mine, _ := one.read()
		theirs, _ := other.read()
		Same(t, "what each answered", []int{number(t, mine, timed), number(t, theirs, timed)}, []int{0, 1})
	})
}

func TestU2_AServerSaysWhatRunsAndWhetherItCanWork(t *testing.T) {
	onEach(t, func(t *testing.T, b *behind) {
		all, _ := b.read()
		Same(t, "a running server", []string{all["usher_ready"], all["usher_draining"]}, []string{"1", "0"})
		info := regexp.MustCompile(`(?m)^usher_build_info\{go="go1[^"]*",version="[^"]+"\} 1$`)
		_, text := b.read()
		Same(t, "what runs is shown", info.MatchString(text), true)
	})
}
