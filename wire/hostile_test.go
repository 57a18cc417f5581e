package wire

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"usher/wire/testdata/mini"
)

// canary is a client's secret that no other person may read. Like a link's token, it is longer than our longest name.
const canary = "u1_Canary0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOP"

type (
	object = map[string]any
	list   = []any
)

// endless is a body of a size that is not announced.
func endless(size int64) io.Reader {
	return io.LimitReader(io.MultiReader(strings.NewReader(`{"query":"`+canary), repeating{}), size)
}

type repeating struct{}

func (repeating) Read(p []byte) (int, error) { return copy(p, bytes.Repeat([]byte("a"), len(p))), nil }

func TestHostileRequestsGetTheRightAnswer(t *testing.T) {
	const (
		hello  = "{hello}"
		rename = "mutation($a:RenameRoomInput!){renameRoom(input:$a){__typename}}"
		room   = "query($a:ID!){room(id:$a){id}}"
		rooms  = "query($a:Int){rooms(first:$a){id}}"
		role   = "query($a:RoomRole!){role(role:$a)}"
		at     = "query($a:Time!){time(at:$a)}"
	)
	many := strings.Repeat
	renameWith := func(field string, value any) asked {
		return variables(rename, object{"roomId": 1, "title": "x", field: value})
	}
	from := func(origin string) asked { return document("mutation{slow}").with("Origin", origin) }
	for _, test := range []struct {
		name string
		asked
		status int
		code   string
	}{
		// Bodies
		{"64 KiB and one byte", post(`{"query":"{hello}","x":"` + many("a", 65536-25) + `"}`), 413, CodeBadUserInput},
		{"5 MB", post(`{"query":"` + canary + many("a", 5<<20) + `"}`), 413, CodeBadUserInput},
		{"5 MB of unknown length", asked{body: endless(5 << 20)}, 413, CodeBadUserInput},
		{"nothing", post(""), 400, CodeBadUserInput},
		{"no JSON", post(canary), 400, CodeBadUserInput},
		{"half of a JSON object", post(`{"query":"` + canary), 400, CodeBadUserInput},
		{"JSON and more", post(`{"query":"{hello}"} ` + canary), 400, CodeBadUserInput},
		{"null", post("null"), 400, CodeBadUserInput},
		{"a JSON text", post(`"` + canary + `"`), 400, CodeBadUserInput},
		{"a batch", post(` [{"query":"{hello}"},{"query":"` + canary + `"}]`), 400, CodeBadUserInput},
		{"a batch of nothing", post("[]"), 400, CodeBadUserInput},
		{"30,000 levels of JSON", post(`{"query":"{hello}","variables":{"a":` + many("[", 3e4) + many("]", 3e4) + `}}`), 400, CodeBadUserInput},
		{"30,000 levels left open", post(`{"query":` + many("[", 3e4)), 400, CodeBadUserInput},
		{"bytes that are no UTF-8", post(`{"query":"{hello(name: \"` + canary + "\xff" + `\")}"}`), 400, CodeBadUserInput},
		{"a NUL in the JSON", post("{\"query\":\"{hello}\x00" + canary + `"}`), 400, CodeBadUserInput},
		{"a byte order mark", post("\ufeff" + `{"query":"{hello}"}`), 400, CodeBadUserInput},
		{"UTF-16", post(many("{\x00", 20)), 400, CodeBadUserInput},
		{"a compressed body", post("\x1f\x8b\x08\x00"+canary).with("Content-Encoding", "gzip"), 400, CodeBadUserInput},
		{"no query", post(`{"qeury":"` + canary + `"}`), 400, CodeBadUserInput},
		{"a query that is null", post(`{"query":null}`), 400, CodeBadUserInput},
		{"a query that comes twice", post(`{"query":"{hello}","query":"` + canary + `"}`), 400, CodeBadUserInput},
		{"a variable that comes twice", post(`{"query":"{hello}","variables":{"` + canary + `":1,"` + canary + `":2}}`), 400, CodeBadUserInput},
		{"QUERY for query", post(`{"QUERY":"{hello}"}`), 400, CodeBadUserInput},
		{"a query that is a number", post(`{"query":7}`), 400, CodeBadUserInput},
		{"variables that are a list", post(`{"query":"{hello}","variables":["` + canary + `"]}`), 400, CodeBadUserInput},
		{"variables in a text", post(`{"query":"{hello}","variables":"{\"a\":\"` + canary + `\"}"}`), 400, CodeBadUserInput},
		{"extensions that are a text", post(`{"query":"{hello}","extensions":"` + canary + `"}`), 400, CodeBadUserInput},
		{"an operation name of 60 KB", post(object{"query": hello, "operationName": many(canary, 900)}), 200, CodeValidationFailed},
		{"an empty document", document(""), 200, CodeValidationFailed},
		{"a hash without a document", post(`{"extensions":{"persistedQuery":"` + canary + `"}}`), 200, CodePersistedNotSupported},
		{"a batch", post(`[{"query":"` + canary + `"}]`), 400, CodeBadUserInput},
		{"somebody's persisted query", post(`{"query":"","extensions":{"persistedQuery":"` + canary + `"}}`), 200, CodeValidationFailed},

		// Media types
		{"a form sent as text/plain", post(`{"query":"{hello}","x":"=`+canary+`"}`).with("Content-Type", "text/plain"), 415, CodeBadUserInput},
		{"a form", post("query="+canary).with("Content-Type", "application/x-www-form-urlencoded"), 415, CodeBadUserInput},
		{"a multipart form", post(canary).with("Content-Type", "multipart/form-data; boundary=a"), 415, CodeBadUserInput},
		{"no content type", document(hello).with("Content-Type", ""), 415, CodeBadUserInput},
		{"a content type that only begins", document(hello).with("Content-Type", "application/jsonp"), 415, CodeBadUserInput},
		{"text with JSON as a parameter", document(hello).with("Content-Type", "text/plain; application/json"), 415, CodeBadUserInput},
		{"two content types", document(hello).with("Content-Type", "text/plain, application/json"), 415, CodeBadUserInput},
		{"JSON in another charset", document(hello).with("Content-Type", "application/json; charset=iso-8859-1"), 415, CodeBadUserInput},
		{"GraphQL without JSON", post(hello).with("Content-Type", "application/graphql"), 415, CodeBadUserInput},
		{"Accept HTML alone", document(hello).with("Accept", "text/html"), 406, CodeBadUserInput},
		{"Accept server-sent events", document(hello).with("Accept", "text/event-stream"), 406, CodeBadUserInput},
		{"Accept nothing", document(hello).with("Accept", "*/*;q=0"), 406, CodeBadUserInput},
		{"Accept 20,000 commas and HTML", document(hello).with("Accept", "text/html"+many(",", 2e4)), 406, CodeBadUserInput},
		{"Accept what is no media type, and HTML", document(hello).with("Accept", "\""+canary+";q=x, text/html"), 406, CodeBadUserInput},
		{"a NUL in a document", post(`{"query":"{hello}\u0000` + canary + `"}`), 200, CodeParseFailed},

		// Methods
		{"a mutation by GET", get("query=mutation{slow}&x=" + canary), 405, CodeBadUserInput},
		{"a mutation by GET, named second", get("operationName=B&query=query+A{hello}+mutation+B{slow}"), 405, CodeBadUserInput},
		{"a subscription by GET", get("query=subscription{ticks}"), 200, CodeBadUserInput},
		{"a subscription by POST", document("subscription{ticks}"), 200, CodeBadUserInput},
		{"a subscription, asked the newer way", document("subscription{ticks}").with("Accept", mediaGraphQL), 400, CodeBadUserInput},
		{"GET of nothing", get(""), 400, CodeBadUserInput},
		{"GET of a broken address", get("query=%zz" + canary), 400, CodeBadUserInput},
		{"GET of bytes that are no UTF-8", get("query={hello(name:%22%ff%22)}"), 400, CodeBadUserInput},
		{"GET of 65 KB", get("query={hello}&x=" + many("a", 65536)), 414, CodeBadUserInput},
		{"GET with variables that are no JSON", get("query={hello}&variables=" + canary), 400, CodeBadUserInput},
		{"GET with variables in a list", get("query={hello}&variables=[]"), 400, CodeBadUserInput},
		{"GET with more after the variables", get(`query={hello}&variables={},"query":"mutation{slow}"`), 400, CodeBadUserInput},
		{"HEAD", asked{method: http.MethodHead, query: "query={hello}"}, 405, ""},
		{"PUT", asked{method: http.MethodPut, body: strings.NewReader(canary)}, 405, CodeBadUserInput},
		{"PATCH", asked{method: http.MethodPatch, body: strings.NewReader(canary)}, 405, CodeBadUserInput},
		{"DELETE", asked{method: http.MethodDelete}, 405, CodeBadUserInput},
		{"TRACE", asked{method: http.MethodTrace}, 405, CodeBadUserInput},
		{"a method of one's own", asked{method: "CANARY"}, 405, CodeBadUserInput},
		{"a WebSocket without that transport", get("").with("Connection", "Upgrade").with("Upgrade", "websocket"), 400, CodeBadUserInput},

		// Other origins
		{"POST from another site", from("https://evil.example"), 403, CodeForbidden},
		{"POST that a browser marks as cross-site", document("mutation{slow}").with("Sec-Fetch-Site", "cross-site"), 403, CodeForbidden},
		{"POST from a sister domain", document("mutation{slow}").with("Sec-Fetch-Site", "same-site"), 403, CodeForbidden},
		{"POST from a sandboxed frame", from("null"), 403, CodeForbidden},
		{"the allowed origin on another port", from("https://app.example.com"), 403, CodeForbidden},
		{"the allowed origin without TLS", from("http://app.example.com:8443"), 403, CodeForbidden},
		{"the allowed origin as a prefix", from(allowedOrigin + ".evil.example"), 403, CodeForbidden},
		{"the allowed origin in capitals", from("HTTPS://APP.EXAMPLE.COM:8443"), 403, CodeForbidden},
		{"a form from another site", post("a=b").with("Content-Type", "text/plain").with("Origin", "https://evil.example"), 403, CodeForbidden},
		{"a form from the allowed origin", post("a=b").with("Content-Type", "text/plain").with("Origin", allowedOrigin), 415, CodeBadUserInput},

		// Documents
		{"a secret as a name", document("{hello(" + canary + ")}"), 200, CodeParseFailed},
		{"a secret after the document", document(hello + ` "` + canary + `"`), 200, CodeParseFailed},
		{"a text without end", document(`{hello(name:"` + canary + `)}`), 200, CodeParseFailed},
		{"a bad escape", document(`{hello(name:"\u{` + canary + `}")}`), 200, CodeParseFailed},
		{"60 KB of braces", document(many("{", 6e4)), 200, CodeParseFailed},
		{"16 levels", document("{room(id:1){" + many("parent{", 14) + "id" + many("}", 16)), 200, CodeTooComplex},
		{"490 levels", document("{" + many("parent{", 490) + "id" + many("}", 490) + "}"), 200, CodeTooComplex},
		{"480 levels of a list", document("{hello(name:" + many("[", 480) + many("]", 480) + ")}"), 200, CodeValidationFailed},
		{"1,900 equal fields", document("{" + many("hello ", 1900) + "}"), 200, CodeTooComplex},
		{"751 equal fields", document("{" + many("hello ", 751) + "}"), 200, CodeTooComplex},
		{"60 KB of fields", document("{" + many("hello ", 1e4) + "}"), 200, CodeTooComplex},
		{"45 KB of comments", document("{hello}" + many("#\n", 1.5e4)), 200, CodeTooComplex},
		{"28 fragments that double", document(doubling(28)), 200, CodeTooComplex},
		{"a fragment that contains itself", document("{...A} fragment A on Query{hello ...A}"), 200, CodeValidationFailed},
		{"two fragments in a circle", document("{...A} fragment A on Query{...B} fragment B on Query{...A}"), 200, CodeValidationFailed},
		{"an alias flood", document("{" + numbered("a%d:hello ", 16) + "}"), 200, CodeTooComplex},
		{"a directive flood", document("{hello " + many("@skip(if:false)", 200) + "}"), 200, CodeTooComplex},
		{"300 unknown directives", document("{hello " + many("@a", 300) + "}"), 200, CodeTooComplex},
		{"31 fragments", document("{" + numbered("...F%d ", 31) + "}" + numbered("fragment F%d on Query{hello} ", 31)), 200, CodeTooComplex},
		{"two mutations in one", document("mutation{a:slow b:slow}"), 200, CodeTooComplex},
		{"two mutations through a fragment", document("mutation{...A ...A} fragment A on Mutation{slow}"), 200, CodeTooComplex},
		{"a list for everybody", document("{rooms(first:600){" + many("parent{title} ", 150) + "}}"), 200, CodeTooComplex},
		{"1,500 conflicts", document("{" + many("hello:not(flag:true) ", 15) + many("hello ", 100) + "}"), 200, CodeValidationFailed},
		{"4,500 conflicts", document("{" + many("hello:not(flag:true) ", 15) + many("hello ", 300) + "}"), 200, CodeTooComplex},
		{"740 equal fields", document("{" + many("__typename ", 740) + "}"), 200, CodeTooComplex},
		{"900 nested ones", document("{" + many("room(id:1){title:id} ", 15) + many("room(id:1){title} ", 60) + "}"), 200, CodeValidationFailed},
		{"700 unknown fields", document("{" + numbered(canary+"%d ", 700) + "}"), 200, CodeValidationFailed},
		{"a name of 60 KB", document("{" + many(canary, 900) + "}"), 200, CodeValidationFailed},
		{"a text of 60 KB as a number", document(`{rooms(first:"` + many(canary, 900) + `"){id}}`), 200, CodeValidationFailed},
		{"a block text as a flag", document(`{not(flag:"""a` + "\n: \n" + canary + `""")}`), 200, CodeValidationFailed},
		{"a secret without quotes", document("{hello(name:" + canary + ")}"), 200, CodeValidationFailed},
		{"a secret as a role", document("{role(role:" + canary + ")}"), 200, CodeValidationFailed},
		{"a secret as a role in quotes", document(`{role(role:"` + canary + `")}`), 200, CodeValidationFailed},
		{"a secret in an input object", document(`mutation{renameRoom(input:{` + canary + `:1}){__typename}}`), 200, CodeValidationFailed},
		{"a NUL in a text", document(`{hello(name:"\u0000` + canary + `")}`), 200, CodeValidationFailed},
		{"@defer", document("{...@defer{hello}}"), 200, CodeValidationFailed},
		{"an operation that is not there", post(object{"query": "query A{hello}", "operationName": canary}), 200, CodeValidationFailed},
		{"several operations, none named", document("query A{hello} query B{hello}"), 200, CodeValidationFailed},
		{"fragments alone", document("fragment A on Query{hello}"), 200, CodeValidationFailed},
		{"introspection while it is off", document("{__schema{types{name}}}"), 200, CodeValidationFailed},
		{"a type while introspection is off", document(`{__type(name:"` + canary + `"){name}}`), 200, CodeValidationFailed},
		{"introspection in a fragment", document("{...A} fragment A on Query{__schema{types{name}}}"), 200, CodeValidationFailed},
		{"a field that is almost right", document("{helo}"), 200, CodeValidationFailed},
		{"an argument that is almost right", document(`{hello(nam:"` + canary + `")}`), 200, CodeValidationFailed},
		{"a type that is almost right", document("{...A} fragment A on Quer{hello}"), 200, CodeValidationFailed},
		{"a value that is almost right", document("{role(role:VIEWERS)}"), 200, CodeValidationFailed},
		{"an input field almost right", document(`mutation{renameRoom(input:{titl:"` + canary + `"}){__typename}}`), 200, CodeValidationFailed},
		{"an object without its fields", document("{room(id:1)}"), 200, CodeValidationFailed},
		{"a type of one's own for a variable", document("query($a:" + canary + "){hello(name:$a)}"), 200, CodeValidationFailed},

		// Variables
		{"a number as a text", variables("query($a:String!){hello(name:$a)}", 7), 200, CodeBadUserInput},
		{"a text as a number", variables(rooms, canary), 200, CodeBadUserInput},
		{"a number in a text", variables(rooms, "7"), 200, CodeBadUserInput},
		{"a number beyond 32 bits", variables(rooms, 1<<31), 200, CodeBadUserInput},
		{"a broken number", variables(rooms, 1.5), 200, CodeBadUserInput},
		{"a number beyond all bits", post(`{"query":"query($a:Float!){ratio(of:$a)}","variables":{"a":1e999}}`), 200, CodeBadUserInput},
		{"a text as a flag", variables("query($a:Boolean!){not(flag:$a)}", "true"), 200, CodeBadUserInput},
		{"a secret as a role", variables(role, canary), 200, CodeBadUserInput},
		{"a role in small letters", variables(role, "viewer"), 200, CodeBadUserInput},
		{"a variable that is missing", document(room), 200, CodeBadUserInput},
		{"a variable that is null", variables(room, nil), 200, CodeBadUserInput},
		{"an id that is an object", variables(room, object{canary: canary}), 200, CodeBadUserInput},
		{"a secret for an input field", renameWith(canary, 1), 200, CodeBadUserInput},
		{"an input without its fields", variables(rename, object{"title": canary}), 200, CodeBadUserInput},
		{"a secret in a list of an input", renameWith("tags", list{"a", object{canary: 1}}), 200, CodeBadUserInput},
		{"an input that is a text", variables(rename, canary), 200, CodeBadUserInput},
		{"a secret for a time", variables(at, canary), 200, CodeBadUserInput},
		{"a secret for a time in the text", document(`{time(at:"` + canary + `")}`), 200, CodeBadUserInput},
		{"a secret for a time in an input", renameWith("startsAt", canary), 200, CodeBadUserInput},
		{"an object for a time", variables(at, object{canary: 1}), 200, CodeBadUserInput},
		{"a number beyond 64 bits, in place", document("{rooms(first:99999999999999999999){id}}"), 200, CodeValidationFailed},
		{"a NUL in a variable", variables("query($a:String!){hello(name:$a)}", canary+"\x00"), 200, CodeBadUserInput},
		{"a NUL in an unused list", variables(hello, list{list{"\x00"}}), 200, CodeBadUserInput},
		{"20,000 values", variables(hello, make([]int, 2e4)), 200, CodeTooComplex},
		{"9,000 levels", post(`{"query":"{hello}","variables":{"a":` + many("[", 9e3) + many("]", 9e3) + `}}`), 200, CodeTooComplex},
		{"9,000 levels of objects", post(`{"query":"{hello}","variables":` + many(`{"a":`, 9e3) + "1" + many("}", 9001)), 200, CodeTooComplex},

		// Errors of resolvers
		{"a resolver that panics", document(`{trouble(kind:PANIC)}`), 200, CodeInternal},
		{"a resolver that fails", document(`{trouble(kind:UNKNOWN)}`), 200, CodeInternal},
		{"a resolver that finds nothing", document(`{nothing{id}}`), 200, CodeInternal},
		{"a panic in one of a hundred in row", document(`{rooms(first:100){trouble(kind:PANIC)}}`), 200, CodeInternal},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var log bytes.Buffer
			server := httptest.NewServer(NewHandler(mini.New(), Options{
				Origins: MustOrigins(t, nil, allowedOrigin),
				Log:     slog.New(slog.NewTextHandler(&log, nil)),
			}))
			defer server.Close()
			answer := MustAskHTTP(t, server.URL, test.with("Authorization", "Bearer "+canary).with("Cookie", "usher="+canary))
			server.Close()
			if answer.StatusCode != test.status || answer.code() != test.code {
				t.Errorf("got %d %s, want %d %s: %.300s", answer.StatusCode, answer.code(), test.status, test.code, answer.text)
			}
			if len(answer.text) > 64<<10 {
				t.Errorf("the answer has %d bytes", len(answer.text))
			}
			headers := fmt.Sprint(answer.Header)
			for _, secret := range []string{canary, canary[:20], mini.Secret, "Did you mean", "goroutine"} {
				if strings.Contains(answer.text+headers, secret) {
					t.Errorf("the answer contains %q: %.300s", secret, answer.text)
				}
			}
			if strings.Contains(log.String(), canary) {
				t.Errorf("the log contains the secret: %s", &log)
			}
			if test.code != CodeInternal && log.Len() > 0 {
				t.Errorf("written to the log: %s", &log)
			}
			if answer.Header.Get("X-Request-Id") == "" {
				t.Error("the answer has no X-Request-Id")
			}
		})
	}
}

const allowedOrigin = "https://app.example.com:8443"

// numbered repeats a format with the numbers from 0.
func numbered(format string, n int) string {
	var text strings.Builder
	for i := range n {
		fmt.Fprintf(&text, format, i)
	}
	return text.String()
}
