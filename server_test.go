package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"syscall"
	"testing"

	"usher/graph"
	"usher/live/livetest"
)

// TestMain lets the test binary be the program itself, for what only a process of its own can show.
func TestMain(m *testing.M) {
	if os.Getenv("TEST_AS_PROGRAM") != "" {
		if os.Getenv("TEST_IN_A_HURRY") != "" {
			graph.DefaultUseLimits = inAHurry
		}
		main()
	}
	os.Exit(m.Run())
}

// usher is the whole program, running.
type usher struct {
	url  string
	log  *safeBuffer
	stop func() (status int)
}

// start boots the program on a port of its own in a folder of its own, and stops it when the test ends.
func start(t *testing.T, args ...string) *usher {
	t.Helper()
	return startWith(t, append([]string{"--addr=127.0.0.1:0", "--database-url=sqlite://" + t.TempDir() + "/usher.db"}, args...))
}

func startWith(t *testing.T, args []string) *usher {
	t.Helper()
	return boot(t, func(ctx context.Context, out console) int { return run(ctx, args, nil, out) })
}

func boot(t *testing.T, program func(context.Context, console) int) *usher {
	t.Helper()
	u := launch(t, program)
	if u.url == "" {
		t.Fatalf("ended with status %d before it was ready: %s", u.stop(), u.log)
	}
	return u
}

// launch starts the program and waits until it is ready, or has ended: then it has no url.
func launch(t *testing.T, program func(context.Context, console) int) *usher {
	ctx, cancel := context.WithCancel(context.Background())
	reader, writer := io.Pipe()
	u := &usher{log: &safeBuffer{}}
	ended := make(chan int, 1)
	go func() {
		ended <- program(ctx, console{strings.NewReader(""), writer, u.log})
		_ = writer.Close()
	}()
	u.stop = sync.OnceValue(func() int {
		cancel()
		return <-ended
	})
	t.Cleanup(func() { u.stop() })
	u.url = readyAt(reader)
	return u
}

// safeBuffer is a log that can be read while it is written.
type safeBuffer struct {
	mu   sync.Mutex
	text strings.Builder
}

func (b *safeBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *safeBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

// mustListen holds a port until the test ends.
func mustListen(t *testing.T) (addr string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	return listener.Addr().String()
}

func mustDo(t *testing.T, method, url string, headers ...string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, header := range headers {
		name, value, _ := strings.Cut(header, ": ")
		r.Header.Set(name, value)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer, string(body)
}

func TestTheSiteIsServed(t *testing.T) {
	u := start(t)
	for _, c := range []struct {
		name, method, path string
		headers            []string
		status             int
	}{
		{"it says that it is alive", "GET", "/healthz", nil, 200},
		{"it says that it is ready", "GET", "/readyz", nil, 200},
		{"there is a front page", "GET", "/", nil, 200},
		{"there is a page for links", "GET", "/join", nil, 200},
		{"looking at a link's page by HEAD works too", "HEAD", "/join", nil, 200},
		{"an asset that is not there is missing", "GET", "/assets/old.js", nil, 404},
		{"what no page knows is missing", "GET", "/metrics", nil, 404},
		{"so is an API of another kind", "GET", "/api/x", nil, 404},
		{"pages are only read", "POST", "/join", nil, 405},
		{"other sites may not post", "POST", "/graphql", []string{"Origin: https://evil.example", "Sec-Fetch-Site: cross-site"}, 403},
		{"other sites may not post from an old browser", "POST", "/graphql", []string{"Origin: https://evil.example"}, 403},
		{"all names of this machine are the site's own", "POST", "/", []string{"Origin: " + strings.Replace(u.url, "localhost", "127.0.0.1", 1)}, 405},
		{"too much of a header is not read", "GET", "/", []string{"Cookie: " + strings.Repeat("a", 30_000)}, 431},
	} {
		t.Run(c.name, func(t *testing.T) {
			if answer, body := mustDo(t, c.method, u.url+c.path, c.headers...); answer.StatusCode != c.status {
				t.Errorf("status is %d, want %d: %s", answer.StatusCode, c.status, body)
			}
		})
	}
	answer, _ := mustDo(t, "GET", u.url+"/join")
	if !strings.Contains(answer.Header.Get("Content-Security-Policy"), "default-src 'self'") || answer.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("headers of the page for links are %v", answer.Header)
	}
	missing, _ := mustDo(t, "GET", u.url+"/metrics")
	for _, name := range []string{"Content-Security-Policy", "Cross-Origin-Opener-Policy", "Referrer-Policy", "X-Content-Type-Options"} {
		if want := answer.Header.Get(name); want == "" || missing.Header.Get(name) != want {
			t.Errorf("%s of a page that is missing is %q, of others %q", name, missing.Header.Get(name), want)
		}
	}
}

func TestSitesThatAreAllowedMayPost(t *testing.T) {
	u := start(t, "--allowed-origins=https://partner.example")
	answer, _ := mustDo(t, "POST", u.url+"/", "Origin: https://partner.example", "Sec-Fetch-Site: cross-site")
	if answer.StatusCode == http.StatusForbidden {
		t.Error("an allowed origin is refused")
	}
}

func TestTheLogHoldsNoSecrets(t *testing.T) {
	for _, format := range []string{"text", "json"} {
		t.Run(format, func(t *testing.T) {
			u := start(t, "--log-format="+format)
			mustDo(t, "GET", u.url+"/join?token=canary1", "Cookie: usher_device=canary2", "Authorization: Bearer canary3")
			mustDo(t, "GET", u.url+"/join%23u1_canary4")
			mustDo(t, "GET", u.url+"/join/canary5")
			mustDo(t, "GET", u.url+"/canary6")
			if status := u.stop(); status != 0 {
				t.Fatalf("status is %d", status)
			}
			if log := u.log.String(); strings.Contains(log, "canary") || strings.Count(log, "/join") == 0 || strings.Count(log, "GET") != 4 {
				t.Errorf("the log is\n%s", log)
			}
		})
	}
}

func TestSomebodyElseHoldsThePort(t *testing.T) {
	got := runProgram(t, nil, "--addr="+mustListen(t))
	if got.status != 1 || strings.Count(got.err, "\n") != 1 || !strings.Contains(got.err, "address already in use; choose another address") {
		t.Errorf("status %d, said %q", got.status, got.err)
	}
}

func TestADemoLeavesNothingBehind(t *testing.T) {
	t.Chdir(t.TempDir())
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	u := startWith(t, []string{"--demo", "--addr=127.0.0.1:0"})
	if files := mustList(t, folder); len(files) != 1 {
		t.Errorf("while it runs there is %v", files)
	}
	u.stop()
	if files := append(mustList(t, folder), mustList(t, ".")...); len(files) != 0 {
		t.Errorf("it left %v", files)
	}
}

func TestTheKeyIsMadeOnceAndKept(t *testing.T) {
	folder := t.TempDir()
	args := []string{"--addr=127.0.0.1:0", "--database-url=sqlite://" + folder + "/made/site.db"}
	startWith(t, args).stop()
	first, err := os.ReadFile(folder + "/made/site.key")
	if err != nil {
		t.Fatal(err)
	}
	startWith(t, args).stop()
	second, err := os.ReadFile(folder + "/made/site.key")
	if err != nil || string(first) != string(second) {
		t.Errorf("the second start has another key: %v", err)
	}
}

// held is a site whose answers wait until they are let go.
type held struct {
	asked, letGo chan struct{}
	drained      chan struct{}
}

func (h *held) open(context.Context, *Settings, *slog.Logger) (*site, error) {
	return &site{
		handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			close(h.asked)
			<-h.letGo
			_, _ = io.WriteString(w, "finished")
		}),
		ready: func(context.Context) error { return nil },
		drain: func(context.Context) { close(h.drained) },
		close: func() error { return nil },
	}, nil
}

func TestStoppingFinishesWhatWasAsked(t *testing.T) {
	h := &held{asked: make(chan struct{}), letGo: make(chan struct{}), drained: make(chan struct{})}
	u := boot(t, func(ctx context.Context, out console) int {
		if err := serve(ctx, mustSettings(t, nil, "--addr=127.0.0.1:0"), out, h.open); err != nil {
			return 1
		}
		return 0
	})
	body := make(chan string, 1)
	go func() {
		_, text := mustDo(t, "GET", u.url+"/")
		body <- text
	}()
	<-h.asked
	stopped := make(chan int, 1)
	go func() { stopped <- u.stop() }()
	// The listener is closed first: once nobody gets in any more, what is under way is all that is waited for.
	for {
		conn, err := net.Dial("tcp", strings.TrimPrefix(u.url, "http://"))
		if err != nil {
			break
		}
		_ = conn.Close()
	}
	<-h.drained
	select {
	case <-stopped:
		t.Error("ended before the request was finished")
	default:
	}
	close(h.letGo)
	if text := <-body; text != "finished" {
		t.Errorf("the answer is %q", text)
	}
	if status := <-stopped; status != 0 {
		t.Errorf("status is %d", status)
	}
}

func TestASignalStopsTheProgram(t *testing.T) {
	for _, signal := range []os.Signal{syscall.SIGTERM, os.Interrupt} {
		program := startChild(t, "--database-url="+livetest.SQLite(t))
		if err := program.cmd.Process.Signal(signal); err != nil {
			t.Fatal(err)
		}
		if err := program.cmd.Wait(); err != nil {
			t.Errorf("%s: %v", signal, err)
		}
	}
}

func TestReadinessFollowsTheSite(t *testing.T) {
	var h health
	storage := errors.New("storage is away")
	s := &site{ready: func(context.Context) error { return storage }}
	ask := func() int { status, _ := h.readiness(t.Context(), h.site.Load()); return status }
	if ask() != 503 {
		t.Error("ready while starting")
	}
	h.serve(s)
	if ask() != 503 {
		t.Error("ready while storage does not answer")
	}
	storage = nil
	if ask() != 200 {
		t.Error("not ready though storage answers again")
	}
	h.drain()
	if ask() != 503 {
		t.Error("ready while stopping")
	}
}

func TestAFaultAtTheStartIsOneLine(t *testing.T) {
	var out strings.Builder
	fault := errors.New("open database: file is not a database")
	err := serve(t.Context(), mustSettings(t, nil, "--addr=127.0.0.1:0"), console{nil, &out, io.Discard},
		func(context.Context, *Settings, *slog.Logger) (*site, error) { return nil, fault })
	if !errors.Is(err, fault) || out.Len() > 0 {
		t.Errorf("error %v, said %q", err, out.String())
	}
}

func mustList(t *testing.T, folder string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names
}
