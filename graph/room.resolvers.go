package graph

import (
	"context"
	"usher/ask"
	"usher/auth"
	"usher/ent"
	"usher/ent/participant"
	"usher/graph/generated"
	"usher/graph/model"
	"usher/role"
	"usher/room"
)

func (r *mutationResolver) CreateRoom(ctx context.Context, input room.CreateRoomInput) (model.RoomResult, error) {
	created, err := r.Services.Rooms.Create(ctx, auth.From(ctx), input)
	return answer[model.RoomResult](model.RoomSuccess{Room: created}, err)
}

func (r *mutationResolver) UpdateRoom(ctx context.Context, input room.UpdateRoomInput) (model.RoomResult, error) {
	updated, err := r.Services.Rooms.Update(ctx, auth.From(ctx), input)
	return answer[model.RoomResult](model.RoomSuccess{Room: updated}, err)
}

func (r *mutationResolver) DeleteRoom(ctx context.Context, roomID string, notify bool) (model.DeleteRoomResult, error) {
	err := r.Services.Rooms.Delete(ctx, auth.From(ctx), roomID, notify)
	return answer[model.DeleteRoomResult](model.DeleteRoomSuccess{RoomID: roomID}, err)
}

func (r *mutationResolver) AddManager(ctx context.Context, input room.AddManagerInput) (model.RoomResult, error) {
	managed, err := r.Services.Managers.Add(ctx, auth.From(ctx), input)
	return answer[model.RoomResult](model.RoomSuccess{Room: managed}, err)
}

func (r *mutationResolver) RemoveManager(ctx context.Context, input room.RemoveManagerInput) (model.RoomResult, error) {
	managed, err := r.Services.Managers.Remove(ctx, auth.From(ctx), input)
	return answer[model.RoomResult](model.RoomSuccess{Room: managed}, err)
}

func (r *queryResolver) Room(ctx context.Context, id string) (*room.Room, error) {
	return r.Services.Rooms.Get(ctx, auth.From(ctx), id)
}

func (r *queryResolver) Rooms(ctx context.Context, first *int, after *string, search *string, only *room.RoomSelection) (*model.RoomConnection, error) {
	page, err := room.NewPage(first, 20, after)
	if err != nil {
		return nil, err
	}
	selection := room.AllRooms
	if only != nil {
		selection = *only
	}
	list, err := r.Services.Rooms.List(ctx, auth.From(ctx), page, text(search), selection)
	if err != nil {
		return nil, err
	}
	for _, listed := range list.Nodes {
		load(ctx).ofRoom(listed.Room)
		if listed.Counted() {
			load(ctx).counts.expect(listed.ID)
		}
		if own := listed.MyParticipant(); own != nil {
			load(ctx).ofParticipant(own.Participant)
		}
		if key := ask.PauseKey(listed, auth.From(ctx)); key != "" {
			load(ctx).pauses.expect(key)
		}
	}
	return roomConnection(list), nil
}

func (r *roomResolver) Roles(ctx context.Context, obj *room.Room) ([]*model.RoleInfo, error) {
	return rolesWith(obj.ChatAndCollaboration), nil
}

func (r *roomResolver) Session(ctx context.Context, obj *room.Room) (*ent.Session, error) {
	if obj.CurrentSessionID == nil {
		return nil, nil
	}
	return load(ctx).sessions.load(ctx, *obj.CurrentSessionID)
}

func (r *roomResolver) Sessions(ctx context.Context, obj *room.Room, first *int, after *string) (*model.SessionConnection, error) {
	page, err := room.NewPage(first, 20, after)
	if err != nil {
		return nil, err
	}
	defer load(ctx).reads.Add(1)
	list, err := r.Services.Sessions.List(ctx, obj, page)
	return sessionConnection(list), err
}

func (r *roomResolver) Managers(ctx context.Context, obj *room.Room) ([]*room.Manager, error) {
	rows, err := load(ctx).managers.load(ctx, obj.ID)
	managers := make([]*room.Manager, len(rows))
	for i, row := range rows {
		managers[i] = &room.Manager{Manager: row, Sight: obj.Sight}
	}
	return managers, err
}

func (r *roomResolver) CanInvite(ctx context.Context, obj *room.Room) (bool, error) {
	session, err := r.Room().Session(ctx, obj)
	if err != nil {
		return false, err
	}
	policy, err := load(ctx).policy.load(ctx, "")
	if err != nil {
		return false, err
	}
	return obj.InvitableNow(session, policy), nil
}

func (r *roomResolver) SiteInvitations(ctx context.Context, obj *room.Room) (*bool, error) {
	if !obj.Sight.Can(role.Invite) {
		return nil, nil
	}
	policy, err := load(ctx).policy.load(ctx, "")
	if err != nil {
		return nil, err
	}
	return &policy.Invitations, nil
}

func (r *roomResolver) Invitations(ctx context.Context, obj *room.Room, sessionID *string, first *int, after *string, status []room.InvitationStatus, search *string, asking bool) (*model.InvitationConnection, error) {
	page, err := room.NewPage(first, 50, after)
	if err != nil {
		return nil, err
	}
	defer load(ctx).reads.Add(1)
	list, err := r.Services.Invitations.List(ctx, obj, page, room.InvitationFilter{Status: status, SessionID: text(sessionID), Search: text(search), Asking: asking})
	if err != nil {
		return nil, unlessQuiet(obj.Sight, err)
	}
	for _, listed := range list.Nodes {
		load(ctx).ofInvitation(listed.Invitation)
	}
	return invitationConnection(list), nil
}

func (r *roomResolver) Participants(ctx context.Context, obj *room.Room, first *int, after *string, state []participant.State, role []role.RoomRole, online *bool, search *string, needsLook bool) (*model.ParticipantConnection, error) {
	page, err := room.NewPage(first, 100, after)
	if err != nil {
		return nil, err
	}
	defer load(ctx).reads.Add(1)
	list, err := r.Services.Places.List(ctx, obj, page, room.ParticipantFilter{State: state, Role: role, Online: online, Search: text(search), NeedsLook: needsLook})
	if err != nil {
		return nil, unlessQuiet(obj.Sight, err)
	}
	for _, listed := range list.Nodes {
		load(ctx).ofParticipant(listed.Participant)
	}
	return participantConnection(list), nil
}

func (r *roomResolver) Counts(ctx context.Context, obj *room.Room) (*room.Counts, error) {
	if !obj.Counted() {
		return nil, nil
	}
	return load(ctx).counts.load(ctx, obj.ID)
}

func (r *roomResolver) Events(ctx context.Context, obj *room.Room, first *int, before *int, tools []room.Topic) ([]room.RoomEvent, error) {
	n, below, err := room.EventsPage(first, 50, before)
	if err != nil {
		return nil, err
	}
	defer load(ctx).reads.Add(1)
	happenings, err := r.Services.News.History(ctx, auth.From(ctx), obj, n, below, tools)
	return events(ctx, happenings, obj.Sight), err
}

func (r *roomCountsResolver) Invited(ctx context.Context, obj *room.Counts) (int, error) {
	return load(ctx).invited.load(ctx, obj.RoomID)
}

func (r *roomManagerResolver) User(ctx context.Context, obj *room.Manager) (*room.User, error) {
	return load(ctx).user(ctx, obj.UserID, obj.Sight.Manages())
}

func (r *roomManagerResolver) Online(ctx context.Context, obj *room.Manager) (bool, error) {
	return r.Services.News.Watches(obj.Manager), nil
}

func (r *roomManagerResolver) InRoom(ctx context.Context, obj *room.Manager) (bool, error) {
	inside, err := load(ctx).inside.load(ctx, obj.RoomID)
	return inside[obj.UserID], err
}

func (r *Resolver) Room() generated.RoomResolver { return &roomResolver{r} }

func (r *Resolver) RoomCounts() generated.RoomCountsResolver { return &roomCountsResolver{r} }

func (r *Resolver) RoomManager() generated.RoomManagerResolver { return &roomManagerResolver{r} }

type (
	roomResolver        struct{ *Resolver }
	roomCountsResolver  struct{ *Resolver }
	roomManagerResolver struct{ *Resolver }
)
