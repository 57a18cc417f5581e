package wire

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// maxAnswer is the most bytes that an answer has, or a message of a subscription.
const maxAnswer = 1 << 20

// answerSize refuses answers that are too large, over every transport.
type answerSize struct{}

func (answerSize) ExtensionName() string { return "AnswerSize" }

// Validate takes any schema.
func (answerSize) Validate(graphql.ExecutableSchema) error { return nil }

// InterceptResponse looks at an answer before a transport writes it.
func (answerSize) InterceptResponse(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	return AnswerWithin(next(ctx))
}

// AnswerWithin returns the response, or where it is larger than maxAnswer, a refusal without data in its place.
func AnswerWithin(response *graphql.Response) *graphql.Response {
	if response == nil || answerBytes(response) <= maxAnswer {
		return response
	}
	return &graphql.Response{Errors: gqlerror.List{
		refuse(CodeTooComplex, "the answer has more than %d bytes; ask for fewer rows or fields", maxAnswer),
	}}
}

// What an error in an answer has at most beside its message and the names on its path, and what an index has there.
const (
	errorFrame = 250
	indexFrame = 12
)

// answerBytes is the size of a response, with that of its errors guessed from above.
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
