package stories

import (
	"net"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"usher/live/livetest"
	. "usher/sitetest"
)

// listenLikeSystemd receives what services tell, in the order in which they tell it.
func listenLikeSystemd(t *testing.T) (socket string, told <-chan string) {
	t.Helper()
	socket = filepath.Join(t.TempDir(), "notify")
	c, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: socket, Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	states := make(chan string, 1<<10)
	go func() {
		defer close(states)
		for buffer := make([]byte, 1<<10); ; {
			n, err := c.Read(buffer)
			if err != nil {
				return
			}
			states <- string(buffer[:n])
		}
	}()
	return socket, states
}

// waitFor reads what the service tells up to a state, and returns what came before.
func waitFor(t *testing.T, told <-chan string, state string) (before []string) {
	t.Helper()
	limit := time.After(Patience)
	for {
		select {
		case got := <-told:
			if got == state {
				return before
			}
			before = append(before, got)
		case <-limit:
			t.Fatalf("the service never told %s, but %q", state, before)
		}
	}
}

// strait is between a server and PostgreSQL. While still is locked, nothing passes.
type strait struct {
	dir   string
	still sync.RWMutex
}

func startStrait(t *testing.T, cluster string) *strait {
	t.Helper()
	const name = ".s.PGSQL.5432"
	s := &strait{dir: t.TempDir()}
	listener, err := net.Listen("unix", filepath.Join(s.dir, name))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			server, err := net.Dial("unix", filepath.Join(cluster, name))
			if err != nil {
				_ = client.Close()
				continue
			}
			go s.pass(client, server)
			go s.pass(server, client)
		}
	}()
	return s
}

func (s *strait) pass(from, to net.Conn) {
	defer from.Close()
	defer to.Close()
	for buffer := make([]byte, 1<<16); ; {
		n, err := from.Read(buffer)
		if err != nil {
			return
		}
		s.still.RLock()
		_, err = to.Write(buffer[:n])
		s.still.RUnlock()
		if err != nil {
			return
		}
	}
}

func TestSystemdLearnsWhenTheServerIsReadyAliveAndStopping(t *testing.T) {
	livetest.Long(t)
	t.Parallel()
	h := NewHouse(t, livetest.Postgres(t))
	database, err := url.Parse(strings.TrimPrefix(h.Storage[0], "--database-url="))
	if err != nil {
		t.Fatal(err)
	}
	where := database.Query()
	between := startStrait(t, where.Get("host"))
	where.Set("host", between.dir)
	database.RawQuery = where.Encode()
	socket, told := listenLikeSystemd(t)
	// With this time, the server gives a sign of life each second.
	server := StartChildIn(t, []string{"NOTIFY_SOCKET=" + socket, "WATCHDOG_USEC=3000000"}, "--database-url="+database.String(), h.Storage[1])
	for _, before := range waitFor(t, told, "READY=1") {
		Same(t, "what it tells before", strings.HasPrefix(before, "EXTEND_TIMEOUT_USEC="), true)
	}
	if answer, _ := MustDo(t, "GET", server.URL+"/readyz"); answer.StatusCode != 200 {
		t.Errorf("/readyz answers %d once systemd knows that the server is ready", answer.StatusCode)
	}
	waitFor(t, told, "WATCHDOG=1")
	waitFor(t, told, "WATCHDOG=1")

	between.still.Lock()
	WaitUntil(t, "no sign of life is given", func() bool { return strings.Contains(server.Log.String(), "no sign of life") })
	between.still.Unlock()
	for len(told) > 0 {
		<-told
	}
	waitFor(t, told, "WATCHDOG=1")

	if err := server.Cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	waitFor(t, told, "STOPPING=1")
	if err := server.Cmd.Wait(); err != nil {
		t.Errorf("the server ends with %v", err)
	}
}
