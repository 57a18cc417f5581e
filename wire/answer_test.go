package wire

import (
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

func TestAnswersAreLimitedInBytes(t *testing.T) {
	failed := gqlerror.List{{Message: strings.Repeat("m", 50), Path: ast.Path{ast.PathName(strings.Repeat("p", 30)), ast.PathIndex(7)}}}
	perError := 50 + 30 + errorFrame + 2*indexFrame
	for name, test := range map[string]struct {
		data   int
		errors int
		fits   bool
	}{
		"as many":                        {maxAnswer, 0, true},
		"one more":                       {maxAnswer + 1, 0, false},
		"as many with an error":          {maxAnswer - perError, 1, true},
		"one more with an error":         {maxAnswer - perError + 1, 1, false},
		"errors alone that are too many": {2, maxAnswer/perError + 1, false},
	} {
		t.Run(name, func(t *testing.T) {
			given := &graphql.Response{Data: []byte(strings.Repeat("d", test.data))}
			for range test.errors {
				given.Errors = append(given.Errors, failed...)
			}
			got := AnswerWithin(given)
			if test.fits {
				if got != given {
					t.Errorf("refused: %v", got.Errors)
				}
				return
			}
			if got.Data != nil || len(got.Errors) != 1 || got.Errors[0].Extensions["code"] != CodeTooComplex {
				t.Errorf("got %d bytes of data, errors %v", len(got.Data), got.Errors)
			}
		})
	}
	if AnswerWithin(nil) != nil {
		t.Error("the end of a stream became an answer")
	}
}
