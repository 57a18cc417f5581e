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

func (r *mutationResolver) SignIn(ctx context.Context, input model.SignInInput) (model.SignInResult, error) {
	granted, err := r.Auth.SignIn(ctx, auth.From(ctx), input.Email, input.Password)
	return r.signedIn(ctx, granted, input.Credential, err)
}

func (r *mutationResolver) SignOut(ctx context.Context) (*model.SignOutSuccess, error) {
	jar, _ := auth.Cookies(ctx)
	actor := auth.From(ctx)
	if err := r.Auth.SignOut(ctx, actor, jar); err != nil {
		return nil, err
	}
	actor.User, actor.SignInID = nil, ""
	me, err := r.me(ctx, actor)
	return &model.SignOutSuccess{Me: me}, err
}

func (r *mutationResolver) SetUp(ctx context.Context, input model.SetUpInput) (model.SignInResult, error) {
	granted, err := r.People.SetUp(ctx, input.Token, people.NewUser{
		Email: input.Email, FirstName: input.FirstName, LastName: input.LastName, OneName: input.OneName, Password: input.Password,
	})
	return r.signedIn(ctx, granted, input.Credential, err)
}

func (r *queryResolver) Me(ctx context.Context) (*model.Me, error) {
	return r.me(ctx, auth.From(ctx))
}

func (r *queryResolver) ReadAddress(ctx context.Context, text string) (model.ReadAddressResult, error) {
	a, err := people.ReadAddress(auth.From(ctx), text)
	return answer[model.ReadAddressResult](&model.ReadAddress{Email: a.Shown, FirstName: a.Names.First, LastName: a.Names.Last, Suggestion: suggestion(a.Normal)}, err)
}

func (r *queryResolver) UserSearch(ctx context.Context, roomID string, query string, first *int) ([]*room.UserMatch, error) {
	if err := countSearch(ctx, "accounts"); err != nil {
		return nil, err
	}
	in := room.UserSearch{RoomID: roomID, Query: query, First: 8}
	if first != nil {
		in.First = *first
	}
	matches, err := r.Services.Rooms.SearchUsers(ctx, auth.From(ctx), in)
	for _, m := range matches {
		load(ctx).ofMatch(m)
	}
	return matches, err
}

func (r *queryResolver) InvitedBefore(ctx context.Context, roomID string, query string, first *int) ([]*room.InvitedBefore, error) {
	if err := countSearch(ctx, "accounts"); err != nil {
		return nil, err
	}
	in := room.UserSearch{RoomID: roomID, Query: query, First: 8}
	if first != nil {
		in.First = *first
	}
	people, err := r.Services.Rooms.InvitedBefore(ctx, auth.From(ctx), in)
	for _, p := range people {
		load(ctx).ofInvitation(p.Last.Invitation)
	}
	return people, err
}

func (r *userResolver) Email(ctx context.Context, obj *room.User) (*string, error) {
	// In a room's events only the path counts, so that everyone with the same rights can share them.
	if !obj.EmailShown && (inEvents(ctx) || !sameOrAdmin(ctx, obj)) {
		return nil, nil
	}
	return &obj.EmailTyped, nil
}

func (r *userResolver) SiteRole(ctx context.Context, obj *room.User) (*role.SiteRole, error) {
	if !obj.RoleShown && !sameOrAdmin(ctx, obj) {
		return nil, nil
	}
	return &obj.User.SiteRole, nil
}

func (r *Resolver) Mutation() generated.MutationResolver { return &mutationResolver{r} }

func (r *Resolver) User() generated.UserResolver { return &userResolver{r} }

type (
	mutationResolver struct{ *Resolver }
	userResolver     struct{ *Resolver }
)
