package graph

import (
	"context"
	"strings"
	"time"
	"usher/auth"
	"usher/graph/generated"
	"usher/room"
)

func (r *queryResolver) ServerTime(ctx context.Context) (*time.Time, error) {
	now := r.Services.Clock.Now()
	return &now, nil
}

func (r *queryResolver) Node(ctx context.Context, id string) (room.Node, error) {
	if strings.HasPrefix(id, "m_") {
		m, err := r.Talk.Message(ctx, auth.From(ctx), id)
		if m == nil {
			return nil, err
		}
		return m, err
	}
	if strings.HasPrefix(id, "q_") {
		q, err := r.Ask.Question(ctx, auth.From(ctx), id)
		if q == nil {
			return nil, err
		}
		return q, err
	}
	if strings.HasPrefix(id, "v_") {
		of, err := r.Votes.Interaction(ctx, auth.From(ctx), id)
		if of == nil {
			return nil, err
		}
		return of, err
	}
	return r.Services.Rooms.Node(ctx, auth.From(ctx), id)
}

func (r *Resolver) Query() generated.QueryResolver { return &queryResolver{r} }

type queryResolver struct{ *Resolver }
