package graph

import (
	"context"
	"time"
	"usher/auth"
	"usher/graph/generated"
	"usher/graph/model"
	"usher/role"
	"usher/room"
	"usher/talk"
	"usher/tools"
)

func (r *chatMessageResolver) Participant(ctx context.Context, obj *talk.ChatMessage) (*room.Participant, error) {
	if obj.AuthorID == "" || !obj.Sight.Can(role.SeeParticipants) {
		return nil, nil
	}
	l := load(ctx)
	for _, id := range obj.Around {
		l.authors.expect(id)
	}
	p, err := l.authors.load(ctx, obj.AuthorID)
	if p == nil {
		return nil, err
	}
	return &room.Participant{Participant: p, Sight: obj.Sight}, err
}

func (r *mutationResolver) SendMessage(ctx context.Context, input talk.SendMessageInput) (model.MessageResult, error) {
	m, err := r.Talk.Send(ctx, auth.From(ctx), input)
	return answer[model.MessageResult](model.MessageSuccess{ChatMessage: m}, err)
}

func (r *mutationResolver) EditMessage(ctx context.Context, input talk.EditMessageInput) (model.MessageResult, error) {
	m, err := r.Talk.Edit(ctx, auth.From(ctx), input)
	return answer[model.MessageResult](model.MessageSuccess{ChatMessage: m}, err)
}

func (r *mutationResolver) DeleteMessage(ctx context.Context, messageID string) (model.MessageResult, error) {
	m, err := r.Talk.Delete(ctx, auth.From(ctx), messageID)
	return answer[model.MessageResult](model.MessageSuccess{ChatMessage: m}, err)
}

func (r *mutationResolver) HideMessage(ctx context.Context, messageID string) (model.MessageResult, error) {
	m, err := r.Talk.Hide(ctx, auth.From(ctx), messageID)
	return answer[model.MessageResult](model.MessageSuccess{ChatMessage: m}, err)
}

func (r *mutationResolver) RestoreMessage(ctx context.Context, messageID string) (model.MessageResult, error) {
	m, err := r.Talk.Restore(ctx, auth.From(ctx), messageID)
	return answer[model.MessageResult](model.MessageSuccess{ChatMessage: m}, err)
}

func (r *mutationResolver) HideMessagesOf(ctx context.Context, participantID string) (model.ParticipantResult, error) {
	p, err := r.Talk.HideOf(ctx, auth.From(ctx), participantID)
	return answer[model.ParticipantResult](model.ParticipantSuccess{Participant: p}, err)
}

func (r *mutationResolver) PinMessage(ctx context.Context, messageID string) (model.MessageResult, error) {
	m, err := r.Talk.Pin(ctx, auth.From(ctx), messageID)
	return answer[model.MessageResult](model.MessageSuccess{ChatMessage: m}, err)
}

func (r *mutationResolver) UnpinMessage(ctx context.Context, roomID string, channel talk.Channel) (model.ToolsResult, error) {
	of, err := r.Talk.Unpin(ctx, auth.From(ctx), roomID, channel)
	return answer[model.ToolsResult](model.ToolsSuccess{Room: of}, err)
}

func (r *mutationResolver) ClearChannel(ctx context.Context, roomID string, channel talk.Channel, on bool) (model.ToolsResult, error) {
	of, err := r.Talk.Clear(ctx, auth.From(ctx), roomID, channel, on)
	return answer[model.ToolsResult](model.ToolsSuccess{Room: of}, err)
}

func (r *mutationResolver) MuteParticipant(ctx context.Context, input room.MuteInput) (model.ParticipantResult, error) {
	p, err := r.Services.Places.Mute(ctx, auth.From(ctx), input)
	return answer[model.ParticipantResult](model.ParticipantSuccess{Participant: p}, err)
}

func (r *mutationResolver) UnmuteParticipant(ctx context.Context, participantID string) (model.ParticipantResult, error) {
	p, err := r.Services.Places.Unmute(ctx, auth.From(ctx), participantID)
	return answer[model.ParticipantResult](model.ParticipantSuccess{Participant: p}, err)
}

func (r *mutationResolver) UpdateTools(ctx context.Context, input tools.UpdateToolsInput) (model.ToolsResult, error) {
	of, err := r.Tools.Update(ctx, auth.From(ctx), input)
	return answer[model.ToolsResult](model.ToolsSuccess{Room: of}, err)
}

func (r *participantResolver) Muted(ctx context.Context, obj *room.Participant) (*bool, error) {
	muted, _ := obj.MutedAt(r.Services.Clock.Now())
	return muted, nil
}

func (r *participantResolver) MutedUntil(ctx context.Context, obj *room.Participant) (*time.Time, error) {
	_, until := obj.MutedAt(r.Services.Clock.Now())
	return until, nil
}

func (r *roomResolver) Tools(ctx context.Context, obj *room.Room) (*tools.RoomTools, error) {
	row, err := load(ctx).tools.load(ctx, obj.ID)
	return tools.Of(obj, row), err
}

func (r *roomResolver) Messages(ctx context.Context, obj *room.Room, channel talk.Channel, first *int, after *string) (*model.ChatMessageConnection, error) {
	page, err := room.NewPage(first, 50, after)
	if err != nil {
		return nil, err
	}
	list, err := r.Talk.List(ctx, obj, channel, page)
	if list == nil || err != nil {
		return nil, err
	}
	return messageConnection(*list), nil
}

func (r *roomToolsResolver) Pinned(ctx context.Context, obj *tools.RoomTools, channel talk.Channel) (*talk.ChatMessage, error) {
	id := talk.PinnedID(obj, channel)
	if id == "" {
		return nil, nil
	}
	row, err := load(ctx).messages.load(ctx, id)
	return talk.Pinned(obj, row), err
}

func (r *toolsChangedResolver) Tools(ctx context.Context, obj *tools.ToolsChanged) (*tools.RoomTools, error) {
	row, err := load(ctx).tools.load(ctx, obj.Room().ID)
	return tools.Of(obj.Room(), row), err
}

func (r *Resolver) ChatMessage() generated.ChatMessageResolver { return &chatMessageResolver{r} }

func (r *Resolver) RoomTools() generated.RoomToolsResolver { return &roomToolsResolver{r} }

func (r *Resolver) ToolsChanged() generated.ToolsChangedResolver { return &toolsChangedResolver{r} }

type (
	chatMessageResolver  struct{ *Resolver }
	roomToolsResolver    struct{ *Resolver }
	toolsChangedResolver struct{ *Resolver }
)
