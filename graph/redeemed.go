package graph

import (
	"context"

	"usher/auth"
	"usher/graph/model"
	"usher/room"
)

// redeemed answers with the place that a link gave to the asker's device, and with its credential.
func redeemed(
	ctx context.Context, redeem func(context.Context, auth.Actor, room.Redemption) (*room.Redeemed, error),
	credential model.CredentialKind, attemptKey *string, of room.Redemption,
) (model.RedeemInvitationResult, error) {
	actor := auth.From(ctx)
	device, err := redeemingDevice(ctx, actor, credential, attemptKey)
	if err != nil {
		return nil, err
	}
	of.Device, of.Bearer = device, credential == model.CredentialKindBearer
	if of.Bearer {
		if err := countCredential(ctx, device); err != nil {
			return nil, err
		}
	}
	redeemed, err := redeem(ctx, actor, of)
	if err != nil {
		return answer[model.RedeemInvitationResult](nil, err)
	}
	welcome(ctx)
	return model.RedeemInvitationSuccess{Participant: redeemed.Participant, AccessToken: filled(redeemed.AccessToken)}, nil
}
