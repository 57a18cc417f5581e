package wire

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/vektah/gqlparser/v2/gqlerror"

	"usher/problem"
	"usher/wire/testdata/mini"
)

func TestA3_ErrorsOfResolversHaveCodes(t *testing.T) {
	for _, test := range []struct {
		kind          mini.Trouble
		code, message string
		logged        bool
	}{
		{mini.TroubleUnauthenticated, CodeUnauthenticated, "no valid credential was sent; sign in, then try again", false},
		{mini.TroubleForbidden, CodeForbidden, "you do not have permission to do this", false},
		{mini.TroubleNotFound, CodeNotFound, "not found", false},
		{mini.TroubleBadInput, CodeBadUserInput, "first lies between 1 and 100", false},
		{mini.TroubleRateLimited, CodeRateLimited, "too many requests; try again later", false},
		{mini.TroubleUnavailable, CodeUnavailable, "the service is not available right now; try again later", true},
		{mini.TroubleDeadline, CodeUnavailable, "the service is not available right now; try again later", true},
		{mini.TroubleStrayProblem, CodeInternal, "internal server error", true},
		{mini.TroubleUnknown, CodeInternal, "internal server error", true},
		{mini.TroublePanic, CodeInternal, "internal server error", true},
	} {
		t.Run(string(test.kind), func(t *testing.T) {
			var log bytes.Buffer
			server := httptest.NewServer(NewHandler(mini.New(), Options{Log: slog.New(NameRequests(slog.NewTextHandler(&log, nil)))}))
			defer server.Close()
			answer := MustAskHTTP(t, server.URL, document(fmt.Sprintf("{room(id:1){trouble(kind:%s)}}", test.kind)))
			server.Close()
			if len(answer.Errors) != 1 || answer.code() != test.code || answer.Errors[0].Message != test.message {
				t.Fatalf("got %s, want %s: %s", answer.text, test.code, test.message)
			}
			if path := fmt.Sprint(answer.Errors[0].Path); path != "[room trouble]" {
				t.Errorf("path: got %s", path)
			}
			id := answer.Header.Get("X-Request-Id")
			if got := answer.Errors[0].Extensions["requestId"]; (test.code == CodeInternal) != (got == id) {
				t.Errorf("requestId: got %v, the request's is %s", got, id)
			}
			if after := answer.Errors[0].Extensions["retryAfterSeconds"]; (test.kind == mini.TroubleRateLimited) != (after == 2.0) {
				t.Errorf("retryAfterSeconds: got %v", after)
			}
			entry := log.String()
			if logged := strings.Contains(entry, id) && strings.Contains(entry, mini.Secret); logged != test.logged {
				t.Errorf("in the log with its id: %t, want %t: %s", logged, test.logged, entry)
			}
			if strings.Count(entry, "\n") > 1 {
				t.Errorf("written to the log more than once: %s", entry)
			}
			if panicked := strings.Contains(entry, "goroutine "); panicked != (test.kind == mini.TroublePanic) {
				t.Errorf("a stack in the log: %t: %s", panicked, entry)
			}
		})
	}
}

func TestWrappedErrorsKeepTheirCode(t *testing.T) {
	for _, test := range []struct {
		name   string
		err    error
		code   string
		logged bool
	}{
		{"wrapped once", fmt.Errorf("read room: %w", problem.ErrNotFound), CodeNotFound, false},
		{"wrapped as gqlgen does", gqlerror.WrapPath(nil, fmt.Errorf("read room: %w", problem.ErrForbidden)), CodeForbidden, false},
		{"a rate below a second", &problem.RateLimited{RetryAfter: time.Millisecond}, CodeRateLimited, false},
		{"a client that is gone", fmt.Errorf("read room: %w", context.Canceled), CodeUnavailable, false},
		{"a code from somewhere else", &gqlerror.Error{Message: "x", Extensions: object{"code": "SOMETHING"}}, CodeInternal, true},
		{"a code around a fault", &gqlerror.Error{Err: errors.New("disk"), Extensions: object{"code": CodeBadUserInput}}, CodeInternal, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			var log bytes.Buffer
			presented := Presenter(slog.New(slog.NewTextHandler(&log, nil)))(t.Context(), test.err)
			if presented.Extensions["code"] != test.code || (log.Len() > 0) != test.logged {
				t.Errorf("got %v and the log %q, want %s", presented.Extensions, log.String(), test.code)
			}
			if after := presented.Extensions["retryAfterSeconds"]; test.code == CodeRateLimited && after != 1 {
				t.Errorf("retryAfterSeconds: got %v, want 1", after)
			}
		})
	}
}

func TestEachRequestHasAUniqueID(t *testing.T) {
	var seen []string
	h := RequestID(nil, RequestID(nil, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen = append(seen, RequestIDOf(r.Context()))
		if w.Header().Get("X-Request-Id") != RequestIDOf(r.Context()) {
			t.Error("the header names another id than the context")
		}
	})))
	for range 100 {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Header.Set("X-Request-Id", "chosen by the client")
		h.ServeHTTP(httptest.NewRecorder(), r)
	}
	unlike := map[string]bool{}
	for _, id := range seen {
		if len(id) != 12 {
			t.Fatalf("the id %q is not of 12 characters", id)
		}
		unlike[id] = true
	}
	if len(unlike) != 100 {
		t.Errorf("%d ids for 100 requests", len(unlike))
	}
}
