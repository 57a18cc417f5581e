package wire

import (
	"context"
	"errors"
	"log/slog"
	"runtime/debug"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"usher/problem"
)

// The codes of GraphQL errors (A3).
const (
	CodeUnauthenticated  = "UNAUTHENTICATED"
	CodeForbidden        = "FORBIDDEN"
	CodeNotFound         = "NOT_FOUND"
	CodeBadUserInput     = "BAD_USER_INPUT"
	CodeRateLimited      = "RATE_LIMITED"
	CodeParseFailed      = "GRAPHQL_PARSE_FAILED"
	CodeValidationFailed = "GRAPHQL_VALIDATION_FAILED"
	CodeTooComplex       = "QUERY_TOO_COMPLEX"
	CodeUnavailable      = "SERVICE_UNAVAILABLE"
	CodeInternal         = "INTERNAL_SERVER_ERROR"

	// CodePersistedNotSupported is the code that Apollo's clients expect of a server without persisted queries.
	CodePersistedNotSupported = "PERSISTED_QUERY_NOT_SUPPORTED"
)

// sentinels lists errors that clients may read. An error that wraps one is reported with its code and the text of public only.
var sentinels = []struct {
	is     error
	code   string
	public error
}{
	{problem.ErrUnauthenticated, CodeUnauthenticated, problem.ErrUnauthenticated},
	{problem.ErrNotYourPlace, CodeForbidden, problem.ErrNotYourPlace},
	{problem.ErrForbidden, CodeForbidden, problem.ErrForbidden},
	{problem.ErrNotFound, CodeNotFound, problem.ErrNotFound},
	{problem.ErrUnavailable, CodeUnavailable, problem.ErrUnavailable},
	{context.DeadlineExceeded, CodeUnavailable, problem.ErrUnavailable},
	{context.Canceled, CodeUnavailable, problem.ErrUnavailable},
}

// gqlgenCodes maps the codes of errors made by this package and gqlgen to the code for clients. The messages of these errors contain no
// internals.
var gqlgenCodes = map[string]string{
	CodeBadUserInput:            CodeBadUserInput,
	CodeParseFailed:             CodeParseFailed,
	CodeValidationFailed:        CodeValidationFailed,
	CodeTooComplex:              CodeTooComplex,
	CodeRateLimited:             CodeRateLimited,
	"COMPLEXITY_LIMIT_EXCEEDED": CodeTooComplex,
}

// errPanicked stands for a panic that has been logged.
var errPanicked = errors.New("panicked")

// refuse returns a GraphQL error whose message clients may read.
func refuse(code, format string, args ...any) *gqlerror.Error {
	err := gqlerror.Errorf(format, args...)
	err.Extensions = map[string]any{"code": code}
	return err
}

// Presenter turns any error into the one for the client. A known error gets its code and fixed text. Any other becomes
// INTERNAL_SERVER_ERROR with the id under which the log has its text. NameRequests gives the log that id.
func Presenter(log *slog.Logger) graphql.ErrorPresenterFunc {
	return func(ctx context.Context, err error) *gqlerror.Error {
		presented := Present(ctx, err)
		if given, ok := errors.AsType[*gqlerror.Error](err); ok && presented.Path == nil {
			presented.Path, presented.Locations = given.Path, given.Locations
		}
		switch presented.Extensions["code"] {
		case CodeInternal:
			presented.Extensions["requestId"] = RequestIDOf(ctx)
			if !errors.Is(err, errPanicked) {
				log.ErrorContext(ctx, "answer request", "path", presented.Path.String(), "error", err)
			}
		case CodeUnavailable:
			if !errors.Is(err, context.Canceled) {
				log.WarnContext(ctx, "answer request", "path", presented.Path.String(), "error", err)
			}
		}
		return presented
	}
}

// Present returns the error for the client like Presenter, but logs nothing.
func Present(ctx context.Context, err error) *gqlerror.Error {
	if errors.Is(err, errPanicked) {
		return refuse(CodeInternal, "internal server error")
	}
	for _, known := range sentinels {
		if errors.Is(err, known.is) {
			return refuse(known.code, "%s", known.public)
		}
	}
	if limited, ok := errors.AsType[*problem.RateLimited](err); ok {
		return refuseFor(limited.RetryAfter, CodeRateLimited, limited.Error())
	}
	given, _ := errors.AsType[*gqlerror.Error](err)
	if refusal := refuseArgument(ctx, given); refusal != nil {
		return refusal
	}
	if bad, ok := errors.AsType[*problem.BadInput](err); ok {
		return refuse(CodeBadUserInput, "%s", bad)
	}
	if given != nil && given.Err == nil {
		if code, ok := given.Extensions["code"].(string); ok && gqlgenCodes[code] != "" {
			return refuse(gqlgenCodes[code], "%s", given.Message)
		}
	}
	return refuse(CodeInternal, "internal server error")
}

// refuseArgument rewrites errors of parsing variables and arguments, because gqlgen's repeat the input. It returns nil for other
// errors.
func refuseArgument(ctx context.Context, err *gqlerror.Error) *gqlerror.Error {
	if err == nil {
		return nil
	}
	if len(err.Path) > 0 && err.Path[0] == ast.PathName("variable") && err.Extensions["code"] == CodeValidationFailed {
		refusal := refuse(CodeBadUserInput, "a variable does not fit its type")
		refusal.Path = ast.Path{}
		return refusal
	}
	// A field has no arguments while they are parsed, and all of them when its resolver runs.
	field := graphql.GetFieldContext(ctx)
	if field == nil || field.Field.Field == nil || field.Args != nil || field.Field.Definition == nil ||
		len(field.Field.Definition.Arguments) == 0 {
		return nil
	}
	path := field.Path()
	argument := strings.TrimPrefix(err.Path[min(len(path), len(err.Path)):].String(), ".")
	refusal := refuse(CodeBadUserInput, "the argument %s is not valid", argument)
	if bad, ok := errors.AsType[*problem.BadInput](err); ok {
		refusal = refuse(CodeBadUserInput, "the argument %s is not valid: %s", argument, bad)
	}
	refusal.Path = path
	return refusal
}

// Recoverer logs a panic with its stack and returns the error that stands for it.
func Recoverer(log *slog.Logger) graphql.RecoverFunc {
	return func(ctx context.Context, panicked any) error {
		log.ErrorContext(ctx, "panic", "panic", panicked, "stack", string(debug.Stack()))
		return errPanicked
	}
}
