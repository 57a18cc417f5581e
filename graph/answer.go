package graph

import (
	"errors"

	"usher/problem"
)

// answer returns a resolver's results. A Problem in err becomes data if the union T contains it; any other error stays an error.
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
