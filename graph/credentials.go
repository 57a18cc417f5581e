package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"usher/auth"
	"usher/graph/model"
	"usher/problem"
	"usher/room"
)

// signedIn delivers a fresh credential as a cookie or in the answer.
func (r *Resolver) signedIn(ctx context.Context, granted auth.Granted, kind model.CredentialKind, err error) (model.SignInResult, error) {
	if err != nil {
		return answer[model.SignInResult](nil, err)
	}
	success := model.SignInSuccess{}
	if kind == model.CredentialKindBearer {
		success.AccessToken, success.AccessTokenExpiresAt = &granted.Secret, &granted.ExpiresAt
	} else {
		jar, err := auth.Cookies(ctx)
		if err != nil {
			return nil, err
		}
		granted.KeepIn(jar, r.Services.Clock.Now())
	}
	actor := auth.From(ctx)
	actor.User = granted.User
	success.Me, err = r.me(ctx, actor)
	return success, err
}

// me returns who the actor is.
func (r *Resolver) me(ctx context.Context, actor auth.Actor) (*model.Me, error) {
	own, err := r.Services.Places.Own(ctx, actor)
	if err != nil {
		return nil, err
	}
	for _, p := range own {
		load(ctx).ofParticipant(p.Participant)
	}
	me := &model.Me{Participants: own}
	if actor.User != nil {
		me.User = &room.User{User: actor.User, EmailShown: true, RoleShown: true}
	}
	return me, nil
}

// redeemingDevice returns the device that a redemption is bound to. A browser is identified by its cookie, a client without cookies by
// its attemptKey.
func redeemingDevice(ctx context.Context, actor auth.Actor, kind model.CredentialKind, key *string) ([]byte, error) {
	if kind == model.CredentialKindCookie {
		jar, err := auth.Cookies(ctx)
		if err != nil {
			return nil, err
		}
		if key != nil {
			return nil, &problem.BadInput{Message: "attemptKey is only for credential: BEARER"}
		}
		return auth.KeepDevice(actor, jar), nil
	}
	if key == nil || !room.ValidAttemptKey(*key) {
		return nil, &problem.BadInput{
			Message: "credential: BEARER needs an attemptKey: 22 to 64 random printable ASCII characters, which the client stores before the call",
		}
	}
	return auth.AttemptDevice(*key), nil
}

// attemptDevice returns the device of an attemptKey. Without a key it returns nil.
func attemptDevice(key *string) []byte {
	if key == nil {
		return nil
	}
	return auth.AttemptDevice(*key)
}

// given returns the value of an optional input field, or nil if it is null or omitted.
func given[T any](o graphql.Omittable[*T]) *T {
	v, _ := o.ValueOK()
	return v
}

// sameOrAdmin reports whether the asker is that user or an administrator.
func sameOrAdmin(ctx context.Context, u *room.User) bool {
	actor := auth.From(ctx)
	return actor.UserID() == u.ID || actor.Admin()
}

// inEvents reports whether a field is read in a subscription.
func inEvents(ctx context.Context) bool {
	return graphql.GetOperationContext(ctx).Operation.Operation == ast.Subscription
}

// sessionResult returns the answer of a mutation of a session.
func sessionResult(ctx context.Context, of *room.Room, sessionID string, err error) (model.SessionResult, error) {
	if err != nil {
		return answer[model.SessionResult](nil, err)
	}
	session, err := load(ctx).sessions.load(ctx, sessionID)
	return model.SessionSuccess{Session: session, Room: of}, err
}
