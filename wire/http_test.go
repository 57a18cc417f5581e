package wire

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/99designs/gqlgen/graphql/handler/transport"
	"github.com/vektah/gqlparser/v2/ast"

	"usher/wire/testdata/mini"
)

func MustServeMini(t testing.TB, o Options) (address string) {
	t.Helper()
	server := httptest.NewServer(NewHandler(mini.New(), o))
	t.Cleanup(server.Close)
	return server.URL
}

func TestAQueryIsAnsweredInEveryRequestFormat(t *testing.T) {
	address := MustServeMini(t, Options{})
	withVariable := "query A($a:String!){hello(name:$a)} query B{hello}"
	for _, test := range []struct {
		name string
		asked
		want string
	}{
		{"by POST", document("{hello}"), `{"data":{"hello":"hello world"}}`},
		{"with a charset", document("{hello}").with("Content-Type", "application/json; charset=UTF-8"), `{"data":{"hello":"hello world"}}`},
		{"with blanks around", post(" \n{ \"query\" : \"{hello}\" }\t"), `{"data":{"hello":"hello world"}}`},
		{"with unknown members", post(`{"query":"{hello}","hello":[{}]}`), `{"data":{"hello":"hello world"}}`},
		{
			"with members that are null", post(`{"query":"{hello}","variables":null,"operationName":null,"extensions":null}`),
			`{"data":{"hello":"hello world"}}`,
		},
		{"with 64 KiB to the byte", post(`{"query":"{hello}","x":"` + strings.Repeat("a", 65536-26) + `"}`), `{"data":{"hello":"hello world"}}`},
		{
			"with a variable and a name", post(object{"query": withVariable, "operationName": "A", "variables": object{"a": "<é>"}}),
			`{"data":{"hello":"hello <é>"}}`,
		},
		{
			"with half of an emoji", post(`{"query":"query($a:String!){hello(name:$a)}","variables":{"a":"\ud83d"}}`),
			"{\"data\":{\"hello\":\"hello \ufffd\"}}",
		},
		{"by GET", get("query={hello}"), `{"data":{"hello":"hello world"}}`},
		{"by GET with a variable and a name", get(url.Values{
			"query": {withVariable}, "operationName": {"A"}, "variables": {`{"a":"ö"}`}, "extensions": {`{"x":1}`},
		}.Encode()), `{"data":{"hello":"hello ö"}}`},
		{"by a page of the site itself", document("{hello}").with("Sec-Fetch-Site", "same-origin"), `{"data":{"hello":"hello world"}}`},
		{"by a mutation", variables("mutation($a:RenameRoomInput!){renameRoom(input:$a){... on RoomSuccess{room{title}}}}",
			object{"roomId": 7, "title": "Hall"}), `{"data":{"renameRoom":{"room":{"title":"Hall"}}}}`},
		{
			"with an error in a field", document("{room(id:1){trouble(kind:NOT_FOUND)}}"),
			`{"errors":[{"message":"not found","path":["room","trouble"],"locations":[{"line":1,"column":13}],` +
				`"extensions":{"code":"NOT_FOUND"}}],"data":{"room":{"trouble":null}}}`,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			answer := MustAskHTTP(t, address, test.asked)
			if answer.StatusCode != http.StatusOK || strings.TrimSpace(answer.text) != test.want {
				t.Errorf("got %d %s, want %s", answer.StatusCode, answer.text, test.want)
			}
			for name, want := range map[string]string{
				"Content-Type": "application/json; charset=utf-8", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Vary": "Origin",
			} {
				if got := answer.Header.Get(name); got != want {
					t.Errorf("%s: got %q, want %q", name, got, want)
				}
			}
		})
	}
}

func TestRequestErrorsHaveNoDataAndTheStatusOfTheirMediaType(t *testing.T) {
	address := MustServeMini(t, Options{})
	for _, query := range []string{"{hello", "{goodbye}", "query($a:Int!){rooms(first:$a){id}}"} {
		for media, status := range map[string]int{mediaJSON: 200, mediaGraphQL: 400} {
			answer := MustAskHTTP(t, address, document(query).with("Accept", media))
			contentType := answer.Header.Get("Content-Type")
			if answer.StatusCode != status || !strings.HasPrefix(contentType, media) || strings.Contains(answer.text, `"data"`) {
				t.Errorf("%s as %s: got %d %s %s", query, media, answer.StatusCode, contentType, answer.text)
			}
		}
	}
}

func TestTheMediaTypeIsNegotiated(t *testing.T) {
	for accept, want := range map[string]string{
		"":    mediaJSON,
		"*/*": mediaJSON,
		"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8": mediaJSON,
		"application/*":                                                   mediaJSON,
		"application/json":                                                mediaJSON,
		"APPLICATION/JSON; charset=UTF-8":                                 mediaJSON,
		"application/graphql-response+json":                               mediaGraphQL,
		"application/graphql-response+json, */*":                          mediaGraphQL,
		"application/json, " + mediaGraphQL:                               mediaGraphQL,
		mediaGraphQL + ";q=0.5, application/json":                         mediaJSON,
		mediaGraphQL + ", application/json;q=0.9":                         mediaGraphQL,
		mediaGraphQL + "; charset=utf-8, application/json; charset=utf-8": mediaGraphQL,
		"application/json;q=0, */*":                                       mediaGraphQL,
		mediaGraphQL + ";q=0, */*":                                        mediaJSON,
		"*/*;q=0, application/json":                                       mediaJSON,
		"application/json; charset=iso-8859-1":                            "",
		"application/json;q=0":                                            "",
		"text/html":                                                       "",
		",;=":                                                             mediaJSON, // no range, so no preference
		"application/json;q=-1":                                           mediaJSON,
		"application/json;q=0, application/json;q=2":                      "",
		"application/json;q=NaN, text/html":                               "",
		"application/json;q=1.5, text/html":                               "",
		"application/json;q=1.001, text/html":                             "",
		"application/json;q=+1, text/html":                                "",
		"application/json;q=1e-1, text/html":                              "",
		"application/json;q=, text/html":                                  "",
		"application/json;q=0.0001, text/html":                            "",
		"application/json;q=0.001, text/html":                             mediaJSON,
		"application/json;Q=0.000, text/html":                             "",
		"application/json;q=1.000, text/html":                             mediaJSON,
		mediaGraphQL + ";q=0.9999, application/json;q=0.1":                mediaJSON,
		"application/*;q=0, */*":                                          "",
		"text/event-stream":                                               "",
		"text/event-stream, application/json;q=0.1":                       mediaJSON,
		strings.Repeat("text/html,", maxRanges) + mediaJSON:               "",
	} {
		t.Run(accept, func(t *testing.T) {
			if got := negotiate([]string{accept}); got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

func TestAWrongMethodIsAnsweredWithTheAllowedOnes(t *testing.T) {
	address := MustServeMini(t, Options{})
	for allow, asked := range map[string]asked{
		"POST":               get("query=mutation{slow}"),
		"GET, POST, OPTIONS": {method: http.MethodDelete},
	} {
		answer := MustAskHTTP(t, address, asked)
		if answer.StatusCode != http.StatusMethodNotAllowed || answer.Header.Get("Allow") != allow {
			t.Errorf("got %d and %q, want 405 and %q", answer.StatusCode, answer.Header.Get("Allow"), allow)
		}
	}
}

// BenchmarkHTTP compares one request here, with everything around it, to one of gqlgen's own transport with a query cache.
func BenchmarkHTTP(b *testing.B) {
	stock := handler.New(mini.New())
	stock.AddTransport(transport.POST{})
	stock.SetQueryCache(lru.New[*ast.QueryDocument](keptDocuments))
	for _, query := range []struct{ name, body string }{
		{"hello", `{"query":"{hello}"}`},
		{"variables", `{"operationName":"Rename","query":"mutation Rename($input:RenameRoomInput!){renameRoom(input:$input)` +
			`{... on RoomSuccess{room{id title}}}}","variables":{"input":{"roomId":"1","title":"Hall","tags":["a","b"],"role":"SPEAKER"}}}`},
		{"100 rooms", `{"query":"{rooms(first:100){id title parent{id title}}}"}`},
	} {
		for _, of := range []struct {
			name string
			http.Handler
		}{{"gqlgen", stock}, {"ours", NewHandler(mini.New(), Options{})}} {
			b.Run(query.name+"/"+of.name, func(b *testing.B) {
				body := []byte(query.body)
				b.ReportAllocs()
				for b.Loop() {
					r := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewReader(body))
					r.Header.Set("Content-Type", "application/json")
					w := httptest.NewRecorder()
					of.ServeHTTP(w, r)
					if w.Code != http.StatusOK || bytes.Contains(w.Body.Bytes(), []byte("errors")) {
						b.Fatalf("%d %s", w.Code, w.Body)
					}
				}
			})
		}
	}
}
