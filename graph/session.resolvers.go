package graph

import (
	"context"
	"usher/auth"
	"usher/graph/model"
	"usher/room"
)

func (r *mutationResolver) ScheduleSession(ctx context.Context, input model.ScheduleSessionInput) (model.SessionResult, error) {
	planned, of, err := r.Core.Schedule(ctx, auth.From(ctx), input.RoomID, input.StartsAt, given(input.EndsAt))
	return answer[model.SessionResult](model.SessionSuccess{Session: planned, Room: of}, err)
}

func (r *mutationResolver) RescheduleSession(ctx context.Context, input model.RescheduleSessionInput) (model.SessionResult, error) {
	at, given := input.EndsAt.ValueOK()
	of, err := r.Core.Reschedule(ctx, auth.From(ctx), input.SessionID, input.StartsAt, room.EndsAt{Given: given, At: at})
	return sessionResult(ctx, of, input.SessionID, err)
}

func (r *mutationResolver) StartSession(ctx context.Context, sessionID string) (model.SessionResult, error) {
	of, err := r.Core.Start(ctx, auth.From(ctx), sessionID)
	return sessionResult(ctx, of, sessionID, err)
}

func (r *mutationResolver) EndSession(ctx context.Context, sessionID string) (model.SessionResult, error) {
	of, err := r.Core.End(ctx, auth.From(ctx), sessionID)
	return sessionResult(ctx, of, sessionID, err)
}

func (r *mutationResolver) CancelSession(ctx context.Context, sessionID string) (model.SessionResult, error) {
	of, err := r.Core.Cancel(ctx, auth.From(ctx), sessionID)
	return sessionResult(ctx, of, sessionID, err)
}
