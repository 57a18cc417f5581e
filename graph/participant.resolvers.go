package graph

import (
	"context"
	"usher/auth"
	"usher/ent"
	"usher/ent/participant"
	entroom "usher/ent/room"
	"usher/graph/generated"
	"usher/graph/model"
	"usher/role"
	"usher/room"
)

func (r *mutationResolver) EnterRoom(ctx context.Context, roomID string) (model.ParticipantResult, error) {
	p, err := r.Services.Places.Enter(ctx, auth.From(ctx), roomID)
	return answer[model.ParticipantResult](model.ParticipantSuccess{Participant: p}, err)
}

func (r *mutationResolver) LeaveRoom(ctx context.Context, roomID string) (model.ParticipantResult, error) {
	p, err := r.Services.Places.Leave(ctx, auth.From(ctx), roomID)
	return answer[model.ParticipantResult](model.ParticipantSuccess{Participant: p}, err)
}

func (r *mutationResolver) ChangeRole(ctx context.Context, input room.ChangeRoleInput) (model.ParticipantResult, error) {
	p, err := r.Services.Places.ChangeRole(ctx, auth.From(ctx), input)
	return answer[model.ParticipantResult](model.ParticipantSuccess{Participant: p}, err)
}

func (r *mutationResolver) AcknowledgeRole(ctx context.Context, roomID string, roleRevision int) (model.ParticipantResult, error) {
	p, err := r.Services.Places.AcknowledgeRole(ctx, auth.From(ctx), roomID, roleRevision)
	return answer[model.ParticipantResult](model.ParticipantSuccess{Participant: p}, err)
}

func (r *mutationResolver) RemoveParticipant(ctx context.Context, participantID string, block bool) (model.ParticipantResult, error) {
	p, err := r.Services.Places.Remove(ctx, auth.From(ctx), participantID, block)
	return answer[model.ParticipantResult](model.ParticipantSuccess{Participant: p}, err)
}

func (r *mutationResolver) UnblockParticipant(ctx context.Context, participantID string) (model.ParticipantResult, error) {
	p, err := r.Services.Places.Unblock(ctx, auth.From(ctx), participantID)
	return answer[model.ParticipantResult](model.ParticipantSuccess{Participant: p}, err)
}

func (r *mutationResolver) AdmitParticipant(ctx context.Context, participantID string) (model.ParticipantResult, error) {
	p, err := r.Services.Places.Admit(ctx, auth.From(ctx), participantID)
	return answer[model.ParticipantResult](model.ParticipantSuccess{Participant: p}, err)
}

func (r *mutationResolver) AdmitParticipants(ctx context.Context, roomID string, participantIds []string) (model.AdmitParticipantsResult, error) {
	n, handled, err := r.Services.Places.AdmitMany(ctx, auth.From(ctx), roomID, participantIds)
	return answer[model.AdmitParticipantsResult](model.AdmitParticipantsSuccess{Admitted: n, AlreadyHandled: handled}, err)
}

func (r *mutationResolver) AdmitAll(ctx context.Context, roomID string, role []role.RoomRole) (model.AdmitAllResult, error) {
	admitted, err := r.Services.Places.AdmitAll(ctx, auth.From(ctx), roomID, role)
	return answer[model.AdmitAllResult](model.AdmitAllSuccess{Admitted: admitted}, err)
}

func (r *mutationResolver) DenyParticipant(ctx context.Context, participantID string) (model.ParticipantResult, error) {
	p, err := r.Services.Places.Deny(ctx, auth.From(ctx), participantID)
	return answer[model.ParticipantResult](model.ParticipantSuccess{Participant: p}, err)
}

func (r *mutationResolver) DenyParticipants(ctx context.Context, roomID string, participantIds []string) (model.DenyParticipantsResult, error) {
	n, handled, err := r.Services.Places.DenyMany(ctx, auth.From(ctx), roomID, participantIds)
	return answer[model.DenyParticipantsResult](model.DenyParticipantsSuccess{Denied: n, AlreadyHandled: handled}, err)
}

func (r *mutationResolver) DenyAll(ctx context.Context, roomID string, role []role.RoomRole) (model.DenyAllResult, error) {
	denied, err := r.Services.Places.DenyAll(ctx, auth.From(ctx), roomID, role)
	return answer[model.DenyAllResult](model.DenyAllSuccess{Denied: denied}, err)
}

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
	return load(ctx).managerRole(ctx, obj.Participant)
}

func (r *participantResolver) Online(ctx context.Context, obj *room.Participant) (bool, error) {
	return r.Services.News.IsOnline(obj.Participant), nil
}

func (r *participantResolver) Capabilities(ctx context.Context, obj *room.Participant) ([]role.Capability, error) {
	of, err := load(ctx).rooms.load(ctx, obj.RoomID)
	if err != nil {
		return nil, err
	}
	return role.Capabilities(obj.Role, of.ChatAndCollaboration), nil
}

func (r *participantResolver) QueuePosition(ctx context.Context, obj *room.Participant) (*int, error) {
	if obj.State != participant.StateWaiting {
		return nil, nil
	}
	return load(ctx).queue.load(ctx, obj.ID)
}

func (r *participantResolver) AsksToEnter(ctx context.Context, obj *room.Participant, admission *entroom.Admission) (bool, error) {
	managesNothing, err := load(ctx).managesNothing(ctx, obj.Participant)
	if err != nil {
		return false, err
	}
	if admission != nil {
		return !room.EntersFromLobby(*admission, obj.Participant, !managesNothing), nil
	}
	of, err := load(ctx).rooms.load(ctx, obj.RoomID)
	if err != nil {
		return false, err
	}
	return !room.EntersAtOnce(of, obj.Participant, !managesNothing), nil
}

func (r *participantResolver) InvitedBy(ctx context.Context, obj *room.Participant) (*string, error) {
	if obj.InvitationID == nil {
		return nil, nil
	}
	row, err := load(ctx).invitations.load(ctx, *obj.InvitationID)
	if err != nil || row == nil {
		return nil, err
	}
	by, err := load(ctx).user(ctx, row.InvitedByID, false)
	if err != nil || by == nil {
		return nil, err
	}
	name := by.Name()
	return &name, nil
}

func (r *participantResolver) MayChangeRole(ctx context.Context, obj *room.Participant) (bool, error) {
	roles, err := r.RolesToGive(ctx, obj)
	return len(roles) > 0, err
}

func (r *participantResolver) RolesToGive(ctx context.Context, obj *room.Participant) ([]role.RoomRole, error) {
	roles := obj.Sight.RolesFor(obj.Role)
	if len(roles) == 0 {
		return roles, nil
	}
	if ok, err := load(ctx).managesNothing(ctx, obj.Participant); err != nil || !ok {
		return []role.RoomRole{}, err
	}
	return roles, nil
}

func (r *participantResolver) MayUnblock(ctx context.Context, obj *room.Participant) (bool, error) {
	if !obj.Sight.Can(role.Unblock) {
		return false, nil
	}
	return load(ctx).managesNothing(ctx, obj.Participant)
}

func (r *participantResolver) MayRemove(ctx context.Context, obj *room.Participant) (bool, error) {
	if !obj.Sight.CanRemove(obj.Role) {
		return false, nil
	}
	return load(ctx).managesNothing(ctx, obj.Participant)
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

func (r *queryResolver) Roles(ctx context.Context) ([]*model.RoleInfo, error) {
	return rolesWith(true), nil
}

func (r *Resolver) Participant() generated.ParticipantResolver { return &participantResolver{r} }

type participantResolver struct{ *Resolver }
