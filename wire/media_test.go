package wire

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
)

// A query gets JSON unless its client accepts only a stream. A subscription gets a stream if the client names that.
func TestAStreamIsSentOnlyToClientsThatNameIt(t *testing.T) {
	address := MustServeMini(t, Options{Transports: []graphql.Transport{NewEventStreams(EventStreamsConfig{})}})
	const none = "406"
	for accept, want := range map[string]struct{ query, subscription string }{
		"":                                    {mediaJSON, mediaJSON},
		"*/*":                                 {mediaJSON, mediaJSON},
		"text/event-stream":                   {mediaEvents, mediaEvents},
		"text/*":                              {mediaEvents, mediaEvents},
		"TEXT/Event-Stream;q=0.001":           {mediaEvents, mediaEvents},
		"application/json, text/event-stream": {mediaJSON, mediaEvents},
		"text/event-stream, application/json;q=0.001":       {mediaJSON, mediaEvents},
		"text/event-stream, */*;q=0.1":                      {mediaJSON, mediaEvents},
		"text/*, */*":                                       {mediaJSON, mediaEvents},
		mediaGraphQL + ", text/event-stream":                {mediaGraphQL, mediaEvents},
		"application/json, text/event-stream;q=0":           {mediaJSON, mediaJSON},
		"application/json, text/event-stream;q=0.000":       {mediaJSON, mediaJSON},
		"application/json, text/*;q=0":                      {mediaJSON, mediaJSON},
		"application/json, text/*, text/event-stream;q=0":   {mediaJSON, mediaJSON},
		"application/json;q=0, text/event-stream":           {mediaEvents, mediaEvents},
		"application/json, text/event-stream;q=-1":          {mediaJSON, mediaJSON},
		"application/json, text/event-stream;q=NaN":         {mediaJSON, mediaJSON},
		"application/json, text/event-stream;q=1.1":         {mediaJSON, mediaJSON},
		"application/json, text/event-stream;q=0.1234":      {mediaJSON, mediaJSON},
		"application/json, text/event-streams":              {mediaJSON, mediaJSON},
		"application/json, x-text/event-stream":             {mediaJSON, mediaJSON},
		`application/json, text/html;x="text/event-stream"`: {mediaJSON, mediaJSON},
		"text/html":                        {none, none},
		"text/event-stream;q=0":            {none, none},
		"text/html, text/event-stream;q=2": {none, none},
	} {
		for document, want := range map[string]string{"{hello}": want.query, "subscription{ticks}": want.subscription} {
			t.Run(fmt.Sprintf("%s %s", accept, document), func(t *testing.T) {
				got := mediaOfAnswer(t, address, document, accept)
				if got != want {
					t.Errorf("got %s, want %s", got, want)
				}
			})
		}
	}
}

// mediaOfAnswer returns the media type of an answer, or 406. It does not read the answer, which may have no end.
func mediaOfAnswer(t *testing.T, address, document, accept string) string {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader(`{"query":"`+document+`"}`))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", mediaJSON)
	if accept != "" {
		r.Header.Set("Accept", accept)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	if answer.StatusCode == http.StatusNotAcceptable {
		return "406"
	}
	media, _, _ := strings.Cut(answer.Header.Get("Content-Type"), ";")
	return media
}

// Apollo's clients look for this message or code, and send the document from then on.
func TestAHashWithoutADocumentIsRefusedAsApolloExpects(t *testing.T) {
	address := MustServeMini(t, Options{})
	const hash = `{"persistedQuery":{"version":1,"sha256Hash":"ecf4edb46db40b5132295c0291d62fb65d6759a9eedfa4d5d612dd5ec54a6b38"}}`
	const want = `{"errors":[{"message":"PersistedQueryNotSupported","extensions":{"code":"PERSISTED_QUERY_NOT_SUPPORTED"}}]}`
	for media, status := range map[string]int{mediaJSON: 200, mediaGraphQL: 400} {
		for name, of := range map[string]asked{
			"POST": post(`{"operationName":"A","variables":{},"extensions":` + hash + `}`),
			"GET":  get("operationName=A&variables={}&extensions=" + hash),
		} {
			answer := MustAskHTTP(t, address, of.with("Accept", media))
			if strings.TrimSpace(answer.text) != want || answer.StatusCode != status {
				t.Errorf("%s as %s: got %d %s", name, media, answer.StatusCode, answer.text)
			}
		}
	}
	// With the document, the hash does not matter.
	answer := MustAskHTTP(t, address, post(`{"query":"{hello}","extensions":`+hash+`}`))
	if !strings.HasPrefix(answer.text, `{"data":`) {
		t.Errorf("a document with its hash: got %s", answer.text)
	}
}
