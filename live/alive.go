package live

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strconv"
	"sync"
	"time"
)

// Server is a running server of the site. It reports itself to the others with its signs of life; nothing of it is stored.
type Server struct {
	// Run identifies this run of the program.
	Run string
	// Name is what the operator recognises the server by, Version that of the program.
	Name, Version      string
	StartedAt, AliveAt time.Time
	Connections        int
	// People are connected there, counted once for each room, and Rooms have such people.
	People, Rooms int
	// HintLag is how long its last sign of life took to come back to it. It is nil before one did, and on SQLite.
	HintLag *time.Duration
	// Silent means that the others have had no sign of life for AwayAfter.
	Silent bool
	// Deaf means that hints do not reach the server, not even its own.
	Deaf bool
	// WorkLate means that the server has not done its regular work for too long.
	WorkLate bool
}

const (
	// forgetAfter is how long a server that fell silent is remembered.
	forgetAfter = 10 * time.Minute
	// rememberServers limits how many other servers are remembered. They come from the database, not from the settings.
	rememberServers = 100
	// maxServerText limits the bytes of a name and of a version.
	maxServerText = 200
	// leaveWithin limits how long the goodbye of a server may take.
	leaveWithin = time.Second
)

// Introduce has the server report itself to the others. report returns its name, version, start, connections and work; now is the
// clock. It is called before Run, and report must not block.
func (s *Servers) Introduce(report func() Server, now func() time.Time) {
	s.signs = &signs{report: report, now: now, heardAt: now(), known: map[string]Server{}}
}

// Servers returns the running servers of the site by name, this one among them, and those that fell silent in the last minutes.
func (s *Servers) Servers() []Server {
	here := s.signs.own()
	here.Run, here.AliveAt = s.self, s.signs.now()
	here.People, here.Rooms = Here(s.presence)
	all := append(s.signs.others(otherLoads(s.presence)), here)
	slices.SortFunc(all, func(a, b Server) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), a.StartedAt.Compare(b.StartedAt), cmp.Compare(a.Run, b.Run))
	})
	return all
}

// leave says goodbye to the other servers, so that they do not take this one for silent. It does not use the connection for hints, which
// may have been cut off in the middle of a statement.
func (s *Servers) leave() {
	if s.signs == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), leaveWithin)
	defer cancel()
	if _, err := s.db.writeDB.ExecContext(ctx, "SELECT pg_notify($1, $2)", hintChannel, s.self+" "+hintLeave); err != nil {
		s.log.Warn("say goodbye to other servers", "error", err)
	}
}

// signs are what servers report of themselves with their signs of life: what this one sends, and what the others sent. A nil signs
// ignores what arrives.
type signs struct {
	report func() Server
	now    func() time.Time

	mu      sync.Mutex
	heardAt time.Time         // when this server's own report last came back, at first when it was introduced
	lag     *time.Duration    // how long that took
	known   map[string]Server // the others, by run
}

// own returns what this server reports of itself.
func (s *signs) own() Server {
	server, now := s.report(), s.now()
	s.mu.Lock()
	defer s.mu.Unlock()
	server.HintLag, server.Deaf = s.lag, now.Sub(s.heardAt) > AwayAfter
	return server
}

// others returns the other servers. loads are what is connected to those that are alive.
func (s *signs) others(loads map[string]load) (all []Server) {
	now := s.now()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.forget(now)
	for run, server := range s.known {
		load, alive := loads[run]
		server.Silent, server.People, server.Rooms = !alive, load.people, load.rooms
		if !alive {
			server.Connections, server.HintLag, server.Deaf, server.WorkLate = 0, nil, false, false
		}
		all = append(all, server)
	}
	return all
}

// alive records a sign of life of another server that has reported itself.
func (s *signs) alive(run string) {
	if s == nil {
		return
	}
	now := s.now()
	s.mu.Lock()
	defer s.mu.Unlock()
	if server, ok := s.known[run]; ok {
		server.AliveAt = now
		s.known[run] = server
	}
}

// reported records another server's report. A server that takes the name of a silent one replaces it. alive are the servers that send
// signs of life.
func (s *signs) reported(run, word string, alive map[string]struct{}) {
	server, _, ok := readReport(word)
	if !ok || s == nil {
		return
	}
	now := s.now()
	server.Run, server.AliveAt = run, now
	s.mu.Lock()
	defer s.mu.Unlock()
	s.forget(now)
	for other, was := range s.known {
		if _, is := alive[other]; !is && was.Name == server.Name {
			delete(s.known, other)
		}
	}
	if _, known := s.known[run]; known || len(s.known) < rememberServers {
		s.known[run] = server
	}
}

// left removes a server that said goodbye. Its people stay online for the grace, because they are about to come back elsewhere.
func (s *signs) left(run string) {
	if s == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.known, run)
}

// returned learns how long this server's own report took to come back through the database.
func (s *signs) returned(word string) {
	_, sent, ok := readReport(word)
	if !ok || s == nil {
		return
	}
	now := s.now()
	lag := max(0, now.Sub(sent))
	s.mu.Lock()
	defer s.mu.Unlock()
	s.heardAt, s.lag = now, &lag
}

// forget removes servers that fell silent long ago. The caller holds the mutex.
func (s *signs) forget(now time.Time) {
	for run, server := range s.known {
		if now.Sub(server.AliveAt) > forgetAfter {
			delete(s.known, run)
		}
	}
}

// word returns the word by which this server reports itself, with the time at which it is sent.
func (s *signs) word() string {
	server := s.own()
	values := url.Values{
		"name": {server.Name}, "version": {server.Version}, "connections": {strconv.Itoa(server.Connections)},
		"started": {unixMilli(server.StartedAt)}, "sent": {unixMilli(s.now())},
	}
	if server.HintLag != nil {
		values.Set("lag", strconv.FormatInt(server.HintLag.Milliseconds(), 10))
	}
	if server.Deaf {
		values.Set("deaf", "")
	}
	if server.WorkLate {
		values.Set("late", "")
	}
	return string(hintReport) + values.Encode()
}

func unixMilli(at time.Time) string { return strconv.FormatInt(at.UnixMilli(), 10) }

// readReport reads what follows the sign of a report. It returns false if that is no report. It ignores values that a newer program adds.
func readReport(word string) (server Server, sent time.Time, ok bool) {
	values, err := url.ParseQuery(word)
	number := func(key string) (n int64) {
		if err == nil {
			n, err = strconv.ParseInt(values.Get(key), 10, 64)
		}
		return n
	}
	server = Server{
		Name: values.Get("name"), Version: values.Get("version"), Connections: int(number("connections")),
		StartedAt: time.UnixMilli(number("started")).UTC(), Deaf: values.Has("deaf"), WorkLate: values.Has("late"),
	}
	sent = time.UnixMilli(number("sent"))
	if values.Has("lag") {
		lag := time.Duration(number("lag")) * time.Millisecond
		server.HintLag = &lag
	}
	ok = err == nil && server.Name != "" && server.Connections >= 0 && len(server.Name) <= maxServerText && len(server.Version) <= maxServerText
	return server, sent, ok
}
