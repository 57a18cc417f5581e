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

// Rate is a token bucket: Burst uses at once, then PerSecond.
type Rate struct{ PerSecond, Burst int }

// UseLimits limit what one principal may use of a server, over any transport.
type UseLimits struct {
	// Sockets and Streams limit the open WebSockets and server-sent event streams. WebSockets of strangers have their own limit for
	// each address.
	Sockets, Streams int
	// Writes limits the mutations of a principal that is not a stranger.
	Writes Rate
	// Searches limits searches of the site's accounts.
	Searches Rate
	// Strangers limits the operations of all strangers at an address. Those with a genuine link do not count.
	Strangers Rate
	// InvitingPerMinute limits changes of invitations, which do not count as writes.
	InvitingPerMinute int
}

// DefaultUseLimits let a person click as fast as they can, a manager change all invitations of a session at once, and a thousand guests
// behind one address arrive within a minute.
var DefaultUseLimits = UseLimits{
	Sockets:           32,
	Streams:           16,
	Writes:            Rate{PerSecond: 20, Burst: 60},
	Searches:          Rate{PerSecond: 10, Burst: 30},
	Strangers:         Rate{PerSecond: 100, Burst: 2_000},
	InvitingPerMinute: 3_000,
}

// usePrincipals limits how many principals each rate remembers.
const usePrincipals = 50_000

// Use limits what each principal uses of a server. As an extension it runs before the guard, so that a refused operation costs almost
// nothing.
type Use struct {
	writes, searches, strangers, inviting *auth.Rates

	work, requests *work
	metrics        Metrics
}

// NewUse returns a Use with these limits. now is the clock.
func NewUse(limits UseLimits, now func() time.Time, m Metrics) *Use {
	rates := func(r Rate) *auth.Rates { return auth.NewRates(r.PerSecond, time.Second, r.Burst, usePrincipals, now) }
	return &Use{
		writes: rates(limits.Writes), searches: rates(limits.Searches), strangers: rates(limits.Strangers),
		inviting: auth.NewRates(limits.InvitingPerMinute, time.Minute, limits.InvitingPerMinute, usePrincipals, now),
		work:     newWork(maxWork, maxWorkOfOne),
		requests: newWork(maxRequests, maxRequestsOfOne),
		metrics:  m,
	}
}

// ownRate names the mutations that do not count as writes and returns their rates. A manager creates, changes and revokes invitations
// by the thousand.
var ownRate = map[string]func(*Use) *auth.Rates{
	"inviteUser":       func(*Use) *auth.Rates { return nil }, // counted by its use case, once the asker's rights are known
	"inviteUsers":      func(*Use) *auth.Rates { return nil }, // the same, for each row
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

// Validate accepts every schema.
func (*Use) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationParameters counts a stranger's operation before anything reads it. It changes nothing.
func (u *Use) MutateOperationParameters(ctx context.Context, _ *graphql.RawParams) *gqlerror.Error {
	by := auth.From(ctx).Principal()
	if !by.Stranger() {
		return nil
	}
	if err := u.allow(u.strangers, by, limitStrangers); err != nil {
		return gqlerror.Wrap(err)
	}
	return nil
}

// InterceptOperation counts a mutation, except of strangers, and makes queries and mutations wait for their turn.
func (u *Use) InterceptOperation(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	by := auth.From(ctx).Principal()
	operation := graphql.GetOperationContext(ctx).Operation
	if operation.Operation == ast.Mutation && !by.Stranger() {
		if err := u.allow(u.ratesOf(operation), by, limitWrites); err != nil {
			return graphql.OneShot(&graphql.Response{Errors: gqlerror.List{wire.Present(ctx, err)}})
		}
	}
	ctx = context.WithValue(ctx, usingKey{}, &using{Use: u, by: by})
	if operation.Operation == ast.Subscription {
		return next(ctx)
	}
	return u.inTurn(ctx, by, next(ctx))
}

// ratesOf returns the rates that a mutation counts in, or nil if its use case counts it.
func (u *Use) ratesOf(mutation *ast.OperationDefinition) *auth.Rates {
	for _, selection := range mutation.SelectionSet { // only one, but it may be in a fragment
		if field, ok := selection.(*ast.Field); ok && ownRate[field.Name] != nil {
			return ownRate[field.Name](u)
		}
	}
	return u.writes
}

// useLimit is what a rate limits: in words for clients, and as a label.
type useLimit struct{ words, label string }

var (
	limitStrangers = useLimit{"requests without a credential from this address", "strangers"}
	limitWrites    = useLimit{"mutations", "writes"}
	limitSearches  = useLimit{"searches", "searches"}
)

func (u *Use) allow(rates *auth.Rates, by auth.Principal, of useLimit) error {
	if rates == nil {
		return nil
	}
	if wait, ok := rates.Allow(string(by)); !ok {
		u.metrics.limited.Add(1, of.label)
		return &problem.RateLimited{RetryAfter: wait, Of: of.words}
	}
	return nil
}

// using is an operation in progress.
type using struct {
	*Use
	by       auth.Principal
	welcomed atomic.Bool
}

type usingKey struct{}

// countSearch counts a search of the site's accounts, or of invitations. A client asks for both at once, so each has its own count.
// It returns problem.RateLimited beyond the limit.
func countSearch(ctx context.Context, of string) error {
	if u, ok := ctx.Value(usingKey{}).(*using); ok {
		return u.allow(u.searches, auth.Principal(of+" "+string(u.by)), limitSearches)
	}
	return nil
}

// countCredential counts a fresh credential for the device with that secret. Asking for one again counts as a write, even by somebody
// who shows no credential.
func countCredential(ctx context.Context, device []byte) error {
	if u, ok := ctx.Value(usingKey{}).(*using); ok && u.by.Stranger() {
		return u.allow(u.writes, auth.Principal("secret "+string(device)), limitWrites)
	}
	return nil
}

// welcome refunds a stranger's operation once, because they have a genuine link. So guests behind one address never keep each other
// out, however many links they open.
func welcome(ctx context.Context) {
	if u, ok := ctx.Value(usingKey{}).(*using); ok && u.by.Stranger() && u.welcomed.CompareAndSwap(false, true) {
		u.strangers.Restore(string(u.by))
	}
}
