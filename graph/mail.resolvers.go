package graph

import (
	"context"
	"usher/auth"
	"usher/graph/generated"
	"usher/graph/model"
	"usher/room"
)

func (r *invitationResolver) Mails(ctx context.Context, obj *room.Invitation) ([]*room.Mail, error) {
	if !obj.Sight.Manages() {
		return nil, nil
	}
	rows, err := load(ctx).mails.load(ctx, obj.ID)
	if err != nil {
		return nil, err
	}
	mails := make([]*room.Mail, len(rows))
	for n, row := range rows {
		mails[n] = &room.Mail{Mail: row, Sight: obj.Sight}
	}
	return mails, nil
}

func (r *mailResolver) Invitation(ctx context.Context, obj *room.Mail) (*room.Invitation, error) {
	if obj.InvitationID == nil {
		return nil, nil
	}
	row, err := load(ctx).invitations.load(ctx, *obj.InvitationID)
	if err != nil || row == nil {
		return nil, err
	}
	return &room.Invitation{Invitation: row, Sight: obj.Sight}, nil
}

func (r *mutationResolver) SendInvitations(ctx context.Context, input room.SendInvitationsInput) (model.SendInvitationsResult, error) {
	done, err := r.Services.Letters.SendAgain(ctx, auth.From(ctx), input)
	if err != nil {
		return answer[model.SendInvitationsResult](model.SendInvitationsSuccess{}, err)
	}
	return model.SendInvitationsSuccess{Queued: done.Queued, Skipped: done.Skipped, Room: done.Room}, nil
}

func (r *mutationResolver) TestMail(ctx context.Context) (model.TestMailResult, error) {
	asked, err := r.Services.Letters.AskForTest(ctx, auth.From(ctx))
	return answer[model.TestMailResult](model.TestMailSuccess{Mail: asked}, err)
}

func (r *mutationResolver) StopMail(ctx context.Context, token string, on bool) (model.StopMailResult, error) {
	stop, err := r.Services.Letters.Stop(ctx, token, on)
	if err != nil {
		return answer[model.StopMailResult](model.StopMailSuccess{}, err)
	}
	return model.StopMailSuccess{Stopped: stop.Stopped}, nil
}

func (r *queryResolver) Site(ctx context.Context) (*model.Site, error) {
	s := &model.Site{Name: r.AboutSite.Name, Mail: r.AboutSite.Mail}
	if by := auth.From(ctx).User; by != nil && s.Mail {
		s.RepliesTo = &r.AboutSite.RepliesTo
		if r.AboutSite.RepliesTo == "" {
			s.RepliesTo = &by.EmailTyped
		}
	}
	return s, nil
}

func (r *queryResolver) MailStatus(ctx context.Context) (*room.MailStatus, error) {
	return r.Services.Letters.Status(ctx, auth.From(ctx))
}

func (r *Resolver) Mail() generated.MailResolver { return &mailResolver{r} }

type mailResolver struct{ *Resolver }
