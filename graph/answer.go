package graph

import (
	"errors"

	"usher/problem"
)

// answer gives a resolver's two results: a Problem in err becomes data of the union T, every other error stays one.
func answer[T any](success T, err error) (T, error) {
	if err == nil {
		return success, nil
	}
	if refusal, ok := errors.AsType[*problem.Problem](err); ok {
		if data, ok := any(refusal).(T); ok {
			return data, nil
		}
	}
	var none T
	return none, err
}
