package graph

import (
	"context"
	"time"
	"usher/auth"
	"usher/ent"
	"usher/graph/generated"
	"usher/graph/model"
	"usher/problem"
	"usher/role"
	"usher/room"
)

func (r *invitationResolver) Room(ctx context.Context, obj *room.Invitation) (*room.Room, error) {
	return load(ctx).room(ctx, obj.RoomID, obj.Sight)
}

func (r *invitationResolver) Session(ctx context.Context, obj *room.Invitation) (*ent.Session, error) {
	return load(ctx).sessions.load(ctx, obj.SessionID)
}

func (r *invitationResolver) User(ctx context.Context, obj *room.Invitation) (*room.User, error) {
	if !obj.Sight.Manages() {
		return nil, nil
	}
	row, err := load(ctx).accounts.load(ctx, obj.Email)
	if err != nil || row == nil {
		return nil, err
	}
	return &room.User{User: row, EmailShown: true}, nil
}

func (r *invitationResolver) Status(ctx context.Context, obj *room.Invitation) (room.InvitationStatus, error) {
	session, of, err := load(ctx).around(ctx, obj)
	if err != nil {
		return "", err
	}
	return r.Services.Invitations.Status(obj.Invitation, session, of), nil
}

func (r *invitationResolver) Link(ctx context.Context, obj *room.Invitation) (*string, error) {
	if !obj.Sight.Manages() {
		return nil, nil
	}
	session, of, err := load(ctx).around(ctx, obj)
	if err != nil {
		return nil, err
	}
	return filled(r.Services.Invitations.Link(obj.Invitation, session, of)), nil
}

func (r *invitationResolver) InvitedBy(ctx context.Context, obj *room.Invitation) (*room.User, error) {
	return load(ctx).user(ctx, obj.InvitedByID, obj.Sight.Manages())
}

func (r *invitationResolver) Device(ctx context.Context, obj *room.Invitation) (*string, error) {
	if obj.DeviceID == nil || !obj.Sight.Manages() {
		return nil, nil
	}
	device, err := load(ctx).devices.load(ctx, *obj.DeviceID)
	if err != nil || device == nil {
		return nil, err
	}
	return filled(device.Browser), nil
}

func (r *invitationResolver) Participant(ctx context.Context, obj *room.Invitation) (*room.Participant, error) {
	row, err := load(ctx).places.load(ctx, obj.ID)
	if err != nil || row == nil {
		return nil, err
	}
	return &room.Participant{Participant: row, Sight: obj.Sight}, nil
}

func (r *invitationResolver) HostAskedAt(ctx context.Context, obj *room.Invitation) (*time.Time, error) {
	if !obj.Sight.Manages() {
		return nil, nil
	}
	return r.Services.Invitations.HostAskedAt(obj.Invitation), nil
}

func (r *invitationResolver) HostMessage(ctx context.Context, obj *room.Invitation) (*string, error) {
	if !obj.Sight.Manages() || r.Services.Invitations.HostAskedAt(obj.Invitation) == nil {
		return nil, nil
	}
	return filled(obj.Invitation.HostMessage), nil
}

func (r *invitationResolver) HostAskedFor(ctx context.Context, obj *room.Invitation) (*problem.Code, error) {
	if !obj.Sight.Manages() || r.Services.Invitations.HostAskedAt(obj.Invitation) == nil {
		return nil, nil
	}
	about := problem.Code(obj.Invitation.HostAskedFor)
	if about == "" {
		return nil, nil
	}
	return &about, nil
}

func (r *invitationResolver) VouchedUntil(ctx context.Context, obj *room.Invitation) (*time.Time, error) {
	if !obj.Sight.Manages() {
		return nil, nil
	}
	return r.Services.Codes.VouchedUntil(obj.Invitation), nil
}

func (r *invitationResolver) Events(ctx context.Context, obj *room.Invitation, first *int, before *int) ([]room.RoomEvent, error) {
	if !obj.Sight.Manages() {
		return nil, nil
	}
	n, below, err := room.EventsPage(first, 50, before)
	if err != nil {
		return nil, err
	}
	happenings, err := r.Services.News.HistoryOf(ctx, obj, n, below)
	return events(ctx, happenings, obj.Sight), err
}

func (r *invitePreviewRowResolver) Doubt(ctx context.Context, obj *room.InvitePreviewRow) (*string, error) {
	if obj.Doubt == nil {
		return nil, nil
	}
	said := problem.Said(ctx, *obj.Doubt)
	return &said, nil
}

func (r *mutationResolver) InviteUser(ctx context.Context, input room.InviteUserInput) (model.InvitationResult, error) {
	i, err := r.Services.Invitations.Invite(ctx, auth.From(ctx), input)
	return answer[model.InvitationResult](model.InvitationSuccess{Invitation: i}, err)
}

func (r *mutationResolver) InviteUsers(ctx context.Context, input room.InviteUsersInput) (model.InviteUsersResult, error) {
	done, err := r.Services.Invitations.InviteMany(ctx, auth.From(ctx), input)
	if err != nil {
		return answer[model.InviteUsersResult](model.InviteUsersSuccess{}, err)
	}
	load(ctx).ofInvited(done)
	return model.InviteUsersSuccess{Rows: done.Rows, Invited: done.Invited, Room: done.Room}, nil
}

func (r *mutationResolver) UpdateInvitation(ctx context.Context, input room.UpdateInvitationInput) (model.InvitationResult, error) {
	i, err := r.Services.Invitations.Update(ctx, auth.From(ctx), input)
	return answer[model.InvitationResult](model.InvitationSuccess{Invitation: i}, err)
}

func (r *mutationResolver) RegenerateLink(ctx context.Context, invitationID string, send bool) (model.InvitationResult, error) {
	i, err := r.Services.Invitations.RegenerateLink(ctx, auth.From(ctx), invitationID, send)
	return answer[model.InvitationResult](model.InvitationSuccess{Invitation: i}, err)
}

func (r *mutationResolver) VouchFor(ctx context.Context, invitationID string) (model.InvitationResult, error) {
	i, err := r.Services.Codes.Vouch(ctx, auth.From(ctx), invitationID)
	return answer[model.InvitationResult](model.InvitationSuccess{Invitation: i}, err)
}

func (r *mutationResolver) ReleaseDevice(ctx context.Context, invitationID string) (model.InvitationResult, error) {
	i, err := r.Services.Invitations.ReleaseDevice(ctx, auth.From(ctx), invitationID)
	return answer[model.InvitationResult](model.InvitationSuccess{Invitation: i}, err)
}

func (r *mutationResolver) RevokeInvitation(ctx context.Context, invitationID string, notify bool) (model.InvitationResult, error) {
	i, err := r.Services.Invitations.Revoke(ctx, auth.From(ctx), invitationID, notify)
	return answer[model.InvitationResult](model.InvitationSuccess{Invitation: i}, err)
}

func (r *queryResolver) InvitePreview(ctx context.Context, roomID string, text *string, file []byte, rows []*room.InviteRow, role *role.RoomRole) (model.InvitePreviewResult, error) {
	if err := countSearch(ctx, "lists"); err != nil {
		return nil, err
	}
	in := room.InvitePreviewInput{RoomID: roomID, Text: text, File: file, Role: role}
	if rows != nil {
		in.Rows = make([]room.InviteRow, len(rows))
	}
	for i, row := range rows {
		in.Rows[i] = *row
	}
	p, err := r.Services.Invitations.Preview(ctx, auth.From(ctx), in)
	if err != nil {
		return answer[model.InvitePreviewResult](model.InvitePreviewSuccess{}, err)
	}
	for _, row := range p.Rows {
		if row.Invitation != nil {
			load(ctx).ofInvitation(row.Invitation.Invitation)
		}
	}
	return model.InvitePreviewSuccess{
		Rows: p.Rows, Left: p.Left, More: p.More, SkippedColumns: p.SkippedColumns, LinesBefore: p.LinesBefore, Windows1252: p.Windows1252,
	}, nil
}

func (r *Resolver) Invitation() generated.InvitationResolver { return &invitationResolver{r} }

func (r *Resolver) InvitePreviewRow() generated.InvitePreviewRowResolver {
	return &invitePreviewRowResolver{r}
}

type (
	invitationResolver       struct{ *Resolver }
	invitePreviewRowResolver struct{ *Resolver }
)
