package graph

import (
	"context"
	"usher/graph/model"
	"usher/room"
)

func (r *mutationResolver) RedeemInvitation(ctx context.Context, input model.RedeemInvitationInput) (model.RedeemInvitationResult, error) {
	return redeemed(ctx, r.Services.Links.Redeem, input.Credential, given(input.AttemptKey), room.Redemption{
		Token: input.Token, Email: given(input.Email), Code: given(input.Code),
	})
}
