package graph

import (
	"context"
	"usher/auth"
	"usher/graph/generated"
	"usher/graph/model"
	"usher/room"
	"usher/vote"
)

func (r *interactionResolver) Words(ctx context.Context, obj *vote.Interaction) ([]*vote.WordCount, error) {
	if obj.Kind() != vote.Words || !obj.Counted() {
		return nil, nil
	}
	l := load(ctx)
	for _, id := range obj.Around {
		l.words.expect(id)
	}
	rows, err := l.words.load(ctx, obj.ID)
	return obj.ShownWords(rows), err
}

func (r *interactionResolver) MyAnswer(ctx context.Context, obj *vote.Interaction) (*vote.Answer, error) {
	key := obj.MineKey(auth.From(ctx), obj.ID)
	if key == "" || obj.Answered() {
		return obj.Mine(nil), nil
	}
	l := load(ctx)
	for _, id := range obj.Around {
		l.mine.expect(obj.MineKey(auth.From(ctx), id))
	}
	row, err := l.mine.load(ctx, key)
	return obj.Mine(row), err
}

func (r *interactionResolver) AllAnswers(ctx context.Context, obj *vote.Interaction, first *int, after *string) (*model.AnswerConnection, error) {
	page, err := room.NewPage(first, 50, after)
	if err != nil {
		return nil, err
	}
	list, err := r.Votes.All(ctx, obj, page)
	if list == nil || err != nil {
		return nil, err
	}
	return answerConnection(*list), nil
}

func (r *mutationResolver) CreateInteraction(ctx context.Context, input vote.CreateInteractionInput) (model.InteractionResult, error) {
	return interaction(r.Votes.Create(ctx, auth.From(ctx), input))
}

func (r *mutationResolver) UpdateInteraction(ctx context.Context, input vote.UpdateInteractionInput) (model.InteractionResult, error) {
	return interaction(r.Votes.Update(ctx, auth.From(ctx), input))
}

func (r *mutationResolver) CopyInteraction(ctx context.Context, interactionID string, key string) (model.InteractionResult, error) {
	return interaction(r.Votes.Copy(ctx, auth.From(ctx), interactionID, key))
}

func (r *mutationResolver) DeleteInteraction(ctx context.Context, interactionID string) (model.InteractionResult, error) {
	return interaction(r.Votes.Delete(ctx, auth.From(ctx), interactionID))
}

func (r *mutationResolver) StartInteraction(ctx context.Context, interactionID string) (model.InteractionResult, error) {
	return interaction(r.Votes.Start(ctx, auth.From(ctx), interactionID))
}

func (r *mutationResolver) StopInteraction(ctx context.Context, interactionID string) (model.InteractionResult, error) {
	return interaction(r.Votes.Stop(ctx, auth.From(ctx), interactionID))
}

func (r *mutationResolver) ShareResults(ctx context.Context, interactionID string) (model.InteractionResult, error) {
	return interaction(r.Votes.ShareResults(ctx, auth.From(ctx), interactionID))
}

func (r *mutationResolver) HideAnswer(ctx context.Context, answerID string, on bool) (model.InteractionResult, error) {
	return interaction(r.Votes.Hide(ctx, auth.From(ctx), answerID, on))
}

func (r *mutationResolver) AnswerInteraction(ctx context.Context, input vote.AnswerInteractionInput) (model.InteractionResult, error) {
	return interaction(r.Votes.Answer(ctx, auth.From(ctx), input))
}

func (r *roomResolver) Interaction(ctx context.Context, obj *room.Room) (*vote.Interaction, error) {
	row, err := load(ctx).open.load(ctx, obj.ID)
	return vote.Of(obj, row), err
}

func (r *roomResolver) Interactions(ctx context.Context, obj *room.Room, first *int, after *string, state []vote.State) (*model.InteractionConnection, error) {
	page, err := room.NewPage(first, 20, after)
	if err != nil {
		return nil, err
	}
	list, err := r.Votes.List(ctx, obj, state, page)
	if list == nil || err != nil {
		return nil, err
	}
	return interactionConnection(*list), nil
}

func (r *Resolver) Interaction() generated.InteractionResolver { return &interactionResolver{r} }

type interactionResolver struct{ *Resolver }
