package operating

import (
	"fmt"
	"net/url"
	"strings"
	"syscall"
	"testing"
	"time"

	"usher/live/livetest"
	. "usher/sitetest"
)

const siteStatus = `{ siteStatus {
	servers { id name version startedAt aliveAt silent connections people rooms hintLagMilliseconds }
	database { kind bytes migration }
	busiest { room { id title } people }
	failing { kind since server { name aliveAt } }
} }`

// state is what an administrator reads of the site.
type state struct{ Object }

func stateFor(admin *Client) state { return state{admin.MustAsk(siteStatus, nil).In("siteStatus")} }

// failing lists what fails, such as "SERVER_SILENT machine:8080".
func (s state) failing() string {
	var all []string
	for _, f := range s.List("failing") {
		all = append(all, strings.TrimSpace(f.Text("kind")+" "+f.TextIfAny("server.name")))
	}
	return strings.Join(all, ", ")
}

// at returns the server that listens at the port, or nil.
func (s state) at(port string) Object {
	for _, server := range s.List("servers") {
		if strings.HasSuffix(server.Text("name"), ":"+port) {
			return server
		}
	}
	return nil
}

func portOf(url string) string { return url[strings.LastIndex(url, ":")+1:] }

func TestU5_AKilledServerIsShownAsSilent(t *testing.T) {
	livetest.Long(t)
	t.Parallel()
	h := NewHouse(t, livetest.Postgres(t))
	var servers []*Child
	var ports []string
	for range 3 {
		servers = append(servers, h.ServeApart())
		ports = append(ports, portOf(h.URL))
	}
	host := h.User("ada@example.com", "--admin")
	room := h.Hall(host, nil)
	stateAt := func(n int) state { return stateFor(host.Visit(servers[n].URL)) }
	for n := range servers {
		h.WaitUntil(fmt.Sprint("server ", n, " knows all, and that their hints come back"), func() bool {
			s := stateAt(n)
			for _, port := range ports {
				if of := s.at(port); of == nil || of.At("silent") != false || of.At("hintLagMilliseconds") == nil {
					return false
				}
			}
			return s.failing() == "" && len(s.List("servers")) == 3
		})
	}
	host.Visit(servers[1].URL).Watch(roomEvents, room.ID, room.Revision())
	h.WaitUntil("another server knows who is connected", func() bool {
		s := stateAt(0)
		there := s.at(ports[1])
		return there.Int("connections") == 1 && there.Int("people") == 1 && there.Int("rooms") == 1 && len(s.List("busiest")) == 1
	})

	servers[1].Kill()
	for _, n := range []int{0, 2} {
		h.WaitUntil(fmt.Sprint("it is silent for server ", n), func() bool {
			s := stateAt(n)
			there := s.at(ports[1])
			if there.At("silent") != true || s.failing() != "SERVER_SILENT "+there.Text("name") {
				return false
			}
			Same(t, "since when", s.List("failing")[0].At("since"), there.At("aliveAt"))
			Same(t, "what is connected there", []int{there.Int("connections"), there.Int("people"), there.Int("rooms")}, []int{0, 0, 0})
			now := MustTime(t, host.Visit(servers[n].URL).MustAsk(`{ serverTime }`, nil).Text("serverTime"))
			if long := now.Sub(MustTime(t, there.Text("aliveAt"))); long < 9*time.Second { // ten, but for the moment between two readings of the clock
				t.Errorf("it is silent after %s", long)
			}
			return true
		})
	}

	again := h.ServeApart("--addr=127.0.0.1:" + ports[1])
	for _, n := range []int{0, 2} {
		h.WaitUntil(fmt.Sprint("its successor replaces it for server ", n), func() bool {
			s := stateAt(n)
			return s.failing() == "" && len(s.List("servers")) == 3
		})
	}
	if err := again.Cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	// Without a goodbye it would be listed as silent for ten minutes.
	h.WaitUntil("a server that stops says goodbye", func() bool { return len(stateAt(0).List("servers")) == 2 })
}

func TestU5_AdministratorsSeeWhatRunsTheSite(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		admin := h.User("ada@example.com", "--admin")
		server := stateFor(admin).List("servers")[0]
		Same(t, "the start", server.Text("startedAt"), Stamp(h.Now()))
		Same(t, "the last sign of life", server.Text("aliveAt"), Stamp(h.Now()))
		Same(t, "the version", server.At("version"), admin.MustAsk(`{ program { version } }`, nil).At("program.version"))
		about := admin.MustAsk(`{ siteAbout { database databaseBytes } }`, nil).In("siteAbout")
		database := stateFor(admin).In("database")
		Same(t, "the kind of database", database.Text("kind"), about.Text("database"))
		if database.Int("bytes") < 10_000 {
			t.Errorf("the database has %d bytes", database.Int("bytes"))
		}
		var newest string
		if err := h.DB().QueryRowContext(t.Context(), "SELECT MAX(version_id) FROM goose_db_version").Scan(&newest); err != nil {
			t.Fatal(err)
		}
		Same(t, "the migration", database.Text("migration"), newest)
		Same(t, "what fails", stateFor(admin).failing(), "")
		if database.Text("kind") == "SQLite" {
			Same(t, "the hints of the only server", server.At("hintLagMilliseconds"), nil)
		}
		Same(t, "for a member", h.User("eve@example.com").Ask(siteStatus, nil).Code(), "FORBIDDEN")
	})
}

func TestU5_TheTwentyBusiestRoomsAreListed(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		admin, other := h.User("ada@example.com", "--admin"), h.User("bo@example.com", "--admin")
		var socket *Socket
		var busy *Hall
		for n := range 21 {
			if n%11 == 0 { // a WebSocket has at most 16 subscriptions
				socket = admin.Connect()
			}
			room := h.Hall(admin, Object{"title": fmt.Sprint("Room ", n)})
			socket.Subscribe(roomEvents, Object{"room": room.ID})
			if n == 13 {
				busy = room
				other.Connect().Subscribe(roomEvents, Object{"room": room.ID})
			}
		}
		var s state
		h.WaitUntil("all are connected", func() bool {
			s = stateFor(admin)
			server := s.List("servers")[0]
			return server.Int("people") == 22 && server.Int("rooms") == 21 && server.Int("connections") == 3
		})
		busiest := s.List("busiest")
		Same(t, "the rooms listed", len(busiest), 20)
		Same(t, "the busiest", busiest[0].Text("room.title"), "Room 13")
		for n, of := range busiest {
			Same(t, fmt.Sprint("people in room ", n), of.Int("people"), map[bool]int{true: 2, false: 1}[n == 0])
		}
		admin.Must("deleteRoom", Object{"roomId": busy.ID}, "")
		for _, of := range stateFor(admin).List("busiest") {
			Same(t, "a deleted room is listed", of.Text("room.id") == busy.ID, false)
		}
	})
}

// A server of another version, and what somebody writes who can write to the database, come as hints.
func TestU5_ServersReportWhatFails(t *testing.T) {
	livetest.Long(t)
	t.Parallel()
	h := NewHouse(t, livetest.Postgres(t))
	h.Serve()
	admin := h.User("ada@example.com", "--admin")
	hint := func(words string) {
		t.Helper()
		if _, err := h.DB().ExecContext(t.Context(), "SELECT pg_notify('usher', $1)", "another "+words); err != nil {
			t.Fatal(err)
		}
	}
	report := func(version, more string) string {
		return fmt.Sprintf("=name=elsewhere%%3A1&version=%s&connections=7&started=%d&sent=1%s", url.QueryEscape(version), h.Now().Add(-time.Hour).UnixMilli(), more)
	}
	// A report is sent until it is seen: the first may come before the server listens, and a server that reports nothing falls silent.
	until := func(report, what, failing string) (s state) {
		t.Helper()
		h.WaitUntil(what, func() bool {
			hint(report)
			s = stateFor(admin)
			return s.at("1") != nil && s.failing() == failing
		})
		return s
	}
	s := until(report("v9.9.9", "&deaf=&late=&newer=1"), "what it reports is seen", "SERVER_DEAF elsewhere:1, WORK_LATE elsewhere:1, TWO_VERSIONS")
	Same(t, "since when two versions run", s.List("failing")[2].Text("since"), Stamp(h.Now()))
	Same(t, "its connections", s.at("1").Int("connections"), 7)
	until(report("v9.9.9", ""), "it has recovered", "TWO_VERSIONS")
	for _, broken := range []string{"=", "=%zz", "=name=elsewhere", "=name=&" + report("v1", "")[7:], "==", "_x", "=" + strings.Repeat("a", 7000)} {
		hint(broken)
	}
	until(report(admin.MustAsk(`{ program { version } }`, nil).Text("program.version"), ""), "after words that are no reports, it is of the same version", "")
	hint("_")
	h.WaitUntil("it has left", func() bool { return len(stateFor(admin).List("servers")) == 1 })
}
