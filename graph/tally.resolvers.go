package graph

import (
	"context"
	"usher/auth"
	"usher/gesture"
	"usher/graph/generated"
	"usher/graph/model"
	"usher/talk"
)

func (r *mutationResolver) React(ctx context.Context, roomID string, reaction gesture.Reaction) (model.ToolsResult, error) {
	of, err := r.Reactions.React(ctx, auth.From(ctx), roomID, reaction)
	return answer[model.ToolsResult](model.ToolsSuccess{Room: of}, err)
}

func (r *subscriptionResolver) Tally(ctx context.Context, roomID string) (<-chan *talk.Tally, error) {
	if source, ok := ctx.Value(sourceKey{}).(<-chan *talk.Tally); ok {
		return source, nil
	}
	stream, err := r.Services.News.WatchPresence(ctx, auth.From(ctx), roomID, stirs)
	if err != nil {
		return nil, err
	}
	watch, err := r.watches.enterOwn(ctx, roomID)
	if err != nil {
		return nil, err
	}
	return followRoom(ctx, r.Resolver, func(yield func(*talk.Tally, error) bool) {
		defer watch.leave()
		r.followTally(ctx, roomID, stream, yield)
	}), nil
}

func (r *tallyResolver) Reactions(ctx context.Context, obj *talk.Tally) ([]*model.ReactionTally, error) {
	all := []*model.ReactionTally{}
	for i, n := range obj.Reactions {
		if n > 0 {
			all = append(all, &model.ReactionTally{Reaction: gesture.AllReactions[i], Count: n})
		}
	}
	return all, nil
}

func (r *Resolver) Tally() generated.TallyResolver { return &tallyResolver{r} }

type tallyResolver struct{ *Resolver }
