package graph

import (
	"context"
	"usher/auth"
	"usher/graph/model"
	"usher/room"
)

func (r *mutationResolver) RedeemInvitation(ctx context.Context, input model.RedeemInvitationInput) (model.RedeemInvitationResult, error) {
	actor := auth.From(ctx)
	device, err := redeemingDevice(ctx, actor, input.Credential, given(input.AttemptKey))
	if err != nil {
		return nil, err
	}
	bearer := input.Credential == model.CredentialKindBearer
	if bearer {
		if err := countCredential(ctx, device); err != nil {
			return nil, err
		}
	}
	redeemed, err := r.Services.Links.Redeem(ctx, actor, room.Redemption{
		Token: input.Token, Email: given(input.Email), Code: given(input.Code), Device: device, Bearer: bearer,
	})
	if err != nil {
		return answer[model.RedeemInvitationResult](nil, err)
	}
	welcome(ctx)
	return model.RedeemInvitationSuccess{Participant: redeemed.Participant, AccessToken: filled(redeemed.AccessToken)}, nil
}
