package site_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strings"
	"syscall"
	"testing"

	"usher/command"
	"usher/live/livetest"
	"usher/settings"
	"usher/site"
	. "usher/sitetest"
)

func TestMain(m *testing.M) { os.Exit(Main(m)) }

func TestEachPathHasItsAnswer(t *testing.T) {
	u := Start(t)
	for _, c := range []struct {
		name, method, path string
		headers            []string
		status             int
	}{
		{"it is alive", "GET", "/healthz", nil, 200},
		{"it is ready", "GET", "/readyz", nil, 200},
		{"there is a front page", "GET", "/", nil, 200},
		{"there is a page for links", "GET", "/join", nil, 200},
		{"looking at a link's page by HEAD works too", "HEAD", "/join", nil, 200},
		{"an asset that is not there is missing", "GET", "/assets/old.js", nil, 404},
		{"an unknown path is missing", "GET", "/metrics", nil, 404},
		{"another kind of API is missing", "GET", "/api/x", nil, 404},
		{"pages are only read", "POST", "/join", nil, 405},
		{"other sites may not post", "POST", "/graphql", []string{"Origin: https://evil.example", "Sec-Fetch-Site: cross-site"}, 403},
		{"other sites may not post from an old browser", "POST", "/graphql", []string{"Origin: https://evil.example"}, 403},
		{"all names of this machine are the site's own", "POST", "/graphql", []string{"Origin: " + strings.Replace(u.URL, "localhost", "127.0.0.1", 1)}, 415},
		{"too much of a header is not read", "GET", "/", []string{"Cookie: " + strings.Repeat("a", 30_000)}, 431},
	} {
		t.Run(c.name, func(t *testing.T) {
			if answer, body := MustDo(t, c.method, u.URL+c.path, c.headers...); answer.StatusCode != c.status {
				t.Errorf("status is %d, want %d: %s", answer.StatusCode, c.status, body)
			}
		})
	}
	answer, _ := MustDo(t, "GET", u.URL+"/join")
	if !strings.Contains(answer.Header.Get("Content-Security-Policy"), "default-src 'self'") || answer.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("headers of the page for links are %v", answer.Header)
	}
	missing, _ := MustDo(t, "GET", u.URL+"/metrics")
	for _, name := range []string{"Content-Security-Policy", "Cross-Origin-Opener-Policy", "Referrer-Policy", "X-Content-Type-Options"} {
		if want := answer.Header.Get(name); want == "" || missing.Header.Get(name) != want {
			t.Errorf("%s of a page that is missing is %q, of others %q", name, missing.Header.Get(name), want)
		}
	}
}

func TestAllowedOriginsMayPost(t *testing.T) {
	u := Start(t, "--allowed-origins=https://partner.example")
	for origin, want := range map[string]int{ // 415: the request passed, and has no body
		"https://partner.example": http.StatusUnsupportedMediaType, "https://other.example": http.StatusForbidden,
	} {
		answer, _ := MustDo(t, http.MethodPost, u.URL+"/graphql", "Origin: "+origin, "Sec-Fetch-Site: cross-site")
		Same(t, "the status of "+origin, answer.StatusCode, want)
	}
}

func TestTheLogContainsNoSecrets(t *testing.T) {
	for _, format := range []string{"text", "json"} {
		t.Run(format, func(t *testing.T) {
			u := Start(t, "--log-format="+format)
			MustDo(t, "GET", u.URL+"/join?token=canary1", "Cookie: usher_device=canary2", "Authorization: Bearer canary3")
			MustDo(t, "GET", u.URL+"/join%23u1_canary4")
			MustDo(t, "GET", u.URL+"/join/canary5")
			MustDo(t, "GET", u.URL+"/canary6")
			if status := u.Stop(); status != 0 {
				t.Fatalf("status is %d", status)
			}
			if log := u.Log.String(); strings.Contains(log, "canary") || strings.Count(log, "/join") == 0 || strings.Count(log, "GET") != 4 {
				t.Errorf("the log is\n%s", log)
			}
		})
	}
}

func TestAPortInUseStopsTheStart(t *testing.T) {
	got := RunProgram(t, nil, "--addr="+MustListen(t))
	if got.Status != 1 || strings.Count(got.Err, "\n") != 1 || !strings.Contains(got.Err, "address already in use; choose another address") {
		t.Errorf("status %d, printed %q", got.Status, got.Err)
	}
}

func TestADemoLeavesNothingBehind(t *testing.T) {
	t.Chdir(t.TempDir())
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	u := StartWith(t, []string{"--demo", "--addr=127.0.0.1:0"})
	if files := MustList(t, folder); len(files) != 1 {
		t.Errorf("while it runs there is %v", files)
	}
	u.Stop()
	if files := append(MustList(t, folder), MustList(t, ".")...); len(files) != 0 {
		t.Errorf("it left %v", files)
	}
}

func TestTheKeyIsCreatedOnceAndKept(t *testing.T) {
	folder := t.TempDir()
	args := []string{"--addr=127.0.0.1:0", "--database-url=sqlite://" + folder + "/made/site.db"}
	StartWith(t, args).Stop()
	first, err := os.ReadFile(folder + "/made/site.key")
	if err != nil {
		t.Fatal(err)
	}
	StartWith(t, args).Stop()
	second, err := os.ReadFile(folder + "/made/site.key")
	if err != nil || string(first) != string(second) {
		t.Errorf("the second start has another key: %v", err)
	}
}

// held is a site whose answers wait until they are released.
type held struct {
	asked, letGo chan struct{}
	drained      chan struct{}
}

func (h *held) open(context.Context, *settings.Settings, *slog.Logger) (*site.Site, error) {
	return &site.Site{
		Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			close(h.asked)
			<-h.letGo
			_, _ = io.WriteString(w, "finished")
		}),
		Ready: func(context.Context) error { return nil },
		Drain: func(context.Context) { close(h.drained) },
		Close: func() error { return nil },
	}, nil
}

func TestStoppingFinishesRequestsInProgress(t *testing.T) {
	h := &held{asked: make(chan struct{}), letGo: make(chan struct{}), drained: make(chan struct{})}
	u := Boot(t, func(ctx context.Context, out command.Console) int {
		if err := site.Serve(ctx, MustSettings(t, nil, "--addr=127.0.0.1:0"), out.Out, out.Err, h.open); err != nil {
			return 1
		}
		return 0
	})
	body := make(chan string, 1)
	go func() {
		_, text := MustDo(t, "GET", u.URL+"/")
		body <- text
	}()
	<-h.asked
	stopped := make(chan int, 1)
	go func() { stopped <- u.Stop() }()
	// The listener is closed first. After that, only requests in progress are waited for.
	for {
		conn, err := net.Dial("tcp", strings.TrimPrefix(u.URL, "http://"))
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
		program := StartChild(t, "--database-url="+livetest.EmptySQLite(t))
		if err := program.Cmd.Process.Signal(signal); err != nil {
			t.Fatal(err)
		}
		if err := program.Cmd.Wait(); err != nil {
			t.Errorf("%s: %v", signal, err)
		}
	}
}

func TestAFailedStartPrintsOneLine(t *testing.T) {
	var out strings.Builder
	fault := errors.New("open database: file is not a database")
	err := site.Serve(t.Context(), MustSettings(t, nil, "--addr=127.0.0.1:0"), &out, io.Discard,
		func(context.Context, *settings.Settings, *slog.Logger) (*site.Site, error) { return nil, fault })
	if !errors.Is(err, fault) || out.Len() > 0 {
		t.Errorf("error %v, printed %q", err, out.String())
	}
}
