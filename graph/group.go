package graph

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/vektah/gqlparser/v2/ast"

	"usher/room"
	"usher/wire"
)

// shared is what a shareable subscription asks for.
type shared struct {
	presence bool // who is in the room; otherwise its events
	roomID   string
	after    *int
	key      string // subscriptions with equal keys are rendered together
}

// sharedAsk inspects a subscription's document. It can be shared if it asks for a room's events or presence and selects no field that
// depends on the asker. The document alone decides this, not a promise of the client.
func sharedAsk(op *graphql.OperationContext) (ask shared, ok bool) {
	set := op.Operation.SelectionSet
	if len(set) != 1 {
		return ask, false
	}
	field, ok := set[0].(*ast.Field)
	if !ok || len(field.Directives) > 0 || readsAsker(field.SelectionSet, map[string]bool{}) {
		return ask, false
	}
	if ask.presence = field.Name == "presence"; !ask.presence && field.Name != "roomEvents" {
		return ask, false
	}
	arguments := field.ArgumentMap(op.Variables)
	if ask.roomID, ok = arguments["roomId"].(string); !ok {
		return ask, false
	}
	if after := arguments["after"]; after != nil {
		n, err := graphql.UnmarshalInt(after)
		if err != nil {
			return ask, false
		}
		ask.after = &n
	}
	ask.key, ok = documentKey(op, field)
	return ask, ok
}

// documentKey identifies a document with its variables, except for `after`.
func documentKey(op *graphql.OperationContext, root *ast.Field) (key string, ok bool) {
	text, err := json.Marshal([]any{op.RawQuery, op.OperationName, withoutAfter(root, op.Variables)})
	return string(text), err == nil
}

// readsAsker reports whether a selection contains a field marked with @asker, or a directive that could hide one.
func readsAsker(set ast.SelectionSet, seen map[string]bool) bool {
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			if s.Definition == nil || dependsOnAsker(s.Definition) || readsAsker(s.SelectionSet, seen) {
				return true
			}
		case *ast.InlineFragment:
			if readsAsker(s.SelectionSet, seen) {
				return true
			}
		case *ast.FragmentSpread:
			if seen[s.Name] {
				continue
			}
			seen[s.Name] = true
			if s.Definition == nil || readsAsker(s.Definition.SelectionSet, seen) {
				return true
			}
		}
	}
	return false
}

// dependsOnAsker reports whether a field depends on the asker in events too.
func dependsOnAsker(field *ast.FieldDefinition) bool {
	mark := field.Directives.ForName("asker")
	if mark == nil {
		return false
	}
	inEvents := mark.Arguments.ForName("inEvents")
	return inEvents == nil || inEvents.Value.Raw != "false"
}

// withoutAfter returns the variables without the one that only gives `after`.
func withoutAfter(field *ast.Field, variables map[string]any) map[string]any {
	argument := field.Arguments.ForName("after")
	if argument == nil || argument.Value.Kind != ast.Variable || usesVariable(field, argument.Value.Raw) {
		return variables
	}
	rest := make(map[string]any, len(variables))
	for name, value := range variables {
		if name != argument.Value.Raw {
			rest[name] = value
		}
	}
	return rest
}

// usesVariable reports whether anything besides the root's `after` may use a variable. In doubt it returns true.
func usesVariable(field *ast.Field, name string) bool {
	uses := 0
	source := field.Position.Src.Input
	for rest := source; ; {
		i := strings.Index(rest, "$"+name)
		if i < 0 {
			break
		}
		rest = rest[i+1+len(name):]
		uses++
	}
	return uses != 2 // its definition, and `after`
}

// groups are the documents in use, each shared by its members.
type groups struct {
	executor *executor.Executor
	kept     *kept
	mu       sync.Mutex
	byKey    map[string]*group
}

func newGroups(schema graphql.ExecutableSchema, r *Resolver) *groups {
	e := executor.New(schema)
	e.Use(Answers{r})
	e.SetErrorPresenter(wire.Presenter(r.Log))
	e.SetRecoverFunc(wire.Recoverer(r.Log))
	return &groups{executor: e, kept: newKept(r.Services.Clock.Now), byKey: map[string]*group{}}
}

// group is one document with its variables, rendered for each audience.
type group struct {
	groups   *groups
	key      string
	presence bool // it asks for who is in the room, and renders no events
	params   graphql.RawParams
	members  int // guarded by groups.mu

	mu        sync.Mutex
	renderers [len(room.Audiences) + 1]*renderer // by audience, from Former on
}

func (g *groups) join(op *graphql.OperationContext, ask shared) *group {
	g.mu.Lock()
	defer g.mu.Unlock()
	of := g.byKey[ask.key]
	if of == nil {
		of = &group{
			groups: g, key: ask.key, presence: ask.presence,
			params: graphql.RawParams{Query: op.RawQuery, OperationName: op.OperationName, Variables: op.Variables},
		}
		g.byKey[ask.key] = of
	}
	of.members++
	return of
}

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
}

// errFault means that an event could not be rendered; details are logged.
var errFault = errors.New("an event could not be rendered")

// render returns the payload of an event for an audience, or nil if the audience gets none. It returns a *gqlerror.Error if the payload
// is too large.
func (g *group) render(seen room.Seen) ([]byte, error) {
	if g.presence {
		return nil, nil
	}
	return g.rendered(rendering{group: g, room: seen.Row.RoomID, at: seen.Row.Revision, audience: seen.Audience, kind: seen.Row.Kind},
		func() (any, error) {
			if event := seen.As(seen.Audience.Sight()); event != nil {
				return event, nil
			}
			return nil, nil
		})
}

// rendered returns a payload that was rendered recently, or renders what message returns. There is none for nil.
func (g *group) rendered(what rendering, message func() (any, error)) ([]byte, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if payload, ok := g.groups.kept.get(what); ok {
		return payload, nil
	}
	given, err := message()
	if err != nil || given == nil {
		return nil, err
	}
	r, err := g.renderer(what.audience)
	if err != nil {
		return nil, err
	}
	payload, err := r.render(given)
	if err != nil {
		r.cancel()
		g.renderers[what.audience-room.Former] = nil
		return nil, err
	}
	g.groups.kept.add(what, payload)
	return payload, nil
}

func (g *group) renderer(audience room.Audience) (*renderer, error) {
	if r := g.renderers[audience-room.Former]; r != nil {
		return r, nil
	}
	source, send := sourceOf[room.RoomEvent]()
	if g.presence {
		source, send = sourceOf[*room.Presence]()
	}
	ctx, cancel := context.WithCancel(context.Background())
	ctx = context.WithValue(graphql.StartOperationTrace(ctx), sourceKey{}, source)
	ctx = withAccess(ctx, audience != room.Former)
	params := g.params
	op, errs := g.groups.executor.CreateOperationContext(ctx, &params)
	if len(errs) > 0 {
		cancel()
		return nil, fmt.Errorf("execute shared subscription: %w", errs)
	}
	next, ctx := g.groups.executor.DispatchOperation(graphql.WithOperationContext(ctx, op), op)
	r := &renderer{send, next, ctx, cancel}
	g.renderers[audience-room.Former] = r
	return r, nil
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
}

func (r *renderer) render(message any) ([]byte, error) {
	r.send(message)
	response := wire.AnswerWithin(r.next(r.ctx))
	if response == nil {
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
