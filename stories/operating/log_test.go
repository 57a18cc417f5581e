package operating

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"usher/live/livetest"
	. "usher/sitetest"
)

const (
	trace       = "4bf92f3577b34da6a3ce929d0e0e4736"
	traceparent = "00-" + trace + "-00f067aa0ba902b7-01"
)

func TestU4_TheLogNamesTheRequestOfEachLine(t *testing.T) {
	t.Parallel()
	b := serve(NewHouse(t, livetest.SQLite(t)), "--trusted-proxies=127.0.0.1")
	longest := strings.Repeat("a", 64)
	for _, c := range []struct {
		name, header, value string
		taken               bool
	}{
		{"an id", "X-Request-Id", "Proxy.1_2-3", true},
		{"the shortest id", "X-Request-Id", "a", true},
		{"the longest id", "X-Request-Id", longest, true},
		{"an id that is too long", "X-Request-Id", longest + "a", false},
		{"an id with a blank", "X-Request-Id", "a b", false},
		{"an id with a quote", "X-Request-Id", `a"b`, false},
		{"an empty id", "X-Request-Id", "", false},
		{"an id with another letter", "X-Request-Id", "é", false},
		{"a trace", "Traceparent", traceparent, true},
		{"a trace that is cut off", "Traceparent", traceparent[:54], false},
		{"a trace with something behind", "Traceparent", traceparent + "-x", false},
		{"a trace in capitals", "Traceparent", strings.ToUpper(traceparent), false},
	} {
		answer, _ := MustDo(t, http.MethodGet, b.URL+"/graphql?query=%7BserverTime%7D", c.header+": "+c.value)
		id := answer.Header.Get("X-Request-Id")
		if own := regexp.MustCompile(`^[A-Z2-7]{12}$`); (id == c.value) != (c.taken && c.header == "X-Request-Id") || id != c.value && !own.MatchString(id) {
			t.Errorf("%s: the answer has the id %q", c.name, id)
		}
		line := b.line("msg=request .*requestId=" + regexp.QuoteMeta(id) + `\b.*`)
		if strings.Contains(line, "trace="+trace) != (c.taken && c.header == "Traceparent") {
			t.Errorf("%s: the log has %s", c.name, line)
		}
	}
}

// line waits for a line of the log, and returns it.
func (b *behind) line(pattern string) (line string) {
	b.T.Helper()
	b.WaitUntil("the log has "+pattern, func() bool {
		line = regexp.MustCompile(pattern).FindString(b.Log.String())
		return line != ""
	})
	return line
}

func TestU4_IdsOfUntrustedSendersAreIgnored(t *testing.T) {
	t.Parallel()
	for _, settings := range [][]string{{"--trusted-proxies=192.0.2.1"}, nil} {
		b := serve(NewHouse(t, livetest.SQLite(t)), settings...)
		answer, _ := MustDo(t, http.MethodGet, b.URL+"/graphql?query=%7BserverTime%7D", "X-Request-Id: forged")
		Same(t, "the id", answer.Header.Get("X-Request-Id") == "forged", false)
		b.line("msg=request")
		Same(t, "the log has it", strings.Contains(b.Log.String(), "forged"), false)
	}
}

// A closed database makes each operation fail, which the log reports.
func TestU4_OperationsOnAWebSocketHaveItsIdAndANumber(t *testing.T) {
	t.Parallel()
	b := serve(NewHouse(t, livetest.SQLite(t)), "--trusted-proxies=127.0.0.1")
	host := b.User("ada@example.com")
	room := b.Hall(host, nil)
	s := host.Connect()
	s.Ask("{ serverTime }", nil)
	opened := b.line(`msg=request .*status=101.*requestId=(\w+)`)
	id := opened[strings.LastIndex(opened, "=")+1:]
	if err := b.Parts.Database.Close(); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		s.Ask(`query($id: ID!) { node(id: $id) { id } }`, Object{"id": room.ID})
	}
	b.line(`level=ERROR .*requestId=` + id + ` operation=2\b`)
	b.line(`level=ERROR .*requestId=` + id + ` operation=3\b`)
	Same(t, "one is counted as a fault", func() bool {
		all, _ := b.read()
		return number(t, all, `usher_errors_total{code="INTERNAL_SERVER_ERROR"}`) >= 2
	}(), true)
}
