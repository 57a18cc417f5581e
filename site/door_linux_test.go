package site_test

import (
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"usher/live/livetest"
	"usher/site"
	. "usher/sitetest"
)

// In these tests the program has as few file descriptors as requested, as by ulimit -n.
func init() {
	if few, err := strconv.ParseUint(os.Getenv("TEST_DESCRIPTORS"), 10, 32); err == nil {
		if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &syscall.Rlimit{Cur: few, Max: few}); err != nil {
			panic(err)
		}
	}
}

func TestA10_HealthIsAnsweredAtTheConnectionLimit(t *testing.T) {
	h := NewHouse(t, livetest.SQLite(t))
	program := StartChildIn(t, []string{"TEST_DESCRIPTORS=256"}, h.Storage...)
	h.Usher = &Usher{URL: program.URL}
	host := h.User("ada@example.com")
	guest := h.Hall(host, nil).Invite("grace@example.org", nil).BearerGuest()
	h.Wire.CloseIdleConnections()

	var slowest time.Duration
	probe := func(path string) int {
		t.Helper()
		began := time.Now()
		answer, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: Patience}).Get(h.URL + path)
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		_ = answer.Body.Close()
		slowest = max(slowest, time.Since(began))
		return answer.StatusCode
	}
	guests, strangers := 0, 0
	for range 300 {
		if _, err := guest.TryConnect(h.URL); err == nil {
			guests++
		}
		if _, err := h.Browser().TryConnect(h.URL); err == nil {
			strangers++
		}
		Same(t, "/healthz", probe("/healthz"), http.StatusOK)
	}
	Same(t, "WebSockets of the guest", guests, 32)
	if strangers == 0 || strangers > site.ConnectionsOf(256)/2 {
		t.Errorf("strangers have %d WebSockets", strangers)
	}
	Same(t, "/, while there is room", probe("/"), http.StatusOK)

	address := strings.TrimPrefix(h.URL, "http://")
	idle := make([]net.Conn, 0, 300)
	for range cap(idle) { // and connections that send nothing
		conn, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		idle = append(idle, conn)
		Same(t, "/healthz", probe("/healthz"), http.StatusOK)
	}
	Same(t, "/readyz", probe("/readyz"), http.StatusOK)
	Same(t, "/, beyond the most", probe("/"), http.StatusServiceUnavailable)
	t.Logf("%d strangers; the slowest probe took %v", strangers, slowest)
	if slowest > 10*time.Second {
		t.Errorf("a probe took %v", slowest)
	}
	for _, conn := range idle {
		_ = conn.Close()
	}
	WaitUntil(t, "there is room again", func() bool { return probe("/") == http.StatusOK })
	Same(t, "the API", host.MustAsk(`{ me { user { email } } }`, nil).Text("me.user.email"), "ada@example.com")
}
