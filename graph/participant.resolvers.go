package graph

import (
	"context"
	"usher/ent"
	"usher/graph/generated"
	"usher/role"
	"usher/room"
)

func (r *participantResolver) Room(ctx context.Context, obj *room.Participant) (*room.Room, error) {
	return load(ctx).room(ctx, obj.RoomID, obj.Sight)
}

func (r *participantResolver) Session(ctx context.Context, obj *room.Participant) (*ent.Session, error) {
	return load(ctx).sessions.load(ctx, obj.SessionID)
}

func (r *participantResolver) User(ctx context.Context, obj *room.Participant) (*room.User, error) {
	if obj.UserID == nil || !obj.Sight.Manages() {
		return nil, nil
	}
	return load(ctx).user(ctx, *obj.UserID, true)
}

func (r *participantResolver) ManagerRole(ctx context.Context, obj *room.Participant) (*role.ManagerRole, error) {
	if obj.UserID == nil {
		return nil, nil
	}
	managers, err := load(ctx).managers.load(ctx, obj.RoomID)
	for _, m := range managers {
		if m.UserID == *obj.UserID {
			return &m.Role, err
		}
	}
	return nil, err
}

func (r *participantResolver) Capabilities(ctx context.Context, obj *room.Participant) ([]role.Capability, error) {
	of, err := load(ctx).rooms.load(ctx, obj.RoomID)
	if err != nil {
		return nil, err
	}
	return role.Capabilities(obj.Role, of.ChatAndCollaboration), nil
}

func (r *participantResolver) Invitation(ctx context.Context, obj *room.Participant) (*room.Invitation, error) {
	if obj.InvitationID == nil || !obj.Sight.Manages() {
		return nil, nil
	}
	row, err := load(ctx).invitations.load(ctx, *obj.InvitationID)
	if err != nil || row == nil {
		return nil, err
	}
	return &room.Invitation{Invitation: row, Sight: obj.Sight}, nil
}

func (r *Resolver) Participant() generated.ParticipantResolver { return &participantResolver{r} }

type participantResolver struct{ *Resolver }
