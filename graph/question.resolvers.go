package graph

import (
	"context"
	"time"
	"usher/ask"
	"usher/auth"
	"usher/graph/generated"
	"usher/graph/model"
	"usher/room"
)

func (r *mutationResolver) AskQuestion(ctx context.Context, input ask.AskQuestionInput) (model.QuestionResult, error) {
	q, err := r.Ask.Ask(ctx, auth.From(ctx), input)
	return answer[model.QuestionResult](model.QuestionSuccess{Question: q}, err)
}

func (r *mutationResolver) WithdrawQuestion(ctx context.Context, questionID string) (model.QuestionResult, error) {
	q, err := r.Ask.Withdraw(ctx, auth.From(ctx), questionID)
	return answer[model.QuestionResult](model.QuestionSuccess{Question: q}, err)
}

func (r *mutationResolver) UpvoteQuestion(ctx context.Context, questionID string, on bool) (model.QuestionResult, error) {
	q, err := r.Ask.Upvote(ctx, auth.From(ctx), questionID, on)
	return answer[model.QuestionResult](model.QuestionSuccess{Question: q}, err)
}

func (r *mutationResolver) TakeQuestion(ctx context.Context, questionID string) (model.QuestionResult, error) {
	q, err := r.Ask.Take(ctx, auth.From(ctx), questionID)
	return answer[model.QuestionResult](model.QuestionSuccess{Question: q}, err)
}

func (r *mutationResolver) ReleaseQuestion(ctx context.Context, questionID string) (model.QuestionResult, error) {
	q, err := r.Ask.Release(ctx, auth.From(ctx), questionID)
	return answer[model.QuestionResult](model.QuestionSuccess{Question: q}, err)
}

func (r *mutationResolver) AnswerQuestion(ctx context.Context, input ask.AnswerQuestionInput) (model.QuestionResult, error) {
	q, err := r.Ask.Answer(ctx, auth.From(ctx), input)
	return answer[model.QuestionResult](model.QuestionSuccess{Question: q}, err)
}

func (r *mutationResolver) PublishQuestion(ctx context.Context, questionID string) (model.QuestionResult, error) {
	q, err := r.Ask.Publish(ctx, auth.From(ctx), questionID)
	return answer[model.QuestionResult](model.QuestionSuccess{Question: q}, err)
}

func (r *mutationResolver) DismissQuestion(ctx context.Context, questionID string) (model.QuestionResult, error) {
	q, err := r.Ask.Dismiss(ctx, auth.From(ctx), questionID)
	return answer[model.QuestionResult](model.QuestionSuccess{Question: q}, err)
}

func (r *mutationResolver) ReopenQuestion(ctx context.Context, questionID string) (model.QuestionResult, error) {
	q, err := r.Ask.Reopen(ctx, auth.From(ctx), questionID)
	return answer[model.QuestionResult](model.QuestionSuccess{Question: q}, err)
}

func (r *mutationResolver) MuteAsker(ctx context.Context, questionID string, on bool, until *time.Time) (model.QuestionResult, error) {
	q, err := r.Ask.Mute(ctx, auth.From(ctx), questionID, on, until)
	return answer[model.QuestionResult](model.QuestionSuccess{Question: q}, err)
}

func (r *questionResolver) PrivateAnswer(ctx context.Context, obj *ask.Question) (*string, error) {
	return obj.PrivateAnswer(auth.From(ctx)), nil
}

func (r *questionResolver) Mine(ctx context.Context, obj *ask.Question) (bool, error) {
	return obj.Mine(auth.From(ctx)), nil
}

func (r *questionResolver) Upvoted(ctx context.Context, obj *ask.Question) (bool, error) {
	return load(ctx).upvoted.load(ctx, ask.VoteKey(obj.ID, obj.Asker(auth.From(ctx))))
}

func (r *roomResolver) Questions(ctx context.Context, obj *room.Room, first *int, after *string, states []ask.State, mine bool, order ask.QuestionOrder) (*model.QuestionConnection, error) {
	page, err := room.NewPage(first, 20, after)
	if err != nil {
		return nil, err
	}
	list, err := r.Ask.List(ctx, auth.From(ctx), obj, ask.Selection{States: states, Mine: mine, Order: order}, page)
	if list == nil || err != nil {
		return nil, err
	}
	for _, q := range list.Nodes {
		load(ctx).upvoted.expect(ask.VoteKey(q.ID, q.Asker(auth.From(ctx))))
	}
	return questionConnection(*list), nil
}

func (r *roomResolver) AskingPause(ctx context.Context, obj *room.Room) (*ask.AskingPause, error) {
	key := ask.PauseKey(obj, auth.From(ctx))
	if key == "" {
		return nil, nil
	}
	return load(ctx).pauses.load(ctx, key)
}

func (r *roomResolver) QuestionCounts(ctx context.Context, obj *room.Room) (*ask.QuestionCounts, error) {
	if obj.CurrentSessionID == nil {
		return nil, nil
	}
	states, err := load(ctx).questions.load(ctx, *obj.CurrentSessionID)
	return ask.CountsOf(obj, states), err
}

func (r *Resolver) Question() generated.QuestionResolver { return &questionResolver{r} }

type questionResolver struct{ *Resolver }
