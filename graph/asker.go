package graph

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"net/http"

	"usher/auth"
	"usher/problem"
)

// Init finds out who asks over a WebSocket: by `authorization` of connection_init's payload, which counts alone where it is
// given, else by the cookies of the upgrade. It holds for the whole connection (A1).
func Init(accounts *auth.Accounts, secure bool, address func(*http.Request) string) func(context.Context, *http.Request, json.RawMessage) (Asker, error) {
	return func(ctx context.Context, r *http.Request, payload json.RawMessage) (Asker, error) {
		authorization, err := authorizationIn(payload)
		if err != nil {
			return Asker{}, err
		}
		if authorization == "" {
			authorization = r.Header.Get("Authorization")
		}
		actor, err := accounts.Actor(ctx, auth.Request{
			Cookies: r.Cookies(), Authorization: authorization, UserAgent: r.UserAgent(), Address: address(r),
		}, secure)
		if err != nil {
			return Asker{}, err
		}
		if actor.Rejected {
			return Asker{}, problem.ErrUnauthenticated
		}
		ctx = context.WithValue(ctx, requestIDKey{}, rand.Text()[:12])
		return Asker{Context: auth.WithActor(ctx, actor), Credentials: actor.Credentials(), Principal: actor.Principal()}, nil
	}
}

// authorizationIn reads connection_init's payload: an object, or nothing.
func authorizationIn(payload json.RawMessage) (string, error) {
	if len(bytes.TrimSpace(payload)) == 0 {
		return "", nil
	}
	var fields struct {
		Authorization *string `json:"authorization"` // as encoding/json has it, in any case
	}
	if err := json.Unmarshal(payload, &fields); err != nil {
		return "", &problem.BadInput{Message: "connection_init's payload is an object, with `authorization` as text"}
	}
	if fields.Authorization == nil {
		return "", nil
	}
	return *fields.Authorization, nil
}
