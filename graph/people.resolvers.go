package graph

import (
	"context"
	"usher/auth"
	"usher/graph/model"
)

func (r *mutationResolver) ErasePerson(ctx context.Context, input model.ErasePersonInput) (model.ErasePersonResult, error) {
	erased, err := r.Services.Erasing.ByAdmin(ctx, auth.From(ctx), input.Email)
	return answer[model.ErasePersonResult](model.ErasePersonSuccess{
		Accounts: erased.Accounts, Rooms: erased.Rooms, Invitations: erased.Invitations, Participants: erased.Participants, Events: erased.Events,
	}, err)
}
