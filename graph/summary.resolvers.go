package graph

import (
	"context"
	"usher/ask"
	"usher/auth"
	"usher/graph/generated"
	"usher/graph/model"
	"usher/room"
	"usher/talk"
)

func (r *roomResolver) Summary(ctx context.Context, obj *room.Room, sessionID *string) (*room.SessionSummary, error) {
	sum, err := r.Services.Sessions.Summary(ctx, obj, text(sessionID))
	return sum, unlessQuiet(obj.Sight, err)
}

func (r *roomResolver) Attendance(ctx context.Context, obj *room.Room, sessionID *string, first *int, after *string, search *string) (*model.AttendeeConnection, error) {
	page, err := room.NewPage(first, 50, after)
	if err != nil {
		return nil, err
	}
	defer load(ctx).reads.Add(1)
	list, err := r.Services.Sessions.Attendance(ctx, obj, text(sessionID), text(search), page)
	if list == nil || err != nil {
		return nil, unlessQuiet(obj.Sight, err)
	}
	for _, listed := range list.Nodes {
		load(ctx).ofParticipant(listed.Participant.Participant)
	}
	return attendeeConnection(*list), nil
}

func (r *roomResolver) Missed(ctx context.Context, obj *room.Room, after int) (*model.Missed, error) {
	since, err := r.Services.Sessions.When(ctx, obj.ID, after)
	if err != nil {
		return nil, err
	}
	m := &model.Missed{}
	if m.Messages, err = r.Talk.Missed(ctx, auth.From(ctx), obj, after); err != nil {
		return nil, err
	}
	if m.Questions, err = r.Ask.Missed(ctx, auth.From(ctx), obj, since); err != nil {
		return nil, err
	}
	m.Interactions, err = r.Votes.Missed(ctx, obj, since)
	return m, err
}

func (r *sessionSummaryResolver) Messages(ctx context.Context, obj *room.SessionSummary) (int, error) {
	written, err := load(ctx).written.load(ctx, obj.Session.ID)
	return written[talk.Chat], err
}

func (r *sessionSummaryResolver) Backchannel(ctx context.Context, obj *room.SessionSummary) (int, error) {
	written, err := load(ctx).written.load(ctx, obj.Session.ID)
	return written[talk.Backchannel], err
}

func (r *sessionSummaryResolver) Questions(ctx context.Context, obj *room.SessionSummary) (*ask.QuestionCounts, error) {
	states, err := load(ctx).questions.load(ctx, obj.Session.ID)
	return ask.Numbers(states, obj.Room.Sight), err
}

func (r *sessionSummaryResolver) Interactions(ctx context.Context, obj *room.SessionSummary, first *int, after *string) (*model.InteractionConnection, error) {
	page, err := room.NewPage(first, 20, after)
	if err != nil {
		return nil, err
	}
	list, err := r.Votes.Started(ctx, obj, page)
	if err != nil {
		return nil, err
	}
	return interactionConnection(*list), nil
}

func (r *Resolver) SessionSummary() generated.SessionSummaryResolver {
	return &sessionSummaryResolver{r}
}

type sessionSummaryResolver struct{ *Resolver }
