package graph

import (
	"context"
	"usher/auth"
	"usher/graph/model"
	"usher/room"
)

func (r *mutationResolver) ScheduleSession(ctx context.Context, input room.ScheduleSessionInput) (model.SessionResult, error) {
	planned, of, err := r.Services.Sessions.Schedule(ctx, auth.From(ctx), input)
	return answer[model.SessionResult](model.SessionSuccess{Session: planned, Room: of}, err)
}

func (r *mutationResolver) RescheduleSession(ctx context.Context, input model.RescheduleSessionInput) (model.SessionResult, error) {
	endsAt, given := input.EndsAt.ValueOK()
	of, err := r.Services.Sessions.Reschedule(ctx, auth.From(ctx), room.Rescheduling{
		SessionID: input.SessionID, StartsAt: input.StartsAt, EndsAt: endsAt, KeepLength: !given, Notify: input.Notify,
	})
	return sessionResult(ctx, of, input.SessionID, err)
}

func (r *mutationResolver) StartSession(ctx context.Context, sessionID string) (model.SessionResult, error) {
	of, err := r.Services.Sessions.Start(ctx, auth.From(ctx), sessionID)
	return sessionResult(ctx, of, sessionID, err)
}

func (r *mutationResolver) EndSession(ctx context.Context, sessionID string) (model.SessionResult, error) {
	of, err := r.Services.Sessions.End(ctx, auth.From(ctx), sessionID)
	return sessionResult(ctx, of, sessionID, err)
}

func (r *mutationResolver) CancelSession(ctx context.Context, sessionID string, notify bool) (model.SessionResult, error) {
	of, err := r.Services.Sessions.Cancel(ctx, auth.From(ctx), sessionID, notify)
	return sessionResult(ctx, of, sessionID, err)
}
