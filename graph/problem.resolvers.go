package graph

import (
	"context"
	"usher/auth"
	"usher/graph/generated"
	"usher/problem"
	"usher/room"
)

func (r *problemResolver) Message(ctx context.Context, obj *problem.Problem) (string, error) {
	return problem.Said(ctx, obj.Message), nil
}

func (r *problemResolver) StandingInvitation(ctx context.Context, obj *problem.Problem) (*room.Invitation, error) {
	return r.Services.Invitations.Conflicting(ctx, auth.From(ctx), obj)
}

func (r *Resolver) Problem() generated.ProblemResolver { return &problemResolver{r} }

type problemResolver struct{ *Resolver }
