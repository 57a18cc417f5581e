package wire

import (
	"context"
	"encoding/binary"
	"strconv"
	"sync/atomic"

	"github.com/99designs/gqlgen/graphql"
	"github.com/gorilla/websocket"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"usher/metric"
	"usher/problem"
)

// Metrics measure what travels. The zero value measures nothing.
type Metrics struct {
	on             bool
	operations     *metric.Counters
	took           *metric.Histograms
	subscribed     *metric.Counters
	problems       *metric.Counters
	errors         *metric.Counters
	panics         *metric.Counter
	opened, closed *metric.Counters
	slow           *metric.Counter
}

var (
	errorCodes = []string{
		CodeUnauthenticated, CodeForbidden, CodeNotFound, CodeBadUserInput, CodeRateLimited, CodeParseFailed, CodeValidationFailed, CodeTooComplex,
		CodeUnavailable, CodeInternal, CodePersistedNotSupported,
	}
	closeCodes = []int{
		websocket.CloseNormalClosure, websocket.CloseGoingAway, websocket.CloseProtocolError, websocket.CloseNoStatusReceived,
		websocket.CloseAbnormalClosure, websocket.CloseMessageTooBig, CloseInvalidText, CloseInternalError, CloseRestarting, CloseTryAgainLater, CloseBadRequest,
		CloseUnauthorized, CloseForbidden, CloseSubprotocol, CloseInitTimeout, CloseDuplicate, CloseTooManyInits,
	}
)

const (
	transportSocket = "websocket"
	transportStream = "sse"

	outcomeOK      = "ok"
	outcomeProblem = "problem"
	outcomeError   = "error"
)

// Transports are the labels of what stays open.
var Transports = metric.Label{Name: "transport", Values: []string{transportSocket, transportStream}}

// NewMetrics returns the metrics of a schema's operations and of connections.
func NewMetrics(set *metric.Set, schema *ast.Schema) Metrics {
	var fields, codes []string
	for _, root := range []*ast.Definition{schema.Query, schema.Mutation} {
		fields = append(fields, fieldsOf(root)...)
	}
	for _, code := range closeCodes {
		codes = append(codes, strconv.Itoa(code))
	}
	kinds := metric.Label{Name: "type", Values: []string{string(ast.Query), string(ast.Mutation)}}
	return Metrics{
		on: set != nil,
		operations: set.Counters("usher_operations_total", "Queries and mutations that were answered, by their first field.", kinds,
			metric.Label{Name: "field", Values: fields}, metric.Label{Name: "outcome", Values: []string{outcomeOK, outcomeProblem, outcomeError}}),
		took: set.Histograms("usher_operation_seconds", "How long queries and mutations took, with waiting for their turn.", metric.Seconds, kinds),
		subscribed: set.Counters("usher_subscriptions_total", "Subscriptions that clients asked for.",
			metric.Label{Name: "field", Values: fieldsOf(schema.Subscription)}),
		problems: set.Counters("usher_problems_total", "Refusals that people were shown.",
			metric.Label{Name: "code", Values: valuesOf(schema.Types["ProblemCode"])}),
		errors: set.Counters("usher_errors_total", "GraphQL errors that programs were answered.", metric.Label{Name: "code", Values: errorCodes}),
		panics: set.Counter("usher_panics_total", "Faults of the program that ended an operation."),
		opened: set.Counters("usher_connections_opened_total", "WebSockets and streams of server-sent events that were opened.", Transports),
		closed: set.Counters("usher_connections_closed_total", "WebSockets and streams that ended, by the code of a WebSocket's close frame.",
			Transports, metric.Label{Name: "code", Values: codes}),
		slow: set.Counter("usher_slow_closed_total", "WebSockets that were closed because their clients did not read."),
	}
}

func fieldsOf(root *ast.Definition) (names []string) {
	if root != nil {
		for _, field := range root.Fields {
			names = append(names, field.Name)
		}
	}
	return names
}

func valuesOf(enum *ast.Definition) (names []string) {
	if enum != nil {
		for _, value := range enum.EnumValues {
			names = append(names, value.Name)
		}
	}
	return names
}

// Presenting counts the errors that a presenter presents.
func (m Metrics) Presenting(present graphql.ErrorPresenterFunc) graphql.ErrorPresenterFunc {
	return func(ctx context.Context, err error) *gqlerror.Error {
		presented := present(ctx, err)
		code, _ := presented.Extensions["code"].(string)
		m.errors.Add(1, code)
		return presented
	}
}

// Recovering counts the panics that end operations.
func (m Metrics) Recovering(recovered graphql.RecoverFunc) graphql.RecoverFunc {
	return func(ctx context.Context, panicked any) error {
		m.panics.Add(1)
		return recovered(ctx, panicked)
	}
}

// measuring is an extension that measures operations over all transports.
type measuring struct{ Metrics }

var _ interface {
	graphql.HandlerExtension
	graphql.OperationContextMutator
	graphql.OperationInterceptor
	graphql.FieldInterceptor
} = measuring{}

// ExtensionName names the extension to gqlgen.
func (measuring) ExtensionName() string { return "Measure" }

// Validate accepts every schema.
func (measuring) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationContext counts a subscription before others may take it over. It changes nothing.
func (m measuring) MutateOperationContext(_ context.Context, op *graphql.OperationContext) *gqlerror.Error {
	if op.Operation.Operation == ast.Subscription {
		m.subscribed.Add(1, firstField(op.Operation))
	}
	return nil
}

// outcome is whether an operation in progress refused something.
type outcome struct{ problem atomic.Bool }

type outcomeKey struct{}

// InterceptOperation measures a query or a mutation.
func (m measuring) InterceptOperation(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	operation := graphql.GetOperationContext(ctx).Operation
	if operation.Operation == ast.Subscription {
		return next(ctx)
	}
	kind, of := string(operation.Operation), new(outcome)
	stop := m.took.Of(kind).Time()
	responses := next(context.WithValue(ctx, outcomeKey{}, of))
	return func(ctx context.Context) *graphql.Response {
		response := responses(ctx)
		ended := outcomeOK
		switch {
		case response == nil || len(response.Errors) > 0:
			ended = outcomeError
		case of.problem.Load():
			ended = outcomeProblem
		}
		stop()
		m.operations.Add(1, kind, firstField(operation), ended)
		return response
	}
}

// InterceptField counts refusals among the answers.
func (m measuring) InterceptField(ctx context.Context, next graphql.Resolver) (any, error) {
	result, err := next(ctx)
	if refusal, ok := result.(*problem.Problem); ok && refusal != nil {
		m.problems.Add(1, string(refusal.Code))
		if of, ok := ctx.Value(outcomeKey{}).(*outcome); ok {
			of.problem.Store(true)
		}
	}
	return result, err
}

// firstField returns the name of an operation's first field.
func firstField(operation *ast.OperationDefinition) string {
	set := operation.SelectionSet
	for len(set) > 0 {
		switch first := set[0].(type) {
		case *ast.Field:
			return first.Name
		case *ast.InlineFragment:
			set = first.SelectionSet
		case *ast.FragmentSpread:
			set = first.Definition.SelectionSet
		}
	}
	return ""
}

// began counts a connection that was opened.
func (m Metrics) began(of lasting) { m.opened.Add(1, of.transport()) }

// ended counts a connection that has ended.
func (m Metrics) ended(of lasting) {
	code, slow := of.ended()
	m.closed.Add(1, of.transport(), strconv.Itoa(code))
	if slow {
		m.slow.Add(1)
	}
}

func (*connection) transport() string { return transportSocket }

func (*eventStream) transport() string { return transportStream }

func (s *eventStream) ended() (code int, slow bool) { return s.code, false }

// ended returns the code and the reason by which the outbox was closed. Without a close frame, the peer is gone.
func (o *outbox) ended() (code int, slow bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return int(o.code), o.slow
}

// closedBy reads a close frame of ours.
func closedBy(farewell []byte) (code uint16, slow bool) {
	const head, codeBytes = 2, 2
	switch {
	case len(farewell) == 0:
		return websocket.CloseAbnormalClosure, false
	case len(farewell) < head+codeBytes:
		return websocket.CloseNoStatusReceived, false
	}
	return binary.BigEndian.Uint16(farewell[head:]), string(farewell[head+codeBytes:]) == EndTooSlow.Reason
}

// Open returns how many WebSockets are open, of askers who are known and of strangers.
func (t *WebSocket) Open() (known, strangers int) { return t.known.open(), t.strangers.open() }

// Open returns how many streams are open.
func (t *EventStreams) Open() int { return t.askers.open() }
