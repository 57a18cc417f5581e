package proxies

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"usher/live/livetest"
	. "usher/sitetest"
)

// site is a site behind a proxy, with a room.
type site struct {
	*front
	house  *House
	server *Child
	addr   string // of the server
	room   *Hall
}

// eachFront runs a test behind each of the proxies.
func eachFront(t *testing.T, test func(t *testing.T, s *site)) {
	livetest.Long(t)
	for _, f := range fronts {
		t.Run(f.kind, func(t *testing.T) {
			t.Parallel()
			s := &site{house: NewHouse(t, livetest.SQLite(t)), addr: MustFindPort(t)}
			s.front = f.start(t, []string{s.addr})
			s.house.Wire = s.wire(t)
			t.Cleanup(s.house.Wire.CloseIdleConnections)
			s.server = s.house.ServeApart("--addr="+s.addr, "--public-url="+s.URL(), trusting)
			WaitUntil(t, f.kind+" passes requests on", func() bool { return s.get(t, s.URL()+"/readyz").StatusCode == http.StatusOK })
			s.room = s.house.Hall(s.house.User("ada@example.com"), nil)
			test(t, s)
		})
	}
}

// trusting is the setting with which the server believes the proxies of the tests.
const trusting = "--trusted-proxies=127.0.0.1/32"

// get requests an address, with headers such as "Accept: text/html". It follows no redirect, and drops the answer's body.
func (s *site) get(t *testing.T, address string, headers ...string) *http.Response {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, header := range headers {
		name, value, _ := strings.Cut(header, ": ")
		r.Header.Add(name, value)
	}
	answer, err := s.house.Wire.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	return answer
}

func TestTheProgramWorksBehindAProxy(t *testing.T) {
	eachFront(t, func(t *testing.T, s *site) {
		t.Run("pages, requests, WebSockets and event streams pass", s.passes)
		t.Run("a file of people passes", s.takesFiles)
		t.Run("events pass at once", s.isQuick)
		t.Run("a client cannot choose the address that the server sees (A13)", s.knowsTheClient)
		t.Run("usher check finds out whether clients could choose it (A13)", s.isChecked)
		t.Run("reloading loses no event", s.reloads)
	})
}

func (s *site) passes(t *testing.T) {
	page := s.get(t, s.URL()+"/join")
	Same(t, "the page of links", page.StatusCode, http.StatusOK)
	Same(t, "the program's policy comes with it", page.Header.Get("Content-Security-Policy") != "", true)
	_, port, _ := strings.Cut(s.http, ":")
	plain := s.get(t, "http://localhost:"+port+"/join")
	Same(t, "plain http leads to https", strings.HasPrefix(plain.Header.Get("Location"), "https://localhost"), true)

	browser := s.house.SignedIn("ada@example.com", Password)
	guest := s.room.Invite("sam@example.org", nil).BearerGuest()
	socket := browser.Watch(Watching, s.room.ID, s.room.Revision())
	stream := guest.Stream(Watching, Object{"room": s.room.ID, "after": s.room.Revision()})
	s.room.Command("startSession")
	socket.Expect("SessionStarted")
	Same(t, "the stream", stream.Until("SessionStarted"), []string{"SessionStarted"})
}

func (s *site) takesFiles(t *testing.T) {
	file := base64.StdEncoding.EncodeToString([]byte("Email\n" + strings.Repeat("sam@example.org\n", 1_100_000/16)))
	answer, err := s.room.Host.Try(t.Context(), `query($room: ID!, $file: Bytes!) { invitePreview(roomId: $room, file: $file) { __typename } }`,
		Object{"room": s.room.ID, "file": file})
	if err != nil || answer.Status != http.StatusOK {
		t.Errorf("answered with %v (%v)", answer, err)
	}
}

// isQuick writes each event once the one before has arrived. So a proxy that kept each for 0.2 seconds would need more than the limit.
func (s *site) isQuick(t *testing.T) {
	const events, limit = 30, 5 * time.Second
	socket := s.room.Host.Watch(Watching, s.room.ID, s.room.Revision())
	following := Object{"room": s.room.ID, "after": s.room.Revision()}
	stream := s.room.Host.Stream(Watching, following)
	Same(t, "the version of HTTP", stream.Answer.ProtoMajor, 2)
	older, wire := *s.room.Host, s.wire(t)
	t.Cleanup(wire.CloseIdleConnections)
	wire.ForceAttemptHTTP2 = false
	older.HTTP = &http.Client{Transport: wire}
	plain := older.Stream(Watching, following)
	Same(t, "the older version of HTTP", plain.Answer.ProtoMajor, 1)
	ways := map[string]func(){
		"WebSocket":                  func() { socket.Expect("RoomUpdated") },
		"event stream over HTTP/2":   func() { stream.Until("RoomUpdated") },
		"event stream over HTTP/1.1": func() { plain.Until("RoomUpdated") },
	}
	for kind, next := range ways {
		start := time.Now()
		for i := range events {
			s.room.Update(Object{"description": fmt.Sprint(kind, i)})
			next()
		}
		took := time.Since(start)
		t.Logf("%d events over the %s took %s", events, kind, took)
		if took > limit {
			t.Errorf("%d events over the %s took %s, want %s at most", events, kind, took, limit)
		}
	}
}

func (s *site) knowsTheClient(t *testing.T) {
	for _, forged := range [][]string{
		nil,
		{"X-Forwarded-For: 203.0.113.9"},
		{"X-Forwarded-For: 203.0.113.9, 127.0.0.1"},
		{"X-Forwarded-For: 203.0.113.9", "X-Forwarded-For: 203.0.113.10"},
		{"Forwarded: for=203.0.113.9", "X-Real-IP: 203.0.113.9"},
	} {
		Same(t, fmt.Sprint("the address of a request with ", forged), s.addressOf(t, forged...), clientsAddress)
	}
}

// addressOf requests something with headers, and returns the address that the server's log has for the request.
func (s *site) addressOf(t *testing.T, headers ...string) (address string) {
	t.Helper()
	answer := s.get(t, s.URL()+"/graphql?query=%7BserverTime%7D", append(headers, "Accept: application/json")...)
	line := regexp.MustCompile(`msg=request .*address=(\S+) .*requestId=` + regexp.QuoteMeta(answer.Header.Get("X-Request-Id")) + `\n`)
	WaitUntil(t, "the request is logged", func() bool {
		if m := line.FindStringSubmatch(s.server.Log.String()); m != nil {
			address = m[1]
		}
		return address != ""
	})
	return address
}

func (s *site) reloads(t *testing.T) {
	s.room.Command("startSession") // which changes nothing if it has started
	f := &Follower{Client: s.room.Host, Via: s.URL(), Room: s.room.ID, After: s.room.Revision()}
	begun := f.After
	followed := make(chan error, 1)
	go func() { followed <- f.Follow(t.Context()) }()
	write := func(events int) {
		for i := range events {
			s.room.Update(Object{"description": fmt.Sprint("event ", i, " after ", s.room.Revision())})
		}
	}
	write(5)
	old := s.room.Host.Connect() // of the process that the reload replaces
	s.reload()
	write(30)
	select {
	case <-old.Closed: // by now, all connections of before are closed
	case <-time.After(Patience):
		t.Fatal("the connections of before stay open")
	}
	s.reload()
	write(30)
	s.room.Command("endSession")
	end := s.room.Revision()
	if err := <-followed; err != nil {
		t.Fatal(err)
	}
	var all []int
	for revision := begun + 1; revision <= end; revision++ {
		all = append(all, revision)
	}
	Same(t, "the events that the client received", f.Heard, all)
	if f.Resumed == 0 {
		t.Error("the client never had to resume")
	}
}

// Usher sends something on each connection every 20 seconds at least.
func TestTheTimeLimitsOfTheProxiesAreLongerThanTheTimeBetweenPings(t *testing.T) {
	limit := regexp.MustCompile(`(?m)^\s*(?:proxy_(?:read|send)_timeout|timeout (?:client|server|tunnel))\s+(\d+)s`)
	for file, want := range map[string]int{"nginx.conf": 2, "haproxy.cfg": 3, "Caddyfile": 0} {
		limits := limit.FindAllStringSubmatch(MustReadFile(t, filepath.Join(Root(t), "deploy", file)), -1)
		Same(t, "the number of time limits in "+file, len(limits), want)
		for _, l := range limits {
			if seconds, _ := strconv.Atoi(l[1]); seconds < 60 {
				t.Errorf("%s: %s; want 60 seconds at least", file, strings.TrimSpace(l[0]))
			}
		}
	}
}
