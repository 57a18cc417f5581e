package graph

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/vektah/gqlparser/v2/ast"

	"usher/graph/model"
	"usher/room"
	"usher/wire"
)

// groups are the documents in use, each shared by its members.
type groups struct {
	executor *executor.Executor
	answers  Answers
	kept     *kept
	metrics  Metrics
	mu       sync.Mutex
	byKey    map[string]*group
}

func newGroups(schema graphql.ExecutableSchema, r *Resolver) *groups {
	e := executor.New(schema)
	e.Use(Answers{r})
	e.SetErrorPresenter(r.Wire.Presenting(wire.Presenter(r.Log)))
	e.SetRecoverFunc(r.Wire.Recovering(wire.Recoverer(r.Log)))
	return &groups{executor: e, answers: Answers{r}, kept: newKept(r.Services.Clock.Now), metrics: r.Metrics, byKey: map[string]*group{}}
}

// group is one document with its variables, rendered for each audience.
type group struct {
	groups  *groups
	key     string
	root    string
	alone   bool // it shows each asker something of their own
	params  graphql.RawParams
	members int // guarded by groups.mu

	mu        sync.Mutex
	renderers [len(room.Audiences) + 1]*renderer // by audience, from Former on
	idle      []*renderer                        // those that render for one asker alone
	closed    bool
}

func (g *groups) join(op *graphql.OperationContext, ask shared) *group {
	g.mu.Lock()
	defer g.mu.Unlock()
	of := g.byKey[ask.key]
	if of == nil {
		of = &group{
			groups: g, key: ask.key, root: ask.root, alone: ask.alone,
			params: graphql.RawParams{Query: op.RawQuery, OperationName: op.OperationName, Variables: op.Variables},
		}
		if root, ok := op.Operation.SelectionSet[0].(*ast.Field); ok {
			if name := onlyGives(root, "token"); name != "" {
				of.params.Variables = maps.Clone(op.Variables)
				of.params.Variables[name] = "" // keeps no secret for others
			}
		}
		g.byKey[ask.key] = of
	}
	of.members++
	return of
}

// counts reports whether the document asks for counts of the room: for presence, or its tally. It renders no events then.
func (g *group) counts() bool { return g.root == rootPresence || g.root == rootTally }

// leave removes one member from the group. The renderers end with the last member.
func (g *group) leave() {
	g.groups.mu.Lock()
	defer g.groups.mu.Unlock()
	if g.members--; g.members > 0 {
		return
	}
	delete(g.groups.byKey, g.key)
	go g.close()
}

func (g *group) close() {
	g.mu.Lock()
	defer g.mu.Unlock()
	for i, r := range g.renderers {
		if r != nil {
			r.cancel()
			g.renderers[i] = nil
		}
	}
	for _, r := range g.idle {
		r.cancel()
	}
	g.idle, g.closed = nil, true
}

// errFault means that an event could not be rendered; details are logged.
var errFault = errors.New("an event could not be rendered")

// render returns the payload of an event for an audience, or nil if the audience gets none. What its fields refer to is read with what
// those of other events do. It returns a *gqlerror.Error if the payload is too large.
func (g *group) render(seen room.Seen, reads func() *loads) ([]byte, error) {
	if g.counts() {
		return nil, nil
	}
	what := rendering{group: g, room: seen.Row.RoomID, at: seen.Row.Revision, audience: seen.Audience, kind: seen.Row.Kind}
	if room.Topic(seen.Row.Topic) != room.Core && seen.Room != nil {
		what.read = seen.Room.Revision
	}
	return g.rendered(what, reads, func() (any, error) {
		if event := seen.As(seen.Audience.Sight()); event != nil {
			return event, nil
		}
		return nil, nil
	})
}

// readsOf returns what makes the batches that the renderings of n events share, once somebody needs them.
func (g *groups) readsOf(n int, event func(i int) *room.Happening) func() *loads {
	return sync.OnceValue(func() *loads {
		l := g.answers.newLoads()
		for i := range n {
			l.ofHappening(event(i))
		}
		return l
	})
}

// rendered returns a payload that was rendered recently, or renders what message returns. If message returns nil, there is no payload.
// If reads is nil, the rendering reads by itself.
func (g *group) rendered(what rendering, reads func() *loads, message func() (any, error)) ([]byte, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if payload, ok := g.groups.kept.get(what); ok {
		return payload, nil
	}
	given, err := message()
	if err != nil || given == nil {
		return nil, err
	}
	payload, err := g.execute(what.audience, given, reads)
	if err != nil {
		return nil, err
	}
	g.groups.metrics.renders.Add(1)
	g.groups.kept.add(what, payload)
	return payload, nil
}

// execute renders a message for an audience. The caller holds g.mu.
func (g *group) execute(audience room.Audience, message any, reads func() *loads) ([]byte, error) {
	r := g.renderers[audience-room.Former]
	if r == nil {
		var err error
		if r, err = g.renderer(withAccess(context.Background(), audience != room.Former)); err != nil {
			return nil, err
		}
		g.renderers[audience-room.Former] = r
	}
	ctx := r.ctx
	if reads != nil {
		ctx = context.WithValue(ctx, loadsKey{}, reads())
	}
	payload, err := r.render(ctx, message)
	if err != nil {
		r.cancel()
		g.renderers[audience-room.Former] = nil
		return nil, err
	}
	return payload, nil
}

// renderer begins to execute the document for those in the context.
func (g *group) renderer(ctx context.Context) (*renderer, error) {
	var source any
	var send func(message any)
	switch g.root {
	case rootPresence:
		source, send = sourceOf[*room.Presence]()
	case rootTally:
		source, send = sourceOf[*model.Tally]()
	case rootLink:
		source, send = sourceOf[*room.InvitationLink]()
	default:
		source, send = sourceOf[room.RoomEvent]()
	}
	ctx, cancel := context.WithCancel(ctx)
	ctx = context.WithValue(graphql.StartOperationTrace(ctx), sourceKey{}, source)
	params := g.params
	op, errs := g.groups.executor.CreateOperationContext(ctx, &params)
	if len(errs) > 0 {
		cancel()
		return nil, fmt.Errorf("execute shared subscription: %w", errs)
	}
	next, ctx := g.groups.executor.DispatchOperation(graphql.WithOperationContext(ctx, op), op)
	return &renderer{send, next, ctx, cancel, op}, nil
}

// sourceOf returns a channel from which a subscription takes messages, and a function that puts one in.
func sourceOf[T any]() (source any, send func(message any)) {
	messages := make(chan T, 1)
	return (<-chan T)(messages), func(message any) { messages <- message.(T) } //nolint:forcetypeassert // a group has one type
}

// renderer is a running execution of a document. It turns each message sent to its source into an answer.
type renderer struct {
	send   func(message any)
	next   graphql.ResponseHandler
	ctx    context.Context
	cancel context.CancelFunc
	op     *graphql.OperationContext
}

// render renders a message for those in the context. After an error, the renderer cannot be used again.
func (r *renderer) render(ctx context.Context, message any) ([]byte, error) {
	r.send(message)
	response := wire.AnswerWithin(r.next(ctx))
	if response == nil {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		return nil, errFault
	}
	for _, err := range response.Errors {
		switch err.Extensions["code"] {
		case wire.CodeInternal, wire.CodeUnavailable:
			return nil, errFault // never send an incomplete answer
		case wire.CodeTooComplex:
			return nil, err
		}
	}
	return wire.EncodeResponse(response)
}
