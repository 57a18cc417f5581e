package wire

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// maxAnswer limits the bytes of an answer, or of a message of a subscription.
const maxAnswer = 1 << 20

// answerSize refuses answers that are too large, over every transport.
type answerSize struct{}

func (answerSize) ExtensionName() string { return "AnswerSize" }

// Validate accepts every schema.
func (answerSize) Validate(graphql.ExecutableSchema) error { return nil }

// InterceptResponse checks an answer before a transport writes it.
func (answerSize) InterceptResponse(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	return AnswerWithin(next(ctx))
}

// AnswerWithin returns the response. If it is larger than maxAnswer, it returns a refusal without data instead.
func AnswerWithin(response *graphql.Response) *graphql.Response {
	if response == nil || answerBytes(response) <= maxAnswer {
		return response
	}
	return &graphql.Response{Errors: gqlerror.List{
		refuse(CodeTooComplex, "the answer has more than %d bytes; ask for fewer rows or fields", maxAnswer),
	}}
}

// These are upper bounds: of an error's bytes besides its message and the names on its path, and of an index on the path.
const (
	errorFrame = 250
	indexFrame = 12
)

// answerBytes returns the size of a response, with an upper bound for its errors.
func answerBytes(response *graphql.Response) int {
	n := len(response.Data)
	for _, err := range response.Errors {
		n += errorFrame + len(err.Message)
		for _, step := range err.Path {
			n += indexFrame
			if name, ok := step.(ast.PathName); ok {
				n += len(name)
			}
		}
	}
	return n
}
