package graph

import (
	"errors"
	"fmt"
	"testing"

	"usher/graph/model"
	"usher/problem"
)

func TestAProblemIsDataIfTheUnionContainsIt(t *testing.T) {
	signedIn := model.SignInSuccess{}
	refusal := problem.New(problem.InvalidCredentials)
	fault := errors.New("disk")
	if got, err := answer[model.SignInResult](signedIn, nil); got != model.SignInResult(signedIn) || err != nil {
		t.Errorf("success: got %v, %v", got, err)
	}
	if got, err := answer[model.SignInResult](signedIn, fmt.Errorf("rename room: %w", refusal)); got != model.SignInResult(refusal) || err != nil {
		t.Errorf("a problem: got %v, %v", got, err)
	}
	if got, err := answer[model.SignInResult](signedIn, fault); got != nil || !errors.Is(err, fault) {
		t.Errorf("a fault: got %v, %v", got, err)
	}
	if got, err := answer[fmt.Stringer](nil, refusal); got != nil || !errors.Is(err, refusal) {
		t.Errorf("a problem that the union does not contain: got %v, %v", got, err)
	}
}
