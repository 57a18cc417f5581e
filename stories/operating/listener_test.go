package operating

import (
	"net/http"
	"strings"
	"testing"

	"usher/live/livetest"
	. "usher/sitetest"
)

func TestU1_MetricsAreServedAtAnAddressOfTheirOwn(t *testing.T) {
	t.Parallel()
	b := serve(NewHouse(t, livetest.SQLite(t)))
	for path, want := range map[string]int{
		"/metrics": 200, "/debug/pprof/": 200, "/debug/pprof/heap": 200, "/debug/pprof/symbol": 200,
		"/": 404, "/graphql": 404, "/healthz": 404, "/log-level": 405,
	} {
		answer, _ := MustDo(t, http.MethodGet, b.address+path)
		Same(t, "at the address of metrics, "+path, answer.StatusCode, want)
	}
	for _, path := range []string{"/metrics", "/debug/pprof/", "/debug/pprof/heap", "/log-level"} {
		for _, method := range []string{http.MethodGet, http.MethodPut} {
			answer, text := MustDo(t, method, b.URL+path)
			if answer.StatusCode < 400 || strings.Contains(text, "usher_") || strings.Contains(text, "goroutine") {
				t.Errorf("at the public address, %s %s answers %d %.100q", method, path, answer.StatusCode, text)
			}
		}
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, b.address+"/metrics", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Host = "rebound.example"
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	Same(t, "under a name that points to this machine", answer.StatusCode, http.StatusMisdirectedRequest)
}

func TestU1_WithoutTheSettingNothingIsServed(t *testing.T) {
	t.Parallel()
	h := StartHouse(t)
	Same(t, "the log tells of metrics", strings.Contains(h.Log.String(), "metrics are served"), false)
}

func TestU1_ProfilesAreServedOnThisMachineOnly(t *testing.T) {
	t.Parallel()
	h := NewHouse(t, livetest.SQLite(t))
	address := MustFindPort(t)
	h.Serve("--metrics-addr=" + strings.Replace(address, "127.0.0.1", "0.0.0.0", 1))
	for path, want := range map[string]int{"/metrics": 200, "/debug/pprof/": 403, "/debug/pprof/profile": 403, "/debug/pprof/heap": 403} {
		answer, _ := MustDo(t, http.MethodGet, "http://"+address+path)
		Same(t, path, answer.StatusCode, want)
	}
}

func TestU1_CheckSaysWhetherTheAddressOfMetricsFits(t *testing.T) {
	t.Parallel()
	b := serve(NewHouse(t, livetest.SQLite(t)))
	own, metrics := "127.0.0.1:"+portOf(b.URL), strings.TrimPrefix(b.address, "http://")
	free, taken := MustFindPort(t), MustListen(t)
	if got := b.MustRun("", "check", "--addr="+own); !strings.Contains(got, "ok    metrics     off: set metrics-addr to serve them\n") {
		t.Errorf("without the setting, it printed\n%s", got)
	}
	for _, c := range []struct {
		of, addr, metrics, says string
		status                  int
	}{
		{"of the running server", own, metrics, "ok    metrics     " + metrics + " is in use by Usher\n", 0},
		{"that is free", "127.0.0.1:0", free, "ok    metrics     " + free + " is free\n", 0},
		{"of another program", free, taken, "FAIL  metrics     listen tcp " + taken + ": bind: address already in use\n", 1},
		{"of the running site itself", own, own, "FAIL  metrics     listen tcp " + own + ": bind: address already in use\n", 1},
		{"that the site is to have", free, free, "FAIL  metrics     listen tcp " + free + ": bind: address already in use\n", 1},
	} {
		got := b.Run("", "check", "--addr="+c.addr, "--metrics-addr="+c.metrics)
		if got.Status != c.status || !strings.Contains(got.Out, c.says) {
			t.Errorf("%s: status %d, want %d, and printed\n%swant %q in it", c.of, got.Status, c.status, got.Out, c.says)
		}
	}
}

func TestU1_AnAddressInUseStopsTheStart(t *testing.T) {
	t.Parallel()
	got := RunProgram(t, nil, "--addr=127.0.0.1:0", "--database-url=sqlite://"+t.TempDir()+"/usher.db", "--metrics-addr="+MustListen(t))
	if got.Status != 1 || strings.Count(got.Err, "\n") != 1 || !strings.Contains(got.Err, "metrics-addr: listen tcp") {
		t.Errorf("status %d, said %q", got.Status, got.Err)
	}
}

func TestU3_TheLevelOfTheLogChangesWhileTheServerRuns(t *testing.T) {
	t.Parallel()
	b := serve(NewHouse(t, livetest.SQLite(t)), "--log-level=warn")
	client := b.Browser()
	client.Who()
	Same(t, "at warn, requests are logged", strings.Contains(b.Log.String(), "msg=request"), false)
	for body, want := range map[string]int{"": 400, "trace": 400, "INFO": 400, "info debug": 400, strings.Repeat("i", 16): 400, strings.Repeat("i", 17): 400} {
		status, said := put(t, b.address+"/log-level", body)
		Same(t, "the level "+body, []any{status, strings.Contains(said, "debug, info, warn, error")}, []any{want, true})
	}
	client.Who()
	Same(t, "after refused levels, requests are logged", strings.Contains(b.Log.String(), "msg=request"), false)
	status, said := put(t, b.address+"/log-level", "info\n")
	Same(t, "the level info", []any{status, said}, []any{200, "The log has lines of level info and above.\n"})
	client.Who()
	b.WaitUntil("requests are logged", func() bool { return strings.Contains(b.Log.String(), "msg=request") })
	Same(t, "the change is logged", strings.Contains(b.Log.String(), `msg="the log's level changed" from=WARN to=INFO`), true)
}
