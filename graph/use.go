package graph

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"usher/auth"
	"usher/problem"
	"usher/wire"
)

// Rate is a token bucket: so many at once, and so many a second after that.
type Rate struct{ PerSecond, Burst int }

// UseLimits are what one principal may use of a server, whatever the transport.
type UseLimits struct {
	// Sockets are WebSockets, and Streams are server-sent events, that may be open at once. Strangers have their own limit of
	// WebSockets, by address.
	Sockets, Streams int
	// Writes are mutations of who is known.
	Writes Rate
	// Searches are looks through the site's accounts.
	Searches Rate
	// Strangers are the operations of all who are unknown at an address. Those by a genuine link are not counted.
	Strangers Rate
	// InvitingPerMinute are changes of invitations. They are not counted as writes.
	InvitingPerMinute int
}

// DefaultUseLimits let a person click as fast as they can, a manager change all invitations of a session at once, and a thousand
// guests behind one address come within a minute.
var DefaultUseLimits = UseLimits{
	Sockets:           32,
	Streams:           16,
	Writes:            Rate{PerSecond: 20, Burst: 60},
	Searches:          Rate{PerSecond: 10, Burst: 30},
	Strangers:         Rate{PerSecond: 100, Burst: 2_000},
	InvitingPerMinute: 3_000,
}

// usePrincipals is how many principals each rate remembers.
const usePrincipals = 50_000

// Use counts what each principal uses of a server. As an extension it stands before the guard, so that a refused operation costs
// next to nothing.
type Use struct {
	writes, searches, strangers, inviting *auth.Rates

	work, requests *work
}

// NewUse counts within limits. now is the clock.
func NewUse(limits UseLimits, now func() time.Time) *Use {
	rates := func(r Rate) *auth.Rates { return auth.NewRates(r.PerSecond, time.Second, r.Burst, usePrincipals, now) }
	return &Use{
		writes: rates(limits.Writes), searches: rates(limits.Searches), strangers: rates(limits.Strangers),
		inviting: auth.NewRates(limits.InvitingPerMinute, time.Minute, limits.InvitingPerMinute, usePrincipals, now),
		work:     newWork(maxWork, maxWorkOfOne),
		requests: newWork(maxRequests, maxRequestsOfOne),
	}
}

// ownRate says by what else a mutation is limited that is no write of the account's: a manager makes, changes and takes back
// invitations by the thousand.
var ownRate = map[string]func(*Use) *auth.Rates{
	"inviteUser":       func(*Use) *auth.Rates { return nil }, // counted by itself, where it is known who may
	"updateInvitation": func(u *Use) *auth.Rates { return u.inviting },
	"regenerateLink":   func(u *Use) *auth.Rates { return u.inviting },
	"releaseDevice":    func(u *Use) *auth.Rates { return u.inviting },
	"revokeInvitation": func(u *Use) *auth.Rates { return u.inviting },
}

var _ interface {
	graphql.HandlerExtension
	graphql.OperationParameterMutator
	graphql.OperationInterceptor
} = &Use{}

// ExtensionName names the extension to gqlgen.
func (*Use) ExtensionName() string { return "Use" }

// Validate fits every schema.
func (*Use) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationParameters changes nothing: it counts an operation of a stranger before anything looks at it.
func (u *Use) MutateOperationParameters(ctx context.Context, _ *graphql.RawParams) *gqlerror.Error {
	by := auth.From(ctx).Principal()
	if !by.Stranger() {
		return nil
	}
	if err := allow(u.strangers, by, "requests without a credential from this address"); err != nil {
		return gqlerror.Wrap(err)
	}
	return nil
}

// InterceptOperation counts a mutation of who is known, and has queries and mutations wait for their turn.
func (u *Use) InterceptOperation(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	by := auth.From(ctx).Principal()
	operation := graphql.GetOperationContext(ctx).Operation
	if operation.Operation == ast.Mutation && !by.Stranger() {
		if err := allow(u.ratesOf(operation), by, "mutations"); err != nil {
			return graphql.OneShot(&graphql.Response{Errors: gqlerror.List{wire.Present(ctx, err)}})
		}
	}
	ctx = context.WithValue(ctx, usingKey{}, &using{Use: u, by: by})
	if operation.Operation == ast.Subscription {
		return next(ctx)
	}
	return u.inTurn(ctx, by, next(ctx))
}

// ratesOf returns what a mutation counts in, nil where that is for its use case to say.
func (u *Use) ratesOf(mutation *ast.OperationDefinition) *auth.Rates {
	for _, selection := range mutation.SelectionSet { // there is one, but it may be in a fragment
		if field, ok := selection.(*ast.Field); ok && ownRate[field.Name] != nil {
			return ownRate[field.Name](u)
		}
	}
	return u.writes
}

func allow(rates *auth.Rates, by auth.Principal, of string) error {
	if rates == nil {
		return nil
	}
	if wait, ok := rates.Allow(string(by)); !ok {
		return &problem.RateLimited{RetryAfter: wait, Of: of}
	}
	return nil
}

// using is one operation at work.
type using struct {
	*Use
	by       auth.Principal
	welcomed atomic.Bool
}

type usingKey struct{}

// countSearch counts one look through the site's accounts: problem.RateLimited where it is one too many.
func countSearch(ctx context.Context) error {
	if u, ok := ctx.Value(usingKey{}).(*using); ok {
		return allow(u.searches, u.by, "searches")
	}
	return nil
}

// countCredential counts a fresh credential for the device with that secret: asking for one again is a write, by whoever has
// the secret and shows no credential.
func countCredential(ctx context.Context, device []byte) error {
	if u, ok := ctx.Value(usingKey{}).(*using); ok && u.by.Stranger() {
		return allow(u.writes, auth.Principal("secret "+string(device)), "mutations")
	}
	return nil
}

// welcome takes a stranger's operation back from the count of their address, once: they have a link that works. However many
// open links at one address, none of them keeps another out.
func welcome(ctx context.Context) {
	if u, ok := ctx.Value(usingKey{}).(*using); ok && u.by.Stranger() && u.welcomed.CompareAndSwap(false, true) {
		u.strangers.Restore(string(u.by))
	}
}
