package graph

import (
	"errors"

	"usher/graph/model"
	"usher/problem"
	"usher/vote"
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

// interaction is answer for a command on an interaction.
func interaction(of *vote.Interaction, err error) (model.InteractionResult, error) {
	return answer[model.InteractionResult](model.InteractionSuccess{Interaction: of}, err)
}
