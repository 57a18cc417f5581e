package graph

import (
	"context"
	"usher/auth"
	"usher/graph/model"
	"usher/room"
)

func (r *mutationResolver) SendCode(ctx context.Context, input model.SendCodeInput) (model.SendCodeResult, error) {
	actor := auth.From(ctx)
	device, err := redeemingDevice(ctx, actor, input.Credential, given(input.AttemptKey))
	if err != nil {
		return nil, err
	}
	sent, err := r.Services.Codes.SendCode(ctx, actor, room.CodeRequest{
		Token: input.Token, Email: given(input.Email), Device: device, Purpose: input.Purpose, Language: given(input.Language),
	})
	if err != nil {
		return answer[model.SendCodeResult](nil, err)
	}
	return model.SendCodeSuccess{ExpiresAt: sent.ExpiresAt, NextCodeAt: sent.NextAt}, nil
}

func (r *mutationResolver) MoveInvitation(ctx context.Context, input model.MoveInvitationInput) (model.RedeemInvitationResult, error) {
	return redeemed(ctx, r.Services.Codes.Move, input.Credential, given(input.AttemptKey), room.Redemption{
		Token: input.Token, Email: given(input.Email), Code: given(input.Code),
	})
}
