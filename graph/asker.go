package graph

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"net/http"

	"usher/auth"
	"usher/problem"
	"usher/wire"
)

// Init identifies the asker of a WebSocket. If connection_init's payload has `authorization`, only that counts, else the cookies of the
// upgrade. `place` names the place to act as (A7). Both hold for the whole connection (A1).
func Init(authenticator *auth.Authenticator, names auth.CookieNames, address func(*http.Request) string) func(context.Context, *http.Request, json.RawMessage) (wire.Asker, error) {
	return func(ctx context.Context, r *http.Request, payload json.RawMessage) (wire.Asker, error) {
		given, err := readInit(payload)
		if err != nil {
			return wire.Asker{}, err
		}
		actor, err := authenticator.Actor(ctx, auth.Request{
			Cookies: r.Cookies(), Authorization: cmp.Or(given.Authorization, r.Header.Get("Authorization")),
			Place: cmp.Or(given.Place, r.Header.Get(auth.PlaceHeader)), UserAgent: r.UserAgent(), Address: address(r),
		}, names)
		if err != nil {
			return wire.Asker{}, err
		}
		if actor.Rejected {
			return wire.Asker{}, problem.ErrUnauthenticated
		}
		ctx = wire.WithRequestOf(ctx, r)
		return wire.Asker{Context: auth.WithActor(ctx, actor), Credentials: actor.Credentials(), Principal: principalOf(actor)}, nil
	}
}

// Principal returns whom a WebSocket is counted for until Init has identified the asker.
func Principal(r *http.Request) wire.Principal { return principalOf(auth.From(r.Context())) }

func principalOf(actor auth.Actor) wire.Principal {
	p := actor.Principal()
	return wire.Principal{Key: string(p), Stranger: p.Stranger()}
}

// initPayload is the part of connection_init's payload that identifies the asker. Like encoding/json, it ignores the case of names.
type initPayload struct {
	Authorization string `json:"authorization"`
	Place         string `json:"place"`
}

// readInit parses connection_init's payload, which must be an object or empty.
func readInit(payload json.RawMessage) (given initPayload, err error) {
	if len(bytes.TrimSpace(payload)) == 0 {
		return given, nil
	}
	if err := json.Unmarshal(payload, &given); err != nil {
		return given, &problem.BadInput{Message: "connection_init's payload must be an object, with `authorization` and `place` as strings"}
	}
	return given, nil
}
