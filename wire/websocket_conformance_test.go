package wire_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gorilla/websocket"

	"usher/wire"
)

// These tests run in bubbles of testing/synctest: connections are pipes, hours pass at once, and a goroutine that is left over fails
// the test. The timeouts are the real ones.

func bubble(t *testing.T, config wire.WebSocketConfig, f func(t *testing.T, s *server)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) { f(t, MustServe(t, config)) })
}

const (
	initMessage = `{"type":"connection_init"}`
	ack         = `{"type":"connection_ack"}`
)

func TestMessagesOfTheProtocol(t *testing.T) {
	long := strings.Repeat("é", 64) // 128 bytes
	type exchange struct{ send, want string }
	for name, exchanges := range map[string][]exchange{
		"connection_init is acknowledged":                     {{initMessage, ack}},
		"connection_init may have a payload":                  {{`{"type":"connection_init","payload":{"authorization":"Bearer x"}}`, ack}},
		"a payload may be null":                               {{`{"type":"connection_init","payload":null}`, ack}, {`{"type":"ping","payload":null}`, `{"type":"pong"}`}},
		"a ping is answered before connection_init":           {{`{"type":"ping"}`, `{"type":"pong"}`}, {initMessage, ack}},
		"a pong carries the payload of its ping":              {{`{"type":"ping", "payload" : {"at": [1, "é"]} }`, `{"type":"pong","payload":{"at": [1, "é"]}}`}},
		"an unexpected pong is accepted":                      {{initMessage, ack}, {`{"type":"pong"}`, ""}, {`{"type":"pong","payload":{"a":1}}`, ""}, {`{"type":"ping"}`, `{"type":"pong"}`}},
		"an unknown operation may be completed":               {{initMessage, ack}, {`{"id":"gone","type":"complete"}`, ""}, {`{"type":"ping"}`, `{"type":"pong"}`}},
		"a query is answered and completed":                   {{initMessage, ack}, {subscribe("1", `{ hello }`), `{"id":"1","type":"next","payload":{"data":{"hello":"hello world"}}}`}, {"", `{"id":"1","type":"complete"}`}},
		"an id is given back as it came":                      {{initMessage, ack}, {`{"id":"\"\u00e9\\\u0001","type":"subscribe","payload":{"query":"{hello}"}}`, `{"id":"\"é\\\u0001","type":"next","payload":{"data":{"hello":"hello world"}}}`}, {"", `{"id":"\"é\\\u0001","type":"complete"}`}},
		"an id has up to 128 bytes":                           {{initMessage, ack}, {subscribe(long, `{ hello }`), `{"id":"` + long + `","type":"next","payload":{"data":{"hello":"hello world"}}}`}, {"", `{"id":"` + long + `","type":"complete"}`}},
		"variables keep their kind":                           {{initMessage, ack}, {`{"id":"1","type":"subscribe","payload":{"query":"query Q($n: Int!){ double(n: $n) } query R { hello }","variables":{"n":21},"operationName":"Q","extensions":{}}}`, `{"id":"1","type":"next","payload":{"data":{"double":42}}}`}, {"", `{"id":"1","type":"complete"}`}},
		"optional parts of a request may be null":             {{initMessage, ack}, {`{"id":"1","type":"subscribe","payload":{"query":"{hello}","variables":null,"operationName":null,"extensions":null}}`, `{"id":"1","type":"next","payload":{"data":{"hello":"hello world"}}}`}, {"", `{"id":"1","type":"complete"}`}},
		"an error of execution is a result":                   {{initMessage, ack}, {subscribe("1", `{ fail }`), `{"id":"1","type":"next","payload":{"errors":[{"message":"it failed"}],"data":{"fail":null}}}`}, {"", `{"id":"1","type":"complete"}`}},
		"a document that does not parse is an error":          {{initMessage, ack}, {subscribe("1", `{`), `{"id":"1","type":"error","payload":[{"message":"Expected Name, found \u003cEOF\u003e","locations":[{"line":1,"column":2}],"extensions":{"code":"GRAPHQL_PARSE_FAILED"}}]}`}},
		"a document that is not valid is an error":            {{initMessage, ack}, {subscribe("1", `{ nope }`), `{"id":"1","type":"error","payload":[{"message":"Cannot query field \"nope\" on type \"Query\".","locations":[{"line":1,"column":3}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}`}},
		"an empty document is an error":                       {{initMessage, ack}, {subscribe("1", ``), `{"id":"1","type":"error","payload":[{"message":"no operation provided","extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}`}},
		"an unknown operation name is an error":               {{initMessage, ack}, {`{"id":"1","type":"subscribe","payload":{"query":"query Q { hello }","operationName":"R"}}`, `{"id":"1","type":"error","payload":[{"message":"operation R not found","extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}`}},
		"an id is free again after an error":                  {{initMessage, ack}, {subscribe("1", ``), `{"id":"1","type":"error","payload":[{"message":"no operation provided","extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}`}, {subscribe("1", `{ hello }`), `{"id":"1","type":"next","payload":{"data":{"hello":"hello world"}}}`}, {"", `{"id":"1","type":"complete"}`}},
		"a panic is an error without details":                 {{initMessage, ack}, {subscribe("1", `{ panic }`), `{"id":"1","type":"error","payload":[{"message":"internal server error"}]}`}, {`{"type":"ping"}`, `{"type":"pong"}`}},
		"a subscription gives its results and completes":      {{initMessage, ack}, {subscribe("1", `subscription { count(to: 2) }`), `{"id":"1","type":"next","payload":{"data":{"count":1}}}`}, {"", `{"id":"1","type":"next","payload":{"data":{"count":2}}}`}, {"", `{"id":"1","type":"complete"}`}},
		"a subscription that is refused has errors as result": {{initMessage, ack}, {subscribe("1", `subscription { refused }`), `{"id":"1","type":"next","payload":{"errors":[{"message":"not for you"}],"data":null}}`}, {"", `{"id":"1","type":"complete"}`}},
		"an id is free again after complete":                  {{initMessage, ack}, {subscribe("1", `{ held }`), ""}, {`{"id":"1","type":"complete"}`, ""}, {subscribe("1", `{ hello }`), `{"id":"1","type":"next","payload":{"data":{"hello":"hello world"}}}`}, {"", `{"id":"1","type":"complete"}`}},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, wire.WebSocketConfig{}, func(t *testing.T, s *server) {
				c := s.MustDial(t)
				for _, e := range exchanges {
					if e.send != "" {
						c.Send(e.send)
					}
					if e.want != "" {
						c.Expect(e.want)
					}
				}
				c.Sync()
			})
		})
	}
}

func TestMessagesThatCloseTheConnection(t *testing.T) {
	const invalid = "Invalid message received: "
	for name, test := range map[string]struct {
		send   []string
		code   int
		reason string
	}{
		"an operation before connection_init": {[]string{subscribe("1", `{ hello }`)}, 4401, "Unauthorized"},
		"a second connection_init":            {[]string{initMessage, initMessage}, 4429, "Too many initialisation requests"},
		"an id that is in use":                {[]string{initMessage, subscribe("1", `{ held }`), subscribe("1", `{ held }`)}, 4409, "Subscriber for 1 already exists"},
		"a long id that is in use": {
			[]string{initMessage, subscribe(strings.Repeat("é", 64), `{ held }`), subscribe(strings.Repeat("é", 64), `{ held }`)},
			4409, "Subscriber for " + strings.Repeat("é", 54),
		},
		"an id of 129 bytes":                {[]string{initMessage, subscribe(strings.Repeat("i", 129), `{ hello }`)}, 4400, invalid + "id must not be longer than 128 bytes"},
		"no JSON":                           {[]string{`hello`}, 4400, "*"},
		"nothing at all":                    {[]string{``}, 4400, "*"},
		"an array":                          {[]string{`[]`}, 4400, "*"},
		"JSON followed by more":             {[]string{`{"type":"ping"}{}`}, 4400, "*"},
		"a message without a type":          {[]string{`{}`}, 4400, invalid + "unknown type"},
		"a type that is null":               {[]string{`{"type":null}`}, 4400, invalid + "unknown type"},
		"a type that is a number":           {[]string{`{"type":1}`}, 4400, "*"},
		"an unknown type":                   {[]string{`{"type":"start"}`}, 4400, invalid + "unknown type"},
		"connection_ack":                    {[]string{`{"type":"connection_ack"}`}, 4400, invalid + "unknown type"},
		"next":                              {[]string{initMessage, `{"id":"1","type":"next","payload":{}}`}, 4400, invalid + "unknown type"},
		"error":                             {[]string{initMessage, `{"id":"1","type":"error","payload":[{"message":"x"}]}`}, 4400, invalid + "unknown type"},
		"connection_init's payload a text":  {[]string{`{"type":"connection_init","payload":"Bearer"}`}, 4400, invalid + "payload must be an object"},
		"ping's payload an array":           {[]string{`{"type":"ping","payload":[]}`}, 4400, invalid + "payload must be an object"},
		"pong's payload a number":           {[]string{`{"type":"pong","payload":1}`}, 4400, invalid + "payload must be an object"},
		"subscribe without an id":           {[]string{initMessage, `{"type":"subscribe","payload":{"query":"{hello}"}}`}, 4400, "*"},
		"subscribe with an empty id":        {[]string{initMessage, subscribe("", `{ hello }`)}, 4400, invalid + "id must be a non-empty string"},
		"subscribe with a number as id":     {[]string{initMessage, `{"id":1,"type":"subscribe","payload":{"query":"{hello}"}}`}, 4400, "*"},
		"subscribe with null as id":         {[]string{initMessage, `{"id":null,"type":"subscribe","payload":{"query":"{hello}"}}`}, 4400, "*"},
		"subscribe without a payload":       {[]string{initMessage, `{"id":"1","type":"subscribe"}`}, 4400, invalid + "payload must be an object"},
		"subscribe with null as payload":    {[]string{initMessage, `{"id":"1","type":"subscribe","payload":null}`}, 4400, "*"},
		"subscribe without a query":         {[]string{initMessage, `{"id":"1","type":"subscribe","payload":{}}`}, 4400, invalid + "payload: the parameter query is missing or is not a string"},
		"a query that is null":              {[]string{initMessage, `{"id":"1","type":"subscribe","payload":{"query":null}}`}, 4400, invalid + "payload: the parameter query is missing or is not a string"},
		"a query that is no text":           {[]string{initMessage, `{"id":"1","type":"subscribe","payload":{"query":1}}`}, 4400, invalid + "payload: the parameter query is missing or is not a string"},
		"variables that are no object":      {[]string{initMessage, `{"id":"1","type":"subscribe","payload":{"query":"{hello}","variables":[]}}`}, 4400, invalid + "payload: the parameter variables is not an object"},
		"an operation name that is no text": {[]string{initMessage, `{"id":"1","type":"subscribe","payload":{"query":"{hello}","operationName":1}}`}, 4400, invalid + "payload: the parameter operationName is not a string"},
		"extensions that are no object":     {[]string{initMessage, `{"id":"1","type":"subscribe","payload":{"query":"{hello}","extensions":"x"}}`}, 4400, invalid + "payload: the parameter extensions is not an object"},
		"a query that comes twice":          {[]string{initMessage, `{"id":"1","type":"subscribe","payload":{"query":"{hello}","query":"{held}"}}`}, 4400, "*"},
		"TYPE for type":                     {[]string{`{"TYPE":"ping"}`}, 4400, invalid + "unknown type"},
		"complete without an id":            {[]string{initMessage, `{"type":"complete"}`}, 4400, invalid + "id must be a non-empty string"},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, wire.WebSocketConfig{}, func(t *testing.T, s *server) {
				c := s.MustDial(t)
				for _, m := range test.send {
					c.Send(m)
					if m == initMessage && len(test.send) > 1 && test.send[1] != initMessage {
						c.Expect(ack)
					}
				}
				c.ExpectClose(test.code, test.reason, test.code == 4429)
			})
		})
	}
}

// TestFramesThatCloseTheConnection sends raw bytes. The mask is 0, so payloads are readable.
func TestFramesThatCloseTheConnection(t *testing.T) {
	frame := func(first byte, payload string) string {
		b := []byte{first, 0x80 | byte(len(payload)), 0, 0, 0, 0}
		if len(payload) > 125 {
			b = []byte{first, 0x80 | 126, byte(len(payload) >> 8), byte(len(payload)), 0, 0, 0, 0}
		}
		return string(b) + payload
	}
	const text, binary, more, closing, ping = 0x81, 0x82, 0x01, 0x88, 0x89
	message := func(size int) string { // a ping message of a size
		const head, tail = `{"type":"ping","payload":{"x":"`, `"}}`
		return head + strings.Repeat("x", size-len(head)-len(tail)) + tail
	}
	long := frame(more, message(65_536)[:60_000])
	for name, test := range map[string]struct {
		send   string
		code   int
		reason string
	}{
		"a binary message":                  {frame(binary, `{"type":"ping"}`), 4400, "Invalid message received: binary"},
		"text that is no UTF-8":             {frame(text, "{\"type\":\"ping\",\"payload\":{\"x\":\"\xff\"}}"), 1007, "Invalid UTF-8"},
		"a frame without a mask":            {"\x81\x02{}", 1002, "*"},
		"a reserved bit":                    {frame(text|0x40, `{"type":"ping"}`), 1002, "*"},
		"an unknown opcode":                 {frame(0x83, ``), 1002, "*"},
		"a control frame in pieces":         {frame(0x09, ``), 1002, "*"},
		"a control frame of 126 bytes":      {frame(ping, strings.Repeat("x", 126)), 1002, "*"},
		"a continuation of nothing":         {frame(0x80, ``), 1002, "*"},
		"a close code that does not exist":  {frame(closing, "\x03\xec"), 1002, "*"}, // 1004
		"a close":                           {frame(closing, "\x03\xe8bye"), 1000, ""},
		"a close without a code":            {frame(closing, ""), 1005, ""},
		"65,537 bytes in pieces":            {long + frame(0x80, strings.Repeat("x", 5_537)), 1009, ""},
		"65,536 bytes in pieces, then junk": {long + frame(0x80, message(65_536)[60_000:]) + frame(text, `x`), 4400, "*"},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, wire.WebSocketConfig{}, func(t *testing.T, s *server) {
				c := s.MustDial(t)
				go func() { _, _ = c.NetConn().Write([]byte(test.send)) }()
				c.ExpectClose(test.code, test.reason, strings.Contains(name, "junk"))
			})
		})
	}
	t.Run("a message of 65,536 bytes is taken", func(t *testing.T) {
		bubble(t, wire.WebSocketConfig{}, func(t *testing.T, s *server) {
			c := s.MustDial(t)
			c.Send(message(65_536))
			c.Expect(strings.Replace(message(65_536), "ping", "pong", 1))
		})
	})
	t.Run("a message of 65,537 bytes closes with 1009", func(t *testing.T) {
		bubble(t, wire.WebSocketConfig{}, func(t *testing.T, s *server) {
			c := s.MustDial(t)
			go func() { _ = c.WriteMessage(websocket.TextMessage, []byte(message(65_537))) }()
			c.ExpectClose(1009, "")
		})
	})
	t.Run("a ping frame is answered with its payload", func(t *testing.T) {
		bubble(t, wire.WebSocketConfig{}, func(t *testing.T, s *server) {
			c := s.MustDial(t)
			got := make(chan string, 1)
			c.SetPongHandler(func(payload string) error { got <- payload; return nil })
			if err := c.WriteControl(websocket.PingMessage, []byte("are you there"), time.Now().Add(patience)); err != nil {
				t.Fatal(err)
			}
			c.Sync()
			if payload := <-got; payload != "are you there" {
				t.Errorf("pong with %q", payload)
			}
		})
	})
}
