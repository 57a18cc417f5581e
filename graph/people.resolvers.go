package graph

import (
	"context"
	"usher/auth"
	"usher/graph/generated"
	"usher/graph/model"
	"usher/people"
	"usher/role"
	"usher/room"
)

func (r *accountResolver) PasswordMail(ctx context.Context, obj *model.Account) (*room.Mail, error) {
	row, err := load(ctx).passwords.load(ctx, obj.User.ID)
	if err != nil || row == nil {
		return nil, err
	}
	return &room.Mail{Mail: row}, nil
}

func (r *mutationResolver) AddUser(ctx context.Context, input model.AddUserInput) (model.AddUserResult, error) {
	actor, err := r.account(ctx)
	if err != nil {
		return nil, err
	}
	if err := r.Services.Letters.MayMailPassword(ctx, actor, input.Send); err != nil {
		return answer[model.AddUserResult](nil, err)
	}
	u, err := r.accounts().Add(ctx, actor, people.NewUser{
		Email: input.Email, FirstName: input.FirstName, LastName: input.LastName, OneName: input.OneName, Role: input.SiteRole,
	})
	if err != nil {
		return answer[model.AddUserResult](nil, err)
	}
	link, err := r.accounts().PasswordLink(ctx, actor, u.ID)
	if err != nil {
		return answer[model.AddUserResult](nil, err)
	}
	mail, err := r.mailPassword(ctx, actor, u.ID, input.Send, given(input.Language))
	return answer[model.AddUserResult](model.AddUserSuccess{Account: accountOf(u), PasswordLink: r.passwordLink(link), Mail: mail}, err)
}

func (r *mutationResolver) UpdateUser(ctx context.Context, input model.UpdateUserInput) (model.AccountResult, error) {
	actor, err := r.account(ctx)
	if err != nil {
		return nil, err
	}
	u, err := r.accounts().Change(ctx, actor, people.Change{
		UserID: input.UserID, FirstName: given(input.FirstName), LastName: given(input.LastName), OneName: input.OneName,
		Role: given(input.SiteRole), Disabled: given(input.Disabled),
	})
	if err != nil {
		return answer[model.AccountResult](nil, err)
	}
	return model.AccountSuccess{Account: accountOf(u)}, nil
}

func (r *mutationResolver) CreatePasswordLink(ctx context.Context, userID string, send bool, language *room.Language) (model.PasswordLinkResult, error) {
	actor, err := r.account(ctx)
	if err != nil {
		return nil, err
	}
	if err := r.Services.Letters.MayMailPassword(ctx, actor, send); err != nil {
		return answer[model.PasswordLinkResult](nil, err)
	}
	link, err := r.accounts().PasswordLink(ctx, actor, userID)
	if err != nil {
		return answer[model.PasswordLinkResult](nil, err)
	}
	mail, err := r.mailPassword(ctx, actor, userID, send, language)
	if err != nil {
		return answer[model.PasswordLinkResult](nil, err)
	}
	return model.PasswordLinkSuccess{Account: accountOf(link.User), PasswordLink: r.passwordLink(link), Mail: mail}, nil
}

func (r *mutationResolver) ForgotPassword(ctx context.Context, input model.ForgotPasswordInput) (model.ForgotPasswordResult, error) {
	ends, err := r.Services.Letters.ForgotPassword(ctx, auth.From(ctx), input.Email, given(input.Language))
	return answer[model.ForgotPasswordResult](model.ForgotPasswordSuccess{ExpiresAt: ends}, err)
}

func (r *mutationResolver) ErasePerson(ctx context.Context, input model.ErasePersonInput) (model.ErasePersonResult, error) {
	erased, err := r.Services.Erasing.ByAdmin(ctx, auth.From(ctx), input.Email)
	return answer[model.ErasePersonResult](model.ErasePersonSuccess{
		Accounts: erased.Accounts, Rooms: erased.Rooms, Invitations: erased.Invitations, Participants: erased.Participants, Events: erased.Events,
	}, err)
}

func (r *mutationResolver) UsePasswordLink(ctx context.Context, input model.UsePasswordLinkInput) (model.SignInResult, error) {
	granted, err := r.passwordLinks().UsePasswordLink(ctx, input.Token, input.Password)
	return r.signedIn(ctx, granted, input.Credential, err)
}

func (r *mutationResolver) ChangePassword(ctx context.Context, input model.ChangePasswordInput) (model.MeResult, error) {
	actor := auth.From(ctx)
	if err := r.self().ChangePassword(ctx, actor, input.CurrentPassword, input.NewPassword); err != nil {
		return answer[model.MeResult](nil, err)
	}
	me, err := r.me(ctx, actor)
	return model.MeSuccess{Me: me}, err
}

func (r *mutationResolver) ChangeName(ctx context.Context, input model.ChangeNameInput) (model.MeResult, error) {
	actor := auth.From(ctx)
	u, err := r.self().ChangeName(ctx, actor, input.FirstName, input.LastName, input.OneName)
	if err != nil {
		return answer[model.MeResult](nil, err)
	}
	actor.User = u
	me, err := r.me(ctx, actor)
	return model.MeSuccess{Me: me}, err
}

func (r *mutationResolver) SignOutEverywhere(ctx context.Context) (*model.SignOutSuccess, error) {
	if err := r.self().SignOutEverywhere(ctx, auth.From(ctx)); err != nil {
		return nil, err
	}
	return r.SignOut(ctx)
}

func (r *queryResolver) Users(ctx context.Context, first *int, after *string, search *string, siteRole *role.SiteRole, disabled *bool) (*model.AccountConnection, error) {
	actor, err := r.account(ctx)
	if err != nil {
		return nil, err
	}
	page, err := room.NewPage(first, 50, after)
	if err != nil {
		return nil, err
	}
	listing := people.Listing{First: page.First, After: page.After, Search: text(search), Role: siteRole, Disabled: disabled}
	if listing.Search != "" {
		if err := countSearch(ctx, "users"); err != nil {
			return nil, err
		}
	}
	listed, err := r.accounts().List(ctx, actor, listing)
	if err != nil {
		return nil, err
	}
	list := room.List[*model.Account]{Nodes: []*model.Account{}, Cursors: listed.Cursors, Total: listed.Total, More: listed.More, Earlier: after != nil}
	for _, u := range listed.Users {
		list.Nodes = append(list.Nodes, accountOf(u))
		load(ctx).passwords.expect(u.ID)
	}
	return accountConnection(list), nil
}

func (r *queryResolver) PasswordLink(ctx context.Context, token string) (*model.PasswordLinkHolder, error) {
	link, err := r.passwordLinks().ReadPasswordLink(ctx, token)
	if err != nil || link.User == nil {
		return nil, err
	}
	shown := room.User{User: link.User}
	return &model.PasswordLinkHolder{Email: link.User.EmailTyped, Name: shown.Name(), ExpiresAt: link.ExpiresAt}, nil
}

func (r *Resolver) Account() generated.AccountResolver { return &accountResolver{r} }

type accountResolver struct{ *Resolver }
