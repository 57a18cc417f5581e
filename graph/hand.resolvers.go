package graph

import (
	"context"
	"time"
	"usher/auth"
	"usher/gesture"
	"usher/graph/generated"
	"usher/graph/model"
	"usher/role"
	"usher/room"
)

func (r *handResolver) Position(ctx context.Context, obj *gesture.Hand) (int, error) {
	position, err := load(ctx).hands.load(ctx, obj.Participant().ID)
	if position == nil {
		return 1, err
	}
	return *position, err
}

func (r *mutationResolver) RaiseHand(ctx context.Context, roomID string, role role.RoomRole, note *string) (model.ParticipantResult, error) {
	p, err := r.Hands.Raise(ctx, auth.From(ctx), roomID, role, note)
	return answer[model.ParticipantResult](model.ParticipantSuccess{Participant: p}, err)
}

func (r *mutationResolver) LowerHand(ctx context.Context, participantID string) (model.ParticipantResult, error) {
	p, err := r.Hands.Lower(ctx, auth.From(ctx), participantID)
	return answer[model.ParticipantResult](model.ParticipantSuccess{Participant: p}, err)
}

func (r *mutationResolver) DeclineHand(ctx context.Context, participantID string) (model.ParticipantResult, error) {
	p, err := r.Hands.Decline(ctx, auth.From(ctx), participantID)
	return answer[model.ParticipantResult](model.ParticipantSuccess{Participant: p}, err)
}

func (r *mutationResolver) LowerAllHands(ctx context.Context, roomID string) (model.ToolsResult, error) {
	of, err := r.Hands.LowerAll(ctx, auth.From(ctx), roomID)
	return answer[model.ToolsResult](model.ToolsSuccess{Room: of}, err)
}

func (r *participantResolver) HandRaisedAt(ctx context.Context, obj *room.Participant) (*time.Time, error) {
	shown, err := handShown(ctx, obj)
	if err != nil || !shown {
		return nil, err
	}
	return obj.HandAt, nil
}

func (r *participantResolver) HandPosition(ctx context.Context, obj *room.Participant) (*int, error) {
	shown, err := handShown(ctx, obj)
	if err != nil || !shown || obj.HandAt == nil {
		return nil, err
	}
	return load(ctx).hands.load(ctx, obj.ID)
}

func (r *participantResolver) HandsDeclined(ctx context.Context, obj *room.Participant) (*int, error) {
	shown, err := handShown(ctx, obj)
	if err != nil || !shown {
		return nil, err
	}
	return &obj.HandDenials, nil
}

func (r *roomResolver) Hands(ctx context.Context, obj *room.Room, first *int, after *string) (*model.HandConnection, error) {
	page, err := room.NewPage(first, 50, after)
	if err != nil {
		return nil, err
	}
	list, err := r.Resolver.Hands.List(ctx, obj, page)
	if list == nil || err != nil {
		return nil, err
	}
	return handConnection(*list), nil
}

func (r *Resolver) Hand() generated.HandResolver { return &handResolver{r} }

type handResolver struct{ *Resolver }
