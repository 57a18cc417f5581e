package wire_test

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"usher/problem"
	"usher/wire"
)

// TestReferenceClient runs graphql-ws, the protocol's reference client, in wsclient/client.mjs.
func TestReferenceClient(t *testing.T) {
	node := MustFindNode(t)
	s := MustListen(t, wire.WebSocketConfig{
		PingInterval: 100 * time.Millisecond,
		Init: func(_ context.Context, _ *http.Request, payload json.RawMessage) (wire.Asker, error) {
			if strings.Contains(string(payload), "wrong") {
				return wire.Asker{}, problem.ErrUnauthenticated
			}
			return wire.Asker{}, nil
		},
	})
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	go func() { // publishes events all the time
		for tick := time.NewTicker(time.Millisecond); ; {
			select {
			case <-tick.C:
			case <-ctx.Done():
				tick.Stop()
				return
			}
			select {
			case s.events <- "news":
			case <-ctx.Done():
			}
		}
	}()

	program := exec.CommandContext(ctx, node, "client.mjs", "ws://"+s.listener.Addr().String()+"/graphql")
	program.Dir = "wsclient"
	program.Stderr = os.Stderr
	output, err := program.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := program.Start(); err != nil {
		t.Fatal(err)
	}
	want := []string{
		`["query",[{"data":{"hello":"hello world"}},"complete"]]`,
		`["variables",[{"data":{"double":42}},"complete"]]`,
		`["subscription",[{"data":{"count":1}},{"data":{"count":2}},{"data":{"count":3}},"complete"]]`,
		`["error of execution",[{"errors":[{"message":"it failed"}],"data":{"fail":null}},"complete"]]`,
		`["request error",[{"errors":[{"message":"Cannot query field \"nope\" on type \"Query\".","locations":[{"line":1,"column":3}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}]]`,
		`["panic",[{"errors":[{"message":"internal server error"}]}]]`,
		`["large answer",300000]`,
		`["completed by the client","complete"]`,
		`["many at once",[21,21,21,21,21,21,21,21,21,21,21,21,21,21,21,21]]`,
		`["pings go both ways",true]`,
		`["who says nothing but pongs stays",[{"data":{"held":"released"}},"complete"]]`,
		`["connects again after 1012",2]`,
		`["connects again after 1013",2]`,
		`["connects again after 4403",2]`,
		`["gives up after 4401",{"closed":4401,"reason":"by the test"}]`,
		`["is refused",[{"closed":4401,"reason":"Unauthorized"}]]`,
	}
	for lines := bufio.NewScanner(output); lines.Scan(); {
		line := lines.Text()
		if what, ok := strings.CutPrefix(line, `["do","`); ok {
			s.do(t, strings.TrimSuffix(what, `"]`))
			continue
		}
		if len(want) == 0 || line != want[0] {
			t.Fatalf("got  %s\nwant %s", line, append(want, "the end")[0])
		}
		want = want[1:]
	}
	if err := program.Wait(); err != nil || len(want) > 0 {
		t.Errorf("%v; not played: %s", err, want)
	}
}

// do runs the client's commands.
func (s *server) do(t *testing.T, what string) {
	t.Helper()
	if what == "release" {
		close(s.held)
		return
	}
	code, err := strconv.Atoi(strings.TrimPrefix(what, "close "))
	if err != nil {
		t.Fatalf("the client asks for %q", what)
	}
	s.EndWhere(func(wire.Asker) bool { return true }, wire.Ending{Code: code, Reason: "by the test"})
}

// MustFindNode skips the test if Node or the client's packages are missing, except in CI.
func MustFindNode(t *testing.T) string {
	t.Helper()
	node, err := exec.LookPath("node")
	if err == nil {
		_, err = os.Stat(filepath.Join("wsclient", "node_modules", "graphql-ws"))
	}
	if err == nil {
		return node
	}
	if os.Getenv("CI") == "true" {
		t.Fatalf("the reference client is missing: npm ci --prefix wire/wsclient (%v)", err)
	}
	t.Skipf("npm ci --prefix wire/wsclient, for the reference client (%v)", err)
	return ""
}
